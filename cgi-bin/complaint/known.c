/*
 * Known already? While a report is filed, outages that cover its place, notices of planned ones that speak of it, and open reports
 * there are told of without anybody's data, and "this affects me, too" follows the report that is furthest along instead of filing another one.
 */
#include "core/known.h"

#include <string.h>

#include "complaint/filing.h"
#include "store/known_store.h"
#include "store/outage_area.h"
#include "store/text_store.h"
#include "web/effort.h"
#include "web/qr.h"

/* ---- what is known */

struct known {
    struct public_file lead; /* the report that stands for all */
    size_t count;            /* similar reports with it; 0: nothing is known */
};

/* The draft's matter, where a neighbourhood can share it and a place is told; else NULL. */
static const struct category *shared_matter(const struct request *request, const struct draft *draft,
                                            const struct catalog *catalog)
{
    const struct category *category = category_find_by_code(
        catalog->regulation.categories, catalog->regulation.category_count, draft->category, request->now);

    return category != NULL && *draft->place != '\0' && known_is_shared(category) ? category : NULL;
}

static enum status find_known(struct request *request, const struct draft *draft, const struct catalog *catalog,
                              struct known *known)
{
    struct db *db = complaint_of(request)->db;
    const struct category *category = shared_matter(request, draft, catalog);
    struct known_report *reports;
    size_t count, lead;

    known->count = 0;
    if (category == NULL)
        return STATUS_OK;
    enum status status = known_store_list(db, catalog, catalog_place_in_text(catalog, draft->place), draft->place,
                                          request->now, request->arena, &reports, &count, &request->fault);
    if (status != STATUS_OK)
        return status;
    const size_t similar = known_count(category, reports, count, &lead);
    if (lead == count)
        return STATUS_OK;
    status = public_store_load(db, reports[lead].number, request->arena, &known->lead, &request->fault);
    if (status == STATUS_OK)
        known->count = similar;
    return status == STATUS_ABSENT ? STATUS_OK : status;
}

/* ---- the question on the page of the third step */

/* The last thing that was done about it: when, and the name of its sentence. */
static const char *last_step(const struct public_file *file, struct instant *at)
{
    for (size_t i = file->step_count; i-- > 0;) {
        const enum ticket_action action = file->steps[i].action;
        *at = file->steps[i].occurred_at;
        if (action == ACTION_ARRIVE || action == ACTION_ACCEPT || action == ACTION_DISPATCH || action == ACTION_REPAIR)
            return ticket_action_name(action);
    }
    *at = file->ticket.reported_at;
    return "report";
}

static const char *moment(const struct request *request, struct instant at)
{
    return words_moment(request->arena, request->language, at, request->now, request->app->settings.utc_offset_minutes);
}

static void put_known(struct request *request, struct view *view, const struct known *known, const struct catalog *catalog)
{
    const struct public_ticket *lead = &known->lead.ticket;
    struct instant at;
    const char *step = last_step(&known->lead, &at);
    const char *values[2] = {arena_format(request->arena, "%zu", known->count), moment(request, at)};
    const struct instant due = instant_is_set(lead->finish_granted_at) ? lead->finish_granted_at : lead->finish_due_at;

    view_text(view, "Known.words",
              words_fill(request->arena, request->language,
                         arena_format(request->arena, "known.%s.%s", known->count == 1 ? "one" : "some", step), values, 2));
    view_text(view, "Known.matter", complaint_category_name(request, catalog, lead->category));
    if (!instant_is_set(due))
        return;
    const char *until = moment(request, due);
    view_text(view, "Known.due", words_fill(request->arena, request->language,
                                            instant_is_before(request->now, due) ? "known.due" : "known.late", &until, 1));
}

/* ---- outages that run (Art. 18(2)) */

static void show_outage(struct view *row, const struct request *request, const struct catalog *catalog,
                        const struct outage_notice *notice)
{
    const bool is_overdue = outage_phase_at(notice->state, notice->started_at, notice->expected_end_at, request->now) ==
                            OUTAGE_PHASE_OVERDUE;
    const char *values[2] = {
        words_find(request->language, arena_format(request->arena, "outage.cause.%d", notice->cause)),
        moment(request, notice->expected_end_at),
    };

    view_number(row, "id", notice->id.v);
    view_text(row, "area", area_text(catalog, notice, words_find(request->language, "outage.between"), request->arena));
    view_text(row, "words", words_fill(request->arena, request->language,
                                       is_overdue ? "known.outage_overdue" : "known.outage", values, 2));
}

static enum status show_outages(struct request *request, struct view *view, const struct catalog *catalog,
                                const char *typed)
{
    const struct area_asked asked = area_ask(catalog, typed);
    struct outage_notice *notices;
    size_t count, rows = 0;
    const enum status status = outage_public_list(complaint_of(request)->db, request->now, request->arena, &notices,
                                                  &count, &request->fault);

    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        if (outage_notice_runs(&notices[i], request->now) && area_cover(catalog, &notices[i], &asked) != AREA_NOT_COVERED)
            show_outage(view_row(view, "Running", rows++), request, catalog, &notices[i]);
    return status;
}

/* ---- notices of planned outages */

/* The title in the language of the page. A notice speaks of places by their Chinese names, whatever that is. */
static const char *title_of(const struct public_text *notice, const struct public_text *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_is_equal(texts[i].code, notice->code))
            return texts[i].title;
    return notice->title;
}

static enum status show_notices(struct request *request, struct view *view, const char *place)
{
    struct db *db = complaint_of(request)->db;
    struct public_text *texts, *own = NULL;
    size_t count, own_count = 0, rows = 0;
    enum status status =
        text_store_list(db, TEXT_ZH, request->now, request->arena, &texts, &count, &request->fault);

