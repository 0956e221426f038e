/* shuinuo discipline: the office's key, made once for its first officer. The passphrase comes from standard input only. */
#include <stdio.h>
#include <string.h>

#include "base/password.h"
#include "shuinuo/command.h"
#include "store/sealed_store.h"
#include "store/staff_store.h"

#define PASSPHRASE_LEAST 16 /* characters: it guards every case for years */

static enum status passphrase_read(const char *login, char *passphrase, size_t capacity, struct fault *fault)
{
    if (fgets(passphrase, (int)capacity, stdin) == NULL)
        return FAULT(fault, STATUS_INVALID, "give the passphrase as one line on standard input");
    passphrase[strcspn(passphrase, "\r\n")] = '\0';
    const size_t length = strlen(passphrase);
    if (!text_is_utf8(passphrase, length) || text_count_characters(passphrase) < PASSPHRASE_LEAST ||
        text_count_characters(passphrase) > PASSWORD_MAX_CHARACTERS)
        return FAULT(fault, STATUS_INVALID, "the passphrase needs %d to %d characters", PASSPHRASE_LEAST,
                     PASSWORD_MAX_CHARACTERS);
    if (password_is_too_common(passphrase, login))
        return FAULT(fault, STATUS_INVALID, "that passphrase is among the first that anybody would guess");
    return STATUS_OK;
}

static enum status enrol(struct admin *admin, const char *login, struct fault *fault)
{
    char passphrase[4 * PASSWORD_MAX_CHARACTERS + 2], hex[2 * KEY_BYTES + 1];
    struct staff staff;
    struct key public_key;
    enum status status = staff_store_find(admin->db, login, &admin->arena, &staff, fault);

    if (status == STATUS_ABSENT)
        return FAULT(fault, STATUS_INVALID, "nobody has the login '%s'", login);
    if (status == STATUS_OK && (staff.roles & ROLE_BIT(ROLE_DISCIPLINE)) == 0)
        return FAULT(fault, STATUS_INVALID, "'%s' is not an officer of the discipline office", login);
    if (status == STATUS_OK)
        status = passphrase_read(login, passphrase, sizeof passphrase, fault);
    if (status == STATUS_OK)
        status = sealed_store_enrol_first(admin->db, staff.id, passphrase, admin->now, &admin->arena, &public_key, fault);
    crypto_wipe(passphrase, sizeof passphrase);
    if (status == STATUS_DUPLICATE) {
        fault_reset(fault);
        return FAULT(fault, STATUS_INVALID, "the office has its key; its officers enrol further ones on their own page");
    }
    if (status != STATUS_OK)
        return status;
    text_format_hex(public_key.bytes, KEY_BYTES, hex);
    printf("discipline_key = %s\n", hex);
    fprintf(stderr, "Put this line into the settings of every host and restart `complaint`, `ticket` and `discipline`. Write the passphrase down nowhere\n"
                    "near the database: without an officer's passphrase no case can ever be read.\n");
    return audit_store_add(admin->db, staff.id, "discipline_enrol", SUBJECT_NONE, 0, "by the administrator's command",
                           admin->now, fault);
}

enum status command_discipline(struct admin *admin, int argc, char **argv, struct fault *fault)
{
    if (argc == 3 && text_is_equal(argv[1], "enrol"))
        return enrol(admin, argv[2], fault);
    return FAULT(fault, STATUS_INVALID, "usage: shuinuo discipline enrol LOGIN < passphrase");
}
