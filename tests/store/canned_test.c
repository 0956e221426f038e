/* Canned answers, and the change that carries them: keyed, versioned, written to the audit log. */
#include "base/random.h"
#include "check.h"
#include "stand.h"
#include "store/canned_store.h"

static struct stand *shared(void)
{
    static struct stand *stand;
    if (stand == NULL) {
        stand = stand_open("canned");
        stand_run(stand, "DELETE FROM canned_answer");
    }
    return stand;
}

static struct change change_now(const struct stand *stand)
{
    struct change change = {.staff = {12}, .what = "canned_change", .detail = "已修复", .now = stand->now};

    random_bytes(change.key, sizeof change.key);
    return change;
}

static struct canned_answer answer_of(enum ticket_action action, int32_t unit, const char *title, int sort)
{
    return (struct canned_answer){.action = action, .unit = {unit}, .title = title, .words = "{place}已修复。",
                                  .is_active = true, .sort = sort};
}

static enum status add(struct stand *stand, const struct canned_answer *answer, int32_t *id)
{
    const struct change change = change_now(stand);

    return canned_store_save(stand->db, &change, answer, id, &stand->fault);
}

/* Titles of a list, joined. */
static const char *titles(struct stand *stand, enum ticket_action action, int32_t unit)
{
    struct canned_answer *answers;
    const char *joined = "";
    size_t count;

    if (canned_store_list(stand->db, action, (struct unit_id){unit}, &stand->arena, &answers, &count, &stand->fault) !=
        STATUS_OK)
        return "?";
    for (size_t i = 0; i < count; i++)
        joined = arena_format(&stand->arena, "%s%s%s", joined, i > 0 ? " " : "", answers[i].title);
    return joined;
}

TEST(the_desk_is_offered_its_own_unit_s_answers_for_the_action)
{
    struct stand *stand = shared();
    struct canned_answer rows[] = {
        answer_of(ACTION_FINISH, 0, "b", 20), answer_of(ACTION_NONE, 0, "a", 10), answer_of(ACTION_FINISH, 3, "c", 30),
        answer_of(ACTION_FINISH, 4, "d", 40), answer_of(ACTION_ARRIVE, 0, "e", 50), answer_of(ACTION_FINISH, 0, "f", 60),
    };
    int32_t id;

    rows[5].is_active = false;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        REQUIRE_STATUS(add(stand, &rows[i], &id), STATUS_OK);
    CHECK_TEXT(titles(stand, ACTION_FINISH, 3), "a b c");
    CHECK_TEXT(titles(stand, ACTION_FINISH, 0), "a b");
    CHECK_TEXT(titles(stand, ACTION_ARRIVE, 4), "a e");
    CHECK_TEXT(titles(stand, ACTION_NONE, 3), "a b c e");

    struct canned_answer *all;
    size_t count;
    CHECK_STATUS(canned_store_list_all(stand->db, (struct unit_id){0}, &stand->arena, &all, &count, &stand->fault), STATUS_OK);
    CHECK_INT(count, 6);
    CHECK_TEXT(all[5].title, "f"); /* out of use: last */
    CHECK_STATUS(canned_store_list_all(stand->db, (struct unit_id){3}, &stand->arena, &all, &count, &stand->fault), STATUS_OK);
    CHECK_INT(count, 1);
    stand_run(stand, "DELETE FROM canned_answer");
}

TEST(a_form_sent_twice_adds_one_answer_and_one_line_of_the_log)
{
    struct stand *stand = shared();
    const struct canned_answer answer = answer_of(ACTION_FINISH, 0, "once", 1);
    const struct change change = change_now(stand);
    int32_t id = 0, again = 0;

    REQUIRE_STATUS(canned_store_save(stand->db, &change, &answer, &id, &stand->fault), STATUS_OK);
    CHECK(id > 0);
    CHECK_STATUS(canned_store_save(stand->db, &change, &answer, &again, &stand->fault), STATUS_DUPLICATE);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM canned_answer"), 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM audit WHERE what = 'canned_change' AND detail = '已修复'"
                                 " AND form_key IS NOT NULL AND staff_id = 12"), stand_count(stand, "SELECT COUNT(*) FROM audit"));
    fault_reset(&stand->fault);
}

