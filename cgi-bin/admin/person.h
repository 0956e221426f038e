/*
 * What the pages of the register and of one person share: an entry's fields, roles as check boxes, passwords given once.
 */
#ifndef ADMIN_PERSON_H
#define ADMIN_PERSON_H

#include "admin/admin.h"
#include "store/register_store.h"

/* Rules of the fields that an entry has everywhere, for the head of a table. */
#define ENTRY_RULES                                                                                                    \
    {"name", INPUT_LINE, true, 1, 20, "admin.register.error.name", NULL},                                              \
        {"badge", INPUT_DIGITS, false, 1, 20, "admin.register.error.badge", NULL},                                     \
        {"phone", INPUT_DIGITS, false, 1, 30, "staff.error.phone", NULL}
/* One check box for each role that staff can have: role_2 … role_9. */
#define ROLE_RULES                                                                                                     \
    {"role_2", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},                                                   \
        {"role_3", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},                                               \
        {"role_4", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},                                               \
        {"role_5", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},                                               \
        {"role_6", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},                                               \
        {"role_7", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},                                               \
        {"role_8", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},                                               \
        {"role_9", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL}

/* Checks badge and phone; digits: PHONE_BYTES for the number. Errors go beside the fields. */
void person_check_entry(struct inputs *inputs, char *digits);

/* The roles that are checked; and the boxes: Roles.N.{name,label,is_checked}. */
uint32_t person_roles_typed(const struct request *request, struct inputs *inputs);
void person_show_roles(struct view *page, const struct request *request, uint32_t roles);
/* "联络员、抢修人员", or "none" in words. */
const char *person_role_names(const struct request *request, uint32_t roles);
/* "liaison,crew", for the audit log. */
const char *person_role_codes(const struct request *request, uint32_t roles);

#define PASSWORD_GIVEN_BYTES 100
/* A password to be given once: letters and digits that cannot be mistaken, in fours. password: PASSWORD_GIVEN_BYTES */
void person_make_password(const struct request *request, char *password);
/* The page that shows it, this once. */
enum status person_show_password(struct request *request, struct response *response, const char *login,
                                 const char *password, const char *back_url);

/* Whether ops' days since the last confirmation are over. */
bool person_is_stale(const struct request *request, struct day confirmed_on);

#endif
