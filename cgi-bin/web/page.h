/*
 * Pages: a fresh tree of values per request, rendered by a template that was parsed once per process and language.
 * Programs never see ClearSilver. Names of values are constants of the program, never a visitor's bytes; values are
 * escaped by the template (VarEscapeMode = html).
 */
#ifndef WEB_PAGE_H
#define WEB_PAGE_H

#include "web/response.h"

struct view; /* a node of the tree; lives in the request's arena */

/*
 * Starts the page `name` ("complaint/matter": templates/complaint/matter.cs). Every page gets Site.* (settings), Page.lang,
 * Page.is_en, Page.is_elder, Page.now.ms, Page.token (CSRF), Page.key (fresh form key), Page.other_lang_url, Page.elder_url,
 * Actor.*.
 */
struct view *page_begin(struct request *request, const char *name);

/* Value at a dotted constant name below the node. NULL text sets nothing. */
void view_text(struct view *view, const char *name, const char *value);
void view_number(struct view *view, const char *name, int64_t value);
void view_flag(struct view *view, const char *name, bool value); /* "1", or nothing at all */
/* A moment: NAME.iso, NAME.text (words_moment), NAME.ms. Nothing when not set. */
void view_instant(struct view *view, const char *name, struct instant at);
/* A length of time: NAME (words_duration). */
void view_duration(struct view *view, const char *name, int64_t seconds);
/* Words by key: sets NAME to Text.KEY. */
void view_words(struct view *view, const char *name, const char *key);

/* Child node, and list rows "NAME.0", "NAME.1", …; */
struct view *view_child(struct view *view, const char *name);
struct view *view_row(struct view *view, const char *name, size_t index);

/* Renders into the response. */
enum status page_end(struct view *view, struct response *response, int status_code) MUST_USE;

/*
 * Rendered pages that change seldom, kept in the process: keyed by name, language, elder and data version. find: true when the
 * response was filled from the cache. keep: stores the response just rendered. At most 16 pages.
 */
bool page_cache_find(struct request *request, const char *name, int64_t data_version, struct response *response);
void page_cache_keep(struct request *request, const char *name, int64_t data_version, const struct response *response);

#endif
