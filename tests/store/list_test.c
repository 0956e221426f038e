/*
 * The desk's lists against the plainest way of asking the same: every view, order and filter, page by page in both directions;
 * the counts; and the state that says whether anything has changed.
 */
#include <stdio.h>
#include <string.h>

#include "base/random.h"
#include "check.h"
#include "stand.h"
#include "store/gram_store.h"
#include "store/ticket_list.h"

#define UNIT 3
#define STAFF 3
#define SOON_SECONDS 7200

/* 900 tickets of all kinds, a third of them open, deadlines before and behind now, some at the same moment. */
static struct stand *town(void)
{
    static struct stand *stand;
    int done = 1;

    if (stand != NULL)
        return stand;
    stand = stand_open("list");
    stand_pass(stand, 400 * DAY_SECONDS);
    stand_run(stand,
              "INSERT INTO ticket (number, version, state, is_open, source, nature, category_id, grades, zone, diameter_mm,"
              " place_id, place_text, unit_id, first_receiver, cycle, reported_at, recorded_at, next_due_at, next_kind,"
              " is_escalated, is_waiting_ops, is_waiting_unit, urge_count, handoff_count, repeat_level, satisfaction, rating, parent_id)"
              " SELECT CONCAT('SN261123-', LPAD(seq * 7919, 8, '0')), 1, ELT(1 + seq MOD 9, 1, 2, 4, 5, 7, 7, 8, 7, 11),"
              " seq MOD 9 < 4, 1 + seq MOD 10, 1 + seq MOD 7, 1 + seq MOD 5, IF(seq MOD 11 = 0, 2, 0), seq MOD 3, 0, 0,"
              " CONCAT(ELT(1 + seq MOD 4, '明珠花园', '柳泉小区', '凤凰城', '运河湾'), 1 + seq MOD 17, '号楼'),"
              " IF(seq MOD 9 = 0, 0, 2 + seq MOD 3), 1 + seq MOD 9, 1, '2026-11-23' + INTERVAL seq DIV 2 * 20 HOUR,"
              " '2026-11-23', IF(seq MOD 9 < 4 AND seq MOD 13 > 0, '2027-12-27 22:00:00' + INTERVAL seq MOD 40 * 10 MINUTE,"
              " '9999-12-31 23:59:59.999'), 3, seq MOD 10 = 0, seq MOD 9 = 3, seq MOD 9 = 1, 0, 0, 0, 0, 0, 0"
              " FROM seq_1_to_900");
    stand_run(stand, "UPDATE ticket SET is_follow_up_due = 1 WHERE state = 5 AND id MOD 2 = 0");
    stand_run(stand,
              "INSERT INTO ticket_person (ticket_id, key_id, name_masked, phone_masked, phone_hash, account_masked, account_hash)"
              " SELECT id, 1, '王**', '138****0001', UNHEX(SHA2(CONCAT('p', id MOD 30), 256)), '', UNHEX(SHA2(CONCAT('a', id MOD 70), 256))"
              " FROM ticket");
    stand_run(stand,
              "INSERT INTO event_text (subject_kind, subject_id, seq, salt, body) SELECT 1, id, 1, REPEAT('s', 16),"
              " ELT(1 + id MOD 6, '路面冒水，很大', '水表井里在冒水', '没有水', '水浑有异味', '早上停水到现在', 'DN300阀门漏水') FROM ticket");
    stand_run(stand,
              "INSERT INTO assignment (ticket_id, dispatch_no, unit_id, role, state, dispatcher, has_objected, dispatched_at)"
              " SELECT id, 2, 3, 1, 1 + id MOD 4, 1, 0, '2027-01-01' FROM ticket WHERE id MOD 7 = 0 AND unit_id <> 3");
    while (done > 0)
        REQUIRE_STATUS(gram_store_fill(stand->db, stand->now, 200, &stand->arena, &done, &stand->fault), STATUS_OK);
    return stand;
}

/* ---- the plain way */

static const char *order_of(const struct ticket_query *query)
{
    return query->sort == TICKET_SORT_DUE ? "next_due_at, id" : "reported_at DESC, id DESC";
}

