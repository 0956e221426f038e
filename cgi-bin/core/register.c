#include "core/register.h"

#include <assert.h>
#include <string.h>

#define SMALL_LETTERS "abcdefghijklmnopqrstuvwxyz"
#define DIGITS "0123456789"

const char *staff_field_name(enum staff_field field)
{
    static const char *const names[STAFF_FIELD__COUNT] = {
        [STAFF_FIELD_NONE] = "none",           [STAFF_FIELD_ADDED] = "added",
        [STAFF_FIELD_NAME] = "name",           [STAFF_FIELD_BADGE] = "badge",
        [STAFF_FIELD_PHONE] = "phone",         [STAFF_FIELD_UNIT] = "unit",
        [STAFF_FIELD_ROLES] = "roles",         [STAFF_FIELD_ACTIVE] = "active",
        [STAFF_FIELD_CONFIRMED] = "confirmed", [STAFF_FIELD_PASSWORD] = "password",
    };

    assert((unsigned)field < STAFF_FIELD__COUNT);
    return names[field];
}

const char *inspection_result_name(enum inspection_result result)
{
    static const char *const names[INSPECTION_RESULT__COUNT] = {
        [INSPECTION_NONE] = "none",
        [INSPECTION_GOOD] = "good",
        [INSPECTION_CORRECT] = "correct",
        [INSPECTION_SERIOUS] = "serious",
    };

    assert((unsigned)result < INSPECTION_RESULT__COUNT);
    return names[result];
}

/* `least` to `most` of the allowed bytes, the first one a small letter. */
static bool is_name(const char *text, const char *allowed, size_t least, size_t most)
{
    const size_t length = strlen(text);

    return length >= least && length <= most && strspn(text, allowed) == length && strspn(text, SMALL_LETTERS) > 0;
}

bool login_is_good(const char *login) { return is_name(login, SMALL_LETTERS DIGITS ".-_", 2, 40); }

bool unit_code_is_good(const char *code) { return is_name(code, SMALL_LETTERS DIGITS "_", 2, 39); }

bool badge_is_good(const char *badge)
{
    const size_t length = strlen(badge);

    return length <= 20 && strspn(badge, SMALL_LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZ" DIGITS "-") == length;
}

bool register_is_stale(struct day confirmed_on, struct day today, int64_t days)
{
    return confirmed_on.number == DAY_NONE.number || (int64_t)today.number - confirmed_on.number > days;
}

size_t version_in_force(const struct day *from, size_t count, struct day today)
{
    size_t i = 0;

    while (i < count && from[i].number > today.number)
        i++;
    return i;
}

bool register_takes_administrator(uint32_t roles_before, bool was_active, uint32_t roles_after, bool is_active)
{
    const bool was = was_active && (roles_before & ROLE_BIT(ROLE_ADMIN)) != 0;
    const bool is = is_active && (roles_after & ROLE_BIT(ROLE_ADMIN)) != 0;

    return was && !is;
}
