#include "base/log.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/now.h"
#include "base/text.h"

#define LINE_BYTES 4096 /* PIPE_BUF: lines of several processes never mix */
#define MESSAGE_BYTES 2048
#define EXIT_SOFTWARE 70

static struct {
    const char *program;
    enum log_level least;
} log_state = {.program = "shuinuo", .least = LOG_LEVEL_INFO};

void log_open(const char *program, enum log_level least)
{
    assert(program != NULL);
    log_state.program = program;
    log_state.least = least;
}

static const char *level_name(enum log_level level)
{
    switch (level) {
    case LOG_LEVEL_DEBUG:
        return "debug";
    case LOG_LEVEL_INFO:
        return "info";
    case LOG_LEVEL_WARNING:
        return "warning";
    case LOG_LEVEL_ERROR:
        return "error";
    case LOG_LEVEL__COUNT:
        break;
    }
    return "unknown";
}

/* Bytes of the character at `at` that may stand in a line as it is; 0 when its first byte must be escaped. */
static size_t plain_bytes(const char *at, size_t length)
{
    unsigned char first = (unsigned char)at[0];
    if (first < 0x80)
        return first >= 0x20 && first != 0x7F && first != '"' && first != '\\';
    for (size_t size = 2; size <= 4 && size <= length; size++) {
        if (!text_is_utf8(at, size))
            continue;
        /* C1 controls, and what some viewers take for a line end or a change of direction */
        bool is_c1 = size == 2 && first == 0xC2 && (unsigned char)at[1] < 0xA0;
        bool is_separator = size == 3 && first == 0xE2 && (unsigned char)at[1] == 0x80 &&
                            (unsigned char)at[2] >= 0xA8 && (unsigned char)at[2] <= 0xAE;
        return is_c1 || is_separator ? 0 : size;
    }
    return 0;
}

/* Writes `value` behind an opening quotation mark so that it stays one piece of one line, whatever it holds. */
static void add_quoted(struct text *line, const char *value)
{
    size_t length = strlen(value);
    text_add(line, "\"");
    for (size_t at = 0; at < length;) {
        size_t plain = plain_bytes(value + at, length - at);
        if (plain > 0) {
            text_add_bytes(line, value + at, plain);
            at += plain;
            continue;
        }
        unsigned char byte = (unsigned char)value[at++];
        if (byte == '"' || byte == '\\')
            text_add_format(line, "\\%c", byte);
        else if (byte == '\n')
            text_add(line, "\\n");
        else
            text_add_format(line, "\\x%02x", byte);
    }
}

static void add_head(struct text *line, enum log_level level)
{
    struct civil at = civil_from_instant(now_for_log(), 0);
    text_add_format(line, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ %s %s ", at.year, at.month, at.day, at.hour, at.minute,
                    at.second, at.millisecond, level_name(level), log_state.program);
}

/* One write per line. A log that cannot be written to must never stop the work (controls.md L7). */
static void write_line(const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(STDERR_FILENO, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return;
        bytes += written;
        length -= (size_t)written;
    }
}

/* Where a line is built: behind the text there is room for its end. */
#define LINE_TEXT_BYTES (LINE_BYTES - 16)

/* Closes the quotation and sends the line; one that did not fit says so. */
static void send_line(struct text *line)
{
    const char *mark = line->is_cut ? "…\" cut=1\n" : "\"\n";
    size_t length = strlen(mark);
    assert(line->length_bytes + length <= LINE_BYTES);
    memcpy(line->bytes + line->length_bytes, mark, length);
    write_line(line->bytes, line->length_bytes + length);
}

static void write_message(enum log_level level, const char *format, va_list arguments) PRINTF_LIKE(2, 0);
static void write_message(enum log_level level, const char *format, va_list arguments)
{
    if (level < log_state.least)
        return;
    int error = errno;
    char message[MESSAGE_BYTES];
    int length = vsnprintf(message, sizeof message, format, arguments);
    char buffer[LINE_BYTES];
    struct text line;
    text_init(&line, buffer, LINE_TEXT_BYTES);
    add_head(&line, level);
    text_add(&line, "msg=");
    add_quoted(&line, length < 0 ? "(the message could not be formatted)" : message);
    line.is_cut = line.is_cut || length >= (int)sizeof message;
    send_line(&line);
    errno = error;
}

void log_write(enum log_level level, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    write_message(level, format, arguments);
    va_end(arguments);
}

void log_fault(enum status status, const struct fault *fault)
{
    if (fault == NULL || fault->file == NULL) {
        log_write(LOG_LEVEL_ERROR, "fault status=%s", status_name(status));
        return;
    }
    const char *slash = strrchr(fault->file, '/');
    log_write(LOG_LEVEL_ERROR, "fault status=%s at=%s:%d code=%d %s", status_name(status),
              slash == NULL ? fault->file : slash + 1, fault->line, fault->code, fault->message);
}

void log_die(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    write_message(LOG_LEVEL_ERROR, format, arguments);
    va_end(arguments);
    _exit(EXIT_SOFTWARE);
}
