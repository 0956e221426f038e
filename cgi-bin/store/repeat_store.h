/*
 * Earlier reports of the same matter (Arts. 9, 34(3)): by the same phone or account, or of the same matter at the same place.
 * Masked data alone; what was handed to the discipline office is not among them.
 */
#ifndef STORE_REPEAT_STORE_H
#define STORE_REPEAT_STORE_H

#include "store/ticket_store.h"

#define REPEATS_MAX 20 /* the newest are shown */

enum repeat_why { REPEAT_BY_PHONE = 1, REPEAT_BY_ACCOUNT = 2, REPEAT_BY_PLACE = 4 }; /* a set */

/* What is looked for. Hashes as of person_lookup_hash(). */
struct repeat_search {
    bool has_phone, has_account;
    struct hash phone_hash, account_hash;
    struct place_id place; /* 0: not known, no search by place */
    struct category_id category;
    struct instant since;   /* reports before it do not count (POLICY_REPEAT_DAYS) */
    struct ticket_id self;  /* left out; 0: none */
};

struct earlier {
    struct ticket_id id;
    char number[NUMBER_BYTES];
    uint32_t version;
    enum ticket_state state;
    bool is_open;
    struct category_id category;
    const char *place_text, *name_masked, *phone_masked; /* in the arena */
    struct unit_id unit;
    struct instant reported_at, closed_at;
    int repeat_level, satisfaction;
    unsigned why; /* enum repeat_why, a set */
};

/* The newest REPEATS_MAX, newest first. One statement. */
enum status repeat_store_find(struct db *db, const struct repeat_search *search, struct arena *arena,
                              struct earlier **earlier, size_t *count, struct fault *fault) MUST_USE;

/* The same for a ticket that is filed already, with its phone, account, place and matter. Two statements. */
enum status repeat_store_find_for(struct db *db, const struct ticket *ticket, struct instant since, struct arena *arena,
                                  struct earlier **earlier, size_t *count, struct fault *fault) MUST_USE;

#endif
