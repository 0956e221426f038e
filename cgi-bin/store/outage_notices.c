#include "store/outage_notices.h"

#include "core/outage.h"

enum status outage_addressees_find(struct db *db, int64_t outage, struct arena *arena, struct addressees *addressees,
                                   struct fault *fault)
{
    const struct db_value value = db_integer(outage);
    struct db_row row;
    const enum status status = db_query_one(db, OUTAGE_ADDRESSEES_BY_ID, &value, 1, arena, &row, fault);

    if (status == STATUS_OK)
        *addressees = (struct addressees){.unit = {(int32_t)db_row_integer(&row, 0)},
                                          .pipeline = {(int32_t)db_row_integer(&row, 1)},
                                          .customer = {(int32_t)db_row_integer(&row, 2)},
                                          .approver = (enum outage_approver)db_row_integer(&row, 3)};
    return status;
}

/* Those who reported that they had no water, and were told of this outage. One statement for all of them. */
static enum status tell_reporters(struct db *db, const struct event *event, struct instant now, struct fault *fault)
{
    const struct db_value values[] = {db_instant(now), db_instant(now), db_integer(event->subject_id)};

    if (event->kind != OUTAGE_RESTORE || !notices_is_news(event, now))
        return STATUS_OK;
    return db_run(db, OUTBOX_INSERT_WATER_BACK, values, 3, NULL, NULL, fault);
}

/* Whose unit a row's audience is of. */
enum part { OF_UNIT, OF_PIPELINE, OF_CUSTOMER };

struct outage_telling {
    int action;
    enum part part;
    enum audience audience;
    const char *name;
    enum outage_approver only;  /* APPROVER_NONE: whoever approves */
    int is_unapproved;          /* of a start: 1 without approval, 0 with; -1: no matter */
};

