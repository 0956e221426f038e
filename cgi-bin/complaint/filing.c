/* The fourth step and the moment that counts: check, then file. */
#include "complaint/filing.h"

#include <string.h>

#include "complaint/photos.h"
#include "web/effort.h"
#include "web/promise.h"
#include "web/rate.h"

/* ---- deciding */

void filing_prepare(struct request *request, const struct draft *draft, const struct catalog *catalog,
                    struct prepared *prepared)
{
    *prepared = (struct prepared){.verdict = VERDICT_UNKNOWN_CATEGORY};
    ticket_init(&prepared->ticket, (struct ticket_id){0});
    prepared->category = category_find_by_code(catalog->regulation.categories, catalog->regulation.category_count,
                                               draft->category, request->now);
    if (prepared->category == NULL)
        return;
    prepared->place = catalog_place_in_text(catalog, draft->place);
    struct command *command = arena_take(request->arena, sizeof *command);
    const bool has_text = *draft->words != '\0' || draft->noticed != NOTICED_NONE;
    const struct place *place = prepared->place;
    command_report(command, SOURCE_WEB, prepared->category, place != NULL ? place->id : (struct place_id){0},
                   place != NULL ? place->zone : ZONE_UNKNOWN, *draft->phone != '\0', has_text);
    prepared->verdict =
        ticket_decide(&prepared->ticket, command, &catalog->regulation, request->now, &prepared->event);
    if (prepared->verdict == VERDICT_OK)
        ticket_apply(&prepared->ticket, &prepared->event);
}

const char *filing_words(struct request *request, const struct draft *draft)
{
    if (draft->noticed == NOTICED_NONE)
        return draft->words;
    const char *key = arena_format(request->arena, "complaint.noticed.%s", noticed_name(draft->noticed));
    const char *when = words_find(LANGUAGE_ZH, key);
    const char *line = words_fill(request->arena, LANGUAGE_ZH, "complaint.noticed_line", &when, 1);
    return *draft->words == '\0' ? line : arena_format(request->arena, "%s\n%s", draft->words, line);
}

/* Where the resident has to go first; NULL when nothing is missing. */
static const char *missing_step(const struct draft *draft, const struct prepared *prepared)
{
    if (prepared->category == NULL || *draft->place == '\0')
        return "/complaint/place?d=%s";
    if (!draft->is_contact_given || prepared->verdict == VERDICT_NEEDS_PHONE)
        return "/complaint/contact?d=%s";
    return NULL;
}

static enum status redirect_to(struct request *request, struct response *response, const char *step,
                               const struct draft *draft)
{
    return text_is_equal(step, "/complaint/place?d=%s")
               ? response_redirect(request, response, "/complaint/place?d=%s", draft->id_text)
               : response_redirect(request, response, "/complaint/contact?d=%s", draft->id_text);
}

/* ---- the check page */

static void put_answers(struct view *view, struct request *request, const struct draft *draft, const char *category)
{
    view_text(view, "Answer.matter", category);
    view_text(view, "Answer.place", draft->place);
    view_text(view, "Answer.address", draft->address);
    view_text(view, "Answer.account", draft->account);
    view_text(view, "Answer.words", draft->words);
    view_text(view, "Answer.phone", draft->phone);
    view_text(view, "Answer.name", draft->name);
    view_text(view, "Answer.noticed", "");
    if (draft->noticed != NOTICED_NONE)
        view_words(view, "Answer.noticed",
                   arena_format(request->arena, "complaint.noticed.%s", noticed_name(draft->noticed)));
    view_flag(view, "has_phone", *draft->phone != '\0');
}

enum status filing_is_done(struct request *request, const struct draft *draft, bool *is_done)
{
    uint8_t key[ACTION_KEY_BYTES];
    struct public_ticket ticket;

