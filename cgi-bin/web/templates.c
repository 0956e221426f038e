#include "web/templates.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/text.h"
#include "base/version.h"

#define NAME_BYTES 96
#define TEMPLATES_MAX 64
#define FILE_BYTES_MAX (256 * 1024)
#define PATH_BYTES 512
#define PAGE_ROOM_FIRST ((size_t)16 * 1024)
#define PAGE_ROOM_KEPT ((size_t)256 * 1024) /* more than this is given back after the request */
#define PAGE_BYTES_MAX ((size_t)16 * 1024 * 1024)

struct template {
    char name[NAME_BYTES];
    CSPARSE *parsed[LANGUAGE__COUNT];
};

/* Pages of every program, beside its own folder. */
static const char *const shared_names[] = {"error", "resend"};

static struct {
    char folder[PATH_BYTES];
    struct template templates[TEMPLATES_MAX];
    size_t count;
} store;

/* Where pages are rendered; one at a time, since a worker serves one request at a time. */
static struct {
    char *bytes;
    size_t length;
    size_t capacity;
} page_room;

/* --- reading files ------------------------------------------------------------------------------------------------ */

/* Names are ours, but a slip like "../layout.cs" would read files that nobody checks. */
static bool is_name_allowed(const char *name)
{
    size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_/.");
    return name[length] == '\0' && length > 3 && length < NAME_BYTES && name[0] != '/' && name[0] != '.' &&
           strstr(name, "..") == NULL && strstr(name, "//") == NULL && strcmp(name + length - 3, ".cs") == 0;
}

static char *read_whole(int file, const char *name, size_t size)
{
    char *content = malloc(size + 1);
    if (content == NULL)
        log_die("out_of_memory asked_bytes=%zu", size + 1);
    size_t length = 0;
    ssize_t got = 1;
    while (length < size && (got = read(file, content + length, size - length)) > 0)
        length += (size_t)got;
    if (length != size || strlen(name) == 0) {
        free(content);
        return NULL;
    }
    content[length] = '\0';
    return content;
}

/* --- what never changes --------------------------------------------------------------------------------------------- */

#define CONSTANT_START "<?cs var:"
#define CONSTANT_END " ?>"

/* The value of the tag `<?cs var:Text.… ?>` or `<?cs var:Site.… ?>` that starts here, NULL for any other. length: the tag's */
static const char *constant_at(const char *at, HDF *tree, size_t *length)
{
    const char *name = at + strlen(CONSTANT_START);
    size_t name_length = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.");
    char copy[NAME_BYTES];
    bool is_constant = strncmp(name, "Text.", 5) == 0 || strncmp(name, "Site.", 5) == 0;
    if (!is_constant || name_length >= sizeof copy ||
        strncmp(name + name_length, CONSTANT_END, strlen(CONSTANT_END)) != 0)
        return NULL;
    memcpy(copy, name, name_length);
    copy[name_length] = '\0';
    *length = strlen(CONSTANT_START) + name_length + strlen(CONSTANT_END);
    return hdf_get_value(tree, copy, NULL);
}

/*
 * The words of a language and what is shown of this installation stay the same while the process lives: they are put into
 * the template, escaped, as it is read, so that pages need not look them up. Frees the source.
 */
static NEOERR *put_constants(HDF *tree, char *source, char **contents)
{
    STRING text;
    string_init(&text);
    NEOERR *error = string_append(&text, "");
    const char *rest = source;
    for (const char *at = source; error == NULL && (at = strstr(at, CONSTANT_START)) != NULL; at++) {
        size_t length = 0;
        const char *value = constant_at(at, tree, &length);
        if (value == NULL)
            continue;
        char *escaped = NULL;
        error = string_appendn(&text, rest, (int)(at - rest));
        if (error == NULL)
            error = neos_html_escape(value, (int)strlen(value), &escaped);
        if (error == NULL)
            error = string_append(&text, escaped);
        free(escaped);
        rest = at + length;
    }
    if (error == NULL)
        error = string_append(&text, rest);
    free(source);
    *contents = text.buf;
    return nerr_pass(error);
}

