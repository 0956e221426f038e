#include "stand.h"

#include <mysql.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/random.h"
#include "check.h"

#define STANDS_MAX 24

static struct stand stands[STANDS_MAX];
static int stand_total;
static pid_t stand_process;

static void die(const char *what, const struct fault *fault)
{
    fprintf(stderr, "the test stand: %s: %s\n", what, fault->message);
    exit(2);
}

static const char *environment(const char *name)
{
    const char *value = getenv(name);
    if (value == NULL) {
        fprintf(stderr, "the test stand needs %s (tests/run.sh sets it)\n", name);
        exit(2);
    }
    return value;
}

static MYSQL *raw_connection(const struct stand *stand, const char *database)
{
    MYSQL *mysql = mysql_init(NULL);
    if (mysql == NULL ||
        mysql_real_connect(mysql, "localhost", NULL, NULL, database, 0, stand->settings.database_socket, 0) == NULL) {
        fprintf(stderr, "the test stand: %s\n", mysql_error(mysql));
        exit(2);
    }
    return mysql;
}

static void drop_all(void)
{
    if (getpid() != stand_process)
        return; /* a forked clerk ends */
    for (int i = 0; i < stand_total; i++) {
        struct stand *stand = &stands[i];
        char sql[128];
        snprintf(sql, sizeof sql, "DROP DATABASE IF EXISTS `%s`", stand->settings.database_name);
        MYSQL *mysql = raw_connection(stand, NULL);
        mysql_real_query(mysql, sql, strlen(sql));
        mysql_close(mysql);
        db_close(stand->db);
        catalog_release(&stand->catalog);
        arena_release(&stand->arena);
    }
}

static void make_secrets(struct secrets *secrets)
{
    memset(secrets, 0, sizeof *secrets);
    for (int i = 0; i < SECRET__COUNT; i++) {
        random_bytes(secrets->key[i].bytes, KEY_BYTES);
        secrets->has[i] = true;
    }
    crypto_make_pair(&secrets->key[SECRET_STAFF_PUBLIC], &secrets->key[SECRET_STAFF_PRIVATE]);
    secrets->staff_key_id = 1;
    snprintf(secrets->database_password, sizeof secrets->database_password, "%s", STAND_PASSWORD);
}

static void make_database(struct stand *stand)
{
    int applied = 0;
    struct db *owner = db_open_as_owner(&stand->settings, NULL);
    if (setup_create_database(owner, &stand->settings, &stand->fault) != STATUS_OK)
        die("create database", &stand->fault);
    db_close(owner);
    stand->db = db_open_as_owner(&stand->settings, stand->settings.database_name);
    if (setup_migrate(stand->db, &stand->settings, stand->now, &applied, &stand->fault) != STATUS_OK)
        die("migrate", &stand->fault);
    if (setup_load_regulation(stand->db, &stand->settings, &stand->fault) != STATUS_OK)
        die("regulation", &stand->fault);
    if (setup_load_organisation(stand->db, &stand->settings, &stand->fault) != STATUS_OK)
        die("organisation", &stand->fault);
    if (setup_load_texts(stand->db, &stand->settings, &stand->fault) != STATUS_OK)
        die("texts", &stand->fault);
    if (catalog_refresh(&stand->catalog, stand->db, &stand->settings, &stand->fault) != STATUS_OK)
        die("catalog", &stand->fault);
}

struct stand *stand_open(const char *name)
{
    if (stand_total == 0) {
        crypto_start();
        stand_process = getpid();
        atexit(drop_all);
    }
    if (stand_total == STANDS_MAX)
        exit(2);
    struct stand *stand = &stands[stand_total++];
    settings_init(&stand->settings);
    snprintf(stand->settings.database_socket, SETTING_TEXT_BYTES, "%s", environment("SHUINUO_TEST_SOCKET"));
    snprintf(stand->settings.schema_dir, SETTING_TEXT_BYTES, "%s", environment("SHUINUO_SCHEMA_DIR"));
    snprintf(stand->settings.database_name, SETTING_TEXT_BYTES, "t_%s_%d", name, (int)getpid());
    stand->settings.environment = ENVIRONMENT_TEST;
    stand->now = STAND_START;
    arena_init(&stand->arena, (size_t)1 << 30);
    make_secrets(&stand->secrets);
    make_database(stand);
    return stand;
}

struct db *stand_connect(const struct stand *stand)
{
    return db_open_as_owner(&stand->settings, stand->settings.database_name);
}

struct db *stand_connect_as(struct stand *stand, const char *program)
{
    char user[64];
    snprintf(user, sizeof user, "shuinuo_%s", program);
    return db_open(&stand->settings, &stand->secrets, user);
}

