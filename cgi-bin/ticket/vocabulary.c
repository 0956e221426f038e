/* The words that filters are written with: of both languages, and the names that stand in the catalog and the code. */
#include "ticket/list.h"

struct words {
    struct filter_word *items;
    size_t count, room;
};

static void add(struct words *words, enum filter_field field, enum filter_word_kind kind, int64_t value, const char *word)
{
    if (words->count < words->room && word[0] != '\0')
        words->items[words->count++] = (struct filter_word){field, kind, value, word};
}

static const char *text(const struct request *request, enum language language, const char *prefix, const char *name)
{
    return words_find(language, arena_format(request->arena, "%s.%s", prefix, name));
}

static void add_keys(struct words *words, const struct request *request, enum language language)
{
    for (enum filter_field field = 0; field < FILTER_FIELD__COUNT; field++)
        add(words, field, FILTER_WORD_KEY, 0, text(request, language, "desk.filter.key", filter_field_name(field)));
    add(words, FILTER_SCOPE, FILTER_WORD_VALUE, 1, words_find(language, "desk.filter.all_years"));
    add(words, FILTER_DUE, FILTER_WORD_VALUE, 1, words_find(language, "desk.filter.late"));
    add(words, FILTER_DUE, FILTER_WORD_SPAN, DAY_SECONDS, words_find(language, "desk.filter.day"));
    add(words, FILTER_DUE, FILTER_WORD_SPAN, HOUR_SECONDS, words_find(language, "desk.filter.hour"));
    add(words, FILTER_DUE, FILTER_WORD_SPAN, MINUTE_SECONDS, words_find(language, "desk.filter.minute"));
}

static void add_enums(struct words *words, const struct request *request, enum language language)
{
    for (enum ticket_state state = TICKET_REPORTED; state < TICKET_SEALED; state++)
        add(words, FILTER_STATE, FILTER_WORD_VALUE, state, text(request, language, "state", ticket_state_name(state)));
    for (enum zone zone = ZONE_INNER; zone < ZONE__COUNT; zone++)
        add(words, FILTER_ZONE, FILTER_WORD_VALUE, zone, text(request, language, "zone", zone_name(zone)));
    for (enum source source = SOURCE_WEB; source < SOURCE__COUNT; source++)
        add(words, FILTER_SOURCE, FILTER_WORD_VALUE, source, text(request, language, "source", source_name(source)));
    for (enum nature nature = NATURE_REPAIR; nature < NATURE__COUNT; nature++)
        add(words, FILTER_NATURE, FILTER_WORD_VALUE, nature, text(request, language, "nature", nature_name(nature)));
    for (enum grade grade = GRADE_NONE + 1; grade < GRADE__COUNT; grade++)
        add(words, FILTER_GRADE, FILTER_WORD_VALUE, grade, text(request, language, "grade", grade_name(grade)));
}

/* Of categories with the same name the one in force stands first: it is the one that the name means. */
static void add_catalog(struct words *words, const struct request *request, enum language language)
{
    const struct catalog *catalog = &desk_of(request)->catalog;
    const bool is_english = language == LANGUAGE_EN;

    for (int is_old = 0; is_old < 2; is_old++)
        for (size_t i = 0; i < catalog->regulation.category_count; i++) {
            const struct category *category = &catalog->regulation.categories[i];
            const struct catalog_words *names = &catalog->category_words[i];
            if (is_in_force(category->effective_from, category->effective_to, request->now) != (is_old == 0))
                continue;
            add(words, FILTER_CATEGORY, FILTER_WORD_VALUE, category->id.v, is_english ? names->name_en : names->name_zh);
        }
    for (size_t i = 0; i < catalog->unit_count; i++)
        add(words, FILTER_UNIT, FILTER_WORD_VALUE, catalog->units[i].id.v,
            is_english ? catalog->units[i].name_en : catalog->units[i].name_zh);
}

struct filter_vocabulary list_vocabulary(const struct request *request)
{
    const struct catalog *catalog = &desk_of(request)->catalog;
    const size_t fixed = FILTER_FIELD__COUNT + 5 + TICKET_STATE__COUNT + ZONE__COUNT + SOURCE__COUNT + NATURE__COUNT + GRADE__COUNT;
    struct words words = {.room = 2 * (fixed + catalog->regulation.category_count + catalog->unit_count)};
    const enum language languages[] = {request->language, request->language == LANGUAGE_EN ? LANGUAGE_ZH : LANGUAGE_EN};

    words.items = arena_take_array(request->arena, words.room, sizeof *words.items);
    for (size_t i = 0; i < 2; i++) {
        add_keys(&words, request, languages[i]);
        add_enums(&words, request, languages[i]);
        add_catalog(&words, request, languages[i]);
    }
    return (struct filter_vocabulary){words.items, words.count};
}

const char *list_error_words(const struct request *request, const struct filter_error *error)
{
    const char *key = arena_format(request->arena, "desk.filter.error.%s", filter_problem_name(error->problem));
    const char *word = arena_copy_text(request->arena, error->word);

    return words_fill(request->arena, request->language, key, &word, 1);
}
