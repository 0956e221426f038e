#include "store/setup.h"

#include <assert.h>
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

enum {
    SCRIPT_BYTES_MAX = 8 * 1024 * 1024,
    MIGRATIONS_MAX = 999,
    FILE_NAME_BYTES = 64,
    SETUP_BYTES_MAX = 64 * 1024 * 1024,
};

/* ---- files and statements */

static enum status read_file(const char *path, struct arena *arena, struct bytes *content, struct fault *fault)
{
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return FAULT_CODE(fault, STATUS_FAILED, errno, "cannot open %s: %s", path, strerror(errno));
    const off_t size = lseek(file, 0, SEEK_END);
    if (size < 0 || size > SCRIPT_BYTES_MAX || lseek(file, 0, SEEK_SET) != 0) {
        close(file);
        return FAULT(fault, STATUS_INVALID, "%s cannot be read whole, or is larger than 8 MiB", path);
    }
    char *bytes = arena_take(arena, (size_t)size + 1);
    size_t length = 0;
    while (length < (size_t)size) {
        const ssize_t got = read(file, bytes + length, (size_t)size - length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        length += (size_t)got;
    }
    close(file);
    if (length != (size_t)size)
        return FAULT(fault, STATUS_FAILED, "%s could not be read to its end", path);
    *content = (struct bytes){(const uint8_t *)bytes, length};
    return STATUS_OK;
}

static bool is_comment(const char *line, size_t length)
{
    while (length > 0 && isspace((unsigned char)*line))
        line++, length--;
    return length == 0 || (length >= 2 && line[0] == '-' && line[1] == '-');
}

/* A script read statement by statement; statements end with a semicolon at the end of a line. */
struct script {
    const char *next;
    const char *section; /* what the last "-- program NAME" line said; "" before the first */
    char *buffer;        /* room for any statement */
    size_t buffer_bytes;
    struct arena *arena;
};

static struct script script_open(struct bytes content, struct arena *arena)
{
    return (struct script){(const char *)content.data, "", arena_take(arena, content.length + 1), content.length + 1, arena};
}

/* The next statement without its comment lines, or NULL at the end. It lives until the next one. */
static char *script_next(struct script *script)
{
    static const char mark[] = "-- program ";
    struct text text;

    text_init(&text, script->buffer, script->buffer_bytes);
    while (*script->next != '\0') {
        const char *line = script->next;
        const size_t whole = strcspn(line, "\n");
        size_t length = whole;
        script->next += whole + (line[whole] == '\n');
        if (text.length_bytes == 0 && strncmp(line, mark, sizeof mark - 1) == 0)
            script->section = arena_copy(script->arena, line + sizeof mark - 1, whole - (sizeof mark - 1));
        if (is_comment(line, length))
            continue;
        while (length > 0 && isspace((unsigned char)line[length - 1]))
            length--;
        const bool is_last = line[length - 1] == ';';
        text_add_bytes(&text, line, is_last ? length - 1 : length);
        if (is_last)
            return script->buffer;
        text_add(&text, "\n");
    }
    return text.length_bytes > 0 ? script->buffer : NULL;
}

/* Runs a whole file. name: below schema_dir */
static enum status run_file(struct db *owner, const struct settings *settings, const char *name, struct arena *arena,
                            struct fault *fault)
{
    struct bytes content;
    enum status status = read_file(arena_format(arena, "%s/%s", settings->schema_dir, name), arena, &content, fault);
    if (status != STATUS_OK)
        return status;
    struct script script = script_open(content, arena);
    const char *statement;
    for (int number = 1; (statement = script_next(&script)) != NULL; number++) {
        struct fault inner = {0};
        status = db_run_script_statement(owner, statement, &inner);
        if (status != STATUS_OK)
            return FAULT_CODE(fault, status, inner.code, "%s, statement %d: %s", name, number, inner.message);
    }
    return STATUS_OK;
}

enum status setup_run_file(struct db *owner, const struct settings *settings, const char *name, struct fault *fault)
{
    struct arena arena;
    arena_init(&arena, SETUP_BYTES_MAX);
    enum status status = db_run_script_statement(owner, "START TRANSACTION", fault);
    if (status == STATUS_OK)
        status = run_file(owner, settings, name, &arena, fault);
    if (status == STATUS_OK) {
        status = db_run_script_statement(owner, "COMMIT", fault);
    } else {
        struct fault ignored = {0}; /* the first failure is the one to tell */
        const enum status undone = db_run_script_statement(owner, "ROLLBACK", &ignored);
        if (undone != STATUS_OK)
            log_fault(undone, &ignored);
    }
    arena_release(&arena);
    return status;
}

/* ---- the database */

enum status setup_create_database(struct db *owner, const struct settings *settings, struct fault *fault)
{
    const struct db_value name = db_text(settings->database_name);
    struct arena arena;
    struct db_row row;
    char buffer[256];
    struct text sql;

