/*
 * The register of service staff: every change with its history, phones sealed, the last administrator kept whoever races, units,
 * and the audit log's pages.
 */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/random.h"
#include "check.h"
#include "stand.h"
#include "store/audit_store.h"
#include "store/register_store.h"
#include "store/unit_store.h"

#define ADMIN ROLE_BIT(ROLE_ADMIN)
#define LIAISON ROLE_BIT(ROLE_LIAISON)
#define PIPELINE ((struct unit_id){3})
#define HASH "$argon2id$not-one-that-anybody-has"
#define RACERS 6

static const struct phone_edit NO_PHONE = {PHONE_KEEP, "", NULL};

static struct stand *shared(void)
{
    static struct stand *stand;
    if (stand == NULL)
        stand = stand_open("register");
    return stand;
}

static struct change change_of(const struct stand *stand, const char *what, enum subject_kind subject, int64_t id)
{
    struct change change = {
        .staff = {900}, .what = what, .subject = subject, .subject_id = id, .detail = "", .now = stand->now};

    random_bytes(change.key, sizeof change.key);
    return change;
}

static struct day today(const struct stand *stand) { return day_of(stand->now, 480); }

static struct register_entry entry_of(const char *login, uint32_t roles)
{
    return (struct register_entry){
        .login = login, .name = "某人", .badge = "", .unit = PIPELINE, .roles = roles, .phone_masked = ""};
}

static struct register_entry load(struct stand *stand, struct staff_id id)
{
    struct register_entry entry = {0};

    REQUIRE_STATUS(register_store_find(stand->db, id, &stand->arena, &entry, &stand->fault), STATUS_OK);
    return entry;
}

static struct staff_id add(struct stand *stand, const char *login, uint32_t roles)
{
    const struct register_entry entry = entry_of(login, roles);
    const struct change change = change_of(stand, "staff_add", SUBJECT_NONE, 0);

    REQUIRE_STATUS(register_store_add(stand->db, &change, &entry, &NO_PHONE, roles != 0 ? HASH : NULL, today(stand),
                                      &stand->fault),
                   STATUS_OK);
    return (struct staff_id){(int32_t)stand_count(stand, "SELECT id FROM staff WHERE login = '%s'", login)};
}

/* "name: 某人 → 别人; …", newest first. */
static const char *history(struct stand *stand, struct staff_id id)
{
    struct staff_change *changes;
    size_t count;
    const char *told = "";

    REQUIRE_STATUS(register_store_history(stand->db, id, INSTANT_NONE, 0, 50, &stand->arena, &changes, &count,
                                          &stand->fault),
                   STATUS_OK);
    for (size_t i = 0; i < count; i++)
        told = arena_format(&stand->arena, "%s%s:%s>%s;", told, staff_field_name(changes[i].field), changes[i].before,
                            changes[i].after);
    return told;
}

TEST(art4_every_change_of_an_entry_is_kept_with_before_and_after)
{
    struct stand *stand = shared();
    const struct staff_id id = add(stand, "lina2", LIAISON);
    struct register_entry entry = load(stand, id);
    const struct phone_edit phone = {PHONE_SET, "13812345678", &stand->secrets};
    struct change change = change_of(stand, "staff_change", SUBJECT_STAFF, id.v);

    CHECK_TEXT(history(stand, id), "password:>;roles:0>16;added:>某人;");
    CHECK_INT(entry.confirmed_on.number, today(stand).number);
    CHECK(entry.has_password);
    stand_pass(stand, 60);
    entry.name = "李娜";
    entry.badge = "GD-12";
    entry.unit.v = 4;
    REQUIRE_STATUS(register_store_save(stand->db, &change, &entry, &phone, &stand->fault), STATUS_OK);
    CHECK_STATUS(register_store_save(stand->db, &change, &entry, &phone, &stand->fault), STATUS_DUPLICATE);
    CHECK_TEXT(history(stand, id), "phone:>138****5678;unit:3>4;badge:>GD-12;name:某人>李娜;password:>;roles:0>16;added:>某人;");
    entry = load(stand, id);
    CHECK_TEXT(entry.phone_masked, "138****5678");
    CHECK_INT(entry.version, 2);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM staff_change WHERE before_text LIKE '%%13812345678%%' OR after_text"
                                 " LIKE '%%13812345678%%'"), 0);
}

