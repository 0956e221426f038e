#include "signin/tries.h"

#include <string.h>

#include "base/random.h"
#include "store/public_store.h"
#include "web/realm.h"

#define BROWSER_COOKIE "sn_known"
#define BROWSER_COOKIE_SECONDS (180 * DAY_SECONDS)
#define BROWSER_BYTES 16
#define BROWSER_HEX (2 * BROWSER_BYTES)
#define MAC_HEX (2 * HASH_BYTES)

enum { GUESS_ACCOUNT = 1, GUESS_ADDRESS = 2 };
enum { TRIED, GIVEN_BACK };

static struct bytes piece(const char *text) { return (struct bytes){(const uint8_t *)text, strlen(text)}; }

static struct hash keyed(const struct request *request, const char *purpose, const char *login, struct bytes more)
{
    const struct bytes pieces[] = {piece(login), more};

    /* Guesses from outside are counted apart: they cannot slow the sign-in at a desk. */
    return crypto_keyed_hash(&request->app->secrets.key[SECRET_FORM],
                             arena_format(request->arena, "%s%s", request->realm->purpose, purpose), pieces, 2);
}

/* The browser's own random number when its cookie was signed for this login. */
static bool known_browser(const struct request *request, const char *login, uint8_t browser[BROWSER_BYTES])
{
    const char *cookie = cookie_find(request->arena, request->cookies, BROWSER_COOKIE);
    struct hash claimed;

    if (cookie == NULL || strlen(cookie) != BROWSER_HEX + MAC_HEX)
        return false;
    const char *browser_hex = arena_copy(request->arena, cookie, BROWSER_HEX);
    if (!text_parse_hex(browser_hex, browser, BROWSER_BYTES) ||
        !text_parse_hex(cookie + BROWSER_HEX, claimed.bytes, HASH_BYTES))
        return false;
    const struct hash right = keyed(request, "known-browser", login, (struct bytes){browser, BROWSER_BYTES});
    return crypto_is_equal(right.bytes, claimed.bytes, HASH_BYTES);
}

void tries_remember(struct request *request, struct response *response, const char *login)
{
    uint8_t browser[BROWSER_BYTES];
    char value[BROWSER_HEX + MAC_HEX + 1];

    random_bytes(browser, sizeof browser);
    const struct hash mac = keyed(request, "known-browser", login, (struct bytes){browser, sizeof browser});
    text_format_hex(browser, sizeof browser, value);
    text_format_hex(mac.bytes, sizeof mac.bytes, value + BROWSER_HEX);
    response_cookie(request, response, BROWSER_COOKIE, arena_copy_text(request->arena, value), request->realm->signin,
                    BROWSER_COOKIE_SECONDS, true);
}

void tries_init(struct tries *tries, struct db *db, struct request *request, const char *login)
{
    const struct hash address = request_address_hash(request);
    const struct bytes address_bytes = {address.bytes, HASH_BYTES};
    uint8_t browser[BROWSER_BYTES];

    memset(tries, 0, sizeof *tries);
    tries->db = db;
    tries->request = request;
    tries->is_known_browser = known_browser(request, login, browser);
    const struct bytes from = tries->is_known_browser ? (struct bytes){browser, BROWSER_BYTES} : address_bytes;
    tries->pair[TRIED] = keyed(request, "signin-pair", login, from);
    tries->pair[GIVEN_BACK] = keyed(request, "signin-pair-back", login, from);
    tries->account[TRIED] = keyed(request, "signin-account", login, (struct bytes){NULL, 0});
    tries->account[GIVEN_BACK] = keyed(request, "signin-account-back", login, (struct bytes){NULL, 0});
    tries->address[TRIED] = keyed(request, "signin-address", "", address_bytes);
    tries->address[GIVEN_BACK] = keyed(request, "signin-address-back", "", address_bytes);
}

/* Tries of the last minutes that were not given back. */
static enum status count(const struct tries *tries, int what, const struct hash who[2], int minutes, int64_t *wrong)
{
    struct request *request = tries->request;
    const struct instant since = instant_add_seconds(request->now, -(int64_t)minutes * MINUTE_SECONDS);
    int64_t tried = 0, back = 0;
    enum status status =
        guess_store_count(tries->db, what, &who[TRIED], since, request->arena, &tried, &request->fault);

    if (status == STATUS_OK && tried > 0)
        status = guess_store_count(tries->db, what, &who[GIVEN_BACK], since, request->arena, &back, &request->fault);
    *wrong = tried - back;
    return status;
}

/* Whether more than the bounds allow were tried; `own`: 1 when this try is charged already. */
static enum status is_over(const struct tries *tries, int own, bool *over)
{
    const struct {
        int what;
        const struct hash *who;
        int minutes, most;
        bool is_for_all; /* else not for a known browser */
    } bounds[] = {
        {GUESS_ACCOUNT, tries->pair, 15, 5, true},
        {GUESS_ACCOUNT, tries->pair, 60, 12, true}, /* who goes on guessing waits longer */
        {GUESS_ACCOUNT, tries->account, 15, 50, false},
        {GUESS_ADDRESS, tries->address, 15, 50, false},
    };

    *over = false;
    for (size_t i = 0; i < sizeof bounds / sizeof bounds[0] && !*over; i++) {
        int64_t wrong;
        if (!bounds[i].is_for_all && tries->is_known_browser)
            continue;
        enum status status = count(tries, bounds[i].what, bounds[i].who, bounds[i].minutes, &wrong);
        if (status != STATUS_OK)
            return status;
        *over = wrong - own >= bounds[i].most;
    }
    return STATUS_OK;
}

static enum status add_all(struct tries *tries, int side)
{
    struct request *request = tries->request;
    enum status status =
        guess_store_add(tries->db, GUESS_ACCOUNT, &tries->pair[side], request->now, &request->fault);

    if (status == STATUS_OK)
        status = guess_store_add(tries->db, GUESS_ACCOUNT, &tries->account[side], request->now, &request->fault);
    if (status == STATUS_OK)
        status = guess_store_add(tries->db, GUESS_ADDRESS, &tries->address[side], request->now, &request->fault);
    return status;
}

enum status tries_charge(struct tries *tries, bool *is_waiting)
{
    enum status status = is_over(tries, 0, is_waiting); /* a flood costs reads only */

    if (status != STATUS_OK || *is_waiting)
        return status;
    status = add_all(tries, TRIED);
    if (status == STATUS_OK)
        status = is_over(tries, 1, is_waiting);
    return status == STATUS_OK && *is_waiting ? tries_forgive(tries) : status;
}

enum status tries_forgive(struct tries *tries) { return add_all(tries, GIVEN_BACK); }