    arena_init(&arena, (size_t)64 * 1024);
    enum status status = db_query_one(owner, DATABASE_FIND_BY_NAME, &name, 1, &arena, &row, fault);
    if (status == STATUS_OK && !text_is_equal(db_row_text(&row, 0), "utf8mb4"))
        status = FAULT(fault, STATUS_INVALID, "database %s exists, but its character set is %s and not utf8mb4",
                       settings->database_name, db_row_text(&row, 0));
    if (status == STATUS_ABSENT) {
        /* The settings let only lower-case letters, digits and underscores through. */
        text_init(&sql, buffer, sizeof buffer);
        text_add_format(&sql, "CREATE DATABASE `%s` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci",
                        settings->database_name);
        status = db_run_script_statement(owner, buffer, fault);
    }
    arena_release(&arena);
    return status;
}

/* ---- migrations */

struct migration {
    int version;
    char name[FILE_NAME_BYTES];
    struct hash checksum;
};

/* "001_foundation.sql" is version 1. */
static bool parse_migration_name(const char *name, int *version)
{
    const size_t length = strlen(name);

    if (length < sizeof "000_x.sql" - 1 || length >= FILE_NAME_BYTES || name[3] != '_' ||
        strcmp(name + length - 4, ".sql") != 0)
        return false;
    for (int i = 0; i < 3; i++)
        if (!isdigit((unsigned char)name[i]))
            return false;
    *version = (name[0] - '0') * 100 + (name[1] - '0') * 10 + (name[2] - '0');
    return *version > 0;
}

static int compare_migrations(const void *left, const void *right)
{
    return ((const struct migration *)left)->version - ((const struct migration *)right)->version;
}

static struct hash checksum_of(struct bytes content)
{
    return crypto_hash_pieces(&content, 1);
}

/* The numbered files in order, with their checksums. Numbers run from 1 without a gap. */
static enum status list_migrations(const struct settings *settings, struct arena *arena, struct migration **migrations,
                                   int *count, struct fault *fault)
{
    struct migration *found = arena_take_array(arena, MIGRATIONS_MAX, sizeof *found);
    DIR *folder = opendir(settings->schema_dir);
    const struct dirent *entry;
    int length = 0;

    if (folder == NULL)
        return FAULT_CODE(fault, STATUS_FAILED, errno, "cannot read the folder %s: %s", settings->schema_dir,
                          strerror(errno));
    while ((entry = readdir(folder)) != NULL && length < MIGRATIONS_MAX) {
        struct text name;
        if (!parse_migration_name(entry->d_name, &found[length].version))
            continue;
        text_init(&name, found[length].name, sizeof found[length].name);
        text_add(&name, entry->d_name);
        length++;
    }
    closedir(folder);
    qsort(found, (size_t)length, sizeof *found, compare_migrations);
    for (int i = 0; i < length; i++) {
        struct bytes content;
        if (found[i].version != i + 1)
            return FAULT(fault, STATUS_INVALID, "%s: migration %d is missing", settings->schema_dir, i + 1);
        const enum status status = read_file(
            arena_format(arena, "%s/%s", settings->schema_dir, found[i].name), arena, &content, fault);
        if (status != STATUS_OK)
            return status;
        found[i].checksum = checksum_of(content);
    }
    *migrations = found;
    *count = length;
    return STATUS_OK;
}

/* How many are applied; each must be the file it was. */
static enum status check_applied(struct db *owner, const struct migration *migrations, int count, struct arena *arena,
                                 int *applied, struct fault *fault)
{
    struct fault inner = {0};
    struct db_row *rows;
    size_t row_count;
    const enum status status = db_query(owner, MIGRATION_LIST, NULL, 0, arena, &rows, &row_count, &inner);

    *applied = 0;
    if (inner.code == 1146) /* no table yet: nothing is applied */
        return STATUS_OK;
    if (status != STATUS_OK)
        return FAULT_CODE(fault, status, inner.code, "%s", inner.message);
    for (size_t i = 0; i < row_count; i++) {
        const struct bytes checksum = db_row_bytes(&rows[i], 2);
        if (i >= (size_t)count)
            return FAULT(fault, STATUS_INVALID, "the database has migration %s, which these programs do not know",
                         db_row_text(&rows[i], 1));
        if (checksum.length != HASH_BYTES || memcmp(checksum.data, migrations[i].checksum.bytes, HASH_BYTES) != 0)
            return FAULT(fault, STATUS_INVALID, "%s was changed after it was applied: put the old file back",
                         migrations[i].name);
    }
    *applied = (int)row_count;
    return STATUS_OK;
}

static enum status migrate(struct db *owner, const struct settings *settings, struct instant now, struct arena *arena,
                           int *applied, struct fault *fault)
{
    struct migration *migrations = NULL;
    int count = 0, done = 0;
    enum status status = list_migrations(settings, arena, &migrations, &count, fault);

    if (status == STATUS_OK)
        status = check_applied(owner, migrations, count, arena, &done, fault);
    for (int i = done; status == STATUS_OK && i < count; i++) {
        const struct migration *migration = &migrations[i];
        const struct db_value values[] = {
            db_integer(migration->version), db_text(migration->name),
            db_bytes(migration->checksum.bytes, HASH_BYTES), db_instant(now),
        };
        status = run_file(owner, settings, migration->name, arena, fault);
        if (status == STATUS_OK)
            status = db_run(owner, MIGRATION_INSERT, values, 4, NULL, NULL, fault);
        if (status == STATUS_OK)
            ++*applied;
    }
    return status;
}

enum status setup_migrate(struct db *owner, const struct settings *settings, struct instant now, int *applied,
                          struct fault *fault)
{
    struct arena arena;

