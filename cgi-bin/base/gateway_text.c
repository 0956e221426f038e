#include "base/gateway_text.h"

#include <assert.h>
#include <sodium.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

enum { HEADER_BYTES = 256, PATH_NAME_BYTES = 64, PATH_MOST = 200, JSON_DEPTH_MOST = 32, ENCODED_WORD_BYTES = 42 };

/* --- templates ---------------------------------------------------------------------------------------------------- */

static void add_json(struct text *out, char byte)
{
    if (byte == '"' || byte == '\\')
        text_add_format(out, "\\%c", byte);
    else if ((unsigned char)byte < 0x20 || byte == 0x7F)
        text_add_format(out, "\\u%04x", (unsigned)(unsigned char)byte);
    else
        text_add_bytes(out, &byte, 1);
}

static void add_percent(struct text *out, char byte)
{
    if (byte != '\0' && strchr(LETTERS DIGITS "-._~", byte) != NULL)
        text_add_bytes(out, &byte, 1);
    else
        text_add_format(out, "%%%02X", (unsigned)(unsigned char)byte);
}

static void add_xml(struct text *out, char byte)
{
    switch (byte) {
    case '&': text_add(out, "&amp;"); return;
    case '<': text_add(out, "&lt;"); return;
    case '>': text_add(out, "&gt;"); return;
    case '"': text_add(out, "&quot;"); return;
    case '\'': text_add(out, "&#39;"); return;
    default: break;
    }
    if ((unsigned char)byte < 0x20 && byte != '\t' && byte != '\n')
        text_add(out, " ");
    else
        text_add_bytes(out, &byte, 1);
}

static void add_escaped(struct text *out, enum escaping escaping, const char *value)
{
    for (; *value != '\0'; value++) {
        switch (escaping) {
        case ESCAPE_JSON: add_json(out, *value); break;
        case ESCAPE_PERCENT: add_percent(out, *value); break;
        case ESCAPE_XML: add_xml(out, *value); break;
        case ESCAPE_HEADER:
            if (*value >= ' ' && *value <= '~')
                text_add_bytes(out, value, 1);
            break;
        case ESCAPE__COUNT: assert(false);
        }
    }
}

/* The value whose {NAME} stands at `pattern`, or NULL; `length` of it with its braces. */
static const struct template_value *value_at(const char *pattern, const struct template_value *values, size_t count,
                                             size_t *length)
{
    for (size_t i = 0; i < count; i++) {
        const size_t name_length = strlen(values[i].name);
        if (strncmp(pattern + 1, values[i].name, name_length) == 0 && pattern[1 + name_length] == '}') {
            *length = name_length + 2;
            return &values[i];
        }
    }
    return NULL;
}

bool template_fill(const char *pattern, enum escaping escaping, const struct template_value *values, size_t count,
                   struct text *out)
{
    while (*pattern != '\0') {
        const size_t plain = strcspn(pattern, "{");
        text_add_bytes(out, pattern, plain);
        pattern += plain;
        if (*pattern == '\0')
            break;
        size_t length = 1;
        const struct template_value *value = value_at(pattern, values, count, &length);
        if (value == NULL) {
            text_add_bytes(out, pattern, 1);
        } else {
            if (!text_is_utf8(value->value, strlen(value->value)))
                return false;
            add_escaped(out, escaping, value->value);
        }
        pattern += length;
    }
    return !out->is_cut;
}

bool escaping_of_content_type(const char *content_type, enum escaping *escaping)
{
    const size_t length = strcspn(content_type, "; \t");
    static const struct {
        const char *type;
        enum escaping escaping;
    } known[] = {{"application/json", ESCAPE_JSON},
                 {"application/x-www-form-urlencoded", ESCAPE_PERCENT},
                 {"application/xml", ESCAPE_XML},
                 {"text/xml", ESCAPE_XML}};

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strlen(known[i].type) == length && strncasecmp(known[i].type, content_type, length) == 0) {
            *escaping = known[i].escaping;
            return true;
        }
    }
    *escaping = ESCAPE_JSON;
    return length > 5 && strncasecmp(content_type + length - 5, "+json", 5) == 0;
}

/* --- what settings may hold --------------------------------------------------------------------------------------- */

static bool is_made_of(const char *value, size_t length, const char *allowed)
{
    for (size_t i = 0; i < length; i++)
        if (value[i] == '\0' || strchr(allowed, value[i]) == NULL)
            return false;
    return true;
}

