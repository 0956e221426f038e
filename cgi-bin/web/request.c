#include "web/request.h"

#include <arpa/inet.h>
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/random.h"
#include "base/text.h"
#include "web/app.h"

const char *request_value(const struct request *request, const char *name)
{
    const struct form *form = request->method == METHOD_POST ? &request->body : &request->query;
    const struct form_item *item = form_find(form, name);
    return item == NULL ? "" : item->value;
}

const char *request_cookie(const struct request *request, const char *name)
{
    if (request->is_https && request->app->settings.base_path[0] == '\0')
        name = arena_format(request->arena, "__Host-%s", name);
    return cookie_find(request->arena, request->cookies, name);
}

/*
 * The part of an address that one customer of a network has to himself: all of an IPv4 address, the first half of an
 * IPv6 one. An address that cannot be read counts as the text it is.
 */
static struct bytes address_bytes(const char *address, uint8_t buffer[sizeof(struct in6_addr)])
{
    if (inet_pton(AF_INET, address, buffer) == 1)
        return (struct bytes){buffer, 4};
    if (inet_pton(AF_INET6, address, buffer) == 1)
        return (struct bytes){buffer, 8};
    return (struct bytes){(const uint8_t *)address, strlen(address)};
}

struct hash request_address_hash(const struct request *request)
{
    uint8_t buffer[sizeof(struct in6_addr)];
    struct bytes piece = address_bytes(request->remote_address, buffer);
    return crypto_keyed_hash(&request->app->secrets.key[SECRET_FORM], "address", &piece, 1);
}

void request_new_key(char *buffer)
{
    uint8_t key[16];
    random_bytes(key, sizeof key);
    text_format_hex(key, sizeof key, buffer);
}

/* What changes by itself between two sendings of one form, and files, which a form kept for sending again does not have. */
static bool is_said(const struct form_item *item)
{
    static const char *const others[] = {"token", "key", "lang", "elder", "effort", "effort_answer"};

    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (text_is_equal(item->name, others[i]))
            return false;
    return item->file_name == NULL;
}

/* Without the half of a line end that a form kept for sending again may have lost. */
static struct bytes without_returns(struct arena *arena, const char *value)
{
    char *copy = arena_copy_text(arena, value);
    size_t length = 0;

    for (; *value != '\0'; value++)
        if (*value != '\r')
            copy[length++] = *value;
    return (struct bytes){(const uint8_t *)copy, length};
}

bool request_key(const struct request *request, uint8_t key[16])
{
    struct hash said = {{0}};

    if (!text_parse_hex(request_value(request, "key"), key, 16))
        return false;
    memcpy(said.bytes, key, 16);
    for (size_t i = 0; i < request->body.count; i++) {
        const struct form_item *item = &request->body.items[i];
        if (!is_said(item))
            continue;
        const struct bytes pieces[] = {{said.bytes, HASH_BYTES},
                                       {(const uint8_t *)item->name, strlen(item->name)},
                                       without_returns(request->arena, item->value)};
        said = crypto_hash_pieces(pieces, 3);
    }
    memcpy(key, said.bytes, 16);
    return true;
}
