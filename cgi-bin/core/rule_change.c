#include "core/rule_change.h"

#include <assert.h>
#include <string.h>

const char *change_refusal_name(enum change_refusal refusal)
{
    static const char *const NAMES[CHANGE_REFUSAL__COUNT] = {
        [CHANGE_OK] = "ok",
        [CHANGE_NOTHING] = "nothing",
        [CHANGE_TOO_SOON] = "too_soon",
        [CHANGE_TOO_FAR] = "too_far",
        [CHANGE_STALE] = "stale",
        [CHANGE_PLANNED] = "planned",
        [CHANGE_CODE_TAKEN] = "code_taken",
        [CHANGE_EMPTY_GROUP] = "empty_group",
        [CHANGE_TOO_MANY] = "too_many",
        [CHANGE_NOT_WHOLE] = "not_whole",
    };
    assert((unsigned)refusal < CHANGE_REFUSAL__COUNT);
    return NAMES[refusal];
}

struct instant rule_change_earliest(struct instant now)
{
    const int64_t minute = INT64_C(60000);
    const int64_t least = instant_add_seconds(now, CHANGE_LEAD_SECONDS).milliseconds;

    return (struct instant){(least + minute - 1) / minute * minute};
}

/* ---- rows by id and code */

static struct rule *find_rule(struct changed *changed, struct rule_id id)
{
    for (size_t i = 0; i < changed->rule_count; i++)
        if (changed->rules[i].id.v == id.v)
            return &changed->rules[i];
    return NULL;
}

static struct category *find_category(struct changed *changed, struct category_id id)
{
    for (size_t i = 0; i < changed->category_count; i++)
        if (changed->categories[i].id.v == id.v)
            return &changed->categories[i];
    return NULL;
}

static struct rule_id next_rule_id(const struct changed *changed)
{
    int32_t highest = 0;

    for (size_t i = 0; i < changed->rule_count; i++)
        highest = changed->rules[i].id.v > highest ? changed->rules[i].id.v : highest;
    return (struct rule_id){highest + 1};
}

static struct category_id next_category_id(const struct changed *changed)
{
    int32_t highest = 0;

    for (size_t i = 0; i < changed->category_count; i++)
        highest = changed->categories[i].id.v > highest ? changed->categories[i].id.v : highest;
    return (struct category_id){highest + 1};
}

/* Whether a row that is to end at `from` may: it must be the last of its code and have begun by then. */
static enum change_refusal may_end(struct instant row_from, struct instant row_to, struct instant from)
{
    if (instant_is_set(row_to))
        return CHANGE_STALE;
    return instant_is_before(row_from, from) ? CHANGE_OK : CHANGE_PLANNED;
}

/* Whether something planned for this moment can still be taken back: no program may have begun to use it. */
static enum change_refusal may_withdraw(struct instant planned, struct instant now)
{
    if (!instant_is_set(planned))
        return CHANGE_STALE;
    return instant_is_before(planned, instant_add_seconds(now, CHANGE_LEAD_SECONDS)) ? CHANGE_TOO_SOON : CHANGE_OK;
}

/* ---- rules */

static enum change_refusal add_rule(struct changed *changed, struct rule row, struct instant from,
                                    struct rule_origin origin)
{
    if (changed->rule_count == changed->rule_room || changed->added_count == RULE_ADDED_MAX)
        return CHANGE_TOO_MANY;
    row.id = next_rule_id(changed);
    row.effective_from = from;
    row.effective_to = INSTANT_NONE;
    if (row.category.v == CATEGORY_ADDED.v)
        row.category = changed->added_category;
    changed->origins[changed->added_count++] = origin;
    changed->rules[changed->rule_count++] = row;
    return CHANGE_OK;
}

static bool is_code_taken(const struct changed *changed, const char *code)
{
    for (size_t i = 0; i < changed->rule_count; i++)
        if (strcmp(changed->rules[i].code, code) == 0)
            return true;
    return false;
}

/* Takes a planned row away; what was to end for it goes on. Only rows that were there before are withdrawn. */
static void remove_rule(struct changed *changed, struct rule *rule)
{
    const struct rule gone = *rule;
    const size_t index = (size_t)(rule - changed->rules);

    for (size_t i = 0; i < changed->rule_count; i++)
        if (strcmp(changed->rules[i].code, gone.code) == 0 &&
            instant_is_equal(changed->rules[i].effective_to, gone.effective_from))
            changed->rules[i].effective_to = INSTANT_NONE;
    memmove(rule, rule + 1, (changed->rule_count - index - 1) * sizeof *rule);
    changed->rule_count--;
}

static enum change_refusal edit_rule(struct changed *changed, const struct rule_change *change, int index,
                                     struct instant now)
{
    const struct rule_edit *edit = &change->edits[index];
    struct rule *old = edit->kind == RULE_ADD ? NULL : find_rule(changed, edit->old);
    enum change_refusal refusal = CHANGE_OK;

