/*
 * The portal and the promises over figures that this file holds in place of the database: what commitment asks of
 * store/figure_store.h is answered here, so that archive's member is not linked.
 */
#include "check.h"
#include "golden.h"
#include "sample.h"

#include "commitment/commitment.h"
#include "store/text_store.h"

static struct commitment commitment;
static struct promise_figure figures[3];

enum status figure_store_promises(struct db *db, struct arena *arena, struct promise_figure **rows, size_t *count,
                                  struct fault *fault)
{
    (void)db, (void)arena, (void)fault;
    *rows = figures;
    *count = sizeof figures / sizeof figures[0];
    return STATUS_OK;
}
enum status figure_store_version(struct db *db, struct arena *arena, int64_t *version, struct fault *fault)
{
    (void)db, (void)arena, (void)fault;
    *version = 1;
    return STATUS_OK;
}
enum status figure_store_detail(struct db *db, const char *rule_code, struct arena *arena,
                                struct promise_detail *detail, struct fault *fault)
{
    (void)db, (void)rule_code, (void)arena, (void)fault;
    promise_detail_init(detail, (struct day){20089}, 90);
    detail->days[88] = (struct detail_count){4, 4, 0, 0};
    detail->days[89] = (struct detail_count){1, 2, 1, 1};
    detail->months[0] = (struct detail_month){2026, 11, {100, 100, 0, 0}};
    detail->months[1] = (struct detail_month){2026, 10, {2, 2, 1, 0}};
    detail->month_count = 2;
    detail->misses[0] = (struct detail_miss){{20089}, 185, MISS_KEPT_GRANTED};
    detail->miss_count = 1;
    detail->miss_total = 101;
    return STATUS_OK;
}

enum status text_store_list(struct db *db, enum text_language language, struct instant at, struct arena *arena,
                            struct public_text **texts, size_t *count, struct fault *fault)
{
    static struct public_text kept[] = {
        {"procedure_leak", TEXT_PROCEDURE, 10, 1, "Leaks & bursts", "One.\n- two\n- three <b>\nFour.", {0}},
        {"explanation_repair_start", TEXT_EXPLANATION, 20, 1, "From when", "Five.", {0}},
        {"outage_1", TEXT_OUTAGE, 10, 1, "Willow <1> & Road", "Tomorrow from 9.\n- Back by 18:00", {0}},
    };
    (void)db, (void)language, (void)at, (void)arena, (void)fault;
    *texts = kept;
    *count = sizeof kept / sizeof kept[0];
    for (size_t i = 0; i < *count; i++)
        kept[i].effective_from = moment("10:05");
    return STATUS_OK;
}
/* One emergency that runs. */
enum status outage_public_list(struct db *db, struct instant since, struct arena *arena, struct outage_notice **notices,
                               size_t *count, struct fault *fault)
{
    static struct outage_message message = {.seq = 1, .kind = OUTAGE_REPORT, .area_words = "东昌路以北三栋楼", .words = ""};
    static struct outage_notice notice = {.id = {7}, .state = OUTAGE_PUBLISHED, .kind = OUTAGE_EMERGENCY, .messages = &message, .message_count = 1};

    (void)db, (void)arena, (void)fault;
    notice.expected_end_at = instant_add_seconds(since, 2 * HOUR_SECONDS);
    *notices = &notice;
    *count = 1;
    return STATUS_OK;
}

enum status outage_watch_look(struct outage_watch *watch, struct db *db, struct arena *arena, struct fault *fault)
{
    (void)db, (void)arena, (void)fault;
    watch->has_news = true;
    return STATUS_OK;
}

int64_t outage_watch_version(const struct outage_watch *watch, const struct catalog *catalog, struct instant now)
{
    (void)watch, (void)catalog, (void)now;
    return 0;
}

enum status text_store_begun(struct db *db, struct instant at, struct arena *arena, int64_t *count, struct fault *fault)
{
    (void)db, (void)at, (void)arena, (void)fault;
    *count = 4;
    return STATUS_OK;
}
enum status text_store_load(struct db *db, const char *code, enum text_language language, struct instant at,
                            struct arena *arena, struct public_text *text, struct fault *fault)
{
    struct public_text *texts;
    size_t count;
    (void)code;
    const enum status status = text_store_list(db, language, at, arena, &texts, &count, fault);
    *text = texts[0];
    return status;
}

/* Enough cases for a rate; few cases; none of an advisory promise. */
static void open_all(void)
{
    golden_open("commitment", &commitment);
    sample_catalog(&commitment.catalog);
    struct instant as_of = moment("10:05");
    figures[0] = (struct promise_figure){"accept", false, {20000}, {20089}, {412, 404, 408, 8, 2, 540, 1110}, as_of};
    figures[1] = (struct promise_figure){"accept", true, {20058}, {20089}, {100, 100, 100, 0, 0, 480, 960}, as_of};
    figures[2] = (struct promise_figure){"arrive_leak", false, {20000}, {20089}, {3, 2, 2, 1, 0, 3600, 7300}, as_of};
}

static void check_view(const char *name, const char *path, route_handler view)
{
    open_all();
    for (enum language language = 0; language < LANGUAGE__COUNT; language++) {
        struct response response = {0};
        check_case(language_tag(language));
        struct request *request = golden_request(language, path);
        request->part[0] = "accept";
        CHECK_STATUS(view(request, &response), STATUS_OK);
        CHECK(response.is_public_cacheable && response.wants_etag);
        golden_check(name, &response, 200);
    }
    golden_close();
}

TEST(the_portal) { check_view("commitment-portal", "/", commitment_get_portal); }

TEST(the_promises) { check_view("commitment-index", "/commitment/", commitment_get_index); }

TEST(article_7_one_promise_in_full) { check_view("commitment-promise", "/commitment/promise/accept", commitment_get_promise); }

TEST(article_8_the_ways_to_supervise) { check_view("commitment-supervision", "/commitment/supervision", commitment_get_supervision); }

TEST(article_7_a_procedure) { check_view("commitment-text", "/commitment/text/procedure_leak", commitment_get_text); }
