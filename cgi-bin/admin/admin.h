/*
 * What the files of the administration share: its rows, its words, the keys of its forms.
 */
#ifndef ADMIN_ADMIN_H
#define ADMIN_ADMIN_H

#include "core/office.h"
#include "core/register.h"
#include "store/catalog.h"
#include "store/change.h"
#include "web/app.h"

struct admin {
    struct db *db;
    struct catalog catalog;
};

struct admin *admin_of(const struct request *request);

/* Reads the rows that have changed: each page of this program shows what there is now, not of ten seconds ago. */
enum status admin_refresh(struct request *request) MUST_USE;

/* Name in the request's language; "" when there is none. */
const char *admin_unit_name(const struct request *request, struct unit_id unit);
/* Text.PREFIX.NAME; NAME itself when it has no words. */
const char *admin_words(const struct request *request, const char *prefix, const char *name);

/* A choice of a list: value, label, is_checked. A negative value becomes an empty one. */
void admin_choice(struct view *view, const char *list, size_t index, int64_t value, const char *label, bool is_checked);

/*
 * Begins the description of a change: who, when, and the form's key, bound to its address, so that two forms of one page are
 * two changes. False when the form carries no key (STATUS_INVALID).
 */
bool admin_change_begin(struct request *request, const char *what, struct change *change) MUST_USE;

/* Whether this person may do the task for a unit (0: for every unit). */
bool admin_may(const struct request *request, enum office_task task, struct unit_id unit);

/* The number in the address at part 0 or 1; false when there is none of ours. */
bool admin_part_number(const struct request *request, size_t part, int32_t *number) MUST_USE;
/* The unit at part 0. STATUS_ABSENT: there is none; STATUS_REFUSED: the task is not this person's for that unit. */
enum status admin_part_unit(struct request *request, enum office_task task, struct unit_id *unit) MUST_USE;
/* The units that this person has the task for, one after the other: at 0 begins, NULL ends. */
const struct unit *admin_next_unit(const struct request *request, enum office_task task, size_t *at);

/* "2026-11-23", "" for DAY_NONE; and back: false for what is no day, DAY_NONE for "". */
const char *admin_day(const struct request *request, struct day day);
bool admin_parse_day(const char *text, struct day *day) MUST_USE;
struct day admin_today(const struct request *request);
/* "2026-11-23T16:40", as a field for a moment takes it; "" when not set. */
const char *admin_moment(const struct request *request, struct instant at);
/* "2026-11-23 16:40" on the wall clock, for the audit log. */
const char *admin_local(const struct request *request, struct instant at);

/*
 * "MS-ID" of the last row of the page before, "" is the first page: INSTANT_NONE. False for
 * anything else.
 */
bool admin_parse_cursor(struct request *request, const char *text, struct instant *at, int64_t *id) MUST_USE;

/* For the page of whoever lost a race: Changed.N.{label,value} for a value that is not what was typed. */
void admin_show_changed(struct view *page, size_t *row, const char *label_key, const char *stands, const char *typed);

/* ---- handlers */

enum status admin_get_home(struct request *request, struct response *response);
enum status admin_get_audit(struct request *request, struct response *response);

enum status admin_get_units(struct request *request, struct response *response);
enum status admin_get_new_unit(struct request *request, struct response *response);
enum status admin_post_new_unit(struct request *request, struct response *response);
enum status admin_get_unit(struct request *request, struct response *response);
enum status admin_post_unit(struct request *request, struct response *response);

enum status admin_get_registers(struct request *request, struct response *response);
enum status admin_get_register(struct request *request, struct response *response);
enum status admin_post_register_confirm(struct request *request, struct response *response);
enum status admin_get_new_person(struct request *request, struct response *response);
enum status admin_post_new_person(struct request *request, struct response *response);
enum status admin_get_person(struct request *request, struct response *response);
enum status admin_post_person_save(struct request *request, struct response *response);
enum status admin_post_person_confirm(struct request *request, struct response *response);
enum status admin_post_person_rights(struct request *request, struct response *response);
enum status admin_post_person_password(struct request *request, struct response *response);
enum status admin_post_person_phone(struct request *request, struct response *response);

enum status admin_get_duties(struct request *request, struct response *response);
enum status admin_get_duty(struct request *request, struct response *response);
enum status admin_post_duty_add(struct request *request, struct response *response);
enum status admin_post_duty_rotate(struct request *request, struct response *response);
enum status admin_post_duty_copy(struct request *request, struct response *response);
enum status admin_get_shift(struct request *request, struct response *response);
enum status admin_post_shift(struct request *request, struct response *response);
enum status admin_get_calls(struct request *request, struct response *response);

enum status admin_get_notices(struct request *request, struct response *response);
enum status admin_post_notice_retry(struct request *request, struct response *response);
enum status admin_post_notice_drop(struct request *request, struct response *response);
enum status admin_post_notices_retry(struct request *request, struct response *response);

enum status admin_get_services(struct request *request, struct response *response);
enum status admin_get_service(struct request *request, struct response *response);
enum status admin_get_new_rule(struct request *request, struct response *response);
enum status admin_post_new_rule(struct request *request, struct response *response);
enum status admin_get_rule(struct request *request, struct response *response);
enum status admin_post_rule(struct request *request, struct response *response);
enum status admin_get_new_inspection(struct request *request, struct response *response);
enum status admin_post_new_inspection(struct request *request, struct response *response);
enum status admin_get_inspection(struct request *request, struct response *response);
enum status admin_post_inspection(struct request *request, struct response *response);

enum status admin_get_keys(struct request *request, struct response *response);
enum status admin_post_key(struct request *request, struct response *response);
enum status admin_post_key_disable(struct request *request, struct response *response);
enum status admin_post_key_enable(struct request *request, struct response *response);

#endif
