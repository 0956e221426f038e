/*
 * The register of service staff and the units' own supervision (Art. 4). Pure.
 */
#ifndef CORE_REGISTER_H
#define CORE_REGISTER_H

#include <stddef.h>

#include "base/time.h"
#include "core/actor.h"

/* What of an entry changed. Stored. */
enum staff_field {
    STAFF_FIELD_NONE,
    STAFF_FIELD_ADDED,
    STAFF_FIELD_NAME,
    STAFF_FIELD_BADGE,
    STAFF_FIELD_PHONE,     /* before and after masked */
    STAFF_FIELD_UNIT,
    STAFF_FIELD_ROLES,
    STAFF_FIELD_ACTIVE,
    STAFF_FIELD_CONFIRMED, /* the days */
    STAFF_FIELD_PASSWORD,  /* set anew; neither is kept */
    STAFF_FIELD__COUNT
};
const char *staff_field_name(enum staff_field field);

/* What an inspection ended with. Stored. */
enum inspection_result {
    INSPECTION_NONE,
    INSPECTION_GOOD,
    INSPECTION_CORRECT, /* something is to be corrected */
    INSPECTION_SERIOUS,
    INSPECTION_RESULT__COUNT
};
const char *inspection_result_name(enum inspection_result result);

/* Roles that only make sense with a unit of their own, whose bearers a roster may name as liaison on duty (Art. 12). */
#define ROLES_ON_DUTY (ROLE_BIT(ROLE_LIAISON) | ROLE_BIT(ROLE_UNIT_LEADER))

/* "A login name": 2 to 40 small letters, digits, '.', '-' and '_', beginning with a letter. */
bool login_is_good(const char *login) MUST_USE;

/* A badge number: "" or up to 20 letters, digits and hyphens. */
bool badge_is_good(const char *badge) MUST_USE;

/* A code for a unit: 2 to 39 small letters, digits and '_', beginning with a letter. */
bool unit_code_is_good(const char *code) MUST_USE;

/*
 * Whether an entry counts as confirmed no longer: never, or more than `days` days ago.
 * confirmed_on  its day, or one before 1970 for never (number INT32_MIN)
 */
bool register_is_stale(struct day confirmed_on, struct day today, int64_t days);

/*
 * Which version of a rule holds on a day: the newest whose day has come. from: newest first. The index, or `count` when none
 * holds yet.
 */
size_t version_in_force(const struct day *from, size_t count, struct day today);

#define DAY_NONE ((struct day){INT32_MIN})

/*
 * Whether changing somebody from `before` to `after` takes an administrator away: the case in which others must be left.
 */
bool register_takes_administrator(uint32_t roles_before, bool was_active, uint32_t roles_after, bool is_active);

#endif
