/*
 * To be told of outages at a place by SMS: choose the place, give a number, type the code that was sent to it; and to end it, by the link
 * in every message. What was chosen travels in a box that this program alone can open, so that nothing is kept of somebody who stops
 * halfway. Whether a number is known here is never told: everybody reads the same, and clerk alone looks.
 */
#include <inttypes.h>
#include <string.h>

#include "base/random.h"
#include "core/contact.h"
#include "core/outage_sms.h"
#include "core/recipient.h"
#include "outage/outage.h"
#include "store/person.h"
#include "store/public_store.h"
#include "store/subscription_store.h"
#include "web/input.h"

/* Rows of guesses: codes asked for by number and by address, wrong codes. */
enum { GUESS_CODES_BY_NUMBER = 8, GUESS_CODES_BY_ADDRESS = 9, GUESS_WRONG_CODE = 10 };
enum { CODES_PER_NUMBER = 3, CODES_PER_ADDRESS = 20, WRONG_CODES_MOST = 5, QUESTION_MOST = 60 };
#define CODES_WINDOW_SECONDS HOUR_SECONDS
#define BOX_SECONDS (INT64_C(60) * MINUTE_SECONDS) /* as long as its page says something */

/* What was chosen so far. */
struct box {
    uint8_t key[SUBSCRIBE_KEY_BYTES]; /* of the wish for a code */
    int64_t made_at_milliseconds;
    int32_t place;
    int32_t is_done; /* the code was right */
    char phone[PHONE_BYTES];
};
enum { BOX_TEXT_BYTES = 2 * (sizeof(struct box) + 64) + 1 };

/* Whether this installation has the keys for it: an older one may not. */
static bool is_open(const struct request *request)
{
    const struct secrets *secrets = &request->app->secrets;

    return secrets->has[SECRET_SUBSCRIBE] && secrets->has[SECRET_LOOKUP] && secrets->has[SECRET_STAFF_PUBLIC];
}

bool subscribe_is_open(const struct request *request) { return is_open(request); }

/* ---- the box */

static struct key box_key(const struct request *request)
{
    const struct hash hash = crypto_keyed_hash(&request->app->secrets.key[SECRET_FORM], "subscribe box", NULL, 0);
    struct key key;

    memcpy(key.bytes, hash.bytes, KEY_BYTES);
    return key;
}

static const char *box_text(struct request *request, const struct box *box)
{
    const struct key key = box_key(request);
    const size_t length = crypto_boxed_bytes(sizeof *box);
    uint8_t *boxed = arena_take(request->arena, length);
    char *text = arena_take(request->arena, 2 * length + 1);

    crypto_enbox(&key, (const uint8_t *)box, sizeof *box, boxed);
    text_format_hex(boxed, length, text);
    return text;
}

/* False for what this program did not make, and for what is too old. */
static bool box_open(struct request *request, const char *text, struct box *box)
{
    const struct key key = box_key(request);
    const size_t length = crypto_boxed_bytes(sizeof *box);
    uint8_t *boxed = arena_take(request->arena, length);

    if (text == NULL || strlen(text) != 2 * length || !text_parse_hex(text, boxed, length) ||
        !crypto_unbox(&key, boxed, length, (uint8_t *)box))
        return false;
    box->phone[PHONE_BYTES - 1] = '\0';
    const int64_t age = request->now.milliseconds - box->made_at_milliseconds;
    return age >= 0 && age <= BOX_SECONDS * 1000;
}

/* ---- place and number */

static const struct input_rule place_rules[] = {
    {"q", INPUT_LINE, false, AREA_CHARACTERS_LEAST, QUESTION_MOST, "outage.error.question", NULL},
    {"place", INPUT_NUMBER, false, 1, INT32_MAX, "outage.error.question", NULL},
};
static const struct input_rule number_rules[] = {
    {"place", INPUT_NUMBER, true, 1, INT32_MAX, "outage.error.question", NULL},
    {"phone", INPUT_DIGITS, true, 5, 30, "subscribe.error.phone", NULL},
};

static void show_found(struct view *page, const struct request *request, const char *question)
{
    const struct catalog *catalog = &program_of(request)->catalog;
    const struct area_asked asked = area_ask(catalog, question);

    view_text(page, "question", question);
    for (size_t i = 0; i < asked.place_count; i++) {
        struct view *row = view_row(page, "Places", i);
        view_number(row, "id", asked.places[i].v);
        view_text(row, "name", outage_place_name(request, asked.places[i]));
    }
}

