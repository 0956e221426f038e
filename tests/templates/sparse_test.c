/*
 * Every page of every program, in both languages and both sizes, over values that no handler would set: none at all, empty,
 * "0", markup, very long. ClearSilver has bugs that only missing values wake, so this is run under the sanitizers, too.
 */
#include "check.h"
#include "names.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "web/templates.h"

/* MARKUP_VARIANTS: so many mixtures of values that are there and values that are not, so that every branch is taken. */
enum { LONG_CHARACTERS = 2000, MARKUP_VARIANTS = 40 };

enum kind { KIND_NOTHING, KIND_EMPTY, KIND_ZERO, KIND_LONG, KIND_MARKUP, KIND__COUNT };
static const char *const kind_names[KIND__COUNT] = {"no values", "empty values", "zeros", "long values", "markup"};

/* Escaped in text, in attributes and in addresses none of `raw` is left. The number says which value it is. */
#define STRANGE "<b>sn\"sn'sn&sn>"
#define STRANGE_ESCAPED "&lt;b&gt;sn&quot;sn&#39;sn&amp;sn&gt;"
#define MARKUP STRANGE "value%zuend"
static const char *const raw[] = {"<b>sn", "sn\"sn", "sn'sn", "sn&sn", "sn>"};

static struct arena arena;
static struct template_names names;
static bool was_shown[NAMES_MAX];
static char long_value[3 * LONG_CHARACTERS + 1];

static const char *template_folder(void)
{
    const char *folder = getenv("SHUINUO_TEMPLATE_DIR");
    return folder != NULL ? folder : "templates";
}

/* ---- values */

/* The same for every run; different for each value and variant. */
static bool is_left_out(const struct template_name *name, size_t variant)
{
    uint32_t mix = 2166136261u ^ (uint32_t)(variant * 7919);
    for (const char *at = name->path; *at != '\0'; at++)
        mix = (mix ^ (uint8_t)*at) * 16777619u;
    return name->is_condition && variant > 0 && ((mix >> 15) & 1) != 0;
}

static const char *markup_of(const struct template_name *name, size_t variant)
{
    if (name->literal_count > 0 && variant % 2 == 0)
        return name->literals[variant / 2 % name->literal_count];
    return is_left_out(name, variant) ? NULL : arena_format(&arena, MARKUP, (size_t)(name - names.items));
}

static const char *value_of(const struct template_name *name, enum kind kind, size_t variant)
{
    switch (kind) {
    case KIND_EMPTY:
        return "";
    case KIND_ZERO:
        return "0";
    case KIND_LONG:
        return long_value;
    case KIND_MARKUP:
        return markup_of(name, variant);
    case KIND_NOTHING:
    case KIND__COUNT:
        break;
    }
    return NULL;
}

static HDF *make_values(enum kind kind, size_t variant, enum language language, bool is_elder)
{
    HDF *tree = NULL;
    tree_must(hdf_init(&tree));
    for (size_t i = 0; i < names.count; i++) {
        const char *value = value_of(&names.items[i], kind, variant);
        if (value != NULL)
            tree_must(hdf_set_value(tree, names.items[i].path, value));
    }
    tree_must(hdf_remove_tree(tree, "Page.is_elder"));
    tree_must(hdf_remove_tree(tree, "Page.is_en"));
    if (is_elder)
        tree_must(hdf_set_value(tree, "Page.is_elder", "1"));
    if (kind != KIND_NOTHING)
        tree_must(hdf_set_value(tree, "Page.lang", language_tag(language)));
    if (kind != KIND_NOTHING && language == LANGUAGE_EN)
        tree_must(hdf_set_value(tree, "Page.is_en", "1"));
    return tree;
}

/* ---- one page */

/* The surroundings of what should not stand there, or "". */
static const char *excerpt(const char *page, const char *what)
{
    static char found[120];
    const char *at = strstr(page, what);
    if (at != NULL)
        at = at - page > 50 ? at - 50 : page;
    snprintf(found, sizeof found, "%s", at == NULL ? "" : at);
    return found;
}

/* Templates called …_xml are documents for programs. */
static bool is_document(const char *name)
{
    const size_t length = strlen(name);
    return length > 4 && strcmp(name + length - 4, "_xml") == 0;
}

