/*
 * The program `commitment`: the portal, and the promises of the regulation with how they were kept. Public, read only. Pages
 * are rendered once per language, size and version of the figures, and go on being served while the database is away.
 */
#ifndef COMMITMENT_COMMITMENT_H
#define COMMITMENT_COMMITMENT_H

#include "store/figure_store.h"
#include "store/outage_public.h"
#include "web/app.h"
#include "web/page.h"

/* One per worker. */
struct commitment {
    struct db *db;
    struct catalog catalog;
    bool has_version;
    int64_t figure_version;        /* as of the last look */
    int64_t text_version;          /* texts that have begun, as of the last look */
    int64_t looked_at_milliseconds; /* monotonic */
    struct instant as_of;          /* of the figures last read */
    struct outage_watch watch;
};

/* A promise with its figures. */
struct promise {
    const struct rule *rule;
    const struct catalog_words *words;
    const struct promise_figure *window, *month; /* NULL: nothing was counted yet */
};

/* What the page, the JSON and the CSV show: all promises in force, grouped and sorted. */
struct promises {
    struct promise *rows;
    size_t count;
    struct instant as_of; /* the oldest of the figures; INSTANT_NONE without any */
};

/* The page's sections. */
enum promise_group {
    PROMISE_ACCEPT,
    PROMISE_LEAK,
    PROMISE_FINISH,
    PROMISE_OUTAGE,
    PROMISE_METER,
    PROMISE_OTHER,
    PROMISE_GROUP__COUNT
};
enum promise_group promise_group_of(const struct rule *rule);
const char *promise_group_name(enum promise_group group); /* "accept", "leak", … */

/*
 * Number that differs whenever a page would: figures, regulation, day, staleness. Asks the database at most once a second, and
 * goes on with the last answer while it is away. STATUS_UNAVAILABLE: there never was one.
 */
enum status promises_version(struct request *request, int64_t *version) MUST_USE;

/* Reads the figures: one statement. */
enum status promises_load(struct request *request, struct promises *promises) MUST_USE;

/* Whether the figures are so old that the page says so. */
bool promises_are_stale(const struct promises *promises, struct instant now);

/* Puts a promise with its figures into a row or page: code, name, note, limit, article, start, end, window.*, month.* */
void promise_show(struct view *row, struct request *request, const struct promise *promise);

/* "98.2%" of tenths of a percent; and a count as text. In the arena. */
const char *promise_percent(struct arena *arena, int permille);
const char *promise_count(struct arena *arena, int64_t count);

/* Lists Procedures and Explanations (code, title). One statement. */
enum status commitment_show_texts(struct request *request, struct view *view) MUST_USE;

/* For everybody, for a minute, with a validator. */
void promise_make_public(struct response *response);

/* Sends figures in a form for machines, from the page cache while they have not changed. */
typedef const char *promises_writer(struct request *request, const struct promises *promises, size_t *length);

enum status commitment_get_promise(struct request *request, struct response *response);
enum status commitment_get_jsonld(struct request *request, struct response *response);
enum status commitment_get_portal(struct request *request, struct response *response);
enum status commitment_get_outages(struct request *request, struct response *response);
enum status commitment_get_index(struct request *request, struct response *response);
enum status commitment_get_supervision(struct request *request, struct response *response);
enum status commitment_get_privacy(struct request *request, struct response *response);
enum status commitment_get_text(struct request *request, struct response *response);
enum status commitment_get_counting(struct request *request, struct response *response);
enum status commitment_get_json(struct request *request, struct response *response);
enum status commitment_get_csv(struct request *request, struct response *response);

/* Figures as text, in the request's arena. */
const char *promises_json(struct request *request, const struct promises *promises, size_t *length);
const char *promises_jsonld(struct request *request, const struct promises *promises, size_t *length);
const char *promises_csv(struct request *request, const struct promises *promises, size_t *length);

#endif
