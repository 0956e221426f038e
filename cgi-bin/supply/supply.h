/*
 * What the files of the register of outages share: its words, its choices, its handlers.
 */
#ifndef SUPPLY_SUPPLY_H
#define SUPPLY_SUPPLY_H

#include "store/catalog.h"
#include "store/outage_store.h"
#include "web/app.h"
#include "web/page.h"

struct supply {
    struct db *db;
    struct catalog catalog;
};

struct supply *supply_of(const struct request *request);

#define ROLES_UNIT (ROLE_BIT(ROLE_CREW) | ROLE_BIT(ROLE_LIAISON) | ROLE_BIT(ROLE_UNIT_LEADER))
/* Those who publish; reading is for all who take part in service: operators are asked by telephone. */
#define ROLES_PUBLISH (ROLES_UNIT | ROLE_BIT(ROLE_OPS))
#define ROLES_READ (ROLES_PUBLISH | ROLE_BIT(ROLE_OPERATOR) | ROLE_BIT(ROLE_GROUP_LEADER))
#define ROLES_ACT (ROLES_PUBLISH | ROLE_BIT(ROLE_GROUP_LEADER)) /* a group leader writes notes */

#define AREA_WORDS_MOST 200
#define WORDS_MOST 500
#define REASON_MOST 200
#define PLACES_TYPED_MOST 2000 /* characters, of all the lines */

const char *supply_unit_name(const struct request *request, struct unit_id unit);
/* Text.PREFIX.NAME and Text.PREFIX.NUMBER. */
const char *supply_words(const struct request *request, const char *prefix, const char *name);
const char *supply_words_number(const struct request *request, const char *prefix, int64_t number);

/* The places that somebody typed, one a line or with marks between them. */
struct supply_area {
    struct place_id places[EVENT_LIST_MAX];
    int place_count;
};

/*
 * Reads the field `places`; what is not in the register, or too many, becomes the field's error and names the line. Nothing when the
 * form has no such field.
 */
void supply_read_area(struct request *request, struct inputs *inputs, struct supply_area *area);

/* Phase and its colour beside each other: NAME, NAME_colour. */
void supply_show_phase(struct view *view, const struct request *request, enum outage_phase phase);

/* Joined.N and has_more_joined: the newest of the reports that the outage explains (joined.c). One statement. */
enum status supply_show_joined(struct view *page, struct request *request, struct outage_id outage) MUST_USE;

/* ---- handlers (list.c, report.c, page.c) */

enum status supply_get_list(struct request *request, struct response *response);
enum status supply_get_report(struct request *request, struct response *response);
enum status supply_post_report(struct request *request, struct response *response);
enum status supply_get_outage(struct request *request, struct response *response);
enum status supply_get_outage_back(struct request *request, struct response *response);
enum status supply_post_outage(struct request *request, struct response *response);

/* ---- who is told by SMS (sms.c) */

/* Whether the page is there for this person. */
bool supply_may_read_sms(const struct request *request, const struct outage *outage);

enum status supply_get_sms(struct request *request, struct response *response);
enum status supply_post_sms(struct request *request, struct response *response);
enum status supply_get_sms_households(struct request *request, struct response *response);
enum status supply_post_sms_stop(struct request *request, struct response *response);
enum status supply_post_sms_resume(struct request *request, struct response *response);
enum status supply_post_sms_retry(struct request *request, struct response *response);

#endif
