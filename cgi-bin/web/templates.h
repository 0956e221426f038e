/*
 * The templates of one program, parsed once in each language before the first fork, so that all workers share them.
 */
#ifndef WEB_TEMPLATES_H
#define WEB_TEMPLATES_H

#include "base/settings.h"
#include "web/clearsilver.h"

struct template;

/*
 * Parses template_dir/PROGRAM/ *.cs and the shared pages in both languages, and puts Site.* beside the words. words_open
 * comes first. STATUS_INVALID names the file and says what is wrong with it.
 */
enum status templates_open(const struct settings *settings, const char *program, struct fault *fault) MUST_USE;

/* Gives them back; before words_close. */
void templates_close(void);

/* The template "complaint/matter", or NULL. Borrowed. */
const struct template *templates_find(const char *name);

/*
 * Renders it in a language over a tree of values. page and length: the bytes, NUL-terminated, which stay until the next
 * rendering.
 */
enum status template_render(const struct template *template, enum language language, HDF *values, const char **page,
                            size_t *length, struct fault *fault) MUST_USE;

/* Gives the room of an uncommonly large page back. */
void templates_trim(void);

#endif
