#include "core/known.h"

#include <stddef.h>
#include <string.h>

/* What troubles a neighbourhood rather than a household. */
enum trouble { TROUBLE_NONE, TROUBLE_SUPPLY, TROUBLE_QUALITY };

static enum trouble trouble_of(const struct category *category)
{
    switch (category->group) {
    case GROUP_NO_WATER:
    case GROUP_PRESSURE:
        return TROUBLE_SUPPLY;
    case GROUP_QUALITY:
        return TROUBLE_QUALITY;
    case GROUP_LEAK:
    case GROUP_STAFF: /* reclassified by ops: damage by others is a leak of a public pipe, too */
        return category->is_leak ? TROUBLE_SUPPLY : TROUBLE_NONE;
    case GROUP_METER:
    case GROUP_SERVICE:
    case CATEGORY_GROUP__COUNT:
        break;
    }
    return TROUBLE_NONE;
}

bool known_is_similar(const struct category *left, const struct category *right)
{
    const enum trouble trouble = trouble_of(left);

    return trouble != TROUBLE_NONE && trouble == trouble_of(right);
}

bool known_is_shared(const struct category *category)
{
    return trouble_of(category) != TROUBLE_NONE;
}

bool known_is_no_water(const struct category *category)
{
    return category->group == GROUP_NO_WATER || category->group == GROUP_PRESSURE;
}

bool known_is_named(const char *title, const char *body, const char *place)
{
    return *place != '\0' && (strstr(title, place) != NULL || strstr(body, place) != NULL);
}

static int progress_of(enum ticket_state state)
{
    switch (state) {
    case TICKET_ACCEPTED:
        return 3;
    case TICKET_DISPATCHED:
    case TICKET_OBJECTED:
        return 2;
    case TICKET_REPORTED:
        return 1;
    case TICKET_NONE:
    case TICKET_FINISHED:
    case TICKET_FOLLOWED_UP:
    case TICKET_CLOSED:
    case TICKET_MERGED:
    case TICKET_NOT_OURS:
    case TICKET_WITHDRAWN:
    case TICKET_SEALED:
    case TICKET_STATE__COUNT:
        break;
    }
    return 0;
}

/* Whether `report` is the better one to follow. */
static bool goes_before(const struct known_report *report, const struct known_report *other)
{
    const int left = progress_of(report->state), right = progress_of(other->state);

    return left != right ? left > right : instant_is_before(report->reported_at, other->reported_at);
}

size_t known_count(const struct category *asked, const struct known_report *reports, size_t count, size_t *lead)
{
    size_t similar = 0;

    *lead = count;
    for (size_t i = 0; i < count; i++) {
        if ((STATE_BIT(reports[i].state) & STATES_KNOWN) == 0 || reports[i].category == NULL ||
            !known_is_similar(asked, reports[i].category))
            continue;
        similar++;
        if (progress_of(reports[i].state) > 0 && (*lead == count || goes_before(&reports[i], &reports[*lead])))
            *lead = i;
    }
    return similar;
}