static void check_document(const char *page, size_t length)
{
    CHECK_INT(strlen(page), length);
    CHECK(text_is_utf8(page, length));
    CHECK(strncmp(page, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<", 40) == 0);
    CHECK_TEXT(excerpt(page, "Text."), "");
    CHECK_TEXT(excerpt(page, "<?cs"), "");
    for (size_t i = 0; i < sizeof raw / sizeof raw[0]; i++)
        CHECK_TEXT(excerpt(page, raw[i]), "");
}

static void check_frame(const char *page, size_t length, bool is_elder)
{
    const char *start = page + strspn(page, "\n");
    const char *root = strstr(page, "<html ");
    CHECK_INT(strlen(page), length);
    CHECK(text_is_utf8(page, length));
    CHECK(strncmp(start, "<!DOCTYPE html>\n<html ", 22) == 0);
    CHECK(length > 8 && strstr(page, "</body>\n</html>\n") != NULL);
    CHECK(root != NULL && (strstr(root, " class=\"elder\">") == root + strcspn(root, ">") - 14) == is_elder);
    CHECK_TEXT(excerpt(page, "Text."), "");
    CHECK_TEXT(excerpt(page, "<?cs"), "");
    for (size_t i = 0; i < sizeof raw / sizeof raw[0]; i++)
        CHECK_TEXT(excerpt(page, raw[i]), "");
    CHECK(strstr(page, " - " STRANGE_ESCAPED "</title>") != NULL);
}

static void check_markup(const char *page)
{
    for (const char *at = page; (at = strstr(at, "value")) != NULL; at++) {
        char *end;
        unsigned long number = strtoul(at + 5, &end, 10);
        if (end > at + 5 && strncmp(end, "end", 3) == 0 && number < names.count)
            was_shown[number] = true;
    }
}

static void check_page(const char *name, const struct template *template, enum kind kind, size_t variant, enum language language,
                       bool is_elder)
{
    const char *page = NULL;
    size_t length = 0;
    struct fault fault = {0};
    HDF *values = make_values(kind, variant, language, is_elder);
    enum status status = template_render(template, language, values, &page, &length, &fault);
    hdf_destroy(&values);
    CHECK_TEXT(fault.message, "");
    CHECK_STATUS(status, STATUS_OK);
    if (status != STATUS_OK)
        return;
    if (is_document(name))
        check_document(page, length);
    else
        check_frame(page, length, is_elder);
    if (kind == KIND_LONG)
        CHECK(strstr(page, long_value) != NULL);
    if (kind == KIND_MARKUP)
        check_markup(page);
}

/* Nothing was proved of a value that no variant brought onto the page. */
static void check_places(void)
{
    for (size_t place = 0, row = 0; place < names.place_count; place++) {
        const char *as_written = names.places[row].as_written;
        bool is_shown = false;
        for (; row < names.place_row_count && names.places[row].place == place; row++)
            is_shown = is_shown || was_shown[names.places[row].name];
        CHECK_TEXT(is_shown ? "" : as_written, "");
    }
}

static void check_template(const char *name)
{
    const struct template *template = templates_find(name);
    arena_reset(&arena);
    check_casef("%s: its names are found", name);
    REQUIRE(template != NULL);
    REQUIRE(template_names_read(&names, &arena, template_folder(), arena_format(&arena, "%s.cs", name)));
    CHECK(names.count > 10);
    memset(was_shown, 0, sizeof was_shown);
    for (int size = 0; size < 2; size++)
        for (enum language language = 0; language < LANGUAGE__COUNT; language++)
            for (enum kind kind = 0; kind < KIND__COUNT; kind++) {
                check_casef("%s, %s, %s, %s", name, language_tag(language), size == 1 ? "large" : "usual",
                            kind_names[kind]);
                for (size_t variant = 0; variant < (kind == KIND_MARKUP ? MARKUP_VARIANTS : 1); variant++)
                    check_page(name, template, kind, variant, language, size == 1);
            }
    check_casef("%s: each value that it shows was shown", name);
    check_places();
}

/* ---- all pages */

static bool is_file_of(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return entry->d_name[0] != '.' && length > 3 && strcmp(entry->d_name + length - 3, ".cs") == 0;
}

static int is_template(const struct dirent *entry) { return is_file_of(entry); }

static int is_program(const struct dirent *entry)
{
    char path[1024];
    struct stat about;
    snprintf(path, sizeof path, "%s/%s", template_folder(), entry->d_name);
    return entry->d_name[0] != '.' && strcmp(entry->d_name, "text") != 0 && stat(path, &about) == 0 &&
           S_ISDIR(about.st_mode);
}

static void free_entries(struct dirent **entries, int count)
{
    for (int i = 0; i < count; i++)
        free(entries[i]);
    free(entries);
}

/* Macros are included by another file of the folder; everything else there is a page. */
static bool is_macro_file(const char *program, const char *file)
{
    char folder[1024];
    struct dirent **entries = NULL;
    bool is_included = false;
    snprintf(folder, sizeof folder, "%s/%s", template_folder(), program);
    int count = scandir(folder, &entries, is_template, alphasort);
    const char *what = arena_format(&arena, "include!\"%s/%s\"", program, file);
    for (int i = 0; i < count; i++)
        is_included = is_included || template_contains(&arena, folder, entries[i]->d_name, what);
    free_entries(entries, count);
    return is_included;
}

static void open_templates(const char *program)
{
    struct settings settings;
    struct fault fault = {0};
    settings_init(&settings);
    snprintf(settings.template_dir, sizeof settings.template_dir, "%s", template_folder());
    char *const texts[] = {settings.company_zh,     settings.company_en,  settings.hotline,      settings.footer_address,
                           settings.footer_mailbox, settings.footer_icp,  settings.footer_police};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        snprintf(texts[i], SETTING_TEXT_BYTES, "%s", STRANGE);
    REQUIRE_STATUS(words_open(settings.template_dir, &fault), STATUS_OK);
    REQUIRE_STATUS(templates_open(&settings, program, &fault), STATUS_OK);
}

static void check_program(const char *program)
{
    char folder[1024];
    struct dirent **entries = NULL;
    open_templates(program);
    snprintf(folder, sizeof folder, "%s/%s", template_folder(), program);
    int count = scandir(folder, &entries, is_template, alphasort);
    int pages = 0;
    for (int i = 0; i < count; i++) {
        arena_reset(&arena);
        if (is_macro_file(program, entries[i]->d_name))
            continue;
        char name[200];
        snprintf(name, sizeof name, "%s/%.*s", program, (int)strlen(entries[i]->d_name) - 3, entries[i]->d_name);
        check_template(name);
        pages++;
    }
    free_entries(entries, count);
    check_casef("%s has pages", program);
    CHECK(pages > 0);
    templates_close();
    words_close();
}

static void prepare(void)
{
    arena_init(&arena, (size_t)64 * 1024 * 1024);
    for (size_t i = 0; i < LONG_CHARACTERS; i++)
        snprintf(long_value + 3 * i, 4, "水");
}

TEST(every_page_stands_without_its_values_and_with_strange_ones)
{
    struct dirent **programs = NULL;
    prepare();
    int count = scandir(template_folder(), &programs, is_program, alphasort);
    REQUIRE(count > 0);
    for (int i = 0; i < count; i++)
        check_program(programs[i]->d_name);
    free_entries(programs, count);
    arena_release(&arena);
}

TEST(the_pages_of_all_programs_stand_the_same)
{
    prepare();
    open_templates("commitment");
    check_template("error");
    check_template("resend");
    templates_close();
    words_close();
    arena_release(&arena);
}

/* Without this the test above could pass because it set nothing. */
TEST(names_are_found_through_loops_and_arguments)
{
    static const char *const wanted[] = {
        "Page.title",          "Rows.0.number",        "Rows.1.due.text",   "Rows.0.reported.iso", "Views.1.count",
        "CategoryChoices.0.label", "Filter.error",       "View.name",         "Actor.login",
    };
    prepare();
    REQUIRE(template_names_read(&names, &arena, template_folder(), "ticket/queue.cs"));
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        bool is_found = false;
        for (size_t k = 0; k < names.count; k++)
            is_found = is_found || text_is_equal(names.items[k].path, wanted[i]);
        check_case(wanted[i]);
        CHECK(is_found);
    }
    arena_release(&arena);
}
