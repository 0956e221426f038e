/*
 * What the pages about rules share: sets of rules, and how limits, facts, problems and comparisons are said.
 *
 * A set is what is changed together: all rules of one kind of clock, of one matter or of none ("leak_public.finish",
 * "any.accept").
 */
#ifndef ADMIN_RULES_H
#define ADMIN_RULES_H

#include "admin/admin.h"
#include "admin/fields.h"
#include "store/rule_store.h"
#include "web/page.h"

#define RULE_SET_ROWS_MAX 5   /* of one form; more than that are not added */
#define COMPARISONS_SHOWN 100

struct rule_set {
    const char *name; /* "leak_public.finish" */
    enum clock_kind kind;
    const struct category *category; /* the last row of its code; NULL: rules without one */
    const struct rule *rows[RULE_SET_ROWS_MAX + 1]; /* the last of each code, as they are sorted */
    size_t count;
};

/* False: no such set, or one without rules. */
bool rule_set_find(const struct request *request, const char *name, struct rule_set *set) MUST_USE;
/* Whether the rule, of whatever day, belongs to the set. */
bool rule_set_has(const struct request *request, const struct rule_set *set, const struct rule *rule);

/* The last row of a category's code: the one in force, or the one planned. NULL: an unknown code. */
const struct category *category_last(const struct regulation *regulation, const char *code);

/* Name in the request's language, of a rule and of a matter by id; "" when there is none. */
const char *rules_rule_name(const struct request *request, const struct rule *rule);
const char *rules_category_name(const struct request *request, struct category_id category);
/* The same of any row's code, so that a row that is being added has a name, too. */
const char *rules_category_name_by_code(const struct request *request, const char *code);

/* "36 小时内", with "目标" where it does not bind. */
const char *rules_limit(const struct request *request, const struct rule *rule);
/* What it depends on: grade, zone, diameters, a stuck valve; "" when it does not. */
const char *rules_scope(const struct request *request, const struct rule *rule);
/* "超过 600、不超过 1200 毫米"; "" for any. */
const char *rules_band(const struct request *request, int over_mm, int to_mm);

/* State of a row at the request's moment: .is_in_force, .is_planned, .is_past, .from, .to. */
void rules_show_dates(struct view *view, const struct request *request, struct instant from, struct instant to);

/* Rows Changes.N of the page: matter, kind, facts, before, after; and .changes_more when there are others. */
void rules_show_comparison(struct view *page, struct request *request, const struct regulation *after,
                           struct instant from);

/* Rows Problems.N.text of the page. */
void rules_show_problems(struct view *page, const struct request *request, const struct rule_problem *problems,
                         size_t count);

/*
 * Field and sentence for a refusal of core, of which the form tells the moment by `from` and anything else by `other`.
 */
void rules_refuse(struct inputs *inputs, enum change_refusal refusal, const char *other);

/* Whether this person may change rules. */
bool rules_may_keep(const struct request *request);

/* When a change begins: as typed, or as soon as it can be. */
struct instant rules_from(const struct request *request, struct inputs *inputs);

/* "14", "14(4)1", "18(2)". */
bool rules_article_is_valid(const char *article);

/* Limits as people type them: an amount and a unit. The unit's values are seconds, "ops" and "advance". */
void rules_limit_fields(struct fields *fields, const char *amount, const char *unit, int64_t limit_seconds,
                        enum direction direction);
/* Errors go beside the fields. */
int64_t rules_limit_typed(struct inputs *inputs, const char *amount, const char *unit, enum direction direction);

/* ---- handlers */

enum status admin_get_rules(struct request *request, struct response *response);
enum status admin_get_limits(struct request *request, struct response *response);
enum status admin_get_limits_change(struct request *request, struct response *response);
enum status admin_post_limits_change(struct request *request, struct response *response);
enum status admin_post_limits_withdraw(struct request *request, struct response *response);
enum status admin_get_matter(struct request *request, struct response *response);
enum status admin_post_matter_routes(struct request *request, struct response *response);
enum status admin_get_matter_new(struct request *request, struct response *response);
enum status admin_post_matter_new(struct request *request, struct response *response);
enum status admin_get_matter_change(struct request *request, struct response *response);
enum status admin_post_matter_change(struct request *request, struct response *response);
enum status admin_get_matter_end(struct request *request, struct response *response);
enum status admin_post_matter_end(struct request *request, struct response *response);
enum status admin_post_matter_withdraw(struct request *request, struct response *response);
enum status admin_get_ladders(struct request *request, struct response *response);
enum status admin_get_ladder(struct request *request, struct response *response);
enum status admin_post_ladder(struct request *request, struct response *response);
enum status admin_get_canned(struct request *request, struct response *response);
enum status admin_get_canned_one(struct request *request, struct response *response);
enum status admin_post_canned_one(struct request *request, struct response *response);
enum status admin_get_policies(struct request *request, struct response *response);
enum status admin_post_policy(struct request *request, struct response *response);
enum status admin_get_texts(struct request *request, struct response *response);
enum status admin_get_text(struct request *request, struct response *response);
enum status admin_post_text(struct request *request, struct response *response);

#endif
