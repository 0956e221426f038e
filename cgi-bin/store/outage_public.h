/*
 * What the public was told of outages (Art. 18): read without events and without staff.
 */
#ifndef STORE_OUTAGE_PUBLIC_H
#define STORE_OUTAGE_PUBLIC_H

#include "core/outage.h"
#include "store/catalog.h"

struct outage_message {
    uint32_t seq;
    enum outage_action kind;
    struct instant told_at, happened_at;
    struct instant start_at, expected_end_at; /* as they stood after it */
    const char *area_words, *words, *water_points; /* "" without */
    struct place_id *places; /* that it added */
    size_t place_count;
};

/* Texts live in the arena. */
struct outage_notice {
    struct outage_id id;
    enum outage_state state;
    struct unit_id unit;
    int cause;
    enum outage_kind kind; /* never OUTAGE_CUTOFF */
    bool is_pressure;      /* less pressure instead of no water */
    struct instant planned_start_at; /* as planned now; INSTANT_NONE: an emergency */
    struct instant started_at;       /* water off; before it is, the planned start: outage_phase_at(state, started_at, …) */
    struct instant first_end_at, expected_end_at;
    struct instant ended_at; /* INSTANT_NONE while it runs or is announced */
    struct outage_message *messages; /* ascending seq, at least one */
    size_t message_count;
};

/* Whether the water is off at `now`: a planned one runs from its announced start on, whatever was told since. */
bool outage_notice_runs(const struct outage_notice *notice, struct instant now);

#define OUTAGE_NOTICES_MAX 200 /* in one list */

/* What runs or is announced, newest first, then what ended at `since` or later, the last ended first. Three statements. */
enum status outage_public_list(struct db *db, struct instant since, struct arena *arena, struct outage_notice **notices,
                              size_t *count, struct fault *fault) MUST_USE;

/* STATUS_ABSENT when there is none. */
enum status outage_public_find(struct db *db, struct outage_id id, struct arena *arena, struct outage_notice *notice,
                              struct fault *fault) MUST_USE;

/* Changes whenever a message is published: pages made of the same news are the same. */
enum status outage_public_news(struct db *db, struct arena *arena, int64_t *news, struct fault *fault) MUST_USE;

/* What a program last knew of the news, so that a busy page asks once a second at most. Zeros at the start. */
struct outage_watch {
    bool has_news;
    int64_t news;
    int64_t looked_at_milliseconds; /* monotonic */
};
enum status outage_watch_look(struct outage_watch *watch, struct db *db, struct arena *arena, struct fault *fault) MUST_USE;

/*
 * Which version a page is that shows outages at `now`: changes with the news, with the minute that it names, and with the catalog
 * whose names it uses.
 */
int64_t outage_watch_version(const struct outage_watch *watch, const struct catalog *catalog, struct instant now);

#endif
