#include "web/form.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"

#define BOUNDARY_BYTES_MAX 70 /* RFC 2046 */

/* Bytes still to be read. Everything below moves `at` forward only: the time taken is in step with the body. */
struct reader {
    const char *at;
    const char *end;
};

static size_t left(const struct reader *reader) { return (size_t)(reader->end - reader->at); }

/* Whether the bytes come next; they are passed then. */
static bool take(struct reader *reader, const char *bytes, size_t length)
{
    if (left(reader) < length || memcmp(reader->at, bytes, length) != 0)
        return false;
    reader->at += length;
    return true;
}

void form_init(struct form *form) { form->count = 0; }

/* Appends a field. name and value: in the arena, each with a NUL behind its length. */
static enum form_result add_item(struct form *form, const char *name, size_t name_length, const char *value,
                                 size_t length, const char *file_name)
{
    if (form->count == FORM_FIELDS_MAX || name_length > FORM_NAME_BYTES_MAX)
        return FORM_TOO_MANY;
    if (name_length == 0)
        return FORM_MALFORMED;
    if (!text_is_utf8(name, name_length) || (file_name == NULL && !text_is_utf8(value, length)))
        return FORM_NOT_TEXT;
    form->items[form->count++] =
        (struct form_item){.name = name, .value = value, .length = length, .file_name = file_name};
    return FORM_OK;
}

/* --- percent encoding --------------------------------------------------------------------------------------------- */

static int hex_value(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    if (digit >= 'a' && digit <= 'f')
        return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F')
        return digit - 'A' + 10;
    return -1;
}

/* Decodes once; NULL for a bad escape. What comes out may be any bytes. */
static char *decode(struct arena *arena, const char *text, size_t length, bool plus_is_space, size_t *decoded_length)
{
    char *decoded = arena_copy(arena, text, length);
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        char byte = text[i];
        if (byte == '+' && plus_is_space) {
            byte = ' ';
        } else if (byte == '%') {
            int high = length - i > 2 ? hex_value(text[i + 1]) : -1;
            int low = length - i > 2 ? hex_value(text[i + 2]) : -1;
            if (high < 0 || low < 0)
                return NULL;
            byte = (char)(high << 4 | low);
            i += 2;
        }
        decoded[count++] = byte;
    }
    decoded[count] = '\0';
    *decoded_length = count;
    return decoded;
}

char *percent_decode(struct arena *arena, const char *text, size_t length, bool plus_is_space)
{
    size_t decoded_length = 0;
    char *decoded = decode(arena, text, length, plus_is_space, &decoded_length);
    for (size_t i = 0; decoded != NULL && i < decoded_length; i++)
        if ((unsigned char)decoded[i] < 0x20 || decoded[i] == 0x7F)
            return NULL;
    return decoded;
}

/* "name=value" or "name" alone. */
static enum form_result parse_pair(struct form *form, struct arena *arena, const char *pair, size_t length)
{
    if (form->count == FORM_FIELDS_MAX)
        return FORM_TOO_MANY;
    const char *equals = memchr(pair, '=', length);
    size_t name_raw_length = equals == NULL ? length : (size_t)(equals - pair);
    size_t skipped = equals == NULL ? length : name_raw_length + 1;
    size_t name_length = 0;
    size_t value_length = 0;
    const char *name = decode(arena, pair, name_raw_length, true, &name_length);
    const char *value = decode(arena, pair + skipped, length - skipped, true, &value_length);
    if (name == NULL || value == NULL)
        return FORM_MALFORMED;
    return add_item(form, name, name_length, value, value_length, NULL);
}

static enum form_result parse_pairs(struct form *form, struct arena *arena, struct reader reader)
{
    while (left(&reader) > 0) {
        const char *and = memchr(reader.at, '&', left(&reader));
        const char *end = and == NULL ? reader.end : and;
        if (end > reader.at) {
            enum form_result result = parse_pair(form, arena, reader.at, (size_t)(end - reader.at));
            if (result != FORM_OK)
                return result;
        }
        reader.at = and == NULL ? end : end + 1;
    }
    return FORM_OK;
}

