/*
 * shuinuo: the administrator's command. `shuinuo --help` lists what it does.
 *
 * Security: `setup` and `migrate` run as the database's owner (the operating system's user over the unix socket); everything
 * else uses the account shuinuo_admin. Nobody but the administrator can run it: its secret file is his.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/now.h"
#include "base/version.h"
#include "shuinuo/command.h"
#include "web/words.h"

#define ARENA_LIMIT_BYTES ((size_t)1 << 30)

static const struct command_row commands[] = {
    {"setup", "", "make the database, its accounts, the keys and the regulation; does nothing twice", false,
     command_setup},
    {"migrate", "", "bring the schema up to this version", false, command_migrate},
    {"check", "", "say everything that is wrong with this installation", true, command_check},
    {"user", "add LOGIN NAME UNIT ROLE[,ROLE…] | password LOGIN",
     "add a member of staff or set a password, which is read from standard input", true, command_user},
    {"api-key", "add NAME RIGHTS [PER_MINUTE] | list | disable ID | enable ID",
     "make a key for another system, which is shown once, or keep those there are", true, command_api_key},
    {"discipline", "enrol LOGIN",
     "make the discipline office's key for its first officer, whose passphrase is read from standard input; that officer enrols"
     " further ones under /staff/discipline/", true,
     command_discipline},
    {"demo", "[SEED]", "load the sample town into an empty installation and print its sign-ins", true, command_demo},
    {"import", "customers FILE [--check] [--allow-removal]",
     "read the register of customers from a CSV file and put it in force; --check only says what would change. Ends with 0, 3 when"
     " lines were left out, 4 when nothing was changed", true, command_import},
    {"notify", "test CHANNEL ADDRESS", "send one test message by file, sms, mail or robot and say what became of it", false,
     command_notify},
    {"verify", "", "fold every event stream again and compare rows, hashes and seals", true, command_verify},
    {"explain", "NUMBER", "print each clock of a ticket: rule, article, start, limit, due, what stopped it", true,
     command_explain},
};

static int usage(FILE *out, int code)
{
    fputs("usage: shuinuo [--settings FILE] COMMAND [ARGUMENT…]\n\n", out);
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        fprintf(out, "  %-10s %s\n             %s\n", commands[i].name, commands[i].arguments, commands[i].meaning);
    fputs("\n  --version, --settings-help (all settings with unit and default), --help\n", out);
    return code;
}

static void print_settings_help(void)
{
    struct settings settings;
    settings_init(&settings);
    settings_print(&settings, stdout);
}

/* Settings, words and, where the command needs them, secrets, account and catalog. */
static enum status admin_open(struct admin *admin, const char *settings_path, bool needs_account, struct fault *fault)
{
    settings_init(&admin->settings);
    enum status status = settings_read(&admin->settings, settings_path, fault);
    if (status != STATUS_OK)
        return status;
    now_use_offset_file(admin->settings.time_offset_file);
    admin->now = now_instant();
    arena_init(&admin->arena, ARENA_LIMIT_BYTES);
    status = words_open(admin->settings.template_dir, fault);
    if (status != STATUS_OK || !needs_account)
        return status;
    status = secrets_read(&admin->secrets, &admin->settings, "command", fault);
    if (status != STATUS_OK)
        return status;
    admin->db = db_open(&admin->settings, &admin->secrets, "shuinuo_command");
    return catalog_refresh(&admin->catalog, admin->db, &admin->settings, fault);
}

static void admin_close(struct admin *admin)
{
    db_close(admin->db);
    catalog_release(&admin->catalog);
    arena_release(&admin->arena);
    words_close();
    secrets_wipe(&admin->secrets);
}

/* What went wrong, for the person at the terminal. */
static int complain(const char *command, enum status status, const struct fault *fault)
{
    fprintf(stderr, "shuinuo %s: %s", command, fault->message[0] != '\0' ? fault->message : status_name(status));
    if (fault->code != 0)
        fprintf(stderr, " (%d)", fault->code);
    fputc('\n', stderr);
    return EXIT_FAILURE;
}

static const struct command_row *command_find(const char *name)
{
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {{"settings", required_argument, NULL, 's'},
                                            {"settings-help", no_argument, NULL, 'S'},
                                            {"version", no_argument, NULL, 'v'},
                                            {"help", no_argument, NULL, 'h'},
                                            {NULL, 0, NULL, 0}};
    static struct admin admin;
    const char *settings_path = "/etc/shuinuo/shuinuo.hdf";
    struct fault fault;
    int option;

    while ((option = getopt_long(argc, argv, "+", options, NULL)) != -1) {
        switch (option) {
        case 's': settings_path = optarg; break;
        case 'S': print_settings_help(); return EXIT_SUCCESS;
        case 'v':
            printf("shuinuo %s (%s), schema %d to %d\n", version_text, version_commit, SCHEMA_VERSION_LEAST, SCHEMA_VERSION);
            return EXIT_SUCCESS;
        case 'h': return usage(stdout, EXIT_SUCCESS);
        default: return usage(stderr, EXIT_FAILURE);
        }
    }
    const struct command_row *command = optind < argc ? command_find(argv[optind]) : NULL;
    if (command == NULL)
        return usage(stderr, EXIT_FAILURE);

    crypto_start();
    log_open("shuinuo", LOG_LEVEL_WARNING);
    fault_reset(&fault);
    enum status status = admin_open(&admin, settings_path, command->needs_account, &fault);
    if (status == STATUS_OK)
        status = command->run(&admin, argc - optind, argv + optind, &fault);
    int code = status == STATUS_OK ? admin.exit_code : complain(command->name, status, &fault);
    admin_close(&admin);
    return code;
}
