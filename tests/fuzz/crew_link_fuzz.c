/*
 * Strangers' links through core/crew_link: no bytes become a link that the key did not make, and what is made of any numbers reads
 * as the same.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "core/crew_link.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct key key = {{7}};
    struct crew_link link, read;
    char text[64], again[CREW_LINK_BYTES];

    if (size >= sizeof text)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    assert(!crew_link_parse(&key, text, &read)); /* 96 bits are not met by chance */
    if (size < 12)
        return 0;
    link = (struct crew_link){{(int64_t)data[0] << 32 | (int64_t)data[1] << 8 | data[2]}, data[3],
                              {data[4] << 16 | data[5]}, {((int64_t)data[6] << 16 | data[7]) * 300000}};
    crew_link_format(&key, &link, again);
    assert(crew_link_parse(&key, again, &read));
    assert(read.ticket.v == link.ticket.v && read.dispatch_no == link.dispatch_no && read.staff.v == link.staff.v &&
           read.expires_at.milliseconds == link.expires_at.milliseconds);
    again[data[8] % (CREW_LINK_BYTES - 1)] ^= 1;
    assert(!crew_link_parse(&key, again, &read));
    return 0;
}
