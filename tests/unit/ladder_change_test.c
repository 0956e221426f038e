/*
 * Changing the ladder of one kind of clock: on the product's own rows.
 */
#include "core/ladder_change.h"

#include "check.h"
#include "regulation.h"

#define BIT(audience) (UINT32_C(1) << (audience))

/* The product's steps of a kind, and room for one more. */
struct steps {
    struct ladder_step rows[LADDER_STEPS_MAX + 2];
    size_t count;
};

static struct steps steps_of(enum clock_kind kind)
{
    struct steps steps = {.count = 0};

    for (size_t i = 0; i < REGULATION_LADDER_COUNT; i++)
        if (REGULATION_LADDER[i].kind == kind)
            steps.rows[steps.count++] = REGULATION_LADDER[i];
    return steps;
}

static enum ladder_refusal complete(struct steps *steps) { return ladder_change_complete(steps->rows, steps->count); }

static void insert(struct steps *steps, size_t at, int permille, int64_t after_due_seconds)
{
    memmove(&steps->rows[at + 1], &steps->rows[at], (steps->count - at) * sizeof steps->rows[0]);
    steps->rows[at] = (struct ladder_step){.kind = steps->rows[at + 1].kind, .permille = permille,
                                           .after_due_seconds = after_due_seconds, .audiences = BIT(AUDIENCE_LIAISON)};
    steps->count++;
}

TEST(the_product_s_own_ladders_may_stand_as_they_are)
{
    for (int kind = CLOCK_DISPATCH; kind < CLOCK_KIND__COUNT; kind++) {
        struct steps steps = steps_of((enum clock_kind)kind);
        const struct steps before = steps;
        check_case(clock_kind_name((enum clock_kind)kind));
        REQUIRE_STATUS(complete(&steps), LADDER_OK);
        for (size_t i = 0; i < steps.count; i++) {
            CHECK_INT(steps.rows[i].step, before.rows[i].step);
            CHECK_TEXT(steps.rows[i].notice, before.rows[i].notice);
        }
    }
}

TEST(a_step_keeps_its_number_when_it_moves_and_its_text_stays_true)
{
    struct steps steps = steps_of(CLOCK_FINISH);

    steps.rows[0].permille = 300;
    steps.rows[1].permille = 600;
    REQUIRE_STATUS(complete(&steps), LADDER_OK);
    CHECK_INT(steps.rows[0].step, 10);
    CHECK_TEXT(steps.rows[0].notice, "clock_running");
    CHECK_TEXT(steps.rows[1].notice, "clock_half");
    CHECK_TEXT(steps.rows[2].notice, "clock_late");
}

TEST(a_new_step_gets_a_number_between_its_neighbours)
{
    struct steps steps = steps_of(CLOCK_FINISH);

    insert(&steps, 1, 650, 0);
    REQUIRE_STATUS(complete(&steps), LADDER_OK);
    CHECK_INT(steps.rows[1].step, 15);
    CHECK_INT(steps.rows[2].step, 20);

    steps = steps_of(CLOCK_FINISH);
    insert(&steps, 0, 250, 0);
    REQUIRE_STATUS(complete(&steps), LADDER_OK);
    CHECK_INT(steps.rows[0].step, 5);

    steps = steps_of(CLOCK_FINISH);
    steps.rows[steps.count] = (struct ladder_step){.kind = CLOCK_FINISH, .permille = 1000, .audiences = BIT(AUDIENCE_OPS),
                                                   .after_due_seconds = 2 * DAY_SECONDS};
    steps.count++;
    REQUIRE_STATUS(complete(&steps), LADDER_OK);
    CHECK_INT(steps.rows[steps.count - 1].step, 70);
    CHECK_TEXT(steps.rows[steps.count - 1].notice, "clock_day_late");

    steps.rows[steps.count - 2].after_due_seconds = 3600;
    REQUIRE_STATUS(complete(&steps), LADDER_OK);
    CHECK_TEXT(steps.rows[steps.count - 2].notice, "clock_still_late");
}

