/*
 * Who is told: the registered households of an outage's area, what they are told by SMS, and what became of it (Arts. 18(1), 33(4)).
 * Numbers are counted, never opened; lists show them masked.
 */
#include "core/policy.h"
#include "store/household_store.h"
#include "store/outage_sms_store.h"
#include "supply/supply.h"
#include "web/act.h"
#include "web/outage_sms.h"

enum { HOUSEHOLDS_PER_PAGE = 50 };

/* Everything the page is made of. */
struct sms_page {
    struct outage_file file;
    const struct timeline_entry *told; /* the newest news of it; NULL: none yet */
    const char *area;
    int32_t version; /* of the register of customers */
    struct household_scope scope;
    struct household_counts counts;
    struct sms_batch *batches;
    size_t batch_count;
    const struct sms_batch *sent; /* the batch that tells `told`; NULL: not sent yet */
    bool may_send;
};

/* ---- loading */

static struct outage_standing standing_of(const struct request *request, const struct outage *outage)
{
    return outage_standing_of(outage, &request->actor, &supply_of(request)->catalog.regulation.outage);
}

bool supply_may_read_sms(const struct request *request, const struct outage *outage)
{
    const struct outage_standing standing = standing_of(request, outage);

    return outage_sms_permits(SMS_ACTION_READ, &standing) == VERDICT_OK;
}

static const struct timeline_entry *newest_news(const struct outage_file *file)
{
    for (size_t i = file->entry_count; i > 0; i--)
        if (outage_sms_tells(&file->outage, (enum outage_action)file->entries[i - 1].event.kind))
            return &file->entries[i - 1];
    return NULL;
}

static void add_name(struct text *text, const char *name, const char *between)
{
    if (name[0] == '\0')
        return;
    if (text->length_bytes > 0)
        text_add(text, between);
    text_add(text, name);
}

/* Places, then areas in words, as the messages added them. */
static const char *area_of(const struct request *request, const struct outage_file *file)
{
    const char *between = words_find(LANGUAGE_ZH, "sms.between");
    char buffer[600];
    struct text text;

    text_init(&text, buffer, sizeof buffer);
    for (int i = 0; i < file->outage.place_count; i++) {
        const struct place *place = catalog_place(&supply_of(request)->catalog, file->outage.places[i]);
        add_name(&text, place != NULL ? place->name : "", between);
    }
    for (size_t i = 0; i < file->entry_count; i++) {
        const struct outage_words words = outage_words_split(arena_copy_text(request->arena, file->entries[i].words));
        const enum outage_action action = (enum outage_action)file->entries[i].event.kind;
        if (action == OUTAGE_WIDEN || i == 0)
            add_name(&text, words.area, between);
    }
    return arena_copy_text(request->arena, buffer);
}

static enum status load_batches(struct request *request, struct sms_page *page)
{
    const enum status status = outage_sms_store_list(supply_of(request)->db, page->file.outage.id, request->arena, &page->batches,
                                                     &page->batch_count, &request->fault);

    page->sent = NULL;
    for (size_t i = 0; status == STATUS_OK && i < page->batch_count; i++)
        if (page->batches[i].audience == SMS_HOUSEHOLDS && page->told != NULL && page->batches[i].seq == page->told->event.seq)
            page->sent = &page->batches[i];
    return status;
}

static enum status load(struct request *request, struct sms_page *page)
{
    struct db *db = supply_of(request)->db;
    int64_t id;

    *page = (struct sms_page){0};
    if (!text_parse_integer(request->part[0], 1, INT64_MAX, &id))
        return STATUS_ABSENT;
    enum status status = outage_store_load(db, (struct outage_id){id}, request->arena, &page->file, &request->fault);
    if (status != STATUS_OK)
        return status;
    const struct outage_standing standing = standing_of(request, &page->file.outage);
    if (!supply_may_read_sms(request, &page->file.outage))
        return STATUS_REFUSED;
    page->may_send = outage_sms_permits(SMS_ACTION_SEND, &standing) == VERDICT_OK;
    page->told = newest_news(&page->file);
    page->area = area_of(request, &page->file);
    page->scope = (struct household_scope){.places = page->file.outage.places,
                                           .place_count = (size_t)page->file.outage.place_count};
    status = household_store_version(db, &page->version, &request->fault);
    if (status == STATUS_OK)
        status = household_store_count(db, page->version, &page->scope, &page->counts, &request->fault);
    return status == STATUS_OK ? load_batches(request, page) : status;
}

