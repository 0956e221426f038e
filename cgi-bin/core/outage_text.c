/* What of an outage is typed: valves with sizes and numbers, and the words of its events. */
#include <string.h>

#include "core/outage.h"

#define SEPARATOR '\x1e' /* a control character, which no form lets in */

/* The next whole number in a text, whatever stands before it; -1 at the end. Longer than any size: out of every range. */
static int next_number(const char **at)
{
    int number = 0, digits = 0;

    while (**at != '\0' && (**at < '0' || **at > '9'))
        (*at)++;
    if (**at == '\0')
        return -1;
    for (; **at >= '0' && **at <= '9'; (*at)++, digits++)
        if (digits < 6)
            number = number * 10 + (**at - '0');
    return digits > 6 ? 999999 : number;
}

bool outage_valves_parse(const char *typed, struct outage_valve valves[OUTAGE_VALVES_MAX], int *count)
{
    const char *at = typed;
    int diameter_mm = next_number(&at);

    *count = 0;
    if (diameter_mm == 0)
        return next_number(&at) == -1;
    if (diameter_mm == -1)
        return false;
    for (; diameter_mm != -1; diameter_mm = next_number(&at)) {
        const int number = next_number(&at);
        if (diameter_mm < OUTAGE_DIAMETER_LEAST_MM || diameter_mm > OUTAGE_DIAMETER_MOST_MM || number < 1 || number > 99 ||
            *count == OUTAGE_VALVES_MAX)
            return false;
        valves[(*count)++] = (struct outage_valve){diameter_mm, number};
    }
    return true;
}

void outage_valves_format(const struct outage_valve *valves, int count, char text[OUTAGE_VALVES_BYTES])
{
    struct text out;

    text_init(&out, text, OUTAGE_VALVES_BYTES);
    for (int i = 0; i < count; i++)
        text_add_format(&out, "%s%dx%d", i > 0 ? " " : "", valves[i].diameter_mm, valves[i].number);
}

size_t outage_words_join(const struct outage_words *words, char *text, size_t capacity)
{
    const char *const parts[] = {words->area, words->words, words->reason, words->water_points};
    size_t length = 0, part_count = sizeof parts / sizeof parts[0];

    while (part_count > 0 && parts[part_count - 1][0] == '\0')
        part_count--;
    for (size_t i = 0; i < part_count; i++)
        length += strlen(parts[i]) + (i > 0);
    if (length >= capacity)
        return length;
    struct text out;
    text_init(&out, text, capacity);
    for (size_t i = 0; i < part_count; i++) {
        const char separator = SEPARATOR;
        if (i > 0)
            text_add_bytes(&out, &separator, 1);
        text_add(&out, parts[i]);
    }
    return length;
}

/* Cuts a text at its first separator; what follows, "" without. */
static char *cut(char *text)
{
    char *separator = strchr(text, SEPARATOR);

    if (separator == NULL)
        return text + strlen(text);
    *separator = '\0';
    return separator + 1;
}

struct outage_words outage_words_split(char *text)
{
    char *words = cut(text);
    char *reason = cut(words);
    char *water_points = cut(reason);

    return (struct outage_words){text, words, reason, water_points};
}
