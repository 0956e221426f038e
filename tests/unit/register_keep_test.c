/* core/register_keep: who may do what with the register of customers, role by role (Arts. 3, 18(1), 33(4)). */
#include "check.h"
#include "core/register_keep.h"

struct right {
    enum role role;
    bool in_customer_unit, may[REGISTER_TASK__COUNT]; /* read, keep, open, import */
};
static const struct right rights[] = {
    {ROLE_RESIDENT, false, {false, false, false, false}},
    {ROLE_OPERATOR, false, {true, false, false, false}},
    {ROLE_CREW, true, {true, false, false, false}},
    {ROLE_LIAISON, false, {true, false, false, false}},
    {ROLE_LIAISON, true, {true, true, true, false}},
    {ROLE_UNIT_LEADER, false, {true, false, false, false}},
    {ROLE_UNIT_LEADER, true, {true, true, true, true}},
    {ROLE_OPS, false, {true, true, true, true}},
    {ROLE_GROUP_LEADER, false, {true, false, false, false}},
    {ROLE_DISCIPLINE, false, {false, false, false, false}},
    {ROLE_ADMIN, true, {false, false, false, false}},
};

TEST(art_33_4_customer_management_keeps_the_register_and_operations_supervises)
{
    for (size_t i = 0; i < sizeof rights / sizeof rights[0]; i++) {
        const struct actor actor = {.roles = ROLE_BIT(rights[i].role), .staff = {1}};
        check_casef("%s%s", role_name(rights[i].role), rights[i].in_customer_unit ? " of customer management" : "");
        for (int task = 0; task < REGISTER_TASK__COUNT; task++)
            CHECK_INT(register_permits(&actor, (enum register_task)task, rights[i].in_customer_unit), rights[i].may[task]);
    }
}

TEST(nobody_without_roles_may_anything)
{
    const struct actor nobody = {.roles = 0};

    for (int task = 0; task < REGISTER_TASK__COUNT; task++)
        CHECK(!register_permits(&nobody, (enum register_task)task, true));
}

TEST(routes_ask_for_every_role_that_has_the_task_somewhere)
{
    CHECK_INT(register_roles(REGISTER_IMPORT), ROLE_BIT(ROLE_OPS) | ROLE_BIT(ROLE_UNIT_LEADER));
    CHECK_INT(register_roles(REGISTER_KEEP), ROLE_BIT(ROLE_OPS) | ROLE_BIT(ROLE_UNIT_LEADER) | ROLE_BIT(ROLE_LIAISON));
}
