#include "core/filter.h"

#include <assert.h>
#include <string.h>

#include "core/typed.h"

#define LINE_BYTES_MAX (2 * FILTER_LINE_BYTES)
#define DUE_NUMBER_MAX 9999
#define HASH_DIGITS (2 * HASH_BYTES)

/* ---- names */

const char *filter_field_name(enum filter_field field)
{
    static const char *const NAMES[FILTER_FIELD__COUNT] = {
        [FILTER_STATE] = "state",       [FILTER_ZONE] = "zone",     [FILTER_CATEGORY] = "category", [FILTER_UNIT] = "unit",
        [FILTER_SOURCE] = "source",     [FILTER_NATURE] = "nature", [FILTER_GRADE] = "grade",       [FILTER_SCOPE] = "scope",
        [FILTER_DUE] = "due",           [FILTER_NUMBER] = "number", [FILTER_PHONE] = "phone",
        [FILTER_ACCOUNT] = "account",
    };
    assert((unsigned)field < FILTER_FIELD__COUNT);
    return NAMES[field];
}

const char *filter_problem_name(enum filter_problem problem)
{
    static const char *const NAMES[FILTER_PROBLEM__COUNT] = {
        [FILTER_OK] = "ok",
        [FILTER_UNKNOWN_KEY] = "unknown_key",
        [FILTER_UNKNOWN_VALUE] = "unknown_value",
        [FILTER_AMBIGUOUS] = "ambiguous",
        [FILTER_TWICE] = "twice",
        [FILTER_TOO_SHORT] = "too_short",
        [FILTER_TOO_LONG] = "too_long",
        [FILTER_TOO_MANY] = "too_many",
    };
    assert((unsigned)problem < FILTER_PROBLEM__COUNT);
    return NAMES[problem];
}

/* ---- what a filter holds */

bool filter_has(const struct filter *filter, enum filter_field field)
{
    if (field < FILTER_CHOICES)
        return filter->choice[field] != 0;
    switch (field) {
    case FILTER_DUE:
        return filter->due != FILTER_DUE_ANY;
    case FILTER_NUMBER:
        return filter->number[0] != '\0';
    case FILTER_PHONE:
        return filter->has_phone;
    default:
        return filter->has_account;
    }
}

struct filter filter_without(const struct filter *filter, enum filter_field field)
{
    struct filter without = *filter;

    if (field < FILTER_CHOICES) {
        without.choice[field] = 0;
    } else if (field == FILTER_DUE) {
        without.due = FILTER_DUE_ANY;
        without.due_seconds = 0;
    } else if (field == FILTER_NUMBER) {
        memset(without.number, 0, sizeof without.number);
    } else if (field == FILTER_PHONE) {
        without.has_phone = false;
        without.phone = (struct hash){{0}};
    } else {
        without.has_account = false;
        without.account = (struct hash){{0}};
    }
    return without;
}

bool filter_is_empty(const struct filter *filter)
{
    for (enum filter_field field = 0; field < FILTER_FIELD__COUNT; field++)
        if (filter_has(filter, field))
            return false;
    return filter->term_count == 0;
}

bool filter_is_equal(const struct filter *left, const struct filter *right)
{
    bool is_equal = left->due == right->due && left->due_seconds == right->due_seconds &&
                    left->has_phone == right->has_phone && left->has_account == right->has_account &&
                    memcmp(&left->phone, &right->phone, sizeof left->phone) == 0 &&
                    memcmp(&left->account, &right->account, sizeof left->account) == 0 &&
                    text_is_equal(left->number, right->number) && left->term_count == right->term_count;

    for (size_t i = 0; i < FILTER_CHOICES; i++)
        is_equal = is_equal && left->choice[i] == right->choice[i];
    for (size_t i = 0; is_equal && i < left->term_count; i++)
        is_equal = text_is_equal(left->terms[i], right->terms[i]);
    return is_equal;
}

/* ---- words of the vocabulary */

static char small(char byte) { return byte >= 'A' && byte <= 'Z' ? (char)(byte + ('a' - 'A')) : byte; }

/* Whether `text` begins with `part`, large and small ASCII letters alike. */
static bool begins_with(const char *text, const char *part)
{
    for (; *part != '\0'; text++, part++)
        if (small(*text) != small(*part))
            return false;
    return true;
}

