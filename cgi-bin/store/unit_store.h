/*
 * Units as administrators keep them: with their leaders, who answer for them (Arts. 29, 32).
 */
#ifndef STORE_UNIT_STORE_H
#define STORE_UNIT_STORE_H

#include "core/ids.h"
#include "store/change.h"

/* Who a unit's matters go up to. */
enum unit_post { UNIT_DIRECT_LEADER, UNIT_LEADER_IN_CHARGE, UNIT_INDICATOR_OWNER, UNIT_POST__COUNT };

/* One unit. Texts are borrowed, from the arena or for the call. */
struct unit_row {
    struct unit_id id; /* 0: to be added */
    const char *code;  /* never changed */
    const char *name_zh, *name_en;
    bool is_handling;
    int sort;
    uint32_t version;
    struct {
        struct staff_id staff; /* 0: nobody */
        const char *login, *name; /* when read */
    } posts[UNIT_POST__COUNT];
};

enum status unit_store_list(struct db *db, struct arena *arena, struct unit_row **rows, size_t *count,
                            struct fault *fault) MUST_USE;
enum status unit_store_find(struct db *db, struct unit_id id, struct arena *arena, struct unit_row *row,
                            struct fault *fault) MUST_USE;

/*
 * Adds the unit or writes it over the version that was seen, and raises the catalog. change.raises_catalog is set here.
 * STATUS_CONFLICT: somebody changed it meanwhile; STATUS_REFUSED: the code is taken; STATUS_DUPLICATE: saved before.
 */
enum status unit_store_save(struct db *db, const struct change *change, const struct unit_row *row,
                            struct fault *fault) MUST_USE;

#endif
