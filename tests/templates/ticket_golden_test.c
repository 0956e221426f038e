/* The page of one ticket, as group leadership sees it: escalated, one promise kept, the next one late. */
#include "check.h"
#include "golden.h"
#include "sample.h"

#include "store/aside_store.h"
#include "store/canned_store.h"
#include "store/delivery_store.h"
#include "store/outage_store.h"
#include "ticket/show.h"

static struct desk desk;

/* What the page asks of the database is answered here. */
enum status canned_store_list(struct db *db, enum ticket_action action, struct unit_id unit, struct arena *arena,
                              struct canned_answer **answers, size_t *count, struct fault *fault)
{
    static struct canned_answer kept[] = {{.id = 4, .action = ACTION_NOTE, .title = "已联系 <顾客>", .words = ""}};

    (void)db, (void)action, (void)unit, (void)arena, (void)fault;
    *answers = kept;
    *count = 1;
    return STATUS_OK;
}

/* In place of the database: one notice that arrived by a stand-in, one that will be tried again, one given up. */
enum status delivery_store_list(struct db *db, struct ticket_id ticket, struct arena *arena, struct delivery **rows,
                                size_t *count, struct fault *fault)
{
    (void)db, (void)ticket, (void)fault;
    *rows = arena_take_array(arena, 3, sizeof **rows);
    *count = 3;
    (*rows)[0] = (struct delivery){.id = 3, .name = "clock_late", .audience = AUDIENCE_OPS, .staff = "王<运营>",
                                   .channel = CHANNEL_MAIL, .state = OUTBOX_GIVEN_UP, .attempts = 1,
                                   .created_at = moment("08:50"), .ended_at = moment("08:51"),
                                   .error = GATEWAY_ERROR_REFUSED};
    (*rows)[1] = (struct delivery){.id = 2, .name = "received", .audience = AUDIENCE_RESIDENT, .staff = "",
                                   .channel = CHANNEL_SMS, .state = OUTBOX_WAITING, .attempts = 2, .way = WAY_SELF,
                                   .created_at = moment("08:10"), .not_before = moment("09:30"),
                                   .error = GATEWAY_ERROR_TIMEOUT};
    (*rows)[2] = (struct delivery){.id = 1, .name = "dispatched", .audience = AUDIENCE_LIAISON, .unit = {SAMPLE_UNIT},
                                   .staff = "李主管", .channel = CHANNEL_SMS, .state = OUTBOX_SENT, .attempts = 1,
                                   .way = WAY_LEADER, .created_at = moment("08:20"), .sent_at = moment("08:20")};
    return STATUS_OK;
}

/* It came to an outage. */
enum status outage_store_of_ticket(struct db *db, struct ticket_id ticket, struct arena *arena,
                                   struct outage_of_ticket **outages, size_t *count, struct fault *fault)
{
    static struct outage_of_ticket outage = {.id = {7}, .state = OUTAGE_RESTORED};

    (void)db, (void)ticket, (void)arena, (void)fault;
    outage.expected_end_at = (struct instant){INT64_C(1795392000000)};
    *outages = &outage;
    *count = 1;
    return STATUS_OK;
}

/* Two households follow it. */
enum status aside_store_read(struct db *db, const struct ticket *ticket, struct arena *arena, struct asides *asides,
                             struct fault *fault)
{
    (void)db, (void)ticket, (void)arena, (void)fault;
    *asides = (struct asides){.followers = 2, .has_deliveries = true, .has_outages = true};
    return STATUS_OK;
}

static struct ticket_file file;
static struct timeline_entry entries[3];

static struct event event_of(uint32_t seq, enum ticket_action action, enum role role, const char *at)
{
    return (struct event){.subject = SUBJECT_TICKET, .subject_id = 1, .seq = seq, .kind = (int)action,
                          .occurred_at = moment(at), .recorded_at = moment(at), .actor_role = ROLE_BIT(role)};
}

static void make_entries(void)
{
    entries[0] = (struct timeline_entry){event_of(1, ACTION_REPORT, ROLE_RESIDENT, "08:10"), "<b>水</b> & 冒出来", ""};
    entries[1] = (struct timeline_entry){event_of(2, ACTION_DISPATCH, ROLE_OPS, "08:20"), "", "王运营"};
    event_set(&entries[1].event, FIELD_UNIT, SAMPLE_UNIT);
    event_set(&entries[1].event, FIELD_DISPATCH_NO, 1);
    entries[2] = (struct timeline_entry){event_of(3, ACTION_ACCEPT, ROLE_LIAISON, "08:35"), "已派\"抢修队\"", "李联络"};
    entries[2].event.recorded_at = moment("08:50");
    event_set(&entries[2].event, FIELD_LATE_ENTRY, 1);
    event_set(&entries[2].event, FIELD_DISPATCH_NO, 1);
}

static void make_file(void)
{
    file = (struct ticket_file){.place_text = "东昌路 & <柳园路> 路口", .name_masked = "张*", .phone_masked = "138****1234",
                                .account_masked = "", .has_address = true, .outside_system = "12345",
                                .outside_number = "LC-<7>", .code_issue = 1, .entries = entries, .entry_count = 3};
    number_format(day_of(moment("08:10"), 480), 417265, file.number);
    struct ticket *ticket = &file.ticket;
    ticket_init(ticket, (struct ticket_id){1});
    ticket->version = 3;
    ticket->state = TICKET_ACCEPTED;
    ticket->source = SOURCE_HOTLINE;
    ticket->nature = NATURE_REPAIR;
    ticket->facts = (struct facts){.category = {SAMPLE_LEAK}, .grades = GRADE_BIT(GRADE_URGENT), .zone = ZONE_INNER,
                                   .diameter_mm = 300};
    ticket->cycle = 1;
    ticket->reported_at = ticket->cycle_started_at = moment("08:10");
    ticket->outside_due_at = moment("2026-11-24 18:00");
    ticket->is_escalated = true;
    ticket->urge_count = 2;
    ticket->assignments[ticket->assignment_count++] = (struct assignment){
        .dispatch_no = 1, .unit = {SAMPLE_UNIT}, .role = ASSIGNMENT_LEAD, .state = ASSIGNMENT_ACCEPTED,
        .dispatcher = {7}, .dispatched_at = moment("08:20"), .accepted_at = moment("08:35"), .arrived_at = INSTANT_NONE,
        .ended_at = INSTANT_NONE, .objected_at = INSTANT_NONE, .escalated_at = INSTANT_NONE, .planned_at = INSTANT_NONE};
    ticket->clocks[ticket->clock_count++] =
        clock_stop(sample_clock(1, SAMPLE_RULE_ACCEPT, moment("08:20")), moment("08:35"));
    ticket->clocks[ticket->clock_count++] = sample_clock(2, SAMPLE_RULE_ARRIVE, moment("08:10"));
}

TEST(the_page_of_a_ticket)
{
    golden_open("ticket", &desk);
    sample_catalog(&desk.catalog);
    make_entries();
    make_file();
    for (enum language language = 0; language < LANGUAGE__COUNT; language++) {
        struct response response = {0};
        check_case(language_tag(language));
        struct request *request = golden_request(language, "/staff/ticket/1");
        request->actor = (struct actor){ROLE_BIT(ROLE_GROUP_LEADER), {9}, {2}, "赵<总>", "zhao"};
        CHECK_STATUS(show_ticket(request, &response, &file, NULL, NULL, 200), STATUS_OK);
        golden_check("ticket-show", &response, 200);
    }
    golden_close();
}
