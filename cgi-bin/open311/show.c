/* How reports stand: lists, single ones, and what was done in a window of time. */
#include "open311/open311.h"

#include <string.h>

#include "core/open311.h"
#include "web/promise.h"

enum { WINDOW_DAYS = 90, PAGE_MAX = 100, NUMBERS_PER_CALL = 100, UPDATE_HOURS = 24, TYPED_NUMBER_BYTES = 40 };

/* ---- one report */

static const char *unit_name(const struct request *request, struct unit_id id)
{
    const struct unit *unit = catalog_unit(&open311_of(request)->catalog, id);

    if (unit == NULL)
        return "";
    return request->language == LANGUAGE_EN ? unit->name_en : unit->name_zh;
}

/* What was done, for everybody: what staff wrote to the resident stays between them. */
static const char *sentence_of(const struct request *request, const struct public_step *step)
{
    return progress_sentence(request->arena, request->language, step, unit_name(request, step->unit), request->now,
                             request->app->settings.utc_offset_minutes);
}

static bool is_told(const struct public_step *step)
{
    return public_step_name(step) != NULL &&
           (public_action_is_of_matter(step->action) || step->action == ACTION_WITHDRAW);
}

static const struct public_step *last_told(const struct open311_request *shown)
{
    for (size_t i = shown->step_count; i-- > 0;)
        if (is_told(&shown->steps[i]))
            return &shown->steps[i];
    return NULL;
}

static const struct category *category_of(const struct request *request, const struct open311_request *shown)
{
    const struct regulation *regulation = &open311_of(request)->catalog.regulation;

    return category_find(regulation->categories, regulation->category_count, shown->category);
}

static void put_place(struct node *node, const struct request *request, const struct open311_request *shown)
{
    const struct place *place = shown->place.v != 0 ? catalog_place(&open311_of(request)->catalog, shown->place) : NULL;
    char *latitude = arena_take(request->arena, OPEN311_DEGREES_BYTES), *longitude = arena_take(request->arena, OPEN311_DEGREES_BYTES);

    latitude[0] = longitude[0] = '\0';
    if (shown->has_point) {
        open311_format_degrees(shown->latitude_milli, latitude);
        open311_format_degrees(shown->longitude_milli, longitude);
    }
    /* Of an address only what the register of places has: it names no door. */
    node_text(node, "address", place != NULL ? place->name : "");
    node_text(node, "address_id", place != NULL ? arena_format(request->arena, "%d", (int)place->id.v) : "");
    node_text(node, "zipcode", "");
    node_number(node, "lat", latitude);
    node_number(node, "long", longitude);
}

static void put_notes(struct node *parent, const struct request *request, const struct open311_request *shown)
{
    struct node *notes = node_list(parent, "notes");

    for (size_t i = 0; i < shown->step_count; i++) {
        if (!is_told(&shown->steps[i]))
            continue;
        struct node *note = node_object(notes, "request_note");
        node_moment(note, "datetime", shown->steps[i].occurred_at);
        node_text(note, "description", sentence_of(request, &shown->steps[i]));
        node_text(note, "type", open311_update_status(&shown->steps[i]));
    }
}

static void put_request(struct node *root, struct request *request, const struct open311_request *shown, bool has_extensions)
{
    const struct category *category = category_of(request, shown);
    const struct public_step *last = last_told(shown);
    const struct instant ended = open311_ended_at(shown);
    struct node *node = node_object(root, "request");

    node_text(node, "service_request_id", shown->number);
    node_text(node, "status", shown->is_open ? "open" : "closed");
    node_text(node, "status_notes", last != NULL ? sentence_of(request, last) : words_find(request->language, "complaint.step.report"));
    node_text(node, "service_name", category != NULL ? service_name(request, category) : "");
    node_text(node, "service_code", category != NULL ? category->code : "");
    node_text(node, "description", category != NULL ? service_description(request, category) : "");
    node_text(node, "agency_responsible",
              request->language == LANGUAGE_EN ? request->app->settings.company_en : request->app->settings.company_zh);
    node_text(node, "service_notice", "");
    node_moment(node, "requested_datetime", shown->reported_at);
    node_moment(node, "updated_datetime", instant_is_set(ended) ? ended : shown->updated_at);
    node_moment(node, "expected_datetime", shown->due_at);
    put_place(node, request, shown);
    node_text(node, "media_url", "");
    if (has_extensions)
        put_notes(node, request, shown);
}