static bool is_printable(const char *value)
{
    for (; *value != '\0'; value++)
        if (*value < ' ' || *value > '~')
            return false;
    return true;
}

static size_t trimmed_length(const char *value, size_t length)
{
    while (length > 0 && (value[length - 1] == ' ' || value[length - 1] == '\t'))
        length--;
    return length;
}

bool gateway_header_next(const char **headers, char *name, char *value, size_t capacity_bytes)
{
    const char *start = *headers + strspn(*headers, " \t");
    const size_t whole = strcspn(start, "|");
    const char *colon = memchr(start, ':', whole);

    if (whole == 0 || colon == NULL)
        return false;
    const size_t name_length = (size_t)(colon - start);
    const char *content = colon + 1 + strspn(colon + 1, " \t");
    const size_t rest = content < start + whole ? (size_t)(start + whole - content) : 0;
    const size_t value_length = trimmed_length(content, rest);
    if (name_length == 0 || name_length >= capacity_bytes || value_length >= capacity_bytes)
        return false;
    memcpy(name, start, name_length);
    name[name_length] = '\0';
    memcpy(value, content, value_length);
    value[value_length] = '\0';
    *headers = start + whole + (start[whole] == '|');
    return true;
}

/* Those that the library writes itself. */
static bool is_own_header(const char *name)
{
    static const char *const own[] = {"host", "content-length", "transfer-encoding", "connection", "expect"};

    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        if (strcasecmp(own[i], name) == 0)
            return true;
    return false;
}

bool gateway_headers_check(const char *headers)
{
    char name[HEADER_BYTES], value[HEADER_BYTES];
    enum escaping escaping;

    if (!is_printable(headers))
        return false;
    while (headers[strspn(headers, " \t")] != '\0') {
        if (!gateway_header_next(&headers, name, value, sizeof name) || value[0] == '\0' ||
            !is_made_of(name, strlen(name), LETTERS DIGITS "-_") || is_own_header(name) ||
            strstr(value, "{phone}") != NULL || strstr(value, "{text}") != NULL)
            return false;
        if (strcasecmp(name, "content-type") == 0 && !escaping_of_content_type(value, &escaping))
            return false;
    }
    return true;
}

/* The host and port behind the scheme; false unless it is one of the two schemes. */
static bool host_of(const char *url, const char *plain, const char *safe, const char **host, size_t *length)
{
    if (strncmp(url, plain, strlen(plain)) == 0)
        *host = url + strlen(plain);
    else if (strncmp(url, safe, strlen(safe)) == 0)
        *host = url + strlen(safe);
    else
        return false;
    *length = strcspn(*host, "/?");
    return *length > 0 && is_made_of(*host, *length, LETTERS DIGITS "-._:[]");
}

bool gateway_url_check(const char *url)
{
    const char *host;
    size_t length;

    return host_of(url, "http://", "https://", &host, &length) && is_printable(url) &&
           strpbrk(host + length, " \"<>#\\^`|") == NULL;
}

bool mail_server_check(const char *url)
{
    const char *host;
    size_t length;

    return host_of(url, "smtp://", "smtps://", &host, &length) && host[length] == '\0';
}

bool mail_address_check(const char *address)
{
    const char *at = strchr(address, '@');
    const size_t length = strlen(address);

    if (at == NULL || at == address || at - address > 64 || length > 120)
        return false;
    const char *domain = at + 1;
    return is_made_of(address, (size_t)(at - address), LETTERS DIGITS "!#$%&'*+-/=?^_`{|}~.") && address[0] != '.' &&
           at[-1] != '.' && strstr(address, "..") == NULL && domain[0] != '\0' && domain[0] != '-' && domain[0] != '.' &&
           address[length - 1] != '.' && address[length - 1] != '-' &&
           is_made_of(domain, strlen(domain), LETTERS DIGITS "-.");
}

/* Cuts the first part off a path; false when it is empty or too long. */
static bool path_next(const char **path, char *name)
{
    const size_t length = strcspn(*path, ".");

    if (length == 0 || length >= PATH_NAME_BYTES)
        return false;
    memcpy(name, *path, length);
    name[length] = '\0';
    *path += length + ((*path)[length] == '.');
    return true;
}

bool json_path_check(const char *path)
{
    char name[PATH_NAME_BYTES];
    const size_t length = strlen(path);

    if (length == 0 || length > PATH_MOST || path[length - 1] == '.' || !is_made_of(path, length, LETTERS DIGITS "_-."))
        return false;
    while (*path != '\0')
        if (!path_next(&path, name))
            return false;
    return true;
}