TEST(who_saves_an_entry_that_somebody_changed_meanwhile_is_told_and_changes_nothing)
{
    struct stand *stand = shared();
    const struct staff_id id = add(stand, "twice", LIAISON);
    struct register_entry first = load(stand, id), second = first;
    const struct change one = change_of(stand, "staff_change", SUBJECT_STAFF, id.v);
    const struct change two = change_of(stand, "staff_change", SUBJECT_STAFF, id.v);

    first.name = "先";
    second.name = "后";
    CHECK_STATUS(register_store_save(stand->db, &one, &first, &NO_PHONE, &stand->fault), STATUS_OK);
    CHECK_STATUS(register_store_save(stand->db, &two, &second, &NO_PHONE, &stand->fault), STATUS_CONFLICT);
    CHECK_TEXT(load(stand, id).name, "先");
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM staff_change WHERE staff_id = %d AND field = 2", id.v), 1);
}

TEST(a_phone_opens_with_a_line_in_the_log_first_and_is_gone_when_cleared)
{
    struct stand *stand = shared();
    const struct staff_id id = add(stand, "phoned", LIAISON);
    const struct register_entry entry = load(stand, id);
    const struct phone_edit set = {PHONE_SET, "06358212345", &stand->secrets}, clear = {PHONE_CLEAR, "", NULL};
    struct change change = change_of(stand, "staff_change", SUBJECT_STAFF, id.v);
    char phone[PHONE_BYTES];

    CHECK_STATUS(register_store_open_phone(stand->db, id, &stand->secrets, (struct staff_id){9}, stand->now, phone,
                                           &stand->fault),
                 STATUS_ABSENT);
    REQUIRE_STATUS(register_store_save(stand->db, &change, &entry, &set, &stand->fault), STATUS_OK);
    const int64_t lines = stand_count(stand, "SELECT COUNT(*) FROM audit WHERE what = 'unmask' AND subject_kind = 5");
    CHECK_STATUS(register_store_open_phone(stand->db, id, &stand->secrets, (struct staff_id){9}, stand->now, phone,
                                           &stand->fault),
                 STATUS_OK);
    CHECK_TEXT(phone, "06358212345");
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM audit WHERE what = 'unmask' AND subject_kind = 5"), lines + 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM staff WHERE phone_sealed LIKE '%%8212345%%'"), 0);
    const struct register_entry now = load(stand, id);
    change = change_of(stand, "staff_change", SUBJECT_STAFF, id.v);
    REQUIRE_STATUS(register_store_save(stand->db, &change, &now, &clear, &stand->fault), STATUS_OK);
    CHECK_STATUS(register_store_open_phone(stand->db, id, &stand->secrets, (struct staff_id){0}, stand->now, phone,
                                           &stand->fault),
                 STATUS_ABSENT);
}

TEST(a_taken_login_is_refused_and_leaves_nothing)
{
    struct stand *stand = shared();
    add(stand, "taken", LIAISON);
    const struct register_entry entry = entry_of("taken", ADMIN);
    const struct change change = change_of(stand, "staff_add", SUBJECT_NONE, 0);
    const int64_t lines = stand_count(stand, "SELECT COUNT(*) FROM audit");

    CHECK_STATUS(register_store_add(stand->db, &change, &entry, &NO_PHONE, HASH, today(stand), &stand->fault),
                 STATUS_REFUSED);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM audit"), lines);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM staff WHERE login = 'taken'"), 1);
}

