/*
 * Outages: publishing, loading by folding the events, appending; and what the public was told of them (Art. 18).
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

/* An outage that came of a ticket. */
struct outage_of_ticket {
    struct outage_id id;
    enum outage_state state;
    struct instant expected_end_at;
};
/* Oldest first, at most 50. */
enum status outage_store_of_ticket(struct db *db, struct ticket_id ticket, struct arena *arena,
                                   struct outage_of_ticket **outages, size_t *count, struct fault *fault) MUST_USE;

/* ---- what the public was told: read without events, without staff */

struct outage_message {
    uint32_t seq;
    enum outage_action kind;
    struct instant told_at, happened_at;
    struct instant expected_end_at; /* as it stood after it */
    const char *area_words, *words;
    struct place_id *places; /* that it added */
    size_t place_count;
};

/* Texts live in the arena. */
struct outage_notice {
    struct outage_id id;
    enum outage_state state;
    struct unit_id unit;
    int cause;
    struct instant started_at, first_end_at, expected_end_at;
    struct instant ended_at; /* INSTANT_NONE while it runs */
    struct outage_message *messages; /* ascending seq, at least one */
    size_t message_count;
};

#define OUTAGE_NOTICES_MAX 200 /* in one list */

/* What runs, newest first, then what ended at `since` or later, the last ended first. Three statements. */
enum status outage_store_list(struct db *db, struct instant since, struct arena *arena, struct outage_notice **notices,
                              size_t *count, struct fault *fault) MUST_USE;

/* STATUS_ABSENT when there is none. */
enum status outage_store_find(struct db *db, struct outage_id id, struct arena *arena, struct outage_notice *notice,
                              struct fault *fault) MUST_USE;

/* Changes whenever a message is published: pages made of the same news are the same. */
enum status outage_store_news(struct db *db, struct arena *arena, int64_t *news, struct fault *fault) MUST_USE;

#endif
