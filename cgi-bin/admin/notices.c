/* Notices that wait or were given up: why, for how long, and sending them once more or taking them off. */
#include "admin/admin.h"
#include "store/delivery_store.h"
#include "web/page.h"

#define ROWS_PER_PAGE 50
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* Where in the list somebody is; every form of the page carries it. */
#define PLACE_RULES                                                                                                    \
    {"state", INPUT_NUMBER, false, OUTBOX_WAITING, OUTBOX_GIVEN_UP, "staff.error.choice", NULL},                       \
        {"channel", INPUT_NUMBER, false, CHANNEL_NONE, CHANNEL__COUNT - 1, "staff.error.choice", NULL},                \
        {"before", INPUT_NUMBER, false, 1, INT64_MAX, "staff.error.choice", NULL}

/* What was tried and did not go, and how the page says it. */
struct tried {
    int64_t id;
    struct inputs *inputs; /* of the form for taking off, or NULL */
    bool is_stale;         /* somebody else was faster */
};

static struct delivery_filter read_place(struct inputs *inputs)
{
    const int64_t state = inputs_number(inputs, "state", OUTBOX_GIVEN_UP);

    return (struct delivery_filter){.state = state == OUTBOX_WAITING ? OUTBOX_WAITING : OUTBOX_GIVEN_UP,
                                    .channel = (int)inputs_number(inputs, "channel", -1),
                                    .before = inputs_number(inputs, "before", 0),
                                    .limit = ROWS_PER_PAGE};
}

static const char *place_query(const struct request *request, const struct delivery_filter *filter, int64_t before)
{
    const char *query = arena_format(request->arena, "state=%d", (int)filter->state);

    if (filter->channel >= 0)
        query = arena_format(request->arena, "%s&channel=%d", query, filter->channel);
    return before == 0 ? query : arena_format(request->arena, "%s&before=%lld", query, (long long)before);
}

/* ---- the page */

static const char *count_text(const struct request *request, int count)
{
    return count > DELIVERY_COUNT_MOST ? arena_format(request->arena, "%d+", DELIVERY_COUNT_MOST)
                                       : arena_format(request->arena, "%d", count);
}

static void show_summary(struct view *page, const struct request *request, const struct delivery_summary *summary,
                         const struct delivery_filter *filter)
{
    size_t row = 0;

    view_text(page, "Summary.waiting", count_text(request, summary->waiting));
    view_text(page, "Summary.given_up", count_text(request, summary->given_up));
    if (instant_is_set(summary->oldest_waiting_at) && instant_is_before(summary->oldest_waiting_at, request->now))
        view_duration(page, "Summary.oldest",
                      instant_milliseconds_between(summary->oldest_waiting_at, request->now) / 1000);
    for (enum channel channel = CHANNEL_NONE; filter->state == OUTBOX_GIVEN_UP && channel < CHANNEL__COUNT; channel++) {
        if (summary->given_up_by[channel] == 0)
            continue;
        struct view *view = view_row(page, "Channels", row++);
        view_text(view, "name", channel_name(channel));
        view_text(view, "words", admin_words(request, "outbox.channel", channel_name(channel)));
        view_text(view, "count", count_text(request, summary->given_up_by[channel]));
    }
}

static void show_choices(struct view *page, const struct request *request, const struct delivery_filter *filter)
{
    static const enum outbox_state states[] = {OUTBOX_GIVEN_UP, OUTBOX_WAITING};

    for (size_t i = 0; i < COUNT_OF(states); i++)
        admin_choice(page, "States", i, (int64_t)states[i],
                     admin_words(request, "outbox.state", outbox_state_name(states[i])), filter->state == states[i]);
    admin_choice(page, "ChannelChoices", 0, -1, words_find(request->language, "admin.any"), filter->channel < 0);
    for (enum channel channel = CHANNEL_NONE; channel < CHANNEL__COUNT; channel++)
        admin_choice(page, "ChannelChoices", (size_t)channel + 1, (int64_t)channel,
                     admin_words(request, "outbox.channel", channel_name(channel)), filter->channel == (int)channel);
}