static enum status show_place(struct request *request, struct response *response, struct inputs *inputs, int code)
{
    const int64_t id = inputs_number(inputs, "place", 0);
    const struct place *place = id == 0 ? NULL : catalog_place(&program_of(request)->catalog, (struct place_id){(int32_t)id});
    struct view *page = page_begin(request, "outage/subscribe");

    view_words(page, "Page.title", "subscribe.title");
    inputs_show(inputs, page);
    if (place != NULL) {
        view_number(page, "Place.id", place->id.v);
        view_text(page, "Place.name", place->name);
        view_number(page, "days", request->app->settings.subscription_days);
    } else if (request->method == METHOD_GET && inputs_text(inputs, "q")[0] != '\0' && inputs->error_count == 0) {
        show_found(page, request, inputs_text(inputs, "q"));
    }
    return page_end(page, response, code);
}

enum status subscribe_get_place(struct request *request, struct response *response)
{
    struct inputs inputs;
    const enum status status = inputs_read(request, place_rules, 2, &inputs);

    if (status != STATUS_OK || !is_open(request))
        return status != STATUS_OK ? status : STATUS_ABSENT;
    return show_place(request, response, &inputs, inputs.error_count > 0 ? 422 : 200);
}

/* Whether so many codes were asked for, and counts this one. Nobody's phone can be made to ring all night. */
static enum status take_turn(struct request *request, const struct hash *phone_hash, bool *is_too_often)
{
    struct db *db = program_of(request)->db;
    const struct hash address = request_address_hash(request);
    const struct instant since = instant_add_seconds(request->now, -CODES_WINDOW_SECONDS);
    int64_t of_number = 0, of_address = 0;
    enum status status =
        guess_store_count(db, GUESS_CODES_BY_NUMBER, phone_hash, since, request->arena, &of_number, &request->fault);

    if (status == STATUS_OK)
        status = guess_store_count(db, GUESS_CODES_BY_ADDRESS, &address, since, request->arena, &of_address, &request->fault);
    *is_too_often = of_number >= CODES_PER_NUMBER || of_address >= CODES_PER_ADDRESS;
    if (status == STATUS_OK && !*is_too_often)
        status = guess_store_add(db, GUESS_CODES_BY_NUMBER, phone_hash, request->now, &request->fault);
    if (status == STATUS_OK && !*is_too_often)
        status = guess_store_add(db, GUESS_CODES_BY_ADDRESS, &address, request->now, &request->fault);
    return status;
}

static struct subscribe_input input_of(struct request *request, enum subscribe_kind kind, const struct box *box)
{
    const struct secrets *secrets = &request->app->secrets;
    struct subscribe_input input = {
        .kind = kind,
        .place = {box->place},
        .phone_hash = person_lookup_hash(secrets, "phone", box->phone),
        .key_id = secrets->staff_key_id,
        .phone_sealed = person_seal_text(box->phone, secrets, request->arena),
    };
    const uint8_t which = (uint8_t)kind;
    const struct bytes pieces[] = {{box->key, SUBSCRIBE_KEY_BYTES}, {&which, 1}};
    const struct hash hash = crypto_hash_pieces(pieces, 2);

    memcpy(input.key, kind == SUBSCRIBE_CODE ? box->key : hash.bytes, SUBSCRIBE_KEY_BYTES);
    return input;
}

/* The wish, once: a double click asks for one code, and goes on with it. */
static enum status ask_for_code(struct request *request, struct response *response, struct inputs *inputs, const struct box *box)
{
    const struct subscribe_input input = input_of(request, SUBSCRIBE_CODE, box);
    bool is_too_often = false;
    enum status status = take_turn(request, &input.phone_hash, &is_too_often);

    if (status == STATUS_OK && is_too_often) {
        inputs_error(inputs, "phone", "subscribe.error.often");
        return show_place(request, response, inputs, 429);
    }
    if (status == STATUS_OK)
        status = subscription_store_add(program_of(request)->db, &input, request->now, &request->fault);
    if (status == STATUS_DUPLICATE)
        fault_reset(&request->fault);
    else if (status != STATUS_OK)
        return status;
    return response_redirect(request, response, "/outage/subscribe/%s", box_text(request, box));
}

