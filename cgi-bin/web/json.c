#include "web/json.h"

void json_value(struct text *text, const char *value)
{
    text_add(text, "\"");
    for (; *value != '\0'; value++) {
        const unsigned char byte = (unsigned char)*value;
        if (byte == '"' || byte == '\\')
            text_add_format(text, "\\%c", byte);
        else if (byte < 0x20)
            text_add_format(text, "\\u%04x", byte);
        else
            text_add_bytes(text, value, 1);
    }
    text_add(text, "\"");
}

void json_string(struct text *text, const char *name, const char *value)
{
    text_add_format(text, "\"%s\":", name);
    json_value(text, value);
}