enum form_result form_parse_query(struct form *form, struct arena *arena, const char *query, size_t length)
{
    if (length == 0)
        return FORM_OK;
    size_t count = form->count;
    enum form_result result = parse_pairs(form, arena, (struct reader){query, query + length});
    if (result != FORM_OK)
        form->count = count;
    return result;
}

/* --- header values: "form-data; name=\"a\"; filename=\"b\"" ------------------------------------------------------- */

static bool is_blank(char byte) { return byte == ' ' || byte == '\t'; }

static void skip_blanks(struct reader *reader)
{
    while (reader->at < reader->end && is_blank(*reader->at))
        reader->at++;
}

static bool is_token_byte(char byte)
{
    return byte > ' ' && byte < 0x7F && strchr("()<>@,;:\\\"/[]?=", byte) == NULL;
}

/* A token of at least one byte. Borrowed. */
static bool take_token(struct reader *reader, struct reader *token)
{
    token->at = reader->at;
    while (reader->at < reader->end && is_token_byte(*reader->at))
        reader->at++;
    token->end = reader->at;
    return token->end > token->at;
}

static bool is_same_word(const struct reader *token, const char *word)
{
    return left(token) == strlen(word) && strncasecmp(token->at, word, left(token)) == 0;
}

/*
 * A backslash counts as an escape only before a quotation mark or another backslash: browsers send the backslashes of
 * file names as they are.
 */
static bool is_escape(const char *at, const char *end)
{
    return *at == '\\' && end - at > 1 && (at[1] == '"' || at[1] == '\\');
}

/* The inside of a quoted string; NULL without the closing mark. The end is found first: memory for it is taken once. */
static char *take_quoted(struct reader *reader, struct arena *arena, size_t *length)
{
    const char *end = reader->at;
    while (end < reader->end && *end != '"')
        end += is_escape(end, reader->end) ? 2 : 1;
    if (end == reader->end)
        return NULL;
    char *inside = arena_take(arena, (size_t)(end - reader->at) + 1);
    size_t count = 0;
    for (const char *at = reader->at; at < end; at++) {
        at += is_escape(at, end);
        inside[count++] = *at;
    }
    reader->at = end + 1;
    *length = count;
    return inside;
}

/* One "; name=value". value: in the arena. False when this is no parameter. */
static bool take_parameter(struct reader *reader, struct arena *arena, struct reader *name, char **value,
                           size_t *length)
{
    skip_blanks(reader);
    if (!take(reader, ";", 1))
        return false;
    skip_blanks(reader);
    if (!take_token(reader, name) || !take(reader, "=", 1))
        return false;
    if (take(reader, "\"", 1)) {
        *value = take_quoted(reader, arena, length);
    } else {
        struct reader token;
        *length = take_token(reader, &token) ? left(&token) : 0;
        *value = *length == 0 ? NULL : arena_copy(arena, token.at, *length);
    }
    skip_blanks(reader);
    return *value != NULL;
}

/* --- multipart ---------------------------------------------------------------------------------------------------- */

/* What the headers of one part say. */
struct part {
    char *name;
    size_t name_length;
    char *file_name; /* NULL: an ordinary field */
    size_t file_name_length;
    bool has_disposition;
};

static enum form_result parse_disposition(struct part *part, struct arena *arena, struct reader value)
{
    struct reader kind;
    if (part->has_disposition || !take_token(&value, &kind) || !is_same_word(&kind, "form-data"))
        return FORM_MALFORMED;
    part->has_disposition = true;
    while (left(&value) > 0) {
        struct reader name;
        char *text = NULL;
        size_t length = 0;
        if (!take_parameter(&value, arena, &name, &text, &length))
            return FORM_MALFORMED;
        if (is_same_word(&name, "name") && part->name == NULL) {
            part->name = text;
            part->name_length = length;
        } else if (is_same_word(&name, "filename") && part->file_name == NULL) {
            part->file_name = text;
            part->file_name_length = length;
        } else {
            /* twice the same, or another way to name things: what one reader takes, the next might not */
            return FORM_MALFORMED;
        }
    }
    return FORM_OK;
}

