/* Opening the office's key with a passphrase, and what is left of it in a request (Art. 5). */
#include <string.h>

#include "base/log.h"
#include "base/password.h"
#include "base/random.h"
#include "discipline/discipline.h"
#include "store/public_store.h"
#include "store/staff_store.h"

#define HALF_COOKIE "sn_discipline"
#define RETRY_AFTER_SECONDS "900"

enum { GUESS_PASSPHRASE = 7 };

struct discipline *discipline_of(const struct request *request) { return request->context; }

const char *discipline_words(const struct request *request, const char *prefix, const char *name)
{
    return words_find(request->language, arena_format(request->arena, "%s.%s", prefix, name));
}

const char *discipline_words_number(const struct request *request, const char *prefix, int64_t number)
{
    return words_find(request->language, arena_format(request->arena, "%s.%lld", prefix, (long long)number));
}

enum status discipline_record(struct request *request, const char *what, const char *detail)
{
    return audit_store_add(discipline_of(request)->db, request->actor.staff, what, SUBJECT_NONE, 0, detail, request->now,
                           &request->fault);
}

/* ---- the key */

/* The settings name the key: one that somebody put into the database is not used. */
static bool is_pinned(const struct request *request, const struct key *public_key)
{
    struct key pinned;

    return text_parse_hex(request->app->settings.discipline_key, pinned.bytes, KEY_BYTES) &&
           crypto_is_equal(pinned.bytes, public_key->bytes, KEY_BYTES);
}

enum status discipline_look_at_key(struct request *request, struct discipline_key *key, enum key_state *state)
{
    struct db *db = discipline_of(request)->db;
    struct wrapped_key wrapped;
    enum status status = discipline_store_key(db, request->arena, key, &request->fault);

    *state = status == STATUS_ABSENT ? KEY_NONE : KEY_READY;
    if (status == STATUS_ABSENT) {
        fault_reset(&request->fault);
        return STATUS_OK;
    }
    if (status == STATUS_OK && !is_pinned(request, &key->public_key)) {
        *state = KEY_OTHER;
        return STATUS_OK;
    }
    if (status == STATUS_OK)
        status = discipline_store_wrapped(db, key, request->actor.staff, request->arena, &wrapped, &request->fault);
    if (status != STATUS_ABSENT)
        return status;
    fault_reset(&request->fault);
    *state = KEY_NOT_OFFICER;
    return STATUS_OK;
}

static bool find_half(const struct request *request, struct key *half)
{
    const char *cookie = cookie_find(request->arena, request->cookies, HALF_COOKIE);

    return cookie != NULL && text_parse_hex(cookie, half->bytes, KEY_BYTES);
}

enum status discipline_resume(struct request *request, struct discipline_opened *opened)
{
    const struct settings *settings = &request->app->settings;
    struct db *db = discipline_of(request)->db;
    const struct instant idle_since = instant_add_seconds(request->now, -(int64_t)settings->discipline_idle_minutes * MINUTE_SECONDS);
    struct key half;

    memset(opened, 0, sizeof *opened);
    enum status status = discipline_store_purge(db, idle_since, &request->fault);
    if (status != STATUS_OK)
        return status;
    if (!find_half(request, &half))
        return STATUS_ABSENT;
    status = discipline_store_resume(db, &request->session_hash, request->actor.staff, &half, request->now,
                                     settings->discipline_idle_minutes, request->arena, opened, &request->fault);
    crypto_wipe(&half, sizeof half);
    if (status == STATUS_OK && !is_pinned(request, &opened->public_key))
        status = STATUS_ABSENT;
    if (status != STATUS_OK)
        discipline_forget(opened);
    return status;
}

void discipline_forget(struct discipline_opened *opened) { crypto_wipe(opened, sizeof *opened); }

/* ---- judging a passphrase */

struct tries {
    struct hash here[2], officer[2]; /* tried, and given back */
};
enum { TRIED, GIVEN_BACK };

static struct hash counted(const struct request *request, const char *purpose, bool is_here)
{
    const struct bytes pieces[] = {{(const uint8_t *)request->actor.login, strlen(request->actor.login)},
                                   {request->session_hash.bytes, HASH_BYTES}};

    return crypto_keyed_hash(&request->app->secrets.key[SECRET_FORM], purpose, pieces, is_here ? 2 : 1);
}

static void tries_init(struct tries *tries, const struct request *request)
{
    tries->here[TRIED] = counted(request, "passphrase-here", true);
    tries->here[GIVEN_BACK] = counted(request, "passphrase-here-back", true);
    tries->officer[TRIED] = counted(request, "passphrase", false);
    tries->officer[GIVEN_BACK] = counted(request, "passphrase-back", false);
}

static enum status add_try(struct request *request, const struct tries *tries, int side)
{
    struct db *db = discipline_of(request)->db;
    const enum status status = guess_store_add(db, GUESS_PASSPHRASE, &tries->here[side], request->now, &request->fault);

    return status == STATUS_OK
               ? guess_store_add(db, GUESS_PASSPHRASE, &tries->officer[side], request->now, &request->fault)
               : status;
}

