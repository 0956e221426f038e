#include "store/db.h"

#include <assert.h>
#include <errno.h>
#include <mysql.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "base/now.h"
#include "base/random.h"
#include "base/version.h"

enum {
    PARAMETERS_MAX = 700, /* of rows that go in many at a time */
    COLUMNS_MAX = 48,
    COLUMN_BYTES_MAX = 512, /* longer texts are fetched by themselves */
    STREAM_ROW_BYTES = 20 * 1024 * 1024, /* a MEDIUMBLOB */
    TRIES_MAX = 6,
    TRANSACTION_MILLISECONDS = 5000,
    PAUSE_LEAST_MILLISECONDS = 5,
    PAUSE_MOST_MILLISECONDS = 50,
    CONNECT_SECONDS = 2,
    BACKGROUND_SECONDS = 60, /* for accounts whose work nobody waits for */
};

struct statement_row {
    const char *name, *parameters, *columns, *sql;
};

static const struct statement_row STATEMENTS[STATEMENT__COUNT] = {
#define STATEMENT(name, parameters, columns, sql) {#name, parameters, columns, sql},
#include "store/statements.def"
#undef STATEMENT
};

#define STATEMENT(name, parameters, columns, sql)                                                                      \
    _Static_assert(sizeof(parameters) - 1 <= PARAMETERS_MAX && sizeof(columns) - 1 <= COLUMNS_MAX,                     \
                   #name " has more parameters or columns than db.c can bind");
#include "store/statements.def"
#undef STATEMENT

/* Where the library puts one column of the current row. */
struct column {
    int64_t integer;
    MYSQL_TIME time;
    char *bytes;
    unsigned long capacity, length;
    my_bool is_null, is_cut;
};

struct prepared {
    MYSQL_STMT *handle;
    size_t column_count;
    struct column columns[];
};

struct db {
    const struct settings *settings;
    const char *password; /* NULL: the operating system's user */
    const char *database; /* NULL: none is chosen */
    char user[64];
    bool is_owner, is_background;
    MYSQL *mysql;
    struct prepared *prepared[STATEMENT__COUNT];
    bool is_checked;
    bool is_lost;          /* the connection cannot be used any more */
    bool is_in_transaction;
    bool is_broken;        /* the transaction cannot be committed any more … */
    bool is_worth_a_retry; /* … but may succeed when it is run again */
    uint64_t statement_count;
};

/* ---- values */

struct db_value db_null(void)
{
    return (struct db_value){.type = DB_TYPE_NULL};
}

struct db_value db_integer(int64_t value)
{
    return (struct db_value){.type = DB_TYPE_INTEGER, .integer = value};
}

struct db_value db_text(const char *text)
{
    if (text == NULL)
        return db_null();
    return (struct db_value){.type = DB_TYPE_TEXT, .bytes = text, .length = strlen(text)};
}

struct db_value db_bytes(const void *bytes, size_t length)
{
    if (bytes == NULL)
        return db_null();
    return (struct db_value){.type = DB_TYPE_BYTES, .bytes = bytes, .length = length};
}

struct db_value db_instant(struct instant at)
{
    if (!instant_is_set(at))
        return db_null();
    return (struct db_value){.type = DB_TYPE_INSTANT, .at = at};
}

struct db_value db_day(struct day day)
{
    return (struct db_value){.type = DB_TYPE_DAY, .integer = day.number};
}

static const struct db_value *column_of(const struct db_row *row, size_t column, enum db_type type)
{
    assert(column < row->count);
    const struct db_value *value = &row->columns[column];
    assert(value->type == type || value->type == DB_TYPE_NULL);
    return value;
}

int64_t db_row_integer(const struct db_row *row, size_t column)
{
    return column_of(row, column, DB_TYPE_INTEGER)->integer;
}

const char *db_row_text(const struct db_row *row, size_t column)
{
    const struct db_value *value = column_of(row, column, DB_TYPE_TEXT);
    return value->type == DB_TYPE_NULL ? "" : value->bytes;
}

struct bytes db_row_bytes(const struct db_row *row, size_t column)
{
    const struct db_value *value = column_of(row, column, DB_TYPE_BYTES);
    return (struct bytes){value->bytes, value->length};
}

struct instant db_row_instant(const struct db_row *row, size_t column)
{
    const struct db_value *value = column_of(row, column, DB_TYPE_INSTANT);
    return value->type == DB_TYPE_NULL ? INSTANT_NONE : value->at;
}

struct day db_row_day(const struct db_row *row, size_t column)
{
    return (struct day){(int32_t)column_of(row, column, DB_TYPE_DAY)->integer};
}

bool db_row_is_null(const struct db_row *row, size_t column)
{
    assert(column < row->count);
    return row->columns[column].type == DB_TYPE_NULL;
}

/* ---- errors */

/* The connection, or the node behind it, is of no use any more. */
static bool is_loss(unsigned code)
{
    static const unsigned codes[] = {2002, 2003, 2006, 2013, 2055, 1047, 1053, 1180, 1927, 4031, 1243, 1615, 2057};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (codes[i] == code)
            return true;
    return false;
}

/* Somebody else's transaction stood in the way. */
static bool is_conflict(unsigned code)
{
    return code == 1205 || code == 1213 || code == 1020;
}

static enum status status_of(unsigned code)
{
    if (is_loss(code))
        return STATUS_UNAVAILABLE;
    if (is_conflict(code))
        return STATUS_CONFLICT;
    switch (code) {
    case 1062:
        return STATUS_DUPLICATE;
    case 1969: /* max_statement_time; 3024 in MySQL */
    case 3024:
    case 1040: /* too many connections */
    case 1203:
    case 1021: /* disk full */
    case 1114:
        return STATUS_UNAVAILABLE;
    case 1044: /* the account may not */
    case 1045:
    case 1142:
    case 1143:
    case 1227:
    case 1370:
        return STATUS_REFUSED;
    default:
        return STATUS_FAILED;
    }
}

/* Messages of these quote the value, which may be somebody's. */
static bool quotes_values(unsigned code)
{
    return code == 1062 || code == 1292 || code == 1366 || code == 1265 || code == 1064;
}

static enum status connection_fault(struct db *db, const char *doing, unsigned code, const char *message,
                                    struct fault *fault)
{
    if (is_loss(code))
        db->is_lost = true;
    return FAULT_CODE(fault, status_of(code), (int)code, "%s: database error %u: %s", doing, code,
                      quotes_values(code) ? "" : message);
}

static enum status statement_fault(struct db *db, enum statement statement, unsigned code, const char *message,
                                   struct fault *fault)
{
    if (is_loss(code))
        db->is_lost = true;
    if (db->is_in_transaction && code != 1062) {
        db->is_broken = true;
        db->is_worth_a_retry = is_loss(code) || is_conflict(code);
    }
    return FAULT_CODE(fault, status_of(code), (int)code, "statement %s: database error %u: %s",
                      STATEMENTS[statement].name, code, quotes_values(code) ? "" : message);
}

/* ---- the connection */

struct db *db_open(const struct settings *settings, const struct secrets *secrets, const char *user)
{
    struct db *db = calloc(1, sizeof *db);
    if (db == NULL)
        log_die("no memory for the database handle");
    db->settings = settings;
    db->password = secrets->database_password;
    db->database = settings->database_name;
    assert(strlen(user) < sizeof db->user);
    memcpy(db->user, user, strlen(user) + 1);
    db->is_background = text_is_equal(user, "shuinuo_clerk") || text_is_equal(user, "shuinuo_command");
    return db;
}

struct db *db_open_as_owner(const struct settings *settings, const char *database)
{
    struct db *db = calloc(1, sizeof *db);
    if (db == NULL)
        log_die("no memory for the owner's database handle");
    db->settings = settings;
    db->database = database;
    db->is_owner = true;
    db->is_background = true;
    return db;
}

static void disconnect(struct db *db)
{
    for (size_t i = 0; i < STATEMENT__COUNT; i++) {
        if (db->prepared[i] == NULL)
            continue;
        mysql_stmt_close(db->prepared[i]->handle);
        free(db->prepared[i]);
        db->prepared[i] = NULL;
    }
    if (db->mysql != NULL)
        mysql_close(db->mysql);
    db->mysql = NULL;
    db->is_lost = false;
    db->is_checked = false;
}

void db_close(struct db *db)
{
    if (db == NULL)
        return;
    disconnect(db);
    free(db);
}

/* Sends a command that takes no values: the session's settings, transactions, scripts. Its results are thrown away. */
static unsigned send_command(struct db *db, const char *sql)
{
    if (mysql_real_query(db->mysql, sql, (unsigned long)strlen(sql)) != 0)
        return mysql_errno(db->mysql);
    MYSQL_RES *result = mysql_store_result(db->mysql);
    if (result != NULL)
        mysql_free_result(result);
    return mysql_errno(db->mysql);
}

struct session_command {
    const char *sql;
    bool may_be_unknown; /* not every server has it */
};

static const struct session_command SESSION_COMMANDS[] = {
    {"SET NAMES utf8mb4 COLLATE utf8mb4_unicode_ci", false},
    {"SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,NO_ZERO_DATE,NO_ZERO_IN_DATE,"
     "ERROR_FOR_DIVISION_BY_ZERO', time_zone = '+00:00', autocommit = 1, innodb_lock_wait_timeout = 2",
     false},
    {"SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED", false},
    {"SET SESSION wsrep_sync_wait = 1", true},
};

static enum status set_session(struct db *db, struct fault *fault)
{
    for (size_t i = 0; i < sizeof SESSION_COMMANDS / sizeof SESSION_COMMANDS[0]; i++) {
        const unsigned code = send_command(db, SESSION_COMMANDS[i].sql);
        const bool is_unknown_variable = code == 1193;
        if (code != 0 && !(is_unknown_variable && SESSION_COMMANDS[i].may_be_unknown))
            return connection_fault(db, "the session could not be set up", code, mysql_error(db->mysql), fault);
    }
    if (db->is_owner)
        return STATUS_OK;
    char buffer[64];
    struct text sql;
    text_init(&sql, buffer, sizeof buffer);
    text_add_format(&sql, "SET SESSION max_statement_time = %d",
                    db->is_background ? BACKGROUND_SECONDS : db->settings->database_timeout_seconds);
    const unsigned code = send_command(db, buffer);
    if (code != 0 && code != 1193)
        return connection_fault(db, "the statement time could not be limited", code, mysql_error(db->mysql), fault);
    return STATUS_OK;
}

static void set_options(const struct db *db, MYSQL *mysql)
{
    const int seconds = db->settings->database_timeout_seconds;
    const unsigned connect_seconds = (unsigned)(seconds < CONNECT_SECONDS ? seconds : CONNECT_SECONDS);
    /* A background account waits a little longer than the server lets a statement run. */
    const unsigned answer_seconds = (unsigned)(db->is_owner        ? 60 * BACKGROUND_SECONDS
                                               : db->is_background ? BACKGROUND_SECONDS + 5
                                                                   : seconds);
    const unsigned off = 0;
    const my_bool no = 0;

    mysql_options(mysql, MYSQL_OPT_CONNECT_TIMEOUT, &connect_seconds);
    mysql_options(mysql, MYSQL_OPT_READ_TIMEOUT, &answer_seconds);
    mysql_options(mysql, MYSQL_OPT_WRITE_TIMEOUT, &answer_seconds);
    mysql_options(mysql, MYSQL_OPT_LOCAL_INFILE, &off);
    mysql_options(mysql, MYSQL_OPT_RECONNECT, &no);
    mysql_options(mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
}

static enum status connect_once(struct db *db, struct fault *fault)
{
    MYSQL *mysql = mysql_init(NULL);
    if (mysql == NULL)
        log_die("no memory for a database connection");
    set_options(db, mysql);
    db->mysql = mysql;
    if (mysql_real_connect(mysql, "localhost", db->is_owner ? NULL : db->user, db->is_owner ? NULL : db->password,
                           db->database, 0, db->settings->database_socket, CLIENT_FOUND_ROWS) == NULL) {
        const unsigned code = mysql_errno(mysql);
        const enum status status = FAULT_CODE(fault, status_of(code), (int)code, "cannot connect to %s as %s: error %u: %s",
                                              db->settings->database_socket, db->is_owner ? "owner" : db->user, code,
                                              mysql_error(mysql));
        disconnect(db);
        return status;
    }
    const enum status status = set_session(db, fault);
    if (status != STATUS_OK)
        disconnect(db);
    return status;
}

/* Makes sure that there is a connection; after a loss a new one, but never inside a transaction. */
static enum status ensure_connected(struct db *db, struct fault *fault)
{
    if (db->is_lost) {
        assert(!db->is_in_transaction);
        disconnect(db);
    }
    return db->mysql != NULL ? STATUS_OK : connect_once(db, fault);
}

/* ---- preparing */

static enum enum_field_types field_type(char letter)
{
    switch (letter) {
    case 'i':
        return MYSQL_TYPE_LONGLONG;
    case 't':
        return MYSQL_TYPE_STRING;
    case 'b':
        return MYSQL_TYPE_BLOB;
    case 'a':
        return MYSQL_TYPE_DATETIME;
    case 'd':
        return MYSQL_TYPE_DATE;
    default:
        log_die("statements.def: '%c' is not a type", letter);
    }
}

static void bind_column(char letter, struct column *column, MYSQL_BIND *bind)
{
    bind->buffer_type = field_type(letter);
    bind->is_null = &column->is_null;
    bind->error = &column->is_cut;
    bind->length = &column->length;
    if (letter == 'i') {
        bind->buffer = &column->integer;
    } else if (letter == 'a' || letter == 'd') {
        bind->buffer = &column->time;
    } else {
        bind->buffer = column->bytes;
        bind->buffer_length = column->capacity;
    }
}

/* Room for one text or bytes column, by its declared length. */
static size_t column_capacity(char letter, const MYSQL_FIELD *field)
{
    if (letter != 't' && letter != 'b')
        return 0;
    return field->length < COLUMN_BYTES_MAX ? (size_t)field->length : COLUMN_BYTES_MAX;
}

/* The buffers of a statement's result columns, in one piece of memory together with it. */
static struct prepared *bind_columns(MYSQL_STMT *handle, const struct statement_row *row)
{
    const size_t count = strlen(row->columns);
    MYSQL_RES *metadata = count > 0 ? mysql_stmt_result_metadata(handle) : NULL;
    size_t bytes = sizeof(struct prepared) + count * sizeof(struct column);

    if (count > 0 && metadata == NULL)
        return NULL;
    const MYSQL_FIELD *fields = count > 0 ? mysql_fetch_fields(metadata) : NULL;
    const size_t head_bytes = bytes;
    for (size_t i = 0; i < count; i++)
        bytes += column_capacity(row->columns[i], &fields[i]);
    struct prepared *prepared = calloc(1, bytes);
    if (prepared == NULL)
        log_die("no memory for the columns of %s", row->name);
    prepared->handle = handle;
    prepared->column_count = count;
    MYSQL_BIND binds[COLUMNS_MAX];
    memset(binds, 0, sizeof binds);
    char *room = (char *)prepared + head_bytes;
    for (size_t i = 0; i < count; i++) {
        struct column *column = &prepared->columns[i];
        column->capacity = column_capacity(row->columns[i], &fields[i]);
        column->bytes = room;
        room += column->capacity;
        bind_column(row->columns[i], column, &binds[i]);
    }
    if (metadata != NULL)
        mysql_free_result(metadata);
    if (count > 0 && mysql_stmt_bind_result(handle, binds) != 0) {
        free(prepared);
        return NULL;
    }
    return prepared;
}

static enum status prepare(struct db *db, enum statement statement, struct fault *fault)
{
    const struct statement_row *row = &STATEMENTS[statement];
    MYSQL_STMT *handle = mysql_stmt_init(db->mysql);
    if (handle == NULL)
        log_die("no memory for statement %s", row->name);
    enum status status = STATUS_OK;
    if (mysql_stmt_prepare(handle, row->sql, (unsigned long)strlen(row->sql)) != 0) {
        status = statement_fault(db, statement, mysql_stmt_errno(handle), mysql_stmt_error(handle), fault);
    } else if (mysql_stmt_param_count(handle) != strlen(row->parameters) ||
               mysql_stmt_field_count(handle) != strlen(row->columns)) {
        status = FAULT(fault, STATUS_FAILED, "statement %s has %lu parameters and %u columns, its letters say otherwise",
                       row->name, mysql_stmt_param_count(handle), mysql_stmt_field_count(handle));
    } else {
        db->prepared[statement] = bind_columns(handle, row);
        if (db->prepared[statement] == NULL)
            status = statement_fault(db, statement, mysql_stmt_errno(handle), mysql_stmt_error(handle), fault);
    }
    if (status != STATUS_OK)
        mysql_stmt_close(handle);
    return status;
}

/* ---- executing */

static MYSQL_TIME time_of_civil(const struct civil *civil, enum enum_mysql_timestamp_type type)
{
    return (MYSQL_TIME){
        .year = (unsigned)civil->year,
        .month = (unsigned)civil->month,
        .day = (unsigned)civil->day,
        .hour = (unsigned)civil->hour,
        .minute = (unsigned)civil->minute,
        .second = (unsigned)civil->second,
        .second_part = (unsigned long)civil->millisecond * 1000,
        .time_type = type,
    };
}

static struct instant instant_of_time(const MYSQL_TIME *time)
{
    const struct civil civil = {
        .year = (int)time->year,
        .month = (int)time->month,
        .day = (int)time->day,
        .hour = (int)time->hour,
        .minute = (int)time->minute,
        .second = (int)time->second,
        .millisecond = (int)(time->second_part / 1000),
    };
    return instant_from_civil(&civil, 0);
}

static enum db_type type_of_letter(char letter)
{
    switch (letter) {
    case 'i':
        return DB_TYPE_INTEGER;
    case 't':
        return DB_TYPE_TEXT;
    case 'b':
        return DB_TYPE_BYTES;
    case 'a':
        return DB_TYPE_INSTANT;
    case 'd':
        return DB_TYPE_DAY;
    default:
        return DB_TYPE_NULL;
    }
}

/* value: outlives the execution. time: room for a moment or a day */
static void bind_parameter(char letter, const struct db_value *value, MYSQL_TIME *time, MYSQL_BIND *bind)
{
    static my_bool yes = 1;

    bind->buffer_type = field_type(letter);
    if (value->type == DB_TYPE_NULL) {
        bind->is_null = &yes;
        return;
    }
    assert(value->type == type_of_letter(letter));
    if (value->type == DB_TYPE_INSTANT || value->type == DB_TYPE_DAY) {
        const bool is_day = value->type == DB_TYPE_DAY;
        const struct civil civil = is_day ? civil_from_day((struct day){(int32_t)value->integer})
                                          : civil_from_instant(value->at, 0);
        *time = time_of_civil(&civil, is_day ? MYSQL_TIMESTAMP_DATE : MYSQL_TIMESTAMP_DATETIME);
        bind->buffer = time;
    } else if (value->type == DB_TYPE_INTEGER) {
        bind->buffer = (void *)(uintptr_t)&value->integer;
    } else {
        bind->buffer = (void *)(uintptr_t)value->bytes;
        bind->buffer_length = (unsigned long)value->length;
    }
}

static enum status execute_once(struct db *db, enum statement statement, const struct db_value *values, size_t count,
                                struct fault *fault)
{
    const struct statement_row *row = &STATEMENTS[statement];

    assert(count == strlen(row->parameters));
    if (db->prepared[statement] == NULL) {
        const enum status status = prepare(db, statement, fault);
        if (status != STATUS_OK)
            return status;
    }
    MYSQL_STMT *handle = db->prepared[statement]->handle;
    MYSQL_BIND binds[PARAMETERS_MAX];
    MYSQL_TIME times[PARAMETERS_MAX];
    memset(binds, 0, count * sizeof binds[0]);
    for (size_t i = 0; i < count; i++)
        bind_parameter(row->parameters[i], &values[i], &times[i], &binds[i]);
    db->statement_count++;
    if ((count > 0 && mysql_stmt_bind_param(handle, binds) != 0) || mysql_stmt_execute(handle) != 0)
        return statement_fault(db, statement, mysql_stmt_errno(handle), mysql_stmt_error(handle), fault);
    return STATUS_OK;
}

static void pause_shortly(void)
{
    const uint32_t span = PAUSE_MOST_MILLISECONDS - PAUSE_LEAST_MILLISECONDS + 1;
    const long milliseconds = (long)(PAUSE_LEAST_MILLISECONDS + random_below(span));
    const struct timespec pause = {.tv_nsec = milliseconds * 1000000L};

    nanosleep(&pause, NULL);
}

/*
 * Whether a statement outside a transaction may be sent once more. After a conflict nothing of it was done. A dead
 * connection (2006) was found before sending; an answer that got lost (2013) is asked for again only if nothing was written.
 */
static bool may_send_again(const struct db *db, enum statement statement, unsigned code)
{
    const bool is_reading = STATEMENTS[statement].columns[0] != '\0';

    return is_conflict(code) || (db->is_lost && (is_reading || code == 2006));
}

/* Executes. Inside a transaction nothing is tried again: db_transact() runs the whole of it anew. */
static enum status execute(struct db *db, enum statement statement, const struct db_value *values, size_t count,
                           struct fault *fault)
{
    const int64_t deadline = now_monotonic_milliseconds() + TRANSACTION_MILLISECONDS;
    struct fault last = {0};
    enum status status = STATUS_OK;

    if (db->is_in_transaction && db->is_broken)
        return FAULT(fault, STATUS_UNAVAILABLE, "statement %s follows a failure in its transaction",
                     STATEMENTS[statement].name);
    for (int tries = 1;; tries++) {
        fault_reset(&last);
        status = db->is_in_transaction ? STATUS_OK : ensure_connected(db, &last);
        if (status == STATUS_OK)
            status = execute_once(db, statement, values, count, &last);
        if (status == STATUS_OK || db->is_in_transaction || !may_send_again(db, statement, (unsigned)last.code))
            break;
        /* A loss is worth one new connection, a conflict as many tries as a transaction gets. */
        const int most = is_conflict((unsigned)last.code) ? TRIES_MAX : 2;
        if (tries >= most || now_monotonic_milliseconds() + PAUSE_MOST_MILLISECONDS >= deadline) {
            status = STATUS_UNAVAILABLE;
            break;
        }
        if (is_conflict((unsigned)last.code))
            pause_shortly();
    }
    if (status != STATUS_OK && fault != NULL && fault->file == NULL)
        *fault = last;
    return status;
}

enum status db_run(struct db *db, enum statement statement, const struct db_value *values, size_t count,
                   int64_t *affected, int64_t *insert_id, struct fault *fault)
{
    assert(STATEMENTS[statement].columns[0] == '\0');
    const enum status status = execute(db, statement, values, count, fault);
    if (status != STATUS_OK)
        return status;
    MYSQL_STMT *handle = db->prepared[statement]->handle;
    if (affected != NULL)
        *affected = (int64_t)mysql_stmt_affected_rows(handle);
    if (insert_id != NULL)
        *insert_id = (int64_t)mysql_stmt_insert_id(handle);
    return STATUS_OK;
}

/* ---- fetching */

/* A text or bytes column, copied; the part that did not fit into its buffer is fetched again in full. */
static bool copy_bytes(MYSQL_STMT *handle, unsigned index, const struct column *column, char letter,
                       struct arena *arena, struct db_value *value)
{
    if (column->length <= column->capacity) {
        *value = (struct db_value){.type = type_of_letter(letter),
                                   .bytes = arena_copy(arena, column->bytes, column->length),
                                   .length = column->length};
        return true;
    }
    char *whole = arena_take(arena, column->length + 1);
    unsigned long length = 0;
    my_bool is_null = 0, is_cut = 0;
    MYSQL_BIND bind;
    memset(&bind, 0, sizeof bind);
    bind.buffer_type = field_type(letter);
    bind.buffer = whole;
    bind.buffer_length = column->length;
    bind.length = &length;
    bind.is_null = &is_null;
    bind.error = &is_cut;
    if (mysql_stmt_fetch_column(handle, &bind, index, 0) != 0 || length != column->length)
        return false;
    *value = (struct db_value){.type = type_of_letter(letter), .bytes = whole, .length = length};
    return true;
}

static bool copy_row(const struct prepared *prepared, const char *letters, struct arena *arena, struct db_row *row)
{
    struct db_value *values = arena_take_array(arena, prepared->column_count, sizeof *values);

    for (size_t i = 0; i < prepared->column_count; i++) {
        const struct column *column = &prepared->columns[i];
        if (column->is_null)
            values[i] = db_null();
        else if (letters[i] == 'i')
            values[i] = db_integer(column->integer);
        else if (letters[i] == 'a')
            values[i] = db_instant(instant_of_time(&column->time));
        else if (letters[i] == 'd')
            values[i] = db_day(day_of(instant_of_time(&column->time), 0));
        else if (!copy_bytes(prepared->handle, (unsigned)i, column, letters[i], arena, &values[i]))
            return false;
    }
    *row = (struct db_row){values, prepared->column_count};
    return true;
}

/* The next row of a result. is_end: there was none. */
static enum status fetch(struct db *db, enum statement statement, struct arena *arena, struct db_row *row, bool *is_end,
                         struct fault *fault)
{
    const struct prepared *prepared = db->prepared[statement];
    const int answer = mysql_stmt_fetch(prepared->handle);

    *is_end = answer == MYSQL_NO_DATA;
    if (*is_end)
        return STATUS_OK;
    if (answer != 0 && answer != MYSQL_DATA_TRUNCATED)
        return statement_fault(db, statement, mysql_stmt_errno(prepared->handle), mysql_stmt_error(prepared->handle),
                               fault);
    if (!copy_row(prepared, STATEMENTS[statement].columns, arena, row))
        return FAULT(fault, STATUS_FAILED, "statement %s: a long column could not be fetched",
                     STATEMENTS[statement].name);
    return STATUS_OK;
}

/* Throws away what was not fetched, so that the next command finds a quiet connection. */
static void end_result(struct db *db, enum statement statement)
{
    mysql_stmt_free_result(db->prepared[statement]->handle);
}

static struct db_row *grow_rows(struct arena *arena, struct db_row *rows, size_t count, size_t *room)
{
    if (count < *room)
        return rows;
    *room = *room == 0 ? 16 : *room * 2;
    struct db_row *more = arena_take_array(arena, *room, sizeof *more);
    if (count > 0)
        memcpy(more, rows, count * sizeof *rows);
    return more;
}

enum status db_query(struct db *db, enum statement statement, const struct db_value *values, size_t count,
                     struct arena *arena, struct db_row **rows, size_t *row_count, struct fault *fault)
{
    struct db_row *found = NULL;
    size_t found_count = 0, room = 0;
    bool is_end = false;

    *rows = NULL;
    *row_count = 0;
    enum status status = execute(db, statement, values, count, fault);
    if (status != STATUS_OK)
        return status;
    for (;;) {
        found = grow_rows(arena, found, found_count, &room);
        status = fetch(db, statement, arena, &found[found_count], &is_end, fault);
        if (status != STATUS_OK || is_end)
            break;
        found_count++;
    }
    end_result(db, statement);
    if (status != STATUS_OK)
        return status;
    *rows = found;
    *row_count = found_count;
    return STATUS_OK;
}

enum status db_query_one(struct db *db, enum statement statement, const struct db_value *values, size_t count,
                         struct arena *arena, struct db_row *row, struct fault *fault)
{
    bool is_end = false;
    enum status status = execute(db, statement, values, count, fault);

    if (status != STATUS_OK)
        return status;
    status = fetch(db, statement, arena, row, &is_end, fault);
    end_result(db, statement);
    if (status == STATUS_OK && is_end)
        return STATUS_ABSENT;
    return status;
}

enum status db_stream(struct db *db, enum statement statement, const struct db_value *values, size_t count,
                      db_each each, void *context, struct fault *fault)
{
    struct arena arena;
    bool is_end = false;
    enum status status = execute(db, statement, values, count, fault);

    if (status != STATUS_OK)
        return status;
    arena_init(&arena, STREAM_ROW_BYTES);
    while (status == STATUS_OK) {
        struct db_row row;
        arena_reset(&arena);
        status = fetch(db, statement, &arena, &row, &is_end, fault);
        if (is_end)
            break;
        if (status == STATUS_OK)
            status = each(context, &row, fault);
    }
    end_result(db, statement);
    arena_release(&arena);
    return status;
}

/* ---- transactions */

static void roll_back(struct db *db)
{
    db->is_in_transaction = false;
    if (db->is_lost || db->mysql == NULL)
        return;
    if (send_command(db, "ROLLBACK") != 0)
        db->is_lost = true; /* the server rolls back what a dead connection leaves */
}

static enum status begin(struct db *db, bool *again, struct fault *fault)
{
    enum status status = ensure_connected(db, fault);
    if (status == STATUS_OK) {
        const unsigned code = send_command(db, "START TRANSACTION");
        if (code != 0)
            status = connection_fault(db, "a transaction could not be started", code, mysql_error(db->mysql), fault);
    }
    *again = status == STATUS_UNAVAILABLE;
    return status;
}

/* One try. again: it may succeed when run once more. */
static enum status transact_once(struct db *db, db_work work, void *context, bool *again, struct fault *fault)
{
    enum status status = begin(db, again, fault);
    if (status != STATUS_OK)
        return status;
    db->is_in_transaction = true;
    db->is_broken = db->is_worth_a_retry = false;
    status = work(db, context, fault);
    if (db->is_broken || status != STATUS_OK) {
        /* An error that the work overlooked must not be committed around (after 1213 nothing before it is left). */
        *again = db->is_broken && db->is_worth_a_retry;
        if (db->is_broken && status == STATUS_OK)
            status = FAULT(fault, STATUS_FAILED, "a failed statement was overlooked");
        roll_back(db);
        return status;
    }
    db->is_in_transaction = false;
    const unsigned code = send_command(db, "COMMIT");
    if (code == 0)
        return STATUS_OK;
    status = connection_fault(db, "the transaction could not be committed", code, mysql_error(db->mysql), fault);
    *again = is_loss(code) || is_conflict(code);
    if (fault != NULL)
        fault->is_unsettled = is_loss(code);
    if (!db->is_lost)
        roll_back(db);
    return status;
}

enum status db_transact(struct db *db, db_work work, void *context, struct fault *fault)
{
    const int64_t deadline = now_monotonic_milliseconds() + TRANSACTION_MILLISECONDS;
    struct fault last = {0};
    enum status status = STATUS_OK;
    bool is_unsettled = false;

    assert(!db->is_in_transaction);
    for (int tries = 1; tries <= TRIES_MAX; tries++) {
        bool again = false;
        fault_reset(&last);
        status = transact_once(db, work, context, &again, &last);
        if (!again)
            break;
        is_unsettled = is_unsettled || last.is_unsettled;
        /* Out of tries it is the database that is not available: nobody has decided anything against the caller. */
        status = STATUS_UNAVAILABLE;
        if (now_monotonic_milliseconds() + PAUSE_MOST_MILLISECONDS >= deadline)
            break;
        pause_shortly();
    }
    if (status != STATUS_OK && fault != NULL && fault->file == NULL)
        *fault = last;
    if (status == STATUS_UNAVAILABLE && fault != NULL)
        fault->is_unsettled = is_unsettled;
    return status;
}

/* ---- the check of the server */

static enum status check_variables(struct db *db, struct arena *arena, struct fault *fault)
{
    struct db_row row;
    const enum status status = db_query_one(db, SERVER_CHECK, NULL, 0, arena, &row, fault);

    if (status != STATUS_OK)
        return status;
    if (db_row_integer(&row, 0) != 1)
        return FAULT(fault, STATUS_INVALID,
                     "innodb_flush_log_at_trx_commit is %lld: a power cut would lose reports; set it to 1",
                     (long long)db_row_integer(&row, 0));
    if (strstr(db_row_text(&row, 1), "STRICT_") == NULL || strstr(db_row_text(&row, 2), "STRICT_") == NULL)
        return FAULT(fault, STATUS_INVALID, "sql_mode is not strict: set sql_mode = STRICT_ALL_TABLES,… on the server");
    if (!text_is_equal(db_row_text(&row, 3), "utf8mb4") || !text_is_equal(db_row_text(&row, 4), "utf8mb4"))
        return FAULT(fault, STATUS_INVALID, "the database's character set is %s: it must be utf8mb4",
                     db_row_text(&row, 4));
    return STATUS_OK;
}

static enum status check_schema(struct db *db, struct arena *arena, struct fault *fault)
{
    struct fault inner = {0};
    struct db_row row;
    const enum status status = db_query_one(db, MIGRATION_LAST, NULL, 0, arena, &row, &inner);

    if (inner.code == 1146)
        return FAULT(fault, STATUS_INVALID, "the database has no tables yet: run `shuinuo setup`");
    if (status != STATUS_OK) {
        if (fault != NULL && fault->file == NULL)
            *fault = inner;
        return status;
    }
    const int64_t version = db_row_integer(&row, 0);
    if (version < SCHEMA_VERSION_LEAST)
        return FAULT(fault, STATUS_INVALID, "the schema's version %lld is too old, at least %d: run `shuinuo migrate`",
                     (long long)version, SCHEMA_VERSION_LEAST);
    if (version > SCHEMA_VERSION)
        return FAULT(fault, STATUS_INVALID, "the schema's version %lld is newer than these programs (%d): upgrade them",
                     (long long)version, SCHEMA_VERSION);
    return STATUS_OK;
}

enum status db_check(struct db *db, struct fault *fault)
{
    struct arena arena;

    if (db->is_checked && db->mysql != NULL && !db->is_lost)
        return STATUS_OK;
    arena_init(&arena, (size_t)64 * 1024);
    enum status status = check_variables(db, &arena, fault);
    if (status == STATUS_OK)
        status = check_schema(db, &arena, fault);
    arena_release(&arena);
    db->is_checked = status == STATUS_OK;
    return status;
}

uint64_t db_statement_count(const struct db *db)
{
    return db->statement_count;
}

const char *statement_sql(enum statement statement)
{
    return STATEMENTS[statement].sql;
}

const char *statement_parameters(enum statement statement)
{
    return STATEMENTS[statement].parameters;
}

const char *statement_columns(enum statement statement)
{
    return STATEMENTS[statement].columns;
}

enum status db_run_script_statement(struct db *db, const char *sql, struct fault *fault)
{
    assert(!db->is_in_transaction);
    const enum status status = ensure_connected(db, fault);
    if (status != STATUS_OK)
        return status;
    const unsigned code = send_command(db, sql);
    if (code != 0)
        return connection_fault(db, "a script's statement failed", code, mysql_error(db->mysql), fault);
    return STATUS_OK;
}