static bool is_same_word(const char *left, const char *right)
{
    return strlen(left) == strlen(right) && begins_with(left, right);
}

static bool contains(const char *text, const char *part)
{
    for (; *text != '\0'; text++)
        if (begins_with(text, part))
            return true;
    return false;
}

/* The first word of this kind that equals the text; NULL without. field: FILTER_FIELD__COUNT for any */
static const struct filter_word *find_word(const struct filter_vocabulary *vocabulary, enum filter_field field,
                                           enum filter_word_kind kind, const char *text)
{
    for (size_t i = 0; i < vocabulary->count; i++) {
        const struct filter_word *word = &vocabulary->words[i];
        if (word->kind == kind && (field == FILTER_FIELD__COUNT || word->field == field) && is_same_word(word->word, text))
            return word;
    }
    return NULL;
}

static const char *word_of(const struct filter_vocabulary *vocabulary, enum filter_field field,
                           enum filter_word_kind kind, int64_t value)
{
    for (size_t i = 0; i < vocabulary->count; i++) {
        const struct filter_word *word = &vocabulary->words[i];
        if (word->field == field && word->kind == kind && word->value == value)
            return word->word;
    }
    return NULL;
}

/* ---- reading */

struct reading {
    const struct filter_vocabulary *vocabulary;
    const struct filter *before;
    struct filter *filter;
    struct filter_clear *clear;
    bool is_named[FILTER_FIELD__COUNT]; /* so far in this line */
};

static enum filter_problem read_choice(struct reading *reading, enum filter_field field, const char *value)
{
    const struct filter_word *exact = find_word(reading->vocabulary, field, FILTER_WORD_VALUE, value);
    int64_t found = exact == NULL ? 0 : exact->value;

    if (value[0] == '#') {
        if (!text_parse_integer(value + 1, 1, INT32_MAX, &found) ||
            word_of(reading->vocabulary, field, FILTER_WORD_VALUE, found) == NULL)
            return FILTER_UNKNOWN_VALUE;
    }
    for (size_t i = 0; exact == NULL && value[0] != '#' && i < reading->vocabulary->count; i++) {
        const struct filter_word *word = &reading->vocabulary->words[i];
        if (word->field != field || word->kind != FILTER_WORD_VALUE || !contains(word->word, value))
            continue;
        if (found != 0 && found != word->value)
            return FILTER_AMBIGUOUS;
        found = word->value;
    }
    reading->filter->choice[field] = found;
    return found == 0 ? FILTER_UNKNOWN_VALUE : FILTER_OK;
}

/* "<2h", ">30分", or the word for late. */
static enum filter_problem read_due(struct reading *reading, const char *value)
{
    struct filter *filter = reading->filter;
    char digits[8];
    size_t count = 0;
    int64_t number;

    if (find_word(reading->vocabulary, FILTER_DUE, FILTER_WORD_VALUE, value) != NULL) {
        filter->due = FILTER_DUE_LATE;
        return FILTER_OK;
    }
    if (value[0] != '<' && value[0] != '>')
        return FILTER_UNKNOWN_VALUE;
    const enum filter_due due = value[0] == '<' ? FILTER_DUE_WITHIN : FILTER_DUE_BEYOND;
    value += value[1] == '=' ? 2 : 1;
    while (count < sizeof digits - 1 && value[count] >= '0' && value[count] <= '9') {
        digits[count] = value[count];
        count++;
    }
    digits[count] = '\0';
    const struct filter_word *span = find_word(reading->vocabulary, FILTER_DUE, FILTER_WORD_SPAN, value + count);
    if (span == NULL || !text_parse_integer(digits, 1, DUE_NUMBER_MAX, &number))
        return FILTER_UNKNOWN_VALUE;
    filter->due = due;
    filter->due_seconds = number * span->value;
    return FILTER_OK;
}

/* A whole number, or its last eight digits however they are grouped. */
static enum filter_problem read_number(struct reading *reading, const char *value)
{
    struct filter *filter = reading->filter;
    char compact[TYPED_BYTES];

