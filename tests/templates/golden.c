#include "golden.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "web/pages.h"
#include "web/templates.h"

enum { GOLDEN_BYTES = 256 * 1024, LINE_SHOWN = 200 };

static struct app app;
static struct arena arena;
static struct request request;

struct instant moment(const char *local)
{
    char whole[40];
    struct instant at = INSTANT_NONE;
    snprintf(whole, sizeof whole, "%s%s", strlen(local) == 5 ? "2026-11-23 " : "", local);
    REQUIRE(instant_parse_local(whole, 480, &at));
    return at;
}

void golden_open(const char *program, void *context)
{
    struct fault fault = {0};
    const char *folder = getenv("SHUINUO_TEMPLATE_DIR");
    crypto_start();
    app = (struct app){.name = program, .context = context};
    settings_init(&app.settings);
    snprintf(app.settings.template_dir, sizeof app.settings.template_dir, "%s", folder != NULL ? folder : "templates");
    for (int i = 0; i < SECRET__COUNT; i++)
        memset(app.secrets.key[i].bytes, i + 1, KEY_BYTES);
    REQUIRE_STATUS(words_open(app.settings.template_dir, &fault), STATUS_OK);
    REQUIRE_STATUS(templates_open(&app.settings, program, &fault), STATUS_OK);
    arena_init(&arena, (size_t)16 * 1024 * 1024);
}

void golden_close(void)
{
    pages_release();
    page_cache_release();
    arena_release(&arena);
    templates_close();
    words_close();
}

struct request *golden_request(enum language language, const char *path)
{
    pages_release();
    arena_reset(&arena);
    request = (struct request){.app = &app,
                               .context = app.context,
                               .arena = &arena,
                               .now = moment(GOLDEN_NOW),
                               .method = METHOD_GET,
                               .path = path,
                               .cookies = "",
                               .if_none_match = "",
                               .language = language,
                               .remote_address = "192.0.2.7",
                               .id = "0123456789abcdef"};
    memset(request.visitor.bytes, 9, KEY_BYTES);
    return &request;
}

/* ---- comparing */

/* Puts a word over everything from behind `start` to `end`. */
static char *mask(const char *page, const char *start, char end, const char *word)
{
    char *masked = arena_take(&arena, GOLDEN_BYTES);
    size_t length = 0;
    while (*page != '\0' && length < GOLDEN_BYTES - 100) {
        if (strncmp(page, start, strlen(start)) != 0) {
            masked[length++] = *page++;
            continue;
        }
        length += (size_t)snprintf(masked + length, 100, "%s%s", start, word);
        page += strlen(start);
        page += strcspn(page, (char[]){end, '\0'});
    }
    return masked;
}

static const char *golden_path(const char *name, const char *extension)
{
    const char *top = getenv("SHUINUO_TOP");
    return arena_format(&arena, "%s/tests/golden/pages/%s.%s.%s", top != NULL ? top : ".", name,
                        language_tag(request.language), extension);
}

static void write_golden(const char *path, const char *page)
{
    FILE *file = fopen(path, "w");
    REQUIRE(file != NULL);
    CHECK_INT(fwrite(page, 1, strlen(page), file), strlen(page));
    CHECK_INT(fclose(file), 0);
}

static const char *read_golden(const char *path)
{
    char *bytes = arena_take(&arena, GOLDEN_BYTES);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return "";
    size_t length = fread(bytes, 1, GOLDEN_BYTES - 1, file);
    fclose(file);
    return length < GOLDEN_BYTES - 1 ? bytes : "";
}

/* A piece of a line around the byte where it differs, in the arena. */
static const char *piece(const char *line, size_t length, size_t differs_at)
{
    size_t from = differs_at > LINE_SHOWN / 2 ? differs_at - LINE_SHOWN / 2 : 0;
    size_t shown = length - from < LINE_SHOWN ? length - from : LINE_SHOWN;
    return arena_format(&arena, "%.*s", (int)shown, line + from);
}

/* Shows the first line that differs, and only that. */
static void compare(const char *path, const char *got, const char *want)
{
    for (int number = 1; *got != '\0' || *want != '\0'; number++) {
        size_t got_length = strcspn(got, "\n"), want_length = strcspn(want, "\n"), same = 0;
        while (same < got_length && same < want_length && got[same] == want[same])
            same++;
        if (same < got_length || same < want_length || got[got_length] != want[want_length]) {
            const char *where = arena_format(&arena, "%s:%d (GOLDEN_WRITE=1 writes it anew)", path, number);
            check_text(arena_format(&arena, "%s%s", piece(got, got_length, same), got[got_length] == '\n' ? "\\n" : ""),
                       arena_format(&arena, "%s%s", piece(want, want_length, same),
                                    want[want_length] == '\n' ? "\\n" : ""),
                       where, __FILE__, __LINE__);
            return;
        }
        got += got_length + (got[got_length] == '\n');
        want += want_length + (want[want_length] == '\n');
    }
    CHECK(true);
}

void golden_check(const char *name, const struct response *response, int status_code)
{
    golden_check_document(name, "html", "text/html; charset=utf-8", response, status_code);
}

void golden_check_document(const char *name, const char *extension, const char *content_type, const struct response *response,
                           int status_code)
{
    CHECK_TEXT(request.fault.message, "");
    CHECK_INT(response->status_code, status_code);
    CHECK_TEXT(response->content_type, content_type);
    REQUIRE(response->body != NULL && response->body_length == strlen(response->body));
    const char *page = response->body;
    page = mask(page, "name=\"token\" value=\"", '"', "TOKEN");
    page = mask(page, "name=\"key\" value=\"", '"', "KEY");
    page = mask(page, "?v=", '"', "VERSION");
    const char *path = golden_path(name, extension);
    const char *write = getenv("GOLDEN_WRITE");
    if (write != NULL && *write == '1')
        write_golden(path, page);
    else
        compare(path, page, read_golden(path));
}
