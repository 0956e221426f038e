/* What a resident adds to a report: words, a withdrawal, "not fixed", a rating. */
#include <string.h>

#include "complaint/filing.h"
#include "complaint/photos.h"
#include "core/workflow.h"
#include "store/photo_store.h"
#include "web/told.h"

/* ---- the page */

bool tell_may(const struct public_ticket *ticket, enum ticket_action action)
{
    return workflow_permits(action, ticket->state, ROLE_BIT(ROLE_RESIDENT), STANDING_NONE, NULL) == VERDICT_OK;
}

/* chosen: the action of the form that is shown again, or "" */
static void put_forms(struct view *view, struct request *request, const struct public_ticket *ticket,
                      const char *chosen)
{
    static const enum ticket_action told[] = {ACTION_ADD_WORDS, ACTION_SAY_NOT_FIXED, ACTION_WITHDRAW};
    bool may_rate = tell_may(ticket, ACTION_RATE) && !ticket->is_rated;
    size_t rows = 0;

    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++) {
        if (!tell_may(ticket, told[i]))
            continue;
        const char *name = ticket_action_name(told[i]);
        struct view *row = view_row(view, "Actions", rows++);
        view_text(row, "value", name);
        view_words(row, "label", arena_format(request->arena, "complaint.add.%s", name));
        view_flag(row, "is_checked", text_is_equal(name, chosen));
    }
    if (rows == 1)
        view_flag(view, "Actions.0.is_checked", true);
    view_flag(view, "May.tell", rows > 0);
    view_flag(view, "May.rate", may_rate);
    for (int i = 0; i < 5 && may_rate; i++) {
        struct view *row = view_row(view, "Ratings", (size_t)i);
        view_number(row, "value", 5 - i);
        view_words(row, "label", arena_format(request->arena, "complaint.rating.%d", 5 - i));
    }
}

bool tell_is_possible(const struct public_ticket *ticket)
{
    return tell_may(ticket, ACTION_ADD_WORDS) || tell_may(ticket, ACTION_WITHDRAW) || tell_may(ticket, ACTION_SAY_NOT_FIXED) ||
           (tell_may(ticket, ACTION_RATE) && !ticket->is_rated);
}

static enum status show_tell(struct request *request, struct response *response, const char *number,
                             struct inputs *inputs)
{
    struct public_ticket ticket;
    char text[NUMBER_TEXT_BYTES];
    enum status status =
        public_store_find(complaint_of(request)->db, number, request->arena, &ticket, &request->fault);

    if (status != STATUS_OK)
        return status;
    if (!tell_is_possible(&ticket))
        return response_redirect(request, response, "/complaint/progress/%s?refused=1", number);
    struct view *view = page_begin(request, "complaint/tell");
    number_format_text(number, text);
    view_words(view, "Page.title", "complaint.tell");
    view_text(view, "Ticket.number", number);
    view_text(view, "Ticket.number_text", text);
    view_number(view, "Ticket.version", ticket.version);
    put_forms(view, request, &ticket, inputs != NULL ? inputs_text(inputs, "action") : "");
    if (inputs != NULL)
        inputs_show(inputs, view);
    const struct photo_stand stand = photos_of_ticket(request, number);
    status = photos_put_form(request, view, &stand, true, inputs);
    return status == STATUS_OK ? complaint_end_form(request, view, response, inputs != NULL ? 422 : 200) : status;
}

enum status complaint_get_tell(struct request *request, struct response *response)
{
    char number[NUMBER_BYTES];

    if (!follow_take_number(request, number))
        return follow_ask_code(request, response);
    return show_tell(request, response, number, NULL);
}

/* ---- what was told */

static const struct input_rule rules[] = {
    {"action", INPUT_LINE, true, 1, 40, "error.action", NULL},
    {"version", INPUT_NUMBER, true, 0, 1000000, "error.action", NULL},
    {"words", INPUT_LINES, false, 0, WORDS_CHARACTERS_MAX, "error.words", "error.words_long"},
    {"rating", INPUT_NUMBER, false, 1, 5, "error.rating", NULL},
    PHOTO_FORM_RULES,
};
#define RULE_COUNT (sizeof rules / sizeof rules[0])

static enum ticket_action action_find(const char *name)
{
    static const enum ticket_action actions[] = {ACTION_ADD_WORDS, ACTION_WITHDRAW, ACTION_RATE, ACTION_SAY_NOT_FIXED};

    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++)
        if (text_is_equal(ticket_action_name(actions[i]), name))
            return actions[i];
    return ACTION_NONE;
}