static const char *proposed_text(const struct request *request, const struct sms_page *page)
{
    const struct outage *outage = &page->file.outage;
    const struct outage_sms_facts facts = {
        .told = (enum outage_action)page->told->event.kind,
        .area = page->area,
        .cause = outage->cause,
        .started_at = outage_start_at(outage),
        .happened_at = page->told->event.occurred_at,
        .expected_end_at = outage->expected_end_at,
        .outage = outage->id,
        .is_pressure = outage->is_pressure,
        .is_public = outage->is_public,
    };

    return outage_sms_text(request->arena, &request->app->settings, LANGUAGE_ZH, &facts);
}

/* ---- showing */

/* Text.KEY with numbers in it. */
static void view_numbers(struct view *view, const struct request *request, const char *name, const char *key, const int64_t *numbers,
                         size_t count)
{
    const char *values[4];

    for (size_t i = 0; i < count; i++)
        values[i] = arena_format(request->arena, "%lld", (long long)numbers[i]);
    view_text(view, name, words_fill(request->arena, request->language, key, values, count));
}

static void show_counts(struct view *page, const struct sms_page *about)
{
    struct view *view = view_child(page, "Counts");

    view_number(view, "households", about->counts.households);
    view_number(view, "with_phone", about->counts.with_phone);
    view_number(view, "without", about->counts.households - about->counts.with_phone);
    view_number(view, "numbers", about->counts.numbers);
}

static enum status show_places(struct view *page, struct request *request, const struct sms_page *about)
{
    struct sms_place *places;
    size_t count;
    const enum status status = outage_sms_store_places(supply_of(request)->db, about->file.outage.id, request->arena, &places, &count,
                                                       &request->fault);

    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        struct view *row = view_row(page, "Places", i);
        view_text(row, "name", places[i].name);
        view_number(row, "households", places[i].households);
        view_number(row, "phones", places[i].phones);
    }
    return status;
}

static void show_size(struct view *page, const struct request *request, const char *body, int64_t numbers)
{
    const struct sms_size size = sms_measure(body);
    const int64_t values[] = {size.characters, size.parts, size.parts * numbers, size.left};
    struct view *view = view_child(page, "Size");

    view_numbers(view, request, "words", "sms.page.size", values, 4);
    view_text(view, "alphabet", words_find(request->language, size.is_wide ? "sms.page.wide" : "sms.page.gsm"));
    view_number(view, "parts", size.parts);
}

/* When it goes out: at once, or after the quiet hours. */
static void show_when(struct view *page, const struct request *request, bool may_wait)
{
    const int64_t *policies = supply_of(request)->catalog.policies;
    const int from = (int)policies[POLICY_QUIET_FROM_MINUTE], to = (int)policies[POLICY_QUIET_TO_MINUTE];
    const char *values[] = {arena_format(request->arena, "%02d:%02d", from / 60, from % 60),
                            arena_format(request->arena, "%02d:%02d", to / 60, to % 60)};

    view_text(page, "when", words_fill(request->arena, request->language, may_wait ? "sms.page.quiet" : "sms.page.at_once", values, 2));
}

static enum status show_troubles(struct view *view, struct request *request, const struct sms_batch *batch, bool may_see)
{
    struct sms_trouble *troubles;
    struct sms_dead *dead;
    size_t count, dead_count = 0;
    enum status status = outage_sms_store_troubles(supply_of(request)->db, batch->id, request->arena, &troubles, &count, &request->fault);

    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        struct view *row = view_row(view, "Troubles", i);
        view_text(row, "why", supply_words(request, "outbox.error", gateway_error_name(troubles[i].error)));
        view_number(row, "count", troubles[i].count);
        view_flag(row, "is_given_up", troubles[i].state == SMS_GIVEN_UP);
        if (troubles[i].state == SMS_AGAIN)
            view_instant(row, "next", troubles[i].next_try);
    }
    if (status != STATUS_OK || batch->given_up == 0 || !may_see)
        return status;
    status = outage_sms_store_given_up(supply_of(request)->db, batch->id, request->arena, &dead, &dead_count, &request->fault);
    for (size_t i = 0; status == STATUS_OK && i < dead_count; i++) {
        struct view *row = view_row(view, "Dead", i);
        view_text(row, "phone", dead[i].phone_masked);
        view_text(row, "why", supply_words(request, "outbox.error", gateway_error_name(dead[i].error)));
        view_text(row, "detail", dead[i].detail);
    }
    return status;
}

static const char *batch_state(const struct request *request, const struct sms_batch *batch)
{
    if (batch->is_stopped && batch->state < SMS_BATCH_DONE)
        return words_find(request->language, "sms.batch.stopped");
    return supply_words(request, "sms.batch", sms_batch_state_name(batch->state));
}

