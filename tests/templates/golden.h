/*
 * Golden pages: what a program's own view makes of fixed values at a fixed moment, compared with
 * tests/golden/pages/NAME.LANG.html. GOLDEN_WRITE=1 writes the files anew; read the difference before committing it.
 */
#ifndef TESTS_TEMPLATES_GOLDEN_H
#define TESTS_TEMPLATES_GOLDEN_H

#include "web/app.h"

/* The moment of all golden pages, a Monday morning; moment("09:55") is on the same day, else "2026-11-22 18:00". */
#define GOLDEN_NOW "2026-11-23 10:30"
struct instant moment(const char *local);

/* Opens words and templates of a program; the settings are the defaults. context: the program's own struct */
void golden_open(const char *program, void *context);
void golden_close(void);

/* A GET of the path in a language by a visitor with fixed cookies. Valid until the next one. */
struct request *golden_request(enum language language, const char *path);

/*
 * Ends the request: the page must be this golden file. What differs with every run is masked: the form's token and key, and the
 * version in addresses.
 */
void golden_check(const char *name, const struct response *response, int status_code);

/* The same of a document of another type; its golden file is called NAME.LANG.EXTENSION. */
void golden_check_document(const char *name, const char *extension, const char *content_type, const struct response *response,
                           int status_code);

#endif
