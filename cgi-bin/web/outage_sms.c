#include "web/outage_sms.h"

#include <string.h>

/* What {0} … {3} of Text.sms.text.* are. */
enum sms_value { VALUE_AREA, VALUE_CAUSE, VALUE_WHEN, VALUE_TAIL, SMS_VALUE__COUNT };

const char *outage_sms_moment(struct arena *arena, enum language language, struct instant at, int utc_offset_minutes)
{
    const struct civil civil = civil_from_instant(at, utc_offset_minutes);
    const char *values[] = {arena_format(arena, "%d", civil.month), arena_format(arena, "%d", civil.day),
                            arena_format(arena, "%02d:%02d", civil.hour, civil.minute)};

    return words_fill(arena, language, "sms.moment", values, 3);
}

/* Cut behind the last name that fits, and said to be more; a single endless name is cut as it is. */
static const char *short_area(struct arena *arena, enum language language, const char *area)
{
    const char *between = words_find(language, "sms.between");
    const size_t fitting = text_prefix_bytes(area, SMS_AREA_CHARACTERS);
    size_t cut = fitting;

    if (area[fitting] == '\0')
        return area;
    for (const char *at = strstr(area, between); at != NULL && (size_t)(at - area) <= fitting; at = strstr(at + 1, between))
        cut = (size_t)(at - area);
    const char *names = arena_format(arena, "%.*s", (int)cut, area);
    return words_fill(arena, language, "sms.and_more", &names, 1);
}

static const char *when_of(struct arena *arena, const struct settings *settings, enum language language,
                           const struct outage_sms_facts *facts)
{
    const int offset = settings->utc_offset_minutes;
    const bool has_end = instant_is_set(facts->expected_end_at);
    const struct instant end = has_end ? facts->expected_end_at : facts->started_at;
    const char *values[] = {outage_sms_moment(arena, language, facts->started_at, offset), outage_sms_moment(arena, language, end, offset)};

    if (facts->told == OUTAGE_RESTORE)
        return outage_sms_moment(arena, language, facts->happened_at, offset);
    if (facts->told == OUTAGE_EXTEND && has_end)
        return values[1];
    const bool is_planned = facts->told == OUTAGE_PUBLISH || facts->told == OUTAGE_POSTPONE;
    return words_fill(arena, language, !has_end ? "sms.when_open" : is_planned ? "sms.when_planned" : "sms.when", values, 2);
}

const char *outage_sms_text(struct arena *arena, const struct settings *settings, enum language language,
                            const struct outage_sms_facts *facts)
{
    const char *places[] = {arena_format(arena, "%s%s/outage/%lld", settings->base_url, settings->base_path, (long long)facts->outage.v),
                            settings->hotline};
    const char *values[SMS_VALUE__COUNT] = {
        [VALUE_AREA] = short_area(arena, language, facts->area),
        [VALUE_CAUSE] = words_find(language, arena_format(arena, "outage.cause.%d", facts->cause)),
        [VALUE_WHEN] = when_of(arena, settings, language, facts),
        [VALUE_TAIL] = words_fill(arena, language, facts->is_public ? "sms.tail" : "sms.tail_hotline", places, 2),
    };

    const char *key = arena_format(arena, "sms.text%s.%s", facts->is_pressure ? "_pressure" : "", outage_action_name(facts->told));
    return words_fill(arena, language, key, values, SMS_VALUE__COUNT);
}
