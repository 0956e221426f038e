/*
 * The database: one connection per process, statements prepared once, one transaction helper. Every word of SQL is in
 * store/statements.def; no value, column or order is ever pasted into it.
 *
 * After a lost connection everything prepared is thrown away and made anew, between units of work only
 * (MYSQL_OPT_RECONNECT stays off). 2002 2003 2006 2013 2055 1047 1053 1180 1927 are STATUS_UNAVAILABLE; 1205 1213 1020 are
 * STATUS_CONFLICT inside a transaction and run again; 1062 is STATUS_DUPLICATE.
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include "base/arena.h"
#include "base/secrets.h"
#include "base/settings.h"
#include "base/text.h"
#include "base/time.h"

/* Names of all statements: TABLE_VERB_BY. */
enum statement {
#define STATEMENT(name, parameters, columns, sql) name,
#include "store/statements.def"
#undef STATEMENT
    STATEMENT__COUNT
};

struct db; /* a connection and its prepared statements */

/* A parameter of a statement. Texts and bytes are borrowed for the call. */
enum db_type { DB_TYPE_NULL, DB_TYPE_INTEGER, DB_TYPE_TEXT, DB_TYPE_BYTES, DB_TYPE_INSTANT, DB_TYPE_DAY };
struct db_value {
    enum db_type type;
    int64_t integer;      /* integer, or the day's number */
    const void *bytes;
    size_t length;
    struct instant at;
};

struct db_value db_null(void);
struct db_value db_integer(int64_t value);
struct db_value db_text(const char *text); /* NULL becomes SQL NULL */
struct db_value db_bytes(const void *bytes, size_t length); /* NULL becomes SQL NULL */
struct db_value db_instant(struct instant at); /* INSTANT_NONE becomes SQL NULL */
struct db_value db_day(struct day day);

/*
 * A handle that connects at the first use and again after a loss. user: the program's database account
 * ("shuinuo_" + program); password and names from secrets and settings, borrowed for the handle's life.
 */
struct db *db_open(const struct settings *settings, const struct secrets *secrets, const char *user);
/* For `shuinuo setup`: the operating system's user over the unix socket; database may be NULL. */
struct db *db_open_as_owner(const struct settings *settings, const char *database);
void db_close(struct db *db); /* harmless on NULL */

/*
 * Connects if necessary and checks the server once per connection: flush_log_at_trx_commit = 1, strict sql_mode, utf8mb4,
 * schema version inside base/version.h's range. STATUS_INVALID says in the fault what is wrong and how to mend it.
 */
enum status db_check(struct db *db, struct fault *fault) MUST_USE;

/*
 * Runs a statement that returns no rows. affected, insert_id: may be NULL. Found rows count as affected. Outside a
 * transaction it is sent again after a conflict, and after a connection that was found dead.
 */
enum status db_run(struct db *db, enum statement statement, const struct db_value *values, size_t count,
                   int64_t *affected, int64_t *insert_id, struct fault *fault) MUST_USE;

/* One row of a result; texts and bytes live in the arena given to db_query. */
struct db_row {
    const struct db_value *columns;
    size_t count;
};
int64_t db_row_integer(const struct db_row *row, size_t column); /* NULL is 0 */
const char *db_row_text(const struct db_row *row, size_t column); /* NULL is "" */
struct bytes db_row_bytes(const struct db_row *row, size_t column);
struct instant db_row_instant(const struct db_row *row, size_t column); /* NULL is INSTANT_NONE */
struct day db_row_day(const struct db_row *row, size_t column);
bool db_row_is_null(const struct db_row *row, size_t column);

/*
 * Runs a SELECT and fetches all its rows (every list is bounded by LIMIT) into the arena. The result is freed before
 * it returns, also on errors.
 */
enum status db_query(struct db *db, enum statement statement, const struct db_value *values, size_t count,
                     struct arena *arena, struct db_row **rows, size_t *row_count, struct fault *fault) MUST_USE;

/* As db_query for at most one row: STATUS_ABSENT without one. */
enum status db_query_one(struct db *db, enum statement statement, const struct db_value *values, size_t count,
                         struct arena *arena, struct db_row *row, struct fault *fault) MUST_USE;

/*
 * Calls `each` for every row of a result that is too long for an arena (exports, verify, figures); the row lives for the
 * call. A status other than OK from `each` ends it and is returned.
 */
typedef enum status (*db_each)(void *context, const struct db_row *row, struct fault *fault);
enum status db_stream(struct db *db, enum statement statement, const struct db_value *values, size_t count,
                      db_each each, void *context, struct fault *fault) MUST_USE;

/* One unit of work inside a transaction. Run again from the start after a conflict, so it keeps no state of a try. */
typedef enum status (*db_work)(struct db *db, void *context, struct fault *fault);

/*
 * BEGIN, work, COMMIT. Any status but OK rolls back. Conflicts (1205 1213 1020) and connections lost before COMMIT run
 * the work again, up to 6 times in 5 seconds; a COMMIT whose outcome is unknown runs it again too: the work must be
 * keyed, and its STATUS_DUPLICATE then means that it had committed. STATUS_UNAVAILABLE with fault->is_unsettled: the outcome could not be
 * asked for any more. Not nested.
 */
enum status db_transact(struct db *db, db_work work, void *context, struct fault *fault) MUST_USE;

/* Statements executed since the handle was opened, for the log line and the bench; BEGIN and COMMIT are not counted. */
uint64_t db_statement_count(const struct db *db);

/* Text of a statement and its parameter and column letters (i t b a d), for tests. */
const char *statement_sql(enum statement statement);
const char *statement_parameters(enum statement statement);
const char *statement_columns(enum statement statement);

/* Runs one statement of a migration or accounts file; only setup and migrate may. */
enum status db_run_script_statement(struct db *db, const char *sql, struct fault *fault) MUST_USE;

#endif
