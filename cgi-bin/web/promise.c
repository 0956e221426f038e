#include "web/promise.h"

#include <string.h>

static const char *limit_key(enum bound bound, enum direction direction)
{
    if (direction == DIRECTION_BEFORE)
        return "promise.limit.before";
    return bound == BOUND_LESS ? "promise.limit.less" : "promise.limit.at_most";
}

const char *promise_limit(struct arena *arena, enum language language, int64_t limit_seconds, enum bound bound,
                          enum direction direction)
{
    if (direction == DIRECTION_BEFORE && limit_seconds == 0)
        return words_find(language, "promise.limit.in_advance");
    if (limit_seconds <= 0)
        return words_find(language, "promise.limit.by_ops");
    const char *duration = words_duration(arena, language, limit_seconds);
    return words_fill(arena, language, limit_key(bound, direction), &duration, 1);
}

const char *promise_article(struct arena *arena, enum language language, const char *article)
{
    size_t digits = strspn(article, "0123456789");
    const char *values[2] = {arena_copy(arena, article, digits), article + digits};
    return words_fill(arena, language, "promise.article", values, 2);
}

const char *progress_sentence(struct arena *arena, enum language language, const struct public_step *step, const char *unit,
                              struct instant now, int utc_offset_minutes)
{
    const char *key = arena_format(arena, "complaint.step.%s", public_step_name(step));
    const char *const values[] = {
        unit, instant_is_set(step->at_value) ? words_moment(arena, language, step->at_value, now, utc_offset_minutes) : ""};

    return words_fill(arena, language, key, values, 2);
}
