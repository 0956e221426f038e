/* What the units of the sample town keep of themselves (Arts. 4, 12), through the same functions as the pages use. */
#include <string.h>

#include "base/random.h"
#include "shuinuo/demo.h"
#include "store/duty_store.h"
#include "store/register_store.h"
#include "store/service_store.h"
#include "store/staff_store.h"

enum { DAYS_BEFORE = 90, DAYS_AFTER = 30, ON_DUTY_FROM_HOUR = 8, OPEN_NIGHT_IN_DAYS = 2 };

/* Invented, like everything here. */
static const struct {
    const char *title, *body;
} rules[] = {
    {"值班纪律", "联络员二十四小时接听运营管理部电话，三声之内接听；换班当面交接未办结事项。"},
    {"上门服务规范", "上门前先预约；到场挂牌、说明来意；离场前清理现场，请顾客确认结果。"},
};

static const struct {
    const char *unit;
    int days_ago;
    const char *what, *finding;
    enum inspection_result result;
    int follow_up_days; /* after it; 0: none */
    bool is_followed_up;
} inspections[] = {
    {"pipeline", 40, "抢修班组着装挂牌、到场通报", "抽查六人，全部挂牌，通报及时。", INSPECTION_GOOD, 0, false},
    {"pipeline", 12, "路面恢复质量", "两处恢复不平整，已要求返工。", INSPECTION_CORRECT, 7, true},
    {"maintenance", 25, "预约上门守时", "十次中有一次迟到且未告知顾客。", INSPECTION_CORRECT, 10, false},
    {"customer", 30, "窗口服务用语", "抽查录音二十段，未发现问题。", INSPECTION_GOOD, 0, false},
};

static struct change change_by(const struct admin *admin, const struct register_entry *by, const char *what, int days_ago)
{
    struct change change = {.staff = by->id, .what = what, .detail = "sample town",
                            .now = instant_add_seconds(admin->now, -(int64_t)days_ago * DAY_SECONDS)};

    random_bytes(change.key, sizeof change.key);
    return change;
}

static enum status find_person(struct admin *admin, const char *login, struct register_entry *entry, struct fault *fault)
{
    struct staff staff;
    const enum status status = staff_store_find(admin->db, login, &admin->arena, &staff, fault);

    return status == STATUS_OK ? register_store_find(admin->db, staff.id, &admin->arena, entry, fault) : status;
}

/* ---- register */

/* Phone and badge, and a confirmation some weeks ago; of the construction unit too long ago. */
static enum status register_person(struct admin *admin, size_t index, struct fault *fault)
{
    const struct demo_staff *person = &demo_people[index];
    const int days_ago = strcmp(person->unit, "construction") == 0 ? 120 : 20;
    const char *phone_text = arena_format(&admin->arena, "1380635%04d", 2000 + (int)index);
    const struct phone_edit phone = {PHONE_SET, phone_text, &admin->secrets};
    struct register_entry entry;
    enum status status = find_person(admin, person->login, &entry, fault);

    if (status != STATUS_OK)
        return status;
    struct change save = change_by(admin, &entry, "staff_change", days_ago);
    save.subject = SUBJECT_STAFF;
    save.subject_id = entry.id.v;
    entry.badge = arena_format(&admin->arena, "GD-%04d", 101 + (int)index);
    status = register_store_save(admin->db, &save, &entry, &phone, fault);
    if (status != STATUS_OK)
        return status;
    entry.version++;
    struct change confirm = change_by(admin, &entry, "register_confirm", days_ago);
    confirm.subject = SUBJECT_STAFF;
    confirm.subject_id = entry.id.v;
    return register_store_confirm(admin->db, &confirm, &entry, day_of(confirm.now, admin->settings.utc_offset_minutes),
                                  fault);
}

/* ---- roster */

/* Two take turns by twelve hours, one alone stays all day; the night that is left open belongs to the construction unit. */
static enum status roster_unit(struct admin *admin, const struct unit *unit, struct fault *fault)
{
    struct day first = day_of(admin->now, admin->settings.utc_offset_minutes);
    struct shift *people, *shifts;
    size_t people_count, count = 0;
    enum status status = duty_store_people(admin->db, unit->id, &admin->arena, &people, &people_count, fault);