static const struct outage_telling tellings[] = {
    {OUTAGE_REPORT, OF_UNIT, AUDIENCE_OPS, "outage_reported", APPROVER_NONE, -1},
    {OUTAGE_REPORT, OF_UNIT, AUDIENCE_LIAISON, "outage_reported", APPROVER_NONE, -1},
    {OUTAGE_REPORT, OF_UNIT, AUDIENCE_UNIT_LEADER, "outage_reported", APPROVER_NONE, -1},
    {OUTAGE_EXTEND, OF_UNIT, AUDIENCE_OPS, "outage_extended", APPROVER_NONE, -1},
    {OUTAGE_EXTEND, OF_UNIT, AUDIENCE_LIAISON, "outage_extended", APPROVER_NONE, -1},
    {OUTAGE_WIDEN, OF_UNIT, AUDIENCE_OPS, "outage_widened", APPROVER_NONE, -1},
    {OUTAGE_WIDEN, OF_UNIT, AUDIENCE_LIAISON, "outage_widened", APPROVER_NONE, -1},
    {OUTAGE_RESTORE, OF_UNIT, AUDIENCE_OPS, "outage_restored", APPROVER_NONE, -1},
    {OUTAGE_RESTORE, OF_UNIT, AUDIENCE_LIAISON, "outage_restored", APPROVER_NONE, -1},
    {OUTAGE_WITHDRAW, OF_UNIT, AUDIENCE_OPS, "outage_withdrawn", APPROVER_NONE, -1},
    {OUTAGE_WITHDRAW, OF_UNIT, AUDIENCE_LIAISON, "outage_withdrawn", APPROVER_NONE, -1},
    {OUTAGE_WITHDRAW, OF_UNIT, AUDIENCE_UNIT_LEADER, "outage_withdrawn", APPROVER_NONE, -1},
    {OUTAGE_APPLY, OF_PIPELINE, AUDIENCE_LIAISON, "outage_assist", APPROVER_NONE, -1},
    {OUTAGE_APPLY, OF_UNIT, AUDIENCE_OPS, "outage_applied", APPROVER_NONE, -1},
    {OUTAGE_APPLY, OF_PIPELINE, AUDIENCE_UNIT_LEADER, "outage_applied", APPROVER_PIPELINE_LEADER, -1},
    {OUTAGE_APPLY, OF_UNIT, AUDIENCE_GROUP_LEADER, "outage_applied", APPROVER_GROUP_LEADER, -1},
    {OUTAGE_ASSIST, OF_UNIT, AUDIENCE_LIAISON, "outage_assisted", APPROVER_NONE, -1},
    {OUTAGE_APPROVE, OF_UNIT, AUDIENCE_LIAISON, "outage_approved", APPROVER_NONE, -1},
    {OUTAGE_APPROVE, OF_CUSTOMER, AUDIENCE_LIAISON, "outage_to_post", APPROVER_NONE, -1},
    {OUTAGE_REFUSE, OF_UNIT, AUDIENCE_LIAISON, "outage_refused", APPROVER_NONE, -1},
    {OUTAGE_REFUSE, OF_UNIT, AUDIENCE_UNIT_LEADER, "outage_refused", APPROVER_NONE, -1},
    {OUTAGE_PUBLISH, OF_UNIT, AUDIENCE_OPS, "outage_announced", APPROVER_NONE, -1},
    {OUTAGE_PUBLISH, OF_PIPELINE, AUDIENCE_LIAISON, "outage_announced", APPROVER_NONE, -1},
    {OUTAGE_PUBLISH, OF_CUSTOMER, AUDIENCE_LIAISON, "outage_announced", APPROVER_NONE, -1},
    {OUTAGE_START, OF_UNIT, AUDIENCE_OPS, "outage_started", APPROVER_NONE, 0},
    {OUTAGE_START, OF_UNIT, AUDIENCE_OPS, "outage_unapproved", APPROVER_NONE, 1},
    {OUTAGE_START, OF_UNIT, AUDIENCE_UNIT_LEADER, "outage_unapproved", APPROVER_NONE, 1},
    {OUTAGE_START, OF_UNIT, AUDIENCE_GROUP_LEADER, "outage_unapproved", APPROVER_NONE, 1},
    {OUTAGE_POSTPONE, OF_UNIT, AUDIENCE_OPS, "outage_postponed", APPROVER_NONE, -1},
    {OUTAGE_POSTPONE, OF_PIPELINE, AUDIENCE_LIAISON, "outage_postponed", APPROVER_NONE, -1},
    {OUTAGE_POSTPONE, OF_CUSTOMER, AUDIENCE_LIAISON, "outage_postponed", APPROVER_NONE, -1},
    {OUTAGE_CANCEL, OF_UNIT, AUDIENCE_OPS, "outage_cancelled", APPROVER_NONE, -1},
    {OUTAGE_CANCEL, OF_PIPELINE, AUDIENCE_LIAISON, "outage_cancelled", APPROVER_NONE, -1},
    {OUTAGE_CANCEL, OF_CUSTOMER, AUDIENCE_LIAISON, "outage_cancelled", APPROVER_NONE, -1},
    {OUTAGE_CUT, OF_UNIT, AUDIENCE_OPS, "outage_cut", APPROVER_NONE, -1},
};

static bool is_told(const struct outage_telling *row, const struct event *event, const struct addressees *addressees)
{
    return row->action == event->kind && (row->only == APPROVER_NONE || row->only == addressees->approver) &&
           (row->is_unapproved < 0 || row->is_unapproved == (int)event_get(event, FIELD_UNAPPROVED, 0));
}

enum status notices_of_outage_event(struct db *db, const struct event *event, const struct addressees *addressees,
                                    struct instant now, struct fault *fault)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < sizeof tellings / sizeof tellings[0]; i++) {
        const struct outage_telling *row = &tellings[i];
        if (!is_told(row, event, addressees))
            continue;
        const struct subject_notice notice = {row->action, DECISION_NONE, row->audience, row->name};
        struct addressees whom = *addressees;
        whom.unit = row->part == OF_PIPELINE ? addressees->pipeline
                    : row->part == OF_CUSTOMER ? addressees->customer : addressees->unit;
        status = subject_notices_write(db, event, &notice, 1, &whom, now, fault);
    }
    return status == STATUS_OK ? tell_reporters(db, event, now, fault) : status;
}