static void show_row(struct view *view, const struct request *request, const struct delivery *row)
{
    char number[NUMBER_TEXT_BYTES];

    view_number(view, "id", row->id);
    view_text(view, "name", admin_words(request, "outbox.name", row->name));
    if (row->number[0] != '\0') {
        number_format_text(row->number, number);
        view_text(view, "number", number);
        if (actor_has(&request->actor, ROLE_OPS))
            view_text(view, "number_url", row->number);
    }
    view_text(view, "to", admin_words(request, "outbox.audience", audience_name(row->audience)));
    view_text(view, "unit", admin_unit_name(request, row->unit));
    view_text(view, "staff", row->staff);
    view_text(view, "phone", row->phone_masked);
    view_text(view, "channel", admin_words(request, "outbox.channel", channel_name(row->channel)));
    view_instant(view, "at", row->created_at);
    if (instant_is_before(row->created_at, request->now))
        view_duration(view, "age", instant_milliseconds_between(row->created_at, request->now) / 1000);
    if (row->attempts > 0)
        view_number(view, "attempts", row->attempts);
    if (row->error != GATEWAY_ERROR_NONE)
        view_text(view, "error", admin_words(request, "outbox.error", gateway_error_name(row->error)));
    view_text(view, "detail", row->detail);
    if (row->state == OUTBOX_WAITING)
        view_instant(view, "next", row->not_before);
    if (row->state == OUTBOX_WAITING && row->is_held)
        view_words(view, "held", "outbox.state.held");
    view_flag(view, "may_retry", row->state == OUTBOX_GIVEN_UP);
}

static void show_place(struct view *page, const struct request *request, const struct delivery_filter *filter,
                       const struct delivery *rows, size_t count)
{
    view_number(page, "Place.state", (int64_t)filter->state);
    if (filter->channel >= 0)
        view_number(page, "Place.channel", filter->channel);
    if (filter->before != 0) {
        view_number(page, "Place.before", filter->before);
        view_text(page, "first_url", arena_format(request->arena, "/staff/admin/notices?%s", place_query(request, filter, 0)));
    }
    if (count == ROWS_PER_PAGE)
        view_text(page, "next_url", arena_format(request->arena, "/staff/admin/notices?%s",
                                                 place_query(request, filter, rows[count - 1].id)));
}

/* done: key of the sentence about what was done, or NULL. tried: NULL when nothing failed. */
static enum status show(struct request *request, struct response *response, const struct delivery_filter *filter,
                        const char *done, const struct tried *tried, int code)
{
    struct admin *admin = admin_of(request);
    struct delivery_summary summary;
    struct delivery *rows;
    size_t count;
    enum status status = delivery_store_summary(admin->db, &summary, &request->fault);

    if (status == STATUS_OK)
        status = delivery_store_page(admin->db, filter, request->arena, &rows, &count, &request->fault);
    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "admin/notices");
    view_words(page, "Page.title", "admin.notices.title");
    if (done != NULL)
        view_words(page, "done", done);
    view_flag(page, "is_stale", tried != NULL && tried->is_stale);
    show_summary(page, request, &summary, filter);
    show_choices(page, request, filter);
    show_place(page, request, filter, rows, count);
    view_flag(page, "is_empty", count == 0);
    view_flag(page, "is_given_up", filter->state == OUTBOX_GIVEN_UP);
    for (size_t i = 0; i < count; i++) {
        struct view *view = view_row(page, "Rows", i);
        show_row(view, request, &rows[i]);
        view_flag(view, "is_tried", tried != NULL && tried->inputs != NULL && tried->id == rows[i].id);
    }
    if (tried != NULL && tried->inputs != NULL)
        inputs_show(tried->inputs, page);
    return page_end(page, response, code);
}

enum status admin_get_notices(struct request *request, struct response *response)
{
    static const char *const sentences[] = {NULL, "admin.notices.retried", "admin.notices.dropped",
                                            "admin.notices.retried_all"};
    static const struct input_rule rules[] = {PLACE_RULES, {"done", INPUT_NUMBER, false, 1, 3, "staff.error.choice", NULL}};
    struct inputs inputs;
    const enum status status = inputs_read(request, rules, COUNT_OF(rules), &inputs);

    if (status != STATUS_OK)
        return status;
    if (inputs.error_count > 0)
        return STATUS_INVALID;
    const struct delivery_filter filter = read_place(&inputs);
    return show(request, response, &filter, sentences[inputs_number(&inputs, "done", 0)], NULL, 200);
}

/* ---- changes */

enum done { DONE_RETRIED = 1, DONE_DROPPED, DONE_RETRIED_ALL };

