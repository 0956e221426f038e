/*
 * Tickets: filing, loading by folding the events, and appending. The rows (ticket, clock, assignment, public_ticket) are
 * projections of the fold, written in the same transaction as the event.
 */
#ifndef STORE_TICKET_STORE_H
#define STORE_TICKET_STORE_H

#include "core/number.h"
#include "core/ticket.h"
#include "store/catalog.h"
#include "store/person.h"
#include "store/stream.h"

/* A new ticket, ready to be written. */
struct filing {
    char number[NUMBER_BYTES];
    uint8_t key[ACTION_KEY_BYTES]; /* of the form: a repeat finds the first ticket */
    const char *place_text;        /* estate, building or crossing; searchable */
    const char *words;             /* "" without; the text of event 1 */
    struct sealed_person person;
    bool has_link;
    struct hash link_hash; /* of the private link's token */
    const char *outside_system, *outside_number; /* NULL without; unique together */
    const struct hash *photo_token; /* what is staged under it becomes the ticket's; NULL without photos */
};

/*
 * Writes ticket, person, event 1, words, clocks, projection, photos and a dirty mark in one transaction: seven statements, ten
 * with photos. Fills event's
 * subject_id and ticket->id. `ticket` is the fold after `event`; text hash and salt are made here.
 * STATUS_DUPLICATE  the key was used: `filing->number` becomes the first ticket's number
 * STATUS_CONFLICT   the number is taken: draw another and call again (the caller bounds the tries)
 * STATUS_INVALID    the outside number is known already: `filing->number` becomes that ticket's
 */
enum status ticket_store_file(struct db *db, struct ticket *ticket, struct event *event, struct filing *filing,
                              const struct catalog *catalog, struct arena *arena, struct fault *fault) MUST_USE;

/* Everything a ticket's page needs, in two statements. */
struct ticket_file {
    struct ticket ticket; /* the fold */
    char number[NUMBER_BYTES];
    const char *place_text;
    const char *name_masked, *phone_masked, *account_masked;
    bool has_address;
    const char *outside_system, *outside_number; /* "" without */
    int code_issue;
    int photo_count; /* 0: there is none to look for */
    struct timeline_entry *entries; /* ascending seq, as many as the fold's version says */
    size_t entry_count, entry_room;
    struct arena *arena; /* that it was loaded into and grows in */
    struct hash head; /* hash of the last event */
};

/* STATUS_ABSENT for an unknown number. */
enum status ticket_store_load(struct db *db, const char *number, struct arena *arena, struct ticket_file *file,
                              struct fault *fault) MUST_USE;
enum status ticket_store_load_by_id(struct db *db, struct ticket_id id, struct arena *arena, struct ticket_file *file,
                                    struct fault *fault) MUST_USE;

/*
 * Appends an event that ticket_decide gave on file->ticket, applies it to file->ticket, and writes all projections and a dirty
 * mark, in one transaction. Text hash and salt are made here from `words` (NULL without).
 * key               of the form, or NULL for the system: a repeat is STATUS_DUPLICATE
 * STATUS_CONFLICT   somebody's event came first: load and decide again, or tell the user
 */
enum status ticket_store_append(struct db *db, struct ticket_file *file, struct event *event, const char *words,
                                const uint8_t *key, const struct catalog *catalog, struct fault *fault) MUST_USE;

/* Whether an action key was used, and for which ticket. STATUS_ABSENT when not. number: NUMBER_BYTES */
enum status ticket_store_find_key(struct db *db, const uint8_t *key, struct arena *arena, char *number,
                                  struct fault *fault) MUST_USE;

/* A row of a list. Texts live in the arena. */
struct ticket_row {
    struct ticket_id id;
    char number[NUMBER_BYTES];
    uint32_t version;
    enum ticket_state state;
    enum source source;
    enum nature nature;
    struct category_id category;
    uint32_t grades;
    enum zone zone;
    const char *place_text;
    struct unit_id unit;
    struct instant reported_at, next_due_at; /* next_due_at: INSTANT_NONE when nothing runs */
    struct instant finish_due_at, finish_granted_at;
    enum clock_kind next_kind;
    int urge_count, repeat_level;
    bool is_escalated, is_waiting_ops;
};

/* The driving statements of the desk's lists. */
enum ticket_view {
    TICKET_VIEW_DUE,          /* open, by next due */
    TICKET_VIEW_LATE,         /* open and past the next due */
    TICKET_VIEW_UNDISPATCHED, /* state reported */
    TICKET_VIEW_UNIT,         /* open, held by a unit */
    TICKET_VIEW_WAITING_OPS,  /* objection, extension, review, "not fixed", missing limit */
    TICKET_VIEW_FIRST,        /* my first contacts, open */
    TICKET_VIEW_ALL,          /* all, newest report first */
    TICKET_VIEW_NUMBER,       /* one number */
    TICKET_VIEW_PHONE,        /* by phone hash, newest first */
    TICKET_VIEW__COUNT
};

struct ticket_filter {
    enum ticket_view view;
    struct unit_id unit;        /* residual filter, or the driver of TICKET_VIEW_UNIT; 0: any */
    struct category_id category; /* residual; 0: any */
    enum zone zone;             /* residual; ZONE_UNKNOWN: any */
    int state;                  /* residual; 0: any */
    struct staff_id first_receiver;
    char number[NUMBER_BYTES];
    struct hash phone_hash;
    /* keyset cursor: the last row of the page before; INSTANT_NONE and 0 for the first page */
    struct instant after_at;
    int64_t after_id;
    int limit;
};

#define TICKET_SCAN_CAP 5000 /* rows a list statement may look at for residual filters */

/* rows: up to filter->limit + 1 (the extra one says that there are more). One statement. */
enum status ticket_store_list(struct db *db, const struct ticket_filter *filter, struct instant now,
                              struct arena *arena, struct ticket_row **rows, size_t *count,
                              struct fault *fault) MUST_USE;

/* Counts of the views, exact to 1,000 (1,001 means "more"). One statement. */
enum status ticket_store_counts(struct db *db, struct unit_id unit, struct staff_id staff, struct instant now,
                                struct arena *arena, int counts[TICKET_VIEW__COUNT], struct fault *fault) MUST_USE;

#endif