static void add_view(struct text *sql, const struct ticket_query *query, const char *now)
{
    switch (query->view) {
    case TICKET_VIEW_OPEN:
        text_add(sql, "is_open = 1");
        break;
    case TICKET_VIEW_SOON:
        text_add_format(sql, "is_open = 1 AND next_due_at BETWEEN '%s' AND '%s' + INTERVAL %d SECOND", now, now, SOON_SECONDS);
        break;
    case TICKET_VIEW_LATE:
        text_add_format(sql, "is_open = 1 AND next_due_at < '%s'", now);
        break;
    case TICKET_VIEW_UNDISPATCHED:
        text_add(sql, "state = 1");
        break;
    case TICKET_VIEW_UNIT:
        text_add(sql, "is_open = 1 AND (unit_id = 3 OR id IN (SELECT ticket_id FROM assignment WHERE unit_id = 3 AND state IN (1, 2, 3)))");
        break;
    case TICKET_VIEW_WAITING_UNIT:
        text_add(sql, "is_open = 1 AND ((unit_id = 3 AND is_waiting_unit = 1)"
                      " OR (unit_id <> 3 AND id IN (SELECT ticket_id FROM assignment WHERE unit_id = 3 AND state = 1)))");
        break;
    case TICKET_VIEW_FIRST:
        text_add_format(sql, "is_open = 1 AND first_receiver = %d", STAFF);
        break;
    case TICKET_VIEW_WAITING_OPS:
        text_add(sql, "is_waiting_ops = 1");
        break;
    case TICKET_VIEW_WAITING_LEADER:
        text_add(sql, "is_open = 1 AND is_escalated = 1");
        break;
    case TICKET_VIEW_FOLLOW_UP:
        text_add(sql, "is_follow_up_due = 1");
        break;
    case TICKET_VIEW_ALL:
    case TICKET_VIEW__COUNT:
        text_add(sql, "1 = 1");
        break;
    }
}

static void add_filter(struct text *sql, const struct ticket_query *query, const char *now)
{
    static const char *const COLUMNS[] = {"state", "zone", "category_id", "unit_id", "source", "nature"};
    const struct filter *filter = query->filter;
    char hex[2 * HASH_BYTES + 1];

    for (size_t i = 0; i < sizeof COLUMNS / sizeof COLUMNS[0]; i++)
        if (filter->choice[i] != 0)
            text_add_format(sql, " AND %s = %lld", COLUMNS[i], (long long)filter->choice[i]);
    if (filter->choice[FILTER_GRADE] != 0)
        text_add_format(sql, " AND grades & (1 << %lld)", (long long)filter->choice[FILTER_GRADE]);
    if (filter->due == FILTER_DUE_WITHIN)
        text_add_format(sql, " AND is_open = 1 AND next_due_at <= '%s' + INTERVAL %lld SECOND", now, (long long)filter->due_seconds);
    if (filter->due == FILTER_DUE_BEYOND)
        text_add_format(sql, " AND is_open = 1 AND next_due_at >= '%s' + INTERVAL %lld SECOND AND next_due_at < '9999-01-01'", now,
                        (long long)filter->due_seconds);
    if (filter->due == FILTER_DUE_LATE)
        text_add_format(sql, " AND is_open = 1 AND next_due_at < '%s'", now);
    if (filter->has_phone) {
        text_format_hex(filter->phone.bytes, HASH_BYTES, hex);
        text_add_format(sql, " AND id IN (SELECT ticket_id FROM ticket_person WHERE phone_hash = X'%s')", hex);
    }
    if (filter->has_account) {
        text_format_hex(filter->account.bytes, HASH_BYTES, hex);
        text_add_format(sql, " AND id IN (SELECT ticket_id FROM ticket_person WHERE account_hash = X'%s')", hex);
    }
    if (filter->number[0] != '\0')
        text_add_format(sql, " AND number LIKE '%%%s'", filter->number);
    for (size_t i = 0; i < filter->term_count; i++)
        text_add_format(sql, " AND (place_text LIKE '%%%s%%' OR id IN (SELECT subject_id FROM event_text WHERE body LIKE '%%%s%%'))",
                        filter->terms[i], filter->terms[i]);
    const bool is_lookup = filter->has_phone || filter->has_account || filter->number[0] != '\0';
    if (filter->term_count > 0 && !is_lookup && query->view == TICKET_VIEW_ALL && filter->choice[FILTER_SCOPE] == 0)
        text_add_format(sql, " AND (is_open = 1 OR reported_at >= DATE('%s') - INTERVAL 90 DAY)", now);
}

static void make_where(struct text *sql, const struct ticket_query *query, struct instant at)
{
    char local[TIME_TEXT_BYTES], now[TIME_TEXT_BYTES + 4];

    instant_format_local(at, 0, local);
    snprintf(now, sizeof now, "%s:00", local); /* the tests' clock stands on whole minutes */
    add_view(sql, query, now);
    add_filter(sql, query, now);
    text_add(sql, " AND state <> 11");
}

/* Number and order of the rows in one figure. */
static int64_t plain_sum(struct stand *stand, const struct ticket_query *query)
{
    char where[4000];
    struct text sql;

    text_init(&sql, where, sizeof where);
    make_where(&sql, query, stand->now);
    REQUIRE(!sql.is_cut);
    return stand_count(stand, "SELECT COALESCE(CAST(SUM(n * id) AS SIGNED), 0) FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY %s) n"
                              " FROM ticket WHERE %s) r", order_of(query), where);
}

/* ---- our way */

static int64_t ids[2000];

