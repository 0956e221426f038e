/* Photos in forms: the sentence beside each that cannot be taken, and the headers of one that is looked at. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "web/app.h"
#include "web/dispatch.h"
#include "web/pages.h"
#include "web/upload.h"

static struct arena arena;
static struct app app;
static struct request request;
static struct inputs inputs;
static const struct input_rule rules[] = {PHOTO_FIELD_RULES};
static const struct route route = {METHOD_POST, "/", 0, CHECK_CSRF | CHECK_UPLOAD, NULL};

static void begin(void)
{
    const char *folder = getenv("SHUINUO_TEMPLATE_DIR");
    struct fault fault = {0};
    crypto_start();
    REQUIRE_STATUS(words_open(folder == NULL ? "templates" : folder, &fault), STATUS_OK);
    arena_init(&arena, (size_t)64 * 1024 * 1024);
    settings_init(&app.settings);
    photo_use_helper("/nonexistent/photo");
}

static void end(void)
{
    pages_release();
    arena_release(&arena);
    words_close();
}

/* The form came with these bytes as its first photo; the key of the sentence beside it. */
static const char *sentence_for(const char *bytes, size_t length)
{
    struct photo photo;

    request = (struct request){.app = &app, .route = &route, .arena = &arena, .method = METHOD_POST, .path = "/"};
    request.body.items[0] = (struct form_item){.name = "photo1", .value = bytes, .length = length, .file_name = "../a.jpg"};
    request.body.count = 1;
    REQUIRE_STATUS(inputs_read(&request, rules, sizeof rules / sizeof rules[0], &inputs), STATUS_OK);
    CHECK(!upload_read(&inputs, "photo2", &photo));
    CHECK(!upload_read(&inputs, "photo1", &photo));
    CHECK_INT(inputs.error_count, 1);
    CHECK(request.fault.file == NULL);
    return inputs_find(&inputs, "photo1")->error;
}

static const char *words(const char *key) { return words_find(LANGUAGE_ZH, key); }

TEST(each_photo_that_cannot_be_taken_has_its_sentence)
{
    begin();
    char *large = arena_take(&arena, PHOTO_BYTES_MAX + 2);
    memcpy(large, "\xff\xd8\xff\xe0", 4);
    CHECK_TEXT(sentence_for("", 0), words("error.photo_broken"));
    CHECK_TEXT(sentence_for("GIF89a and more of it", 21), words("error.photo_kind"));
    CHECK_TEXT(sentence_for("\0\0\0\x18" "ftypheic\0\0\0\0", 16), words("error.photo_heic"));
    CHECK_TEXT(sentence_for(large, PHOTO_BYTES_MAX + 1), words("error.photo_big"));

    check_case("when no photo can be opened, the form is not lost for it");
    CHECK_TEXT(sentence_for(large, 4000), words("error.photo_busy"));
    end();
}

TEST(a_photo_is_an_image_and_nothing_else_to_any_browser)
{
    begin();
    const struct photo photo = {.width = 1, .height = 1, .jpeg = {(const uint8_t *)"\xff\xd8\xff", 3}, .hash = {{0xab, 0xcd}}};
    struct response response = {0};
    struct answer answer;
    static const char *const lines[] = {
        "Content-Type: image/jpeg\r\n", "X-Content-Type-Options: nosniff\r\n", "Cache-Control: private, no-cache\r\n",
        "Content-Disposition: inline; filename=\"photo.jpg\"\r\n", "Content-Security-Policy: default-src 'none'; sandbox\r\n",
        "Cross-Origin-Resource-Policy: same-origin\r\n", "ETag: W/\"abcd",
    };
    request = (struct request){.app = &app, .route = &route, .arena = &arena, .method = METHOD_GET, .path = "/", .if_none_match = ""};
    upload_respond(&request, &response, &photo);
    answer_make(&request, &response, &answer);
    CHECK_INT(answer.status_code, 200);
    CHECK_INT(answer.body_length, 3);
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        check_case(lines[i]);
        CHECK(strstr(answer.head, lines[i]) != NULL);
    }
    check_case("seen before");
    response = (struct response){0};
    request.if_none_match = "W/\"abcd0000000000000000000000000000\"";
    upload_respond(&request, &response, &photo);
    answer_make(&request, &response, &answer);
    CHECK_INT(answer.status_code, 304);
    CHECK_INT(answer.body_length, 0);
    end();
}

TEST(a_number_of_a_photo_is_a_small_number)
{
    static const struct {
        const char *part;
        int number;
    } cases[] = {{"1", 1}, {"40", 40}, {"9999", 9999}, {"0", 0}, {"01", 0}, {"10000", 0}, {"-1", 0}, {"+1", 0}, {"1 ", 0},
                 {"1a", 0}, {"", 0}, {NULL, 0}, {"99999999999999999999", 0}, {"\xef\xbc\x91", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        CHECK_INT(upload_number(cases[i].part), cases[i].number);
}