    draft_filing_key(request, draft->id, key);
    enum status status =
        public_store_find_by_key(complaint_of(request)->db, key, request->arena, &ticket, &request->fault);
    *is_done = status == STATUS_OK;
    return status == STATUS_ABSENT ? STATUS_OK : status;
}

/* 429: the page as it was, with an effort to make first. */
static enum status show_check(struct request *request, struct response *response, const struct draft *draft,
                              const struct prepared *prepared, const struct catalog *catalog, int status_code)
{
    struct view *view = page_begin(request, "complaint/check");

    view_words(view, "Page.title", "complaint.check.title");
    draft_show(draft, view);
    put_answers(view, request, draft, complaint_category_name(request, catalog, prepared->category->id));
    clocks_show(request, view, "Clocks", prepared->ticket.clocks, (size_t)prepared->ticket.clock_count, false);
    if (status_code == 429) {
        effort_ask(view, request, draft->id_text);
        view_text(view, "Page.script", "effort");
    }
    enum status status = STATUS_OK;
    if (draft->photo_count > 0) {
        const struct photo_stand stand = photos_of_draft(request, draft);
        status = photos_put_staged(request, view, &stand);
    }
    return status == STATUS_OK ? complaint_end_form(request, view, response, status_code) : status;
}

enum status complaint_get_check(struct request *request, struct response *response)
{
    struct prepared *prepared = arena_take(request->arena, sizeof *prepared);
    const struct catalog *catalog;
    struct draft draft;
    bool has_id, was_filed = false;
    enum status status = complaint_catalog(request, &catalog);

    if (status == STATUS_OK)
        status = draft_load(request, &draft, &has_id);
    if (status == STATUS_ABSENT)
        return draft_show_lost(request, response);
    if (status == STATUS_OK)
        status = filing_is_done(request, &draft, &was_filed);
    if (status != STATUS_OK)
        return status;
    if (was_filed)
        return response_redirect(request, response, "/complaint/receipt?d=%s", draft.id_text);
    filing_prepare(request, &draft, catalog, prepared);
    const char *step = missing_step(&draft, prepared);
    if (step != NULL)
        return redirect_to(request, response, step, &draft);

    return show_check(request, response, &draft, prepared, catalog, 200);
}

/* ---- filing */

void link_token(const struct request *request, const char *number, uint8_t token[LINK_TOKEN_BYTES])
{
    struct bytes piece = {(const uint8_t *)number, strlen(number)};
    struct hash hash = crypto_keyed_hash(&request->app->secrets.key[SECRET_CODE], "link", &piece, 1);

    memcpy(token, hash.bytes, LINK_TOKEN_BYTES);
}

struct hash link_token_hash(const uint8_t token[LINK_TOKEN_BYTES])
{
    struct bytes piece = {token, LINK_TOKEN_BYTES};

    return crypto_hash_pieces(&piece, 1);
}

static struct sealed_person seal(struct request *request, const struct draft *draft)
{
    struct person *person = arena_take(request->arena, sizeof *person);

    person_fill(person, draft->name, draft->phone, draft->account, draft->address);
    return person_seal(person, &request->app->secrets, request->arena);
}

/* The outages that explain it. One that cannot be asked about stops no report. */
static const struct joined_outages *joined_of(struct request *request, const struct draft *draft, const struct prepared *prepared,
                                              const struct catalog *catalog)
{
    struct joined_outages *joined = arena_take(request->arena, sizeof *joined);

    if (outage_join_find(complaint_of(request)->db, catalog, prepared->category, draft->place, request->now, request->arena,
                         joined, &request->fault) != STATUS_OK) {
        fault_reset(&request->fault);
        joined->count = 0;
    }
    return joined;
}

/* The private link of the number that was drawn. */
static void make_link(void *context, struct filing *filing)
{
    uint8_t token[LINK_TOKEN_BYTES];

    link_token(context, filing->number, token);
    filing->link_hash = link_token_hash(token);
}