    if (edit->kind == RULE_ADD)
        return is_code_taken(changed, edit->row.code)
                   ? CHANGE_CODE_TAKEN
                   : add_rule(changed, edit->row, change->from, (struct rule_origin){index, {0}});
    if (old == NULL)
        return CHANGE_STALE;
    if (edit->kind == RULE_WITHDRAW) {
        refusal = may_withdraw(instant_is_set(old->effective_to) ? INSTANT_NONE : old->effective_from, now);
        if (refusal == CHANGE_OK)
            remove_rule(changed, old);
        return refusal;
    }
    if (edit->kind == RULE_REOPEN) {
        refusal = may_withdraw(old->effective_to, now);
        if (refusal == CHANGE_OK)
            old->effective_to = INSTANT_NONE;
        return refusal;
    }
    refusal = may_end(old->effective_from, old->effective_to, change->from);
    if (refusal != CHANGE_OK)
        return refusal;
    old->effective_to = change->from;
    return edit->kind == RULE_END ? CHANGE_OK
                                  : add_rule(changed, edit->row, change->from, (struct rule_origin){index, {0}});
}

/* ---- categories */

static enum change_refusal add_category(struct changed *changed, struct category row, struct instant from)
{
    if (changed->category_count == changed->category_room)
        return CHANGE_TOO_MANY;
    row.id = next_category_id(changed);
    row.effective_from = from;
    row.effective_to = INSTANT_NONE;
    changed->added_category = row.id;
    changed->categories[changed->category_count++] = row;
    return CHANGE_OK;
}

/* The rules of a category end, and begin again for the added one when there is one. */
static enum change_refusal end_rules(struct changed *changed, struct category_id category, struct instant from)
{
    const size_t count = changed->rule_count;

    for (size_t i = 0; i < count; i++) {
        struct rule *rule = &changed->rules[i];
        if (rule->category.v != category.v || (instant_is_set(rule->effective_to) &&
                                               !instant_is_before(from, rule->effective_to)))
            continue;
        enum change_refusal refusal = may_end(rule->effective_from, rule->effective_to, from);
        if (refusal == CHANGE_STALE)
            refusal = CHANGE_PLANNED; /* it ends later: that plan stands in the way */
        if (refusal != CHANGE_OK)
            return refusal;
        rule->effective_to = from;
        if (changed->added_category.v == 0)
            continue;
        struct rule copy = *rule;
        copy.category = changed->added_category;
        refusal = add_rule(changed, copy, from, (struct rule_origin){-1, rule->id});
        if (refusal != CHANGE_OK)
            return refusal;
    }
    return CHANGE_OK;
}

static enum change_refusal end_category(struct changed *changed, const struct rule_change *change)
{
    const struct category_edit *edit = &change->category;
    struct category *old = find_category(changed, edit->old);

    if (old == NULL)
        return CHANGE_STALE;
    enum change_refusal refusal = may_end(old->effective_from, old->effective_to, change->from);
    if (refusal != CHANGE_OK)
        return refusal;
    old->effective_to = change->from;
    if (edit->kind == CATEGORY_REPLACE)
        refusal = add_category(changed, edit->row, change->from);
    return refusal == CHANGE_OK ? end_rules(changed, edit->old, change->from) : refusal;
}

/* A category that was to end at a moment goes on from there, with the rules that were to end with it. */
static void reopen_category(struct changed *changed, struct category *category)
{
    const struct instant planned = category->effective_to;

    category->effective_to = INSTANT_NONE;
    for (size_t i = 0; i < changed->rule_count; i++)
        if (changed->rules[i].category.v == category->id.v &&
            instant_is_equal(changed->rules[i].effective_to, planned))
            changed->rules[i].effective_to = INSTANT_NONE;
}

static void withdraw_category(struct changed *changed, struct category *category)
{
    const struct category gone = *category;
    const size_t index = (size_t)(category - changed->categories);

    for (size_t i = changed->rule_count; i > 0; i--)
        if (changed->rules[i - 1].category.v == gone.id.v)
            remove_rule(changed, &changed->rules[i - 1]);
    memmove(category, category + 1, (changed->category_count - index - 1) * sizeof *category);
    changed->category_count--;
    for (size_t i = 0; i < changed->category_count; i++)
        if (strcmp(changed->categories[i].code, gone.code) == 0 &&
            instant_is_equal(changed->categories[i].effective_to, gone.effective_from))
            reopen_category(changed, &changed->categories[i]);
}

static enum change_refusal take_back_category(struct changed *changed, const struct category_edit *edit,
                                              struct instant now)
{
    struct category *old = find_category(changed, edit->old);