enum status subscribe_post_place(struct request *request, struct response *response)
{
    struct box box = {.made_at_milliseconds = request->now.milliseconds};
    struct inputs inputs;
    enum status status = inputs_read(request, number_rules, 2, &inputs);

    if (status != STATUS_OK || !is_open(request))
        return status != STATUS_OK ? status : STATUS_ABSENT;
    if (!request_key(request, box.key))
        return STATUS_INVALID;
    box.place = (int32_t)inputs_number(&inputs, "place", 0);
    if (catalog_place(&program_of(request)->catalog, (struct place_id){box.place}) == NULL)
        return STATUS_ABSENT;
    if (inputs_find(&inputs, "phone")->error == NULL &&
        (!phone_parse(inputs_text(&inputs, "phone"), box.phone) || !phone_takes_sms(box.phone)))
        inputs_error(&inputs, "phone", "subscribe.error.phone");
    return inputs.error_count > 0 ? show_place(request, response, &inputs, 422) : ask_for_code(request, response, &inputs, &box);
}

/* ---- the code */

static const struct input_rule code_rules[] = {{"code", INPUT_DIGITS, true, 6, 12, "subscribe.error.code", NULL}};

static enum status show_code(struct request *request, struct response *response, const struct box *box, struct inputs *inputs, int code)
{
    struct view *page = page_begin(request, "outage/subscribe_code");
    char masked[MASKED_BYTES];

    phone_mask(box->phone, masked);
    view_words(page, "Page.title", "subscribe.title");
    view_text(page, "Box.text", request->part[0]);
    view_text(page, "Box.phone", masked);
    view_text(page, "Box.place", outage_place_name(request, (struct place_id){box->place}));
    view_number(page, "Box.place_id", box->place);
    view_flag(page, "is_done", box->is_done != 0);
    view_instant(page, "until", instant_add_seconds((struct instant){box->made_at_milliseconds},
                                                    (int64_t)request->app->settings.subscription_days * DAY_SECONDS));
    if (inputs != NULL)
        inputs_show(inputs, page);
    return page_end(page, response, code);
}

/* The page of a box that says nothing any more: back to the beginning. */
static enum status start_again(struct request *request, struct response *response)
{
    return response_redirect(request, response, "/outage/subscribe");
}

enum status subscribe_get_code(struct request *request, struct response *response)
{
    struct inputs inputs;
    struct box box;
    const enum status status = inputs_read(request, NULL, 0, &inputs);

    if (status != STATUS_OK || !is_open(request))
        return status != STATUS_OK ? status : STATUS_ABSENT;
    return box_open(request, request->part[0], &box) ? show_code(request, response, &box, NULL, 200) : start_again(request, response);
}

static enum status confirm(struct request *request, struct response *response, struct box *box)
{
    const struct subscribe_input input = input_of(request, SUBSCRIBE_CONFIRM, box);
    const enum status status = subscription_store_add(program_of(request)->db, &input, request->now, &request->fault);

    if (status == STATUS_DUPLICATE)
        fault_reset(&request->fault);
    else if (status != STATUS_OK)
        return status;
    box->is_done = 1;
    return response_redirect(request, response, "/outage/subscribe/%s", box_text(request, box));
}

/* Wrong codes are counted by the wish that they are typed for; behind the fifth, none is right any more. */
static enum status check_code(struct request *request, const struct box *box, const char *typed, bool *is_right, bool *is_over)
{
    struct db *db = program_of(request)->db;
    const struct instant made_at = {box->made_at_milliseconds};
    const struct bytes piece = {box->key, SUBSCRIBE_KEY_BYTES};
    const struct hash who = crypto_hash_pieces(&piece, 1);
    const struct hash phone_hash = person_lookup_hash(&request->app->secrets, "phone", box->phone);
    char wanted[SUBSCRIBE_CODE_BYTES];
    int64_t wrong = 0;
    const enum status status = guess_store_count(db, GUESS_WRONG_CODE, &who, made_at, request->arena, &wrong, &request->fault);