    if (number_parse(value, filter->number))
        return FILTER_OK;
    if (!typed_compact(value, compact) || !typed_is_digits(compact) || strlen(compact) != NUMBER_TAIL_DIGITS)
        return FILTER_UNKNOWN_VALUE;
    memcpy(filter->number, compact, NUMBER_TAIL_DIGITS + 1);
    return FILTER_OK;
}

/* A person's number: in clear, "#" and its hash, or "*" for the one before. */
static enum filter_problem read_person(struct reading *reading, enum filter_field field, const char *value)
{
    const bool is_phone = field == FILTER_PHONE;
    struct filter *filter = reading->filter;
    struct hash *hash = is_phone ? &filter->phone : &filter->account;
    bool *has = is_phone ? &filter->has_phone : &filter->has_account;

    if (text_is_equal(value, "*") && reading->before != NULL && filter_has(reading->before, field)) {
        *hash = is_phone ? reading->before->phone : reading->before->account;
        *has = true;
        return FILTER_OK;
    }
    if (value[0] == '#') {
        *has = strlen(value + 1) == HASH_DIGITS && text_parse_hex(value + 1, hash->bytes, HASH_BYTES);
        return *has ? FILTER_OK : FILTER_UNKNOWN_VALUE;
    }
    if (is_phone ? phone_parse(value, reading->clear->phone) : account_parse(value, reading->clear->account))
        return FILTER_OK;
    return FILTER_UNKNOWN_VALUE;
}

static enum filter_problem read_field(struct reading *reading, enum filter_field field, const char *value)
{
    if (reading->is_named[field])
        return FILTER_TWICE;
    reading->is_named[field] = true;
    if (value[0] == '\0')
        return FILTER_UNKNOWN_VALUE;
    if (field < FILTER_CHOICES)
        return read_choice(reading, field, value);
    switch (field) {
    case FILTER_DUE:
        return read_due(reading, value);
    case FILTER_NUMBER:
        return read_number(reading, value);
    default:
        return read_person(reading, field, value);
    }
}

/* A number, a telephone or an account that stands without its key; FILTER_FIELD__COUNT for other words. */
static enum filter_field field_of_digits(const char *word)
{
    char compact[TYPED_BYTES], number[NUMBER_BYTES], phone[PHONE_BYTES], account[ACCOUNT_BYTES];

    if (number_parse(word, number))
        return FILTER_NUMBER;
    if (phone_parse(word, phone))
        return FILTER_PHONE;
    if (!typed_compact(word, compact) || !typed_is_digits(compact))
        return FILTER_FIELD__COUNT;
    if (strlen(compact) == NUMBER_TAIL_DIGITS)
        return FILTER_NUMBER;
    return account_parse(word, account) ? FILTER_ACCOUNT : FILTER_FIELD__COUNT;
}

static bool has_term(const struct filter *filter, const char *term)
{
    for (size_t i = 0; i < filter->term_count; i++)
        if (is_same_word(filter->terms[i], term))
            return true;
    return false;
}

enum filter_problem filter_add_terms(struct filter *filter, const char *text)
{
    for (;;) {
        struct text term;
        char buffer[FILTER_TERM_BYTES];
        size_t characters = 0;
        uint32_t point;
        const char *end = text;
        while ((point = text_next(&end)) != 0 && gram_character(point) == 0)
            text = end;
        if (point == 0)
            return FILTER_OK;
        text_init(&term, buffer, sizeof buffer);
        for (end = text; (point = text_next(&end)) != 0 && gram_character(point) != 0; text = end) {
            text_add_character(&term, point);
            characters++;
        }
        if (characters < 2)
            return FILTER_TOO_SHORT;
        if (characters > FILTER_TERM_CHARACTERS)
            return FILTER_TOO_LONG;
        if (has_term(filter, buffer))
            continue;
        if (filter->term_count == FILTER_TERMS_MAX)
            return FILTER_TOO_MANY;
        memcpy(filter->terms[filter->term_count++], buffer, term.length_bytes + 1);
    }
}

/* One word without a key. */
static enum filter_problem read_free(struct reading *reading, const char *word)
{
    const enum filter_field field = field_of_digits(word);

    if (field != FILTER_FIELD__COUNT)
        return read_field(reading, field, word);
    return filter_add_terms(reading->filter, word);
}