/* All pages from one end to the other; how many rows. */
static size_t read_all(struct stand *stand, struct ticket_query *query)
{
    struct ticket_page page;
    size_t count = 0;

    query->cursor = (struct ticket_cursor){INSTANT_NONE, 0};
    for (int pages = 0; pages < 400; pages++) {
        arena_reset(&stand->arena);
        REQUIRE_STATUS(ticket_list_read(stand->db, query, stand->now, &stand->arena, &page, &stand->fault), STATUS_OK);
        REQUIRE(!page.is_cut);
        for (size_t i = 0; i < page.count; i++)
            ids[count++] = page.rows[query->is_backward ? page.count - 1 - i : i].id.v;
        if (!page.has_more)
            return count;
        REQUIRE(page.count == (size_t)query->limit);
        query->cursor = ticket_cursor_of(&page.rows[query->is_backward ? 0 : page.count - 1], query->sort);
    }
    REQUIRE(false);
    return count;
}

/* The first page says how many the whole list has, or as many as it was to count. */
static void compare_counts(struct stand *stand, const struct ticket_query *query, size_t count)
{
    for (int most = 1000; most > 0; most = most == 1000 ? 40 : 0) {
        struct ticket_query first = *query;
        struct ticket_page page;
        const size_t shown = count < (size_t)query->limit ? count : (size_t)query->limit;
        arena_reset(&stand->arena);
        first.cursor = (struct ticket_cursor){INSTANT_NONE, 0};
        first.count_limit = most > query->limit ? most : query->limit;
        REQUIRE_STATUS(ticket_list_read(stand->db, &first, stand->now, &stand->arena, &page, &stand->fault), STATUS_OK);
        CHECK_INT(page.matched, count > (size_t)first.count_limit ? first.count_limit : (int)count);
        CHECK_INT(page.is_exact, count <= (size_t)first.count_limit);
        CHECK_INT(page.count, shown);
        CHECK_INT(page.has_more, count > shown);
        CHECK(!page.is_cut);
    }
}

static void compare(struct stand *stand, struct ticket_query *query)
{
    const int64_t want = plain_sum(stand, query);
    int64_t got = 0;

    query->is_backward = false;
    const size_t count = read_all(stand, query);
    for (size_t i = 0; i < count; i++)
        got += (int64_t)(i + 1) * ids[i];
    CHECK_INT(got, want);
    query->is_backward = true;
    CHECK_INT(read_all(stand, query), count);
    got = 0;
    for (size_t i = 0; i < count; i++)
        got += (int64_t)(count - i) * ids[i];
    CHECK_INT(got, want);
    compare_counts(stand, query, count);
    query->is_backward = false;
    compare_counts(stand, query, count);
}

static struct ticket_query query_of(enum ticket_view view, enum ticket_sort sort, const struct filter *filter)
{
    const bool is_newest = view == TICKET_VIEW_ALL || (sort == TICKET_SORT_NEWEST && view != TICKET_VIEW_WAITING_OPS);

    return (struct ticket_query){
        .view = view,
        .sort = is_newest ? TICKET_SORT_NEWEST : TICKET_SORT_DUE,
        .filter = filter,
        .unit = {UNIT},
        .staff = {STAFF},
        .soon_seconds = SOON_SECONDS,
        .limit = 23,
    };
}

TEST(every_view_in_every_order_gives_each_of_its_tickets_once_in_both_directions)
{
    struct stand *stand = town();
    const struct filter none = {.due = FILTER_DUE_ANY};

    for (enum ticket_view view = 0; view < TICKET_VIEW__COUNT; view++)
        for (enum ticket_sort sort = 0; sort < TICKET_SORT__COUNT; sort++) {
            struct ticket_query query = query_of(view, sort, &none);
            check_casef("view %d sorted by %d", (int)view, (int)sort);
            compare(stand, &query);
        }
}

static void add_random_term(struct filter *filter)
{
    static const char *const TERMS[] = {"明珠花园", "3号楼", "号楼", "冒水", "花园1", "很大", "dn300", "没有这样的地方", "运河湾7号", "水"};
    const char *term = TERMS[random_below(9)];

    (void)filter_add_terms(filter, term);
}

static struct filter random_filter(void)
{
    struct filter filter = {.due = FILTER_DUE_ANY};
    static const int64_t MOST[] = {11, 2, 5, 4, 10, 7, 2, 1};

    for (size_t i = 0; i < FILTER_CHOICES; i++)
        if (random_below(5) == 0)
            filter.choice[i] = 1 + (int64_t)random_below((uint32_t)MOST[i]);
    if (random_below(5) == 0) {
        filter.due = (enum filter_due)(1 + random_below(3));
        filter.due_seconds = filter.due == FILTER_DUE_LATE ? 0 : (int64_t)(1 + random_below(5)) * 3600;
    }
    for (uint32_t i = random_below(3); i > 0; i--)
        add_random_term(&filter);
    if (random_below(8) == 0)
        snprintf(filter.number, sizeof filter.number, "%08d", (int)(1 + random_below(900)) * 7919);
    return filter;
}

