/*
 * How a call that touches the outside world ends, and what is known about a failure.
 *
 * A rule that says no is not a status: core answers with a verdict (core/verdict.h). A bug is an assert. Running out
 * of memory ends the process. Everything else returns `enum status`, and the detail is left in a `struct fault`.
 */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

#include <stdbool.h>

#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF_LIKE(format_at, first_at) __attribute__((format(printf, format_at, first_at)))

enum status {
    STATUS_OK,
    STATUS_ABSENT,      /* what was asked for is not there (or may not be seen) */
    STATUS_CONFLICT,    /* somebody else changed it first: load again and decide again */
    STATUS_DUPLICATE,   /* the same key was stored before: the first answer stands */
    STATUS_REFUSED,     /* the caller may not do this */
    STATUS_INVALID,     /* input that cannot be what it claims to be */
    STATUS_UNAVAILABLE, /* the database or another service is away; nothing was changed */
    STATUS_FAILED,      /* anything else from outside; the fault says what */
    STATUS__COUNT
};

/* Where and why the first failure of a piece of work happened. Owned by the request or by main(). */
struct fault {
    const char *file;
    int line;
    int code;          /* errno, or the database's error number; 0 when neither */
    bool is_unsettled; /* a commit was sent and lost: what was sent with the same key again says whether it had happened */
    char message[240]; /* for the log only, never for a visitor; without personal data */
};

/* Clears a fault before a new piece of work. */
void fault_reset(struct fault *fault);

/*
 * Records a failure and returns `status`, so that a caller can write `return FAULT(fault, STATUS_FAILED, "…")`.
 * Only the first failure is kept: later ones are consequences. The message text occurs once in the source.
 * fault  may be NULL when nobody wants to know
 */
enum status fault_set(struct fault *fault, enum status status, int code, const char *file, int line, const char *format,
                      ...) PRINTF_LIKE(6, 7);

#define FAULT(fault, status, ...) fault_set((fault), (status), 0, __FILE__, __LINE__, __VA_ARGS__)
#define FAULT_CODE(fault, status, code, ...) fault_set((fault), (status), (code), __FILE__, __LINE__, __VA_ARGS__)

/* The status's name in lower case ("conflict"), for logs. */
const char *status_name(enum status status);

#endif
