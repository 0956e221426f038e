/*
 * Clerk's processes: one that runs the clocks and one that sends, so that no gateway can hold up a deadline. The master opens no
 * database and no connection; it starts again what ends by itself, and ends both when it is told to.
 */
#ifndef CLERK_MASTER_H
#define CLERK_MASTER_H

#include <stdbool.h>

/* One process's work; returns its exit code. It looks at master_is_stopping() now and then. */
typedef int (*master_work)(void *context);

struct master_part {
    const char *name; /* for the log */
    master_work work;
    void *context;
};

/* Whether this process was told to end. */
bool master_is_stopping(void);

/* Lets TERM, INT and QUIT set master_is_stopping in this process, without a master. */
void master_take_signals(void);

/* Waits so long, or until a signal says stop; none slips through between the look and the wait. */
void master_pause(int milliseconds);

/*
 * Runs each part in a process of its own until TERM, INT or QUIT. A part that ends is started again, at once and then ever
 * more slowly. Parts that do not end within `patience_seconds` after they were told to are killed. Returns an exit code.
 */
int master_run(const struct master_part *parts, int count, int patience_seconds);

#endif