static void set_person(struct stand *stand, struct filter *filter)
{
    const int64_t id = 1 + (int64_t)random_below(900);

    if (random_below(10) == 0) {
        filter->has_phone = true;
        for (int i = 0; i < HASH_BYTES; i++)
            filter->phone.bytes[i] = (uint8_t)stand_count(stand, "SELECT ORD(SUBSTRING(phone_hash, %d, 1)) FROM ticket_person WHERE ticket_id = %lld", i + 1, (long long)id);
    }
    if (random_below(10) == 0) {
        filter->has_account = true;
        for (int i = 0; i < HASH_BYTES; i++)
            filter->account.bytes[i] = (uint8_t)stand_count(stand, "SELECT ORD(SUBSTRING(account_hash, %d, 1)) FROM ticket_person WHERE ticket_id = %lld", i + 1, (long long)id);
    }
}

TEST(any_filter_in_any_view_gives_what_the_plainest_question_gives)
{
    struct stand *stand = town();

    for (int i = 0; i < 400; i++) {
        struct filter filter = random_filter();
        set_person(stand, &filter);
        struct ticket_query query = query_of((enum ticket_view)random_below(TICKET_VIEW__COUNT),
                                             (enum ticket_sort)random_below(TICKET_SORT__COUNT), &filter);
        if (random_below(2) == 0)
            query.view = TICKET_VIEW_ALL, query.sort = TICKET_SORT_NEWEST;
        char where[4000];
        struct text sql;
        text_init(&sql, where, sizeof where);
        make_where(&sql, &query, stand->now);
        check_casef("%d by %d: %.300s", (int)query.view, (int)query.sort, where);
        compare(stand, &query);
    }
}

TEST(a_common_pair_is_walked_in_its_own_order_and_older_open_tickets_follow)
{
    struct stand *stand = stand_open("common");
    struct filter filter = {.due = FILTER_DUE_ANY};
    struct ticket_query query = query_of(TICKET_VIEW_ALL, TICKET_SORT_NEWEST, &filter);

    stand_pass(stand, 400 * DAY_SECONDS);
    /* More than are "rare", over a year, one in forty open; the words of half of them hold the pairs but not the phrase. */
    stand_run(stand,
              "INSERT INTO ticket (number, version, state, is_open, source, nature, category_id, grades, zone, diameter_mm,"
              " place_id, place_text, unit_id, first_receiver, cycle, reported_at, recorded_at, next_due_at, next_kind,"
              " is_escalated, is_waiting_ops, urge_count, handoff_count, repeat_level, satisfaction, rating, parent_id)"
              " SELECT CONCAT('SN261123-', LPAD(seq, 8, '0')), 1, IF(seq MOD 40 = 0, 4, 7), seq MOD 40 = 0, 1, 1, 1 + seq MOD 3, 0, 1, 0, 0,"
              " IF(seq MOD 2 = 0, '明珠花园三号', '三号花园 珠花 明珠'), 3, 1, 1, '2026-11-24' + INTERVAL seq * 3 HOUR,"
              " '2026-11-23', IF(seq MOD 40 = 0, '2027-12-30', '9999-12-31 23:59:59.999'), 3, 0, 0, 0, 0, 0, 0, 0, 0"
              " FROM seq_1_to_3100");
    for (int done = 1; done > 0;)
        REQUIRE_STATUS(gram_store_fill(stand->db, stand->now, 500, &stand->arena, &done, &stand->fault), STATUS_OK);
    REQUIRE(filter_add_terms(&filter, "明珠花园") == FILTER_OK);
    query.limit = 50;
    check_case("recent and open");
    compare(stand, &query);
    filter.choice[FILTER_SCOPE] = 1;
    check_case("all years");
    compare(stand, &query);
    filter.choice[FILTER_CATEGORY] = 2;
    check_case("with a category");
    compare(stand, &query);
    filter.choice[FILTER_SCOPE] = 0;
    query.view = TICKET_VIEW_OPEN;
    query.sort = TICKET_SORT_DUE;
    check_case("what is open, by deadline");
    compare(stand, &query);
}

