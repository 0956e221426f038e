/*
 * Event streams of any subject (tickets, outages, orders): loading them, and what appending does alike for all: the event with its
 * words, the rows of its clocks, the mark of change. The subject's own rows are its store's business, in the same transaction.
 */
#ifndef STORE_STREAM_H
#define STORE_STREAM_H

#include "core/event.h"
#include "store/catalog.h"
#include "store/db.h"

#define ACTION_KEY_BYTES 16
#define STREAM_CLOCKS_MAX 48 /* clocks of one subject */

/* One event as a timeline shows it. */
struct timeline_entry {
    struct event event;
    const char *words; /* "" without or emptied */
    const char *actor_name; /* "" for residents and the system, and for what was appended since loading */
};

struct stream {
    struct timeline_entry *entries; /* ascending seq, from 1, without a hole; in the arena, with room for one more */
    size_t count;
    struct hash head; /* hash of the last event */
};

/* Every event of a subject, in one statement. STATUS_ABSENT without any; STATUS_FAILED when one is damaged or missing. */
enum status stream_load(struct db *db, enum subject_kind subject, int64_t id, struct arena *arena,
                        struct stream *stream, struct fault *fault) MUST_USE;

/* Which subject an action key was used for. STATUS_ABSENT when it was not. */
enum status stream_find_key(struct db *db, const uint8_t key[ACTION_KEY_BYTES], enum subject_kind *subject,
                            int64_t *id, struct fault *fault) MUST_USE;

/* ---- appending: prepare once, then the parts inside one transaction of the caller */

/* An event made ready for its row: salt, text hash, payload. Made once, before the first try. */
struct stream_event {
    struct event *event;
    const char *words; /* NULL without */
    const uint8_t *key; /* NULL without */
    struct hash previous, hash; /* hash: made by stream_insert */
    uint8_t salt[EVENT_TEXT_SALT_BYTES];
    uint8_t payload[EVENT_PAYLOAD_MAX];
    size_t payload_length;
};

/*
 * Fills the event's text hash. event, words, key: borrowed while `prepared` is used. words: NULL or "" without. previous: the
 * stream's head, zeros for event 1. key: ACTION_KEY_BYTES, or NULL for the system
 */
void stream_prepare(struct stream_event *prepared, struct event *event, const char *words, const uint8_t *key,
                    const struct hash *previous);

/* The event and its words. STATUS_DUPLICATE: its place in the stream or its key is taken. */
enum status stream_insert(struct db *db, struct stream_event *prepared, struct fault *fault) MUST_USE;

/* The clocks of a subject around an event. */
struct stream_clocks {
    const struct clock *before; /* clocks[i].no == i + 1 */
    int before_count;
    const struct clock *after;   /* the fold after the event */
    struct category_id category; /* after it; 0: none */
    bool is_category_new;
    const struct catalog *catalog; /* for the next step of the ladder */
};

/*
 * Inserts the clocks that the event starts and rewrites those it changes, with their next steps, marking the figures that a due time
 * leaves. STATUS_CONFLICT: there are other clocks than `before` says.
 */
enum status stream_write_clocks(struct db *db, const struct event *event, const struct stream_clocks *clocks,
                                struct fault *fault) MUST_USE;

/* A subject's new rows with the one event that asks for them, as one transaction. */
struct stream_change {
    struct stream_event prepared;
    struct stream_clocks clocks;
    /*
     * Writes the subject's own rows; of event 1 it makes the subject and puts its id into prepared.event->subject_id. STATUS_CONFLICT:
     * the row is not at the version that the event follows.
     */
    enum status (*write_rows)(struct db *db, struct stream_change *change, struct fault *fault);
    void *context;
};

/*
 * Rows, event, words, clocks, mark. key: that of the event. STATUS_DUPLICATE: this form was carried out before, and subject_id is what
 * it made or changed. STATUS_CONFLICT: somebody's event came first. STATUS_INVALID: the key was used for something else
 */
enum status stream_write(struct db *db, struct stream_change *change, const uint8_t key[ACTION_KEY_BYTES],
                         struct fault *fault) MUST_USE;

/* A mark of change. rule, due: what a clock had before, whose figures change too; 0 and INSTANT_NONE without */
enum status stream_mark(struct db *db, enum subject_kind subject, int64_t id, struct rule_id rule, struct instant due,
                        struct fault *fault) MUST_USE;

#endif
