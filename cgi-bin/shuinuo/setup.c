/* shuinuo setup, migrate, check: making an installation and looking whether it is whole. */
#include <stdio.h>
#include <string.h>

#include "base/random.h"
#include "base/version.h"
#include "shuinuo/command.h"
#include "store/setup.h"

/*
 * Which program gets which keys: nobody more than it needs. Staff programs share the key of their forms, because the
 * sign-out form on every staff page is answered by `signin`.
 */
#define SECRET_BIT(secret) (1U << (secret))
static const struct {
    const char *program;
    unsigned secrets;
    bool shares_staff_form;
} programs[] = {
    {"complaint", SECRET_BIT(SECRET_CODE) | SECRET_BIT(SECRET_LOOKUP) | SECRET_BIT(SECRET_FORM) |
                      SECRET_BIT(SECRET_STAFF_PUBLIC), false},
    {"commitment", SECRET_BIT(SECRET_FORM), false},
    {"signin", SECRET_BIT(SECRET_FORM), true},
    {"ticket", SECRET_BIT(SECRET_CODE) | SECRET_BIT(SECRET_LOOKUP) | SECRET_BIT(SECRET_FORM) |
                   SECRET_BIT(SECRET_STAFF_PUBLIC) | SECRET_BIT(SECRET_STAFF_PRIVATE) | SECRET_BIT(SECRET_TELEPHONE) |
                   SECRET_BIT(SECRET_CREW), true},
    {"admin", SECRET_BIT(SECRET_LOOKUP) | SECRET_BIT(SECRET_FORM) | SECRET_BIT(SECRET_STAFF_PUBLIC) |
                  SECRET_BIT(SECRET_STAFF_PRIVATE), true},
    {"assessment", SECRET_BIT(SECRET_FORM), true},
    {"discipline", SECRET_BIT(SECRET_CODE) | SECRET_BIT(SECRET_LOOKUP) | SECRET_BIT(SECRET_FORM), true},
    {"crew", SECRET_BIT(SECRET_FORM) | SECRET_BIT(SECRET_STAFF_PUBLIC) | SECRET_BIT(SECRET_STAFF_PRIVATE) |
                 SECRET_BIT(SECRET_CREW), false},
    {"supply", SECRET_BIT(SECRET_LOOKUP) | SECRET_BIT(SECRET_FORM) | SECRET_BIT(SECRET_STAFF_PUBLIC) |
                   SECRET_BIT(SECRET_STAFF_PRIVATE), true},
    {"outage", SECRET_BIT(SECRET_LOOKUP) | SECRET_BIT(SECRET_FORM) | SECRET_BIT(SECRET_STAFF_PUBLIC) |
                   SECRET_BIT(SECRET_SUBSCRIBE), false},
    {"open311", SECRET_BIT(SECRET_LOOKUP) | SECRET_BIT(SECRET_FORM) | SECRET_BIT(SECRET_STAFF_PUBLIC), false},
    {"clerk", SECRET_BIT(SECRET_CODE) | SECRET_BIT(SECRET_LOOKUP) | SECRET_BIT(SECRET_STAFF_PUBLIC) |
                  SECRET_BIT(SECRET_STAFF_PRIVATE) | SECRET_BIT(SECRET_CHAIN) | SECRET_BIT(SECRET_CREW) |
                  SECRET_BIT(SECRET_SUBSCRIBE), false},
    {"command", SECRET_BIT(SECRET_CODE) | SECRET_BIT(SECRET_LOOKUP) | SECRET_BIT(SECRET_STAFF_PUBLIC), false},
};
enum { PROGRAM_COUNT = sizeof programs / sizeof programs[0], FIRST_STAFF_KEY_ID = 1 };

/* Keys that several programs hold, while setup runs. `form` is the staff programs' common one. */
struct shared_keys {
    struct secrets all;
    bool has_staff_form;
    struct key staff_form;
};

/* Takes over what an existing file holds, so that a program added later gets the same shared keys. */
static void shared_keys_take(struct shared_keys *shared, const struct secrets *secrets, bool is_staff)
{
    for (int i = 0; i < SECRET__COUNT; i++) {
        if (!secrets->has[i] || i == SECRET_FORM)
            continue;
        shared->all.key[i] = secrets->key[i];
        shared->all.has[i] = true;
        shared->all.staff_key_id = secrets->staff_key_id;
    }
    if (is_staff && secrets->has[SECRET_FORM]) {
        shared->staff_form = secrets->key[SECRET_FORM];
        shared->has_staff_form = true;
    }
}

static void shared_keys_complete(struct shared_keys *shared)
{
    if (!shared->all.has[SECRET_STAFF_PUBLIC]) {
        crypto_make_pair(&shared->all.key[SECRET_STAFF_PUBLIC], &shared->all.key[SECRET_STAFF_PRIVATE]);
        shared->all.has[SECRET_STAFF_PUBLIC] = shared->all.has[SECRET_STAFF_PRIVATE] = true;
        shared->all.staff_key_id = FIRST_STAFF_KEY_ID;
    }
    for (int i = 0; i < SECRET__COUNT; i++) {
        if (!shared->all.has[i])
            random_bytes(shared->all.key[i].bytes, KEY_BYTES);
        shared->all.has[i] = true;
    }
    if (!shared->has_staff_form)
        random_bytes(shared->staff_form.bytes, KEY_BYTES);
    shared->has_staff_form = true;
}

