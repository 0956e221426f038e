/*
 * One line per event on standard error: `time level program key=value …`, UTC, with every value escaped so that one
 * event is one line (no CR, LF, ESC or invalid UTF-8 gets through). Never phones, codes, tokens, names or texts.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdint.h>

#include "base/status.h"

enum log_level { LOG_LEVEL_DEBUG, LOG_LEVEL_INFO, LOG_LEVEL_WARNING, LOG_LEVEL_ERROR, LOG_LEVEL__COUNT };

/* program: kept by reference. Lines below `least` are dropped. */
void log_open(const char *program, enum log_level least);

/*
 * One line. `format` and its arguments make the message, written as msg="…"; keep key=value pairs in it literal, as
 * in log_write(LOG_LEVEL_INFO, "worker_started pid=%d", pid).
 */
void log_write(enum log_level level, const char *format, ...) PRINTF_LIKE(2, 3);

/* A failure with its place and message. */
void log_fault(enum status status, const struct fault *fault);

/* Writes `format` to the log as an error and ends the process with exit code 70 (internal software error). */
_Noreturn void log_die(const char *format, ...) PRINTF_LIKE(1, 2);

#endif