/* The path and the wanted value of "json:PATH=VALUE". */
static bool split_condition(const char *condition, char *path, const char **wanted)
{
    const char *equals = strchr(condition, '=');

    if (equals == NULL || equals - condition > PATH_MOST)
        return false;
    memcpy(path, condition, (size_t)(equals - condition));
    path[equals - condition] = '\0';
    *wanted = equals + 1;
    return json_path_check(path);
}

bool gateway_success_check(const char *success)
{
    char path[PATH_MOST + 1];
    const char *wanted;

    if (success[0] == '\0')
        return true;
    if (strncmp(success, "text:", 5) == 0)
        return success[5] != '\0';
    return strncmp(success, "json:", 5) == 0 && split_condition(success + 5, path, &wanted);
}

bool gateway_success_is_met(const char *success, const char *answer, size_t length_bytes)
{
    char path[PATH_MOST + 1], value[HEADER_BYTES];
    const char *wanted;

    if (success[0] == '\0')
        return true;
    if (strncmp(success, "text:", 5) == 0)
        return memmem(answer, length_bytes, success + 5, strlen(success + 5)) != NULL;
    return split_condition(success + 5, path, &wanted) &&
           json_find(answer, length_bytes, path, value, sizeof value) && text_is_equal(value, wanted);
}

/* --- JSON --------------------------------------------------------------------------------------------------------- */

struct json {
    const char *at, *end;
};

static char json_peek(const struct json *json) { return json->at < json->end ? *json->at : '\0'; }

static void json_blank(struct json *json)
{
    while (json->at < json->end && (*json->at == ' ' || *json->at == '\t' || *json->at == '\n' || *json->at == '\r'))
        json->at++;
}

static bool json_take(struct json *json, char byte)
{
    json_blank(json);
    if (json_peek(json) != byte)
        return false;
    json->at++;
    return true;
}

/* Four hexadecimal digits behind \u. */
static bool json_unit(struct json *json, unsigned *unit)
{
    *unit = 0;
    for (int i = 0; i < 4; i++) {
        const char digit = json_peek(json);
        const char *found = digit == '\0' ? NULL : strchr("0123456789abcdef", digit | ((digit >= 'A' && digit <= 'F') ? 0x20 : 0));
        if (found == NULL)
            return false;
        *unit = *unit * 16 + (unsigned)(found - "0123456789abcdef");
        json->at++;
    }
    return true;
}

static void add_character(struct text *out, unsigned code)
{
    char bytes[4];
    size_t length = 1;

    if (code < 0x80) {
        bytes[0] = (char)code;
    } else if (code < 0x800) {
        bytes[0] = (char)(0xC0 | code >> 6);
        bytes[1] = (char)(0x80 | (code & 0x3F));
        length = 2;
    } else if (code < 0x10000) {
        bytes[0] = (char)(0xE0 | code >> 12);
        bytes[1] = (char)(0x80 | (code >> 6 & 0x3F));
        bytes[2] = (char)(0x80 | (code & 0x3F));
        length = 3;
    } else {
        bytes[0] = (char)(0xF0 | code >> 18);
        bytes[1] = (char)(0x80 | (code >> 12 & 0x3F));
        bytes[2] = (char)(0x80 | (code >> 6 & 0x3F));
        bytes[3] = (char)(0x80 | (code & 0x3F));
        length = 4;
    }
    text_add_bytes(out, bytes, length);
}

static bool json_escape(struct json *json, struct text *out)
{
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    unsigned code, low;
    const char letter = json_peek(json);

    if (letter == '\0')
        return false;
    json->at++;
    if (letter != 'u') {
        const char *found = strchr(letters, letter);
        if (found == NULL)
            return false;
        text_add_bytes(out, &meanings[found - letters], 1);
        return true;
    }
    if (!json_unit(json, &code) || code == 0)
        return false;
    if (code >= 0xD800 && code < 0xDC00) {
        if (json_peek(json) != '\\')
            return false;
        json->at++;
        if (json_peek(json) != 'u')
            return false;
        json->at++;
        if (!json_unit(json, &low) || low < 0xDC00 || low > 0xDFFF)
            return false;
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    } else if (code >= 0xDC00 && code <= 0xDFFF) {
        return false;
    }
    add_character(out, code);
    return true;
}

