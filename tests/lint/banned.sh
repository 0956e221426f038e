#!/bin/bash
# Calls and words that have no place here, whatever the reason; the table in the middle is the list.
. "$(dirname "$0")/lint.bash"

c_code() { files cgi-bin/*/*.[ch] cgi-bin/*/*.def tests/*/*.[ch] | code_lines; }
product_code() { c_code | grep -E '^cgi-bin/'; }
calls() { grep -E "(^|[^A-Za-z0-9_.>])($1)[[:space:]]*\("; }

# SQL as it is sent: schema files without comments, statements with their strings.
sql_code() {
    # shellcheck disable=SC2016  # awk's own variables
    files schema/*.sql schema/*/*.sql | xargs -r -d '\n' awk '{ sub(/(^|[ \t])-- .*$/, ""); sub(/^--$/, ""); if ($0 ~ /[^ \t]/) print FILENAME ":" FNR ":" $0 }'
    files cgi-bin/store/*.def cgi-bin/store/*.c | code_lines -s | grep '"'
}

findings() {
    c_code | calls 'strcpy|strcat|stpcpy|sprintf|vsprintf|gets|strtok|atoi|atol|atoll|atof|sscanf|alloca|tmpnam|mktemp|localtime|gmtime|ctime|asctime' | report unsafe-call
    c_code | calls 'system|popen|execl|execlp|execle|execvp' | report shell-call
    product_code | calls 'posix_spawn|posix_spawnp|execv|execve|execveat|fexecve|clone' | grep -vE '^cgi-bin/base/photo\.c:' | report shell-call
    c_code | calls 'rand|srand|random|srandom|drand48|lrand48|rand_r|uuid_generate' | report weak-random
    product_code | calls 'time|clock_gettime|gettimeofday|timespec_get|ftime' | grep -vE '^cgi-bin/base/now\.c:' | report other-clock
    product_code | calls 'mysql_query|mysql_real_query|mysql_send_query' | grep -vE '^cgi-bin/store/db\.c:' | report unprepared
    sql_code | grep -iE '(^|[^A-Za-z_])(NOW|CURDATE|CURTIME|SYSDATE|UTC_TIMESTAMP|UTC_DATE|LOCALTIME|UNIX_TIMESTAMP)[[:space:]]*\(|(^|[^A-Za-z_])CURRENT_(TIMESTAMP|DATE|TIME)([^A-Za-z_]|$)' | report sql-clock
    sql_code | grep -iE 'SELECT[[:space:]]+(DISTINCT[[:space:]]+)?([a-z_]+\.)?\*' | report sql-star
    sql_code | grep -E '(^|[^A-Za-z_])(RETURNING|SEQUENCE|JSON|JSON_[A-Z]+|UUID|GET_LOCK|RELEASE_LOCK|MATCH|ngram)([^A-Za-z_]|$)|LOCK[[:space:]]+TABLES' | report sql-dialect
    files cgi-bin/*/*.[ch] cgi-bin/*/*.def schema/*.sql schema/*/*.sql templates/*.cs templates/*/* conf/*/* conf/*.hdf Makefile |
        xargs -r -d '\n' grep -nHE '(^|[^A-Za-z])(TODO|FIXME|XXX|HACK|TBD)([^A-Za-z]|$)' | report unfinished
    files tests/unit/*.c | code_lines | calls 'sleep|usleep|nanosleep|clock_nanosleep|poll' | report sleeping-test
}

rule unsafe-call "there is a bounded or reentrant way (base/text.h, base/time.h)"
rule shell-call "no program starts another, but base/photo.c its helper"
rule weak-random "base/random.h is the only source of chance"
rule other-clock "base/now.h is the only clock"
rule unprepared "statements are prepared, in store/db.c"
rule sql-clock "time comes as a parameter, never from the database"
rule sql-star "columns are named"
rule sql-dialect "outside of what MySQL 8, MariaDB 10.11 and Galera share"
rule unfinished "an unfinished place"
rule sleeping-test "a unit test does not wait; time is an argument"

bad unsafe-call cgi-bin/web/page.c <<'END'
void f(char *a, const char *b) { strcpy (a, b); }
END
bad unsafe-call tests/unit/x_test.c <<'END'
int f(const char *a) { return atoi(a); }
END
bad shell-call cgi-bin/shuinuo/main.c <<'END'
int f(void) { return system("ls"); }
END
bad shell-call cgi-bin/web/page.c <<'END'
int f(char **a) { return execve(a[0], a, a); }
END
bad weak-random cgi-bin/base/random.c <<'END'
int f(void) { return rand(); }
END
bad other-clock cgi-bin/web/page.c <<'END'
long f(void) { return time(NULL); }
END
bad unprepared cgi-bin/store/setup.c <<'END'
int f(MYSQL *m) { return mysql_query(m, "x"); }
END
bad sql-clock schema/001_x.sql <<'END'
CREATE TABLE a (b DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3));
END
bad sql-clock cgi-bin/store/statements.def <<'END'
STATEMENT(A, "", "t", "SELECT a FROM b WHERE c < NOW()")
END
bad sql-star cgi-bin/store/statements.def <<'END'
STATEMENT(A, "", "t", "SELECT t.* FROM ticket t")
END
bad sql-dialect cgi-bin/store/statements.def <<'END'
STATEMENT(A, "", "t", "INSERT INTO a VALUES (1) RETURNING b")
END
bad sql-dialect schema/001_x.sql <<'END'
CREATE TABLE a (b JSON);
END
bad sql-dialect schema/001_x.sql <<'END'
LOCK  TABLES a WRITE;
END
bad unfinished cgi-bin/web/page.c <<'END'
/* TODO: the rest */
END
bad sleeping-test tests/unit/x_test.c <<'END'
void f(void) { sleep(1); }
END
with schema/001_x.sql <<'END'
-- NOW() is not used; SELECT * neither.
CREATE TABLE counter (a_json INT, sequence_no INT);
END
with cgi-bin/base/now.c <<'END'
int f(struct timespec *t) { return clock_gettime(0, t); }
END
good cgi-bin/web/page.c <<'END'
/* never strcpy(): */
int page_time(int x) { return my_random(x) + other.time(x) + page->system(2); }
const char *s = "rand() and system() and NOW()";
END
finish
