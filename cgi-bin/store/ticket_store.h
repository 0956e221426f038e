/*
 * Tickets: filing, loading by folding the events, and appending. The rows (ticket, clock, assignment, public_ticket) are
 * projections of the fold, written in the same transaction as the event.
 */
#ifndef STORE_TICKET_STORE_H
#define STORE_TICKET_STORE_H

#include "core/number.h"
#include "core/ticket.h"
#include "store/catalog.h"
#include "store/outage_join.h"
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
    const struct joined_outages *joined; /* outages that explain it; NULL without */
    const struct hash *photo_token; /* what is staged under it becomes the ticket's; NULL without photos */
    const struct filing_origin *origin; /* by whose key it came; NULL: by none */
};

/* A report that came by a key of another system. The point is where it is, to about 100 m: for maps that everybody may see. */
struct filing_origin {
    int32_t api_key;
    bool has_point;
    int32_t latitude_milli, longitude_milli; /* thousandths of a degree */
    struct hash said; /* of everything that was sent: whether a repeat says the same */
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

/*
 * Files what was decided under a number that is free: draws one, and another when it is taken. The day in the number is that of
 * the report.
 * numbered  called for each number drawn, before it is tried; NULL: nothing depends on the number
 * STATUS_DUPLICATE, STATUS_INVALID as above; STATUS_UNAVAILABLE: number after number was taken, nothing was stored
 */
typedef void (*filing_numbered)(void *context, struct filing *filing);
enum status ticket_store_file_new(struct db *db, const struct event *decided, struct filing *filing, int utc_offset_minutes,
                                  filing_numbered numbered, void *context, const struct catalog *catalog,
                                  struct arena *arena, struct fault *fault) MUST_USE;

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
    int order_count; /* rectification orders given out of it */
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

/*
 * The same for the event that hands the ticket to the discipline office (Art. 5): in the one transaction the case is stored sealed and the
 * clear words, places, persons and photos of the ticket are emptied. Its chain still verifies, by the salted hashes of the words.
 */
struct sealed_case;
enum status ticket_store_hand_over(struct db *db, struct ticket_file *file, struct event *event, const uint8_t *key,
                                   const struct catalog *catalog, const struct sealed_case *sealed, struct fault *fault) MUST_USE;

/* Whether an action key was used, and for which ticket. STATUS_ABSENT when not. number: NUMBER_BYTES */
enum status ticket_store_find_key(struct db *db, const uint8_t *key, struct arena *arena, char *number,
                                  struct fault *fault) MUST_USE;

#endif
