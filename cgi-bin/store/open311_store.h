/*
 * Reports as other systems read them: from the projection without personal data. What the discipline office has is nowhere here, and
 * of what is no repair only what the reader's own key filed.
 */
#ifndef STORE_OPEN311_STORE_H
#define STORE_OPEN311_STORE_H

#include "core/number.h"
#include "core/progress.h"
#include "store/api_key_store.h"

#define OPEN311_NUMBERS_MAX 20   /* of one statement */
#define OPEN311_REQUESTS_MAX 1000

struct open311_request {
    struct ticket_id id;
    char number[NUMBER_BYTES];
    enum ticket_state state;  /* its own */
    bool is_open;             /* of a merged one: whether its parent is */
    struct category_id category;
    struct place_id place;    /* 0: not in the register */
    struct instant reported_at, updated_at;
    struct instant due_at;    /* by when it is promised: as granted, or the deadline of an outside system if that is earlier */
    bool is_own;              /* filed by the reader's key, or with a number of its system */
    bool has_point;
    int32_t latitude_milli, longitude_milli; /* thousandths of a degree */
    struct public_step *steps; /* ascending */
    size_t step_count;
    /* Of a list of updates: which step it is about, and when that became known. */
    uint32_t seq;
    struct instant recorded_at;
};

/* When it ended as the public sees it; INSTANT_NONE while it is open. */
struct instant open311_ended_at(const struct open311_request *request);

/* numbers: as stored, at most OPEN311_NUMBERS_MAX. Those that are known and shown, newest first. key: NULL for everybody */
enum status open311_store_list_by_number(struct db *db, const struct api_key *key, char (*numbers)[NUMBER_BYTES],
                                         size_t number_count, struct arena *arena, struct open311_request **requests,
                                         size_t *count, struct fault *fault) MUST_USE;

struct open311_window {
    struct instant from, to;                     /* of the report, or of the step; from ≤ at < to */
    const char *categories;                      /* ids between commas, "" for all */
    bool has_open, has_closed;
    struct instant changed_from, changed_to;     /* INSTANT_NONE: whenever */
    int limit, offset;
};

/* Newest first. */
enum status open311_store_list(struct db *db, const struct api_key *key, const struct open311_window *window,
                               struct arena *arena, struct open311_request **requests, size_t *count,
                               struct fault *fault) MUST_USE;

/* One row per step that was recorded in the window, oldest first; from, to, limit and offset count. */
enum status open311_store_list_updates(struct db *db, const struct api_key *key, const struct open311_window *window,
                                       struct arena *arena, struct open311_request **requests, size_t *count,
                                       struct fault *fault) MUST_USE;

/* What was filed under a key of repetition. */
struct open311_filed {
    char number[NUMBER_BYTES];
    struct hash said;
    int32_t api_key;
    struct instant reported_at;
};

/* STATUS_ABSENT: nothing by another system. */
enum status open311_store_find_filed(struct db *db, const uint8_t key[16], struct arena *arena, struct open311_filed *filed,
                                     struct fault *fault) MUST_USE;

#endif
