/*
 * The portal and the promises over figures that this file holds in place of the database: what commitment asks of
 * store/figure_store.h is answered here, so that archive's member is not linked.
 */
#include "check.h"
#include "golden.h"
#include "sample.h"

#include "commitment/commitment.h"

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
        CHECK_STATUS(view(golden_request(language, path), &response), STATUS_OK);
        CHECK(response.is_public_cacheable && response.wants_etag);
        golden_check(name, &response, 200);
    }
    golden_close();
}

TEST(the_portal) { check_view("commitment-portal", "/", commitment_get_portal); }

TEST(the_promises) { check_view("commitment-index", "/commitment/", commitment_get_index); }
