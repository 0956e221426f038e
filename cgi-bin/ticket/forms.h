/*
 * The action forms of a ticket's page as one table: which fields each has, and what of the command they fill. The handler of
 * actions and the page that offers them read the same rows.
 */
#ifndef TICKET_FORMS_H
#define TICKET_FORMS_H

#include "ticket/desk.h"

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

/* The command that the fields mean. Choices that do not exist get an error in `inputs`. */
void action_form_command(const struct action_form *form, struct inputs *inputs, const struct ticket *ticket,
                         struct command *command);

/* The words of the event, or NULL. */
const char *action_form_words(const struct action_form *form, struct inputs *inputs);

#endif