TEST(of_two_who_change_the_same_answer_the_second_is_told_and_nothing_of_it_is_kept)
{
    struct stand *stand = shared();
    struct canned_answer answer = answer_of(ACTION_FINISH, 0, "first", 1), seen;
    struct change change = change_now(stand);
    int32_t id, ignored;

    REQUIRE_STATUS(add(stand, &answer, &answer.id), STATUS_OK);
    id = answer.id;
    answer.version = 1;
    answer.title = "mine";
    REQUIRE_STATUS(canned_store_save(stand->db, &change, &answer, &ignored, &stand->fault), STATUS_OK);
    const int64_t lines = stand_count(stand, "SELECT COUNT(*) FROM audit");
    change = change_now(stand);
    answer.title = "theirs";
    CHECK_STATUS(canned_store_save(stand->db, &change, &answer, &ignored, &stand->fault), STATUS_CONFLICT);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM audit"), lines);
    REQUIRE_STATUS(canned_store_find(stand->db, id, &stand->arena, &seen, &stand->fault), STATUS_OK);
    CHECK_TEXT(seen.title, "mine");
    CHECK_INT(seen.version, 2);
    CHECK_STATUS(canned_store_find(stand->db, id + 1000, &stand->arena, &seen, &stand->fault), STATUS_ABSENT);
}

TEST(there_is_an_end_to_what_can_be_added)
{
    struct stand *stand = shared();
    const struct canned_answer answer = answer_of(ACTION_FINISH, 0, "more", 1);
    int32_t id;

    stand_run(stand, "DELETE FROM canned_answer");
    for (int i = 0; i < CANNED_MAX; i++)
        REQUIRE_STATUS(add(stand, &answer, &id), STATUS_OK);
    CHECK_STATUS(add(stand, &answer, &id), STATUS_REFUSED);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM canned_answer"), CANNED_MAX);
    stand_run(stand, "DELETE FROM canned_answer");
}

TEST(the_ticket_program_may_read_them)
{
    struct stand *stand = shared();
    struct canned_answer *answers;
    size_t count;

    stand_make_accounts(stand);
    struct db *db = stand_connect_as(stand, "ticket");
    CHECK_STATUS(canned_store_list(db, ACTION_NONE, (struct unit_id){3}, &stand->arena, &answers, &count, &stand->fault),
                 STATUS_OK);
    db_close(db);
}

/* ---- changes that raise the catalog */

static enum status do_nothing(struct db *db, void *context, struct fault *fault)
{
    (void)db;
    (void)context;
    (void)fault;
    return STATUS_OK;
}

static enum status refuse(struct db *db, void *context, struct fault *fault)
{
    (void)db;
    (void)fault;
    return *(const enum status *)context;
}

TEST(a_change_of_the_catalog_raises_its_version_once)
{
    struct stand *stand = shared();
    struct change change = change_now(stand);
    int64_t version = 0;
    const int64_t before = stand_count(stand, "SELECT value FROM fact WHERE name = 'catalog_version'");

    change.raises_catalog = true;
    REQUIRE_STATUS(change_store_run(stand->db, &change, do_nothing, NULL, &version, &stand->fault), STATUS_OK);
    CHECK_INT(version, before + 1);
    CHECK_STATUS(change_store_run(stand->db, &change, do_nothing, NULL, &version, &stand->fault), STATUS_DUPLICATE);
    CHECK_INT(stand_count(stand, "SELECT value FROM fact WHERE name = 'catalog_version'"), before + 1);
    fault_reset(&stand->fault);
}

TEST(a_change_whose_work_ends_badly_leaves_nothing)
{
    static const enum status ends[] = {STATUS_CONFLICT, STATUS_REFUSED, STATUS_INVALID, STATUS_FAILED};
    struct stand *stand = shared();
    const int64_t before = stand_count(stand, "SELECT value FROM fact WHERE name = 'catalog_version'");
    const int64_t lines = stand_count(stand, "SELECT COUNT(*) FROM audit");

    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        struct change change = change_now(stand);
        enum status end = ends[i];
        change.raises_catalog = true;
        check_case(status_name(end));
        CHECK_STATUS(change_store_run(stand->db, &change, refuse, &end, NULL, NULL), end);
        CHECK_INT(stand_count(stand, "SELECT value FROM fact WHERE name = 'catalog_version'"), before);
        CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM audit"), lines);
    }
    enum status duplicate = STATUS_DUPLICATE;
    const struct change change = change_now(stand);
    CHECK_STATUS(change_store_run(stand->db, &change, refuse, &duplicate, NULL, NULL), STATUS_REFUSED);
}

TEST(a_long_detail_is_cut_at_a_character)
{
    struct stand *stand = shared();
    struct change change = change_now(stand);
    char detail[1000];
    struct text text;

    text_init(&text, detail, sizeof detail);
    for (int i = 0; i < 300; i++)
        text_add(&text, "水");
    change.detail = detail;
    CHECK_STATUS(change_store_run(stand->db, &change, do_nothing, NULL, NULL, &stand->fault), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT MAX(CHAR_LENGTH(detail)) FROM audit"), 200);
}
