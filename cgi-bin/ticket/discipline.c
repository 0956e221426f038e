/*
 * "Hand to discipline" (Arts. 5, 32): misconduct that comes by phone, by letter or inside a ticket is sealed at once to the discipline
 * office's key. What a ticket said is emptied in the same transaction, and nobody here can read it any more, whoever handed it on.
 */
#include <string.h>

#include "core/offer.h"
#include "store/photo_store.h"
#include "store/public_store.h"
#include "store/sealed_store.h"
#include "ticket/intake.h"
#include "ticket/related.h"
#include "ticket/show.h"

#define WORDS_LEAST 10
#define WORDS_MOST 3000

bool discipline_is_offered(const struct request *request, const struct ticket *ticket)
{
    return request->app->settings.discipline_key[0] != '\0' &&
           ticket_permits(ticket, ACTION_HAND_TO_DISCIPLINE, &request->actor, NULL) == VERDICT_OK;
}

/* STATUS_ABSENT while the office has no key: there is no such way then. */
static enum status find_office(const struct request *request, struct key *office)
{
    return text_parse_hex(request->app->settings.discipline_key, office->bytes, KEY_BYTES) ? STATUS_OK : STATUS_ABSENT;
}

/* The answer to the form itself, so that no address shows the number. */
static enum status show_receipt(struct request *request, struct response *response, const char *number)
{
    char text[SEALED_NUMBER_TEXT_BYTES], code[QUERY_CODE_BYTES];
    struct view *page = page_begin(request, "ticket/discipline_receipt");

    fault_reset(&request->fault);
    sealed_number_format_text(number, text);
    sealed_code_make(&request->app->secrets, number, code);
    view_words(page, "Page.title", "hand.receipt.title");
    view_text(page, "Case.number_text", text);
    view_text(page, "Case.code_text", arena_format(request->arena, "%.4s %s", code, code + 4));
    return page_end(page, response, 200);
}

/* ---- without a ticket: by phone, at the counter, by letter */

static const struct input_rule new_rules[] = {
    {"words", INPUT_LINES, true, WORDS_LEAST, WORDS_MOST, "sealed.error.words", NULL},
    {"about", INPUT_LINE, false, 0, 100, "sealed.error.line", NULL},
    {"occurred", INPUT_LINE, false, 0, 100, "sealed.error.line", NULL},
    {"name", INPUT_LINE, false, 0, 40, "sealed.error.line", NULL},
    {"contact", INPUT_LINE, false, 0, 60, "sealed.error.line", NULL},
};
#define NEW_RULE_COUNT (sizeof new_rules / sizeof new_rules[0])

static struct view *begin_new(struct request *request)
{
    struct view *page = page_begin(request, "ticket/discipline_new");

    view_words(page, "Page.title", "hand.new.title");
    view_flag(page, "has_key", request->app->settings.discipline_key[0] != '\0');
    return page;
}

enum status ticket_get_discipline_new(struct request *request, struct response *response)
{
    struct inputs none;
    const enum status status = inputs_read(request, NULL, 0, &none);

    return status == STATUS_OK ? page_end(begin_new(request), response, 200) : status;
}

/* What was typed into the intake so far, carried over; nothing is kept before it is sealed. */
enum status ticket_post_discipline_take(struct request *request, struct response *response)
{
    struct inputs *inputs = arena_take(request->arena, sizeof *inputs);
    const enum status status = intake_read(request, inputs);

    if (status != STATUS_OK)
        return status;
    struct view *page = begin_new(request);
    view_text(page, "Form.words.value", inputs_text(inputs, "words"));
    view_text(page, "Form.occurred.value", inputs_text(inputs, "place"));
    view_text(page, "Form.name.value", inputs_text(inputs, "name"));
    view_text(page, "Form.contact.value", inputs_text(inputs, "phone"));
    return page_end(page, response, 200);
}

enum status ticket_post_discipline_new(struct request *request, struct response *response)
{
    struct inputs inputs;
    uint8_t key[ACTION_KEY_BYTES];
    char number[SEALED_NUMBER_BYTES];
    struct key office;
    enum status status = inputs_read(request, new_rules, NEW_RULE_COUNT, &inputs);

    if (status == STATUS_OK)
        status = find_office(request, &office);
    if (status != STATUS_OK)
        return status;
    if (!request_key(request, key))
        return STATUS_INVALID;
    if (inputs.error_count > 0) {
        struct view *page = begin_new(request);
        inputs_show(&inputs, page);
        return page_end(page, response, 422);
    }
    sealed_number_make(&request->app->secrets, key, number);
    const struct sealed_report report = {
        .received_at = request->now, .number = number,
        .words = inputs_text(&inputs, "words"), .about = inputs_text(&inputs, "about"),
        .occurred = inputs_text(&inputs, "occurred"), .name = inputs_text(&inputs, "name"),
        .contact = inputs_text(&inputs, "contact"),
    };
    status = sealed_store_file(desk_of(request)->db, &request->app->secrets, &office, &report, SEALED_FROM_STAFF,
                               day_of(request->now, request->app->settings.utc_offset_minutes), request->arena, &request->fault);
    return status == STATUS_OK || status == STATUS_DUPLICATE ? show_receipt(request, response, number) : status;
}

