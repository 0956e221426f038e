/*
 * Finding a report again: by number and query code, or by the private link. Guesses are slowed by counting wrong ones:
 * few for one number from one address, more for one address, many for one number. Beyond that every guess costs an effort or
 * twenty seconds: whoever has the code gets in, whatever others at the address or strangers elsewhere do.
 */
#include <string.h>

#include "complaint/filing.h"
#include "web/effort.h"

#define FOLLOW_COOKIE "sn_follow"
#define FOLLOW_SECONDS (90 * DAY_SECONDS)
#define FOLLOW_TEXT_BYTES (2 * HASH_BYTES + 1)

/* As in the schema's table of guesses. */
enum { GUESS_CODE_BY_TICKET = 3, GUESS_CODE_BY_ADDRESS = 4, GUESS_EFFORT = 6 };

/* ---- the cookie */

static void follow_mark(const struct request *request, const char *number, char mark[FOLLOW_TEXT_BYTES])
{
    struct bytes pieces[2] = {{request->visitor.bytes, KEY_BYTES}, {(const uint8_t *)number, strlen(number)}};
    struct hash hash = crypto_keyed_hash(&request->app->secrets.key[SECRET_FORM], "follow", pieces, 2);

    text_format_hex(hash.bytes, sizeof hash.bytes, mark);
}

void follow_allow(struct request *request, struct response *response, const char *number)
{
    char mark[FOLLOW_TEXT_BYTES];

    follow_mark(request, number, mark);
    response_cookie(request, response, FOLLOW_COOKIE, arena_copy_text(request->arena, mark),
                    arena_format(request->arena, "/complaint/progress/%s", number), FOLLOW_SECONDS, false);
}

bool follow_is_allowed(const struct request *request, const char *number)
{
    char mark[FOLLOW_TEXT_BYTES];
    const char *cookie = cookie_find(request->arena, request->cookies, FOLLOW_COOKIE);

    if (cookie == NULL || request->is_new_visitor || strlen(cookie) != FOLLOW_TEXT_BYTES - 1)
        return false;
    follow_mark(request, number, mark);
    return crypto_is_equal(cookie, mark, FOLLOW_TEXT_BYTES - 1);
}

bool follow_take_number(const struct request *request, char number[NUMBER_BYTES])
{
    return number_parse(request->part[0], number) && text_is_equal(number, request->part[0]) &&
           follow_is_allowed(request, number);
}

enum status follow_ask_code(struct request *request, struct response *response)
{
    char number[NUMBER_BYTES];

    if (!number_parse(request->part[0], number))
        return response_redirect(request, response, "/complaint/follow");
    return response_redirect(request, response, "/complaint/follow?n=%s", number);
}

/* ---- guesses */

/* One counter: which, whose, and how many wrong guesses it bears. */
struct counter {
    int what;
    struct hash who;
    int64_t most;
};
#define COUNTERS 3

static struct hash hash_of(const struct request *request, const char *purpose, const char *number,
                           const struct hash *address)
{
    struct bytes pieces[2] = {{(const uint8_t *)number, strlen(number)},
                              {address != NULL ? address->bytes : NULL, address != NULL ? HASH_BYTES : 0}};

    return crypto_keyed_hash(&request->app->secrets.key[SECRET_FORM], purpose, pieces, 2);
}

static void counters_init(const struct request *request, const char *number, struct counter counters[COUNTERS])
{
    int64_t tries = request->app->settings.code_tries;
    struct hash address = request_address_hash(request);

    counters[0] = (struct counter){GUESS_CODE_BY_TICKET, hash_of(request, "guess pair", number, &address), tries};
    counters[1] = (struct counter){GUESS_CODE_BY_ADDRESS, address, 4 * tries};
    counters[2] = (struct counter){GUESS_CODE_BY_TICKET, hash_of(request, "guess number", number, NULL), 10 * tries};
}

static enum status is_slowed(struct request *request, const struct counter counters[COUNTERS], bool *is_slowed)
{
    struct instant since =
        instant_add_seconds(request->now, -(int64_t)request->app->settings.code_window_minutes * MINUTE_SECONDS);

    *is_slowed = false;
    for (int i = 0; i < COUNTERS && !*is_slowed; i++) {
        int64_t count = 0;
        enum status status = guess_store_count(complaint_of(request)->db, counters[i].what, &counters[i].who, since,
                                               request->arena, &count, &request->fault);
        if (status != STATUS_OK)
            return status;
        *is_slowed = count >= counters[i].most;
    }
    return STATUS_OK;
}

