/* Who calls, with which values, and the answer when something is wrong with them. */
#include "open311/open311.h"

#include <string.h>

#include "base/log.h"
#include "core/open311.h"
#include "web/rate.h"

#define RETRY_SECONDS "60"
enum { KEY_VALUE_BYTES_MAX = 200 };

/* ---- what is wrong */

void call_error(struct call *call, int code, const char *key, const char *first, const char *second)
{
    const struct request *request = call->request;
    const char *const values[] = {first == NULL ? "" : first, second == NULL ? "" : second};
    const char *full = arena_format(request->arena, "open311.error.%s", key);

    if (call->error_count == CALL_ERRORS_MAX)
        return;
    call->errors[call->error_count].code = code;
    call->errors[call->error_count++].words = words_fill(request->arena, request->language, full, values, 2);
}

static void put_error(struct node *errors, const struct request *request, int code, const char *words)
{
    struct node *error = node_object(errors, "error");

    node_number(error, "code", arena_format(request->arena, "%d", code));
    node_text(error, "description", words);
}

/* Trouble with the key comes before what is not there, and that before what is wrong. */
static int status_of(const struct call *call)
{
    static const int order[] = {429, 403, 404};

    for (size_t k = 0; k < sizeof order / sizeof order[0]; k++)
        for (size_t i = 0; i < call->error_count; i++)
            if (call->errors[i].code == order[k])
                return order[k];
    return 400;
}

enum status call_refuse(struct call *call, struct response *response)
{
    struct request *request = call->request;
    struct node *errors = document_begin(request, "errors", true);
    const int status_code = status_of(call);

    fault_reset(&request->fault);
    for (size_t i = 0; i < call->error_count; i++)
        put_error(errors, request, call->errors[i].code, call->errors[i].words);
    if (status_code == 429)
        response_header(response, "Retry-After", RETRY_SECONDS);
    return document_send(request, response, errors, status_code);
}

enum status open311_explain(struct request *request, struct response *response, int status_code, const char *detail)
{
    struct node *errors = document_begin(request, "errors", true);
    const char *key = arena_format(request->arena, "open311.error.%d", status_code);
    const char *words = words_find(request->language, key);

    if (words == key)
        words = words_find(request->language, status_code < 500 ? "open311.error.400" : "open311.error.500");
    if (detail != NULL)
        words = words_find(request->language, detail);
    put_error(errors, request, status_code, arena_format(request->arena, "%s (%s)", words, request->id));
    return document_send(request, response, errors, status_code);
}

/* ---- values */

static void look(const struct form *form, const char *name, size_t *count, const char **value)
{
    for (size_t i = 0; i < form->count; i++) {
        const struct form_item *item = &form->items[i];
        if (item->file_name != NULL || !text_is_equal(item->name, name) || *item->value == '\0')
            continue;
        if ((*count)++ == 0)
            *value = item->value;
    }
}

const char *call_value(struct call *call, const char *name)
{
    const char *value = "";
    size_t count = 0;

    if (call->request->method == METHOD_POST)
        look(&call->request->body, name, &count, &value);
    look(&call->request->query, name, &count, &value);
    if (count > 1)
        call_error(call, 400, "twice", name, NULL);
    return value;
}

const char *call_line(struct call *call, const char *name, size_t most)
{
    char *line = arena_copy_text(call->request->arena, call_value(call, name));

    text_tidy_line(line);
    if (text_count_characters(line) > most)
        call_error(call, 400, "long", name, arena_format(call->request->arena, "%zu", most));
    else if (text_has_controls(line))
        call_error(call, 400, "wrong", name, NULL);
    else
        return line;
    return "";
}

struct instant call_moment(struct call *call, const char *name)
{
    const char *value = call_value(call, name);
    struct instant at = INSTANT_NONE;

    if (*value == '\0' || open311_parse_moment(value, &at))
        return at;
    call_error(call, 400, "moment", name, NULL);
    return INSTANT_NONE;
}

