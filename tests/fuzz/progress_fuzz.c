/* The public progress of a ticket as it could stand in a damaged row: refused, or exactly what format writes. */
#include <stdlib.h>
#include <string.h>

#include "core/progress.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct public_step steps[PROGRESS_STEPS_MAX];
    static struct clock clocks[PROGRESS_CLOCKS_MAX];
    size_t step_count, clock_count;

    if (!progress_count(data, size, &step_count, &clock_count) || !progress_parse(data, size, steps, clocks))
        return 0;
    const struct progress progress = {steps, step_count, clocks, clock_count};
    const size_t room = progress_room(&progress);
    uint8_t *again = malloc(room);
    if (again == NULL || progress_format(&progress, again, room) != size || memcmp(again, data, size) != 0)
        abort();
    free(again);
    return 0;
}