    if (status != STATUS_OK || people_count == 0)
        return status;
    first.number -= DAYS_BEFORE;
    const struct instant start = instant_add_seconds(day_start(first, admin->settings.utc_offset_minutes),
                                                     (int64_t)ON_DUTY_FROM_HOUR * HOUR_SECONDS);
    const size_t halves = (size_t)2 * (DAYS_BEFORE + DAYS_AFTER);
    const size_t open_half = (size_t)2 * (DAYS_BEFORE + OPEN_NIGHT_IN_DAYS) + 1;
    const bool has_open_night = strcmp(unit->code, "construction") == 0;
    shifts = arena_take_array(&admin->arena, halves, sizeof *shifts);
    for (size_t half = 0; half < halves; half++) {
        if (has_open_night && half == open_half)
            continue;
        shifts[count++] = (struct shift){
            .staff = people[half % people_count].staff,
            .time = roster_rotation_shift(start, 12 * HOUR_SECONDS, half),
        };
    }
    const struct register_entry by = {.id = people[0].staff};
    struct change change = change_by(admin, &by, "duty_add", DAYS_BEFORE);
    change.subject = SUBJECT_UNIT;
    change.subject_id = unit->id.v;
    return duty_store_add(admin->db, &change, unit->id, shifts, count, fault);
}

/* ---- the units' own rules and inspections */

static enum status write_rules(struct admin *admin, const struct unit *unit, const struct register_entry *by,
                               struct fault *fault)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < sizeof rules / sizeof rules[0]; i++) {
        const struct change change = change_by(admin, by, "service_rule", DAYS_BEFORE);
        const struct service_rule rule = {
            .unit = unit->id, .title = rules[i].title, .body = rules[i].body,
            .effective_from = day_of(change.now, admin->settings.utc_offset_minutes)};
        status = service_store_save_rule(admin->db, &change, &rule, fault);
    }
    return status;
}

static enum status write_inspections(struct admin *admin, const struct unit *unit, const struct register_entry *by,
                                     const char *inspector, struct fault *fault)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < sizeof inspections / sizeof inspections[0]; i++) {
        if (strcmp(inspections[i].unit, unit->code) != 0)
            continue;
        const struct change change = change_by(admin, by, "inspection", inspections[i].days_ago);
        const struct day held_on = day_of(change.now, admin->settings.utc_offset_minutes);
        const struct day due = {held_on.number + inspections[i].follow_up_days};
        const struct inspection record = {
            .unit = unit->id,
            .held_on = held_on,
            .inspector = inspector,
            .what = inspections[i].what,
            .finding = inspections[i].finding,
            .result = inspections[i].result,
            .follow_up_due = inspections[i].follow_up_days > 0 ? due : DAY_NONE,
            .followed_up_on = inspections[i].is_followed_up ? due : DAY_NONE,
        };
        status = service_store_save_inspection(admin->db, &change, &record, fault);
    }
    return status;
}

static enum status keep_unit(struct admin *admin, const struct unit *unit, struct fault *fault)
{
    struct shift *people;
    size_t count;
    enum status status = duty_store_people(admin->db, unit->id, &admin->arena, &people, &count, fault);

    if (status != STATUS_OK || count == 0)
        return status;
    const struct register_entry by = {.id = people[0].staff};
    status = roster_unit(admin, unit, fault);
    if (status == STATUS_OK)
        status = write_rules(admin, unit, &by, fault);
    return status == STATUS_OK ? write_inspections(admin, unit, &by, people[0].name, fault) : status;
}

enum status demo_keep_office(struct admin *admin, struct fault *fault)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < demo_people_count; i++)
        status = register_person(admin, i, fault);
    for (size_t i = 0; status == STATUS_OK && i < admin->catalog.unit_count; i++)
        if (admin->catalog.units[i].is_handling)
            status = keep_unit(admin, &admin->catalog.units[i], fault);
    return status;
}
