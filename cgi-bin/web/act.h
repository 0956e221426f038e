/*
 * The forms by which a page of staff lets something be done with a subject (an order, an outage): each with its fields, its own key
 * and the version that was shown; and what is shown when it was not done. What may be done and what it does is the program's.
 */
#ifndef WEB_ACT_H
#define WEB_ACT_H

#include "core/verdict.h"
#include "web/input.h"

#define ACT_KEY_BYTES 16 /* as request_key() gives it */

struct act_form {
    const char *name; /* in the URL, and Text.PREFIX.act.NAME */
    int action;       /* of the subject's own enum */
    const struct input_rule *rules; /* the last one is ACT_VERSION */
    size_t rule_count;
};
#define ACT_VERSION {"version", INPUT_NUMBER, true, 1, UINT32_MAX, "staff.error.choice", NULL}
#define ACT_FORM(name, action, rules) {name, (int)(action), rules, sizeof(rules) / sizeof((rules)[0])}

/* What was tried and not carried out; what was typed is shown again. */
struct act_attempt {
    const struct act_form *form;
    struct inputs *inputs;
    enum verdict verdict; /* VERDICT_OK: only fields were wrong */
};

/* NULL when there is none of that name. */
const struct act_form *act_form_find(const struct act_form *forms, size_t count, const char *name);

bool act_form_has(const struct act_form *form, const char *field);

/* The moment typed into a field that the form may not have; INSTANT_NONE without. */
struct instant act_moment(const struct act_form *form, struct inputs *inputs, const char *field);

/* The text typed into a field that the form may not have; "" without. */
const char *act_text(const struct act_form *form, struct inputs *inputs, const char *field);

/* The key of this very form: the page's key, bound to its name. page_key, key: ACT_KEY_BYTES */
void act_form_key(const struct act_form *form, const uint8_t *page_key, uint8_t *key);

/* A form that came in: its fields as typed, and its own key: the page's, bound to its name. */
struct act_post {
    const struct act_form *form;
    struct inputs inputs;
    uint8_t key[ACT_KEY_BYTES];
};

/*
 * Reads the form of that name. STATUS_ABSENT: there is none; STATUS_INVALID: without a key or the version that was shown, which no page
 * of ours sends.
 */
enum status act_read(struct request *request, const struct act_form *forms, size_t count, const char *name,
                     struct act_post *post) MUST_USE;

/* What stands against it when fields are wrong anyway: rights first, then what changed since the version that was shown. */
enum verdict act_look_ahead(enum verdict permitted, uint32_t shown_version, uint32_t version);

/*
 * The form as templates/staff.cs's act_field() shows it: name, title, is_open, version, Fields. prefix: of its words ("order"):
 * PREFIX.act.NAME, PREFIX.field.FIELD, PREFIX.hint.NAME.FIELD where there is one, PREFIX.FIELD.N for the choices of a number. attempt:
 * NULL without
 */
void act_show_form(struct view *view, const struct request *request, const struct act_form *form, uint32_t version,
                   const char *prefix, const struct act_attempt *attempt);

/* Where act_show_form() put a field, for what only the program knows: a value to begin with, choices. NULL: the form has none such */
struct view *act_field_view(struct view *view, const struct act_form *form, const char *field);

/* Attempt: name, title, is_conflict, is_offered, words (PREFIX.verdict.NAME), typed (the field `words`), Errors. */
void act_show_attempt(struct view *page, const struct request *request, const struct act_attempt *attempt, const char *prefix,
                      bool is_offered);

/* The answer's code for what was not done. */
int act_refusal_code(enum verdict verdict);

/* Beside which field the refusal belongs, if the form has it. prefix: as above */
void act_blame(struct act_attempt *attempt, const char *field, const char *prefix);

#endif
