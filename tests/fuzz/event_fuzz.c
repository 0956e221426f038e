/* Payload bytes from a database that somebody else may have written: refused, or exactly what format writes. */
#include <stdlib.h>
#include <string.h>

#include "core/event.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct event event = {.kind = 0};
    uint8_t again[EVENT_PAYLOAD_MAX];

    if (!event_parse_payload(&event, data, size))
        return 0;
    if (event_format_payload(&event, again) != size || memcmp(again, data, size) != 0)
        abort();
    return 0;
}
