#include "core/matter.h"

#include <assert.h>
#include <string.h>

bool is_in_force(struct instant from, struct instant to, struct instant at)
{
    if (instant_is_before(at, from))
        return false;
    return !instant_is_set(to) || instant_is_before(at, to);
}

const struct category *category_find(const struct category *categories, size_t count, struct category_id id)
{
    for (size_t i = 0; i < count; i++)
        if (categories[i].id.v == id.v)
            return &categories[i];
    return NULL;
}

const struct category *category_find_by_code(const struct category *categories, size_t count, const char *code,
                                             struct instant at)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(categories[i].code, code) == 0 &&
            is_in_force(categories[i].effective_from, categories[i].effective_to, at))
            return &categories[i];
    return NULL;
}

const char *clock_kind_name(enum clock_kind kind)
{
    static const char *const NAMES[CLOCK_KIND__COUNT] = {
        [CLOCK_NONE] = "none",
        [CLOCK_DISPATCH] = "dispatch",
        [CLOCK_ACCEPT] = "accept",
        [CLOCK_FINISH] = "finish",
        [CLOCK_ARRIVE] = "arrive",
        [CLOCK_REPAIR] = "repair",
        [CLOCK_CONTACT] = "contact",
        [CLOCK_INSPECT] = "inspect",
        [CLOCK_ANNOUNCE] = "announce",
        [CLOCK_POSTER] = "poster",
        [CLOCK_SMS] = "sms",
        [CLOCK_NOTICE] = "notice",
        [CLOCK_EMERGENCY_REPORT] = "emergency_report",
        [CLOCK_RESTORE_REPORT] = "restore_report",
        [CLOCK_CHANGE_NOTICE] = "change_notice",
        [CLOCK_CUTOFF_REPORT] = "cutoff_report",
        [CLOCK_READING] = "reading",
        [CLOCK_EXPLANATION] = "explanation",
        [CLOCK_RECTIFY] = "rectify",
        [CLOCK_RESUME] = "resume",
    };
    assert((unsigned)kind < CLOCK_KIND__COUNT);
    return NAMES[kind];
}

const char *grade_name(enum grade grade)
{
    static const char *const NAMES[GRADE__COUNT] = {
        [GRADE_NONE] = "none",     [GRADE_URGENT] = "urgent",         [GRADE_KEY_SOURCE] = "key_source",
        [GRADE_INJURY] = "injury", [GRADE_REPUTATION] = "reputation",
    };
    assert((unsigned)grade < GRADE__COUNT);
    return NAMES[grade];
}

const char *zone_name(enum zone zone)
{
    static const char *const NAMES[ZONE__COUNT] = {
        [ZONE_UNKNOWN] = "unknown",
        [ZONE_INNER] = "inner",
        [ZONE_OUTER] = "outer",
    };
    assert((unsigned)zone < ZONE__COUNT);
    return NAMES[zone];
}

const char *nature_name(enum nature nature)
{
    static const char *const NAMES[NATURE__COUNT] = {
        [NATURE_NONE] = "none",
        [NATURE_REPAIR] = "repair",
        [NATURE_COMPLAINT] = "complaint",
        [NATURE_CONSULTATION] = "consultation",
        [NATURE_SUGGESTION] = "suggestion",
        [NATURE_PRAISE] = "praise",
        [NATURE_CRITICISM] = "criticism",
        [NATURE_EXPOSURE] = "exposure",
    };
    assert((unsigned)nature < NATURE__COUNT);
    return NAMES[nature];
}

const char *source_name(enum source source)
{
    static const char *const NAMES[SOURCE__COUNT] = {
        [SOURCE_NONE] = "none",
        [SOURCE_WEB] = "web",
        [SOURCE_PHONE] = "phone",
        [SOURCE_VISIT] = "visit",
        [SOURCE_LETTER] = "letter",
        [SOURCE_SUGGESTION_BOX] = "suggestion_box",
        [SOURCE_HOTLINE] = "hotline",
        [SOURCE_SUPERIOR] = "superior",
        [SOURCE_MEDIA] = "media",
        [SOURCE_STAFF] = "staff",
        [SOURCE_OPEN311] = "open311",
    };
    assert((unsigned)source < SOURCE__COUNT);
    return NAMES[source];
}

const char *category_group_name(enum category_group group)
{
    static const char *const NAMES[CATEGORY_GROUP__COUNT] = {
        [GROUP_STAFF] = "staff",     [GROUP_NO_WATER] = "no_water", [GROUP_LEAK] = "leak",
        [GROUP_QUALITY] = "quality", [GROUP_PRESSURE] = "pressure", [GROUP_METER] = "meter",
        [GROUP_SERVICE] = "service",
    };
    assert((unsigned)group < CATEGORY_GROUP__COUNT);
    return NAMES[group];
}