/* What is written into the audit log: which notice, by which channel, and the reason where there is one. */
static enum status describe(struct request *request, int64_t id, const char *reason, struct change *change)
{
    struct delivery row;
    struct ticket_id ticket;
    const enum status status =
        delivery_store_find(admin_of(request)->db, id, request->arena, &row, &ticket, &request->fault);

    if (status != STATUS_OK)
        return status;
    if (ticket.v != 0) {
        change->subject = SUBJECT_TICKET;
        change->subject_id = ticket.v;
    }
    change->detail = arena_format(request->arena, "%s · %s%s%s", row.name, channel_name(row.channel),
                                  reason[0] == '\0' ? "" : " · ", reason);
    return STATUS_OK;
}

/* After a change: back to the list, or the list as it is now where somebody else was faster. */
static enum status finish(struct request *request, struct response *response, const struct delivery_filter *filter,
                          enum status status, enum done done)
{
    const struct tried tried = {.is_stale = true};

    if (status != STATUS_OK && status != STATUS_DUPLICATE && status != STATUS_CONFLICT)
        return status;
    fault_reset(&request->fault);
    if (status == STATUS_CONFLICT)
        return show(request, response, filter, NULL, &tried, 409);
    return response_redirect(request, response, "/staff/admin/notices?%s&done=%d",
                             place_query(request, filter, filter->before), (int)done);
}

static bool part_id(const struct request *request, int64_t *id)
{
    return text_parse_integer(request->part[0], 1, INT64_MAX, id);
}

enum status admin_post_notice_retry(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {PLACE_RULES};
    struct inputs inputs;
    struct change change;
    int64_t id;
    enum status status = inputs_read(request, rules, COUNT_OF(rules), &inputs);

    if (status == STATUS_OK && (inputs.error_count > 0 || !admin_change_begin(request, "notice_retry", &change)))
        status = STATUS_INVALID;
    if (status == STATUS_OK && !part_id(request, &id))
        status = STATUS_ABSENT;
    if (status == STATUS_OK)
        status = describe(request, id, "", &change);
    if (status != STATUS_OK)
        return status;
    const struct delivery_filter filter = read_place(&inputs);
    status = delivery_store_retry(admin_of(request)->db, &change, id, &request->fault);
    return finish(request, response, &filter, status, DONE_RETRIED);
}

enum status admin_post_notice_drop(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {
        PLACE_RULES, {"reason", INPUT_LINE, true, 2, 100, "admin.notices.error.reason", NULL}};
    struct inputs inputs;
    struct change change;
    int64_t id;
    enum status status = inputs_read(request, rules, COUNT_OF(rules), &inputs);

    if (status == STATUS_OK && !admin_change_begin(request, "notice_drop", &change))
        status = STATUS_INVALID;
    if (status == STATUS_OK && !part_id(request, &id))
        status = STATUS_ABSENT;
    if (status != STATUS_OK)
        return status;
    const struct delivery_filter filter = read_place(&inputs);
    if (inputs.error_count > 0) {
        const struct tried tried = {.id = id, .inputs = &inputs};
        return show(request, response, &filter, NULL, &tried, 422);
    }
    status = describe(request, id, inputs_text(&inputs, "reason"), &change);
    if (status == STATUS_OK)
        status = delivery_store_drop(admin_of(request)->db, &change, id, &request->fault);
    return finish(request, response, &filter, status, DONE_DROPPED);
}

enum status admin_post_notices_retry(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {PLACE_RULES};
    struct inputs inputs;
    struct change change;
    int count;
    enum status status = inputs_read(request, rules, COUNT_OF(rules), &inputs);
    const enum channel channel = channel_find(request->part[0]);

    if (status == STATUS_OK && (inputs.error_count > 0 || !admin_change_begin(request, "notices_retry", &change)))
        status = STATUS_INVALID;
    if (status == STATUS_OK && channel == CHANNEL_NONE && !text_is_equal(request->part[0], channel_name(CHANNEL_NONE)))
        status = STATUS_ABSENT;
    if (status != STATUS_OK)
        return status;
    const struct delivery_filter filter = read_place(&inputs);
    change.detail = channel_name(channel);
    status = delivery_store_retry_channel(admin_of(request)->db, &change, channel, &count, &request->fault);
    return finish(request, response, &filter, status, DONE_RETRIED_ALL);
}
