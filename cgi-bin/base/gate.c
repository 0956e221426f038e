#include "base/gate.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "base/now.h"

#define PAUSE_NANOSECONDS 10000000 /* 10 ms */

enum status gate_open(struct gate *gate, struct fault *fault)
{
    gate->place = -1;
    gate->file = memfd_create("signin-gate", MFD_CLOEXEC);
    if (gate->file < 0)
        return FAULT_CODE(fault, STATUS_FAILED, errno, "the gate for password hashing cannot be made: %s",
                          strerror(errno));
    return STATUS_OK;
}

/* Record locks belong to a process, so that workers that share the file still exclude each other, and end with it. */
static bool lock_place(const struct gate *gate, int place, short type)
{
    struct flock lock = {.l_type = type, .l_whence = SEEK_SET, .l_start = place, .l_len = 1};

    return fcntl(gate->file, F_SETLK, &lock) == 0;
}

enum status gate_enter(struct gate *gate, struct fault *fault)
{
    const int64_t until = now_monotonic_milliseconds() + GATE_WAIT_MILLISECONDS;
    const struct timespec pause = {.tv_sec = 0, .tv_nsec = PAUSE_NANOSECONDS};

    for (;;) {
        for (int place = 0; place < GATE_PLACES; place++)
            if (lock_place(gate, place, F_WRLCK)) {
                gate->place = place;
                return STATUS_OK;
            }
        if (now_monotonic_milliseconds() >= until)
            return FAULT(fault, STATUS_UNAVAILABLE, "no place for password hashing in %d ms", GATE_WAIT_MILLISECONDS);
        nanosleep(&pause, NULL);
    }
}

void gate_leave(struct gate *gate)
{
    if (gate->place >= 0)
        (void)lock_place(gate, gate->place, F_UNLCK);
    gate->place = -1;
}