/* ---- the line's words */

static bool is_space(const char *text) { return *text == ' '; }

static bool is_quote(const char *text, size_t *bytes)
{
    *bytes = *text == '"' ? 1 : 3;
    return *text == '"' || begins_with(text, "\xE2\x80\x9C") || begins_with(text, "\xE2\x80\x9D");
}

/* The next piece of the line: up to a space, or between quotation marks. piece: as large as the line */
static const char *take_piece(const char *line, bool stops_at_colon, char *piece)
{
    size_t length = 0, bytes;
    bool is_quoted = is_quote(line, &bytes);

    if (is_quoted)
        line += bytes;
    while (*line != '\0' && (is_quoted || !is_space(line))) {
        if (is_quoted && is_quote(line, &bytes)) {
            line += bytes;
            break;
        }
        if (stops_at_colon && !is_quoted && *line == ':')
            break;
        piece[length++] = *line++;
    }
    piece[length] = '\0';
    return line;
}

static const char *skip_spaces(const char *line)
{
    while (is_space(line))
        line++;
    return line;
}

static void set_error(struct filter_error *error, enum filter_problem problem, const char *word)
{
    struct text text;

    error->problem = problem;
    text_init(&text, error->word, sizeof error->word);
    text_add(&text, word);
}

static bool is_digits_before(const char *piece) { return piece[0] >= '0' && piece[0] <= '9'; }

static enum filter_problem read_line(struct reading *reading, const char *line, char *piece, struct filter_error *error)
{
    for (line = skip_spaces(line); *line != '\0'; line = skip_spaces(line)) {
        size_t bytes;
        const bool is_quoted = is_quote(line, &bytes);
        enum filter_problem problem;
        line = take_piece(line, true, piece);
        const struct filter_word *key =
            !is_quoted && *line == ':' ? find_word(reading->vocabulary, FILTER_FIELD__COUNT, FILTER_WORD_KEY, piece) : NULL;
        if (is_quoted) {
            problem = filter_add_terms(reading->filter, piece);
        } else if (key != NULL) {
            line = take_piece(skip_spaces(line + 1), false, piece);
            problem = read_field(reading, key->field, piece);
        } else if (*line == ':' && !is_digits_before(piece)) {
            problem = FILTER_UNKNOWN_KEY;
        } else {
            line += *line == ':'; /* a time of day, or what people put between numbers */
            problem = read_free(reading, piece);
        }
        set_error(error, problem, piece);
        if (problem != FILTER_OK)
            return problem;
    }
    return FILTER_OK;
}

bool filter_parse(const char *line, const struct filter_vocabulary *vocabulary, const struct filter *before,
                  struct filter *filter, struct filter_clear *clear, struct filter_error *error)
{
    struct reading reading = {.vocabulary = vocabulary, .before = before, .filter = filter, .clear = clear};
    char narrow[LINE_BYTES_MAX], piece[LINE_BYTES_MAX];
    struct text text;

    memset(filter, 0, sizeof *filter);
    memset(clear, 0, sizeof *clear);
    set_error(error, FILTER_OK, "");
    text_init(&text, narrow, sizeof narrow);
    text_add(&text, line);
    text_narrow(narrow);
    if (text.is_cut)
        set_error(error, FILTER_TOO_LONG, narrow);
    else if (field_of_digits(narrow) != FILTER_FIELD__COUNT)
        (void)read_field(&reading, field_of_digits(narrow), narrow);
    else
        (void)read_line(&reading, narrow, piece, error);
    if (error->problem == FILTER_OK)
        return true;
    memset(filter, 0, sizeof *filter);
    memset(clear, 0, sizeof *clear);
    return false;
}

/* ---- writing */

static void add_value(struct text *text, const char *value)
{
    const bool needs_quotes = strpbrk(value, " :") != NULL;

    text_add(text, needs_quotes ? "\"" : "");
    text_add(text, value);
    text_add(text, needs_quotes ? "\"" : "");
}