/* Bodies of parts are taken as they stand, so an encoding that changes them must not be overheard. */
static enum form_result parse_encoding(const struct reader *value)
{
    bool is_plain = is_same_word(value, "7bit") || is_same_word(value, "8bit") || is_same_word(value, "binary");
    return is_plain ? FORM_OK : FORM_MALFORMED;
}

/* One line "Name: value" without its end. Headers other than the two that matter are passed over. */
static enum form_result parse_header(struct part *part, struct arena *arena, struct reader line)
{
    for (const char *at = line.at; at < line.end; at++)
        if (((unsigned char)*at < 0x20 && *at != '\t') || *at == 0x7F)
            return *at == '\0' ? FORM_NOT_TEXT : FORM_MALFORMED;
    struct reader name;
    if (!take_token(&line, &name) || !take(&line, ":", 1))
        return FORM_MALFORMED;
    skip_blanks(&line);
    while (line.end > line.at && is_blank(line.end[-1]))
        line.end--;
    if (is_same_word(&name, "content-disposition"))
        return parse_disposition(part, arena, line);
    if (is_same_word(&name, "content-transfer-encoding"))
        return parse_encoding(&line);
    return FORM_OK;
}

/* The headers of a part up to and with the empty line. */
static enum form_result take_headers(struct reader *body, struct arena *arena, struct part *part)
{
    size_t room = left(body) < FORM_HEADER_BYTES_MAX ? left(body) : FORM_HEADER_BYTES_MAX;
    const char *empty_line = memmem(body->at, room, "\r\n\r\n", 4);
    if (empty_line == NULL)
        return left(body) > FORM_HEADER_BYTES_MAX ? FORM_TOO_MANY : FORM_MALFORMED;
    while (body->at < empty_line) {
        const char *line_end = memmem(body->at, (size_t)(empty_line + 2 - body->at), "\r\n", 2);
        enum form_result result = parse_header(part, arena, (struct reader){body->at, line_end});
        if (result != FORM_OK)
            return result;
        body->at = line_end + 2;
    }
    body->at = empty_line + 4;
    if (part->name == NULL)
        return FORM_MALFORMED;
    if (part->file_name != NULL && !text_is_utf8(part->file_name, part->file_name_length))
        return FORM_NOT_TEXT;
    return FORM_OK;
}

/* One part: headers, content, and the delimiter behind it. */
static enum form_result take_part(struct form *form, struct arena *arena, struct reader *body, const char *delimiter,
                                  size_t delimiter_length)
{
    if (form->count == FORM_FIELDS_MAX)
        return FORM_TOO_MANY;
    struct part part = {0};
    enum form_result result = take_headers(body, arena, &part);
    if (result != FORM_OK)
        return result;
    const char *end = memmem(body->at, left(body), delimiter, delimiter_length);
    if (end == NULL)
        return FORM_MALFORMED;
    size_t length = (size_t)(end - body->at);
    const char *value = arena_copy(arena, body->at, length);
    body->at = end + delimiter_length;
    return add_item(form, part.name, part.name_length, value, length, part.file_name);
}

/*
 * Exactly what browsers send: the first delimiter at the very beginning, every delimiter followed by a line end, the
 * last one by two hyphens and at most one line end.
 */
