/*
 * The action forms of a ticket as one table: which fields each has, what of the command they fill, and how a field is shown. The
 * desk's pages and those of crews on the way read the same rows.
 */
#ifndef WEB_ACTION_FORM_H
#define WEB_ACTION_FORM_H

#include "core/ticket.h"
#include "web/input.h"

/* Where a list of choices comes from. */
enum choices {
    CHOICES_NONE,
    CHOICES_LIST,     /* Text.PREFIX.1 … most */
    CHOICES_UNIT,     /* handling units, the one that routing proposes first */
    CHOICES_CATEGORY,
    CHOICES_NATURE,
    CHOICES_ZONE,
    CHOICES_DISPATCH, /* live assignments */
    CHOICES_CLOCK,    /* late clocks */
};

/* What a typed value means for the command. */
enum meaning {
    MEANS_NUMBER,  /* the field's own number */
    MEANS_WORDS,   /* the text of the event */
    MEANS_TIME,    /* when it happened */
    MEANS_MOMENT,  /* milliseconds */
    MEANS_HOURS,   /* seconds */
    MEANS_YUAN,    /* fen */
    MEANS_GRADE,   /* one bit of the set, by the number in `most` */
    MEANS_FLAG,    /* 1 when checked */
    MEANS_NO_YES,  /* 1 no, 2 yes */
};

struct form_field {
    struct input_rule rule;
    enum meaning meaning;
    enum event_field field;
    enum choices choices;
    const char *prefix; /* of CHOICES_LIST; of words: which hint */
};

struct action_form {
    const char *name; /* in the URL, and Text.staff.act.NAME */
    enum ticket_action action;
    bool is_step; /* a step of the ordinary way, shown first; else under "more" */
    const struct form_field *fields;
    size_t field_count;
};

const struct action_form *action_forms(size_t *count);
const struct action_form *action_form_find(const char *name);

/* NULL when the form has no such field. */
const struct form_field *action_field_find(const struct action_form *form, const char *name);

/* Rules of a form's fields and of `version`, which every form carries, in the arena. */
const struct input_rule *action_form_rules(const struct action_form *form, struct arena *arena, size_t *count);

/* Gives its error to each unit that was chosen and that the program says may not be. */
void action_form_check_units(const struct action_form *form, struct inputs *inputs,
                             bool (*may_be_chosen)(const struct request *request, struct unit_id unit));

/* The command that the fields mean. Whether a unit that was chosen may be chosen is for the caller, who knows them. */
void action_form_command(const struct action_form *form, struct inputs *inputs, const struct ticket *ticket,
                         struct command *command);

/* The words of the event, or NULL. */
const char *action_form_words(const struct action_form *form, struct inputs *inputs);

/*
 * The key of this very action: the page's key for all its forms, bound to the form, so that a second form sent from the same
 * page is not taken for a repetition of the first.
 */
void action_form_key(const struct action_form *form, const uint8_t page_key[REQUEST_KEY_BYTES],
                     uint8_t key[REQUEST_KEY_BYTES]);

/* Beside which field of the form a refusal belongs, or NULL. */
const char *verdict_field(const struct action_form *form, enum verdict verdict);

/* ---- showing a form (action_view.c) */

/* The choices of one field, put below its node: Choices.N with value, label, is_checked. */
struct chooser {
    struct view *field;
    struct request *request;
    const struct ticket *ticket;
    int64_t chosen; /* 0: nothing yet */
    size_t rows;
};
/* value: negative for the row that says "choose" */
void chooser_add(struct chooser *chooser, int64_t value, const char *label);

/*
 * One field: type, name, id, label, hint, is_optional, and what was typed with its error or, in a fresh form (typed is NULL), what
 * the ticket proposes. The macro act_field of templates/staff.cs draws it. Choices of lists, zones and natures are set here;
 * those that need a program's rows are left to it: true then, and `chooser` stands behind the row "choose".
 * proposed  choice of a fresh form; 0: none
 */
bool action_field_show(struct view *view, const struct action_form *form, const struct form_field *field,
                       const struct input *typed, int64_t proposed, struct request *request, const struct ticket *ticket,
                       struct chooser *chooser) MUST_USE;

/* The clock whose promise a step keeps; CLOCK_NONE without. */
enum clock_kind action_clock(enum ticket_action action);

/* Whether the way is open to this person but for another step that has to come first. */
bool verdict_is_waiting(enum verdict verdict);

/*
 * NAME.iso, .at ("今天 16:40"), .ms, .text ("剩 08:31", "超时 12 分"), .kind ("late", "soon", "ok"): a deadline as it counts down.
 * staff.js counts on from .ms with the same words. Nothing when not set.
 */
void view_countdown(struct view *view, const char *name, const struct request *request, struct instant due);

/* The words that staff.js counts down with. */
void view_clock_words(struct view *page);

#endif
