/* shuinuo user: the first administrator, and whoever has no page for it yet. Passwords come from standard input only. */
#include <stdio.h>
#include <string.h>

#include "base/password.h"
#include "shuinuo/command.h"
#include "store/staff_store.h"

static bool role_parse(const char *name, size_t length, enum role *role)
{
    for (int i = ROLE_OPERATOR; i < ROLE_SYSTEM; i++) {
        const char *known = role_name((enum role)i);
        if (strlen(known) == length && strncmp(known, name, length) == 0) {
            *role = (enum role)i;
            return true;
        }
    }
    return false;
}

/* "liaison,crew" */
static bool roles_parse(const char *text, uint32_t *roles)
{
    *roles = 0;
    while (*text != '\0') {
        enum role role;
        size_t length = strcspn(text, ",");
        if (!role_parse(text, length, &role))
            return false;
        *roles |= ROLE_BIT(role);
        text += length;
        text += *text == ',';
    }
    return *roles != 0;
}

/* One line from standard input. */
static enum status password_read(const struct admin *admin, const char *login, char *password, size_t capacity,
                                 struct fault *fault)
{
    if (fgets(password, (int)capacity, stdin) == NULL)
        return FAULT(fault, STATUS_INVALID, "give the password as one line on standard input");
    password[strcspn(password, "\r\n")] = '\0';
    size_t length = strlen(password);
    if (!text_is_utf8(password, length) ||
        text_count_characters(password) < (size_t)admin->settings.password_min_characters ||
        text_count_characters(password) > PASSWORD_MAX_CHARACTERS)
        return FAULT(fault, STATUS_INVALID, "the password needs %d to %d characters",
                     admin->settings.password_min_characters, PASSWORD_MAX_CHARACTERS);
    if (password_is_too_common(password, login))
        return FAULT(fault, STATUS_INVALID, "that password is among the first that anybody would guess");
    return STATUS_OK;
}

enum status user_add(struct admin *admin, const char *login, const char *name, struct unit_id unit, uint32_t roles,
                     const char *password, bool must_change, struct fault *fault)
{
    char hash[PASSWORD_HASH_BYTES];
    struct staff staff = {.unit = unit, .roles = roles, .is_active = true};
    if (strlen(login) >= sizeof staff.login || strlen(name) >= sizeof staff.name)
        return FAULT(fault, STATUS_INVALID, "login or name is too long");
    memcpy(staff.login, login, strlen(login) + 1);
    memcpy(staff.name, name, strlen(name) + 1);
    password_hash(password, hash);
    enum status status = staff_store_add(admin->db, &staff, admin->now, fault);
    if (status == STATUS_DUPLICATE) {
        fault_reset(fault); /* the database's words for it help nobody */
        return FAULT(fault, STATUS_DUPLICATE, "this login is taken");
    }
    if (status == STATUS_OK)
        status = credential_store_set(admin->db, staff.id, hash, must_change, admin->now, fault);
    if (status == STATUS_OK)
        status = audit_store_add(admin->db, staff.id, "user_add", SUBJECT_NONE, 0, "by the administrator's command",
                                 admin->now, fault);
    return status;
}

static enum status user_add_from(struct admin *admin, char **argv, struct fault *fault)
{
    char password[4 * PASSWORD_MAX_CHARACTERS + 3];
    uint32_t roles;
    const struct unit *unit = catalog_unit_by_code(&admin->catalog, argv[4]);
    if (unit == NULL)
        return FAULT(fault, STATUS_INVALID, "no unit has this code");
    if (!roles_parse(argv[5], &roles))
        return FAULT(fault, STATUS_INVALID,
                     "roles are a list of operator crew liaison unit_leader ops group_leader discipline admin");
    enum status status = password_read(admin, argv[2], password, sizeof password, fault);
    return status == STATUS_OK ? user_add(admin, argv[2], argv[3], unit->id, roles, password, true, fault) : status;
}

static enum status user_password(struct admin *admin, char **argv, struct fault *fault)
{
    char password[4 * PASSWORD_MAX_CHARACTERS + 3], hash[PASSWORD_HASH_BYTES];
    struct staff staff;
    enum status status = staff_store_find(admin->db, argv[2], &admin->arena, &staff, fault);
    if (status == STATUS_ABSENT) {
        fault_reset(fault);
        return FAULT(fault, status, "no member of staff has this login");
    }
    if (status == STATUS_OK)
        status = password_read(admin, argv[2], password, sizeof password, fault);
    if (status != STATUS_OK)
        return status;
    password_hash(password, hash);
    status = credential_store_set(admin->db, staff.id, hash, true, admin->now, fault);
    if (status == STATUS_OK)
        status = session_store_end_all(admin->db, staff.id, NULL, admin->now, fault);
    return status;
}

enum status command_user(struct admin *admin, int argc, char **argv, struct fault *fault)
{
    if (argc == 6 && strcmp(argv[1], "add") == 0)
        return user_add_from(admin, argv, fault);
    if (argc == 3 && strcmp(argv[1], "password") == 0)
        return user_password(admin, argv, fault);
    return FAULT(fault, STATUS_INVALID, "use: user add LOGIN NAME UNIT ROLE[,ROLE…] | user password LOGIN");
}
