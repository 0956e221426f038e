/*
 * What the dispatcher needs of pages: an end for those a handler began and left, and whether a page carries a form.
 */
#ifndef WEB_PAGES_H
#define WEB_PAGES_H

#include "web/page.h"

/* Destroys the trees of pages begun in this request; after the handler, whatever it did. */
void pages_release(void);

/* Whether the body holds the form token of this request's visitor. */
bool page_has_token(const struct request *request, const struct response *response);

/* Forgets all cached pages; for a clean end under the sanitizers. */
void page_cache_release(void);

#endif
