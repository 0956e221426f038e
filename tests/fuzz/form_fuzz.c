/*
 * Strangers' bytes through web/form. The first line of an input says what the rest is: "query", "cookie", "path", or
 * the content type of a body. Beyond not crashing, what was accepted must keep the promises of the header, and must
 * come out the same when it is sent again.
 */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "web/form.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct arena arena;

static void check_form(const struct form *form, enum form_result result, size_t length)
{
    assert(result < FORM_RESULT__COUNT);
    assert(result == FORM_OK || form->count == 0);
    assert(form->count <= FORM_FIELDS_MAX);
    size_t total = 0;
    for (size_t i = 0; i < form->count; i++) {
        const struct form_item *item = &form->items[i];
        size_t name_length = strlen(item->name);
        assert(name_length >= 1 && name_length <= FORM_NAME_BYTES_MAX && text_is_utf8(item->name, name_length));
        assert(item->value[item->length] == '\0');
        assert(item->file_name != NULL || text_is_utf8(item->value, item->length));
        assert(item->file_name == NULL || text_is_utf8(item->file_name, strlen(item->file_name)));
        assert(form_find(form, item->name) != NULL && form_count(form, item->name) >= 1);
        total += name_length + item->length;
    }
    assert(total <= length);
}

static void encode(struct text *text, const char *value)
{
    for (; *value != '\0'; value++)
        text_add_format(text, "%%%02X", (unsigned char)*value);
}

/* Sends the accepted fields once more, every byte escaped. */
static void check_again(const struct form *form, size_t length)
{
    size_t capacity = 3 * length + 2 * FORM_FIELDS_MAX + 1;
    struct text text;
    text_init(&text, arena_take(&arena, capacity), capacity);
    for (size_t i = 0; i < form->count; i++) {
        if (form->items[i].file_name != NULL)
            return;
        encode(&text, form->items[i].name);
        text_add(&text, "=");
        encode(&text, form->items[i].value);
        text_add(&text, "&");
    }
    assert(!text.is_cut);
    struct form again;
    form_init(&again);
    enum form_result result = form_parse_query(&again, &arena, text.bytes, text.length_bytes);
    assert(result == FORM_OK && again.count == form->count);
    for (size_t i = 0; i < form->count; i++) {
        assert(text_is_equal(again.items[i].name, form->items[i].name));
        assert(text_is_equal(again.items[i].value, form->items[i].value));
    }
}

static void feed_form(const char *content_type, const char *bytes, size_t length)
{
    struct form form;
    form_init(&form);
    enum form_result result = text_is_equal(content_type, "query")
                                  ? form_parse_query(&form, &arena, bytes, length)
                                  : form_parse_body(&form, &arena, content_type, bytes, length);
    check_form(&form, result, length);
    check_again(&form, length);
}

static void feed_cookie(const char *bytes, size_t length)
{
    const char *value = cookie_find(&arena, arena_copy(&arena, bytes, length), "sn");
    assert(value == NULL || (strchr(value, ';') == NULL && strlen(value) + 3 <= length));
}

static void feed_path(const char *bytes, size_t length)
{
    for (int plus_is_space = 0; plus_is_space < 2; plus_is_space++) {
        const char *decoded = percent_decode(&arena, bytes, length, plus_is_space != 0);
        for (const char *at = decoded; at != NULL && *at != '\0'; at++)
            assert((unsigned char)*at >= 0x20 && *at != 0x7F);
        assert(decoded == NULL || strlen(decoded) <= length);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *line_end = size == 0 ? NULL : memchr(data, '\n', size);
    if (line_end == NULL)
        return 0;
    if (arena.limit_bytes == 0)
        arena_init(&arena, (size_t)256 * 1024 * 1024);
    arena_reset(&arena);
    size_t kind_length = (size_t)(line_end - data);
    const char *kind = arena_copy(&arena, (const char *)data, kind_length);
    const char *rest = (const char *)line_end + 1;
    size_t length = size - kind_length - 1;
    if (text_is_equal(kind, "cookie"))
        feed_cookie(rest, length);
    else if (text_is_equal(kind, "path"))
        feed_path(rest, length);
    else
        feed_form(kind, rest, length);
    return 0;
}
