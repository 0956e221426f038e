/* Random bytes from the system, the only source in the suite (controls.md M2). Not for core. */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

void random_bytes(void *buffer, size_t length);

/* Uniform in 0 … bound − 1. bound: at least 1 */
uint32_t random_below(uint32_t bound);

#endif
