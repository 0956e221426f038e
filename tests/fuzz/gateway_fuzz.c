/*
 * What a gateway answers, and texts for it: no answer is read beyond its end, a value that was found is text, and a filled
 * template holds its values and nothing that ends them.
 */
#include <stdlib.h>
#include <string.h>

#include "base/gateway_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_answer(const char *answer, size_t size)
{
    static const char *const paths[] = {"id", "data.0.id", "0", "a.b.c"};
    char value[80];

    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
        if (json_find(answer, size, paths[i], value, sizeof value) && !text_is_utf8(value, strlen(value)))
            abort();
    (void)gateway_success_is_met("json:code=0", answer, size);
    (void)gateway_success_is_met("text:ok", answer, size);
}

/* A value in the middle of a JSON string comes back as it was. */
static void write_value(const char *value, char *whole, size_t capacity, char *back)
{
    const struct template_value values[] = {{"text", value}};
    struct text text;

    text_init(&text, whole, capacity);
    if (!template_fill("{\"a\":\"{text}\",\"b\":1}", ESCAPE_JSON, values, 1, &text))
        return;
    if (!text_has_controls(value) && strpbrk(value, "\n\t") == NULL &&
        (!json_find(whole, text.length_bytes, "a", back, capacity) || strcmp(back, value) != 0))
        abort();
    text_init(&text, whole, capacity);
    if (template_fill("{text}", ESCAPE_PERCENT, values, 1, &text) && strpbrk(whole, "&=+ \"'<>\r\n") != NULL)
        abort();
    text_init(&text, whole, capacity);
    mail_header_encode(value, &text);
    for (const char *at = strpbrk(whole, "\r\n"); at != NULL; at = strpbrk(at + 3, "\r\n"))
        if (strncmp(at, "\r\n ", 3) != 0)
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *copy = malloc(size + 1), *whole = malloc(size * 8 + 256), *back = malloc(size * 8 + 256);

    if (copy == NULL || whole == NULL || back == NULL)
        abort();
    read_answer((const char *)data, size);
    memcpy(copy, data, size);
    copy[size] = '\0';
    (void)gateway_headers_check(copy);
    (void)gateway_url_check(copy);
    (void)mail_address_check(copy);
    (void)gateway_success_check(copy);
    write_value(copy, whole, size * 8 + 256, back);
    free(copy);
    free(whole);
    free(back);
    return 0;
}