static enum status show_batch(struct view *view, struct request *request, const struct sms_page *about, const struct sms_batch *batch)
{
    const bool is_open = batch->state < SMS_BATCH_DONE;
    const bool has_trouble = batch->again > 0 || batch->given_up > 0;

    view_number(view, "id", batch->id);
    view_text(view, "told", supply_words(request, "outage.action", outage_action_name(batch->told)));
    view_instant(view, "told_at", batch->told_at);
    view_text(view, "audience", words_find(request->language, batch->audience == SMS_SUBSCRIBERS ? "sms.page.subscribers" : "sms.page.to_households"));
    view_text(view, "state", batch_state(request, batch));
    view_text(view, "colour", batch->is_stopped ? "bad" : is_open ? "warn" : "ok");
    view_text(view, "body", batch->body);
    view_instant(view, "created", batch->created_at);
    view_text(view, "created_by", batch->created_by);
    view_number(view, "numbers", batch->numbers);
    view_number(view, "sent", batch->sent);
    view_number(view, "waiting", batch->waiting + batch->under_way);
    view_number(view, "again", batch->again);
    view_number(view, "given_up", batch->given_up);
    if (is_open && batch->is_stopped) {
        view_text(view, "stopped_by", batch->stopped_by);
        view_instant(view, "stopped", batch->stopped_at);
    }
    view_instant(view, "last_sent", batch->last_sent_at);
    view_flag(view, "may_stop", about->may_send && is_open && !batch->is_stopped);
    view_flag(view, "may_resume", about->may_send && is_open && batch->is_stopped);
    view_flag(view, "may_retry", about->may_send && batch->given_up > 0 && batch->state <= SMS_BATCH_DONE && batch->state != SMS_BATCH_FILLING);
    return has_trouble && batch->state < SMS_BATCH_EMPTIED ? show_troubles(view, request, batch, about->may_send) : STATUS_OK;
}

/* A batch of subscribers among whom nobody asked for this area is nothing to show. */
static enum status show_batches(struct view *page, struct request *request, const struct sms_page *about)
{
    enum status status = STATUS_OK;
    size_t row = 0;

    for (size_t i = 0; status == STATUS_OK && i < about->batch_count; i++)
        if (about->batches[i].audience == SMS_HOUSEHOLDS || about->batches[i].numbers > 0)
            status = show_batch(view_row(page, "Batches", row++), request, about, &about->batches[i]);
    return status;
}

/* What somebody tried: the form as it was typed, and why it was not done. */
struct sms_attempt {
    struct inputs *inputs;
    const char *problem; /* key of the sentence above the page; NULL without */
};

static enum status show(struct request *request, struct response *response, const struct sms_page *about,
                        const struct sms_attempt *attempt, int code)
{
    struct view *page = page_begin(request, "supply/sms");
    const char *id = arena_format(request->arena, "%lld", (long long)about->file.outage.id.v);

    view_text(page, "Page.title", words_fill(request->arena, request->language, "sms.page.title", &id, 1));
    view_number(page, "Outage.id", about->file.outage.id.v);
    view_text(page, "Outage.area", about->area);
    show_counts(page, about);
    enum status status = show_places(page, request, about);
    if (status == STATUS_OK)
        status = show_batches(page, request, about);
    if (status != STATUS_OK)
        return status;
    view_flag(page, "may_send", about->may_send);
    view_flag(page, "has_channel", (request->app->settings.notice_resident & CHANNEL_BIT(CHANNEL_SMS)) != 0);
    if (about->told != NULL) {
        const enum outage_action told = (enum outage_action)about->told->event.kind;
        const char *body = attempt != NULL ? inputs_text(attempt->inputs, "body") : proposed_text(request, about);
        view_text(page, "Told.action", supply_words(request, "outage.action", outage_action_name(told)));
        view_instant(page, "Told.at", about->told->event.recorded_at);
        view_number(page, "Told.seq", about->told->event.seq);
        view_flag(page, "Told.is_sent", about->sent != NULL);
        view_flag(page, "is_offered", about->may_send && about->sent == NULL && about->counts.numbers > 0);
        view_flag(page, "is_nobody", about->may_send && about->sent == NULL && about->counts.numbers == 0);
        view_text(page, "Form.body.value", body);
        view_numbers(page, request, "send", "sms.page.send", &about->counts.numbers, 1);
        show_size(page, request, body, about->counts.numbers);
        show_when(page, request, outage_sms_may_wait(about->file.outage.kind, told));
    }
    if (attempt != NULL) {
        inputs_show(attempt->inputs, page);
        view_text(page, "problem", attempt->problem != NULL ? words_find(request->language, attempt->problem) : NULL);
    } else if (request->method == METHOD_GET) {
        view_flag(page, "is_done", request_value(request, "done")[0] == '1');
    }
    return page_end(page, response, code);
}

