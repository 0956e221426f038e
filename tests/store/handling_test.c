/* How matters went through hands (Arts. 9, 16): holding time per unit and wrong dispatches per dispatcher, from the rows. */
#include "check.h"
#include "stand.h"
#include "store/handling_store.h"

#define CUSTOMER 2
#define PIPELINE 3

static void act(struct stand *stand, struct ticket_file *file, struct command command, const char *words)
{
    enum verdict verdict = VERDICT_OK;
    command.has_text = words != NULL;
    REQUIRE_STATUS(stand_act(stand, file, &command, words, &verdict), STATUS_OK);
}

static struct command command_with(enum ticket_action action, struct actor actor, enum event_field field, int64_t value)
{
    struct command command = stand_command(action, actor);
    command_set(&command, field, value);
    return command;
}

static struct interval whole_month(void)
{
    return (struct interval){instant_add_seconds(STAND_START, -10 * DAY_SECONDS), instant_add_seconds(STAND_START, 20 * DAY_SECONDS)};
}

static const struct handling_unit *unit_of(const struct handling_unit *units, size_t count, int32_t unit)
{
    for (size_t i = 0; i < count; i++)
        if (units[i].unit.v == unit)
            return &units[i];
    return NULL;
}

/* Ten minutes at customer management, five of an objection at ops, back; then to pipeline management. */
static void go_through_hands(struct stand *stand, struct ticket_file *file)
{
    REQUIRE_STATUS(stand_file(stand, "leak_public", NULL, file), STATUS_OK);
    act(stand, file, command_with(ACTION_DISPATCH, stand_ops(), FIELD_UNIT, CUSTOMER), NULL);
    stand_pass(stand, 10 * MINUTE_SECONDS);
    act(stand, file, command_with(ACTION_OBJECT, stand_liaison(CUSTOMER), FIELD_REASON, 1), "不归我们");
    stand_pass(stand, 5 * MINUTE_SECONDS);
}

TEST(article_16_an_objection_that_waits_is_not_the_units_time_and_one_upheld_is_the_dispatchers)
{
    struct stand *stand = stand_open("handling");
    struct ticket_file file;
    struct handling_unit *units;
    struct handling_dispatcher *dispatchers;
    struct handling_returned *returned;
    size_t count;

    go_through_hands(stand, &file);
    REQUIRE_STATUS(handling_store_units(stand->db, whole_month(), (struct unit_id){0}, stand->now, &stand->arena, &units, &count, &stand->fault), STATUS_OK);
    REQUIRE(unit_of(units, count, CUSTOMER) != NULL);
    CHECK_INT(unit_of(units, count, CUSTOMER)->held_seconds, 600);
    CHECK_INT(unit_of(units, count, CUSTOMER)->objected, 1);
    CHECK_INT(unit_of(units, count, CUSTOMER)->wrong, 0); /* nobody has decided yet */

    act(stand, &file, command_with(ACTION_DECIDE_OBJECTION, stand_ops(), FIELD_DECISION, DECISION_RETURN), "改派");
    stand_pass(stand, MINUTE_SECONDS);
    act(stand, &file, command_with(ACTION_DISPATCH, stand_ops(), FIELD_UNIT, PIPELINE), NULL);
    act(stand, &file, stand_command(ACTION_ACCEPT, stand_liaison(PIPELINE)), NULL);
    stand_pass(stand, HOUR_SECONDS);
    REQUIRE_STATUS(handling_store_units(stand->db, whole_month(), (struct unit_id){0}, stand->now, &stand->arena, &units, &count, &stand->fault), STATUS_OK);
    CHECK_INT(count, 2);
    CHECK_INT(unit_of(units, count, CUSTOMER)->held_seconds, 600);
    CHECK_INT(unit_of(units, count, CUSTOMER)->wrong, 1);
    CHECK_INT(unit_of(units, count, PIPELINE)->held_seconds, HOUR_SECONDS);
    CHECK_INT(unit_of(units, count, PIPELINE)->accepted, 1);
    for (size_t i = 0; i < count; i++) /* as the fold of the events says */
        CHECK_INT(units[i].held_seconds, ticket_holding_seconds(&file.ticket, units[i].unit, stand->now));

    REQUIRE_STATUS(handling_store_dispatchers(stand->db, whole_month(), &stand->arena, &dispatchers, &count, &stand->fault), STATUS_OK);
    REQUIRE(count == 1);
    CHECK_INT(dispatchers[0].staff.v, stand_ops().staff.v);
    CHECK_INT(dispatchers[0].dispatches, 2);
    CHECK_INT(dispatchers[0].wrong, ticket_wrong_dispatches(&file.ticket, stand_ops().staff));
    CHECK_INT(dispatchers[0].wrong, 1);
    REQUIRE_STATUS(handling_store_returned(stand->db, whole_month(), (struct unit_id){0}, 10, &stand->arena, &returned, &count, &stand->fault), STATUS_OK);
    REQUIRE(count == 1);
    CHECK_TEXT(returned[0].number, file.number);
    CHECK_INT(returned[0].unit.v, CUSTOMER);
    CHECK_INT(stand_verify(stand, false), 0);
}

TEST(article_16_a_recall_is_nobodys_wrong_dispatch_and_only_the_span_and_the_unit_count)
{
    struct stand *stand = stand_open("handlingspan");
    const struct interval before = {instant_add_seconds(STAND_START, -10 * DAY_SECONDS), STAND_START};
    struct ticket_file file;
    struct handling_unit *units;
    struct handling_dispatcher *dispatchers;
    struct handling_returned *returned;
    size_t count;

    go_through_hands(stand, &file);
    act(stand, &file, command_with(ACTION_RECALL, stand_ops(), FIELD_DISPATCH_NO, 1), "派错了");
    REQUIRE_STATUS(handling_store_dispatchers(stand->db, whole_month(), &stand->arena, &dispatchers, &count, &stand->fault), STATUS_OK);
    REQUIRE(count == 1);
    CHECK_INT(dispatchers[0].wrong, 0);
    CHECK_INT(dispatchers[0].recalled, 1);
    REQUIRE_STATUS(handling_store_units(stand->db, whole_month(), (struct unit_id){PIPELINE}, stand->now, &stand->arena, &units, &count, &stand->fault), STATUS_OK);
    CHECK_INT(count, 0);
    REQUIRE_STATUS(handling_store_units(stand->db, before, (struct unit_id){0}, stand->now, &stand->arena, &units, &count, &stand->fault), STATUS_OK);
    CHECK_INT(count, 0);
    stand_run(stand, "UPDATE assignment SET state = 5");
    stand_run(stand, "UPDATE ticket SET state = 11");
    REQUIRE_STATUS(handling_store_returned(stand->db, whole_month(), (struct unit_id){0}, 10, &stand->arena, &returned, &count, &stand->fault), STATUS_OK);
    CHECK_INT(count, 0); /* what the discipline office has is nowhere */
}