TEST(clock_failure_20_a_walk_is_bounded_and_says_where_to_go_on)
{
    struct stand *stand = stand_open("cut");
    const struct filter filter = {.choice[FILTER_SOURCE] = 2};
    struct ticket_query query = query_of(TICKET_VIEW_ALL, TICKET_SORT_NEWEST, &filter);
    struct ticket_page page;
    int pages = 0, found = 0;

    /* Two of twelve thousand, far back. */
    stand_run(stand,
              "INSERT INTO ticket (number, version, state, is_open, source, nature, category_id, grades, zone, diameter_mm,"
              " place_id, place_text, unit_id, first_receiver, cycle, reported_at, recorded_at, next_due_at, next_kind,"
              " is_escalated, is_waiting_ops, urge_count, handoff_count, repeat_level, satisfaction, rating, parent_id)"
              " SELECT CONCAT('SN261123-', LPAD(seq, 8, '0')), 1, 7, 0, IF(seq IN (3, 4000), 2, 1), 1, 1, 0, 1, 0, 0, 'x', 3, 1, 1,"
              " '2020-01-01' + INTERVAL seq MINUTE, '2020-01-01', '9999-12-31 23:59:59.999', 3, 0, 0, 0, 0, 0, 0, 0, 0"
              " FROM seq_1_to_12000");
    do {
        arena_reset(&stand->arena);
        REQUIRE_STATUS(ticket_list_read(stand->db, &query, stand->now, &stand->arena, &page, &stand->fault), STATUS_OK);
        found += (int)page.count;
        CHECK_INT(page.is_exact, !page.is_cut);
        query.cursor = page.reached;
        pages++;
    } while (page.is_cut && pages < 10);
    CHECK_INT(found, 2);
    CHECK_INT(pages, 3);
}

/* Rows of all pages, and how many pages it took, where a page may end before the list does. */
static int found_in_pages(struct stand *stand, struct ticket_query query, int *pages)
{
    struct ticket_page page;
    int found = 0;

    *pages = 0;
    do {
        arena_reset(&stand->arena);
        REQUIRE_STATUS(ticket_list_read(stand->db, &query, stand->now, &stand->arena, &page, &stand->fault), STATUS_OK);
        found += (int)page.count;
        CHECK_INT(page.is_exact, !page.is_cut);
        CHECK(!page.has_more);
        query.cursor = page.reached;
        ++*pages;
    } while (page.is_cut && *pages < 10);
    return found;
}

TEST(clock_failure_20_no_walk_hides_what_lies_behind_the_last_entry_it_looked_at)
{
    struct stand *stand = stand_open("far");
    const struct filter source = {.choice[FILTER_SOURCE] = 2}, merged = {.choice[FILTER_SOURCE] = 2, .choice[FILTER_STATE] = TICKET_MERGED};
    struct filter words = {.choice[FILTER_SOURCE] = 2};
    struct filter both = {.choice[FILTER_SOURCE] = 2, .choice[FILTER_CATEGORY] = 1};
    const struct {
        enum ticket_view view;
        enum ticket_sort sort;
        const struct filter *filter;
        int pages;
    } cases[] = {
        {TICKET_VIEW_OPEN, TICKET_SORT_DUE, &source, 2},  {TICKET_VIEW_OPEN, TICKET_SORT_NEWEST, &source, 2},
        {TICKET_VIEW_UNIT, TICKET_SORT_DUE, &source, 2},  {TICKET_VIEW_UNIT, TICKET_SORT_NEWEST, &source, 2},
        {TICKET_VIEW_FIRST, TICKET_SORT_DUE, &source, 2}, {TICKET_VIEW_ALL, TICKET_SORT_NEWEST, &merged, 3},
        {TICKET_VIEW_ALL, TICKET_SORT_NEWEST, &both, 3},  {TICKET_VIEW_OPEN, TICKET_SORT_DUE, &words, 2},
        {TICKET_VIEW_OPEN, TICKET_SORT_NEWEST, &words, 2},
    };

    /* 6,000 open and 6,000 merged into others; of each, two come from elsewhere, at both ends of the list. */
    stand_run(stand,
              "INSERT INTO ticket (number, version, state, is_open, source, nature, category_id, grades, zone, diameter_mm,"
              " place_id, place_text, unit_id, first_receiver, cycle, reported_at, recorded_at, next_due_at, next_kind,"
              " is_escalated, is_waiting_ops, urge_count, handoff_count, repeat_level, satisfaction, rating, parent_id)"
              " SELECT CONCAT('SN261123-', LPAD(seq, 8, '0')), 1, IF(seq > 6000, 8, 4), seq <= 6000, IF(seq MOD 6000 IN (3, 5990), 2, 1),"
              " 1, 1, 0, 1, 0, 0, '明珠', 3, 3, 1, '2020-01-01' + INTERVAL seq MINUTE, '2020-01-01',"
              " IF(seq > 6000, '9999-12-31 23:59:59.999', '2027-01-01' + INTERVAL seq MINUTE), 3, 0, 0, 0, 0, 0, 0, 0, 0"
              " FROM seq_1_to_12000");
    stand_run(stand, "INSERT INTO ticket_gram (gram, reported_at, ticket_id) SELECT (CONV(HEX(CONVERT('明' USING utf32)), 16, 10) << 21)"
                     " | CONV(HEX(CONVERT('珠' USING utf32)), 16, 10), reported_at, id FROM ticket");
    REQUIRE(filter_add_terms(&words, "明珠") == FILTER_OK);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct ticket_query query = query_of(cases[i].view, cases[i].sort, cases[i].filter);
        const int all = cases[i].filter == &both ? 4 : 2;
        int pages;
        for (int direction = 0; direction < 2; direction++) {
            check_casef("case %zu, direction %d", i, direction);
            query.is_backward = direction == 1;
            CHECK_INT(found_in_pages(stand, query, &pages), all);
            CHECK_INT(pages, cases[i].pages);
        }
    }
}

