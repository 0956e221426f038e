#include "core/canned.h"

#include <string.h>

enum name { NAME_NUMBER, NAME_PLACE, NAME_UNIT, NAME_HOTLINE, NAME_UNKNOWN };

static const char *const NAMES[] = {"number", "place", "unit", "hotline"};

/* Length of "{letters}" at the start of the text, 0 when it is none. */
static size_t braced_length(const char *text)
{
    size_t length = 1;

    if (text[0] != '{')
        return 0;
    while (text[length] >= 'a' && text[length] <= 'z')
        length++;
    return length > 1 && text[length] == '}' ? length + 1 : 0;
}

static enum name name_of(const char *braced, size_t length)
{
    for (int i = 0; i < NAME_UNKNOWN; i++)
        if (strlen(NAMES[i]) == length - 2 && strncmp(NAMES[i], braced + 1, length - 2) == 0)
            return (enum name)i;
    return NAME_UNKNOWN;
}

bool canned_names_are_known(const char *words, const char **unknown)
{
    for (const char *at = strchr(words, '{'); at != NULL; at = strchr(at + 1, '{')) {
        const size_t length = braced_length(at);
        if (length == 0 || name_of(at, length) != NAME_UNKNOWN)
            continue;
        if (unknown != NULL)
            *unknown = at;
        return false;
    }
    if (unknown != NULL)
        *unknown = NULL;
    return true;
}

static const char *value_of(const struct canned_values *values, enum name name)
{
    switch (name) {
    case NAME_NUMBER:
        return values->number;
    case NAME_PLACE:
        return values->place;
    case NAME_UNIT:
        return values->unit;
    case NAME_HOTLINE:
        return values->hotline;
    case NAME_UNKNOWN:
        break;
    }
    return NULL;
}

void canned_fill(const char *words, const struct canned_values *values, struct text *filled)
{
    while (*words != '\0') {
        const size_t plain = strcspn(words, "{");
        text_add_bytes(filled, words, plain);
        words += plain;
        if (*words == '\0')
            break;
        const size_t length = braced_length(words);
        const enum name name = length > 0 ? name_of(words, length) : NAME_UNKNOWN;
        const char *value = name == NAME_UNKNOWN ? NULL : value_of(values, name);
        const size_t taken = length > 0 ? length : 1;
        if (name == NAME_UNKNOWN)
            text_add_bytes(filled, words, taken);
        else if (value != NULL)
            text_add(filled, value);
        words += taken;
    }
}
