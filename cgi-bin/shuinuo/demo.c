/* shuinuo demo: loads the sample town into an installation that has no ticket yet. */
#include "shuinuo/demo.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/random.h"
#include "store/setup.h"
#include "store/staff_store.h"

enum { SAMPLE_DAYS = 90, TICKETS_PER_DAY = 5, RECENT_TICKETS = 14, PASSWORD_BYTES = 9 };
#define DEFAULT_SEED UINT64_C(20261123)

static struct staff_id people_ids[64];

uint32_t dice_below(struct dice *dice, uint32_t bound)
{
    dice->state += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t z = dice->state;
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    z ^= z >> 31;
    return (uint32_t)(((z >> 32) * bound) >> 32);
}

int64_t dice_between(struct dice *dice, int64_t least, int64_t most)
{
    return least + dice_below(dice, (uint32_t)(most - least + 1));
}

bool dice_percent(struct dice *dice, uint32_t percent)
{
    return dice_below(dice, 100) < percent;
}

struct actor demo_actor(const struct admin *admin, enum role role, struct unit_id unit)
{
    const struct demo_staff *best = NULL; /* of the town */
    size_t best_index = 0;
    /* Somebody of the unit in the role; else of the unit at all (a unit without a crew sends its liaison). */
    for (size_t i = 0; i < demo_people_count; i++) {
        bool is_unit = catalog_unit_by_code(&admin->catalog, demo_people[i].unit)->id.v == unit.v;
        bool is_role = (demo_people[i].roles & ROLE_BIT(role)) != 0;
        if (is_unit && (is_role || best == NULL)) {
            best = &demo_people[i];
            best_index = i;
            if (is_role)
                break;
        }
    }
    assert(best != NULL);
    struct actor actor = {.roles = best->roles, .staff = people_ids[best_index], .unit = unit};
    return actor;
}

/* The people, each with a random password; one line per sign-in on standard output. */
static enum status people_add(struct admin *admin, struct fault *fault)
{
    for (size_t i = 0; i < demo_people_count; i++) {
        const struct demo_staff *person = &demo_people[i];
        uint8_t bytes[PASSWORD_BYTES];
        char password[2 * PASSWORD_BYTES + 1];
        struct staff staff;
        random_bytes(bytes, sizeof bytes);
        text_format_hex(bytes, sizeof bytes, password);
        enum status status = user_add(admin, person->login, person->name,
                                      catalog_unit_by_code(&admin->catalog, person->unit)->id, person->roles, password,
                                      false, fault);
        if (status == STATUS_OK)
            status = staff_store_find(admin->db, person->login, &admin->arena, &staff, fault);
        if (status != STATUS_OK)
            return status;
        people_ids[i] = staff.id;
        for (int role = ROLE_OPERATOR; role < ROLE_SYSTEM; role++)
            if ((person->roles & ROLE_BIT(role)) != 0)
                printf("%-10s %s  %s %s\n", person->login, password, role_name((enum role)role), person->unit);
    }
    return STATUS_OK;
}

/* Moments of the reports: more by day than by night, some very recent, so that every stage of a life is there to see. */
static struct instant report_moment(struct admin *admin, struct dice *dice, int days_ago)
{
    int offset = admin->settings.utc_offset_minutes;
    struct day day = day_of(admin->now, offset);
    day.number -= days_ago;
    int64_t hour = dice_percent(dice, 85) ? dice_between(dice, 7, 21) : dice_between(dice, 0, 23);
    return instant_add_seconds(day_start(day, offset), hour * 3600 + dice_between(dice, 0, 3599));
}

static enum status tickets_live(struct admin *admin, struct dice *dice, struct fault *fault)
{
    enum status status = STATUS_OK;
    for (int days_ago = SAMPLE_DAYS; status == STATUS_OK && days_ago >= 1; days_ago--) {
        int64_t count = dice_between(dice, TICKETS_PER_DAY - 2, TICKETS_PER_DAY + 2);
        for (int64_t i = 0; status == STATUS_OK && i < count; i++) {
            arena_reset(&admin->arena);
            status = demo_live_ticket(admin, dice, report_moment(admin, dice, days_ago), fault);
        }
        fprintf(stderr, "\rsample town: %d of %d days", SAMPLE_DAYS - days_ago + 1, SAMPLE_DAYS);
    }
    fputc('\n', stderr);
    for (int i = 0; status == STATUS_OK && i < RECENT_TICKETS; i++) {
        arena_reset(&admin->arena);
        status = demo_live_ticket(admin, dice, instant_add_seconds(admin->now, -dice_between(dice, 60, 5 * 3600)), fault);
    }
    return status;
}

static enum status town_load(struct admin *admin, struct fault *fault)
{
    struct db *owner = db_open_as_owner(&admin->settings, admin->settings.database_name);
    enum status status = setup_run_file(owner, &admin->settings, "sample/town.sql", fault);
    db_close(owner);
    if (status != STATUS_OK)
        return status;
    catalog_release(&admin->catalog);
    memset(&admin->catalog, 0, sizeof admin->catalog);
    return catalog_refresh(&admin->catalog, admin->db, &admin->settings, fault);
}

enum status command_demo(struct admin *admin, int argc, char **argv, struct fault *fault)
{
    struct dice dice = {DEFAULT_SEED};
    int64_t seed;
    if (argc > 2 || (argc == 2 && !text_parse_integer(argv[1], 0, INT64_MAX, &seed)))
        return FAULT(fault, STATUS_INVALID, "use: demo [SEED]");
    if (argc == 2)
        dice.state = (uint64_t)seed;
    if (admin->settings.environment == ENVIRONMENT_PRODUCTION)
        return FAULT(fault, STATUS_REFUSED, "sample data never goes into environment = production");
    dice.state ^= (uint64_t)day_of(admin->now, admin->settings.utc_offset_minutes).number << 20;

    enum status status = town_load(admin, fault);
    if (status == STATUS_OK)
        status = import_sample(admin, arena_format(&admin->arena, "%s/sample/customers.csv", admin->settings.schema_dir), fault);
    if (status == STATUS_OK)
        status = people_add(admin, fault);
    if (status == STATUS_OK)
        status = demo_keep_office(admin, fault);
    if (status == STATUS_OK)
        status = tickets_live(admin, &dice, fault);
    return status;
}
