/*
 * What the files of the register of outages share: its words, its choices, its handlers.
 */
#ifndef SUPPLY_SUPPLY_H
#define SUPPLY_SUPPLY_H

#include "store/catalog.h"
#include "store/outage_desk.h"
#include "store/outage_store.h"
#include "store/place_store.h"
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

/*
 * ---- choosing where, from the register (area_pick.c)
 *
 * A form that has a field `places` reads it with supply_read_area. To offer the button that finds places, and boxes to tick, it adds
 * AREA_PICK_RULES to its rules, calls the macro area_picker of supply/area.cs and, as it shows itself, supply_show_picker(); when
 * supply_is_finding(), it shows itself again and does nothing else.
 */
#define AREA_CHOICES 12
#define AREA_UNKNOWN_MOST 8   /* lines that name nothing; more are too many */
#define AREA_NAMED_IN_ERROR 5 /* of the choices, where a form shows no boxes */
#define AREA_PICK(number) {"pick" number, INPUT_NUMBER, false, 1, INT32_MAX, "outage.error.place", NULL}
#define AREA_PICK_RULES                                                                                                \
    {"find", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL}, AREA_PICK("1"), AREA_PICK("2"), AREA_PICK("3"),             \
        AREA_PICK("4"), AREA_PICK("5"), AREA_PICK("6"), AREA_PICK("7"), AREA_PICK("8"), AREA_PICK("9"), AREA_PICK("10"),       \
        AREA_PICK("11"), AREA_PICK("12")

/* The places that somebody typed, one a line or with marks between them, or ticked; and what the register has for the others. */
struct supply_area {
    struct place_id places[EVENT_LIST_MAX];
    bool is_building[EVENT_LIST_MAX];
    int place_count;
    struct place_entry choices[AREA_CHOICES];
    size_t choice_count;
};

/*
 * Reads the field `places`, and the boxes where the form has them. What names no place, or several, or is too many, becomes the
 * field's error and names the line. The field's text becomes the places' full names.
 */
void supply_read_area(struct request *request, struct inputs *inputs, struct supply_area *area);
/* Whether the button beside the field was pressed. */
bool supply_is_finding(const struct inputs *inputs);
/*
 * Area.* for the macro area_picker: what to choose from, and the households of what is chosen. Before inputs_show. When the button was
 * pressed, no other field has an error: nothing else is filled in yet. inputs: NULL for a fresh form
 */
enum status supply_show_picker(struct view *page, struct request *request, struct inputs *inputs) MUST_USE;

enum status supply_get_place_search(struct request *request, struct response *response);

/* Phase and its colour beside each other: NAME, NAME_colour. */
void supply_show_phase(struct view *view, const struct request *request, enum outage_phase phase);

/* Joined.N and has_more_joined: the newest of the reports that the outage explains (joined.c). One statement. */
enum status supply_show_joined(struct view *page, struct request *request, struct outage_id outage) MUST_USE;

/* What somebody may do with an outage. */
enum verdict supply_permits(const struct request *request, const struct outage *outage, int action);

/* "计划停水", "计划降压", "欠费等停水"; how an outage is called. */
const char *supply_kind_words(const struct request *request, enum outage_kind kind, bool is_pressure);

/* A choice of a list: value, label, is_checked. value 0: none */
void supply_show_choice(struct view *view, const char *list, size_t index, int64_t value, const char *label, int64_t chosen);

/* As a datetime-local field takes it. */
const char *supply_local_moment(const struct request *request, struct instant at);

/* "东昌路、学府花苑、三栋楼": names of places, then the area in words. */
const char *supply_area_words(const struct request *request, const struct place_id *places, size_t count, const char *words);

/* The area in words of the first event; "" without. */
const char *supply_first_area(const struct request *request, const struct outage_file *file);

/* Everything of the page but forms: facts, steps, clocks, messages (show.c). */
void supply_show_outage(struct view *page, const struct request *request, const struct outage_file *file);

/* Clashes.N: other outages that meet this one in place and time (clash.c). Two statements. count: how many */
enum status supply_show_clashes(struct view *page, struct request *request, const struct outage_file *file, size_t *count) MUST_USE;

/* Photos.N and may_add_photos; count: how many there are (photos.c). One statement. */
enum status supply_show_photos(struct view *page, struct request *request, const struct outage_file *file, size_t *count) MUST_USE;

/* STATUS_ABSENT: the path names no outage that there is. */
enum status supply_load(struct request *request, struct outage_file *file) MUST_USE;

/* ---- handlers (list.c, report.c, page.c, photos.c) */

enum status supply_get_list(struct request *request, struct response *response);
enum status supply_get_report(struct request *request, struct response *response);
enum status supply_post_report(struct request *request, struct response *response);
enum status supply_get_plan(struct request *request, struct response *response);
enum status supply_post_plan(struct request *request, struct response *response);
enum status supply_get_cutoff(struct request *request, struct response *response);
enum status supply_post_cutoff(struct request *request, struct response *response);
enum status supply_get_photos(struct request *request, struct response *response);
enum status supply_post_photos(struct request *request, struct response *response);
enum status supply_get_photo(struct request *request, struct response *response);
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
