/*
 * Floor 2: the smallest program that does the same inserts as one filing in one durable transaction: the product's own
 * statements, prepared once, with fixed values; behind FastCGI, or as a bare loop.
 *
 *   insert DATABASE_SOCKET DATABASE fcgi SOCKET PROCESSES BYTES
 *   insert DATABASE_SOCKET DATABASE bare PROCESSES SECONDS        prints transactions per second
 */
#include <fcgiapp.h>
#include <mysql.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* The statements of the product, by name. */
enum statement {
#define STATEMENT(name, parameters, columns, sql) name,
#include "store/statements.def"
#undef STATEMENT
    STATEMENT__COUNT
};
static const struct {
    const char *parameters, *sql;
} statements[] = {
#define STATEMENT(name, parameters, columns, sql) {parameters, sql},
#include "store/statements.def"
#undef STATEMENT
};

/* The order of one filing of a leak: draft, ticket, person, event, its words, four clocks, projection, mark. */
static const enum statement filing[] = {DRAFT_FIND_BY_TOKEN, TICKET_INSERT,  TICKET_PERSON_INSERT, EVENT_INSERT,
                                        EVENT_TEXT_INSERT,   CLOCK_INSERT_4, PUBLIC_TICKET_INSERT, DIRTY_INSERT};
enum { FILING_COUNT = sizeof filing / sizeof filing[0], PARAMETERS_MAX = 120, BYTES_MAX = 200 };

static MYSQL *database;
static MYSQL_STMT *prepared[FILING_COUNT];
static uint64_t counter; /* makes numbers and keys unique over processes and runs */

static void die(const char *what)
{
    fprintf(stderr, "%s: %s\n", what, database == NULL ? "" : mysql_error(database));
    exit(1);
}

static void open_database(const char *socket, const char *name)
{
    unsigned off = 0;
    database = mysql_init(NULL);
    if (database == NULL)
        die("init");
    mysql_optionsv(database, MYSQL_OPT_LOCAL_INFILE, &off);
    if (mysql_real_connect(database, NULL, NULL, NULL, name, 0, socket, 0) == NULL)
        die("connect");
    if (mysql_query(database, "SET NAMES utf8mb4") != 0)
        die("names");
    for (size_t i = 0; i < FILING_COUNT; i++) {
        prepared[i] = mysql_stmt_init(database);
        if (prepared[i] == NULL ||
            mysql_stmt_prepare(prepared[i], statements[filing[i]].sql, strlen(statements[filing[i]].sql)) != 0)
            die("prepare");
    }
}

/* Room for the values of one statement. */
struct values {
    MYSQL_BIND bind[PARAMETERS_MAX];
    int64_t integers[PARAMETERS_MAX];
    char bytes[PARAMETERS_MAX][BYTES_MAX];
    unsigned long lengths[PARAMETERS_MAX];
    MYSQL_TIME times[PARAMETERS_MAX];
};

static void bind_one(struct values *values, size_t i, char letter, int64_t integer, const char *text)
{
    MYSQL_BIND *bind = &values->bind[i];
    memset(bind, 0, sizeof *bind);
    switch (letter) {
    case 'i':
        values->integers[i] = integer;
        bind->buffer_type = MYSQL_TYPE_LONGLONG;
        bind->buffer = &values->integers[i];
        break;
    case 'a':
    case 'd':
        values->times[i] = (MYSQL_TIME){.year = 2026, .month = 11, .day = 23, .hour = 8,
                                        .time_type = letter == 'a' ? MYSQL_TIMESTAMP_DATETIME : MYSQL_TIMESTAMP_DATE};
        bind->buffer_type = letter == 'a' ? MYSQL_TYPE_DATETIME : MYSQL_TYPE_DATE;
        bind->buffer = &values->times[i];
        break;
    default:
        values->lengths[i] = (unsigned long)snprintf(values->bytes[i], BYTES_MAX, "%s", text);
        bind->buffer_type = letter == 't' ? MYSQL_TYPE_STRING : MYSQL_TYPE_BLOB;
        bind->buffer = values->bytes[i];
        bind->buffer_length = values->lengths[i];
        bind->length = &values->lengths[i];
        break;
    }
}

