/*
 * The product's own regulation rows for unit tests, by code, and moments written as a person would.
 */
#ifndef TESTS_UNIT_REGULATION_H
#define TESTS_UNIT_REGULATION_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "regulation_fixture.h"

#define CITY_OFFSET_MINUTES 480

/* The row with this code; a wrong code ends the test program. */
static inline const struct rule *regulation_rule(const char *code)
{
    for (size_t i = 0; i < REGULATION_RULE_COUNT; i++)
        if (strcmp(REGULATION_RULES[i].code, code) == 0)
            return &REGULATION_RULES[i];
    fprintf(stderr, "no rule %s\n", code);
    abort();
}

static inline const struct category *regulation_category(const char *code)
{
    for (size_t i = 0; i < REGULATION_CATEGORY_COUNT; i++)
        if (strcmp(REGULATION_CATEGORIES[i].code, code) == 0)
            return &REGULATION_CATEGORIES[i];
    fprintf(stderr, "no category %s\n", code);
    abort();
}

static inline struct facts facts_of(const char *category_code)
{
    return (struct facts){.category = regulation_category(category_code)->id};
}

static inline const struct rule *rule_of(enum clock_kind kind, const struct facts *facts, struct instant at)
{
    return rule_find(REGULATION_RULES, REGULATION_RULE_COUNT, kind, facts, at);
}

/* "2026-11-23 16:40" or with seconds, on the city's wall clock. */
static inline struct instant local(const char *text)
{
    struct instant at = INSTANT_NONE;
    if (!instant_parse_local(text, CITY_OFFSET_MINUTES, &at)) {
        fprintf(stderr, "not a moment: %s\n", text);
        abort();
    }
    return at;
}

static inline struct instant plus_milliseconds(struct instant at, int64_t milliseconds)
{
    return (struct instant){at.milliseconds + milliseconds};
}

static inline struct instant plus_seconds(struct instant at, int64_t seconds)
{
    return (struct instant){at.milliseconds + seconds * 1000};
}

/* xorshift64*: the same numbers in every run. */
static inline uint64_t next_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(2685821657736338717);
}

#endif