/* A draft that was filed before counts as filed now. */
static enum status file(struct request *request, const struct draft *draft, struct prepared *prepared,
                        const struct catalog *catalog)
{
    struct filing *filing = arena_take(request->arena, sizeof *filing);
    const struct hash photo_token = draft_token(request, draft->id);

    filing->place_text = draft->place;
    filing->words = filing_words(request, draft);
    filing->person = seal(request, draft);
    filing->has_link = true;
    filing->photo_token = draft->photo_count > 0 ? &photo_token : NULL;
    filing->joined = joined_of(request, draft, prepared, catalog);
    draft_filing_key(request, draft->id, filing->key);
    const enum status status =
        ticket_store_file_new(complaint_of(request)->db, &prepared->event, filing, request->app->settings.utc_offset_minutes,
                              make_link, request, catalog, request->arena, &request->fault);
    return status == STATUS_DUPLICATE ? STATUS_OK : status;
}

/* ---- very many reports from one address or with one phone, or the field that people do not see was filled in */

static struct hash phone_key(const struct request *request, const struct draft *draft)
{
    return person_lookup_hash(&request->app->secrets, "phone", draft->phone);
}

static int64_t address_window(const struct request *request)
{
    return (int64_t)request->app->settings.code_window_minutes * MINUTE_SECONDS;
}

bool filing_is_busy(const struct request *request)
{
    const struct hash address = request_address_hash(request);

    return rate_look(&address, request->now, address_window(request)) >= request->app->settings.filings_per_address;
}

void filing_count_address(const struct request *request)
{
    const struct hash address = request_address_hash(request);

    (void)rate_count(&address, request->now, address_window(request));
}

static bool needs_effort(struct request *request, const struct draft *draft, struct inputs *inputs)
{
    const struct settings *settings = &request->app->settings;
    const struct hash phone = phone_key(request, draft);

    if (*inputs_text(inputs, "website") == '\0' && !filing_is_busy(request) &&
        (*draft->phone == '\0' || rate_look(&phone, request->now, DAY_SECONDS) < settings->filings_per_phone))
        return false;
    return effort_check(request, draft->id_text) != EFFORT_DONE;
}

static void count_filing(struct request *request, const struct draft *draft)
{
    const struct hash phone = phone_key(request, draft);

    filing_count_address(request);
    if (*draft->phone != '\0')
        (void)rate_count(&phone, request->now, DAY_SECONDS);
}

enum status complaint_post_file(struct request *request, struct response *response)
{
    struct inputs *inputs = arena_take(request->arena, sizeof *inputs);
    struct prepared *prepared = arena_take(request->arena, sizeof *prepared);
    const struct catalog *catalog;
    struct draft draft;
    bool has_id;
    static const struct input_rule rules[] = {{"website", INPUT_LINE, false, 0, 200, "error.action", NULL}};
    enum status status = inputs_read(request, rules, 1, inputs);

    if (status == STATUS_OK)
        status = complaint_catalog(request, &catalog);
    if (status != STATUS_OK)
        return status;
    status = draft_load(request, &draft, &has_id);
    if (status == STATUS_ABSENT)
        return draft_show_lost(request, response);
    if (status != STATUS_OK)
        return status;
    filing_prepare(request, &draft, catalog, prepared);
    const char *step = missing_step(&draft, prepared);
    if (step != NULL)
        return redirect_to(request, response, step, &draft);
    if (prepared->verdict != VERDICT_OK)
        return FAULT(&request->fault, STATUS_FAILED, "a complete draft was refused: %s",
                     verdict_name(prepared->verdict));
    if (needs_effort(request, &draft, inputs))
        return show_check(request, response, &draft, prepared, catalog, 429);
    status = file(request, &draft, prepared, catalog);
    if (status != STATUS_OK)
        return status;
    count_filing(request, &draft);
    return response_redirect(request, response, "/complaint/receipt?d=%s", draft.id_text);
}