/* ---- a ticket */

static const struct input_rule ticket_rules[] = {
    {"about", INPUT_LINE, false, 0, 100, "sealed.error.line", NULL},
    {"words", INPUT_LINES, false, 0, WORDS_MOST, "sealed.error.words", NULL},
    {"version", INPUT_NUMBER, true, 1, UINT32_MAX, "staff.error.choice", NULL},
};
#define TICKET_RULE_COUNT (sizeof ticket_rules / sizeof ticket_rules[0])

struct handing {
    struct request *request;
    struct response *response;
    struct ticket_file *file;
    struct inputs *inputs; /* NULL: an empty form */
    struct key office;
};

static enum status show_ticket_form(const struct handing *handing, enum verdict verdict, int code)
{
    struct request *request = handing->request;
    const uint32_t seen = handing->inputs == NULL ? 0 : (uint32_t)inputs_number(handing->inputs, "version", 0);
    struct view *page = part_begin(request, "ticket/discipline", "hand.ticket.title", handing->file, seen, verdict);

    if (handing->inputs != NULL)
        inputs_show(handing->inputs, page);
    return page_end(page, handing->response, code);
}

/* One paragraph of what is handed over: when, who, what was said. Nothing without words. */
static const char *add_words(struct request *request, const char *so_far, struct instant at, const char *who, const char *words)
{
    char moment[TIME_TEXT_BYTES] = "";

    if (words[0] == '\0')
        return so_far;
    if (instant_is_set(at))
        instant_format_local(at, request->app->settings.utc_offset_minutes, moment);
    return arena_format(request->arena, "%s\n\n%s %s\n%s", so_far, moment, who, words);
}

/* Everything that anybody wrote into the ticket, and what residents added that is not in it yet. */
static enum status gather_words(const struct handing *handing, const char **words)
{
    struct request *request = handing->request;
    const struct ticket_file *file = handing->file;
    struct resident_input *inputs;
    size_t count;
    const char *all = arena_format(request->arena, "%s %s\n%s", words_find(LANGUAGE_ZH, "hand.mark.ticket"), file->number,
                                   file->place_text);

    all = add_words(request, all, request->now,
                    arena_format(request->arena, "%s %s", words_find(LANGUAGE_ZH, "hand.mark.by"), request->actor.name),
                    inputs_text(handing->inputs, "words"));
    for (size_t i = 0; i < file->entry_count; i++)
        all = add_words(request, all, file->entries[i].event.occurred_at,
                        file->entries[i].actor_name[0] != '\0' ? file->entries[i].actor_name
                                                               : words_find(LANGUAGE_ZH, "hand.mark.resident"),
                        file->entries[i].words);
    const enum status status = public_store_waiting_inputs(desk_of(request)->db, file->ticket.id, request->arena, &inputs,
                                                           &count, &request->fault);
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        all = add_words(request, all, INSTANT_NONE, words_find(LANGUAGE_ZH, "hand.mark.resident"), inputs[i].words);
    *words = all;
    return status;
}

/* Who reported it, as the office may need to reach them. */
static enum status gather_person(const struct handing *handing, struct sealed_report *report)
{
    struct request *request = handing->request;
    struct person *person = arena_take(request->arena, sizeof *person);
    const enum status status =
        person_unseal(desk_of(request)->db, handing->file->ticket.id, &request->app->secrets, request->actor.staff,
                      request->now, request->arena, person, &request->fault);

    if (status == STATUS_ABSENT) { /* emptied long ago */
        fault_reset(&request->fault);
        return STATUS_OK;
    }
    if (status != STATUS_OK)
        return status;
    report->name = person->name;
    report->contact = arena_format(request->arena, "%s %s %s", person->phone, person->address, person->account);
    return STATUS_OK;
}

static enum status gather_photos(const struct handing *handing, struct sealed_case *sealed)
{
    struct request *request = handing->request;
    struct db *db = desk_of(request)->db;
    struct photo_row *rows;
    size_t count;
    enum status status = photo_store_list(db, handing->file->ticket.id, false, request->arena, &rows, &count, &request->fault);

    if (status != STATUS_OK)
        return status;
    sealed->photos = arena_take_array(request->arena, count + 1, sizeof *sealed->photos);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        struct photo photo;
        status = photo_store_load(db, handing->file->ticket.id, rows[i].no, false, request->arena, &photo, &request->fault);
        if (status == STATUS_OK)
            sealed->photos[sealed->photo_count++] = sealed_photo_seal(&handing->office, photo.jpeg, request->arena);
    }
    return status;
}