static enum status send_requests(struct call *call, struct response *response, const struct open311_request *shown, size_t count)
{
    struct request *request = call->request;
    struct node *root = document_begin(request, "service_requests", true);
    const bool has_extensions = text_is_equal(call_value(call, "extensions"), "true");

    for (size_t i = 0; i < count; i++)
        put_request(root, request, &shown[i], has_extensions);
    return document_send(request, response, root, 200);
}

enum status open311_get_request(struct request *request, struct response *response)
{
    const char *name = open311_part_name(request);
    struct open311_request *shown = NULL;
    char numbers[1][NUMBER_BYTES];
    struct call call;
    size_t count = 0;
    enum status status = call_begin(&call, request, RIGHT_READ);

    if (status == STATUS_OK && name != NULL && number_parse(name, numbers[0]))
        status = open311_store_list_by_number(open311_of(request)->db, call.key, numbers, 1, request->arena, &shown, &count,
                                              &request->fault);
    if (status == STATUS_OK && count == 0) {
        call_error(&call, 404, "request_unknown", NULL, NULL);
        status = STATUS_INVALID;
    }
    if (status == STATUS_INVALID)
        return call_refuse(&call, response);
    return status == STATUS_OK ? send_requests(&call, response, shown, count) : status;
}

/* ---- by their numbers */

/* Numbers that are none of ours name nothing; the others are looked up twenty at a time. */
static enum status list_by_number(struct call *call, const char *list, struct open311_request *shown, size_t *count)
{
    struct request *request = call->request;
    char numbers[OPEN311_NUMBERS_MAX][NUMBER_BYTES], part[TYPED_NUMBER_BYTES];
    size_t waiting = 0, looked = 0;
    bool is_good = true, has_part = true;
    enum status status = STATUS_OK;

    *count = 0;
    while (has_part && status == STATUS_OK) {
        has_part = open311_next_part(&list, part, sizeof part, &is_good);
        if (!is_good || (has_part && ++looked > NUMBERS_PER_CALL)) {
            call_error(call, 400, "wrong", "service_request_id", NULL);
            return STATUS_INVALID;
        }
        waiting += has_part && number_parse(part, numbers[waiting]);
        if (waiting == OPEN311_NUMBERS_MAX || (!has_part && waiting > 0)) {
            struct open311_request *found;
            size_t found_count;
            status = open311_store_list_by_number(open311_of(request)->db, call->key, numbers, waiting, request->arena, &found,
                                                  &found_count, &request->fault);
            for (size_t i = 0; status == STATUS_OK && i < found_count; i++)
                shown[(*count)++] = found[i];
            waiting = 0;
        }
    }
    if (status == STATUS_OK && *count == 0) {
        call_error(call, 404, "request_unknown", NULL, NULL);
        return STATUS_INVALID;
    }
    return status;
}

/* ---- by a window of time */

/* Every row of these codes, since a matter that was changed has an older row for older reports. */
static void read_categories(struct call *call, struct open311_window *window)
{
    struct request *request = call->request;
    const struct regulation *regulation = &open311_of(request)->catalog.regulation;
    const char *list = call_value(call, "service_code");
    const char *ids = "";
    char code[CODE_BYTES];
    bool is_good = true;

    while (open311_next_part(&list, code, sizeof code, &is_good)) {
        bool is_known = false;
        for (size_t i = 0; i < regulation->category_count; i++) {
            const struct category *category = &regulation->categories[i];
            if (!text_is_equal(category->code, code) || category->group == GROUP_STAFF)
                continue;
            is_known = true;
            ids = arena_format(request->arena, "%s%s%d", ids, *ids == '\0' ? "" : ",", (int)category->id.v);
        }
        if (!is_known) {
            call_error(call, 404, "service_unknown", NULL, NULL);
            return;
        }
    }
    if (!is_good)
        call_error(call, 400, "wrong", "service_code", NULL);
    window->categories = ids;
}

static void read_states(struct call *call, struct open311_window *window)
{
    const char *list = call_value(call, "status");
    char state[16];
    bool is_good = true;

    window->has_open = window->has_closed = *list == '\0';
    while (open311_next_part(&list, state, sizeof state, &is_good)) {
        const bool is_open = text_is_equal(state, "open"), is_closed = text_is_equal(state, "closed");
        window->has_open = window->has_open || is_open;
        window->has_closed = window->has_closed || is_closed;
        if (!is_open && !is_closed)
            is_good = false;
        if (!is_good)
            break;
    }
    if (!is_good)
        call_error(call, 400, "wrong", "status", NULL);
}

