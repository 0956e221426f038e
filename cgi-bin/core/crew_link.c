#include "core/crew_link.h"

#include <assert.h>
#include <string.h>

/* Ticket 5 bytes, assignment 1, person 3, end 3, and 12 of the MAC: 24 bytes are 32 characters without a remainder. */
enum { TICKET_AT = 0, DISPATCH_AT = 5, STAFF_AT = 6, END_AT = 9, MAC_AT = 12, MAC_BYTES = 12, RAW_BYTES = MAC_AT + MAC_BYTES };
#define STEP_MS INT64_C(300000)

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

_Static_assert(RAW_BYTES / 3 * 4 == CREW_LINK_BYTES - 1, "three bytes are four characters");

static void put_number(uint8_t *bytes, int count, int64_t value)
{
    assert(value >= 0 && value < INT64_C(1) << (8 * count));
    for (int i = count - 1; i >= 0; i--) {
        bytes[i] = (uint8_t)(value & 0xFF);
        value >>= 8;
    }
}

static int64_t get_number(const uint8_t *bytes, int count)
{
    int64_t value = 0;

    for (int i = 0; i < count; i++)
        value = value << 8 | bytes[i];
    return value;
}

static struct hash mac_of(const struct key *key, const uint8_t raw[RAW_BYTES])
{
    const struct bytes piece = {raw, MAC_AT};

    return crypto_keyed_hash(key, "crew-link", &piece, 1);
}

void crew_link_format(const struct key *key, const struct crew_link *link, char *text)
{
    uint8_t raw[RAW_BYTES];

    put_number(raw + TICKET_AT, DISPATCH_AT - TICKET_AT, link->ticket.v);
    put_number(raw + DISPATCH_AT, STAFF_AT - DISPATCH_AT, link->dispatch_no);
    put_number(raw + STAFF_AT, END_AT - STAFF_AT, link->staff.v);
    put_number(raw + END_AT, MAC_AT - END_AT, (link->expires_at.milliseconds + STEP_MS - 1) / STEP_MS);
    const struct hash mac = mac_of(key, raw);
    memcpy(raw + MAC_AT, mac.bytes, MAC_BYTES);
    for (int i = 0; i < RAW_BYTES / 3; i++) {
        const int64_t three = get_number(raw + 3 * i, 3);
        for (int j = 0; j < 4; j++)
            text[4 * i + j] = digits[three >> (18 - 6 * j) & 63];
    }
    text[CREW_LINK_BYTES - 1] = '\0';
}

bool crew_link_parse(const struct key *key, const char *text, struct crew_link *link)
{
    uint8_t raw[RAW_BYTES];

    if (strlen(text) != CREW_LINK_BYTES - 1 || strspn(text, digits) != CREW_LINK_BYTES - 1)
        return false;
    for (int i = 0; i < RAW_BYTES / 3; i++) {
        int64_t three = 0;
        for (int j = 0; j < 4; j++)
            three = three << 6 | (strchr(digits, text[4 * i + j]) - digits);
        put_number(raw + 3 * i, 3, three);
    }
    const struct hash mac = mac_of(key, raw);
    if (!crypto_is_equal(mac.bytes, raw + MAC_AT, MAC_BYTES))
        return false;
    *link = (struct crew_link){
        .ticket = {get_number(raw + TICKET_AT, DISPATCH_AT - TICKET_AT)},
        .dispatch_no = (int)get_number(raw + DISPATCH_AT, STAFF_AT - DISPATCH_AT),
        .staff = {(int32_t)get_number(raw + STAFF_AT, END_AT - STAFF_AT)},
        .expires_at = {get_number(raw + END_AT, MAC_AT - END_AT) * STEP_MS},
    };
    return true;
}
