#include "base/now.h"

#include <assert.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/settings.h"
#include "base/text.h"

#define OFFSET_LIMIT_SECONDS INT64_C(3155760000) /* a hundred years */

static struct {
    char path[SETTING_TEXT_BYTES];
    int64_t seconds; /* the last offset that could be read */
} offset;

void now_use_offset_file(const char *path)
{
    offset.seconds = 0;
    offset.path[0] = '\0';
    if (path == NULL)
        return;
    size_t length = strlen(path);
    assert(length < sizeof offset.path);
    memcpy(offset.path, path, length + 1);
}

/* "3600\n" or "-60": the whole number of seconds. */
static bool parse_offset(char *text, int64_t *seconds)
{
    (void)text_tidy_line(text);
    bool is_negative = text[0] == '-';
    int64_t value = 0;
    if (!text_parse_integer(text + is_negative, 0, OFFSET_LIMIT_SECONDS, &value))
        return false;
    *seconds = is_negative ? -value : value;
    return true;
}

/*
 * A file that is not there means no offset. One that holds no number is being rewritten at this moment: the last offset
 * holds on, so that time does not jump back and forth.
 */
static int64_t offset_seconds(void)
{
    if (offset.path[0] == '\0')
        return 0;
    int file = open(offset.path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        offset.seconds = 0;
        return 0;
    }
    char text[32];
    ssize_t length = read(file, text, sizeof text - 1);
    close(file);
    if (length > 0) {
        text[length] = '\0';
        (void)parse_offset(text, &offset.seconds);
    }
    return offset.seconds;
}

static int64_t read_clock(clockid_t which)
{
    struct timespec at;
    int result = clock_gettime(which, &at);
    assert(result == 0);
    (void)result;
    return (int64_t)at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

struct instant now_instant(void)
{
    return instant_add_seconds((struct instant){read_clock(CLOCK_REALTIME)}, offset_seconds());
}

struct instant now_for_log(void)
{
    return instant_add_seconds((struct instant){read_clock(CLOCK_REALTIME)}, offset.seconds);
}

int64_t now_monotonic_milliseconds(void) { return read_clock(CLOCK_MONOTONIC); }
