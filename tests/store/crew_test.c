/* Whose assignment a link is for, and to whom one can be given. */
#include <string.h>

#include "check.h"
#include "stand.h"
#include "store/crew_store.h"

#define PIPELINE ((struct unit_id){3})
#define INSPECTION_UNIT ((struct unit_id){4})

static struct stand *shared(void)
{
    static struct stand *stand;
    if (stand == NULL) {
        stand = stand_open("crew");
        stand_run(stand, "INSERT INTO staff (id, login, name, unit_id, roles, is_active, phone_masked, created_at) VALUES"
                         " (31, 'lina', '李娜', 3, 16, 1, '', '2026-01-01'),"
                         " (32, 'zhaowei', '赵伟', 3, 32, 1, '', '2026-01-01'),"
                         " (33, 'sunqiang', '孙强', 3, 8, 1, '', '2026-01-01'),"
                         " (34, 'gone', '走了', 3, 8, 0, '', '2026-01-01'),"
                         " (35, 'clerk', '文员', 3, 4, 1, '', '2026-01-01'),"
                         " (41, 'matao', '马涛', 4, 16, 1, '', '2026-01-01')");
    }
    return stand;
}

static int assignment(struct stand *stand, int64_t ticket, struct unit_id unit)
{
    int dispatch_no = -1;

    REQUIRE_STATUS(crew_store_assignment(stand->db, (struct ticket_id){ticket}, unit, &stand->arena, &dispatch_no,
                                         &stand->fault), STATUS_OK);
    return dispatch_no;
}

TEST(art22_a_link_is_for_the_assignment_by_which_the_unit_holds_the_ticket_now)
{
    struct stand *stand = shared();

    stand_run(stand, "INSERT INTO assignment (ticket_id, dispatch_no, unit_id, role, state, dispatcher, has_objected, dispatched_at)"
                     " VALUES (900, 1, 3, 0, 5, 1, 1, '2026-11-23'), (900, 2, 3, 0, 3, 1, 0, '2026-11-23'),"
                     " (900, 3, 4, 2, 1, 1, 0, '2026-11-23'), (901, 1, 3, 0, 6, 1, 0, '2026-11-23'),"
                     " (902, 1, 3, 0, 4, 1, 0, '2026-11-23'), (903, 1, 3, 0, 2, 1, 1, '2026-11-23')");
    CHECK_INT(assignment(stand, 900, PIPELINE), 2);
    CHECK_INT(assignment(stand, 900, INSPECTION_UNIT), 3);
    CHECK_INT(assignment(stand, 901, PIPELINE), 0); /* recalled */
    CHECK_INT(assignment(stand, 902, PIPELINE), 0); /* done */
    CHECK_INT(assignment(stand, 903, PIPELINE), 1); /* objected, and not decided */
    CHECK_INT(assignment(stand, 904, PIPELINE), 0); /* there is no such ticket */
}

TEST(art22_a_link_can_be_given_to_the_active_crew_liaisons_and_leaders_of_the_unit)
{
    struct stand *stand = shared();
    struct crew_person *people;
    size_t count;
    int64_t ids = 0;

    REQUIRE_STATUS(crew_store_people(stand->db, PIPELINE, &stand->arena, &people, &count, &stand->fault), STATUS_OK);
    CHECK_INT(count, 3);
    for (size_t i = 0; i < count; i++)
        ids += people[i].id.v;
    CHECK_INT(ids, 31 + 32 + 33);
    REQUIRE_STATUS(crew_store_people(stand->db, (struct unit_id){7}, &stand->arena, &people, &count, &stand->fault), STATUS_OK);
    CHECK_INT(count, 0);
}