int64_t call_number(struct call *call, const char *name, int64_t least, int64_t most, int64_t fallback)
{
    const char *value = call_value(call, name);
    int64_t number = fallback;

    if (*value == '\0' || text_parse_integer(value, least, most, &number))
        return number;
    call_error(call, 400, "wrong", name, NULL);
    return fallback;
}

const char *open311_part_name(const struct request *request)
{
    const char *part = request->part[0], *dot = strrchr(part, '.');

    if (dot == NULL || dot == part || (!text_is_equal(dot, ".xml") && !text_is_equal(dot, ".json")))
        return NULL;
    return arena_copy(request->arena, part, (size_t)(dot - part));
}

/* ---- who calls */

static struct hash rate_key(const struct request *request, const char *what, const void *who, size_t length)
{
    const struct bytes piece = {who, length};

    return crypto_keyed_hash(&request->app->secrets.key[SECRET_FORM], what, &piece, 1);
}

static bool is_too_often(const struct hash *who, const struct request *request, int per_minute)
{
    return rate_count(who, request->now, MINUTE_SECONDS) > per_minute;
}

/* Calls without a good key count by where they come from, so that guesses at keys are bounded with them. */
static bool is_address_busy(const struct request *request)
{
    const struct hash address = request_address_hash(request);

    return is_too_often(&address, request, request->app->settings.open311_per_minute);
}

static enum status find_key(struct call *call, const char *sent)
{
    struct request *request = call->request;
    struct open311 *open311 = open311_of(request);
    const struct hash hash = api_key_hash(sent);
    enum status status = STATUS_ABSENT;

    if (strlen(sent) <= KEY_VALUE_BYTES_MAX)
        status = api_key_store_find(open311->db, &hash, request->arena, &call->stored, &request->fault);
    if (status == STATUS_OK && call->stored.is_active)
        call->key = &call->stored;
    if (status == STATUS_OK || status == STATUS_ABSENT)
        fault_reset(&request->fault);
    return status == STATUS_ABSENT ? STATUS_OK : status;
}

/* Which key it is and whether it may; errors say what is wrong. */
static enum status look_at_key(struct call *call, enum right right)
{
    struct request *request = call->request;
    const char *sent = right == RIGHT_NONE ? "" : call_value(call, "api_key");
    const bool is_needed = right == RIGHT_FILE || (right == RIGHT_READ && !request->app->settings.is_open311_public);
    enum status status = *sent == '\0' ? STATUS_OK : find_key(call, sent);

    if (status != STATUS_OK)
        return status;
    if (call->key == NULL && is_address_busy(request)) {
        call_error(call, 429, "often", NULL, NULL);
        return STATUS_OK;
    }
    if (call->key == NULL) {
        if (*sent != '\0' || is_needed)
            call_error(call, 403, *sent != '\0' ? "key_unknown" : "key_missing", NULL, NULL);
        return STATUS_OK;
    }
    const struct hash who = rate_key(request, "api_key", &call->key->id, sizeof call->key->id);
    if (is_too_often(&who, request, call->key->per_minute))
        call_error(call, 429, "often", NULL, NULL);
    else if (right == RIGHT_FILE ? !call->key->may_file : !call->key->may_read)
        call_error(call, 403, right == RIGHT_FILE ? "key_no_filing" : "key_no_reading", NULL, NULL);
    else
        status = api_key_store_mark_used(open311_of(request)->db, call->key, request->now, &request->fault);
    return status;
}

enum status call_begin(struct call *call, struct request *request, enum right right)
{
    *call = (struct call){.request = request};
    const enum status status = look_at_key(call, right);
    const char *jurisdiction = call_value(call, "jurisdiction_id");

    if (status != STATUS_OK)
        return status;
    if (*jurisdiction != '\0' && !text_is_equal(jurisdiction, request->app->settings.open311_jurisdiction))
        call_error(call, 404, "jurisdiction", NULL, NULL);
    return call->error_count > 0 ? STATUS_INVALID : STATUS_OK;
}
