/*
 * The sample town: invented people and about 90 days of tickets, made through the same functions as real ones, so that the
 * whole of it verifies. The same seed and anchor day give the same town.
 */
#ifndef SHUINUO_DEMO_H
#define SHUINUO_DEMO_H

#include "shuinuo/command.h"

/* A small deterministic generator (splitmix64): sample data only, never a secret. */
struct dice {
    uint64_t state;
};
uint32_t dice_below(struct dice *dice, uint32_t bound);
int64_t dice_between(struct dice *dice, int64_t least, int64_t most);
bool dice_percent(struct dice *dice, uint32_t percent);

/* One kind of report as people make it. */
struct demo_matter {
    const char *category;
    uint32_t weight;
    const char *words;  /* what the caller says */
    const char *result; /* what the unit answers in the end */
};
extern const struct demo_matter demo_matters[];
extern const size_t demo_matter_count;

/* The people of the town who act in the tickets, by role and unit. */
struct demo_staff {
    const char *login, *name, *unit;
    uint32_t roles;
};
extern const struct demo_staff demo_people[];
extern const size_t demo_people_count;

/*
 * What the units of the town keep: phones and badges, the duty roster from 90 days before the anchor to 30 after it (one unit
 * has an uncovered night), service rules and inspections. After the people.
 */
enum status demo_keep_office(struct admin *admin, struct fault *fault) MUST_USE;

/* Files one ticket at `reported_at` and carries it through its life until `admin->now`. */
enum status demo_live_ticket(struct admin *admin, struct dice *dice, struct instant reported_at,
                             struct fault *fault) MUST_USE;

/* Whoever acts for a unit in a role; assert: the town has somebody. */
struct actor demo_actor(const struct admin *admin, enum role role, struct unit_id unit);

#endif