enum status supply_get_sms(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {{"done", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL}};
    struct inputs inputs;
    struct sms_page page;
    enum status status = inputs_read(request, rules, 1, &inputs);

    if (status == STATUS_OK)
        status = load(request, &page);
    return status == STATUS_OK ? show(request, response, &page, NULL, 200) : status;
}

/* ---- sending */

static const struct input_rule send_rules[] = {
    {"body", INPUT_LINE, true, SMS_CHARACTERS_LEAST, SMS_CHARACTERS_MOST, "sms.error.body", NULL},
    {"seq", INPUT_NUMBER, true, 1, UINT32_MAX, "staff.error.choice", NULL},
    {"do", INPUT_LINE, true, 4, 5, "staff.error.choice", NULL},
};

static enum status go_back(struct request *request, struct response *response, struct outage_id outage)
{
    fault_reset(&request->fault);
    return response_redirect(request, response, "/staff/supply/%lld/sms?done=1", (long long)outage.v);
}

static struct change change_of(const struct request *request, const char *what, struct outage_id outage, const char *detail)
{
    return (struct change){.staff = request->actor.staff, .what = what, .subject = SUBJECT_OUTAGE, .subject_id = outage.v,
                           .detail = detail, .now = request->now};
}

/* The key of this very form: the page's key, bound to its name. */
static bool form_key(const struct request *request, const char *name, uint8_t key[CHANGE_KEY_BYTES])
{
    const struct act_form form = {.name = name};
    uint8_t page_key[ACT_KEY_BYTES];

    if (!request_key(request, page_key))
        return false;
    act_form_key(&form, page_key, key);
    return true;
}

/* Somebody has sent this message meanwhile, unless it was this very form. */
static enum status refuse_twice(struct request *request, struct response *response, struct sms_page *page, struct inputs *inputs)
{
    const struct sms_attempt attempt = {inputs, "sms.error.twice"};

    fault_reset(&request->fault);
    const enum status status = load(request, page);
    return status == STATUS_OK ? show(request, response, page, &attempt, 409) : status;
}

static enum status send(struct request *request, struct response *response, struct sms_page *page, struct inputs *inputs)
{
    const struct outage *outage = &page->file.outage;
    const char *detail = arena_format(request->arena, "%u: %lld", (unsigned)page->told->event.seq, (long long)page->counts.numbers);
    struct change change = change_of(request, "sms_send", outage->id, detail);
    const struct sms_order order = {
        .outage = outage->id,
        .seq = page->told->event.seq,
        .may_wait = outage_sms_may_wait(outage->kind, (enum outage_action)page->told->event.kind),
        .body = inputs_text(inputs, "body"),
        .households = (int)page->counts.households,
    };

    if (!form_key(request, "send", change.key))
        return STATUS_INVALID;
    const enum status status = outage_sms_store_create(supply_of(request)->db, &change, &order, &request->fault);
    if (status == STATUS_OK || status == STATUS_DUPLICATE)
        return go_back(request, response, outage->id);
    return status == STATUS_REFUSED ? refuse_twice(request, response, page, inputs) : status;
}

enum status supply_post_sms(struct request *request, struct response *response)
{
    struct inputs inputs;
    struct sms_page page;
    struct sms_attempt attempt = {&inputs, NULL};
    enum status status = inputs_read(request, send_rules, sizeof send_rules / sizeof send_rules[0], &inputs);

    if (status == STATUS_OK)
        status = load(request, &page);
    if (status != STATUS_OK)
        return status;
    if (!page.may_send)
        return STATUS_REFUSED;
    if (inputs_find(&inputs, "seq")->error != NULL || inputs_find(&inputs, "do")->error != NULL)
        return STATUS_INVALID;
    const bool is_stale = page.told == NULL || page.told->event.seq != (uint32_t)inputs_number(&inputs, "seq", 0);
    if (is_stale)
        attempt.problem = "sms.error.stale";
    else if (page.counts.numbers == 0)
        attempt.problem = "sms.error.nobody";
    if (attempt.problem != NULL)
        return show(request, response, &page, &attempt, is_stale ? 409 : 422);
    if (inputs.error_count > 0 || !text_is_equal(inputs_text(&inputs, "do"), "send"))
        return show(request, response, &page, &attempt, inputs.error_count > 0 ? 422 : 200);
    return send(request, response, &page, &inputs);
}

/* ---- stopping, going on, trying again */

