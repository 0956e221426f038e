#include "core/notice.h"

#include <assert.h>
#include <string.h>

enum { DAY_MINUTES = 24 * 60 };

#define AUDIENCE_BIT(audience) (UINT32_C(1) << (audience))

/* Who can wait for it, besides the first receiver, who is told of every turn and acts upon none. */
static const struct {
    const char *name;
    uint32_t audiences;
} PATIENT[] = {
    {"finished", AUDIENCE_BIT(AUDIENCE_RESIDENT)},
    {"extension_granted", AUDIENCE_BIT(AUDIENCE_RESIDENT)},
    {"not_ours", AUDIENCE_BIT(AUDIENCE_RESIDENT)},
    {"merged", AUDIENCE_BIT(AUDIENCE_RESIDENT)},
    {"follow_up", AUDIENCE_BIT(AUDIENCE_RESIDENT)},
    {"closed", AUDIENCE_BIT(AUDIENCE_RESIDENT)},
    {"clock_half", AUDIENCE_BIT(AUDIENCE_UNIT_LEADER)},
    {"clock_soon", AUDIENCE_BIT(AUDIENCE_UNIT_LEADER)},
    {"clock_granted_soon", AUDIENCE_BIT(AUDIENCE_UNIT_LEADER)},
    {"clock_day_late", AUDIENCE_BIT(AUDIENCE_GROUP_LEADER)},
};

bool notice_may_wait(const char *name, enum audience audience, uint32_t grades)
{
    if ((grades & GRADE_BIT(GRADE_URGENT)) != 0)
        return false;
    if (audience == AUDIENCE_FIRST_RECEIVER)
        return true;
    for (size_t i = 0; i < sizeof PATIENT / sizeof PATIENT[0]; i++)
        if (strcmp(PATIENT[i].name, name) == 0)
            return (PATIENT[i].audiences & AUDIENCE_BIT(audience)) != 0;
    return false;
}

struct instant quiet_hours_over(struct instant at, int from_minute, int to_minute, int utc_offset_minutes)
{
    const struct day today = day_of(at, utc_offset_minutes);
    const struct civil civil = civil_from_instant(at, utc_offset_minutes);
    const int minute = civil.hour * 60 + civil.minute;

    assert(from_minute >= 0 && from_minute < DAY_MINUTES && to_minute >= 0 && to_minute < DAY_MINUTES);
    const bool is_quiet = from_minute <= to_minute ? minute >= from_minute && minute < to_minute
                                                   : minute >= from_minute || minute < to_minute;
    if (!is_quiet)
        return at;
    const struct day ends_on = {today.number + (minute >= to_minute)};
    return instant_add_seconds(day_start(ends_on, utc_offset_minutes), (int64_t)to_minute * MINUTE_SECONDS);
}

int64_t notice_pause_seconds(int attempts, unsigned chance)
{
    int64_t pause = NOTICE_FIRST_PAUSE_SECONDS;

    for (int i = 1; i < attempts && pause < NOTICE_LONGEST_PAUSE_SECONDS; i++)
        pause *= 2;
    if (pause > NOTICE_LONGEST_PAUSE_SECONDS)
        pause = NOTICE_LONGEST_PAUSE_SECONDS;
    return pause + pause * (int64_t)(chance % 1000) / 4000;
}

/* ---- short messages */

/* The GSM 03.38 alphabet beyond ASCII letters and digits: in one septet, and in two (an escape before). */
static const char GSM_ONE[] = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà";
static const char GSM_TWO[] = "^{}\\[~]|€";

static size_t character_bytes(const char *text)
{
    const unsigned char first = (unsigned char)*text;

    return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

static bool alphabet_has(const char *alphabet, const char *character, size_t length)
{
    while (*alphabet != '\0') {
        const size_t own = character_bytes(alphabet);
        if (own == length && memcmp(alphabet, character, length) == 0)
            return true;
        alphabet += own;
    }
    return false;
}

/* Septets of a character; 0 when the alphabet has it not. */
static int gsm_width(const char *character, size_t length)
{
    const char byte = *character;

    if ((byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z'))
        return 1;
    return alphabet_has(GSM_ONE, character, length) ? 1 : alphabet_has(GSM_TWO, character, length) ? 2 : 0;
}

static bool is_gsm(const char *text)
{
    for (size_t length; *text != '\0'; text += length) {
        length = character_bytes(text);
        if (gsm_width(text, length) == 0)
            return false;
    }
    return true;
}

static int width_of(const char *character, size_t length, bool gsm)
{
    return gsm ? gsm_width(character, length) : length == 4 ? 2 : 1;
}

int sms_parts(const char *text)
{
    const bool gsm = is_gsm(text);
    const int alone = gsm ? 160 : 70, joined = gsm ? 153 : 67;
    int total = 0, parts = 1, used = 0;

    for (size_t length; *text != '\0'; text += length) {
        length = character_bytes(text);
        const int width = width_of(text, length, gsm);
        total += width;
        if (used + width > joined) {
            parts++;
            used = 0;
        }
        used += width;
    }
    return total == 0 ? 0 : total <= alone ? 1 : parts;
}
