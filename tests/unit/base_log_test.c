/* base/log: one event is one line, whatever is in it. And base/now, whose time stands in front of it. */
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "base/now.h"
#include "base/text.h"

/* Standard error goes into a file while a test listens. */
static struct {
    FILE *file;
    int real_error;
    char text[65536];
} ear;

static void listen_to_log(void)
{
    ear.file = tmpfile();
    REQUIRE(ear.file != NULL);
    ear.real_error = dup(STDERR_FILENO);
    REQUIRE(ear.real_error >= 0 && dup2(fileno(ear.file), STDERR_FILENO) >= 0);
}

static const char *heard(void)
{
    dup2(ear.real_error, STDERR_FILENO);
    close(ear.real_error);
    rewind(ear.file);
    size_t length = fread(ear.text, 1, sizeof ear.text - 1, ear.file);
    ear.text[length] = '\0';
    fclose(ear.file);
    return ear.text;
}

static size_t count_of(const char *text, char wanted)
{
    size_t count = 0;
    for (; *text != '\0'; text++)
        count += *text == wanted;
    return count;
}

/* What stands behind the time: the time itself is another at each run. */
static const char *after_time(const char *line)
{
    const char *blank = strchr(line, ' ');
    return blank == NULL ? line : blank + 1;
}

TEST(a_line_has_time_level_program_and_message)
{
    log_open("complaint", LOG_LEVEL_DEBUG);
    listen_to_log();
    log_write(LOG_LEVEL_INFO, "worker_started pid=%d", 42);
    const char *line = heard();
    CHECK_TEXT(after_time(line), "info complaint msg=\"worker_started pid=42\"\n");
    CHECK_INT(strchr(line, ' ') - line, strlen("2026-11-23T08:40:59.123Z"));
    CHECK(line[4] == '-' && line[10] == 'T' && line[13] == ':' && line[19] == '.' && line[23] == 'Z');
}

TEST(levels_have_names_and_a_threshold)
{
    listen_to_log();
    log_open("p", LOG_LEVEL_WARNING);
    log_write(LOG_LEVEL_DEBUG, "one");
    log_write(LOG_LEVEL_INFO, "two");
    log_write(LOG_LEVEL_WARNING, "three");
    log_write(LOG_LEVEL_ERROR, "four");
    const char *lines = heard();
    CHECK_INT(count_of(lines, '\n'), 2);
    CHECK(strstr(lines, "warning p msg=\"three\"") != NULL);
    CHECK(strstr(lines, "error p msg=\"four\"") != NULL);
    log_open("p", LOG_LEVEL_DEBUG);
    listen_to_log();
    log_write(LOG_LEVEL_DEBUG, "five");
    CHECK_TEXT(after_time(heard()), "debug p msg=\"five\"\n");
}

struct escape_case {
    const char *name;
    const char *value;
    const char *logged;
};

static const struct escape_case escape_cases[] = {
    {"plain", "user=5 path=/a?b", "user=5 path=/a?b"},
    {"Chinese", "水诺", "水诺"},
    {"emoji", "\U0001F4A7", "\U0001F4A7"},
    {"line feed", "a\n2026-01-01T00:00:00.000Z info forged", "a\\n2026-01-01T00:00:00.000Z info forged"},
    {"carriage return", "a\r\nb", "a\\x0d\\nb"},
    {"escape sequence", "\x1B[2J\x1B]0;x\x07", "\\x1b[2J\\x1b]0;x\\x07"},
    {"quotation mark", "a\" level=\"b", "a\\\" level=\\\"b"},
    {"backslash", "a\\nb", "a\\\\nb"},
    {"DEL", "\x7F", "\\x7f"},
    {"tab", "a\tb", "a\\x09b"},
    {"C1 control", "\xC2\x9B" "31m", "\\xc2\\x9b31m"},
    {"last before and first after C1", "~\xC2\xA0", "~\xC2\xA0"},
    {"line separator", "a\u2028b\u2029c", "a\\xe2\\x80\\xa8b\\xe2\\x80\\xa9c"},
    {"right-to-left override", "\u202Ea", "\\xe2\\x80\\xaea"},
    {"lone continuation", "a\x80", "a\\x80"},
    {"overlong slash", "\xC0\xAF", "\\xc0\\xaf"},
    {"surrogate", "\xED\xA0\x80", "\\xed\\xa0\\x80"},
    {"cut character", "\xE6\xB0", "\\xe6\\xb0"},
    {"too large", "\xF4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"},
    {"format signs", "%n%s%d", "%n%s%d"},
    {"nothing", "", ""},
};

TEST(one_event_is_one_line_of_clean_utf8)
{
    log_open("p", LOG_LEVEL_INFO);
    for (size_t i = 0; i < sizeof escape_cases / sizeof escape_cases[0]; i++) {
        check_case(escape_cases[i].name);
        listen_to_log();
        log_write(LOG_LEVEL_INFO, "%s", escape_cases[i].value);
        char want[256];
        snprintf(want, sizeof want, "info p msg=\"%s\"\n", escape_cases[i].logged);
        CHECK_TEXT(after_time(heard()), want);
    }
}

TEST(every_byte_comes_out_harmless)
{
    log_open("p", LOG_LEVEL_INFO);
    listen_to_log();
    for (int first = 1; first < 256; first++) {
        char value[4] = {'<', (char)first, '>', '\0'};
        log_write(LOG_LEVEL_INFO, "%s", value);
    }
    const char *lines = heard();
    CHECK_INT(count_of(lines, '\n'), 255);
    CHECK(text_is_utf8(lines, strlen(lines)));
    CHECK(!text_has_controls(lines));
    CHECK_INT(count_of(lines, '\r'), 0);
}

