/*
 * The public forms of outages over an emergency that was widened, a planned one that was put off, and one that was called off, which this
 * file holds in place of the database: what the program asks of store/outage_public.h and store/text_store.h is answered here.
 */
#include "check.h"
#include "golden.h"
#include "sample.h"

#include <stdio.h>
#include <string.h>

#include "outage/outage.h"
#include "store/text_store.h"

static struct outage_program program;
static struct place_id places[] = {{1}, {2}};
static struct outage_message burst[2], planned[2], off[2];
static struct outage_notice all[3];

static struct outage_message told(uint32_t seq, enum outage_action kind, const char *at, const char *start, const char *end)
{
    return (struct outage_message){.seq = seq, .kind = kind, .told_at = moment(at), .happened_at = moment(at), .start_at = moment(start),
                                   .expected_end_at = moment(end), .area_words = "", .words = "", .water_points = ""};
}

static void make_notices(void)
{
    burst[0] = told(1, OUTAGE_REPORT, "09:10", "09:05", "12:00");
    burst[0].places = places;
    burst[0].place_count = 1;
    burst[0].words = "主管爆裂 <300>";
    burst[1] = told(3, OUTAGE_WIDEN, "10:00", "09:05", "14:00");
    burst[1].area_words = "东昌路 \"以北\" & 三栋楼";
    planned[0] = told(4, OUTAGE_PUBLISH, "2026-11-22 09:00", "2026-11-24 09:00", "2026-11-24 17:00");
    planned[0].places = places + 1;
    planned[0].place_count = 1;
    planned[0].water_points = "南门送水车";
    planned[1] = told(7, OUTAGE_POSTPONE, "09:30", "2026-11-25 09:00", "2026-11-25 17:00");
    off[0] = told(4, OUTAGE_PUBLISH, "2026-11-22 10:00", "2026-11-23 22:00", "2026-11-24 05:00");
    off[0].area_words = "运河湾";
    off[1] = told(5, OUTAGE_CANCEL, "10:10", "2026-11-23 22:00", "2026-11-24 05:00");
    all[0] = (struct outage_notice){.id = {7}, .state = OUTAGE_PUBLISHED, .kind = OUTAGE_EMERGENCY, .cause = 1, .messages = burst,
                                    .planned_start_at = INSTANT_NONE, .message_count = 2};
    all[1] = (struct outage_notice){.id = {8}, .state = OUTAGE_ANNOUNCED, .kind = OUTAGE_PLANNED, .cause = 7, .is_pressure = true,
                                    .messages = planned, .planned_start_at = moment("2026-11-25 09:00"), .message_count = 2};
    all[2] = (struct outage_notice){.id = {9}, .state = OUTAGE_CANCELLED, .kind = OUTAGE_PLANNED, .cause = 8, .messages = off,
                                    .planned_start_at = moment("2026-11-23 22:00"), .message_count = 2};
    for (size_t i = 0; i < 3; i++) {
        const struct outage_message *messages = all[i].messages;
        all[i].started_at = messages[1].start_at;
        all[i].first_end_at = messages[0].expected_end_at;
        all[i].expected_end_at = messages[1].expected_end_at;
        all[i].ended_at = INSTANT_NONE;
    }
    all[2].ended_at = off[1].told_at;
}

enum status outage_public_list(struct db *db, struct instant since, struct arena *arena, struct outage_notice **notices,
                               size_t *count, struct fault *fault)
{
    (void)db, (void)since, (void)fault;
    *notices = arena_take_array(arena, 3, sizeof **notices);
    for (size_t i = 0; i < 3; i++)
        (*notices)[i] = all[i];
    *count = 3;
    return STATUS_OK;
}

enum status outage_public_find(struct db *db, struct outage_id id, struct arena *arena, struct outage_notice *notice, struct fault *fault)
{
    (void)db, (void)arena, (void)fault;
    for (size_t i = 0; i < 3; i++)
        if (all[i].id.v == id.v) {
            *notice = all[i];
            return STATUS_OK;
        }
    return STATUS_ABSENT;
}

enum status outage_watch_look(struct outage_watch *watch, struct db *db, struct arena *arena, struct fault *fault)
{
    (void)watch, (void)db, (void)arena, (void)fault;
    return STATUS_OK;
}

