/*
 * What the files of the duty roster share: the page of one unit, with the form that came back.
 */
#ifndef ADMIN_DUTY_H
#define ADMIN_DUTY_H

#include "admin/admin.h"
#include "store/duty_store.h"

/* Forms of a unit's page. */
enum duty_form { DUTY_FORM_NONE, DUTY_FORM_ADD, DUTY_FORM_ROTATE, DUTY_FORM_COPY };

/* The page of a unit's roster; inputs: what was typed into `form`, or NULL. */
enum status duty_show_unit(struct request *request, struct response *response, struct unit_id unit, enum duty_form form,
                           struct inputs *inputs, bool is_done, int code);

/* Turns of a rotation: turn_1 … turn_6. */
#define DUTY_TURNS 6
#define DUTY_COPY_WEEKS_MAX 8

/* How far back a shift may begin, for a minute typed a while ago; how far ahead; how long it is at most. */
#define DUTY_GRACE_SECONDS HOUR_SECONDS
#define DUTY_AHEAD_SECONDS (INT64_C(366) * DAY_SECONDS)

/* A gap or a shift: NAME.from, NAME.to, .length. */
void duty_show_interval(struct view *view, struct interval time);

#endif