TEST(between_two_numbers_side_by_side_there_is_no_room)
{
    struct steps steps = steps_of(CLOCK_ACCEPT);

    steps.rows[0].step = steps.rows[1].step - 1;
    insert(&steps, 1, 700, 0);
    CHECK_STATUS(complete(&steps), LADDER_NO_ROOM);
}

TEST(what_may_not_stand_is_refused_by_name)
{
    static const struct {
        const char *name;
        size_t row;
        int permille;
        int64_t after;
        uint32_t audiences;
        bool is_breach;
        enum ladder_refusal refusal;
    } cases[] = {
        {"a warning at nothing", 0, 0, 0, 2, false, LADDER_SHARE},
        {"a warning at the due moment", 0, 1000, 0, 2, false, LADDER_SHARE},
        {"a warning beyond", 0, 1001, 0, 2, false, LADDER_SHARE},
        {"a warning with minutes", 0, 500, 60, 2, false, LADDER_SHARE},
        {"nobody is told", 0, 500, 0, 0, false, LADDER_NOBODY},
        {"the resident is told", 0, 500, 0, BIT(AUDIENCE_RESIDENT), false, LADDER_NOBODY},
        {"two at one moment", 0, 800, 0, 2, false, LADDER_ORDER},
        {"the first behind the second", 0, 900, 0, 2, false, LADDER_ORDER},
        {"no breach", 2, 1000, 0, 2, false, LADDER_NO_BREACH},
        {"a breach before the due moment", 2, 900, 0, 2, true, LADDER_NO_BREACH},
        {"a breach after it", 2, 1000, 1, 2, true, LADDER_NO_BREACH},
        {"a second breach", 5, 1000, 0, 2, true, LADDER_NO_BREACH},
        {"nobody is told of the breach", 2, 1000, 0, 0, true, LADDER_NOBODY},
        {"a share behind the breach", 4, 900, 0, 2, false, LADDER_AFTER},
        {"too long after", 5, 1000, LADDER_AFTER_MAX_SECONDS + 1, 2, false, LADDER_AFTER},
        {"too long before", 3, 1000, -LADDER_AFTER_MAX_SECONDS - 1, 2, false, LADDER_AFTER},
        {"behind the breach out of order", 3, 1000, 60, 2, false, LADDER_ORDER},
        {"thirty days after", 5, 1000, LADDER_AFTER_MAX_SECONDS, 2, false, LADDER_OK},
        {"one thousandth", 0, 1, 0, 2, false, LADDER_OK},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct steps steps = steps_of(CLOCK_FINISH);
        struct ladder_step *row = &steps.rows[cases[i].row];
        check_case(cases[i].name);
        row->permille = cases[i].permille;
        row->after_due_seconds = cases[i].after;
        row->audiences = cases[i].audiences;
        row->is_breach = cases[i].is_breach;
        CHECK_STATUS(complete(&steps), cases[i].refusal);
    }
}

TEST(a_step_cannot_pass_by_another_with_its_number)
{
    struct steps steps = steps_of(CLOCK_FINISH);
    const struct ladder_step first = steps.rows[0];

    steps.rows[0] = steps.rows[1];
    steps.rows[1] = first;
    steps.rows[0].permille = 400;
    CHECK_STATUS(complete(&steps), LADDER_ORDER);
}

TEST(there_is_an_end_to_steps)
{
    struct steps steps = {.count = LADDER_STEPS_MAX + 1};

    for (size_t i = 0; i < steps.count; i++)
        steps.rows[i] = (struct ladder_step){.permille = (int)i + 1, .audiences = 2};
    steps.rows[steps.count - 1].permille = 1000;
    steps.rows[steps.count - 1].is_breach = true;
    CHECK_STATUS(complete(&steps), LADDER_TOO_MANY);
    steps.rows[0] = steps.rows[1];
    memmove(steps.rows, steps.rows + 1, LADDER_STEPS_MAX * sizeof steps.rows[0]);
    steps.count--;
    CHECK_STATUS(complete(&steps), LADDER_OK);
}

TEST(refusals_have_names)
{
    for (int i = 0; i < LADDER_REFUSAL__COUNT; i++)
        CHECK(ladder_refusal_name((enum ladder_refusal)i)[0] != '\0');
}