/*
 * Five in a quarter of an hour in one session, thirty over all sessions of this one officer; whoever signs in anew begins anew. Others
 * of the office are never slowed by it. own: 1 when this try is counted already
 */
static enum status is_over(struct request *request, const struct tries *tries, int own, bool *over)
{
    const struct {
        const struct hash *who;
        int most;
    } bounds[] = {{tries->here, 5}, {tries->officer, 30}};
    const struct instant since = instant_add_seconds(request->now, -15 * MINUTE_SECONDS);
    struct db *db = discipline_of(request)->db;

    *over = false;
    for (size_t i = 0; i < sizeof bounds / sizeof bounds[0] && !*over; i++) {
        int64_t tried = 0, back = 0;
        enum status status = guess_store_count(db, GUESS_PASSPHRASE, &bounds[i].who[TRIED], since, request->arena, &tried,
                                               &request->fault);
        if (status == STATUS_OK)
            status = guess_store_count(db, GUESS_PASSPHRASE, &bounds[i].who[GIVEN_BACK], since, request->arena, &back,
                                       &request->fault);
        if (status != STATUS_OK)
            return status;
        *over = tried - back - own >= bounds[i].most;
    }
    return STATUS_OK;
}

/* Counts the try before it is made, so that parallel ones cannot slip through. */
static enum status charge(struct request *request, const struct tries *tries, bool *is_waiting)
{
    enum status status = is_over(request, tries, 0, is_waiting);

    if (status != STATUS_OK || *is_waiting)
        return status;
    status = add_try(request, tries, TRIED);
    if (status == STATUS_OK)
        status = is_over(request, tries, 1, is_waiting);
    return status == STATUS_OK && *is_waiting ? add_try(request, tries, GIVEN_BACK) : status;
}

/* Behind the gate: a few at a time over all workers. */
static enum status try_passphrase(struct request *request, const struct discipline_key *key, const char *passphrase,
                                  struct key *private_key, enum judgement *judgement)
{
    struct discipline *discipline = discipline_of(request);
    struct wrapped_key wrapped;
    enum status status =
        discipline_store_wrapped(discipline->db, key, request->actor.staff, request->arena, &wrapped, &request->fault);

    if (status != STATUS_OK)
        return status == STATUS_ABSENT ? STATUS_REFUSED : status;
    status = gate_enter(&discipline->gate, &request->fault);
    if (status == STATUS_UNAVAILABLE) {
        fault_reset(&request->fault);
        *judgement = JUDGED_BUSY;
        return STATUS_OK;
    }
    if (status != STATUS_OK)
        return status;
    *judgement = discipline_unwrap(&wrapped, passphrase, &key->public_key, private_key) ? JUDGED_RIGHT : JUDGED_WRONG;
    gate_leave(&discipline->gate);
    return STATUS_OK;
}

enum status discipline_judge(struct request *request, const struct discipline_key *key, const char *passphrase,
                             struct key *private_key, enum judgement *judgement)
{
    struct tries tries;
    bool is_waiting;

    tries_init(&tries, request);
    enum status status = charge(request, &tries, &is_waiting);
    if (status != STATUS_OK)
        return status;
    if (is_waiting) {
        log_write(LOG_LEVEL_WARNING, "passphrase_slowed request=%s staff=%d", request->id, request->actor.staff.v);
        *judgement = JUDGED_WAIT;
        return STATUS_OK;
    }
    status = try_passphrase(request, key, passphrase, private_key, judgement);
    if (status != STATUS_OK)
        return status;
    if (*judgement != JUDGED_WRONG)
        return add_try(request, &tries, GIVEN_BACK);
    log_write(LOG_LEVEL_WARNING, "passphrase_wrong request=%s staff=%d", request->id, request->actor.staff.v);
    return discipline_record(request, "discipline_open_failed", "");
}

int discipline_explain(struct response *response, struct inputs *inputs, const char *field, enum judgement judgement)
{
    switch (judgement) {
    case JUDGED_RIGHT:
        return 0;
    case JUDGED_WRONG:
        inputs_error(inputs, field, "discipline.open.wrong");
        return 422;
    case JUDGED_WAIT:
        inputs_error(inputs, field, "discipline.open.wait");
        response_header(response, "Retry-After", RETRY_AFTER_SECONDS);
        return 429;
    case JUDGED_BUSY:
        inputs_error(inputs, field, "discipline.open.busy");
        response_header(response, "Retry-After", "5");
        return 503;
    }
    return 500;
}

/* ---- opening and closing */

static const char *state_name(enum key_state state)
{
    static const char *const names[] = {
        [KEY_READY] = "ready", [KEY_NONE] = "none", [KEY_OTHER] = "other", [KEY_NOT_OFFICER] = "not_officer"};

    return names[state];
}

