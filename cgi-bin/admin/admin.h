/*
 * What the files of the administration share: its rows, its words, the keys of its forms.
 */
#ifndef ADMIN_ADMIN_H
#define ADMIN_ADMIN_H

#include "core/office.h"
#include "store/catalog.h"
#include "store/change.h"
#include "web/app.h"

struct admin {
    struct db *db;
    struct catalog catalog;
};

struct admin *admin_of(const struct request *request);

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

/* ---- handlers */

enum status admin_get_home(struct request *request, struct response *response);
enum status admin_get_audit(struct request *request, struct response *response);

#endif
