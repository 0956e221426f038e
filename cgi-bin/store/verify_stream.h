/* What verify does alike for every subject's stream: chain, bytes, words, seal, clock rows. For verify's files of store alone. */
#ifndef STORE_VERIFY_STREAM_H
#define STORE_VERIFY_STREAM_H

#include "core/event.h"
#include "store/catalog.h"
#include "store/clerk_store.h"

/* A run of verify, and the stream in hand. */
struct verifying {
    struct db *db;
    const struct catalog *catalog;
    const struct key *chain_key; /* NULL: seals are not checked */
    uint32_t walked_kinds;       /* CLOCK_BITs: clerk still works a change of the ladder into these */
    verify_problem problem;
    void *context;
    struct verify_report *report;
    struct arena arena; /* of one stream */
    enum subject_kind subject;
    int64_t id;
    const char *what, *name; /* of the stream in hand: "ticket", its number; NULL: none */
};

/* Tells a problem of the stream in hand. */
void verifying_tell(struct verifying *run, const char *format, ...) PRINTF_LIKE(2, 3);

/* A row against what the events say. names: one per column. Only integers and moments; others are left out. */
void verifying_compare_row(struct verifying *run, const char *what, const char *const *names,
                           const struct db_value *wanted, const struct db_value *stored, size_t count);

/* The subject's clock rows against the fold's clocks. category: 0 without */
enum status verifying_compare_clocks(struct verifying *run, const struct clock *clocks, int clock_count,
                                     struct category_id category, struct fault *fault) MUST_USE;

/* The stream in hand: run->subject, run->id. */
struct verified_stream {
    struct db_row *rows, *texts;
    size_t row_count, text_count;
    struct hash *hashes; /* of each event that was folded */
    size_t count;
    bool is_whole; /* everything could be folded */
};

/* Reads it. */
enum status verifying_open(struct verifying *run, struct verified_stream *stream, struct fault *fault) MUST_USE;

/* Folds one event into the caller's subject; false when its bytes cannot have been written by this program. */
typedef bool verifying_fold(void *context, const struct event *event, const char *words);

/* Checks it event by event, folding each, then its seal. */
enum status verifying_stream(struct verifying *run, struct verified_stream *stream, verifying_fold *fold, void *context,
                             struct fault *fault) MUST_USE;

/*
 * Each subject of a kind after the other, by ascending id: run->subject and run->what are set by the caller, the id and the name here.
 * page: lists ids above one, as many as asked. orphans: lists subjects that have events and no row
 */
enum status verifying_each(struct verifying *run, enum statement page, enum statement orphans,
                           enum status (*verify)(struct verifying *run, struct fault *fault), struct fault *fault) MUST_USE;

#endif