/* where: hex of a case, or "". typed: what a form said when the key was found closed, or NULL */
static enum status show_open(struct request *request, struct response *response, struct inputs *inputs, const char *where,
                             const char *typed, int code)
{
    struct discipline_key key;
    enum key_state state;
    const enum status status = discipline_look_at_key(request, &key, &state);

    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "discipline/open");
    view_words(page, "Page.title", "discipline.open.title");
    view_flag(page, "is_ready", state == KEY_READY);
    if (state != KEY_READY)
        view_text(page, "hindrance", discipline_words(request, "discipline.key", state_name(state)));
    view_text(page, "where", where);
    view_text(page, "typed", typed);
    if (inputs != NULL)
        inputs_show(inputs, page);
    return page_end(page, response, code);
}

enum status discipline_ask(struct request *request, struct response *response, const struct hash *where, const char *typed)
{
    char hex[2 * HASH_BYTES + 1] = "";

    if (where != NULL)
        text_format_hex(where->bytes, HASH_BYTES, hex);
    if (request->method == METHOD_POST)
        return show_open(request, response, NULL, arena_copy_text(request->arena, hex), typed, 409);
    return response_redirect(request, response, "/staff/discipline/open%s%s", hex[0] != '\0' ? "?case=" : "", hex);
}

static const struct input_rule open_rules[] = {
    {"case", INPUT_LINE, false, 2 * HASH_BYTES, 2 * HASH_BYTES, "staff.error.choice", NULL},
    {"passphrase", INPUT_SECRET, true, 1, PASSWORD_MAX_CHARACTERS, "discipline.error.passphrase", "discipline.open.wrong"},
};

/* The case to go on to, as hex; "" without, and for what is none. */
static const char *where_of(struct inputs *inputs)
{
    const char *hex = inputs_text(inputs, "case");
    struct hash lookup;

    return text_parse_hex(hex, lookup.bytes, HASH_BYTES) ? hex : "";
}

static enum status go_on(struct request *request, struct response *response, const char *where)
{
    return where[0] != '\0' ? response_redirect(request, response, "/staff/discipline/case/%s", where)
                            : response_redirect(request, response, DISCIPLINE_HOME);
}

enum status discipline_get_open(struct request *request, struct response *response)
{
    struct discipline_opened opened;
    struct inputs inputs;
    enum status status = inputs_read(request, open_rules, 1, &inputs);

    if (status != STATUS_OK)
        return status;
    status = discipline_resume(request, &opened);
    discipline_forget(&opened);
    if (status == STATUS_OK)
        return go_on(request, response, where_of(&inputs));
    if (status != STATUS_ABSENT)
        return status;
    fault_reset(&request->fault);
    return show_open(request, response, NULL, where_of(&inputs), NULL, 200);
}

/* The private key goes into the row boxed; the other half goes to the browser, and is kept nowhere here. */
static enum status keep_open(struct request *request, struct response *response, const struct discipline_key *key,
                             const struct key *private_key)
{
    char hex[2 * KEY_BYTES + 1];
    struct key half;

    random_bytes(half.bytes, sizeof half.bytes);
    enum status status = discipline_store_open(discipline_of(request)->db, key, &request->session_hash, request->actor.staff,
                                               private_key, &half, request->now, &request->fault);
    if (status == STATUS_OK)
        status = discipline_record(request, "discipline_open", "");
    if (status == STATUS_OK) {
        text_format_hex(half.bytes, sizeof half.bytes, hex);
        response_cookie(request, response, HALF_COOKIE, arena_copy_text(request->arena, hex), DISCIPLINE_HOME, -1, true);
        crypto_wipe(hex, sizeof hex);
    }
    crypto_wipe(&half, sizeof half);
    return status;
}

enum status discipline_post_open(struct request *request, struct response *response)
{
    struct discipline_key key;
    struct key private_key;
    struct inputs inputs;
    enum key_state state;
    enum judgement judgement;
    enum status status = inputs_read(request, open_rules, 2, &inputs);

    if (status == STATUS_OK)
        status = discipline_look_at_key(request, &key, &state);
    if (status != STATUS_OK)
        return status;
    if (state != KEY_READY)
        return show_open(request, response, NULL, "", NULL, 403);
    if (inputs_find(&inputs, "passphrase")->error != NULL)
        return show_open(request, response, &inputs, where_of(&inputs), NULL, 422);
    status = discipline_judge(request, &key, inputs_text(&inputs, "passphrase"), &private_key, &judgement);
    if (status != STATUS_OK)
        return status;
    const int code = discipline_explain(response, &inputs, "passphrase", judgement);
    if (code != 0)
        return show_open(request, response, &inputs, where_of(&inputs), NULL, code);
    status = keep_open(request, response, &key, &private_key);
    crypto_wipe(&private_key, sizeof private_key);
    return status == STATUS_OK ? go_on(request, response, where_of(&inputs)) : status;
}

enum status discipline_post_shut(struct request *request, struct response *response)
{
    struct inputs inputs;
    enum status status = inputs_read(request, NULL, 0, &inputs);

    if (status == STATUS_OK)
        status = discipline_store_shut(discipline_of(request)->db, &request->session_hash, &request->fault);
    if (status != STATUS_OK)
        return status;
    response_cookie(request, response, HALF_COOKIE, "", DISCIPLINE_HOME, 0, true);
    response_header(response, "Clear-Site-Data", "\"cache\"");
    return response_redirect(request, response, "/staff/discipline/open");
}
