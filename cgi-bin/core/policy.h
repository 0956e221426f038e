/*
 * Policies: what ops has decided by number where the regulation leaves room. Each is a row with a bound and a default, changed
 * on the administration's page and written to the audit log; programs read them with the catalog. Pure.
 */
#ifndef CORE_POLICY_H
#define CORE_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Stored by name, so the order may change. */
enum policy {
    POLICY_FOLLOW_UP_PERCENT,     /* share of finished tickets that are called back (Art. 10) */
    POLICY_FOLLOW_UP_ATTEMPTS,    /* calls before a customer counts as unreachable */
    POLICY_REPEAT_DAYS,           /* how far back an earlier report makes a repeat (Art. 34(3)) */
    POLICY_CONFIRM_DAYS,          /* a register entry not confirmed for longer is stale (Art. 4) */
    POLICY_ROSTER_DAYS,           /* how far ahead uncovered hours are shown (Art. 12) */
    POLICY_QUIET_FROM_MINUTE,     /* of the local day: what can wait is not sent from here … */
    POLICY_QUIET_TO_MINUTE,       /* … to here */
    POLICY_RECTIFY_DAYS,          /* time for a rectification order, unless it says another (Art. 10) */
    POLICY_SOON_MINUTES,          /* how near a deadline is that a list shows as "due soon" */
    POLICY_NOTICES_PER_PHONE,     /* short messages that one phone is sent in a day, over all its reports */
    POLICY_OUTAGE_APPROVER,       /* enum outage_approver: who approves planned outages (Art. 18(1)) … */
    POLICY_OUTAGE_APPROVER_LARGE, /* … and those of large extent */
    POLICY_OUTAGE_HOUSEHOLDS,     /* so many households affected make a planned outage one of large extent … */
    POLICY_OUTAGE_HOURS,          /* … or so many hours */
    POLICY__COUNT
};

/* One row of the table. */
struct policy_bound {
    const char *name; /* in the database, and Text.policy.NAME */
    const char *unit; /* Text.policy_unit.UNIT: "percent", "times", "days", "minute", "hours" */
    int64_t least, most, usual;
};

const struct policy_bound *policy_bound(enum policy policy);

/* False for an unknown name. */
bool policy_find(const char *name, enum policy *policy);

/* Whether the value may stand. */
bool policy_allows(enum policy policy, int64_t value);

#endif