int64_t outage_watch_version(const struct outage_watch *watch, const struct catalog *catalog, struct instant now)
{
    (void)watch, (void)catalog, (void)now;
    return 0;
}

bool outage_notice_runs(const struct outage_notice *notice, struct instant now)
{
    (void)notice, (void)now;
    return false;
}

enum status text_store_list(struct db *db, enum text_language language, struct instant at, struct arena *arena,
                            struct public_text **texts, size_t *count, struct fault *fault)
{
    static struct public_text kept[] = {
        {"procedure_outage", TEXT_PROCEDURE, 80, 1, "Advice", "- Store water & wait.", {0}},
        {"outage_1", TEXT_OUTAGE, 10, 1, "Willow <1> & Road", "Tomorrow from 9.", {0}},
    };
    (void)db, (void)language, (void)arena, (void)fault;
    kept[1].effective_from = at;
    *texts = kept;
    *count = 2;
    return STATUS_OK;
}

struct outage_program *program_of(const struct request *request) { return request->context; }

static void open_all(void)
{
    static struct place rows[] = {{.id = {1}, .kind = 2, .name = "明珠花园"}, {.id = {2}, .kind = 3, .name = "柳园路"}};

    golden_open("outage", &program);
    sample_catalog(&program.catalog);
    program.catalog.places = rows;
    program.catalog.place_count = program.catalog.offered_count = 2;
}

/* What a view makes, in the golden file NAME.LANG.EXTENSION. */
static void check_document(const char *name, const char *extension, const char *type, const char *path, route_handler view)
{
    const char *number = strrchr(path, '/') + 1, *id = path + strlen("/outage/");
    char first[4] = "";

    open_all();
    make_notices();
    for (enum language language = 0; language < LANGUAGE__COUNT; language++) {
        struct response response = {0};
        check_case(language_tag(language));
        struct request *request = golden_request(language, path);
        snprintf(first, sizeof first, "%c", *id);
        request->part[0] = first;
        request->part[1] = number;
        CHECK_STATUS(view(request, &response), STATUS_OK);
        CHECK(response.is_public_cacheable && response.wants_etag);
        golden_check_document(name, extension, type, &response, 200);
    }
    golden_close();
}

TEST(article_18_the_list)
{
    check_document("outage-list", "html", "text/html; charset=utf-8", "/outage/", outage_get_list);
}

TEST(article_18_an_emergency)
{
    check_document("outage-one", "html", "text/html; charset=utf-8", "/outage/7", outage_get_one);
}

TEST(article_18_a_planned_one_that_was_put_off)
{
    check_document("outage-planned", "html", "text/html; charset=utf-8", "/outage/8", outage_get_one);
}

TEST(article_18_the_poster)
{
    check_document("outage-poster", "html", "text/html; charset=utf-8", "/outage/8/poster", outage_get_poster);
}

TEST(article_18_the_feed)
{
    check_document("outage-feed", "xml", "application/atom+xml; charset=utf-8", "/outage/feed.atom", outage_get_atom);
}

TEST(article_18_the_list_of_alerts)
{
    check_document("outage-alerts", "xml", "application/atom+xml; charset=utf-8", "/outage/alerts.atom", outage_get_alerts);
}

TEST(article_18_a_planned_one_is_an_alert_of_the_start_as_it_was_told)
{
    check_document("outage-alert", "xml", "application/cap+xml; charset=utf-8", "/outage/8/cap/4", outage_get_alert);
}

TEST(article_18_put_off_is_an_update)
{
    check_document("outage-alert-update", "xml", "application/cap+xml; charset=utf-8", "/outage/8/cap/7", outage_get_alert);
}

TEST(article_18_called_off_is_a_cancel)
{
    check_document("outage-alert-cancel", "xml", "application/cap+xml; charset=utf-8", "/outage/9/cap/5", outage_get_alert);
}

TEST(article_18_the_calendar)
{
    check_document("outage-calendar", "ics", "text/calendar; charset=utf-8", "/outage/feed.ics", outage_get_calendar);
}

TEST(article_18_the_data)
{
    check_document("outage-data", "json", "application/json; charset=utf-8", "/outage/outages.json", outage_get_json);
}
