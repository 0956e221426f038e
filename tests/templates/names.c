#include "names.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { BINDINGS_MAX = 600, MENTIONS_MAX = 3000, FILES_MAX = 8, ARGUMENTS_MAX = 12, SEEN_MAX = 2000 };

/* A name that stands for another: of a loop ("each:row = Rows"), or an argument of a macro at one of its calls. */
struct binding {
    const char *name, *target;
    bool is_row;
};

/* The arguments of "def:macro(…)" or "call:macro(…)". */
struct signature {
    const char *macro;
    const char *arguments[ARGUMENTS_MAX];
    size_t count;
};

struct mention {
    const char *path;
    const char *literal; /* compared with, or NULL */
    bool is_condition, is_shown;
};

struct reader {
    struct arena *arena;
    const char *folder;
    const char *files[FILES_MAX];
    size_t file_count;
    int depth; /* 1: in the page's own file */
    struct binding bindings[BINDINGS_MAX];
    size_t binding_count;
    struct signature definitions[BINDINGS_MAX], calls[BINDINGS_MAX];
    size_t definition_count, call_count;
    struct mention mentions[MENTIONS_MAX];
    size_t mention_count;
    bool is_full;
    /* while names are followed */
    const struct mention *mention;
    const char *seen[SEEN_MAX];
    size_t seen_count;
    struct template_names *names;
};

/* ---- files */

static char *read_whole(struct arena *arena, const char *folder, const char *name)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return NULL;
    size_t room = 256 * 1024;
    char *bytes = arena_take(arena, room);
    size_t length = fread(bytes, 1, room - 1, file);
    fclose(file);
    return length < room - 1 ? bytes : NULL;
}

bool template_contains(struct arena *arena, const char *folder, const char *name, const char *what)
{
    const char *text = read_whole(arena, folder, name);
    return text != NULL && strstr(text, what) != NULL;
}

/* ---- one tag */

static bool is_name_start(char c) { return isalpha((unsigned char)c) || c == '_'; }
static bool is_name_part(char c) { return isalnum((unsigned char)c) || c == '_' || c == '.'; }

/* The name that starts here, or NULL; *end: behind it. */
static const char *take_name(struct arena *arena, const char *at, const char **end)
{
    *end = at;
    if (!is_name_start(*at))
        return NULL;
    while (is_name_part(**end))
        (*end)++;
    return arena_copy(arena, at, (size_t)(*end - at));
}

static const char *skip_spaces(const char *at)
{
    while (isspace((unsigned char)*at))
        at++;
    return at;
}

/* The literal of `name == "literal"`, where `at` is behind the name. */
static const char *literal_behind(struct arena *arena, const char *at)
{
    at = skip_spaces(at);
    if (strncmp(at, "==", 2) != 0 && strncmp(at, "!=", 2) != 0)
        return NULL;
    at = skip_spaces(at + 2);
    return *at == '"' ? arena_copy(arena, at + 1, strcspn(at + 1, "\"")) : NULL;
}

/* All names of an expression; words in quotes and names of functions are none. */
static void read_expression(struct reader *reader, const char *at, bool is_condition, bool is_shown)
{
    while (*at != '\0') {
        const char *end;
        const char *name = take_name(reader->arena, at, &end);
        if (*at == '"') {
            at += 1 + strcspn(at + 1, "\"");
            at += *at == '"';
        } else if (name == NULL) {
            at++;
        } else {
            if (*end != '(' && reader->mention_count < MENTIONS_MAX)
                reader->mentions[reader->mention_count++] =
                    (struct mention){name, literal_behind(reader->arena, end), is_condition, is_shown};
            reader->is_full = reader->is_full || reader->mention_count == MENTIONS_MAX;
            at = end;
        }
    }
}

static void read_signature(struct reader *reader, const char *body, struct signature *rows, size_t *count)
{
    const char *at;
    const char *macro = take_name(reader->arena, body, &at);
    if (macro == NULL || *at != '(' || *count == BINDINGS_MAX) {
        reader->is_full = true;
        return;
    }
    struct signature *row = &rows[(*count)++];
    *row = (struct signature){.macro = macro};
    at = skip_spaces(at + 1);
    while (*at != '\0' && *at != ')' && row->count < ARGUMENTS_MAX) {
        const char *end = at;
        for (bool is_quoted = false; *end != '\0' && (is_quoted || (*end != ',' && *end != ')')); end++)
            is_quoted = is_quoted != (*end == '"');
        row->arguments[row->count++] = arena_copy(reader->arena, at, (size_t)(end - at));
        at = skip_spaces(*end == ',' ? end + 1 : end);
    }
}

static void bind(struct reader *reader, const char *name, const char *target, bool is_row)
{
    if (reader->binding_count == BINDINGS_MAX)
        reader->is_full = true;
    else
        reader->bindings[reader->binding_count++] = (struct binding){name, target, is_row};
}

static void read_loop(struct reader *reader, const char *body)
{
    const char *end;
    const char *name = take_name(reader->arena, body, &end);
    end = skip_spaces(end);
    const char *target = *end == '=' ? take_name(reader->arena, skip_spaces(end + 1), &end) : NULL;
    if (name != NULL && target != NULL)
        bind(reader, name, target, true);
    else
        reader->is_full = true;
}

static bool read_file(struct reader *reader, const char *name);