/* Bounds that are not told follow from the other one, or from now. The second of the end belongs to the window. */
static void read_window(struct call *call, struct open311_window *window, int64_t usual_seconds)
{
    const struct instant from = call_moment(call, "start_date"), to = call_moment(call, "end_date");
    const struct request *request = call->request;

    window->from = from;
    window->to = instant_is_set(to) ? instant_add_seconds(to, 1) : to;
    if (!instant_is_set(window->to))
        window->to = instant_is_set(from) ? instant_add_seconds(from, usual_seconds + 1) : instant_add_seconds(request->now, 1);
    if (!instant_is_set(window->from))
        window->from = instant_add_seconds(window->to, -usual_seconds - 1);
    const int64_t length = instant_milliseconds_between(window->from, window->to);
    if (length <= 0)
        call_error(call, 400, "window_order", NULL, NULL);
    else if (length > (WINDOW_DAYS * INT64_C(86400) + 1) * 1000)
        call_error(call, 400, "window", NULL, NULL);
}

static void read_page(struct call *call, struct open311_window *window)
{
    window->limit = (int)call_number(call, "page_size", 1, OPEN311_REQUESTS_MAX, OPEN311_REQUESTS_MAX);
    window->offset = window->limit * (int)(call_number(call, "page", 1, PAGE_MAX, 1) - 1);
}

static enum status list_by_window(struct call *call, struct open311_request **shown, size_t *count)
{
    struct request *request = call->request;
    struct open311_window window = {.categories = ""};

    read_window(call, &window, WINDOW_DAYS * DAY_SECONDS);
    read_categories(call, &window);
    read_states(call, &window);
    window.changed_from = call_moment(call, "updated_after");
    window.changed_to = call_moment(call, "updated_before");
    read_page(call, &window);
    if (call->error_count > 0)
        return STATUS_INVALID;
    return open311_store_list(open311_of(request)->db, call->key, &window, request->arena, shown, count, &request->fault);
}

enum status open311_get_requests(struct request *request, struct response *response)
{
    struct open311_request *shown = NULL;
    struct call call;
    size_t count = 0;
    enum status status = call_begin(&call, request, RIGHT_READ);

    if (status == STATUS_OK) {
        const char *numbers = call_value(&call, "service_request_id");
        if (*numbers != '\0') {
            shown = arena_take_array(request->arena, NUMBERS_PER_CALL, sizeof *shown);
            status = list_by_number(&call, numbers, shown, &count);
        } else {
            status = list_by_window(&call, &shown, &count);
        }
    }
    if (status == STATUS_INVALID)
        return call_refuse(&call, response);
    return status == STATUS_OK ? send_requests(&call, response, shown, count) : status;
}

/* ---- updates */

static const struct public_step *step_of(const struct open311_request *shown)
{
    for (size_t i = 0; i < shown->step_count; i++)
        if (shown->steps[i].seq == shown->seq && is_told(&shown->steps[i]))
            return &shown->steps[i];
    return NULL;
}

static void put_update(struct node *root, struct request *request, const struct open311_request *shown)
{
    const struct public_step *step = step_of(shown);

    if (step == NULL) /* of this kind of step the public is not told each */
        return;
    struct node *node = node_object(root, "request_update");
    node_text(node, "update_id", arena_format(request->arena, "%s-%u", shown->number, (unsigned)shown->seq));
    node_text(node, "service_request_id", shown->number);
    node_text(node, "status", open311_update_status(step));
    node_moment(node, "updated_datetime", shown->recorded_at);
    node_text(node, "description", sentence_of(request, step));
    node_text(node, "media_url", "");
}

enum status open311_get_updates(struct request *request, struct response *response)
{
    struct open311_window window = {.categories = ""};
    struct open311_request *shown = NULL;
    struct call call;
    size_t count = 0;
    enum status status = call_begin(&call, request, RIGHT_READ);

    if (status == STATUS_OK) {
        read_window(&call, &window, UPDATE_HOURS * HOUR_SECONDS);
        read_page(&call, &window);
        status = call.error_count > 0 ? STATUS_INVALID
                                      : open311_store_list_updates(open311_of(request)->db, call.key, &window, request->arena,
                                                                   &shown, &count, &request->fault);
    }
    if (status == STATUS_INVALID)
        return call_refuse(&call, response);
    if (status != STATUS_OK)
        return status;
    struct node *root = document_begin(request, "service_request_updates", true);
    for (size_t i = 0; i < count; i++)
        put_update(root, request, &shown[i]);
    return document_send(request, response, root, 200);
}
