#include "store/ticket_plan.h"

enum { COUNTED = 8, RANK_DAYS = 14 };

/* The pairs of all words; when there are many, some from everywhere. */
static size_t pairs_of(const struct filter *filter, int64_t pairs[COUNTED], struct arena *arena)
{
    struct grams *grams = arena_take(arena, sizeof *grams);

    grams_init(grams);
    for (size_t i = 0; i < filter->term_count; i++)
        grams_add_text(grams, filter->terms[i]);
    grams_finish(grams);
    const size_t count = grams->count < COUNTED ? grams->count : COUNTED;
    for (size_t i = 0; i < count; i++)
        pairs[i] = grams->items[i * grams->count / count];
    return count;
}

static enum status count_pairs(struct db *db, const int64_t pairs[COUNTED], size_t count, struct instant since,
                               struct arena *arena, int64_t counts[COUNTED], struct fault *fault)
{
    struct db_value values[2 * COUNTED];
    struct db_row row;

    for (size_t i = 0; i < COUNTED; i++) {
        values[2 * i] = db_integer(i < count ? pairs[i] : 0);
        values[2 * i + 1] = db_instant(since);
    }
    const enum status status = db_query_one(db, GRAM_COUNT_8, values, 2 * COUNTED, arena, &row, fault);
    for (size_t i = 0; status == STATUS_OK && i < COUNTED; i++)
        counts[i] = db_row_integer(&row, i);
    return status;
}

static void sort_by_count(int64_t pairs[COUNTED], int64_t counts[COUNTED], size_t count)
{
    for (size_t i = 1; i < count; i++) {
        for (size_t j = i; j > 0 && counts[j - 1] > counts[j]; j--) {
            const int64_t pair = pairs[j], number = counts[j];
            pairs[j] = pairs[j - 1];
            counts[j] = counts[j - 1];
            pairs[j - 1] = pair;
            counts[j - 1] = number;
        }
    }
}

/* Which of the filter's words hold a pair: bits. */
static uint32_t words_with(const struct filter *filter, int64_t pair, struct arena *arena)
{
    struct grams *grams = arena_take(arena, sizeof *grams);
    uint32_t words = 0;

    for (size_t i = 0; i < filter->term_count; i++) {
        grams_init(grams);
        grams_add_text(grams, filter->terms[i]);
        grams_finish(grams);
        for (size_t j = 0; j < grams->count; j++)
            if (grams->items[j] == pair)
                words |= UINT32_C(1) << i;
    }
    return words;
}

/*
 * The rarest pair first, then the rarest of a word that has none yet: pairs of one word stand in the same tickets, and the
 * second of them would rule out next to nothing.
 */
static void choose_pairs(const struct filter *filter, const int64_t pairs[COUNTED], size_t count, struct arena *arena,
                         struct search *search)
{
    uint32_t words[COUNTED], covered = 0, taken = 0;

    for (size_t i = 0; i < count; i++)
        words[i] = words_with(filter, pairs[i], arena);
    for (size_t place = 0; place < sizeof search->grams / sizeof search->grams[0] && place < count; place++) {
        size_t best = count;
        for (size_t i = 0; i < count; i++) {
            const bool is_new = (words[i] & ~covered) != 0, is_best_new = best < count && (words[best] & ~covered) != 0;
            if ((taken & UINT32_C(1) << i) == 0 && (best == count || (is_new && !is_best_new)))
                best = i;
        }
        search->grams[place] = pairs[best];
        taken |= UINT32_C(1) << best;
        covered |= words[best];
    }
}

enum status search_plan(struct db *db, const struct filter *filter, struct instant now, struct arena *arena,
                        struct search *search, struct fault *fault)
{
    int64_t pairs[COUNTED], counts[COUNTED];

    *search = (struct search){.is_needed = filter->term_count > 0};
    if (!search->is_needed)
        return STATUS_OK;
    const size_t count = pairs_of(filter, pairs, arena);
    if (count == 0) /* words of long numbers alone: they are in no index */
        search->is_empty = true;
    enum status status = count == 0 ? STATUS_OK : count_pairs(db, pairs, count, EARLIEST, arena, counts, fault);
    if (status != STATUS_OK || count == 0)
        return status;
    sort_by_count(pairs, counts, count);
    search->is_empty = counts[0] == 0;
    search->is_rare = counts[0] <= SEARCH_RARE_MAX;
    if (!search->is_rare && count > 1) { /* all are common: which one is least so, as of late */
        status = count_pairs(db, pairs, count, instant_add_seconds(now, -(int64_t)RANK_DAYS * DAY_SECONDS), arena, counts, fault);
        if (status != STATUS_OK)
            return status;
        sort_by_count(pairs, counts, count);
    }
    choose_pairs(filter, pairs, count, arena, search);
    return STATUS_OK;
}

struct instant search_since(struct instant now)
{
    const struct day today = day_of(now, 0);

    return day_start((struct day){today.number - SEARCH_RECENT_DAYS}, 0);
}
