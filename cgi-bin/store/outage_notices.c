#include "store/outage_notices.h"

#include "core/outage.h"

enum status outage_addressees_find(struct db *db, int64_t outage, struct arena *arena, struct addressees *addressees,
                                   struct fault *fault)
{
    return subject_addressees_find(db, OUTAGE_UNIT_BY_ID, outage, arena, addressees, fault);
}

/* Those who reported that they had no water, and were told of this outage. One statement for all of them. */
static enum status tell_reporters(struct db *db, const struct event *event, struct instant now, struct fault *fault)
{
    const struct db_value values[] = {db_instant(now), db_instant(now), db_integer(event->subject_id)};

    if (event->kind != OUTAGE_RESTORE || !notices_is_news(event, now))
        return STATUS_OK;
    return db_run(db, OUTBOX_INSERT_WATER_BACK, values, 3, NULL, NULL, fault);
}

enum status notices_of_outage_event(struct db *db, const struct event *event, const struct addressees *addressees,
                                    struct instant now, struct fault *fault)
{
    static const struct subject_notice rows[] = {
        {OUTAGE_REPORT, DECISION_NONE, AUDIENCE_OPS, "outage_reported"},
        {OUTAGE_REPORT, DECISION_NONE, AUDIENCE_LIAISON, "outage_reported"},
        {OUTAGE_REPORT, DECISION_NONE, AUDIENCE_UNIT_LEADER, "outage_reported"},
        {OUTAGE_EXTEND, DECISION_NONE, AUDIENCE_OPS, "outage_extended"},
        {OUTAGE_EXTEND, DECISION_NONE, AUDIENCE_LIAISON, "outage_extended"},
        {OUTAGE_WIDEN, DECISION_NONE, AUDIENCE_OPS, "outage_widened"},
        {OUTAGE_WIDEN, DECISION_NONE, AUDIENCE_LIAISON, "outage_widened"},
        {OUTAGE_RESTORE, DECISION_NONE, AUDIENCE_OPS, "outage_restored"},
        {OUTAGE_RESTORE, DECISION_NONE, AUDIENCE_LIAISON, "outage_restored"},
        {OUTAGE_WITHDRAW, DECISION_NONE, AUDIENCE_OPS, "outage_withdrawn"},
        {OUTAGE_WITHDRAW, DECISION_NONE, AUDIENCE_LIAISON, "outage_withdrawn"},
        {OUTAGE_WITHDRAW, DECISION_NONE, AUDIENCE_UNIT_LEADER, "outage_withdrawn"},
    };
    const enum status status =
        subject_notices_write(db, event, rows, sizeof rows / sizeof rows[0], addressees, now, fault);

    return status == STATUS_OK ? tell_reporters(db, event, now, fault) : status;
}