typedef enum status (*steer)(struct db *db, const struct change *change, struct outage_id outage, int64_t batch, struct fault *fault);

static enum status steer_batch(struct request *request, struct response *response, const char *what, steer work)
{
    static const struct input_rule rules[] = {{"batch", INPUT_NUMBER, true, 1, INT64_MAX, "staff.error.choice", NULL}};
    struct inputs inputs;
    struct sms_page page;
    enum status status = inputs_read(request, rules, 1, &inputs);

    if (status == STATUS_OK && inputs.error_count > 0)
        return STATUS_INVALID;
    if (status == STATUS_OK)
        status = load(request, &page);
    if (status != STATUS_OK)
        return status;
    if (!page.may_send)
        return STATUS_REFUSED;
    const int64_t batch = inputs_number(&inputs, "batch", 0);
    struct change change = change_of(request, what, page.file.outage.id, arena_format(request->arena, "%lld", (long long)batch));
    if (!form_key(request, what, change.key))
        return STATUS_INVALID;
    status = work(supply_of(request)->db, &change, page.file.outage.id, batch, &request->fault);
    return status == STATUS_OK || status == STATUS_DUPLICATE ? go_back(request, response, page.file.outage.id) : status;
}

enum status supply_post_sms_stop(struct request *request, struct response *response)
{
    return steer_batch(request, response, "sms_stop", outage_sms_store_stop);
}

enum status supply_post_sms_resume(struct request *request, struct response *response)
{
    return steer_batch(request, response, "sms_resume", outage_sms_store_resume);
}

enum status supply_post_sms_retry(struct request *request, struct response *response)
{
    return steer_batch(request, response, "sms_retry", outage_sms_store_retry);
}

/* ---- the households, page by page */

static void show_household(struct view *row, const struct household *household, const struct sms_place *places, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (places[i].place.v == household->place.v) {
            view_text(row, "place", places[i].name);
            view_text(row, "around", places[i].around);
        }
    view_text(row, "account", household->account_masked);
    view_text(row, "phone", household->phone_masked);
}

/* Goes on behind the household that the page before ended with. */
static enum status next_households(struct request *request, const struct sms_page *page, struct inputs *inputs,
                                   struct household **households, size_t *count)
{
    struct db *db = supply_of(request)->db;
    struct household_walk walk;
    enum status status = household_walk_begin(db, page->version, &page->scope, false, request->arena, &walk, &request->fault);

    if (status != STATUS_OK)
        return status;
    walk.last_place = (int32_t)inputs_number(inputs, "place", 0);
    walk.last_id = (int32_t)inputs_number(inputs, "after", 0);
    while (walk.place_next < walk.place_count && walk.places[walk.place_next] < walk.last_place)
        walk.place_next++;
    return household_walk_next(db, &walk, HOUSEHOLDS_PER_PAGE, request->arena, households, count, &request->fault);
}

enum status supply_get_sms_households(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {{"place", INPUT_NUMBER, false, 0, INT32_MAX, "staff.error.choice", NULL},
                                              {"after", INPUT_NUMBER, false, 0, INT32_MAX, "staff.error.choice", NULL}};
    struct inputs inputs;
    struct sms_page page;
    struct household *households;
    struct sms_place *places;
    size_t count, place_count;
    enum status status = inputs_read(request, rules, 2, &inputs);

    if (status == STATUS_OK && inputs.error_count > 0)
        return STATUS_INVALID;
    if (status == STATUS_OK)
        status = load(request, &page);
    if (status == STATUS_OK && !page.may_send)
        return STATUS_REFUSED;
    if (status == STATUS_OK)
        status = next_households(request, &page, &inputs, &households, &count);
    if (status == STATUS_OK)
        status = outage_sms_store_names(supply_of(request)->db, households, count, request->arena, &places, &place_count,
                                        &request->fault);
    if (status != STATUS_OK)
        return status;
    struct view *view = page_begin(request, "supply/sms_households");
    const char *id = arena_format(request->arena, "%lld", (long long)page.file.outage.id.v);
    view_text(view, "Page.title", words_fill(request->arena, request->language, "sms.list.title", &id, 1));
    view_number(view, "Outage.id", page.file.outage.id.v);
    show_counts(view, &page);
    for (size_t i = 0; i < count; i++)
        show_household(view_row(view, "Rows", i), &households[i], places, place_count);
    if (count > 0)
        view_text(view, "next", arena_format(request->arena, "place=%d&after=%d", households[count - 1].place.v, households[count - 1].id));
    view_flag(view, "is_first", inputs_number(&inputs, "after", 0) == 0);
    return page_end(view, response, 200);
}
