#include "web/effort.h"

#include <string.h>

#include "web/app.h"

#define TOKEN_BYTES 96
#define ANSWER_BYTES_MAX 20

/* "MILLISECONDS.MAC" over visitor, purpose and moment. */
static void format_token(const struct request *request, const char *purpose, int64_t milliseconds, char *token)
{
    char digits[24], hex[2 * HASH_BYTES + 1];
    struct text text;

    text_init(&text, digits, sizeof digits);
    text_add_number(&text, milliseconds, 1);
    const struct bytes pieces[] = {
        {request->visitor.bytes, sizeof request->visitor.bytes},
        {(const uint8_t *)purpose, strlen(purpose)},
        {(const uint8_t *)digits, text.length_bytes},
    };
    const struct hash mac = crypto_keyed_hash(&request->app->secrets.key[SECRET_FORM], "effort", pieces, 3);
    text_format_hex(mac.bytes, 16, hex);
    text_init(&text, token, TOKEN_BYTES);
    text_add_format(&text, "%s.%s", digits, hex);
}

/* Whether the token is ours, for this visitor and purpose, and not too old; then when it was made. */
static bool read_token(const struct request *request, const char *purpose, const char *token, int64_t *milliseconds)
{
    char wanted[TOKEN_BYTES];
    const char *dot = strchr(token, '.');
    const int64_t now = request->now.milliseconds;

    if (dot == NULL || dot - token > 19 || request->is_new_visitor)
        return false;
    const char *digits = arena_copy(request->arena, token, (size_t)(dot - token));
    if (!text_parse_integer(digits, 0, now, milliseconds) ||
        now - *milliseconds > INT64_C(1000) * EFFORT_VALID_SECONDS)
        return false;
    format_token(request, purpose, *milliseconds, wanted);
    return strlen(token) == strlen(wanted) && crypto_is_equal(token, wanted, strlen(wanted));
}

static bool is_answer(const struct request *request, const char *token, const char *answer)
{
    if (*answer == '\0' || strlen(answer) > ANSWER_BYTES_MAX || strspn(answer, "0123456789") != strlen(answer))
        return false;
    const char *text = arena_format(request->arena, "%s:%s", token, answer);
    uint8_t digest[CRYPTO_SHA256_BYTES];
    crypto_sha256(text, strlen(text), digest);
    return (digest[0] | (digest[1] & 0xFCU)) == 0; /* EFFORT_BITS */
}

_Static_assert(EFFORT_BITS == 14, "is_answer looks at eight bits and six more");

enum effort effort_check(const struct request *request, const char *purpose)
{
    const char *token = request_value(request, "effort");
    int64_t made;

    if (!read_token(request, purpose, token, &made))
        return EFFORT_NONE;
    if (request->now.milliseconds - made >= INT64_C(1000) * EFFORT_WAIT_SECONDS ||
        is_answer(request, token, request_value(request, "effort_answer")))
        return EFFORT_DONE;
    return EFFORT_EARLY;
}

void effort_ask(struct view *view, const struct request *request, const char *purpose)
{
    char token[TOKEN_BYTES];
    int64_t made = request->now.milliseconds;

    if (effort_check(request, purpose) == EFFORT_EARLY && !read_token(request, purpose, request_value(request, "effort"), &made))
        made = request->now.milliseconds;
    format_token(request, purpose, made, token);
    view_text(view, "Effort.token", token);
    view_number(view, "Effort.bits", EFFORT_BITS);
    view_number(view, "Effort.seconds", EFFORT_WAIT_SECONDS);
}

struct hash effort_mark(const struct request *request)
{
    const char *token = request_value(request, "effort");
    const struct bytes piece = {(const uint8_t *)token, strlen(token)};

    return crypto_keyed_hash(&request->app->secrets.key[SECRET_FORM], "effort used", &piece, 1);
}