/* ClearSilver's hook: the content becomes its own. */
static NEOERR *load_file(void *context, HDF *tree, const char *name, char **contents)
{
    (void)context;
    if (!is_name_allowed(name))
        return nerr_raise(NERR_NOT_FOUND, "template name %s is not allowed", name);
    char path[PATH_BYTES + NAME_BYTES + 2];
    int length = snprintf(path, sizeof path, "%s/%s", store.folder, name);
    if (length < 0 || (size_t)length >= sizeof path)
        return nerr_raise(NERR_NOT_FOUND, "path of template %s is too long", name);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return nerr_raise_errno(NERR_NOT_FOUND, "template %s cannot be opened", name);
    struct stat about;
    char *source = NULL;
    if (fstat(file, &about) == 0 && S_ISREG(about.st_mode) && about.st_size <= FILE_BYTES_MAX)
        source = read_whole(file, name, (size_t)about.st_size);
    close(file);
    if (source == NULL)
        return nerr_raise(NERR_IO, "template %s cannot be read or is too large", name);
    return nerr_pass(put_constants(tree, source, contents));
}

/* --- parsing ------------------------------------------------------------------------------------------------------ */

static NEOERR *html_escape(const char *text, char **escaped)
{
    return nerr_pass(neos_html_escape(text, (int)strlen(text), escaped));
}

static NEOERR *url_escape(const char *text, char **escaped) { return nerr_pass(neos_url_escape(text, escaped, NULL)); }

static enum status parse(struct template *template, enum language language, struct fault *fault)
{
    HDF *tree = words_tree(language);
    char name[NAME_BYTES + 4];
    int length = snprintf(name, sizeof name, "%s.cs", template->name);
    assert(length > 0 && (size_t)length < sizeof name);

    CSPARSE *parsed = NULL;
    tree_must(cs_init(&parsed, tree));
    parsed->global_hdf = tree;
    tree_must(cs_register_esc_strfunc(parsed, (char[]){"html_escape"}, html_escape));
    tree_must(cs_register_esc_strfunc(parsed, (char[]){"url_escape"}, url_escape));
    cs_register_fileload(parsed, NULL, load_file);
    struct fault detail = {0};
    if (tree_status(cs_parse_file(parsed, name), &detail) != STATUS_OK) {
        cs_destroy(&parsed);
        return FAULT(fault, STATUS_INVALID, "%s/%s: %s", store.folder, name, detail.message);
    }
    template->parsed[language] = parsed;
    return STATUS_OK;
}

static enum status add_template(const char *name, struct fault *fault)
{
    if (store.count == TEMPLATES_MAX || strlen(name) >= NAME_BYTES)
        return FAULT(fault, STATUS_INVALID, "more than %d templates, or too long a name: %s", TEMPLATES_MAX, name);
    struct template *template = &store.templates[store.count++];
    struct text text;
    text_init(&text, template->name, sizeof template->name);
    text_add(&text, name);
    for (int language = 0; language < LANGUAGE__COUNT; language++) {
        enum status status = parse(template, (enum language)language, fault);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

/* All of template_dir/PROGRAM/NAME.cs. A program without a folder of its own has only the shared pages. */
static enum status add_folder(const char *program, struct fault *fault)
{
    char folder[PATH_BYTES + NAME_BYTES];
    int length = snprintf(folder, sizeof folder, "%s/%s", store.folder, program);
    if (length < 0 || (size_t)length >= sizeof folder)
        return FAULT(fault, STATUS_INVALID, "template folder of %s has too long a path", program);
    DIR *directory = opendir(folder);
    if (directory == NULL)
        return FAULT_CODE(fault, STATUS_INVALID, errno, "template folder %s cannot be read: %s", folder,
                          strerror(errno));
    enum status status = STATUS_OK;
    for (struct dirent *entry; status == STATUS_OK && (entry = readdir(directory)) != NULL;) {
        char name[NAME_BYTES + 4];
        size_t size = strlen(entry->d_name);
        if (size < 4 || strcmp(entry->d_name + size - 3, ".cs") != 0 || entry->d_name[0] == '.')
            continue;
        length = snprintf(name, sizeof name, "%s/%.*s", program, (int)(size - 3), entry->d_name);
        if (length < 0 || (size_t)length >= sizeof name)
            status = FAULT(fault, STATUS_INVALID, "template %s has too long a name", entry->d_name);
        else
            status = add_template(name, fault);
    }
    closedir(directory);
    return status;
}

/* What every page shows of this installation. */
static void put_site(const struct settings *settings, enum language language)
{
    HDF *tree = words_tree(language);
    tree_must(hdf_set_value(tree, "Config.VarEscapeMode", "html"));
    HDF *site = NULL;
    tree_must(hdf_get_node(tree, "Site", &site));
    const struct {
        const char *name, *value;
    } values[] = {
        {"company", language == LANGUAGE_EN ? settings->company_en : settings->company_zh},
        {"hotline", settings->hotline},
        {"base", settings->base_path},
        {"url", settings->base_url},
        {"version", version_text},
        {"is_sample", settings->is_sample ? "1" : ""},
        {"footer_address", settings->footer_address},
        {"footer_mailbox", settings->footer_mailbox},
        {"footer_icp", settings->footer_icp},
        {"footer_police", settings->footer_police},
    };
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        bool is_shown = values[i].value[0] != '\0' || strcmp(values[i].name, "base") == 0;
        if (is_shown)
            tree_must(hdf_set_value(site, values[i].name, values[i].value));
    }
}

enum status templates_open(const struct settings *settings, const char *program, struct fault *fault)
{
    assert(words_tree(LANGUAGE_ZH) != NULL && store.count == 0);
    struct text folder;
    text_init(&folder, store.folder, sizeof store.folder);
    text_add(&folder, settings->template_dir);
    for (int language = 0; language < LANGUAGE__COUNT; language++)
        put_site(settings, (enum language)language);

