/*
 * Reports of misconduct (Arts. 5, 32): one page, no draft, no line in any log, sealed in this process to the discipline office's
 * key, photos and all. The receipt is the answer to the form itself, so that no address shows the number; sending the form again
 * shows it again.
 */
#include <string.h>

#include "complaint/complaint.h"
#include "complaint/filing.h"
#include "store/sealed_store.h"
#include "web/effort.h"
#include "web/rate.h"
#include "web/upload.h"

#define WORDS_LEAST 10
#define WORDS_MOST 3000

static const struct input_rule rules[] = {
    {"words", INPUT_LINES, true, WORDS_LEAST, WORDS_MOST, "sealed.error.words", NULL},
    {"about", INPUT_LINE, false, 0, 100, "sealed.error.line", NULL},
    {"occurred", INPUT_LINE, false, 0, 100, "sealed.error.line", NULL},
    {"name", INPUT_LINE, false, 0, 40, "sealed.error.line", NULL},
    {"contact", INPUT_LINE, false, 0, 60, "sealed.error.line", NULL},
    {"website", INPUT_LINE, false, 0, 200, "sealed.error.line", NULL},
    PHOTO_FIELD_RULES,
};
_Static_assert(PHOTO_FIELDS == SEALED_PHOTOS_MAX, "what the form takes has room in the report");
#define RULE_COUNT (sizeof rules / sizeof rules[0])

/* ---- the form */

static bool has_key(const struct request *request) { return request->app->settings.discipline_key[0] != '\0'; }

/* A case has one number, so its effort counts for this case alone. */
static const char *purpose_of(const struct request *request)
{
    return arena_format(request->arena, "sealed %s", request_value(request, "key"));
}

static void put_photo_fields(struct view *view, const struct request *request, struct inputs *inputs)
{
    for (int i = 0; i < PHOTO_FIELDS; i++) {
        struct view *row = view_row(view, "PhotoFields", (size_t)i);
        const char *number = arena_format(request->arena, "%d", i + 1);
        view_text(row, "name", upload_field(i));
        view_text(row, "label", words_fill(request->arena, request->language, "photo.field", &number, 1));
        if (inputs != NULL && inputs_find(inputs, upload_field(i))->error != NULL)
            view_text(row, "error", inputs_find(inputs, upload_field(i))->error);
    }
}

/* Whether photos came with a form that is shown again: nothing keeps them meanwhile. */
static bool brought_photos(struct inputs *inputs)
{
    bool has_any = false;

    for (int i = 0; i < PHOTO_FIELDS; i++)
        has_any = has_any || inputs_find(inputs, upload_field(i))->is_set;
    return has_any;
}

/* 429: the page as it was, with an effort to make first. */
static enum status show_form(struct request *request, struct response *response, struct inputs *inputs, int status_code)
{
    struct view *view = page_begin(request, "complaint/misconduct");
    uint8_t key[16];

    view_words(view, "Page.title", "sealed.title");
    view_flag(view, "has_key", has_key(request));
    view_text(view, "contact_words", request->app->settings.discipline_contact);
    put_photo_fields(view, request, inputs);
    if (inputs != NULL) {
        inputs_show(inputs, view);
        view_flag(view, "are_photos_lost", brought_photos(inputs));
        if (request_key(request, key)) /* what was sent once keeps its number */
            view_text(view, "Page.key", request_value(request, "key"));
    }
    if (status_code == 429) {
        effort_ask(view, request, purpose_of(request));
        view_text(view, "Page.script", "effort");
    }
    return page_end(view, response, status_code);
}

/* Very many from one address, or the field that people do not see was filled in. Counted in memory only. */
static bool needs_effort(struct request *request, struct inputs *inputs)
{
    const struct settings *settings = &request->app->settings;
    const struct hash address = request_address_hash(request);
    const int64_t window = (int64_t)settings->code_window_minutes * MINUTE_SECONDS;

    if (*inputs_text(inputs, "website") == '\0' &&
        rate_look(&address, request->now, window) < settings->filings_per_address)
        return false;
    return effort_check(request, purpose_of(request)) != EFFORT_DONE;
}

static void count_report(const struct request *request)
{
    const struct hash address = request_address_hash(request);

    (void)rate_count(&address, request->now, (int64_t)request->app->settings.code_window_minutes * MINUTE_SECONDS);
}

enum status complaint_get_misconduct(struct request *request, struct response *response)
{
    return show_form(request, response, NULL, 200);
}

/* ---- the receipt */

static enum status show_receipt(struct request *request, struct response *response, const char *number)
{
    char text[SEALED_NUMBER_TEXT_BYTES], code[QUERY_CODE_BYTES];
    struct view *view = page_begin(request, "complaint/misconduct_receipt");

    sealed_number_format_text(number, text);
    sealed_code_make(&request->app->secrets, number, code);
    view_words(view, "Page.title", "sealed.receipt.title");
    view_text(view, "Case.number_text", text);
    view_text(view, "Case.code_text", arena_format(request->arena, "%.4s %s", code, code + 4));
    return page_end(view, response, 200);
}

/* Makes the photos safe, each in the helper's hands; one that cannot be taken leaves its sentence beside its field. */
static void take_photos(struct inputs *inputs, struct sealed_report *report)
{
    for (int i = 0; i < PHOTO_FIELDS; i++) {
        struct photo photo;
        if (upload_read(inputs, upload_field(i), &photo))
            report->photos[report->photo_count++] = photo.jpeg;
    }
}