TEST(a_long_line_is_cut_and_says_so)
{
    static char value[20000];
    static const char *const fills[] = {"a", "\n", "水", "\xFF", "\""};
    log_open("p", LOG_LEVEL_INFO);
    for (size_t i = 0; i < sizeof fills / sizeof fills[0]; i++) {
        check_casef("filled with case %zu", i);
        size_t size = strlen(fills[i]);
        for (size_t at = 0; at + size < sizeof value; at += size)
            memcpy(value + at, fills[i], size + 1);
        listen_to_log();
        log_write(LOG_LEVEL_INFO, "%s", value);
        const char *line = heard();
        CHECK_INT(count_of(line, '\n'), 1);
        CHECK(strlen(line) <= 4096);
        CHECK(text_is_utf8(line, strlen(line)));
        CHECK_TEXT(line + strlen(line) - strlen("…\" cut=1\n"), "…\" cut=1\n");
    }
}

TEST(a_fault_is_logged_with_its_place)
{
    struct fault fault;
    fault_reset(&fault);
    enum status status = FAULT_CODE(&fault, STATUS_UNAVAILABLE, 2006, "gone\naway");
    log_open("ticket", LOG_LEVEL_INFO);
    listen_to_log();
    log_fault(status, &fault);
    char want[200];
    snprintf(want, sizeof want, "error ticket msg=\"fault status=unavailable at=base_log_test.c:%d code=2006 gone\\naway\"\n",
             fault.line);
    CHECK_TEXT(after_time(heard()), want);
    fault_reset(&fault);
    listen_to_log();
    log_fault(STATUS_FAILED, &fault);
    log_fault(STATUS_FAILED, NULL);
    CHECK_INT(count_of(heard(), '\n'), 2);
}

TEST(logging_leaves_errno_alone)
{
    listen_to_log();
    errno = ENOSPC;
    log_write(LOG_LEVEL_ERROR, "something");
    int after = errno;
    (void)heard();
    CHECK_INT(after, ENOSPC);
}

TEST(dying_says_why_and_exits_with_70)
{
    log_open("clerk", LOG_LEVEL_ERROR);
    listen_to_log();
    pid_t child = fork();
    if (child == 0)
        log_die("no_memory asked=%d", 7);
    int state = 0;
    waitpid(child, &state, 0);
    CHECK_TEXT(after_time(heard()), "error clerk msg=\"no_memory asked=7\"\n");
    CHECK(WIFEXITED(state));
    CHECK_INT(WEXITSTATUS(state), 70);
}

TEST(a_log_that_is_away_stops_nothing)
{
    int real_error = dup(STDERR_FILENO);
    close(STDERR_FILENO);
    log_write(LOG_LEVEL_ERROR, "into the void");
    dup2(real_error, STDERR_FILENO);
    close(real_error);
    CHECK(true);
}

/* --- now ---------------------------------------------------------------------------------------------------------- */

static char offset_path[] = "/tmp/shuinuo-now-XXXXXX";

static void write_offset(const char *text)
{
    FILE *file = fopen(offset_path, "w");
    REQUIRE(file != NULL);
    fputs(text, file);
    REQUIRE(fclose(file) == 0);
}

/* How far the clock is moved, to the nearest minute: the time that passes meanwhile does not count. */
static int64_t moved_minutes(struct instant from)
{
    int64_t moved = instant_milliseconds_between(from, now_instant());
    return (moved + (moved < 0 ? -30000 : 30000)) / 60000;
}

TEST(the_clock_follows_the_offset_file_at_every_look)
{
    int file = mkstemp(offset_path);
    REQUIRE(file >= 0);
    close(file);
    struct instant start = now_instant();
    now_use_offset_file(offset_path);
    CHECK_INT(moved_minutes(start), 0);
    write_offset("3600\n");
    CHECK_INT(moved_minutes(start), 60);
    write_offset(" -86400 ");
    CHECK_INT(moved_minutes(start), -1440);
    write_offset("31536000");
    CHECK_INT(moved_minutes(start), 525600);
    static const char *const unreadable[] = {"", "later", "12x", "--5", "99999999999999999999"};
    for (size_t i = 0; i < sizeof unreadable / sizeof unreadable[0]; i++) {
        write_offset(unreadable[i]);
        CHECK_INT(moved_minutes(start), 525600);
    }
    REQUIRE(unlink(offset_path) == 0);
    CHECK_INT(moved_minutes(start), 0);
    write_offset("600");
    CHECK_INT(moved_minutes(start), 10);
    now_use_offset_file("");
    CHECK_INT(moved_minutes(start), 0);
    now_use_offset_file(offset_path);
    CHECK_INT(moved_minutes(start), 10);
    now_use_offset_file(NULL);
    CHECK_INT(moved_minutes(start), 0);
    unlink(offset_path);
}

TEST(the_monotonic_clock_does_not_follow_it_and_never_goes_back)
{
    int64_t last = now_monotonic_milliseconds();
    size_t back = 0;
    for (int i = 0; i < 10000; i++) {
        int64_t next = now_monotonic_milliseconds();
        back += next < last;
        last = next;
    }
    CHECK_INT(back, 0);
}

TEST(today_is_after_this_was_written)
{
    CHECK(now_instant().milliseconds > 1790000000000);
}
