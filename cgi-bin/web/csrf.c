#include "web/csrf.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "web/app.h"

#define HOUR_MILLISECONDS INT64_C(3600000)

/* --- origin ------------------------------------------------------------------------------------------------------- */

static bool is_given(const char *value) { return value != NULL && *value != '\0'; }

/* Whether a URL lies on this host. The scheme does not count: a proxy in front may have taken the encryption off. */
static bool is_on_host(const char *url, const char *host)
{
    const char *rest = strstr(url, "://");
    if (rest == NULL || !is_given(host))
        return false;
    rest += 3;
    size_t length = strcspn(rest, "/?#");
    return length == strlen(host) && strncasecmp(rest, host, length) == 0;
}

static bool is_below(const char *url, const char *base_url)
{
    size_t length = strlen(base_url);
    return strncasecmp(url, base_url, length) == 0 && (url[length] == '\0' || url[length] == '/');
}

static bool is_ours(const char *url, const char *host, const char *base_url)
{
    return is_on_host(url, host) || is_below(url, base_url);
}

enum origin csrf_origin(const char *fetch_site, const char *origin, const char *referrer, const char *host,
                        const char *base_url)
{
    if (is_given(fetch_site))
        return text_is_equal(fetch_site, "same-origin") || text_is_equal(fetch_site, "none") ? ORIGIN_OURS
                                                                                              : ORIGIN_FOREIGN;
    if (is_given(origin) && !text_is_equal(origin, "null"))
        return is_ours(origin, host, base_url) ? ORIGIN_OURS : ORIGIN_FOREIGN;
    if (is_given(referrer))
        return is_ours(referrer, host, base_url) ? ORIGIN_OURS : ORIGIN_FOREIGN;
    return ORIGIN_UNKNOWN;
}

/* --- token -------------------------------------------------------------------------------------------------------- */

static int64_t hour_of(struct instant at) { return at.milliseconds / HOUR_MILLISECONDS; }

/* The token of an hour: "HOUR.MAC". */
static void format_token(const struct request *request, int64_t hour, char *buffer)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%lld", (long long)hour);
    struct bytes pieces[3] = {
        {request->visitor.bytes, sizeof request->visitor.bytes},
        {request->session_hash.bytes, sizeof request->session_hash.bytes},
        {(const uint8_t *)digits, (size_t)length},
    };
    struct hash mac = crypto_keyed_hash(&request->app->secrets.key[SECRET_FORM], "form", pieces, 3);
    char hex[2 * HASH_BYTES + 1];
    text_format_hex(mac.bytes, sizeof mac.bytes, hex);
    struct text text;
    text_init(&text, buffer, REQUEST_TOKEN_BYTES);
    text_add(&text, digits);
    text_add(&text, ".");
    text_add(&text, hex);
}

void request_form_token(const struct request *request, char *buffer)
{
    format_token(request, hour_of(request->now), buffer);
}

bool csrf_token_is_valid(const struct request *request, const char *token)
{
    const char *dot = strchr(token, '.');
    if (request->is_new_visitor || dot == NULL || dot - token > 15)
        return false;
    char digits[16];
    struct text text;
    text_init(&text, digits, sizeof digits);
    text_add_bytes(&text, token, (size_t)(dot - token));
    int64_t hour = 0;
    int64_t now = hour_of(request->now);
    /* One hour ahead is another host's clock. */
    if (!text_parse_integer(digits, 0, now + 1, &hour) || hour < now - request->app->settings.draft_hours)
        return false;
    char wanted[REQUEST_TOKEN_BYTES];
    format_token(request, hour, wanted);
    size_t length = strlen(wanted);
    return strlen(token) == length && crypto_is_equal(token, wanted, length);
}