/* A form that somebody went back to for a photo is another report, as one with other words is (web/request.h). */
static void bind_photos(const struct sealed_report *report, uint8_t form_key[16])
{
    struct hash hash = {{0}};

    memcpy(hash.bytes, form_key, 16);
    for (int i = 0; i < report->photo_count; i++) {
        const struct bytes pieces[] = {{hash.bytes, HASH_BYTES}, report->photos[i]};
        hash = crypto_hash_pieces(pieces, 2);
    }
    memcpy(form_key, hash.bytes, 16);
}

static enum status seal(struct request *request, struct response *response, struct sealed_report *report,
                        const struct key *office)
{
    const struct day today = day_of(request->now, request->app->settings.utc_offset_minutes);
    const enum status status =
        sealed_store_file(complaint_of(request)->db, &request->app->secrets, office, report, SEALED_FROM_PUBLIC, today,
                          request->arena, &request->fault);

    if (status == STATUS_DUPLICATE)
        fault_reset(&request->fault);
    if (status != STATUS_OK && status != STATUS_DUPLICATE)
        return status;
    if (status == STATUS_OK)
        count_report(request);
    return show_receipt(request, response, report->number);
}

enum status complaint_post_misconduct(struct request *request, struct response *response)
{
    struct inputs *inputs = arena_take(request->arena, sizeof *inputs);
    char number[SEALED_NUMBER_BYTES];
    uint8_t form_key[16];
    struct key office;
    const enum status status = inputs_read(request, rules, RULE_COUNT, inputs);

    if (status != STATUS_OK)
        return status;
    if (!request_key(request, form_key))
        return STATUS_INVALID;
    if (inputs->error_count > 0 || !text_parse_hex(request->app->settings.discipline_key, office.bytes, KEY_BYTES))
        return show_form(request, response, inputs, 422);
    if (needs_effort(request, inputs))
        return show_form(request, response, inputs, 429);
    struct sealed_report report = {
        .received_at = request->now,
        .number = number,
        .words = inputs_text(inputs, "words"),
        .about = inputs_text(inputs, "about"),
        .occurred = inputs_text(inputs, "occurred"),
        .name = inputs_text(inputs, "name"),
        .contact = inputs_text(inputs, "contact"),
    };
    take_photos(inputs, &report);
    bind_photos(&report, form_key);
    sealed_number_make(&request->app->secrets, form_key, number);
    return inputs->error_count > 0 ? show_form(request, response, inputs, 422)
                                   : seal(request, response, &report, &office);
}

/* ---- the office's answer, by number and code */

static const struct input_rule answer_rules[] = {
    {"number", INPUT_DIGITS, true, 1, 40, "sealed.error.number", "sealed.error.number"},
    {"code", INPUT_DIGITS, true, 1, 40, "error.code", "error.code"},
};

static enum status show_ask(struct request *request, struct response *response, struct inputs *inputs,
                            const char *problem, int status_code)
{
    struct view *view = page_begin(request, "complaint/misconduct_answer");

    view_words(view, "Page.title", "sealed.answer.title");
    if (inputs != NULL)
        inputs_show(inputs, view);
    if (problem != NULL)
        view_words(view, "problem", problem);
    if (status_code == 429)
        follow_ask_effort(request, view);
    return page_end(view, response, status_code);
}

static enum status show_answer(struct request *request, struct response *response, const char *number)
{
    const char *words;
    struct day day;
    char text[SEALED_NUMBER_TEXT_BYTES], day_text[TIME_TEXT_BYTES];
    enum status status = sealed_store_answer(complaint_of(request)->db, &request->app->secrets, number, request->arena,
                                             &words, &day, &request->fault);

    if (status != STATUS_OK && status != STATUS_ABSENT)
        return status;
    struct view *view = page_begin(request, "complaint/misconduct_answer");
    sealed_number_format_text(number, text);
    view_words(view, "Page.title", "sealed.answer.title");
    view_text(view, "Case.number_text", text);
    view_flag(view, "is_shown", true);
    if (status == STATUS_OK) {
        day_format(day, day_text);
        view_text(view, "Case.answer", words);
        view_text(view, "Case.day", day_text);
    }
    return page_end(view, response, 200);
}

enum status complaint_get_answer(struct request *request, struct response *response)
{
    return show_ask(request, response, NULL, NULL, 200);
}

enum status complaint_post_answer(struct request *request, struct response *response)
{
    struct inputs *inputs = arena_take(request->arena, sizeof *inputs);
    char number[SEALED_NUMBER_BYTES] = "", code[QUERY_CODE_BYTES] = "", wanted[QUERY_CODE_BYTES];
    bool slowed = false;
    enum status status = inputs_read(request, answer_rules, 2, inputs);

    if (status != STATUS_OK)
        return status;
    if (inputs->error_count > 0)
        return show_ask(request, response, inputs, NULL, 422);
    const bool is_number = sealed_number_parse(inputs_text(inputs, "number"), number);
    const bool is_code = query_code_parse(inputs_text(inputs, "code"), code);
    status = follow_is_slowed(request, number, &slowed);
    if (status == STATUS_OK && slowed)
        return show_ask(request, response, inputs, "sealed.answer.slowed", 429);
    sealed_code_make(&request->app->secrets, number, wanted);
    const bool is_right = crypto_is_equal(code, wanted, sizeof wanted) && is_number && is_code;
    if (status == STATUS_OK && !is_right)
        status = follow_count_wrong(request, number);
    if (status != STATUS_OK)
        return status;
    return is_right ? show_answer(request, response, number)
                    : show_ask(request, response, inputs, "sealed.answer.wrong", 422);
}