/* Values that every column takes; what must be unique or refer to the ticket is set afterwards by position. */
static void fill(struct values *values, enum statement statement, int64_t ticket, const char *number, const char *key16)
{
    const char *letters = statements[statement].parameters;
    for (size_t i = 0; letters[i] != '\0'; i++)
        bind_one(values, i, letters[i], 1, key16);
    switch (statement) {
    case TICKET_INSERT: bind_one(values, 0, 't', 0, number); values->bind[30].buffer_type = MYSQL_TYPE_NULL; break;
    case TICKET_PERSON_INSERT: bind_one(values, 0, 'i', ticket, NULL); break;
    case EVENT_INSERT: bind_one(values, 1, 'i', ticket, NULL); break;
    case EVENT_TEXT_INSERT: bind_one(values, 1, 'i', ticket, NULL); break;
    case CLOCK_INSERT_4:
        for (int clock = 0; clock < 4; clock++) {
            size_t first = (size_t)clock * strlen(letters) / 4;
            bind_one(values, first + 1, 'i', ticket, NULL);
            bind_one(values, first + 2, 'i', clock + 1, NULL);
            bind_one(values, first + 5, 't', 0, "22");
        }
        break;
    case PUBLIC_TICKET_INSERT:
        bind_one(values, 0, 'i', ticket, NULL);
        bind_one(values, 1, 't', 0, number);
        bind_one(values, 18, 't', 0, number);
        break;
    case DIRTY_INSERT: bind_one(values, 1, 'i', ticket, NULL); break;
    default: break;
    }
}

/* One filing. The keys are 16 or 32 readable bytes: their content does not matter to the server's work. */
static void file_one(void)
{
    static struct values values;
    char number[18], key[33];
    int64_t ticket = 0;
    counter++;
    snprintf(number, sizeof number, "BB%015llu", (unsigned long long)(counter + ((uint64_t)getpid() << 24)) % 1000000000000000ULL);
    snprintf(key, sizeof key, "%08x%08x", (unsigned)getpid(), (unsigned)counter);
    if (mysql_query(database, "START TRANSACTION") != 0)
        die("start");
    for (size_t i = 0; i < FILING_COUNT; i++) {
        fill(&values, filing[i], ticket, number, key);
        if (mysql_stmt_bind_param(prepared[i], values.bind) || mysql_stmt_execute(prepared[i]) != 0) {
            fprintf(stderr, "statement %zu: %s\n", i, mysql_stmt_error(prepared[i]));
            die("execute");
        }
        if (filing[i] == DRAFT_FIND_BY_TOKEN && (mysql_stmt_store_result(prepared[i]) != 0 || mysql_stmt_free_result(prepared[i])))
            die("result");
        if (filing[i] == TICKET_INSERT)
            ticket = (int64_t)mysql_stmt_insert_id(prepared[i]);
    }
    if (mysql_commit(database) != 0)
        die("commit");
}

static void serve(int socket, int length)
{
    FCGX_Request request;
    char *body = malloc((size_t)length + 1), drained[4096];
    const char header[] = "Status: 303 See Other\r\nLocation: /complaint/receipt\r\nContent-Type: text/html\r\n\r\n";
    if (body == NULL || FCGX_InitRequest(&request, socket, 0) != 0)
        exit(1);
    memset(body, 'x', (size_t)length);
    while (FCGX_Accept_r(&request) >= 0) {
        while (FCGX_GetStr(drained, sizeof drained, request.in) > 0)
            continue;
        file_one();
        FCGX_PutStr(header, (int)sizeof header - 1, request.out);
        FCGX_PutStr(body, length, request.out);
        FCGX_Finish_r(&request);
    }
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Each child writes how many it did into its pipe. */
static int run_bare(const char *socket, const char *name, int processes, double seconds)
{
    int ends[2];
    long total = 0, done;
    if (pipe(ends) != 0)
        return 1;
    for (int i = 0; i < processes; i++) {
        if (fork() != 0)
            continue;
        open_database(socket, name);
        double end = seconds_now() + seconds;
        for (done = 0; seconds_now() < end; done++)
            file_one();
        _exit(write(ends[1], &done, sizeof done) == sizeof done ? 0 : 1);
    }
    for (int i = 0; i < processes; i++) {
        if (read(ends[0], &done, sizeof done) != sizeof done)
            return 1;
        total += done;
    }
    while (wait(NULL) > 0)
        continue;
    printf("%.0f\n", (double)total / seconds);
    return 0;
}

static int run_fcgi(const char *socket, const char *name, const char *path, int processes, int length)
{
    int listener;
    if (FCGX_Init() != 0 || (listener = FCGX_OpenSocket(path, 512)) < 0)
        return 1;
    for (int i = 0; i < processes; i++) {
        if (fork() != 0)
            continue;
        signal(SIGTERM, SIG_DFL);
        if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
            _exit(1);
        open_database(socket, name);
        serve(listener, length);
        _exit(0);
    }
    while (wait(NULL) > 0)
        continue;
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 7 && strcmp(argv[3], "fcgi") == 0)
        return run_fcgi(argv[1], argv[2], argv[4], (int)strtol(argv[5], NULL, 10), (int)strtol(argv[6], NULL, 10));
    if (argc == 6 && strcmp(argv[3], "bare") == 0)
        return run_bare(argv[1], argv[2], (int)strtol(argv[4], NULL, 10), strtod(argv[5], NULL));
    return 2;
}