static enum form_result parse_multipart(struct form *form, struct arena *arena, struct reader body,
                                        const char *boundary)
{
    char delimiter[BOUNDARY_BYTES_MAX + 5];
    struct text text;
    text_init(&text, delimiter, sizeof delimiter);
    text_add(&text, "\r\n--");
    text_add(&text, boundary);
    if (!take(&body, delimiter + 2, text.length_bytes - 2))
        return FORM_MALFORMED;
    while (take(&body, "\r\n", 2)) {
        enum form_result result = take_part(form, arena, &body, delimiter, text.length_bytes);
        if (result != FORM_OK)
            return result;
    }
    if (!take(&body, "--", 2))
        return FORM_MALFORMED;
    (void)take(&body, "\r\n", 2);
    return left(&body) == 0 ? FORM_OK : FORM_MALFORMED;
}

static bool is_boundary(const char *boundary, size_t length)
{
    static const char allowed[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'()+_,-./:=? ";
    return length >= 1 && length <= BOUNDARY_BYTES_MAX && strspn(boundary, allowed) == length &&
           boundary[length - 1] != ' ';
}

/* --- bodies ------------------------------------------------------------------------------------------------------- */

struct media_type {
    bool is_urlencoded;
    bool is_multipart;
    const char *boundary; /* NULL when there is none that may be one */
};

static bool parse_media_type(struct media_type *type, struct arena *arena, const char *content_type)
{
    struct reader value = {content_type, content_type + strlen(content_type)};
    struct reader major, minor;
    skip_blanks(&value);
    if (!take_token(&value, &major) || !take(&value, "/", 1) || !take_token(&value, &minor))
        return false;
    type->is_urlencoded = is_same_word(&major, "application") && is_same_word(&minor, "x-www-form-urlencoded");
    type->is_multipart = is_same_word(&major, "multipart") && is_same_word(&minor, "form-data");
    skip_blanks(&value);
    while (left(&value) > 0) {
        struct reader name;
        char *text = NULL;
        size_t length = 0;
        if (!take_parameter(&value, arena, &name, &text, &length))
            return false;
        if (!is_same_word(&name, "boundary"))
            continue;
        if (type->boundary != NULL || !is_boundary(text, length))
            return false;
        type->boundary = text;
    }
    return true;
}

enum form_result form_parse_body(struct form *form, struct arena *arena, const char *content_type, const char *body,
                                 size_t length)
{
    if (length == 0)
        return FORM_OK;
    struct media_type type = {0};
    if (content_type == NULL || !parse_media_type(&type, arena, content_type))
        return FORM_MALFORMED;
    if (type.is_urlencoded)
        return form_parse_query(form, arena, body, length);
    if (!type.is_multipart || type.boundary == NULL)
        return FORM_MALFORMED;
    size_t count = form->count;
    enum form_result result = parse_multipart(form, arena, (struct reader){body, body + length}, type.boundary);
    if (result != FORM_OK)
        form->count = count;
    return result;
}

/* --- looking things up -------------------------------------------------------------------------------------------- */

const struct form_item *form_find(const struct form *form, const char *name)
{
    for (size_t i = 0; i < form->count; i++)
        if (text_is_equal(form->items[i].name, name))
            return &form->items[i];
    return NULL;
}

size_t form_count(const struct form *form, const char *name)
{
    size_t count = 0;
    for (size_t i = 0; i < form->count; i++)
        count += text_is_equal(form->items[i].name, name);
    return count;
}

const char *cookie_find(struct arena *arena, const char *header, const char *name)
{
    size_t name_length = strlen(name);
    if (header == NULL)
        return NULL;
    struct reader reader = {header, header + strlen(header)};
    while (left(&reader) > 0) {
        skip_blanks(&reader);
        const char *semicolon = memchr(reader.at, ';', left(&reader));
        struct reader pair = {reader.at, semicolon == NULL ? reader.end : semicolon};
        reader.at = semicolon == NULL ? reader.end : semicolon + 1;
        if (!take(&pair, name, name_length) || !take(&pair, "=", 1))
            continue;
        while (pair.end > pair.at && is_blank(pair.end[-1]))
            pair.end--;
        return arena_copy(arena, pair.at, left(&pair));
    }
    return NULL;
}
