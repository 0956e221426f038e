/*
 * The resident's pages over rows that this file holds in place of the database: what complaint asks of store/public_store.h
 * is answered here, so that archive's member is not linked.
 */
#include "check.h"
#include "golden.h"
#include "sample.h"

#include <string.h>

#include "complaint/filing.h"

static struct complaint complaint;
static struct public_file file;
static struct public_step steps[3];
static struct clock clocks[2];
static struct resident_input input;

/* ---- in place of the database */

#define UNUSED_STORE(...)                                                                                              \
    {                                                                                                                  \
        __VA_ARGS__;                                                                                                   \
        CHECK_TEXT("this page asks the database for that", "nothing");                                                 \
        return STATUS_FAILED;                                                                                          \
    }

static enum status give(struct public_file *to)
{
    *to = file;
    return STATUS_OK;
}

enum status public_store_load(struct db *db, const char *number, struct arena *arena, struct public_file *to,
                              struct fault *fault)
{
    (void)db, (void)arena, (void)fault;
    return strcmp(number, file.ticket.number) == 0 ? give(to) : STATUS_ABSENT;
}
enum status public_store_load_by_key(struct db *db, const uint8_t key[16], struct arena *arena, struct public_file *to,
                                     struct fault *fault)
{
    (void)db, (void)key, (void)arena, (void)fault;
    return give(to);
}
enum status public_store_find(struct db *db, const char *number, struct arena *arena, struct public_ticket *ticket,
                              struct fault *fault)
UNUSED_STORE((void)db, (void)number, (void)arena, (void)ticket, (void)fault)
enum status public_store_find_by_key(struct db *db, const uint8_t key[16], struct arena *arena,
                                     struct public_ticket *ticket, struct fault *fault)
UNUSED_STORE((void)db, (void)key, (void)arena, (void)ticket, (void)fault)
enum status public_store_find_by_link(struct db *db, const struct hash *link_hash, struct arena *arena,
                                      struct public_ticket *ticket, struct fault *fault)
UNUSED_STORE((void)db, (void)link_hash, (void)arena, (void)ticket, (void)fault)
enum status public_store_add_input(struct db *db, const struct resident_input *added, struct instant now,
                                   struct fault *fault)
UNUSED_STORE((void)db, (void)added, (void)now, (void)fault)
enum status public_store_waiting_inputs(struct db *db, struct ticket_id id, struct arena *arena,
                                        struct resident_input **inputs, size_t *count, struct fault *fault)
UNUSED_STORE((void)db, (void)id, (void)arena, (void)inputs, (void)count, (void)fault)
enum status draft_store_save(struct db *db, const struct hash *token_hash, struct bytes boxed, struct instant now,
                             struct fault *fault)
UNUSED_STORE((void)db, (void)token_hash, (void)boxed, (void)now, (void)fault)
enum status draft_store_load(struct db *db, const struct hash *token_hash, struct instant not_before,
                             struct arena *arena, struct bytes *boxed, int *photo_count, struct fault *fault)
{
    (void)db, (void)token_hash, (void)not_before, (void)arena, (void)boxed, (void)photo_count, (void)fault;
    return STATUS_ABSENT; /* a day later */
}
enum status guess_store_add(struct db *db, int what, const struct hash *who, struct instant now, struct fault *fault)
UNUSED_STORE((void)db, (void)what, (void)who, (void)now, (void)fault)
enum status guess_store_count(struct db *db, int what, const struct hash *who, struct instant since,
                              struct arena *arena, int64_t *count, struct fault *fault)
UNUSED_STORE((void)db, (void)what, (void)who, (void)since, (void)arena, (void)count, (void)fault)

/* ---- a leak: accepted in time, the crew is late */

static void make_file(void)
{
    file = (struct public_file){
        .ticket = {.id = {1}, .code_issue = 1, .version = 4, .state = TICKET_ACCEPTED, .nature = NATURE_REPAIR,
                   .category = {SAMPLE_LEAK}, .place_text = "东昌路 & <柳园路> 路口", .unit = {SAMPLE_UNIT}, .cycle = 1,
                   .reported_at = moment("08:10"), .finish_due_at = INSTANT_NONE, .finish_granted_at = INSTANT_NONE,
                   .appointment_at = moment("15:00"), .updated_at = moment("08:40"), .parent_number = ""},
        .steps = steps, .clocks = clocks, .inputs = &input, .step_count = 3, .clock_count = 2, .input_count = 1,
    };
    number_format(day_of(moment("08:10"), 480), 417265, file.ticket.number);
    steps[0] = (struct public_step){2, ACTION_DISPATCH, DECISION_NONE, {SAMPLE_UNIT}, moment("08:20"), INSTANT_NONE, ""};
    steps[1] = (struct public_step){3, ACTION_ACCEPT, DECISION_NONE, {SAMPLE_UNIT}, moment("08:35"), INSTANT_NONE, ""};
    steps[2] = (struct public_step){4, ACTION_NOTE, DECISION_NONE, {SAMPLE_UNIT}, moment("08:40"), INSTANT_NONE,
                                    "<b>抢修队</b> 已出发"};
    clocks[0] = clock_stop(sample_clock(1, SAMPLE_RULE_ACCEPT, moment("08:20")), moment("08:35"));
    clocks[1] = sample_clock(2, SAMPLE_RULE_ARRIVE, moment("08:10"));
    input = (struct resident_input){.ticket = {1}, .action = ACTION_ADD_WORDS, .words = "水\"更大\"了"};
}

static void open_all(void)
{
    golden_open("complaint", &complaint);
    sample_catalog(&complaint.catalog);
    make_file();
}

TEST(the_tracking_page)
{
    open_all();
    for (enum language language = 0; language < LANGUAGE__COUNT; language++) {
        struct response response = {0}, allowed = {0};
        check_case(language_tag(language));
        struct request *request = golden_request(language, "/complaint/progress/1");
        request->part[0] = file.ticket.number;
        follow_allow(request, &allowed, file.ticket.number);
        REQUIRE(allowed.header_count == 1);
        request->cookies = allowed.headers[0].value;
        CHECK_STATUS(complaint_get_progress(request, &response), STATUS_OK);
        golden_check("complaint-progress", &response, 200);
    }
    golden_close();
}

TEST(the_receipt)
{
    open_all();
    for (enum language language = 0; language < LANGUAGE__COUNT; language++) {
        struct response response = {0};
        check_case(language_tag(language));
        struct request *request = golden_request(language, "/complaint/receipt");
        request->query.items[0] = (struct form_item){.name = "d", .value = "00112233445566778899aabbccddeeff", .length = 32};
        request->query.count = 1;
        request->now = moment("08:10");
        CHECK_STATUS(complaint_get_receipt(request, &response), STATUS_OK);
        golden_check("complaint-receipt", &response, 200);
    }
    golden_close();
}