TEST(matching_rows_are_counted_as_far_as_is_asked_for)
{
    struct stand *stand = town();
    const struct filter filter = {.choice[FILTER_CATEGORY] = 2};
    struct ticket_query query = query_of(TICKET_VIEW_OPEN, TICKET_SORT_DUE, &filter);
    struct ticket_page page;
    const int64_t all = stand_count(stand, "SELECT COUNT(*) FROM ticket WHERE is_open = 1 AND category_id = 2");

    query.limit = 5;
    query.count_limit = 1000;
    REQUIRE_STATUS(ticket_list_read(stand->db, &query, stand->now, &stand->arena, &page, &stand->fault), STATUS_OK);
    CHECK_INT(page.count, 5);
    CHECK(page.has_more && page.is_exact);
    CHECK_INT(page.matched, all);
    query.count_limit = 10;
    REQUIRE_STATUS(ticket_list_read(stand->db, &query, stand->now, &stand->arena, &page, &stand->fault), STATUS_OK);
    CHECK(!page.is_exact);
    CHECK_INT(page.matched, 10);
}

static enum status count_row(void *context, const struct ticket_row *row, struct fault *fault)
{
    int64_t *sum = context;

    (void)fault;
    sum[0]++;
    sum[1] += sum[0] * row->id.v;
    return STATUS_OK;
}

TEST(a_whole_list_streams_in_its_order)
{
    struct stand *stand = town();
    const struct filter none = {.due = FILTER_DUE_ANY};

    for (enum ticket_view view = 0; view < TICKET_VIEW__COUNT; view++) {
        struct ticket_query query = query_of(view, TICKET_SORT_DUE, &none);
        int64_t sum[2] = {0, 0};
        bool is_whole;
        check_casef("view %d", (int)view);
        query.limit = 100000;
        REQUIRE_STATUS(ticket_list_stream(stand->db, &query, stand->now, count_row, sum, &is_whole, &stand->fault), STATUS_OK);
        CHECK_INT(sum[1], plain_sum(stand, &query));
        CHECK(is_whole);
        sum[0] = sum[1] = 0;
        query.limit = 3;
        REQUIRE_STATUS(ticket_list_stream(stand->db, &query, stand->now, count_row, sum, &is_whole, &stand->fault), STATUS_OK);
        CHECK_INT(sum[0], 3);
        CHECK(!is_whole);
    }
}

TEST(chosen_rows_come_by_their_numbers_and_sealed_ones_do_not)
{
    struct stand *stand = town();
    static char texts[TICKET_NUMBERS_MAX][NUMBER_BYTES];
    const char *numbers[TICKET_NUMBERS_MAX];
    struct ticket_row *rows;
    size_t count;

    for (int i = 0; i < TICKET_NUMBERS_MAX; i++) {
        snprintf(texts[i], sizeof texts[i], "SN261123-%08d", (i + 1) * 7919);
        numbers[i] = texts[i];
    }
    REQUIRE_STATUS(ticket_list_by_numbers(stand->db, numbers, TICKET_NUMBERS_MAX, &stand->arena, &rows, &count, &stand->fault), STATUS_OK);
    CHECK_INT(count, TICKET_NUMBERS_MAX - stand_count(stand, "SELECT COUNT(*) FROM ticket WHERE id <= 100 AND state = 11"));
    REQUIRE_STATUS(ticket_list_by_numbers(stand->db, numbers, 0, &stand->arena, &rows, &count, &stand->fault), STATUS_OK);
    CHECK_INT(count, 0);
}

/* ---- counts and changes */

TEST(clock_failure_18_counts_are_those_of_whole_lists_not_of_pages)
{
    struct stand *stand = town();
    const struct filter none = {.due = FILTER_DUE_ANY};
    struct desk_counts counts;

    for (enum ticket_view view = 0; view < TICKET_VIEW__COUNT; view++) {
        struct ticket_query query = query_of(view, TICKET_SORT_DUE, &none);
        check_casef("view %d", (int)view);
        REQUIRE_STATUS(desk_count(stand->db, &query, true, stand->now, &stand->arena, &counts, &stand->fault), STATUS_OK);
        query.limit = 100;
        CHECK_INT(counts.views[view], read_all(stand, &query));
    }
    CHECK_INT(counts.newest_undispatched, stand_count(stand, "SELECT MAX(id) FROM ticket WHERE state = 1"));
    struct ticket_query nobodys = query_of(TICKET_VIEW_OPEN, TICKET_SORT_DUE, &none);
    nobodys.unit.v = 0;
    nobodys.staff.v = 0;
    REQUIRE_STATUS(desk_count(stand->db, &nobodys, false, stand->now, &stand->arena, &counts, &stand->fault), STATUS_OK);
    CHECK_INT(counts.views[TICKET_VIEW_UNIT] + counts.views[TICKET_VIEW_FIRST] + counts.views[TICKET_VIEW_WAITING_UNIT] +
                  counts.views[TICKET_VIEW_WAITING_LEADER], 0);
}

