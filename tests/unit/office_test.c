/* Rights of the administration's pages: one golden table, for every role, own unit and other unit. */
#include "core/office.h"

#include "check.h"

#include <stdio.h>
#include <string.h>

/* "all" the role has it for every unit, "own" for its own, "-" not at all; roles in this order. */
static const enum role roles[] = {ROLE_OPERATOR, ROLE_CREW, ROLE_LIAISON, ROLE_UNIT_LEADER,
                                  ROLE_OPS, ROLE_GROUP_LEADER, ROLE_DISCIPLINE, ROLE_ADMIN};
static const char *const table[] = {
    /*                 operator crew liaison leader ops group discipline admin */
    "audit             -        -    -       -      -   -     -          all",
    "units_read        -        -    -       -      all all   -          all",
    "units_edit        -        -    -       -      -   -     -          all",
    "register_read     -        -    own     own    all all   -          all",
    "register_keep     -        -    own     own    -   -     -          all",
    "rights            -        -    -       -      -   -     -          all",
    "duty_read         -        -    own     own    all all   -          all",
    "duty_keep         -        -    own     own    -   -     -          all",
    "service_read      -        -    own     own    all all   -          all",
    "service_keep      -        -    own     own    -   -     -          -",
    "calls             -        -    own     own    all all   -          all",
    "notices           -        -    -       -      all -     -          all",
    "rules_read        -        -    -       -      all all   -          all",
    "rules             -        -    -       -      all -     -          all",
    "canned            -        -    -       own    all -     -          all",
    "keys              -        -    -       -      -   -     -          all",
};

static struct actor actor_of(enum role role) { return (struct actor){.roles = ROLE_BIT(role), .staff = {9}, .unit = {3}}; }

static const char *scope_of(enum office_task task, enum role role)
{
    const struct actor actor = actor_of(role);
    const struct unit_id every = {0}, own = {3}, other = {4};
    const bool has_every = office_permits(&actor, task, every), has_own = office_permits(&actor, task, own);
    const bool has_other = office_permits(&actor, task, other);

    CHECK_INT(has_every, has_other);
    CHECK_INT(office_offers(&actor, task), has_own);
    CHECK_INT((office_roles(task) & ROLE_BIT(role)) != 0, has_own);
    return has_every ? "all" : has_own ? "own" : "-";
}

TEST(each_role_has_the_rights_of_the_table_and_no_others)
{
    CHECK_INT(sizeof table / sizeof table[0], OFFICE_TASK__COUNT);
    for (int task = 0; task < OFFICE_TASK__COUNT; task++) {
        char line[200];
        char *rest = line;
        snprintf(line, sizeof line, "%s", table[task]);
        CHECK_TEXT(office_task_name((enum office_task)task), strtok_r(line, " ", &rest));
        check_casef("%s", office_task_name((enum office_task)task));
        for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
            const char *want = strtok_r(NULL, " ", &rest);
            REQUIRE(want != NULL);
            CHECK_TEXT(scope_of((enum office_task)task, roles[i]), want);
        }
    }
}

TEST(somebody_without_a_unit_keeps_no_unit)
{
    for (int task = 0; task < OFFICE_TASK__COUNT; task++) {
        struct actor leader = actor_of(ROLE_UNIT_LEADER);
        leader.unit.v = 0;
        CHECK(!office_offers(&leader, (enum office_task)task));
    }
}

TEST(a_visitor_has_no_right_at_all)
{
    const struct actor nobody = {.roles = 0, .unit = {3}};

    for (int task = 0; task < OFFICE_TASK__COUNT; task++)
        CHECK(!office_offers(&nobody, (enum office_task)task));
}
