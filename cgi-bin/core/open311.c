#include "core/open311.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"

/* ---- moments */

enum { LOCAL_BYTES_MAX = 19, ZONE_HOURS_MAX = 14 };

static bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

static int two_digits(const char *text) { return (text[0] - '0') * 10 + (text[1] - '0'); }

/* "Z", "+08:00", "-05:30" and nothing after it. */
static bool parse_zone(const char *text, int *offset_minutes)
{
    *offset_minutes = 0;
    if (text_is_equal(text, "Z"))
        return true;
    if (strlen(text) != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':')
        return false;
    if (!is_digit(text[1]) || !is_digit(text[2]) || !is_digit(text[4]) || !is_digit(text[5]))
        return false;
    const int hours = two_digits(text + 1), minutes = two_digits(text + 4);
    *offset_minutes = (text[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
    return hours <= ZONE_HOURS_MAX && minutes < 60;
}

bool open311_parse_moment(const char *text, struct instant *at)
{
    char local[LOCAL_BYTES_MAX + 1];
    const char *zone = strchr(text, 'T');
    int offset_minutes = 0;

    if (zone == NULL)
        return false;
    zone += strcspn(zone, "Z+-.");
    const size_t length = (size_t)(zone - text);
    if (length > LOCAL_BYTES_MAX)
        return false;
    memcpy(local, text, length);
    local[length] = '\0';
    if (*zone == '.') {
        const size_t digits = strspn(zone + 1, "0123456789");
        if (digits == 0 || length != LOCAL_BYTES_MAX)
            return false;
        zone += 1 + digits;
    }
    return parse_zone(zone, &offset_minutes) && instant_parse_local(local, offset_minutes, at);
}

/* ---- degrees */

enum { DIGITS_MAX = 15, KEPT_DIGITS = 3 };

bool open311_parse_degrees(const char *text, int most_degrees, int32_t *milli)
{
    const bool is_negative = *text == '-';
    const char *at = text + is_negative;
    const size_t whole = strspn(at, "0123456789");
    const size_t fraction = at[whole] == '.' ? strspn(at + whole + 1, "0123456789") : 0;
    int64_t value = 0;

    if (whole == 0 || whole + fraction > DIGITS_MAX || whole > 3 || (at[whole] == '.' && fraction == 0) ||
        at[whole + (at[whole] == '.') + fraction] != '\0')
        return false;
    for (size_t i = 0; i < whole; i++)
        value = value * 10 + (at[i] - '0');
    const char *digits = at + whole + 1;
    bool is_more = false;
    for (size_t i = 0; i < fraction; i++)
        is_more = is_more || digits[i] != '0';
    if (value > most_degrees || (value == most_degrees && is_more))
        return false;
    for (size_t i = 0; i < KEPT_DIGITS; i++)
        value = value * 10 + (i < fraction ? digits[i] - '0' : 0);
    value += fraction > KEPT_DIGITS && digits[KEPT_DIGITS] >= '5';
    *milli = (int32_t)(is_negative ? -value : value);
    return true;
}

void open311_format_degrees(int32_t milli, char *text)
{
    struct text out;
    const int32_t size = milli < 0 ? -milli : milli;

    text_init(&out, text, OPEN311_DEGREES_BYTES);
    text_add_format(&out, "%s%d.%03d", milli < 0 ? "-" : "", (int)(size / 1000), (int)(size % 1000));
}

/* ---- states */

const char *open311_update_status(const struct public_step *step)
{
    static const struct {
        enum ticket_action action;
        const char *status;
    } rows[] = {
        {ACTION_DISPATCH, "investigating"},  {ACTION_ACCEPT, "in_progress"},
        {ACTION_ARRIVE, "in_progress"},      {ACTION_REPAIR, "in_progress"},
        {ACTION_FINISH, "fixed"},            {ACTION_STOP_WITH_PARENT, "fixed"},
        {ACTION_CLOSE, "closed"},            {ACTION_REOPEN, "open"},
        {ACTION_MERGE, "duplicate"},         {ACTION_UNMERGE, "open"},
        {ACTION_NOT_OURS, "not_councils_responsibility"}, {ACTION_WITHDRAW, "cancelled"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].action == step->action)
            return rows[i].status;
    return "in_progress";
}

/* Equal but for case, and blanks for underscores. */
static bool is_status(const char *typed, const char *status)
{
    for (; *typed != '\0' && *status != '\0'; typed++, status++) {
        const char lower = *typed >= 'A' && *typed <= 'Z' ? (char)(*typed + ('a' - 'A')) : *typed == ' ' ? '_' : *typed;
        if (lower != *status)
            return false;
    }
    return *typed == *status;
}

enum ticket_action open311_asked_action(const char *status)
{
    if (is_status(status, "reopen") || is_status(status, "reopened"))
        return ACTION_SAY_NOT_FIXED;
    if (is_status(status, "cancelled") || is_status(status, "canceled"))
        return ACTION_WITHDRAW;
    return ACTION_ADD_WORDS;
}

/* ---- lists */

bool open311_next_part(const char **list, char *part, size_t capacity, bool *is_good)
{
    const char *from = *list;

    *is_good = true;
    if (*from == '\0')
        return false;
    const size_t whole = strcspn(from, ",");
    const char *end = from + whole;
    *list = *end == ',' ? end + 1 : end;
    while (from < end && *from == ' ')
        from++;
    while (end > from && end[-1] == ' ')
        end--;
    const size_t length = (size_t)(end - from);
    *is_good = length > 0 && length < capacity;
    if (!*is_good)
        return false;
    memcpy(part, from, length);
    part[length] = '\0';
    return true;
}