static enum status set_rights(struct stand *stand, struct db *db, struct staff_id id, uint32_t roles, bool is_active)
{
    struct register_entry entry = load(stand, id);
    const struct change change = change_of(stand, "staff_rights", SUBJECT_STAFF, id.v);

    entry.roles = roles;
    entry.is_active = is_active;
    return register_store_set_rights(db, &change, &entry, &stand->fault);
}

/* All administrators but these are nobody's. */
static void only_administrators(struct stand *stand, struct staff_id ids[RACERS], const char *prefix, int count)
{
    stand_run(stand, "UPDATE staff SET is_active = 0 WHERE (roles & 512) <> 0");
    for (int i = 0; i < count; i++)
        ids[i] = add(stand, arena_format(&stand->arena, "%s%d", prefix, i), ADMIN);
}

TEST(the_last_administrator_cannot_lose_the_role_or_be_deactivated)
{
    struct stand *stand = shared();
    struct staff_id ids[RACERS];
    only_administrators(stand, ids, "last", 2);

    CHECK_STATUS(set_rights(stand, stand->db, ids[0], LIAISON, true), STATUS_OK);
    CHECK_STATUS(set_rights(stand, stand->db, ids[1], LIAISON, true), STATUS_REFUSED);
    CHECK_STATUS(set_rights(stand, stand->db, ids[1], ADMIN, false), STATUS_REFUSED);
    CHECK_STATUS(set_rights(stand, stand->db, ids[1], ADMIN | LIAISON, true), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM staff WHERE is_active = 1 AND (roles & 512) <> 0"), 1);
    CHECK_STATUS(set_rights(stand, stand->db, ids[0], ADMIN, true), STATUS_OK);
    CHECK_STATUS(set_rights(stand, stand->db, ids[1], 0, false), STATUS_OK);
}

TEST(an_administrator_without_a_password_does_not_count_as_one_who_is_left)
{
    struct stand *stand = shared();
    struct staff_id ids[RACERS];
    only_administrators(stand, ids, "left", 1);
    const struct register_entry entry = entry_of("nopassword", ADMIN);
    const struct change change = change_of(stand, "staff_add", SUBJECT_NONE, 0);

    REQUIRE_STATUS(register_store_add(stand->db, &change, &entry, &NO_PHONE, NULL, today(stand), &stand->fault), STATUS_OK);
    CHECK_STATUS(set_rights(stand, stand->db, ids[0], LIAISON, true), STATUS_REFUSED);
}

/* Each of six administrators takes the role from somebody else, all at the same moment, on connections of their own. */
TEST(six_administrators_who_demote_each_other_at_once_leave_exactly_one)
{
    struct stand *stand = shared();

    for (int round = 0; round < 4; round++) {
        struct staff_id ids[RACERS];
        pid_t children[RACERS];
        int gate[2], refused = 0, done = 0;
        only_administrators(stand, ids, arena_format(&stand->arena, "race%d-", round), RACERS);
        REQUIRE(pipe(gate) == 0);
        for (int i = 0; i < RACERS; i++) {
            children[i] = fork();
            REQUIRE(children[i] >= 0);
            if (children[i] != 0)
                continue;
            char go;
            struct db *db = stand_connect(stand);
            struct register_entry entry;
            close(gate[1]);
            if (register_store_find(db, ids[(i + 1) % RACERS], &stand->arena, &entry, NULL) != STATUS_OK)
                _exit(9);
            const struct change change = change_of(stand, "staff_rights", SUBJECT_STAFF, entry.id.v);
            entry.roles = i % 2 == 0 ? LIAISON : ADMIN;
            entry.is_active = i % 2 == 0;
            if (read(gate[0], &go, 1) != 0)
                _exit(8);
            _exit((int)register_store_set_rights(db, &change, &entry, NULL));
        }
        close(gate[0]);
        close(gate[1]);
        for (int i = 0; i < RACERS; i++) {
            int state = 0;
            waitpid(children[i], &state, 0);
            REQUIRE(WIFEXITED(state));
            done += WEXITSTATUS(state) == STATUS_OK;
            refused += WEXITSTATUS(state) == STATUS_REFUSED;
        }
        CHECK_INT(done, RACERS - 1);
        CHECK_INT(refused, 1);
        CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM staff WHERE is_active = 1 AND (roles & 512) <> 0"), 1);
    }
}

TEST(deactivating_somebody_and_a_new_password_end_the_sessions)
{
    struct stand *stand = shared();
    const struct staff_id id = add(stand, "leaver", LIAISON);
    const struct hash token = {{7}}, other = {{8}};

    REQUIRE_STATUS(session_store_start(stand->db, &token, id, stand->now, instant_add_seconds(stand->now, 3600), &stand->fault), STATUS_OK);
    const struct change change = change_of(stand, "staff_password", SUBJECT_STAFF, id.v);
    CHECK_STATUS(register_store_set_password(stand->db, &change, id, HASH "2", &stand->fault), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM session WHERE staff_id = %d AND ended_at IS NULL", id.v), 0);
    CHECK_INT(stand_count(stand, "SELECT must_change FROM credential WHERE staff_id = %d", id.v), 1);
    REQUIRE_STATUS(session_store_start(stand->db, &other, id, stand->now, instant_add_seconds(stand->now, 3600), &stand->fault), STATUS_OK);
    CHECK_STATUS(set_rights(stand, stand->db, id, LIAISON, false), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM session WHERE staff_id = %d AND ended_at IS NULL", id.v), 0);
}

TEST(art4_a_unit_is_confirmed_as_it_was_seen_or_not_at_all)
{
    struct stand *stand = shared();
    const struct unit_id unit = {7};
    char stamp[REGISTER_STAMP_BYTES], later[REGISTER_STAMP_BYTES];
    struct register_count *counts;
    size_t count;
    const struct staff_id one = add(stand, "unitone", LIAISON), two = add(stand, "unittwo", LIAISON);

    stand_run(stand, "UPDATE staff SET unit_id = 7, confirmed_on = NULL WHERE id IN (%d, %d)", one.v, two.v);
    REQUIRE_STATUS(register_store_stamp(stand->db, unit, stamp, &stand->fault), STATUS_OK);
    CHECK_STATUS(set_rights(stand, stand->db, two, LIAISON | ROLE_BIT(ROLE_CREW), true), STATUS_OK);
    const struct change first = change_of(stand, "register_confirm", SUBJECT_UNIT, 7);
    CHECK_STATUS(register_store_confirm_unit(stand->db, &first, unit, stamp, today(stand), &stand->fault), STATUS_CONFLICT);
    REQUIRE_STATUS(register_store_stamp(stand->db, unit, later, &stand->fault), STATUS_OK);
    REQUIRE_STATUS(register_store_count(stand->db, today(stand), &stand->arena, &counts, &count, &stand->fault), STATUS_OK);
    for (size_t i = 0; i < count; i++)
        if (counts[i].unit.v == 7)
            CHECK_INT(counts[i].stale, 2);
    CHECK_STATUS(register_store_confirm_unit(stand->db, &first, unit, later, today(stand), &stand->fault), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM staff WHERE unit_id = 7 AND confirmed_on IS NOT NULL"), 2);
    CHECK_INT(load(stand, one).confirmed_on.number, today(stand).number);
    CHECK(strncmp(history(stand, two), "confirmed:>20", 13) == 0);
}

/* ---- units */

TEST(a_unit_is_saved_over_the_version_that_was_seen_and_all_programs_read_again)
{
    struct stand *stand = shared();
    struct unit_row unit, loser;
    const int64_t version = stand_count(stand, "SELECT value FROM fact WHERE name = 'catalog_version'");

    REQUIRE_STATUS(unit_store_find(stand->db, PIPELINE, &stand->arena, &unit, &stand->fault), STATUS_OK);
    loser = unit;
    unit.name_zh = "管网部";
    unit.posts[UNIT_INDICATOR_OWNER].staff.v = 1;
    const struct change one = change_of(stand, "unit_change", SUBJECT_UNIT, 3), two = change_of(stand, "unit_change", SUBJECT_UNIT, 3);
    CHECK_STATUS(unit_store_save(stand->db, &one, &unit, &stand->fault), STATUS_OK);
    CHECK_STATUS(unit_store_save(stand->db, &one, &unit, &stand->fault), STATUS_DUPLICATE);
    CHECK_STATUS(unit_store_save(stand->db, &two, &loser, &stand->fault), STATUS_CONFLICT);
    CHECK_INT(stand_count(stand, "SELECT value FROM fact WHERE name = 'catalog_version'"), version + 1);
    catalog_forget(&stand->catalog);
    REQUIRE_STATUS(catalog_refresh(&stand->catalog, stand->db, &stand->settings, &stand->fault), STATUS_OK);
    CHECK_TEXT(catalog_unit(&stand->catalog, PIPELINE)->name_zh, "管网部");
}

TEST(a_new_unit_gets_the_next_number_and_a_code_of_its_own)
{
    struct stand *stand = shared();
    const struct unit_row unit = {.code = "plant", .name_zh = "水厂", .name_en = "Plant", .is_handling = true, .sort = 100};
    const struct change one = change_of(stand, "unit_change", SUBJECT_NONE, 0), two = change_of(stand, "unit_change", SUBJECT_NONE, 0);
    const int64_t last = stand_count(stand, "SELECT MAX(id) FROM unit");
    struct unit_row *rows;
    size_t count;

    CHECK_STATUS(unit_store_save(stand->db, &one, &unit, &stand->fault), STATUS_OK);
    CHECK_STATUS(unit_store_save(stand->db, &two, &unit, &stand->fault), STATUS_REFUSED);
    CHECK_INT(stand_count(stand, "SELECT id FROM unit WHERE code = 'plant'"), last + 1);
    REQUIRE_STATUS(unit_store_list(stand->db, &stand->arena, &rows, &count, &stand->fault), STATUS_OK);
    CHECK_TEXT(rows[count - 1].code, "plant");
}

/* ---- the audit log */

TEST(the_pages_of_the_audit_log_hold_every_line_once)
{
    struct stand *stand = shared();
    struct audit_filter filter = {.staff = {901}, .what = "", .before_at = INSTANT_NONE, .limit = 7};
    struct audit_row *rows;
    size_t count = 7;
    int64_t seen = 0;

    for (int i = 0; i < 40; i++) /* many at the same moment */
        REQUIRE_STATUS(audit_store_add(stand->db, (struct staff_id){901}, i % 2 == 0 ? "sign_in" : "sign_out", SUBJECT_UNIT, 3,
                                       "", instant_add_seconds(stand->now, i / 10), &stand->fault),
                       STATUS_OK);
    while (count == 7) {
        REQUIRE_STATUS(audit_store_list(stand->db, &filter, &stand->arena, &rows, &count, &stand->fault), STATUS_OK);
        for (size_t i = 0; i < count; i++) {
            CHECK(rows[i].about[0] != '\0');
            seen |= INT64_C(1) << (rows[i].id % 41);
        }
        if (count > 0) {
            filter.before_at = rows[count - 1].at;
            filter.before_id = rows[count - 1].id;
        }
    }
    CHECK_INT(__builtin_popcountll((unsigned long long)seen), 40);
    filter = (struct audit_filter){.staff = {901}, .what = "sign_in", .before_at = INSTANT_NONE, .limit = 50};
    REQUIRE_STATUS(audit_store_list(stand->db, &filter, &stand->arena, &rows, &count, &stand->fault), STATUS_OK);
    CHECK_INT(count, 20);
}