static enum status seal_ticket(const struct handing *handing, const char *number, struct sealed_case *sealed)
{
    struct request *request = handing->request;
    struct sealed_report report = {
        .received_at = handing->file->ticket.reported_at, .number = number, .about = inputs_text(handing->inputs, "about"),
        .occurred = handing->file->place_text, .name = "", .contact = "",
    };
    enum status status = gather_words(handing, &report.words);

    if (status == STATUS_OK)
        status = gather_person(handing, &report);
    if (status != STATUS_OK)
        return status;
    *sealed = sealed_case_seal(&request->app->secrets, &handing->office, &report, request->arena);
    sealed->source = SEALED_FROM_STAFF;
    sealed->today = day_of(request->now, request->app->settings.utc_offset_minutes);
    return gather_photos(handing, sealed);
}

static enum status hand_over(const struct handing *handing, const uint8_t *key)
{
    struct request *request = handing->request;
    struct desk *desk = desk_of(request);
    const struct command command = {
        .action = ACTION_HAND_TO_DISCIPLINE, .actor = request->actor, .occurred_at = INSTANT_NONE,
        .expected_version = (uint32_t)inputs_number(handing->inputs, "version", 0),
    };
    char number[SEALED_NUMBER_BYTES];
    struct sealed_case sealed;
    struct event event;

    memset(&event, 0, sizeof event);
    sealed_number_make(&request->app->secrets, key, number);
    const enum verdict verdict =
        ticket_decide(&handing->file->ticket, &command, &desk->catalog.regulation, request->now, &event);
    if (verdict != VERDICT_OK)
        return show_ticket_form(handing, verdict, part_code(verdict));
    enum status status = seal_ticket(handing, number, &sealed);
    if (status == STATUS_OK)
        status = ticket_store_hand_over(desk->db, handing->file, &event, key, &desk->catalog, &sealed, &request->fault);
    if (status == STATUS_OK || status == STATUS_DUPLICATE)
        return show_receipt(request, handing->response, number);
    if (status != STATUS_CONFLICT)
        return status;
    fault_reset(&request->fault);
    status = show_load(request, handing->file); /* as it stands now; gone when somebody handed it over first */
    return status == STATUS_OK ? show_ticket_form(handing, VERDICT_STALE, 409) : status;
}

static enum status load(struct handing *handing)
{
    const enum status status = find_office(handing->request, &handing->office);

    return status == STATUS_OK ? show_load(handing->request, handing->file) : status;
}

enum status ticket_get_discipline(struct request *request, struct response *response)
{
    struct handing handing = {.request = request, .response = response,
                              .file = arena_take(request->arena, sizeof(struct ticket_file))};
    struct inputs none;
    enum status status = inputs_read(request, NULL, 0, &none);

    if (status == STATUS_OK)
        status = load(&handing);
    if (status != STATUS_OK)
        return status;
    const enum verdict verdict = ticket_permits(&handing.file->ticket, ACTION_HAND_TO_DISCIPLINE, &request->actor, NULL);
    return show_ticket_form(&handing, verdict, verdict == VERDICT_OK ? 200 : part_code(verdict));
}

/* The very form that handed the ticket over, sent again: its receipt again. The ticket itself is gone for whoever sends it. */
static enum status find_done(struct request *request, struct response *response, const uint8_t *key)
{
    char number[NUMBER_BYTES], sealed_number[SEALED_NUMBER_BYTES];
    const enum status status = ticket_store_find_key(desk_of(request)->db, key, request->arena, number, &request->fault);

    if (status != STATUS_OK)
        return status;
    sealed_number_make(&request->app->secrets, key, sealed_number);
    return show_receipt(request, response, sealed_number);
}

enum status ticket_post_discipline(struct request *request, struct response *response)
{
    struct inputs inputs;
    struct handing handing = {.request = request, .response = response, .inputs = &inputs,
                              .file = arena_take(request->arena, sizeof(struct ticket_file))};
    uint8_t page_key[ACTION_KEY_BYTES], key[ACTION_KEY_BYTES];
    enum status status = inputs_read(request, ticket_rules, TICKET_RULE_COUNT, &inputs);

    if (status != STATUS_OK)
        return status;
    if (!request_key(request, page_key) || inputs_find(&inputs, "version")->error != NULL)
        return STATUS_INVALID;
    part_key(page_key, "discipline", key);
    status = load(&handing);
    if (status == STATUS_ABSENT) {
        fault_reset(&request->fault);
        return find_done(request, response, key);
    }
    if (status != STATUS_OK)
        return status;
    return inputs.error_count > 0 ? show_ticket_form(&handing, VERDICT_OK, 422) : hand_over(&handing, key);
}