static bool read_tag(struct reader *reader, const char *body)
{
    body = skip_spaces(body);
    if (*body == '#' || *body == '/')
        return true;
    if (strncmp(body, "include!\"", 9) == 0)
        return read_file(reader, arena_copy(reader->arena, body + 9, strcspn(body + 9, "\"")));
    const char *argument = strchr(body, ':');
    if (argument == NULL)
        return true;
    argument++;
    if (strncmp(body, "each:", 5) == 0)
        read_loop(reader, argument);
    if (strncmp(body, "def:", 4) == 0) {
        read_signature(reader, argument, reader->definitions, &reader->definition_count);
        return true;
    }
    if (strncmp(body, "call:", 5) == 0)
        read_signature(reader, argument, reader->calls, &reader->call_count);
    read_expression(reader, argument, strncmp(body, "if:", 3) == 0 || strncmp(body, "elif:", 5) == 0,
                    reader->depth == 1 && strncmp(body, "var:", 4) == 0);
    return true;
}

static bool read_file(struct reader *reader, const char *name)
{
    for (size_t i = 0; i < reader->file_count; i++)
        if (text_is_equal(reader->files[i], name))
            return true;
    const char *text = read_whole(reader->arena, reader->folder, name);
    if (text == NULL || reader->file_count == FILES_MAX)
        return false;
    reader->files[reader->file_count++] = name;
    reader->depth++;
    for (const char *at = text; (at = strstr(at, "<?cs")) != NULL;) {
        const char *end = strstr(at, "?>");
        if (end == NULL || !read_tag(reader, arena_copy(reader->arena, at + 4, (size_t)(end - at - 4))))
            return false;
        at = end + 2;
    }
    reader->depth--;
    return true;
}

/* ---- what a name stands for */

static void bind_arguments(struct reader *reader)
{
    for (size_t d = 0; d < reader->definition_count; d++) {
        const struct signature *definition = &reader->definitions[d];
        for (size_t c = 0; c < reader->call_count; c++) {
            const struct signature *call = &reader->calls[c];
            for (size_t i = 0; text_is_equal(call->macro, definition->macro) && i < call->count && i < definition->count;
                 i++)
                if (is_name_start(call->arguments[i][0]))
                    bind(reader, definition->arguments[i], call->arguments[i], false);
        }
    }
}

static void add_literal(struct template_name *item, const char *literal)
{
    size_t most = sizeof item->literals / sizeof item->literals[0];
    for (size_t i = 0; i < item->literal_count; i++)
        if (text_is_equal(item->literals[i], literal))
            return;
    if (item->literal_count < most)
        item->literals[item->literal_count++] = literal;
}

/* The value that the mention at hand may mean. */
static void add_name(struct reader *reader, const char *path)
{
    struct template_names *names = reader->names;
    size_t at = 0;
    while (at < names->count && !text_is_equal(names->items[at].path, path))
        at++;
    if (at == NAMES_MAX || names->place_row_count == NAMES_MAX) {
        reader->is_full = true;
        return;
    }
    if (at == names->count)
        names->items[names->count++] = (struct template_name){.path = path};
    names->items[at].is_condition = names->items[at].is_condition || reader->mention->is_condition;
    if (reader->mention->literal != NULL)
        add_literal(&names->items[at], reader->mention->literal);
    if (reader->mention->is_shown)
        names->places[names->place_row_count++] =
            (struct template_place){reader->mention->path, names->place_count, at};
}

/* False when the mention at hand led here before. */
static bool see(struct reader *reader, const char *path)
{
    for (size_t i = 0; i < reader->seen_count; i++)
        if (text_is_equal(reader->seen[i], path))
            return false;
    if (reader->seen_count == SEEN_MAX)
        reader->is_full = true;
    else
        reader->seen[reader->seen_count++] = path;
    return reader->seen_count < SEEN_MAX;
}

/* Follows the names of loops and arguments until a value is reached, in every way that the template allows. */
static void resolve(struct reader *reader, const char *path)
{
    size_t root = strcspn(path, ".");
    bool is_bound = false;
    if (strlen(path) >= NAME_ROOM || !see(reader, path))
        return;
    for (size_t i = 0; i < reader->binding_count; i++) {
        const struct binding *binding = &reader->bindings[i];
        if (strlen(binding->name) != root || strncmp(binding->name, path, root) != 0)
            continue;
        is_bound = true;
        resolve(reader, arena_format(reader->arena, "%s%s%s", binding->target, binding->is_row ? ".0" : "", path + root));
        if (binding->is_row)
            resolve(reader, arena_format(reader->arena, "%s.1%s", binding->target, path + root));
    }
    if (!is_bound && strncmp(path, "Text.", 5) != 0 && strncmp(path, "Site.", 5) != 0)
        add_name(reader, path);
}

bool template_names_read(struct template_names *names, struct arena *arena, const char *folder, const char *name)
{
    struct reader *reader = arena_take(arena, sizeof *reader);
    reader->arena = arena;
    reader->folder = folder;
    reader->names = names;
    memset(names, 0, sizeof *names);
    if (!read_file(reader, name))
        return false;
    bind_arguments(reader);
    for (size_t i = 0; i < reader->mention_count; i++) {
        size_t rows = names->place_row_count;
        reader->mention = &reader->mentions[i];
        reader->seen_count = 0;
        resolve(reader, reader->mention->path);
        names->place_count += names->place_row_count > rows;
    }
    return !reader->is_full;
}