    *applied = 0;
    arena_init(&arena, SETUP_BYTES_MAX);
    const enum status status = migrate(owner, settings, now, &arena, applied, fault);
    arena_release(&arena);
    return status;
}

/* ---- rows */

/* Whether the table that a statement counts has no rows. */
static enum status is_empty(struct db *owner, enum statement count_statement, bool *empty, struct fault *fault)
{
    struct arena arena;
    struct db_row row;

    arena_init(&arena, (size_t)16 * 1024);
    const enum status status = db_query_one(owner, count_statement, NULL, 0, &arena, &row, fault);
    *empty = status == STATUS_OK && db_row_integer(&row, 0) == 0;
    arena_release(&arena);
    return status;
}

static enum status raise_catalog_version(struct db *owner, struct fault *fault)
{
    struct arena arena;
    struct db_row row;
    const struct db_value name = db_text("catalog_version");
    int64_t version = 0;

    arena_init(&arena, (size_t)16 * 1024);
    enum status status = db_query_one(owner, FACT_FIND_BY_NAME, &name, 1, &arena, &row, fault);
    if (status == STATUS_OK && !text_parse_integer(db_row_text(&row, 0), 0, INT32_MAX, &version))
        status = FAULT(fault, STATUS_INVALID, "the fact catalog_version is not a number that can be raised");
    if (status == STATUS_OK || status == STATUS_ABSENT) {
        const struct db_value values[] = {name, db_text(arena_format(&arena, "%lld", (long long)version + 1))};
        status = db_run(owner, FACT_SAVE, values, 2, NULL, NULL, fault);
    }
    arena_release(&arena);
    return status;
}

static enum status load_once(struct db *owner, const struct settings *settings, enum statement count_statement,
                             const char *name, struct fault *fault)
{
    bool empty;
    enum status status = is_empty(owner, count_statement, &empty, fault);

    if (status != STATUS_OK || !empty)
        return status;
    status = setup_run_file(owner, settings, name, fault);
    return status == STATUS_OK ? raise_catalog_version(owner, fault) : status;
}

enum status setup_load_regulation(struct db *owner, const struct settings *settings, struct fault *fault)
{
    return load_once(owner, settings, RULE_COUNT, "regulation.sql", fault);
}

enum status setup_load_organisation(struct db *owner, const struct settings *settings, struct fault *fault)
{
    return load_once(owner, settings, UNIT_COUNT, "organisation.sql", fault);
}

enum status setup_load_texts(struct db *owner, const struct settings *settings, struct fault *fault)
{
    return load_once(owner, settings, PUBLIC_TEXT_COUNT, "texts.sql", fault);
}

/* ---- accounts */

/* A statement with the names in ${…} replaced. */
static const char *fill_in(const char *statement, const struct settings *settings, const char *program,
                           const char *password_hex, struct arena *arena)
{
    const char *password_name = arena_format(arena, "${PASSWORD_%s}", program);
    const size_t room = strlen(statement) + 4096;
    char *filled = arena_take(arena, room);
    struct text text;

    for (char *letter = (char *)(uintptr_t)password_name + sizeof "${PASSWORD_" - 1; *letter != '\0'; letter++)
        *letter = (char)toupper((unsigned char)*letter);
    text_init(&text, filled, room);
    while (*statement != '\0') {
        const size_t plain = strcspn(statement, "$");
        text_add_bytes(&text, statement, plain);
        statement += plain;
        if (strncmp(statement, "${DATABASE}", 11) == 0) {
            text_add(&text, settings->database_name);
            statement += 11;
        } else if (strncmp(statement, password_name, strlen(password_name)) == 0) {
            text_add(&text, password_hex);
            statement += strlen(password_name);
        } else if (*statement != '\0') {
            text_add_bytes(&text, statement++, 1);
        }
    }
    return text.is_cut ? NULL : filled;
}

static bool is_hex(const char *text)
{
    return text[0] != '\0' && text[strspn(text, "0123456789abcdef")] == '\0';
}

static enum status run_section(struct db *owner, const struct settings *settings, const char *program,
                               const char *password_hex, struct arena *arena, struct fault *fault)
{
    struct bytes content;
    enum status status =
        read_file(arena_format(arena, "%s/accounts.sql", settings->schema_dir), arena, &content, fault);
    if (status != STATUS_OK)
        return status;
    struct script script = script_open(content, arena);
    const char *statement;
    int count = 0;
    while ((statement = script_next(&script)) != NULL) {
        struct fault inner = {0};
        if (!text_is_equal(script.section, program))
            continue;
        const char *filled = fill_in(statement, settings, program, password_hex, arena);
        if (filled == NULL)
            return FAULT(fault, STATUS_INVALID, "accounts.sql: a statement of %s is too long", program);
        count++;
        status = db_run_script_statement(owner, filled, &inner);
        if (status != STATUS_OK)
            return FAULT_CODE(fault, status, inner.code, "accounts.sql, program %s, statement %d: %s", program, count,
                              inner.message);
    }
    if (count == 0)
        return FAULT(fault, STATUS_INVALID, "accounts.sql has no section for program %s", program);
    return STATUS_OK;
}

enum status setup_accounts(struct db *owner, const struct settings *settings, const char *program,
                           const char *password_hex, struct fault *fault)
{
    struct arena arena;

    if (!is_hex(password_hex))
        return FAULT(fault, STATUS_INVALID, "the database password of %s is not hexadecimal", program);
    arena_init(&arena, SETUP_BYTES_MAX);
    const enum status status = run_section(owner, settings, program, password_hex, &arena, fault);
    arena_release(&arena);
    return status;
}
