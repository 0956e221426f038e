#include "base/random.h"

#include <assert.h>
#include <sodium.h>

void random_bytes(void *buffer, size_t length) { randombytes_buf(buffer, length); }

uint32_t random_below(uint32_t bound)
{
    assert(bound >= 1);
    return randombytes_uniform(bound);
}
