/*
 * The administrator's command: one row per subcommand, each in its own file.
 */
#ifndef SHUINUO_COMMAND_H
#define SHUINUO_COMMAND_H

#include "base/secrets.h"
#include "store/catalog.h"

/* What every subcommand gets. The database is opened at the first need: as the account "command", or as its owner. */
struct admin {
    struct settings settings;
    struct secrets secrets; /* of the account "command" */
    struct db *db;          /* account shuinuo_command; NULL for commands that run as the owner */
    struct catalog catalog;
    struct arena arena;
    struct instant now;
    int exit_code; /* of a command that ended well: what became of its work */
};

/* argv[0] is the subcommand's name. Returns an exit code; failures of the outside are left in `fault`. */
typedef enum status (*command_run)(struct admin *admin, int argc, char **argv, struct fault *fault);

struct command_row {
    const char *name;
    const char *arguments;
    const char *meaning;
    bool needs_account; /* opens admin->db and the catalog first */
    command_run run;
};

enum status command_setup(struct admin *admin, int argc, char **argv, struct fault *fault);
enum status command_migrate(struct admin *admin, int argc, char **argv, struct fault *fault);
enum status command_check(struct admin *admin, int argc, char **argv, struct fault *fault);
enum status command_user(struct admin *admin, int argc, char **argv, struct fault *fault);
enum status command_api_key(struct admin *admin, int argc, char **argv, struct fault *fault);
enum status command_discipline(struct admin *admin, int argc, char **argv, struct fault *fault);
enum status command_demo(struct admin *admin, int argc, char **argv, struct fault *fault);
enum status command_import(struct admin *admin, int argc, char **argv, struct fault *fault);
enum status command_notify(struct admin *admin, int argc, char **argv, struct fault *fault);
enum status command_verify(struct admin *admin, int argc, char **argv, struct fault *fault);
enum status command_explain(struct admin *admin, int argc, char **argv, struct fault *fault);

/* Puts a file of customers in force, quietly: `import` for the sample town. */
enum status import_sample(struct admin *admin, const char *path, struct fault *fault) MUST_USE;

/* Adds a person with a password; shared by `user add` and `demo`. roles: ROLE_BITs */
enum status user_add(struct admin *admin, const char *login, const char *name, struct unit_id unit, uint32_t roles,
                     const char *password, bool must_change, struct fault *fault) MUST_USE;

#endif
