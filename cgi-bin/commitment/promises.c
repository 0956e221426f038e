#include <string.h>

#include "base/log.h"
#include "base/now.h"
#include "commitment/commitment.h"
#include "store/text_store.h"

#define LOOK_MILLISECONDS 1000
#define STALE_SECONDS (2 * HOUR_SECONDS)

enum promise_group promise_group_of(const struct rule *rule)
{
    switch (rule->kind) {
    case CLOCK_ACCEPT:
        return PROMISE_ACCEPT;
    case CLOCK_ARRIVE:
    case CLOCK_REPAIR:
    case CLOCK_CONTACT:
    case CLOCK_INSPECT:
        return PROMISE_LEAK;
    case CLOCK_FINISH:
        return PROMISE_FINISH;
    case CLOCK_ANNOUNCE:
    case CLOCK_POSTER:
    case CLOCK_SMS:
    case CLOCK_NOTICE:
    case CLOCK_EMERGENCY_REPORT:
    case CLOCK_RESTORE_REPORT:
    case CLOCK_CHANGE_NOTICE:
    case CLOCK_CUTOFF_REPORT:
    case CLOCK_RESUME:
        return PROMISE_OUTAGE;
    case CLOCK_READING:
    case CLOCK_EXPLANATION:
        return PROMISE_METER;
    case CLOCK_NONE:
    case CLOCK_DISPATCH:
    case CLOCK_RECTIFY:
    case CLOCK_KIND__COUNT:
        break;
    }
    return PROMISE_OTHER;
}

const char *promise_group_name(enum promise_group group)
{
    static const char *const names[PROMISE_GROUP__COUNT] = {"accept", "leak", "finish", "outage", "meter", "other"};

    return names[group];
}

/* ---- version */

/* Looks for a newer version; while the database is away the last one stands. */
static enum status look(struct request *request, struct commitment *commitment)
{
    int64_t now = now_monotonic_milliseconds();
    int64_t version = 0, texts = 0;

    if (commitment->has_version && now - commitment->looked_at_milliseconds < LOOK_MILLISECONDS)
        return STATUS_OK;
    enum status status = catalog_refresh(&commitment->catalog, commitment->db, &request->app->settings, &request->fault);
    if (status == STATUS_OK)
        status = figure_store_version(commitment->db, request->arena, &version, &request->fault);
    if (status == STATUS_OK)
        status = text_store_begun(commitment->db, request->now, request->arena, &texts, &request->fault);
    if (status == STATUS_OK) {
        commitment->figure_version = version;
        commitment->text_version = texts;
        commitment->has_version = true;
    } else if (!commitment->has_version) {
        return status;
    } else {
        log_fault(status, &request->fault);
        fault_reset(&request->fault);
    }
    commitment->looked_at_milliseconds = now;
    return STATUS_OK;
}

enum status promises_version(struct request *request, int64_t *version)
{
    struct commitment *commitment = request->context;
    enum status status = look(request, commitment);

    if (status != STATUS_OK)
        return status;
    struct promises seen = {.as_of = commitment->as_of};
    int64_t facts[] = {
        commitment->figure_version,
        commitment->text_version,
        commitment->catalog.version,
        day_of(request->now, request->app->settings.utc_offset_minutes).number,
        promises_are_stale(&seen, request->now),
    };
    struct bytes piece = {(const uint8_t *)facts, sizeof facts};
    struct hash hash = crypto_hash_pieces(&piece, 1);
    memcpy(version, hash.bytes, sizeof *version);
    return STATUS_OK;
}

bool promises_are_stale(const struct promises *promises, struct instant now)
{
    return instant_is_set(promises->as_of) &&
           instant_milliseconds_between(promises->as_of, now) > INT64_C(1000) * STALE_SECONDS;
}

/* ---- rows */

static const struct promise_figure *figure_find(const struct promise_figure *figures, size_t count, const char *code,
                                                bool is_month)
{
    for (size_t i = 0; i < count; i++)
        if (figures[i].is_month == is_month && text_is_equal(figures[i].rule_code, code))
            return &figures[i];
    return NULL;
}

static bool goes_before(const struct promise *left, const struct promise *right)
{
    enum promise_group left_group = promise_group_of(left->rule), right_group = promise_group_of(right->rule);

    return left_group != right_group ? left_group < right_group : left->rule->sort < right->rule->sort;
}

/* Puts a row where it belongs; the rows come nearly sorted. */
static void insert(struct promises *promises, struct promise row)
{
    size_t at = promises->count++;

    for (; at > 0 && goes_before(&row, &promises->rows[at - 1]); at--)
        promises->rows[at] = promises->rows[at - 1];
    promises->rows[at] = row;
}

enum status promises_load(struct request *request, struct promises *promises)
{
    struct commitment *commitment = request->context;
    const struct catalog *catalog = &commitment->catalog;
    struct promise_figure *figures;
    size_t figure_count;
    enum status status =
        figure_store_promises(commitment->db, request->arena, &figures, &figure_count, &request->fault);

    if (status != STATUS_OK)
        return status;
    *promises = (struct promises){.as_of = INSTANT_NONE};
    promises->rows = arena_take_array(request->arena, catalog->regulation.rule_count + 1, sizeof *promises->rows);
    for (size_t i = 0; i < catalog->regulation.rule_count; i++) {
        const struct rule *rule = &catalog->regulation.rules[i];
        if (!rule->is_public || !is_in_force(rule->effective_from, rule->effective_to, request->now))
            continue;
        insert(promises, (struct promise){rule, &catalog->rule_words[i],
                                          figure_find(figures, figure_count, rule->code, false),
                                          figure_find(figures, figure_count, rule->code, true)});
    }
    for (size_t i = 0; i < figure_count; i++)
        promises->as_of = instant_earlier(promises->as_of, figures[i].as_of);
    commitment->as_of = promises->as_of;
    return STATUS_OK;
}
