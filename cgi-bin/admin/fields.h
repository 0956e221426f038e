/*
 * The fields of a form as rows of a page, for the macro act_field() of staff.cs: what was typed, else what there is.
 */
#ifndef ADMIN_FIELDS_H
#define ADMIN_FIELDS_H

#include "web/input.h"

struct fields {
    struct request *request;
    struct view *view; /* its list `list` gets a row per field */
    const char *list;
    struct inputs *inputs; /* NULL: the form is shown for the first time */
    size_t count;
    struct view *select; /* the last list to choose from */
    const char *select_name;
    size_t choice_count;
};

struct fields fields_begin(struct request *request, struct view *view, const char *list, struct inputs *inputs);

/*
 * label, hint: Text keys, hint NULL for none. initial: shown the first time; NULL, or a moment that is not set: nothing. Names
 * live as long as the page.
 */
void fields_line(struct fields *fields, const char *name, const char *label, const char *hint, const char *initial);
void fields_lines(struct fields *fields, const char *name, const char *label, const char *hint, const char *initial);
void fields_number(struct fields *fields, const char *name, const char *label, const char *hint, int64_t initial);
void fields_moment(struct fields *fields, const char *name, const char *label, const char *hint, struct instant initial);
void fields_flag(struct fields *fields, const char *name, const char *label, bool initial);

/* A list to choose from, then its choices. value: "" for none */
void fields_select(struct fields *fields, const char *name, const char *label, const char *hint);
void fields_choice(struct fields *fields, const char *value, const char *words, bool is_initial);
void fields_choice_number(struct fields *fields, int64_t value, const char *words, bool is_initial);

/* What was typed as rows Hidden.N.name and .value, all but `step`: for a form that was looked at and is sent on as it was. */
void fields_hide(struct view *page, struct inputs *inputs);

#endif