TEST(counts_beyond_a_thousand_say_more)
{
    struct stand *stand = town();
    const struct filter none = {.due = FILTER_DUE_ANY};
    const struct ticket_query query = query_of(TICKET_VIEW_ALL, TICKET_SORT_NEWEST, &none);
    struct desk_counts counts;

    stand_run(stand, "INSERT INTO ticket (number, version, state, is_open, source, nature, category_id, grades, zone, diameter_mm,"
                     " place_id, place_text, unit_id, first_receiver, cycle, reported_at, recorded_at, next_due_at, next_kind,"
                     " is_escalated, is_waiting_ops, urge_count, handoff_count, repeat_level, satisfaction, rating, parent_id)"
                     " SELECT CONCAT('SN200101-', LPAD(seq, 8, '0')), 1, 7, 0, 1, 1, 1, 0, 1, 0, 0, 'x', 3, 1, 1, '2020-01-01',"
                     " '2020-01-01', '9999-12-31 23:59:59.999', 3, 0, 0, 0, 0, 0, 0, 0, 0 FROM seq_1_to_1200");
    REQUIRE_STATUS(desk_count(stand->db, &query, true, stand->now, &stand->arena, &counts, &stand->fault), STATUS_OK);
    CHECK_INT(counts.views[TICKET_VIEW_ALL], DESK_COUNT_MAX + 1);
    stand_run(stand, "DELETE FROM ticket WHERE number LIKE 'SN200101-%%'");
}

/* The newest reminder that this listener is told of, in seconds after `from`; -1 without. */
static int64_t reminded_after(struct stand *stand, uint32_t listener, int32_t unit, struct instant from)
{
    const struct filter none = {.due = FILTER_DUE_ANY};
    struct ticket_query query = query_of(TICKET_VIEW_OPEN, TICKET_SORT_DUE, &none);
    struct desk_counts counts;

    query.listener = listener;
    query.listener_unit.v = unit;
    if (desk_count(stand->db, &query, false, stand->now, &stand->arena, &counts, &stand->fault) != STATUS_OK)
        return -2;
    return instant_is_set(counts.newest_reminder) ? instant_milliseconds_between(from, counts.newest_reminder) / 1000 : -1;
}

static int fire(struct stand *stand)
{
    int fired = 0;
    const enum status status =
        clerk_store_fire_steps(stand->db, &stand->catalog, stand->now, 20, &stand->arena, &fired, &stand->fault);
    return status == STATUS_OK ? fired : -1;
}

TEST(article_12_each_reminder_of_what_waits_reaches_the_open_lists_of_whom_it_concerns)
{
    struct stand *stand = stand_open("reminder");
    const uint32_t unit = 1 << AUDIENCE_LIAISON | 1 << AUDIENCE_UNIT_LEADER, ops = 1 << AUDIENCE_OPS;
    struct ticket_file file;
    enum verdict verdict;
    struct command command = stand_command(ACTION_DISPATCH, stand_ops());

    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &file), STATUS_OK);
    command_set(&command, FIELD_UNIT, 3);
    REQUIRE_STATUS(stand_act(stand, &file, &command, NULL, &verdict), STATUS_OK);
    const struct instant sent = stand->now;
    CHECK_INT(reminded_after(stand, unit, 3, sent), -1);
    stand_pass(stand, 10 * MINUTE_SECONDS);
    const int64_t marks = stand_count(stand, "SELECT COUNT(*) FROM dirty");
    CHECK_INT(fire(stand), 1); /* half time: the liaison */
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM dirty"), marks + 1);
    CHECK_INT(reminded_after(stand, unit, 3, sent), 600);
    CHECK_INT(reminded_after(stand, unit, 4, sent), -1); /* another unit's desk stays silent */
    CHECK_INT(reminded_after(stand, ops, 0, sent), -1);
    CHECK_INT(reminded_after(stand, 0, 0, sent), -1);
    stand_pass(stand, 10 * MINUTE_SECONDS + 1);
    CHECK_INT(fire(stand), 1); /* the end: the leader and ops */
    CHECK_INT(reminded_after(stand, unit, 3, sent), 1201);
    CHECK_INT(reminded_after(stand, ops, 0, sent), 1201);
    command = stand_command(ACTION_ACCEPT, stand_liaison(3));
    REQUIRE_STATUS(stand_act(stand, &file, &command, NULL, &verdict), STATUS_OK);
    CHECK_INT(reminded_after(stand, ops, 0, sent), -1); /* it waits no more */
    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &file), STATUS_OK);
    stand_pass(stand, 10 * MINUTE_SECONDS);
    CHECK_INT(fire(stand), 1); /* not dispatched within ops' own ten minutes */
    CHECK_INT(reminded_after(stand, ops, 0, sent), 1201 + 600);
    CHECK_INT(reminded_after(stand, unit, 3, sent), -1);
}