void stand_make_accounts(struct stand *stand)
{
    static const char *const programs[] = {"complaint", "commitment", "signin", "ticket", "admin", "assessment", "discipline", "crew", "supply", "outage", "open311", "clerk", "command"};
    for (size_t i = 0; i < sizeof programs / sizeof programs[0]; i++)
        if (setup_accounts(stand->db, &stand->settings, programs[i], STAND_PASSWORD, &stand->fault) != STATUS_OK)
            die("accounts", &stand->fault);
}

void stand_kill_connections(struct stand *stand)
{
    MYSQL *mysql = raw_connection(stand, NULL);
    char sql[SETTING_TEXT_BYTES + 128];
    for (unsigned long id = 1; id != 0;) {
        snprintf(sql, sizeof sql, "SELECT COALESCE(MIN(ID), 0) FROM information_schema.PROCESSLIST WHERE DB = '%s'",
                 stand->settings.database_name);
        if (mysql_real_query(mysql, sql, strlen(sql)) != 0)
            exit(2);
        MYSQL_RES *result = mysql_store_result(mysql);
        id = strtoul(mysql_fetch_row(result)[0], NULL, 10);
        mysql_free_result(result);
        if (id != 0)
            mysql_kill(mysql, id); /* it may have gone by itself meanwhile */
    }
    mysql_close(mysql);
}

static void run_raw(const struct stand *stand, const char *sql, int64_t *number)
{
    MYSQL *mysql = raw_connection(stand, stand->settings.database_name);
    if (mysql_real_query(mysql, sql, strlen(sql)) != 0) {
        fprintf(stderr, "the test stand: %s: %s\n", sql, mysql_error(mysql));
        exit(2);
    }
    MYSQL_RES *result = mysql_store_result(mysql);
    if (number != NULL) {
        const MYSQL_ROW row = result != NULL ? mysql_fetch_row(result) : NULL;
        *number = row != NULL && row[0] != NULL ? strtoll(row[0], NULL, 10) : -1;
    }
    mysql_free_result(result);
    mysql_close(mysql);
}

void stand_run(struct stand *stand, const char *format, ...)
{
    char sql[2048];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sql, sizeof sql, format, arguments);
    va_end(arguments);
    run_raw(stand, sql, NULL);
}

int64_t stand_count(struct stand *stand, const char *format, ...)
{
    char sql[2048];
    int64_t number = -1;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sql, sizeof sql, format, arguments);
    va_end(arguments);
    run_raw(stand, sql, &number);
    return number;
}

void stand_pass(struct stand *stand, int64_t seconds)
{
    stand->now = instant_add_seconds(stand->now, seconds);
}

struct actor stand_operator(void)
{
    return (struct actor){.roles = ROLE_BIT(ROLE_OPERATOR), .staff = {11}, .unit = {1}};
}

struct actor stand_ops(void)
{
    return (struct actor){.roles = ROLE_BIT(ROLE_OPS), .staff = {12}, .unit = {1}};
}

struct actor stand_liaison(int32_t unit)
{
    return (struct actor){.roles = ROLE_BIT(ROLE_LIAISON), .staff = {20 + unit}, .unit = {unit}};
}

struct actor stand_group_leader(void)
{
    return (struct actor){.roles = ROLE_BIT(ROLE_GROUP_LEADER), .staff = {40}, .unit = {8}};
}

struct command stand_command(enum ticket_action action, struct actor actor)
{
    return (struct command){.action = action, .actor = actor, .occurred_at = INSTANT_NONE};
}

void stand_prepare_filing(struct stand *stand, const char *category, struct ticket *ticket, struct event *event,
                          struct filing *filing)
{
    const struct person person = {"王小明", "13812345678", "1234567890", "3-201"};
    const struct category *matter = category_find_by_code(
        stand->catalog.regulation.categories, stand->catalog.regulation.category_count, category, stand->now);
    struct command command = stand_command(ACTION_REPORT, actor_resident());
    if (matter == NULL) {
        fprintf(stderr, "the test stand: no category %s\n", category);
        exit(2);
    }
    command_set(&command, FIELD_SOURCE, SOURCE_WEB);
    command_set(&command, FIELD_CATEGORY, matter->id.v);
    command_set(&command, FIELD_HAS_PHONE, 1);
    command.has_text = true;
    ticket_init(ticket, (struct ticket_id){0});
    memset(event, 0, sizeof *event);
    const enum verdict verdict = ticket_decide(ticket, &command, &stand->catalog.regulation, stand->now, event);
    if (verdict != VERDICT_OK) {
        fprintf(stderr, "the test stand: report: %s\n", verdict_name(verdict));
        exit(2);
    }
    ticket_apply(ticket, event);
    memset(filing, 0, sizeof *filing);
    number_format(day_of(stand->now, 480), random_below(10000000), filing->number);
    random_bytes(filing->key, sizeof filing->key);
    filing->place_text = "阳光小区 3 号楼";
    filing->words = "水表井里在冒水";
    filing->person = person_seal(&person, &stand->secrets, &stand->arena);
}

