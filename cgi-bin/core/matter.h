/*
 * The matter of a report: category (what it is about), grade (how grave it is), nature, source, zone.
 * Categories are rows; the words that the rules branch on are the enums here. Every enum's values are stored: append
 * only, never renumber. Pure.
 */
#ifndef CORE_MATTER_H
#define CORE_MATTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/time.h"
#include "core/ids.h"

/* Which promise a clock measures. Stored. */
enum clock_kind {
    CLOCK_NONE,
    CLOCK_DISPATCH,         /* reported → dispatched; ops' own, internal (design 3, decision 1) */
    CLOCK_ACCEPT,           /* dispatched → accepted by the unit (Art. 12) */
    CLOCK_FINISH,           /* reported → finished (Art. 14) */
    CLOCK_ARRIVE,           /* reported → on site, leak (Art. 22) */
    CLOCK_REPAIR,           /* reported → repaired, leak (Art. 22) */
    CLOCK_CONTACT,          /* reported → customer contacted (Art. 23) */
    CLOCK_INSPECT,          /* reported → inspection detachment on site (Art. 25) */
    CLOCK_ANNOUNCE,         /* before a planned outage: in the media (Art. 18(1)) */
    CLOCK_POSTER,           /* before: posters in the area (Arts. 18(1), 33(4)) */
    CLOCK_SMS,              /* before: messages to registered households (Art. 18(1)) */
    CLOCK_NOTICE,           /* before: written notice to ops (Art. 33(3)) */
    CLOCK_EMERGENCY_REPORT, /* water off → told ops (Arts. 18(2), 33(5)) */
    CLOCK_RESTORE_REPORT,   /* water on → told ops (Art. 18(2)) */
    CLOCK_CHANGE_NOTICE,    /* before the announced end: extension or widening (Art. 18(2)) */
    CLOCK_CUTOFF_REPORT,    /* before a cut-off of a master meter or of many households (Arts. 18(3), 33(10)) */
    CLOCK_READING,          /* every settlement meter monthly (Art. 26) */
    CLOCK_EXPLANATION,      /* over two months unread: written explanation (Art. 26) */
    CLOCK_RECTIFY,          /* order → rectified, due date set in the order (Arts. 10, 34) */
    CLOCK_RESUME,           /* before the end as first announced: water on (Art. 18(2)) */
    CLOCK_KIND__COUNT
};

#define CLOCK_BIT(kind) (UINT32_C(1) << (kind))

/* Grades overlie any category; a ticket's grades are a set of GRADE_BITs. Stored. */
enum grade {
    GRADE_NONE,
    GRADE_URGENT,     /* urgent or major event, Art. 14(1): 2 h */
    GRADE_KEY_SOURCE, /* urgent matter from government, media or key body, or may gravely harm the image, 14(2)1: 12 h */
    GRADE_INJURY,     /* possible personal injury or loss of property, 14(2)2: 12 h */
    GRADE_REPUTATION, /* important event that may touch the group's reputation, 14(7): set by ops */
    GRADE__COUNT
};
#define GRADE_BIT(grade) (UINT32_C(1) << (grade))

/* Where it is, seen from the outer ring road. Unknown runs as inside (Art. 22). Stored. */
enum zone { ZONE_UNKNOWN, ZONE_INNER, ZONE_OUTER, ZONE__COUNT };

/* Nature of the report (Art. 6). Stored. */
enum nature {
    NATURE_NONE,
    NATURE_REPAIR,
    NATURE_COMPLAINT,
    NATURE_CONSULTATION,
    NATURE_SUGGESTION,
    NATURE_PRAISE,
    NATURE_CRITICISM, /* by a superior body */
    NATURE_EXPOSURE,  /* in the media */
    NATURE__COUNT
};

/* Channel of the report (Arts. 6, 8). Stored. */
enum source {
    SOURCE_NONE,
    SOURCE_WEB,
    SOURCE_PHONE,
    SOURCE_VISIT,
    SOURCE_LETTER,
    SOURCE_SUGGESTION_BOX,
    SOURCE_HOTLINE,  /* the mayor's hotline, 12345 */
    SOURCE_SUPERIOR, /* a superior body or other government department */
    SOURCE_MEDIA,
    SOURCE_STAFF,    /* noticed by the group's own people */
    SOURCE_OPEN311,
    SOURCE__COUNT
};

/* The six buttons of the public form, then what only staff choose. Stored. */
enum category_group {
    GROUP_STAFF, /* not on the public form */
    GROUP_NO_WATER,
    GROUP_LEAK,
    GROUP_QUALITY,
    GROUP_PRESSURE,
    GROUP_METER,
    GROUP_SERVICE, /* other matters and complaints about service */
    CATEGORY_GROUP__COUNT
};

#define CODE_BYTES 40
#define ARTICLE_BYTES 24

/* One matter the regulation knows. A row, with effective dates; old tickets keep theirs. */
struct category {
    struct category_id id;
    char code[CODE_BYTES];       /* "faulty_meter"; words are Text.category.CODE */
    char article[ARTICLE_BYTES]; /* "14(4)1" */
    enum category_group group;
    /* CLOCK_BITs that must run for it; each needs exactly one rule at any time. CLOCK_CONTACT alone may have rules under a
     * condition only (Art. 23, valve stuck): it runs when rule_find gives a rule. */
    uint32_t clocks;
    bool is_leak;        /* arrival, diameter and repair are recorded (Art. 22) */
    bool is_third_party; /* joint case with the inspection detachment (Art. 25) */
    bool asks_limit;     /* ops sets the limit before dispatch (Art. 14(7)) */
    bool needs_formalities; /* meter taken or replaced: reason, notice, confirmation (Art. 24) */
    bool needs_phone;    /* a report without a phone is refused (design 3, decision 9) */
    enum nature default_nature;
    int64_t extension_cap_seconds; /* the most that ops can grant beyond the original due (Art. 13) */
    int sort;
    struct instant effective_from, effective_to; /* to: INSTANT_NONE while in force */
};

/* Whether a row with these dates is in force at a moment: from ≤ at < to. */
bool is_in_force(struct instant from, struct instant to, struct instant at);

/* The category with this id or code in force at `at`, or NULL. */
const struct category *category_find(const struct category *categories, size_t count, struct category_id id);
const struct category *category_find_by_code(const struct category *categories, size_t count, const char *code,
                                             struct instant at);

/* The enum's stable name in lower case ("finish", "key_source", "outer", "repair", "hotline"): text keys and exports. */
const char *clock_kind_name(enum clock_kind kind);
const char *grade_name(enum grade grade);
const char *zone_name(enum zone zone);
const char *nature_name(enum nature nature);
const char *source_name(enum source source);
const char *category_group_name(enum category_group group);

#endif
