/*
 * The duty roster: uncovered hours compared with counting moment by moment, for every set of up to three shifts on a small grid.
 */
#include "core/roster.h"

#include "check.h"

#define GRID 7 /* moments 0 … 6 */
#define MOMENT(n) ((struct instant){(int64_t)(n) * 1000})
#define SHIFT(from, to) ((struct interval){MOMENT(from), MOMENT(to)})

/* Whether a shift holds in the second from `at` on. */
static bool is_covered(const struct interval *shifts, size_t count, int at)
{
    for (size_t i = 0; i < count; i++)
        if (shifts[i].from.milliseconds <= MOMENT(at).milliseconds && MOMENT(at).milliseconds < shifts[i].to.milliseconds)
            return true;
    return false;
}

/* The gaps are exactly the uncovered seconds of the window, in order, each as long as it can be. */
static bool gaps_are_right(const struct interval *shifts, size_t count, struct interval window)
{
    struct interval gaps[8];
    const size_t found = roster_gaps(shifts, count, window, gaps);
    int64_t uncovered = 0;

    if (found > count + 1)
        return false;
    for (size_t i = 0; i < found; i++)
        if (!instant_is_before(gaps[i].from, gaps[i].to) ||
            (i > 0 && !instant_is_before(gaps[i - 1].to, gaps[i].from)))
            return false;
    for (int at = -1; at <= GRID; at++) {
        const bool is_in = window.from.milliseconds <= MOMENT(at).milliseconds &&
                           MOMENT(at).milliseconds < window.to.milliseconds;
        const bool is_gap = is_in && !is_covered(shifts, count, at);
        uncovered += is_gap;
        if (is_covered(gaps, found, at) != is_gap)
            return false;
    }
    return roster_seconds(gaps, found) == uncovered;
}

/* The n-th pair of moments, also backwards and without length. */
static struct interval pair(int n) { return SHIFT(n / GRID, n % GRID); }

TEST(art12_uncovered_hours_are_found_for_every_set_of_up_to_three_shifts)
{
    const struct interval windows[] = {SHIFT(0, 6), SHIFT(1, 5), SHIFT(2, 3), SHIFT(3, 3), SHIFT(5, 1)};
    const int pairs = GRID * GRID;
    int wrong = 0;

    for (size_t w = 0; w < sizeof windows / sizeof windows[0]; w++) {
        wrong += !gaps_are_right(NULL, 0, windows[w]);
        for (int a = 0; a < pairs; a++)
            for (int b = 0; b < pairs; b++)
                for (int c = 0; c < pairs; c++) {
                    const struct interval shifts[] = {pair(a), pair(b), pair(c)};
                    for (size_t count = 1; count <= 3; count++)
                        wrong += !gaps_are_right(shifts, count, windows[w]);
                }
    }
    CHECK_INT(wrong, 0);
}

TEST(art12_named_cases_of_uncovered_hours)
{
    const struct {
        const char *name;
        struct interval shifts[3];
        size_t count;
        int64_t seconds, gaps;
    } cases[] = {
        {"nobody at all", {SHIFT(0, 0)}, 0, 6, 1},
        {"one for all", {SHIFT(0, 6)}, 1, 0, 0},
        {"two that touch", {SHIFT(0, 3), SHIFT(3, 6)}, 2, 0, 0},
        {"two that touch, the later one first", {SHIFT(3, 6), SHIFT(0, 3)}, 2, 0, 0},
        {"two that overlap", {SHIFT(0, 4), SHIFT(2, 6)}, 2, 0, 0},
        {"one inside another", {SHIFT(0, 6), SHIFT(2, 3)}, 2, 0, 0},
        {"one that began before and ends after", {SHIFT(-5, 99)}, 1, 0, 0},
        {"one before the window", {SHIFT(-3, 0)}, 1, 6, 1},
        {"one after the window", {SHIFT(6, 9)}, 1, 6, 1},
        {"a hole in the middle", {SHIFT(0, 2), SHIFT(3, 6)}, 2, 1, 1},
        {"holes at both ends", {SHIFT(2, 4)}, 1, 4, 2},
        {"a shift that ends before it starts", {SHIFT(6, 0)}, 1, 6, 1},
        {"a shift without length", {SHIFT(3, 3)}, 1, 6, 1},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct interval gaps[4];
        check_case(cases[i].name);
        const size_t found = roster_gaps(cases[i].shifts, cases[i].count, SHIFT(0, 6), gaps);
        CHECK_INT(found, cases[i].gaps);
        CHECK_INT(roster_seconds(gaps, found), cases[i].seconds);
    }
}

TEST(shifts_overlap_when_they_share_a_moment_and_not_when_they_touch)
{
    const struct interval shifts[] = {SHIFT(0, 3), SHIFT(3, 6), SHIFT(5, 9), SHIFT(7, 7), SHIFT(20, 30)};
    const bool want[] = {false, true, true, false, false};

    for (size_t i = 0; i < sizeof shifts / sizeof shifts[0]; i++)
        CHECK_INT(roster_overlaps(shifts, sizeof shifts / sizeof shifts[0], i), want[i]);
}

TEST(a_rotation_follows_without_a_break_until_its_days_are_covered)
{
    static const struct {
        const char *name;
        int64_t hours;
        int days;
        size_t want;
    } cases[] = {
        {"a week of days and nights", 12, 7, 14},  {"a week of whole days", 24, 7, 7},
        {"62 days of three shifts", 8, 62, 186},   {"a day in shifts of ten hours", 10, 1, 3},
        {"a week by one person", 168, 7, 1},       {"no day", 12, 0, 0},
        {"shifts without length", 0, 7, 0},        {"shifts of minus an hour", -1, 7, 0},
        {"more shifts than there may be", 8, 63, 0}, {"one shift of more than 31 days", 745, 62, 0},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const int64_t seconds = cases[i].hours * HOUR_SECONDS;
        struct interval shifts[ROSTER_SHIFTS_MAX], gaps[ROSTER_SHIFTS_MAX + 1];
        check_case(cases[i].name);
        const size_t count = roster_rotation_count(seconds, cases[i].days);
        CHECK_INT(count, cases[i].want);
        for (size_t k = 0; k < count; k++)
            shifts[k] = roster_rotation_shift(MOMENT(100), seconds, k);
        const struct interval window = {MOMENT(100), MOMENT(100 + (int64_t)cases[i].days * DAY_SECONDS)};
        if (count > 0)
            CHECK_INT(roster_gaps(shifts, count, window, gaps), 0);
        for (size_t k = 0; k < count; k++)
            CHECK(!roster_overlaps(shifts, count, k));
    }
}