static bool json_string(struct json *json, struct text *out)
{
    if (!json_take(json, '"'))
        return false;
    while (json->at < json->end && *json->at != '"') {
        const char byte = *json->at++;
        if ((unsigned char)byte < 0x20)
            return false;
        if (byte != '\\')
            text_add_bytes(out, &byte, 1);
        else if (!json_escape(json, out))
            return false;
    }
    return json_take(json, '"');
}

/* A number or a word, as written. */
static bool json_scalar(struct json *json, struct text *out)
{
    const char *start = json->at;

    while (json->at < json->end && *json->at != '\0' && strchr(LETTERS DIGITS "+-.", *json->at) != NULL)
        json->at++;
    text_add_bytes(out, start, (size_t)(json->at - start));
    return json->at > start;
}

static bool json_skip(struct json *json, int depth)
{
    char scratch[PATH_NAME_BYTES];
    struct text out;

    text_init(&out, scratch, sizeof scratch);
    json_blank(json);
    const char first = json_peek(json);
    if (first == '"')
        return json_string(json, &out);
    if (first != '{' && first != '[')
        return json_scalar(json, &out);
    const char last = first == '{' ? '}' : ']';
    json->at++;
    if (depth >= JSON_DEPTH_MOST)
        return false;
    if (json_take(json, last))
        return true;
    do {
        if (first == '{' && (!json_string(json, &out) || !json_take(json, ':')))
            return false;
        if (!json_skip(json, depth + 1))
            return false;
    } while (json_take(json, ','));
    return json_take(json, last);
}

/* Goes to the value of a member of an object. */
static bool json_member(struct json *json, const char *name)
{
    char key[PATH_NAME_BYTES];

    if (!json_take(json, '{'))
        return false;
    do {
        struct text text;
        text_init(&text, key, sizeof key);
        if (!json_string(json, &text) || !json_take(json, ':'))
            return false;
        if (!text.is_cut && text_is_equal(key, name))
            return true;
        if (!json_skip(json, 1))
            return false;
    } while (json_take(json, ','));
    return false;
}

/* Goes to the value of an item of an array. */
static bool json_item(struct json *json, int64_t index)
{
    if (!json_take(json, '['))
        return false;
    for (; index > 0; index--)
        if (!json_skip(json, 1) || !json_take(json, ','))
            return false;
    return true;
}

bool json_find(const char *json_text, size_t length_bytes, const char *path, char *value, size_t capacity_bytes)
{
    struct json json = {json_text, json_text + length_bytes};
    char name[PATH_NAME_BYTES];
    struct text text;

    text_init(&text, value, capacity_bytes);
    while (*path != '\0') {
        int64_t index;
        if (!path_next(&path, name))
            return false;
        json_blank(&json);
        const bool is_array = json_peek(&json) == '[';
        if (is_array && !text_parse_integer(name, 0, 1000, &index))
            return false;
        if (is_array ? !json_item(&json, index) : !json_member(&json, name))
            return false;
    }
    json_blank(&json);
    const bool is_found = json_peek(&json) == '"' ? json_string(&json, &text) : json_scalar(&json, &text);
    return is_found && !text.is_cut && text_is_utf8(value, text.length_bytes) && !text_has_controls(value);
}

/* --- mail --------------------------------------------------------------------------------------------------------- */

/* The longest piece of at most ENCODED_WORD_BYTES that does not cut a character. */
static size_t piece_length(const char *value)
{
    size_t length = strlen(value);

    if (length <= ENCODED_WORD_BYTES)
        return length;
    length = ENCODED_WORD_BYTES;
    while (length > 1 && ((unsigned char)value[length] & 0xC0) == 0x80)
        length--;
    return length;
}

void mail_header_encode(const char *value, struct text *out)
{
    if (is_printable(value) && strstr(value, "=?") == NULL && strlen(value) <= 70) {
        text_add(out, value);
        return;
    }
    for (bool is_first = true; *value != '\0'; is_first = false) {
        char piece[ENCODED_WORD_BYTES], word[sodium_base64_ENCODED_LEN(ENCODED_WORD_BYTES, sodium_base64_VARIANT_ORIGINAL)];
        const size_t length = piece_length(value);
        for (size_t i = 0; i < length; i++)
            piece[i] = (unsigned char)value[i] < 0x20 || value[i] == 0x7F ? ' ' : value[i];
        text_add(out, is_first ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?");
        text_add(out, sodium_bin2base64(word, sizeof word, (const unsigned char *)piece, length,
                                        sodium_base64_VARIANT_ORIGINAL));
        text_add(out, "?=");
        value += length;
    }
}