/* A word that reads as this value again; else "#" and its number. */
static void add_choice(struct text *text, const struct filter_vocabulary *vocabulary, enum filter_field field,
                       int64_t value)
{
    const char *word = word_of(vocabulary, field, FILTER_WORD_VALUE, value);
    const struct filter_word *found = word == NULL ? NULL : find_word(vocabulary, field, FILTER_WORD_VALUE, word);
    char narrow[FILTER_TERM_BYTES * 2];
    struct text copy;
    size_t bytes;
    bool is_plain = found != NULL && found->value == value && word[0] != '#' && word[0] != '\0' && word[0] != ' ';

    text_init(&copy, narrow, sizeof narrow);
    text_add(&copy, word == NULL ? "" : word);
    text_narrow(narrow);
    for (const char *at = narrow; is_plain && *at != '\0'; at++)
        is_plain = !is_quote(at, &bytes);
    if (is_plain && !copy.is_cut && text_is_equal(narrow, word))
        add_value(text, word);
    else
        text_add_format(text, "#%lld", (long long)value);
}

/* In the largest unit of time that divides it, among the first words of each length. */
static void add_due(struct text *text, const struct filter *filter, const struct filter_vocabulary *vocabulary)
{
    const struct filter_word *best = NULL;

    if (filter->due == FILTER_DUE_LATE) {
        text_add(text, word_of(vocabulary, FILTER_DUE, FILTER_WORD_VALUE, 1));
        return;
    }
    for (size_t i = 0; i < vocabulary->count; i++) {
        const struct filter_word *word = &vocabulary->words[i];
        if (word->field == FILTER_DUE && word->kind == FILTER_WORD_SPAN && filter->due_seconds % word->value == 0 &&
            filter->due_seconds / word->value <= DUE_NUMBER_MAX && (best == NULL || word->value > best->value))
            best = word;
    }
    if (best != NULL)
        text_add_format(text, "%c%lld%s", filter->due == FILTER_DUE_WITHIN ? '<' : '>',
                        (long long)(filter->due_seconds / best->value), best->word);
}

static void add_person(struct text *text, const struct hash *hash, bool is_shown)
{
    char hex[HASH_DIGITS + 1];

    text_format_hex(hash->bytes, HASH_BYTES, hex);
    text_add(text, is_shown ? "*" : "#");
    text_add(text, is_shown ? "" : hex);
}

static void add_field(struct text *text, const struct filter *filter, const struct filter_vocabulary *vocabulary,
                      enum filter_field field, bool is_shown)
{
    const char *key = word_of(vocabulary, field, FILTER_WORD_KEY, 0);

    assert(key != NULL);
    text_add(text, text->length_bytes > 0 ? " " : "");
    text_add(text, key);
    text_add(text, ":");
    if (field < FILTER_CHOICES)
        add_choice(text, vocabulary, field, filter->choice[field]);
    else if (field == FILTER_DUE)
        add_due(text, filter, vocabulary);
    else if (field == FILTER_NUMBER)
        text_add(text, filter->number);
    else
        add_person(text, field == FILTER_PHONE ? &filter->phone : &filter->account, is_shown);
}

/* Words that would be read as a number or a telephone keep their quotation marks; all of them when they would together. */
static void add_terms(struct text *text, const struct filter *filter, bool are_quoted)
{
    for (size_t i = 0; i < filter->term_count; i++) {
        const bool is_quoted = are_quoted || field_of_digits(filter->terms[i]) != FILTER_FIELD__COUNT;
        text_add(text, text->length_bytes > 0 ? " " : "");
        text_add(text, is_quoted ? "\"" : "");
        text_add(text, filter->terms[i]);
        text_add(text, is_quoted ? "\"" : "");
    }
}

void filter_format(const struct filter *filter, const struct filter_vocabulary *vocabulary, bool is_shown, char *buffer)
{
    struct text text;

    text_init(&text, buffer, FILTER_LINE_BYTES);
    for (enum filter_field field = 0; field < FILTER_FIELD__COUNT; field++)
        if (filter_has(filter, field))
            add_field(&text, filter, vocabulary, field, is_shown);
    const bool has_fields = text.length_bytes > 0;
    add_terms(&text, filter, false);
    if (!has_fields && field_of_digits(buffer) != FILTER_FIELD__COUNT) {
        text_init(&text, buffer, FILTER_LINE_BYTES);
        add_terms(&text, filter, true);
    }
    assert(!text.is_cut);
}