    if (status == STATUS_OK && request->language == LANGUAGE_EN)
        status = text_store_list(db, TEXT_EN, request->now, request->arena, &own, &own_count, &request->fault);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        if (texts[i].kind != TEXT_OUTAGE || !known_is_named(texts[i].title, texts[i].body, place))
            continue;
        struct view *row = view_row(view, "Notices", rows++);
        view_text(row, "code", texts[i].code);
        view_text(row, "title", title_of(&texts[i], own, own_count));
    }
    return status;
}

void known_show(struct request *request, struct view *view, const struct draft *draft, const struct catalog *catalog)
{
    struct known *known = arena_take(request->arena, sizeof *known);
    const struct place *place = catalog_place_in_text(catalog, draft->place);

    if (shared_matter(request, draft, catalog) == NULL)
        return;
    if (show_outages(request, view, catalog, draft->place) != STATUS_OK)
        fault_reset(&request->fault);
    if (show_notices(request, view, place != NULL ? place->name : draft->place) != STATUS_OK)
        fault_reset(&request->fault);
    if (find_known(request, draft, catalog, known) != STATUS_OK) {
        fault_reset(&request->fault);
        return;
    }
    if (known->count > 0)
        put_known(request, view, known, catalog);
}

/* ---- following it */

/* One link per browser and report: pressed twice, it is the same. */
static void affected_token(const struct request *request, const char *number, uint8_t token[LINK_TOKEN_BYTES])
{
    const struct bytes pieces[2] = {{request->visitor.bytes, KEY_BYTES}, {(const uint8_t *)number, strlen(number)}};
    const struct hash hash = crypto_keyed_hash(&request->app->secrets.key[SECRET_CODE], "affected", pieces, 2);

    memcpy(token, hash.bytes, LINK_TOKEN_BYTES);
}

static enum status follow(struct request *request, struct response *response, const struct draft *draft,
                          const struct public_ticket *ticket)
{
    char hex[LINK_TOKEN_TEXT_BYTES];
    uint8_t token[LINK_TOKEN_BYTES];

    affected_token(request, ticket->number, token);
    const struct hash hash = link_token_hash(token);
    const enum status status =
        follower_store_add(complaint_of(request)->db, &hash, ticket->id, request->now, &request->fault);
    if (status != STATUS_OK && status != STATUS_DUPLICATE)
        return status;
    fault_reset(&request->fault);
    if (status == STATUS_OK)
        filing_count_address(request);
    text_format_hex(token, sizeof token, hex);
    return response_redirect(request, response, "/complaint/affected/%s?d=%s", hex, draft->id_text);
}

enum status complaint_post_affected(struct request *request, struct response *response)
{
    struct inputs *inputs = arena_take(request->arena, sizeof *inputs);
    struct known *known = arena_take(request->arena, sizeof *known);
    const struct catalog *catalog;
    struct draft draft;
    bool has_id;
    enum status status = inputs_read(request, NULL, 0, inputs);

    if (status == STATUS_OK)
        status = complaint_catalog(request, &catalog);
    if (status != STATUS_OK)
        return status;
    status = draft_load(request, &draft, &has_id);
    if (status == STATUS_ABSENT)
        return draft_show_lost(request, response);
    if (status == STATUS_OK)
        status = find_known(request, &draft, catalog, known);
    if (status != STATUS_OK)
        return status;
    if (known->count == 0) /* it is done meanwhile, or was never there: the report goes on */
        return response_redirect(request, response, "/complaint/contact?d=%s", draft.id_text);
    if (filing_is_busy(request) && effort_check(request, draft.id_text) != EFFORT_DONE)
        return contact_show(request, response, &draft, 429);
    return follow(request, response, &draft, &known->lead.ticket);
}

/* ---- the page of whoever follows */

static void put_link(struct request *request, struct view *view)
{
    const struct settings *settings = &request->app->settings;
    const char *link = arena_format(request->arena, "%s%s/complaint/affected/%s", settings->base_url, settings->base_path,
                                    request->part[0]);
    const struct form_item *draft = form_find(&request->query, "d");
    uint8_t id[DRAFT_ID_BYTES];

    view_text(view, "Affected.link", link);
    view_text(view, "Affected.token", request->part[0]);
    qr_show(view, "Affected.qr", link, request->arena);
    if (draft != NULL && text_parse_hex(draft->value, id, sizeof id))
        view_text(view, "Draft.id", draft->value);
}

enum status complaint_get_affected(struct request *request, struct response *response)
{
    struct db *db = complaint_of(request)->db;
    const struct catalog *catalog;
    struct public_file file;
    uint8_t token[LINK_TOKEN_BYTES];
    const char *number;

    if (request->part[0] == NULL || !text_parse_hex(request->part[0], token, sizeof token))
        return STATUS_ABSENT;
    const struct hash hash = link_token_hash(token);
    enum status status = complaint_catalog(request, &catalog);
    if (status == STATUS_OK)
        status = follower_store_find(db, &hash, request->arena, &number, &request->fault);
    if (status == STATUS_OK)
        status = public_store_load(db, number, request->arena, &file, &request->fault);
    if (status != STATUS_OK)
        return status;
    struct view *view = page_begin(request, "complaint/affected");
    view_words(view, "Page.title", "affected.title");
    view_text(view, "Page.script", "site");
    progress_show_affected(view, request, catalog, &file);
    put_link(request, view);
    response->wants_etag = true;
    return page_end(view, response, 200);
}
