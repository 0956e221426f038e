#include "base/csv.h"

#include <string.h>

/* Whether a spreadsheet might take it for a formula. */
static bool is_formula(const char *value)
{
    static const char *const beginnings[] = {"=", "+", "-", "@", "＝", "＋", "－", "＠"};

    if (*value != '\0' && strchr("\t\r\n", *value) != NULL)
        return true;
    while (*value == ' ' || strncmp(value, "　", strlen("　")) == 0)
        value += *value == ' ' ? 1 : strlen("　");
    for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++)
        if (strncmp(value, beginnings[i], strlen(beginnings[i])) == 0)
            return true;
    return false;
}

void csv_add_cell(struct text *text, const char *value, bool is_first)
{
    text_add(text, is_first ? "\"" : ",\"");
    if (is_formula(value))
        text_add(text, "'");
    for (const char *quote; (quote = strchr(value, '"')) != NULL; value = quote + 1) {
        text_add_bytes(text, value, (size_t)(quote - value));
        text_add(text, "\"\"");
    }
    text_add(text, value);
    text_add(text, "\"");
}
