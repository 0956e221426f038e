/* Pieces of JSON written into a text. */
#ifndef WEB_JSON_H
#define WEB_JSON_H

#include "base/text.h"

/* "name":"value", escaped; no comma. value: valid UTF-8 */
void json_string(struct text *text, const char *name, const char *value);

/* "value" alone, for lists. */
void json_value(struct text *text, const char *value);

#endif