/* The file of one program, made from the shared keys and a password of its own. */
static void secrets_make(struct secrets *secrets, const struct shared_keys *shared, size_t program)
{
    uint8_t password[32];
    memset(secrets, 0, sizeof *secrets);
    for (int i = 0; i < SECRET__COUNT; i++) {
        if ((programs[program].secrets & SECRET_BIT(i)) == 0)
            continue;
        secrets->key[i] = shared->all.key[i];
        secrets->has[i] = true;
    }
    if (programs[program].shares_staff_form)
        secrets->key[SECRET_FORM] = shared->staff_form;
    else if (secrets->has[SECRET_FORM])
        random_bytes(secrets->key[SECRET_FORM].bytes, KEY_BYTES);
    secrets->staff_key_id = shared->all.staff_key_id;
    random_bytes(password, sizeof password);
    text_format_hex(password, sizeof password, secrets->database_password);
}

/* Keys that a program of an older installation does not have yet, because it needed less then. */
static bool secrets_complete(struct secrets *secrets, const struct shared_keys *shared, size_t program)
{
    bool is_changed = false;

    for (int i = 0; i < SECRET__COUNT; i++) {
        if ((programs[program].secrets & SECRET_BIT(i)) == 0 || secrets->has[i] || i == SECRET_FORM)
            continue;
        secrets->key[i] = shared->all.key[i];
        secrets->has[i] = is_changed = true;
        secrets->staff_key_id = shared->all.staff_key_id;
    }
    return is_changed;
}

/* Reads the files that are there, makes those that are not, and gives each program its account. */
static enum status setup_programs(struct admin *admin, struct db *owner, struct fault *fault)
{
    struct secrets files[PROGRAM_COUNT];
    bool is_there[PROGRAM_COUNT];
    struct shared_keys shared;
    memset(&shared, 0, sizeof shared);

    for (size_t i = 0; i < PROGRAM_COUNT; i++) {
        struct fault absence;
        fault_reset(&absence);
        enum status status = secrets_read(&files[i], &admin->settings, programs[i].program, &absence);
        is_there[i] = status == STATUS_OK;
        if (status != STATUS_OK && status != STATUS_ABSENT) {
            *fault = absence;
            return status;
        }
        if (is_there[i])
            shared_keys_take(&shared, &files[i], programs[i].shares_staff_form);
    }
    shared_keys_complete(&shared);

    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < PROGRAM_COUNT; i++) {
        if (!is_there[i]) {
            secrets_make(&files[i], &shared, i);
            status = secrets_write(&files[i], &admin->settings, programs[i].program, fault);
        } else if (secrets_complete(&files[i], &shared, i)) {
            status = secrets_replace(&files[i], &admin->settings, programs[i].program, fault);
        }
        if (status == STATUS_OK)
            status = setup_accounts(owner, &admin->settings, programs[i].program, files[i].database_password, fault);
    }
    for (size_t i = 0; i < PROGRAM_COUNT; i++)
        secrets_wipe(&files[i]);
    secrets_wipe(&shared.all);
    return status;
}

enum status command_setup(struct admin *admin, int argc, char **argv, struct fault *fault)
{
    int applied = 0;
    (void)argv;
    if (argc != 1)
        return FAULT(fault, STATUS_INVALID, "setup takes no arguments");

    struct db *owner = db_open_as_owner(&admin->settings, NULL);
    enum status status = setup_create_database(owner, &admin->settings, fault);
    db_close(owner);
    if (status != STATUS_OK)
        return status;

    owner = db_open_as_owner(&admin->settings, admin->settings.database_name);
    status = setup_migrate(owner, &admin->settings, admin->now, &applied, fault);
    if (status == STATUS_OK)
        status = setup_load_regulation(owner, &admin->settings, fault);
    if (status == STATUS_OK)
        status = setup_load_organisation(owner, &admin->settings, fault);
    if (status == STATUS_OK)
        status = setup_load_texts(owner, &admin->settings, fault);
    if (status == STATUS_OK)
        status = catalog_refresh(&admin->catalog, owner, &admin->settings, fault); /* refuses faulty rules */
    if (status == STATUS_OK)
        status = setup_programs(admin, owner, fault);
    db_close(owner);
    if (status == STATUS_OK)
        printf("set up: schema %d, %d migrations applied now\n", SCHEMA_VERSION, applied);
    return status;
}

enum status command_migrate(struct admin *admin, int argc, char **argv, struct fault *fault)
{
    int applied = 0;
    (void)argv;
    if (argc != 1)
        return FAULT(fault, STATUS_INVALID, "migrate takes no arguments");
    struct db *owner = db_open_as_owner(&admin->settings, admin->settings.database_name);
    enum status status = setup_migrate(owner, &admin->settings, admin->now, &applied, fault);
    db_close(owner);
    if (status == STATUS_OK)
        printf("%d migrations applied\n", applied);
    return status;
}

enum status command_check(struct admin *admin, int argc, char **argv, struct fault *fault)
{
    (void)argv;
    if (argc != 1)
        return FAULT(fault, STATUS_INVALID, "check takes no arguments");
    enum status status = db_check(admin->db, fault); /* the rules were checked as the catalog was read */
    if (status != STATUS_OK)
        return status;
    int problem_count = 0;
    for (size_t i = 0; i < PROGRAM_COUNT; i++) {
        struct secrets secrets;
        struct fault problem;
        fault_reset(&problem);
        if (secrets_read(&secrets, &admin->settings, programs[i].program, &problem) != STATUS_OK) {
            printf("secrets of %s: %s\n", programs[i].program, problem.message);
            problem_count++;
        }
        secrets_wipe(&secrets);
    }
    if (problem_count > 0)
        return FAULT(fault, STATUS_INVALID, "%d problems", problem_count);
    puts("ok");
    return STATUS_OK;
}
