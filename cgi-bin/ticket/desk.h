/*
 * What the files of the ticket desk share: its rows, its words, and how a deadline is shown.
 */
#ifndef TICKET_DESK_H
#define TICKET_DESK_H

#include "store/catalog.h"
#include "store/ticket_store.h"
#include "ticket/poll_memory.h"
#include "web/app.h"

struct desk {
    struct db *db;
    struct catalog catalog;
    struct desk_state *polled; /* of this request, read with its session; NULL when it is no poll */
    struct poll_memory memory; /* of this worker */
};

struct desk *desk_of(const struct request *request);

/* Those who take part in service; administrators keep the system, the discipline office its own cases. */
#define ROLES_HOTLINE (ROLE_BIT(ROLE_OPERATOR) | ROLE_BIT(ROLE_OPS))
#define ROLES_DISPATCH (ROLES_HOTLINE | ROLE_BIT(ROLE_GROUP_LEADER)) /* who watches what is not dispatched yet */
#define ROLES_DESK (ROLES_UNIT | ROLES_HOTLINE | ROLE_BIT(ROLE_GROUP_LEADER))

/* Whoever registers a report for a resident, and sees it through (Art. 9): anybody. Core decides which tickets are theirs. */
#define ROLES_FIRST ROLES_STAFF

/* Names in the request's language; "" when there is none. */
const char *desk_unit_name(const struct request *request, struct unit_id unit);
const char *desk_category_name(const struct request *request, struct category_id category);
/* Text.PREFIX.NAME and Text.PREFIX.NUMBER. */
const char *desk_words(const struct request *request, const char *prefix, const char *name);
const char *desk_words_number(const struct request *request, const char *prefix, int64_t number);
/* The grades of a set, joined; "" without. */
const char *desk_grade_names(const struct request *request, uint32_t grades);

/*
 * A deadline as it counts down: NAME.iso, .at ("今天 16:40"), .ms, .text ("剩 08:31", "超时 12 分"), .kind ("late", "soon",
 * "ok").
 * staff.js counts on from .ms with the same words. Nothing when not set.
 */
void desk_countdown(struct view *view, const char *name, const struct request *request, struct instant due);

/* A choice of a list: value, label, is_checked. */
void desk_choice(struct view *view, const char *list, size_t index, int64_t value, const char *label, bool is_checked);

/* Category choices in force now, in the order of the regulation; `chosen`: 0 for none. Returns how many rows there are. */
size_t desk_category_choices(struct view *view, const char *list, size_t first, const struct request *request,
                             int64_t chosen);

/* The language that staff.js counts down with. */
void desk_clock_words(struct view *page);

/* ---- handlers (queue.c, intake.c, show.c, act.c) */

enum status ticket_get_queue(struct request *request, struct response *response);
enum status ticket_post_find(struct request *request, struct response *response);
enum status ticket_post_filter(struct request *request, struct response *response);
enum status ticket_get_csv(struct request *request, struct response *response);
enum status ticket_get_xlsx(struct request *request, struct response *response);
enum status ticket_get_wall(struct request *request, struct response *response);
enum status ticket_get_bulk(struct request *request, struct response *response);
enum status ticket_post_bulk(struct request *request, struct response *response);
enum status ticket_get_new(struct request *request, struct response *response);
enum status ticket_post_new(struct request *request, struct response *response);
enum status ticket_get_show(struct request *request, struct response *response);
enum status ticket_get_back(struct request *request, struct response *response);
enum status ticket_post_act(struct request *request, struct response *response);
enum status ticket_post_slip(struct request *request, struct response *response);
enum status ticket_get_handovers(struct request *request, struct response *response);
enum status ticket_post_handovers(struct request *request, struct response *response);
enum status ticket_get_handover(struct request *request, struct response *response);
enum status ticket_post_handover_note(struct request *request, struct response *response);
enum status ticket_post_handover_confirm(struct request *request, struct response *response);
/* discipline.c */
bool discipline_is_offered(const struct request *request, const struct ticket *ticket);
enum status ticket_get_discipline(struct request *request, struct response *response);
enum status ticket_post_discipline(struct request *request, struct response *response);
enum status ticket_get_discipline_new(struct request *request, struct response *response);
enum status ticket_post_discipline_new(struct request *request, struct response *response);
enum status ticket_post_discipline_take(struct request *request, struct response *response);
enum status ticket_post_unmask(struct request *request, struct response *response);

#endif
