/*
 * The texts that pass between us and a gateway: templates with values escaped for where they stand, header words of mail,
 * and what a JSON answer says. Pure; every buffer has its size. Nothing here trusts a value or an answer.
 */
#ifndef BASE_GATEWAY_TEXT_H
#define BASE_GATEWAY_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "base/text.h"

/* How values are written where the template has them. */
enum escaping {
    ESCAPE_JSON,    /* inside a string of a JSON text */
    ESCAPE_PERCENT, /* in a URL or a form: every byte but letters, digits and -._~ */
    ESCAPE_XML,     /* in XML text or an attribute */
    ESCAPE_HEADER,  /* in a header: whatever is not printable ASCII is left out */
    ESCAPE__COUNT
};

struct template_value {
    const char *name; /* without braces */
    const char *value;
};

/*
 * Copies `pattern` into `out`, with {NAME} replaced by the escaped value; braces around any other word are plain text.
 * False when a value holds a NUL-terminated text that is not UTF-8 or the result does not fit.
 */
bool template_fill(const char *pattern, enum escaping escaping, const struct template_value *values, size_t count,
                   struct text *out) MUST_USE;

/*
 * The escaping that a content type wants: application/json (also …+json), application/x-www-form-urlencoded,
 * application/xml, text/xml. False for another one.
 */
bool escaping_of_content_type(const char *content_type, enum escaping *escaping) MUST_USE;

/*
 * Walks over "Name: value | Name: value". False when nothing is left, or the next header is not one. name and value are
 * copied with `capacity_bytes` each.
 */
bool gateway_header_next(const char **headers, char *name, char *value, size_t capacity_bytes) MUST_USE;

/* What settings may hold. A URL's host and a header's name are never filled in; a header's value only with {id}, {secret}. */
bool gateway_headers_check(const char *headers) MUST_USE;
bool gateway_url_check(const char *url) MUST_USE;
bool mail_server_check(const char *url) MUST_USE;
/* One plain address, ASCII, without comments, quotes or angle brackets, so that it cannot break out of its line. */
bool mail_address_check(const char *address) MUST_USE;
bool json_path_check(const char *path) MUST_USE;
/* "", "text:WORDS", "json:PATH=VALUE" */
bool gateway_success_check(const char *success) MUST_USE;

/* Whether an answer holds what `success` wants of it. */
bool gateway_success_is_met(const char *success, const char *answer, size_t length_bytes) MUST_USE;

/*
 * The value at a path ("data.0.id") of a JSON text: a string unescaped, or a number, true, false, null as written. False
 * when it is not there, is an object or an array, does not fit, or the text is not JSON up to it.
 */
bool json_find(const char *json, size_t length_bytes, const char *path, char *value, size_t capacity_bytes) MUST_USE;

/*
 * A value of a mail header: plain when it is printable ASCII that looks like no encoded word, else RFC 2047 words of
 * UTF-8 in base64, cut between characters and folded. Controls become spaces.
 */
void mail_header_encode(const char *value, struct text *out);

#endif