    enum status status = add_folder(program, fault);
    for (size_t i = 0; status == STATUS_OK && i < sizeof shared_names / sizeof shared_names[0]; i++)
        status = add_template(shared_names[i], fault);
    if (status != STATUS_OK)
        templates_close();
    return status;
}

void templates_close(void)
{
    for (size_t i = 0; i < store.count; i++)
        for (int language = 0; language < LANGUAGE__COUNT; language++)
            if (store.templates[i].parsed[language] != NULL)
                cs_destroy(&store.templates[i].parsed[language]);
    memset(&store, 0, sizeof store);
    free(page_room.bytes);
    memset(&page_room, 0, sizeof page_room);
}

const struct template *templates_find(const char *name)
{
    for (size_t i = 0; i < store.count; i++)
        if (text_is_equal(store.templates[i].name, name))
            return &store.templates[i];
    return NULL;
}

/* --- rendering ---------------------------------------------------------------------------------------------------- */

static void make_room(size_t need)
{
    size_t capacity = page_room.capacity == 0 ? PAGE_ROOM_FIRST : page_room.capacity;
    while (capacity < need)
        capacity *= 2;
    if (capacity == page_room.capacity)
        return;
    char *bytes = realloc(page_room.bytes, capacity);
    if (bytes == NULL)
        log_die("out_of_memory asked_bytes=%zu", capacity);
    page_room.bytes = bytes;
    page_room.capacity = capacity;
}

/* ClearSilver's output: one piece after the other. */
static NEOERR *take_piece(void *context, char *piece)
{
    (void)context;
    size_t length = strlen(piece);
    if (page_room.length + length >= PAGE_BYTES_MAX)
        return nerr_raise(NERR_OUTOFRANGE, "a page larger than %zu bytes", PAGE_BYTES_MAX);
    make_room(page_room.length + length + 1);
    memcpy(page_room.bytes + page_room.length, piece, length + 1);
    page_room.length += length;
    return NULL;
}

enum status template_render(const struct template *template, enum language language, HDF *values, const char **page,
                            size_t *length, struct fault *fault)
{
    CSPARSE *parsed = template->parsed[language];
    make_room(1);
    page_room.length = 0;
    page_room.bytes[0] = '\0';
    parsed->hdf = values;
    NEOERR *error = cs_render(parsed, NULL, take_piece);
    parsed->hdf = words_tree(language);
    struct fault detail = {0};
    if (tree_status(error, &detail) != STATUS_OK)
        return FAULT(fault, STATUS_FAILED, "template %s: %s", template->name, detail.message);
    *page = page_room.bytes;
    *length = page_room.length;
    return STATUS_OK;
}

void templates_trim(void)
{
    if (page_room.capacity <= PAGE_ROOM_KEPT)
        return;
    free(page_room.bytes);
    memset(&page_room, 0, sizeof page_room);
}
