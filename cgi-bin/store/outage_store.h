/*
 * Outages: publishing, loading by folding the events, appending (Art. 18). What the public was told of them: outage_public.h.
 */
#ifndef STORE_OUTAGE_STORE_H
#define STORE_OUTAGE_STORE_H

#include "core/number.h"
#include "core/outage.h"
#include "store/stream.h"

/* Everything an outage's page needs, in two statements. */
struct outage_file {
    struct outage outage;             /* the fold */
    char ticket_number[NUMBER_BYTES]; /* "" without, and for a ticket that is not shown */
    struct timeline_entry *entries;   /* ascending seq; their words are those of outage_words_split() */
    size_t entry_count;
    struct hash head;
};

/*
 * Writes a new outage that outage_decide reported and publishes it: row, places, message, event 1, words, clocks, mark, in one
 * transaction. Fills outage->id. STATUS_DUPLICATE: the key was used, outage->id is that outage's
 */
enum status outage_store_report(struct db *db, struct outage *outage, struct event *event, const struct outage_words *words,
                                const uint8_t key[ACTION_KEY_BYTES], const struct catalog *catalog,
                                struct fault *fault) MUST_USE;

/* STATUS_ABSENT when there is none. */
enum status outage_store_load(struct db *db, struct outage_id id, struct arena *arena, struct outage_file *file,
                              struct fault *fault) MUST_USE;

/*
 * Appends an event that outage_decide gave on file->outage, with its message, in one transaction. The file is not used any more
 * afterwards. STATUS_DUPLICATE: this form was carried out before. STATUS_CONFLICT: somebody's event came first.
 */
enum status outage_store_append(struct db *db, const struct outage_file *file, struct event *event,
                                const struct outage_words *words, const uint8_t key[ACTION_KEY_BYTES],
                                const struct catalog *catalog, struct fault *fault) MUST_USE;

/* What an outage takes over of the burst it comes of. */
struct outage_ticket {
    struct ticket_id id;
    char number[NUMBER_BYTES];
    const char *place_text;
    struct place_id place; /* 0: not known */
    int diameter_mm;       /* 0: not known */
    struct unit_id unit;   /* that holds it, or held it last; 0: none yet */
};
/* STATUS_ABSENT for an unknown number, and for a ticket that is not shown to anybody. */
enum status outage_store_find_ticket(struct db *db, const char *number, struct arena *arena, struct outage_ticket *ticket,
                                     struct fault *fault) MUST_USE;

/* An outage that came of a ticket, or explains it. */
struct outage_of_ticket {
    struct outage_id id;
    enum outage_state state;
    struct instant started_at, expected_end_at;
    bool is_joined; /* the report told of what was known: store/outage_join.h */
};
/* Oldest first, at most 50. */
enum status outage_store_of_ticket(struct db *db, struct ticket_id ticket, struct arena *arena,
                                   struct outage_of_ticket **outages, size_t *count, struct fault *fault) MUST_USE;

#endif
