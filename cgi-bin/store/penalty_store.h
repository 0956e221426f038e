/*
 * The assessment ledger's penalties (Arts. 28-35): the catalogue, loading by folding the events, appending.
 */
#ifndef STORE_PENALTY_STORE_H
#define STORE_PENALTY_STORE_H

#include "core/breach.h"
#include "store/stream.h"

/* A clause with its words. */
struct clause_row {
    struct penalty_clause clause;
    const char *text_zh, *text_en;
};

/* The catalogue and what proposes which of it; in the arena. */
struct clause_book {
    struct clause_row *rows;
    size_t count;
    struct breach_rules rules;
};

/* Three statements. */
enum status clause_book_load(struct db *db, struct arena *arena, struct clause_book *book, struct fault *fault) MUST_USE;
/* NULL when there is none of that id. */
const struct clause_row *clause_book_find(const struct clause_book *book, int32_t id);

/* Everything of a penalty that its events say. */
struct penalty_file {
    struct penalty penalty; /* the fold */
    struct timeline_entry *entries; /* ascending seq */
    size_t entry_count;
    struct hash head;
};

/* STATUS_ABSENT when there is none. */
enum status penalty_store_load(struct db *db, struct penalty_id id, struct arena *arena, struct penalty_file *file,
                               struct fault *fault) MUST_USE;

/*
 * Writes a new one, entered by hand, that penalty_decide gave: row, event 1, words, mark, in one transaction. Fills penalty->id.
 * STATUS_DUPLICATE: the key was used, penalty->id is that one's
 */
enum status penalty_store_propose(struct db *db, struct penalty *penalty, struct event *event, const char *words,
                                  const uint8_t key[ACTION_KEY_BYTES], const struct catalog *catalog,
                                  struct fault *fault) MUST_USE;

/*
 * Appends an event that penalty_decide gave on file->penalty, in one transaction. The file is not used any more afterwards.
 * STATUS_DUPLICATE: this form was carried out before. STATUS_CONFLICT: somebody's event came first.
 */
enum status penalty_store_append(struct db *db, const struct penalty_file *file, struct event *event, const char *words,
                                 const uint8_t key[ACTION_KEY_BYTES], const struct catalog *catalog,
                                 struct fault *fault) MUST_USE;

/* ---- for the ledger's work, inside its transaction */

/* Row, event 1 and mark of a proposal by the system; fills penalty->id. STATUS_DUPLICATE: there is one of this breach. */
enum status penalty_store_insert(struct db *db, struct penalty *penalty, struct event *event, struct fault *fault) MUST_USE;

/* Event, row and mark. file: as loaded after its row was locked; it is the fold after the event then. */
enum status penalty_store_change(struct db *db, struct penalty_file *file, struct event *event, struct fault *fault) MUST_USE;

#endif
