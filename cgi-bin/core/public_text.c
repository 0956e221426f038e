#include "core/public_text.h"

#include <assert.h>
#include <string.h>

const char *text_kind_name(enum text_kind kind)
{
    static const char *const NAMES[TEXT_KIND__COUNT] = {
        [TEXT_NONE] = "none",
        [TEXT_PROCEDURE] = "procedure",
        [TEXT_EXPLANATION] = "explanation",
        [TEXT_OUTAGE] = "outage",
    };

    assert((unsigned)kind < TEXT_KIND__COUNT);
    return NAMES[kind];
}

enum text_kind text_kind_of_code(const char *code)
{
    static const char outage[] = "outage_";

    return strncmp(code, outage, sizeof outage - 1) == 0 ? TEXT_OUTAGE : TEXT_EXPLANATION;
}

bool text_code_is_valid(const char *code)
{
    const size_t length = strlen(code);

    return length > 0 && length <= TEXT_CODE_CHARACTERS && code[0] >= 'a' && code[0] <= 'z' &&
           strspn(code, "abcdefghijklmnopqrstuvwxyz0123456789_") == length;
}

static bool is_space(char letter) { return letter == ' ' || letter == '\t' || letter == '\r'; }

bool text_line_next(const char **rest, struct text_line *line)
{
    while (**rest != '\0') {
        const char *start = *rest, *end = start + strcspn(start, "\n");
        *rest = *end == '\n' ? end + 1 : end;
        while (start < end && is_space(*start))
            start++;
        while (end > start && is_space(end[-1]))
            end--;
        line->is_item = end - start > 2 && start[0] == '-' && start[1] == ' ';
        if (line->is_item)
            start += 2;
        while (start < end && is_space(*start))
            start++;
        line->text = start;
        line->length = (size_t)(end - start);
        if (line->length > 0)
            return true;
    }
    return false;
}