TEST(time_alone_changes_a_list_at_the_next_deadline_or_when_one_comes_near)
{
    struct stand *stand = stand_open("until");
    const struct filter none = {.due = FILTER_DUE_ANY}, hour = {.due = FILTER_DUE_WITHIN, .due_seconds = 3600};
    struct ticket_query query = query_of(TICKET_VIEW_OPEN, TICKET_SORT_DUE, &none);
    struct desk_counts counts;
    struct ticket_file file;

    REQUIRE_STATUS(desk_count(stand->db, &query, false, stand->now, &stand->arena, &counts, &stand->fault), STATUS_OK);
    CHECK(!instant_is_set(counts.good_until));
    REQUIRE_STATUS(stand_file(stand, "billing", NULL, &file), STATUS_OK);
    stand_run(stand, "UPDATE ticket SET next_due_at = '2026-11-23 05:00:00'");
    const struct instant due = instant_add_seconds(STAND_START, 5 * HOUR_SECONDS);
    REQUIRE_STATUS(desk_count(stand->db, &query, false, stand->now, &stand->arena, &counts, &stand->fault), STATUS_OK);
    CHECK_INT(instant_milliseconds_between(counts.good_until, due), 2 * HOUR_SECONDS * 1000);
    REQUIRE_STATUS(desk_count(stand->db, &query, false, instant_add_seconds(due, -HOUR_SECONDS), &stand->arena, &counts, &stand->fault), STATUS_OK);
    CHECK_INT(counts.good_until.milliseconds, due.milliseconds);
    query.filter = &hour;
    REQUIRE_STATUS(desk_count(stand->db, &query, false, instant_add_seconds(due, -90 * MINUTE_SECONDS), &stand->arena, &counts, &stand->fault), STATUS_OK);
    CHECK_INT(instant_milliseconds_between(counts.good_until, due), HOUR_SECONDS * 1000);
    REQUIRE_STATUS(desk_count(stand->db, &query, false, instant_add_seconds(due, 1), &stand->arena, &counts, &stand->fault), STATUS_OK);
    CHECK(!instant_is_set(counts.good_until));
}

static struct desk_state look(struct stand *stand)
{
    const struct filter none = {.due = FILTER_DUE_ANY};
    const struct ticket_query query = {.filter = &none};
    struct desk_counts counts;

    REQUIRE_STATUS(desk_count(stand->db, &query, false, stand->now, &stand->arena, &counts, &stand->fault), STATUS_OK);
    return counts.state;
}

TEST(whatever_changes_a_ticket_shows_in_the_state_also_when_clerk_was_there_in_between)
{
    struct stand *stand = stand_open("state");
    struct ticket_file file;
    enum verdict verdict;
    const struct command note = stand_command(ACTION_NOTE, stand_ops());

    const struct desk_state empty = look(stand);
    REQUIRE_STATUS(stand_file(stand, "billing", NULL, &file), STATUS_OK);
    const struct desk_state filed = look(stand);
    CHECK(!desk_state_is_equal(&empty, &filed));
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    const struct desk_state folded = look(stand);
    CHECK(!desk_state_is_equal(&empty, &folded));
    const struct desk_state again = look(stand);
    CHECK(desk_state_is_equal(&folded, &again));
    REQUIRE_STATUS(stand_act(stand, &file, &note, "已联系", &verdict), STATUS_OK);
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    const struct desk_state noted = look(stand);
    CHECK(!desk_state_is_equal(&folded, &noted));
    stand_run(stand, "INSERT INTO dirty (subject_kind, subject_id, rule_id) SELECT 2, seq, 0 FROM seq_1_to_1001");
    const struct desk_state many = look(stand);
    CHECK(!desk_state_is_equal(&many, &many));
}

static enum status change_and_look(struct db *db, void *context, struct fault *fault)
{
    struct stand *stand = context;
    const struct db_value values[] = {db_integer(1), db_integer(1), db_integer(0), db_null()};
    const enum status status = db_run(db, DIRTY_INSERT, values, 4, NULL, NULL, fault);

    /* Another's mark gets a higher id and is committed first. */
    stand_run(stand, "INSERT INTO dirty (subject_kind, subject_id, rule_id) VALUES (1, 2, 0)");
    stand->now.milliseconds = look(stand).marks; /* kept for the test */
    return status;
}

TEST(a_change_that_is_committed_after_a_later_one_still_shows)
{
    struct stand *stand = stand_open("order");
    struct db *own = stand_connect(stand);
    struct fault fault = {0};

    REQUIRE_STATUS(db_transact(own, change_and_look, stand, &fault), STATUS_OK);
    CHECK_INT(stand->now.milliseconds, 1);
    CHECK_INT(look(stand).marks, 2);
    db_close(own);
}