    subscribe_code_format(&request->app->secrets.key[SECRET_SUBSCRIBE], box->key, &phone_hash, (struct place_id){box->place}, wanted);
    *is_over = wrong >= WRONG_CODES_MOST || instant_milliseconds_between(made_at, request->now) > SMS_CODE_SECONDS * 1000;
    *is_right = !*is_over && strlen(typed) == SUBSCRIBE_CODE_BYTES - 1 && crypto_is_equal(typed, wanted, SUBSCRIBE_CODE_BYTES - 1);
    if (status != STATUS_OK || *is_right || *is_over)
        return status;
    return guess_store_add(db, GUESS_WRONG_CODE, &who, request->now, &request->fault);
}

enum status subscribe_post_code(struct request *request, struct response *response)
{
    struct inputs inputs;
    struct box box;
    bool is_right = false, is_over = false;
    enum status status = inputs_read(request, code_rules, 1, &inputs);

    if (status != STATUS_OK || !is_open(request))
        return status != STATUS_OK ? status : STATUS_ABSENT;
    if (!box_open(request, request->part[0], &box))
        return start_again(request, response);
    if (box.is_done != 0)
        return show_code(request, response, &box, NULL, 200);
    if (inputs.error_count == 0)
        status = check_code(request, &box, inputs_text(&inputs, "code"), &is_right, &is_over);
    if (status != STATUS_OK)
        return status;
    if (is_right)
        return confirm(request, response, &box);
    if (inputs.error_count == 0)
        inputs_error(&inputs, "code", is_over ? "subscribe.error.over" : "subscribe.error.wrong");
    return show_code(request, response, &box, &inputs, is_over ? 429 : 422);
}

/* ---- the end */

static const struct input_rule stop_rules[] = {{"all", INPUT_FLAG, false, 0, 1, "subscribe.error.code", NULL}};

/* A page with one button, so that a preview of the message ends nothing. */
static enum status show_stop(struct request *request, struct response *response, int64_t subscription, bool is_done)
{
    struct place_id place = {0};
    enum status status = is_done ? STATUS_ABSENT : subscription_store_place(program_of(request)->db, subscription, &place, &request->fault);

    if (status != STATUS_OK && status != STATUS_ABSENT)
        return status;
    struct view *page = page_begin(request, "outage/stop");
    view_words(page, "Page.title", "subscribe.stop.title");
    view_text(page, "Link.text", request->part[0]);
    view_flag(page, "is_ended", status == STATUS_ABSENT);
    view_text(page, "Place.name", outage_place_name(request, place));
    fault_reset(&request->fault);
    return page_end(page, response, 200);
}

enum status subscribe_get_stop(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {{"done", INPUT_FLAG, false, 0, 1, "subscribe.error.code", NULL}};
    struct inputs inputs;
    int64_t subscription;
    const enum status status = inputs_read(request, rules, 1, &inputs);

    if (status != STATUS_OK)
        return status;
    if (!is_open(request) || !stop_link_parse(&request->app->secrets.key[SECRET_SUBSCRIBE], request->part[0], &subscription))
        return STATUS_ABSENT;
    return show_stop(request, response, subscription, inputs_find(&inputs, "done")->is_set);
}

enum status subscribe_post_stop(struct request *request, struct response *response)
{
    struct subscribe_input input = {.kind = SUBSCRIBE_STOP};
    struct inputs inputs;
    enum status status = inputs_read(request, stop_rules, 1, &inputs);

    if (status != STATUS_OK)
        return status;
    if (!is_open(request) || !stop_link_parse(&request->app->secrets.key[SECRET_SUBSCRIBE], request->part[0], &input.subscription))
        return STATUS_ABSENT;
    if (inputs_find(&inputs, "all")->is_set)
        input.kind = SUBSCRIBE_STOP_ALL;
    const char *said = arena_format(request->arena, "stop %d %" PRId64, (int)input.kind, input.subscription);
    const struct bytes piece = {(const uint8_t *)said, strlen(said)};
    const struct hash hash = crypto_hash_pieces(&piece, 1);
    memcpy(input.key, hash.bytes, SUBSCRIBE_KEY_BYTES);
    status = subscription_store_add(program_of(request)->db, &input, request->now, &request->fault);
    if (status == STATUS_DUPLICATE)
        fault_reset(&request->fault);
    else if (status != STATUS_OK)
        return status;
    return response_redirect(request, response, "/outage/stop/%s?done=1", request->part[0]);
}