enum status stand_file(struct stand *stand, const char *category, const uint8_t *key, struct ticket_file *file)
{
    struct ticket ticket;
    struct event event;
    struct filing filing;

    stand_prepare_filing(stand, category, &ticket, &event, &filing);
    if (key != NULL)
        memcpy(filing.key, key, sizeof filing.key);
    const enum status status =
        ticket_store_file(stand->db, &ticket, &event, &filing, &stand->catalog, &stand->arena, &stand->fault);
    if (status != STATUS_OK && status != STATUS_DUPLICATE)
        return status;
    const enum status loaded = ticket_store_load(stand->db, filing.number, &stand->arena, file, &stand->fault);
    return loaded == STATUS_OK ? status : loaded;
}

enum status stand_act(struct stand *stand, struct ticket_file *file, const struct command *command, const char *words,
                      enum verdict *verdict)
{
    struct command whole = *command;
    struct event event = {0};

    whole.has_text = words != NULL;
    whole.expected_version = file->ticket.version;
    *verdict = ticket_decide(&file->ticket, &whole, &stand->catalog.regulation, stand->now, &event);
    if (*verdict != VERDICT_OK)
        return STATUS_REFUSED;
    return ticket_store_append(stand->db, file, &event, words, NULL, &stand->catalog, &stand->fault);
}

enum status stand_dispatch_and_accept(struct stand *stand, struct ticket_file *file)
{
    enum verdict verdict;
    struct command dispatch = stand_command(ACTION_DISPATCH, stand_ops());
    const struct command accept = stand_command(ACTION_ACCEPT, stand_liaison(3));

    command_set(&dispatch, FIELD_UNIT, 3);
    const enum status status = stand_act(stand, file, &dispatch, NULL, &verdict);
    return status == STATUS_OK ? stand_act(stand, file, &accept, NULL, &verdict) : status;
}

enum status stand_clerk_round(struct stand *stand, struct db *db)
{
    int done = 1;
    enum status status = STATUS_OK;

    while (status == STATUS_OK && done > 0)
        status = clerk_store_fire_steps(db, &stand->catalog, stand->now, 50, &stand->arena, &done, &stand->fault);
    for (done = 1; status == STATUS_OK && done > 0;)
        status = clerk_store_apply_inputs(db, &stand->catalog, stand->now, 50, &stand->arena, &done, &stand->fault);
    for (done = 1; status == STATUS_OK && done > 0;)
        status = clerk_store_fold_dirty(db, &stand->catalog, &stand->secrets, &stand->settings, stand->now, 50,
                                        &stand->arena, &done, &stand->fault);
    if (status == STATUS_OK)
        status = clerk_store_fold_promises(db, &stand->catalog, &stand->settings, stand->now, &stand->arena,
                                           &stand->fault);
    return status;
}

static char problems[64][400];
static int problem_total;
static bool prints_problems;

static void keep_problem(void *context, const char *message)
{
    (void)context;
    if (problem_total < 64)
        snprintf(problems[problem_total], sizeof problems[0], "%s", message);
    problem_total++;
    if (prints_problems)
        printf("    verify: %s\n", message);
}

int64_t stand_verify(struct stand *stand, bool expects_none)
{
    struct verify_report report;

    problem_total = 0;
    prints_problems = expects_none;
    const enum status status = verify_store_run(stand->db, &stand->catalog, &stand->secrets, keep_problem, NULL,
                                                &report, &stand->fault);
    if (status != STATUS_OK) {
        printf("    verify failed: %s\n", stand->fault.message);
        return -1;
    }
    return report.problems;
}

bool stand_has_problem(const char *part)
{
    for (int i = 0; i < problem_total && i < 64; i++)
        if (strstr(problems[i], part) != NULL)
            return true;
    for (int i = 0; i < problem_total && i < 64; i++)
        printf("    verify said: %s\n", problems[i]);
    return false;
}

const char *stand_last_problem(void)
{
    return problem_total > 0 && problem_total <= 64 ? problems[problem_total - 1] : "";
}