    if (old == NULL)
        return CHANGE_STALE;
    const bool is_withdrawal = edit->kind == CATEGORY_WITHDRAW;
    if (is_withdrawal && instant_is_set(old->effective_to))
        return CHANGE_PLANNED;
    const enum change_refusal refusal = may_withdraw(is_withdrawal ? old->effective_from : old->effective_to, now);
    if (refusal != CHANGE_OK)
        return refusal;
    if (is_withdrawal)
        withdraw_category(changed, old);
    else
        reopen_category(changed, old);
    return CHANGE_OK;
}

static bool is_category_code_taken(const struct changed *changed, const char *code)
{
    for (size_t i = 0; i < changed->category_count; i++)
        if (strcmp(changed->categories[i].code, code) == 0)
            return true;
    return false;
}

static enum change_refusal edit_category(struct changed *changed, const struct rule_change *change, struct instant now)
{
    switch (change->category.kind) {
    case CATEGORY_KEEP:
        return CHANGE_OK;
    case CATEGORY_ADD:
        if (is_category_code_taken(changed, change->category.row.code))
            return CHANGE_CODE_TAKEN;
        return add_category(changed, change->category.row, change->from);
    case CATEGORY_REPLACE:
    case CATEGORY_END:
        return end_category(changed, change);
    case CATEGORY_WITHDRAW:
    case CATEGORY_REOPEN:
        return take_back_category(changed, &change->category, now);
    }
    return CHANGE_STALE;
}

/* ---- the whole change */

static bool has_matter(const struct category *categories, size_t count, enum category_group group, struct instant at)
{
    for (size_t i = 0; i < count; i++)
        if (categories[i].group == group && is_in_force(categories[i].effective_from, categories[i].effective_to, at))
            return true;
    return false;
}

/* Each button of the public form that means something now goes on meaning something, whenever a matter ends. */
static bool has_empty_group(const struct regulation *before, const struct changed *changed)
{
    for (int group = GROUP_STAFF + 1; group < CATEGORY_GROUP__COUNT; group++)
        for (size_t i = 0; i < changed->category_count; i++) {
            const struct instant end = changed->categories[i].effective_to;
            if (instant_is_set(end) &&
                has_matter(before->categories, before->category_count, (enum category_group)group, end) &&
                !has_matter(changed->categories, changed->category_count, (enum category_group)group, end))
                return true;
        }
    return false;
}

static bool is_taking_back(const struct rule_change *change)
{
    const enum category_edit_kind kind = change->category.kind;

    for (size_t i = 0; i < change->edit_count; i++)
        if (change->edits[i].kind != RULE_WITHDRAW && change->edits[i].kind != RULE_REOPEN)
            return false;
    return kind == CATEGORY_KEEP || kind == CATEGORY_WITHDRAW || kind == CATEGORY_REOPEN;
}

static enum change_refusal check_moment(const struct rule_change *change, struct instant now)
{
    if (change->edit_count == 0 && change->category.kind == CATEGORY_KEEP)
        return CHANGE_NOTHING;
    if (is_taking_back(change))
        return CHANGE_OK;
    if (instant_is_before(change->from, instant_add_seconds(now, CHANGE_LEAD_SECONDS)))
        return CHANGE_TOO_SOON;
    const struct instant last = instant_add_seconds(now, (int64_t)CHANGE_FAR_DAYS * DAY_SECONDS);
    return instant_is_before(last, change->from) ? CHANGE_TOO_FAR : CHANGE_OK;
}

static enum change_refusal copy_rows(const struct regulation *before, struct changed *changed)
{
    if (before->rule_count > changed->rule_room || before->category_count > changed->category_room)
        return CHANGE_TOO_MANY;
    memcpy(changed->rules, before->rules, before->rule_count * sizeof *before->rules);
    memcpy(changed->categories, before->categories, before->category_count * sizeof *before->categories);
    changed->rule_count = before->rule_count;
    changed->category_count = before->category_count;
    changed->added_count = 0;
    changed->added_category.v = 0;
    changed->problem_count = 0;
    return CHANGE_OK;
}

enum change_refusal rule_change_apply(const struct regulation *before, const struct rule_change *change,
                                      struct instant now, struct changed *changed)
{
    assert(change->edit_count <= RULE_EDITS_MAX);
    enum change_refusal refusal = check_moment(change, now);

    if (refusal == CHANGE_OK)
        refusal = copy_rows(before, changed);
    if (refusal == CHANGE_OK)
        refusal = edit_category(changed, change, now);
    for (size_t i = 0; refusal == CHANGE_OK && i < change->edit_count; i++)
        refusal = edit_rule(changed, change, (int)i, now);
    if (refusal != CHANGE_OK)
        return refusal;
    if (has_empty_group(before, changed))
        return CHANGE_EMPTY_GROUP;
    changed->problem_count = rules_check(changed->rules, changed->rule_count, changed->categories,
                                         changed->category_count, changed->problems, CHANGE_PROBLEMS_MAX);
    return changed->problem_count == 0 ? CHANGE_OK : CHANGE_NOT_WHOLE;
}