static enum status count_wrong(struct request *request, const struct counter counters[COUNTERS])
{
    for (int i = 0; i < COUNTERS; i++) {
        enum status status = guess_store_add(complaint_of(request)->db, counters[i].what, &counters[i].who, request->now,
                                             &request->fault);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

/* An effort that was made and not shown before lets one guess through. */
static enum status spend_effort(struct request *request, bool *slowed)
{
    struct db *db = complaint_of(request)->db;
    const struct hash mark = effort_mark(request);
    const struct instant since = instant_add_seconds(request->now, -(int64_t)EFFORT_VALID_SECONDS);
    int64_t count = 0;

    if (effort_check(request, FOLLOW_EFFORT) != EFFORT_DONE)
        return STATUS_OK;
    const enum status status =
        guess_store_count(db, GUESS_EFFORT, &mark, since, request->arena, &count, &request->fault);
    if (status != STATUS_OK || count > 0)
        return status;
    *slowed = false;
    return guess_store_add(db, GUESS_EFFORT, &mark, request->now, &request->fault);
}

enum status follow_is_slowed(struct request *request, const char *number, bool *slowed)
{
    struct counter counters[COUNTERS];

    counters_init(request, number, counters);
    const enum status status = is_slowed(request, counters, slowed);
    return status == STATUS_OK && *slowed ? spend_effort(request, slowed) : status;
}

void follow_ask_effort(struct request *request, struct view *view)
{
    effort_ask(view, request, FOLLOW_EFFORT);
    view_text(view, "Page.script", "effort");
}

enum status follow_count_wrong(struct request *request, const char *number)
{
    struct counter counters[COUNTERS];

    counters_init(request, number, counters);
    return count_wrong(request, counters);
}

/* ---- pages */

static const struct input_rule rules[] = {
    {"number", INPUT_DIGITS, true, 1, 40, "error.number", "error.number"},
    {"code", INPUT_DIGITS, true, 1, 40, "error.code", "error.code"},
};
#define RULE_COUNT (sizeof rules / sizeof rules[0])

static enum status show_follow(struct request *request, struct response *response, struct inputs *inputs,
                               const char *problem, int status_code)
{
    struct view *view = page_begin(request, "complaint/follow");

    view_words(view, "Page.title", "complaint.follow.title");
    if (inputs != NULL) {
        inputs_show(inputs, view);
    } else {
        const struct form_item *number = form_find(&request->query, "n");
        char parsed[NUMBER_BYTES], text[NUMBER_TEXT_BYTES];
        if (number != NULL && number_parse(number->value, parsed)) {
            number_format_text(parsed, text);
            view_text(view, "Form.number.value", text);
        }
    }
    if (problem != NULL) {
        const char *wait = words_duration(request->arena, request->language, EFFORT_WAIT_SECONDS);
        view_text(view, "problem", words_fill(request->arena, request->language, problem, &wait, 1));
    }
    if (status_code == 429)
        follow_ask_effort(request, view);
    return page_end(view, response, status_code);
}

enum status complaint_get_follow(struct request *request, struct response *response)
{
    return show_follow(request, response, NULL, NULL, 200);
}

/* Whether the code is this number's; the same work is done for a number that nobody has. */
static enum status is_code_right(struct request *request, const char *number, const char *typed_code, bool *is_right)
{
    struct public_ticket ticket = {.code_issue = 1};
    char code[QUERY_CODE_BYTES] = "", wanted[QUERY_CODE_BYTES];
    bool is_code = query_code_parse(typed_code, code);
    enum status status =
        public_store_find(complaint_of(request)->db, number, request->arena, &ticket, &request->fault);

    if (status != STATUS_OK && status != STATUS_ABSENT)
        return status;
    query_code_format(&request->app->secrets.key[SECRET_CODE], number, ticket.code_issue, wanted);
    bool is_same = crypto_is_equal(code, wanted, sizeof wanted);
    *is_right = status == STATUS_OK && is_code && is_same;
    return STATUS_OK;
}

enum status complaint_post_follow(struct request *request, struct response *response)
{
    struct inputs *inputs = arena_take(request->arena, sizeof *inputs);
    struct counter counters[COUNTERS];
    char number[NUMBER_BYTES] = "";
    bool is_number, is_right = false, slowed = false;
    enum status status = inputs_read(request, rules, RULE_COUNT, inputs);

    if (status != STATUS_OK)
        return status;
    if (inputs->error_count > 0)
        return show_follow(request, response, inputs, NULL, 422);
    is_number = number_parse(inputs_text(inputs, "number"), number);
    counters_init(request, is_number ? number : inputs_text(inputs, "number"), counters);
    status = follow_is_slowed(request, is_number ? number : inputs_text(inputs, "number"), &slowed);
    if (status == STATUS_OK && slowed)
        return show_follow(request, response, inputs, "complaint.follow.slowed", 429);
    if (status == STATUS_OK && is_number)
        status = is_code_right(request, number, inputs_text(inputs, "code"), &is_right);
    if (status == STATUS_OK && !is_right)
        status = count_wrong(request, counters);
    if (status != STATUS_OK)
        return status;
    if (!is_right)
        return show_follow(request, response, inputs, "complaint.follow.wrong", 422);
    follow_allow(request, response, number);
    return response_redirect(request, response, "/complaint/progress/%s", number);
}

/* ---- the private link: a page with one button, so that a preview of the message follows nothing */

static bool link_parse(const struct request *request, uint8_t token[LINK_TOKEN_BYTES])
{
    return request->part[0] != NULL && text_parse_hex(request->part[0], token, LINK_TOKEN_BYTES);
}

enum status complaint_get_link(struct request *request, struct response *response)
{
    uint8_t token[LINK_TOKEN_BYTES];

    if (!link_parse(request, token))
        return STATUS_ABSENT;
    struct view *view = page_begin(request, "complaint/link");
    view_words(view, "Page.title", "complaint.link.title");
    view_text(view, "Link.token", request->part[0]);
    return page_end(view, response, 200);
}

enum status complaint_post_link(struct request *request, struct response *response)
{
    struct inputs *inputs = arena_take(request->arena, sizeof *inputs);
    uint8_t token[LINK_TOKEN_BYTES];
    struct public_ticket ticket;

    if (!link_parse(request, token))
        return STATUS_ABSENT;
    enum status status = inputs_read(request, NULL, 0, inputs);
    if (status != STATUS_OK)
        return status;
    struct hash hash = link_token_hash(token);
    status = public_store_find_by_link(complaint_of(request)->db, &hash, request->arena, &ticket, &request->fault);
    if (status == STATUS_ABSENT)
        return show_follow(request, response, NULL, "complaint.link.gone", 404);
    if (status != STATUS_OK)
        return status;
    follow_allow(request, response, ticket.number);
    return response_redirect(request, response, "/complaint/progress/%s", ticket.number);
}
