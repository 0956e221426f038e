/*
 * What the files of the assessment share: its rows, its words, its choices, its handlers.
 */
#ifndef ASSESSMENT_ASSESSMENT_H
#define ASSESSMENT_ASSESSMENT_H

#include "store/catalog.h"
#include "store/ledger_list.h"
#include "store/order_store.h"
#include "web/app.h"
#include "web/page.h"

struct assessment {
    struct db *db;
    struct catalog catalog;
};

struct assessment *assessment_of(const struct request *request);

/* Those who take part in service. Circulars are for all of them; orders for whom core/order.h says. */
#define ROLES_SERVICE                                                                                                  \
    (ROLES_UNIT | ROLE_BIT(ROLE_OPERATOR) | ROLE_BIT(ROLE_OPS) | ROLE_BIT(ROLE_GROUP_LEADER))
#define ROLES_ORDERS (ROLES_UNIT | ROLE_BIT(ROLE_OPS) | ROLE_BIT(ROLE_GROUP_LEADER))

/* The ledger: ops and leadership all of it, a unit's voices what is against their unit (core/penalty.h). */
#define ROLES_LEDGER                                                                                                   \
    (ROLE_BIT(ROLE_LIAISON) | ROLE_BIT(ROLE_UNIT_LEADER) | ROLE_BIT(ROLE_OPS) | ROLE_BIT(ROLE_GROUP_LEADER))
#define ROLES_SUPERVISE (ROLE_BIT(ROLE_OPS) | ROLE_BIT(ROLE_GROUP_LEADER))

/* Who sees through whose hands matters went: a unit's own voices its own, ops and leadership all. */
#define ROLES_HANDLING                                                                                                 \
    (ROLE_BIT(ROLE_LIAISON) | ROLE_BIT(ROLE_UNIT_LEADER) | ROLE_BIT(ROLE_OPS) | ROLE_BIT(ROLE_GROUP_LEADER))

#define ROWS_PER_PAGE 50
#define ROWS_AT_HOME 10
#define WORDS_MOST 1000

/* Names in the request's language; "" when there is none. */
const char *assessment_unit_name(const struct request *request, struct unit_id unit);
/* Text.PREFIX.NAME and Text.PREFIX.NUMBER. */
const char *assessment_words(const struct request *request, const char *prefix, const char *name);
const char *assessment_words_number(const struct request *request, const char *prefix, int64_t number);

/* A choice of a list: value, label, is_checked. A negative value becomes an empty one. */
void assessment_choice(struct view *view, const char *list, size_t index, int64_t value, const char *label,
                       bool is_checked);

/* UnitChoices: the handling units, nothing chosen first. */
void assessment_unit_choices(struct view *page, const struct request *request, int64_t chosen);

/* Whether this person sees the orders of all units; else of their own at the most. */
bool assessment_sees_all(const struct request *request);

/* Rows of a list of orders: "NAME.N". */
void order_show_rows(struct view *page, const char *name, const struct request *request, const struct order_row *rows,
                     size_t count);

/* Rows of a list of circulars: "NAME.N". */
void circular_show_rows(struct view *page, const char *name, const struct request *request,
                        const struct circular *rows, size_t count);

/* A month on the city's wall clock. */
struct month {
    int year, month; /* 1 … 12 */
};
struct month month_add(struct month month, int more);
struct interval month_span(const struct request *request, struct month month);
/* "2026-11"; the present month without. False for what is no month. */
bool month_read(const struct request *request, const char *text, struct month *month);
const char *month_value(const struct request *request, struct month month);
const char *month_words(const struct request *request, struct month month);
/* month, month_value, previous, next (none behind the present month). */
void month_show(struct view *page, const struct request *request, struct month month);

/* The unit's name, or that of operations (0). */
const char *penalty_unit_name(const struct request *request, struct unit_id unit);
/* "80 元": an amount in words. */
const char *penalty_yuan(const struct request *request, int64_t fen);
/* A clause's words in the request's language, "" without one. */
const char *penalty_clause_text(const struct request *request, const struct clause_row *clause);
/* What a penalty rests on: the clock's name, or the basis. */
const char *penalty_what(const struct request *request, enum penalty_basis basis, enum clock_kind kind);
/* What may be done with it, by this person. */
enum verdict penalty_allows(const struct request *request, const struct penalty *penalty, enum penalty_action action);
/* STATUS_ABSENT also for one that this person may not read: both look the same. */
enum status penalty_load(struct request *request, struct penalty_file *file);

/* ---- handlers (home.c, handling.c, penalty_*.c, reconcile.c, order_list.c, order_new.c, order_page.c, circular.c, circular_new.c) */

enum status assessment_get_home(struct request *request, struct response *response);
enum status assessment_get_handling(struct request *request, struct response *response);
enum status assessment_get_orders(struct request *request, struct response *response);
enum status assessment_get_order_new(struct request *request, struct response *response);
enum status assessment_post_order_new(struct request *request, struct response *response);
enum status assessment_get_order(struct request *request, struct response *response);
enum status assessment_get_order_back(struct request *request, struct response *response);
enum status assessment_post_order(struct request *request, struct response *response);
enum status assessment_get_ledger(struct request *request, struct response *response);
enum status assessment_get_reconcile(struct request *request, struct response *response);
enum status assessment_get_penalty_new(struct request *request, struct response *response);
enum status assessment_post_penalty_new(struct request *request, struct response *response);
enum status assessment_get_penalty(struct request *request, struct response *response);
enum status assessment_get_penalty_part(struct request *request, struct response *response);
enum status assessment_post_penalty(struct request *request, struct response *response);
enum status assessment_get_circulars(struct request *request, struct response *response);
enum status assessment_get_circular(struct request *request, struct response *response);
enum status assessment_get_circular_back(struct request *request, struct response *response);
enum status assessment_get_circular_new(struct request *request, struct response *response);
enum status assessment_post_circular_new(struct request *request, struct response *response);
enum status assessment_post_circular_withdraw(struct request *request, struct response *response);

#endif
