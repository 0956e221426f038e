/*
 * Fields of a form, declared once: name, type, bounds, words of the error. Undeclared fields are refused and a field sent twice
 * is refused (controls.md B1–B3); everything typed is kept for showing again.
 */
#ifndef WEB_INPUT_H
#define WEB_INPUT_H

#include "web/page.h"

enum input_type {
    INPUT_LINE,    /* one line of text, tidied */
    INPUT_LINES,   /* many lines */
    INPUT_NUMBER,  /* whole number min … max */
    INPUT_DIGITS,  /* one line, full-width made narrow (codes, phones, numbers): checked further by the program */
    INPUT_MOMENT,  /* datetime-local, on the city's wall clock */
    INPUT_FLAG,    /* a checkbox: "1" or absent */
    INPUT_SECRET,  /* a password: not tidied, never shown again */
    INPUT_FILE,    /* a file's bytes, whatever its name or type is said to be; min and max do not matter */
    INPUT_TYPE__COUNT
};

struct input_rule {
    const char *name;
    enum input_type type;
    bool is_required;
    int64_t min, max;      /* characters of a text, or the range of a number */
    const char *error;     /* key of the message when it is missing or wrong: "error.place"; too long is "error.too_long" with
                              the limit and the length, unless `error_long` is given */
    const char *error_long;
};

#define INPUTS_MAX 100

struct input {
    const struct input_rule *rule;
    const char *text;  /* tidied; "" when absent */
    int64_t number;
    struct instant at; /* INSTANT_NONE when absent or wrong */
    struct bytes file; /* in the request's arena; no bytes when none was chosen */
    bool is_set;       /* a file: one was chosen, even an empty one */
    const char *error; /* the sentence in the request's language, or NULL */
};

struct inputs {
    struct request *request;
    struct input items[INPUTS_MAX];
    size_t count;
    int error_count;
};

/*
 * Reads the declared fields of the request's body (POST) or query (GET). The fields `token`, `key`, `lang` and those of
 * web/effort.h are always allowed. STATUS_INVALID: an undeclared or repeated field (the dispatcher answers 400).
 */
enum status inputs_read(struct request *request, const struct input_rule *rules, size_t count, struct inputs *inputs) MUST_USE;

/* The field by name (assert: it is declared). */
struct input *inputs_find(struct inputs *inputs, const char *name);
const char *inputs_text(struct inputs *inputs, const char *name);
int64_t inputs_number(struct inputs *inputs, const char *name, int64_t fallback);

/* Adds an error found by the program; a field keeps its first. key: Text key */
void inputs_error(struct inputs *inputs, const char *name, const char *key);

/* Puts Form.NAME.value, Form.NAME.error and the summary Errors.N.{name,text}, Errors.count into the view. */
void inputs_show(struct inputs *inputs, struct view *view);

#endif
