/*
 * Filters of the desk's lists: one line of words ("状态:待派单 类别:漏水 时限:<2h 明珠花园") and the form beside it describe
 * the same thing. Pure; the words themselves come from the caller.
 *
 * parse(format(filter)) is the filter again. A telephone or an account never stands in a line in clear: the caller makes a
 * keyed hash of what parse found, and only that is written.
 */
#ifndef CORE_FILTER_H
#define CORE_FILTER_H

#include "base/crypto.h"
#include "base/text.h"
#include "core/contact.h"
#include "core/gram.h"

/* What a filter can ask for; lines are written in this order. */
enum filter_field {
    FILTER_STATE,
    FILTER_ZONE,
    FILTER_CATEGORY,
    FILTER_UNIT,
    FILTER_SOURCE,
    FILTER_NATURE,
    FILTER_GRADE,
    FILTER_SCOPE,   /* of a search by words: 1 all years, else what is open and the last months */
    FILTER_DUE,     /* a bound on the next deadline, seen from now */
    FILTER_NUMBER,
    FILTER_PHONE,
    FILTER_ACCOUNT,
    FILTER_FIELD__COUNT
};
#define FILTER_CHOICES FILTER_DUE /* the fields before it are one number each, 0 for none */

enum filter_due { FILTER_DUE_ANY, FILTER_DUE_WITHIN, FILTER_DUE_BEYOND, FILTER_DUE_LATE, FILTER_DUE__COUNT };

#define FILTER_TERMS_MAX 4
#define FILTER_TERM_CHARACTERS 20
#define FILTER_TERM_BYTES (4 * FILTER_TERM_CHARACTERS + 1)
#define FILTER_LINE_BYTES 2400 /* always suffices for filter_format with keys of at most 30 bytes */

struct filter {
    int64_t choice[FILTER_CHOICES];
    enum filter_due due;
    int64_t due_seconds;             /* of WITHIN and BEYOND */
    char number[NUMBER_BYTES];       /* a whole number, or its last eight digits; "" for none */
    bool has_phone, has_account;
    struct hash phone, account;
    char terms[FILTER_TERMS_MAX][FILTER_TERM_BYTES]; /* words of the text, all of them wanted */
    size_t term_count;
};

/* A word of the line and what it means. */
enum filter_word_kind {
    FILTER_WORD_KEY,   /* names the field: "状态" */
    FILTER_WORD_VALUE, /* names a value of it: "待派单"; of FILTER_DUE the only one is "late" */
    FILTER_WORD_SPAN,  /* FILTER_DUE: a unit of time, value in seconds: "小时" */
};
struct filter_word {
    enum filter_field field;
    enum filter_word_kind kind;
    int64_t value;
    const char *word;
};
/* The first word of a meaning is the one that is written; of equal words the first one counts. */
struct filter_vocabulary {
    const struct filter_word *words;
    size_t count;
};

/* A telephone or account that the line held in clear; "" without. Not to be kept. */
struct filter_clear {
    char phone[PHONE_BYTES], account[ACCOUNT_BYTES];
};

enum filter_problem {
    FILTER_OK,
    FILTER_UNKNOWN_KEY,   /* no field is called so */
    FILTER_UNKNOWN_VALUE, /* the field has no such value */
    FILTER_AMBIGUOUS,     /* several values contain the word */
    FILTER_TWICE,         /* the field is named twice */
    FILTER_TOO_SHORT,     /* one character finds too much */
    FILTER_TOO_LONG,      /* a word of more than twenty characters */
    FILTER_TOO_MANY,      /* more than four words */
    FILTER_PROBLEM__COUNT
};

/* What parse could not read, for the sentence beside the box. */
struct filter_error {
    enum filter_problem problem;
    char word[FILTER_TERM_BYTES]; /* as typed, cut */
};

/*
 * Reads a line. What is typed full-width is read as narrow; a value is found by its whole word, by "#" and its number, or by
 * a part that only one value has. A line that is nothing but a number or a telephone is that. False: `error` says why, and
 * the filter is empty.
 * line    valid UTF-8, without control characters
 * before  whose telephone or account a "*" stands for (filter_format, is_shown); NULL: there is none
 */
bool filter_parse(const char *line, const struct filter_vocabulary *vocabulary, const struct filter *before,
                  struct filter *filter, struct filter_clear *clear, struct filter_error *error) MUST_USE;

/*
 * The line of a filter, in the vocabulary's first words. is_shown: for people, with "*" in place of the hash of a telephone or
 * account. buffer: FILTER_LINE_BYTES
 */
void filter_format(const struct filter *filter, const struct filter_vocabulary *vocabulary, bool is_shown, char *buffer);

bool filter_is_empty(const struct filter *filter);
bool filter_is_equal(const struct filter *left, const struct filter *right);
/* The same filter without one field. */
struct filter filter_without(const struct filter *filter, enum filter_field field);
bool filter_has(const struct filter *filter, enum filter_field field);

/*
 * Takes words of a text into the filter: split where gram_character says so. FILTER_OK, TOO_SHORT, TOO_LONG or TOO_MANY.
 */
enum filter_problem filter_add_terms(struct filter *filter, const char *text);

/* "state", "zone", …: names of form fields and text keys. */
const char *filter_field_name(enum filter_field field);
const char *filter_problem_name(enum filter_problem problem);

#endif
