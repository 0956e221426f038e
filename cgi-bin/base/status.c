#include "base/status.h"

#include <assert.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

void fault_reset(struct fault *fault)
{
    assert(fault != NULL);
    *fault = (struct fault){0};
}

enum status fault_set(struct fault *fault, enum status status, int code, const char *file, int line, const char *format,
                      ...)
{
    if (fault == NULL || fault->file != NULL)
        return status;
    fault->file = file;
    fault->line = line;
    fault->code = code;

    char whole[2 * sizeof fault->message];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(whole, sizeof whole, format, arguments);
    va_end(arguments);

    struct text text;
    text_init(&text, fault->message, sizeof fault->message);
    text_add(&text, length < 0 ? "(the message could not be formatted)" : whole);
    return status;
}

const char *status_name(enum status status)
{
    switch (status) {
    case STATUS_OK:
        return "ok";
    case STATUS_ABSENT:
        return "absent";
    case STATUS_CONFLICT:
        return "conflict";
    case STATUS_DUPLICATE:
        return "duplicate";
    case STATUS_REFUSED:
        return "refused";
    case STATUS_INVALID:
        return "invalid";
    case STATUS_UNAVAILABLE:
        return "unavailable";
    case STATUS_FAILED:
        return "failed";
    case STATUS__COUNT:
        break;
    }
    return "unknown";
}