/* Photos that this form brought count even when they are staged no more: its twin, by a double click, has sent them. */
static void check(struct inputs *inputs, enum ticket_action action, bool has_photos)
{
    const bool says_nothing = *inputs_text(inputs, "words") == '\0';

    if ((action == ACTION_ADD_WORDS && says_nothing && !has_photos) || (action == ACTION_SAY_NOT_FIXED && says_nothing))
        inputs_error(inputs, "words", "error.words_needed");
    if (action == ACTION_RATE && !inputs_find(inputs, "rating")->is_set)
        inputs_error(inputs, "rating", "error.rating");
}

/*
 * The same thing said twice on the same state of the ticket is one thing: a double click gives the same key. It is made of
 * what was said and shown, so that a page left open does not need a key of its own.
 */
static void input_key(const struct request *request, const struct resident_input *input, const char *number,
                      int64_t version, const struct hash *sent, uint8_t key[16])
{
    const char *facts = arena_format(request->arena, "%s %d %lld %lld", number, (int)input->action,
                                     (long long)input->value, (long long)version);
    struct bytes pieces[3] = {{(const uint8_t *)facts, strlen(facts)},
                              {(const uint8_t *)input->words, strlen(input->words)},
                              {sent->bytes, HASH_BYTES}};
    struct hash hash = crypto_keyed_hash(&request->visitor, "input", pieces, 3);

    memcpy(key, hash.bytes, 16);
}

/* What staff read: the words, and that there are photos beside them. */
static const char *told_words(const struct request *request, const char *words, int photo_count)
{
    const char *count = arena_format(request->arena, "%d", photo_count);
    const char *line = words_fill(request->arena, LANGUAGE_ZH, "photo.told", &count, 1);

    if (photo_count == 0)
        return words;
    return *words == '\0' ? line : arena_format(request->arena, "%s\n%s", words, line);
}

/* The photos of a form: how many are staged with it now, and a mark of those that it brought. */
struct told_photos {
    struct photo_stand stand;
    struct photos_sent sent;
    int count;
};

static enum status add(struct request *request, struct response *response, const char *number, struct inputs *inputs,
                       enum ticket_action action, const struct told_photos *photos)
{
    struct db *db = complaint_of(request)->db;
    struct public_ticket ticket;
    enum status status = public_store_find(db, number, request->arena, &ticket, &request->fault);

    if (status != STATUS_OK)
        return status;
    if (!tell_may(&ticket, action))
        return response_redirect(request, response, "/complaint/progress/%s?refused=1", number);
    if (ticket.photo_count + photos->count > PHOTOS_PER_TICKET)
        inputs_error(inputs, upload_field(0), "error.photo_full");
    else if (!told_has_room(request, ticket.number, ticket.version))
        inputs_error(inputs, action == ACTION_RATE ? "rating" : "words", "error.told_often");
    if (inputs->error_count > 0)
        return show_tell(request, response, number, inputs);
    struct resident_input input = {
        .ticket = ticket.id,
        .action = action,
        .value = action == ACTION_RATE ? inputs_number(inputs, "rating", 0) : 0,
        .words = inputs_text(inputs, "words"),
    };
    input_key(request, &input, number, inputs_number(inputs, "version", 0), &photos->sent.mark, input.key);
    if (action != ACTION_RATE && photos->count > 0) {
        input.words = told_words(request, input.words, photos->count);
        input.photo_token = &photos->stand.token;
    }
    status = public_store_add_input(db, &input, request->now, &request->fault);
    if (status == STATUS_DUPLICATE) { /* said already, and its photos came with it */
        fault_reset(&request->fault);
        status = photos_forget(request, &photos->stand.token);
    }
    if (status != STATUS_OK)
        return status;
    return response_redirect(request, response, "/complaint/progress/%s", number);
}

static enum status take_photos(struct request *request, const char *number, struct inputs *inputs,
                               struct told_photos *photos)
{
    *photos = (struct told_photos){.stand = photos_of_ticket(request, number)};
    const enum status status = photos_take(request, &photos->stand.token, inputs, &photos->sent);

    return status == STATUS_OK ? photos_count(request, &photos->stand.token, &photos->count) : status;
}

enum status complaint_post_tell(struct request *request, struct response *response)
{
    struct inputs *inputs = arena_take(request->arena, sizeof *inputs);
    struct told_photos photos;
    char number[NUMBER_BYTES];
    enum status status = inputs_read(request, rules, RULE_COUNT, inputs);

    if (status != STATUS_OK)
        return status;
    if (!follow_take_number(request, number))
        return follow_ask_code(request, response);
    enum ticket_action action = action_find(inputs_text(inputs, "action"));
    if (action == ACTION_NONE && *inputs_text(inputs, "action") != '\0')
        return STATUS_INVALID;
    status = take_photos(request, number, inputs, &photos);
    if (status != STATUS_OK)
        return status;
    check(inputs, action, photos.count > 0 || photos.sent.count > 0);
    if (inputs->error_count > 0)
        return show_tell(request, response, number, inputs);
    return add(request, response, number, inputs, action, &photos);
}
