#include "core/verdict.h"

#include <assert.h>

const char *verdict_name(enum verdict verdict)
{
    static const char *const names[VERDICT__COUNT] = {
        [VERDICT_OK] = "ok",
        [VERDICT_WRONG_STATE] = "wrong_state",
        [VERDICT_WRONG_ROLE] = "wrong_role",
        [VERDICT_WRONG_UNIT] = "wrong_unit",
        [VERDICT_STALE] = "stale",
        [VERDICT_TIME_IN_FUTURE] = "time_in_future",
        [VERDICT_TIME_BEFORE_REPORT] = "time_before_report",
        [VERDICT_NEEDS_REASON] = "needs_reason",
        [VERDICT_NEEDS_TEXT] = "needs_text",
        [VERDICT_NEEDS_UNIT] = "needs_unit",
        [VERDICT_NEEDS_LIMIT] = "needs_limit",
        [VERDICT_NEEDS_ARRIVAL] = "needs_arrival",
        [VERDICT_NEEDS_CONTACT] = "needs_contact",
        [VERDICT_NEEDS_REPAIR] = "needs_repair",
        [VERDICT_NEEDS_FORMALITIES] = "needs_formalities",
        [VERDICT_NEEDS_REVIEW] = "needs_review",
        [VERDICT_NEEDS_PHONE] = "needs_phone",
        [VERDICT_ALREADY_DONE] = "already_done",
        [VERDICT_TOO_LATE] = "too_late",
        [VERDICT_BEYOND_CAP] = "beyond_cap",
        [VERDICT_NOT_LATER] = "not_later",
        [VERDICT_BAD_VALUE] = "bad_value",
        [VERDICT_UNKNOWN_CATEGORY] = "unknown_category",
        [VERDICT_PARENT_FINISHED] = "parent_finished",
        [VERDICT_SAME_TICKET] = "same_ticket",
        [VERDICT_NO_SUCH_CLOCK] = "no_such_clock",
        [VERDICT_NOT_LATE] = "not_late",
        [VERDICT_PENDING] = "pending",
        [VERDICT_NOTHING_PENDING] = "nothing_pending",
        [VERDICT_TOO_MANY] = "too_many",
        [VERDICT_NEEDS_PHOTO] = "needs_photo",
        [VERDICT_NEEDS_FOLLOW_UP] = "needs_follow_up",
        [VERDICT_NEEDS_INSPECTION] = "needs_inspection",
        [VERDICT_OWN_WORK] = "own_work",
        [VERDICT_PARENT_MERGED] = "parent_merged",
        [VERDICT_HAS_CHILDREN] = "has_children",
        [VERDICT_NEEDS_PLACE] = "needs_place",
        [VERDICT_NEEDS_VALVES] = "needs_valves",
        [VERDICT_NEEDS_HOUSEHOLDS] = "needs_households",
        [VERDICT_NEEDS_ASSISTANT] = "needs_assistant",
        [VERDICT_SAME_PERSON] = "same_person",
        [VERDICT_CLASH] = "clash",
        [VERDICT_START_PAST] = "start_past",
        [VERDICT_START_NOT_LATER] = "start_not_later",
        [VERDICT_TOO_FAR] = "too_far",
        [VERDICT_NOT_IN_FORCE] = "not_in_force",
        [VERDICT_OUT_OF_RANGE] = "out_of_range",
        [VERDICT_NOT_OF_UNIT] = "not_of_unit",
        [VERDICT_NOT_COVERED] = "not_covered",
        [VERDICT_NOT_NEEDED] = "not_needed",
    };

    assert((unsigned)verdict < VERDICT__COUNT);
    return names[verdict];
}
