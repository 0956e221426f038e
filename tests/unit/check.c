#include "check.h"

#include <assert.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

enum { TESTS_MAX = 4096, NAME_SIZE = 400 };

struct test {
    const char *name;
    void (*run)(void);
};

static struct test tests[TESTS_MAX];
static size_t test_count;

static struct {
    char name[NAME_SIZE]; /* test, or test: case */
    const char *test;
    bool failed;
    bool checked; /* a check ran since the name was set */
    size_t cases;
} current;

static size_t passed, failed, skipped;
static bool verbose;
static jmp_buf test_end;

void check_register(const char *name, void (*run)(void))
{
    assert(test_count < TESTS_MAX);
    tests[test_count++] = (struct test){name, run};
}

static void name_set(const char *suffix)
{
    snprintf(current.name, sizeof current.name, "%s%s%s", current.test, suffix == NULL ? "" : ": ",
             suffix == NULL ? "" : suffix);
    current.failed = false;
    current.checked = false;
}

static void name_conclude(void)
{
    if (current.failed) {
        failed++;
        return;
    }
    passed++;
    if (verbose)
        printf("ok %s\n", current.name);
}

void check_case(const char *name)
{
    /* What a test does before its first case is preparation: it counts only when it went wrong. */
    if (current.cases > 0 || current.failed)
        name_conclude();
    current.cases++;
    name_set(name);
}

void check_casef(const char *format, ...)
{
    char name[NAME_SIZE];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(name, sizeof name, format, arguments);
    va_end(arguments);
    check_case(name);
}

static void report(const char *file, int line)
{
    current.failed = true;
    printf("not ok %s: %s:%d ", current.name, file, line);
}

bool check_true(bool held, const char *expression, const char *file, int line)
{
    current.checked = true;
    if (!held) {
        report(file, line);
        printf("got false, want %s\n", expression);
    }
    return held;
}

bool check_int(long long got, long long want, const char *expression, const char *file, int line)
{
    current.checked = true;
    if (got != want) {
        report(file, line);
        printf("%s: got %lld, want %lld\n", expression, got, want);
    }
    return got == want;
}

bool check_text(const char *got, const char *want, const char *expression, const char *file, int line)
{
    bool held = got == NULL || want == NULL ? got == want : strcmp(got, want) == 0;

    current.checked = true;
    if (!held) {
        report(file, line);
        printf("%s:\n    got  %s%s%s\n    want %s%s%s\n", expression, got ? "\"" : "", got ? got : "NULL", got ? "\"" : "",
               want ? "\"" : "", want ? want : "NULL", want ? "\"" : "");
    }
    return held;
}

static void bytes_print(const char *title, const unsigned char *bytes, size_t size_bytes, size_t differ_at)
{
    size_t from = differ_at < 8 ? 0 : differ_at - 8;

    printf("    %s at %zu:", title, from);
    for (size_t i = from; i < size_bytes && i < from + 24; i++)
        printf(" %02x", (unsigned)bytes[i]);
    printf("\n");
}

bool check_bytes(const void *got, const void *want, size_t size_bytes, const char *expression, const char *file, int line)
{
    const unsigned char *g = got, *w = want;
    size_t at = 0;

    current.checked = true;
    while (at < size_bytes && g[at] == w[at])
        at++;
    if (at == size_bytes)
        return true;
    report(file, line);
    printf("%s: %zu bytes differ from byte %zu on\n", expression, size_bytes, at);
    bytes_print("got ", g, size_bytes, at);
    bytes_print("want", w, size_bytes, at);
    return false;
}

bool check_status(int got, int want, const char *expression, const char *want_name, const char *file, int line)
{
    current.checked = true;
    if (got != want) {
        report(file, line);
        printf("%s: got %d, want %s (%d)\n", expression, got, want_name, want);
    }
    return got == want;
}

void check_end_test(void)
{
    longjmp(test_end, 1);
}

void check_skip(const char *reason)
{
    skipped++;
    printf("skipped %s: %s\n", current.name, reason);
    longjmp(test_end, 2);
}

/* Names the test that was running; the program then dies of the signal, so that the driver counts it. */
static void on_crash(int number)
{
    static const char intro[] = "not ok ";
    static const char outro[] = ": the program crashed here\n";
    size_t length = strlen(current.name);

    signal(number, SIG_DFL);
    if (write(STDOUT_FILENO, intro, sizeof intro - 1) < 0 || write(STDOUT_FILENO, current.name, length) < 0 ||
        write(STDOUT_FILENO, outro, sizeof outro - 1) < 0)
        _exit(99);
    raise(number);
}

static void test_run(const struct test *test)
{
    current.test = test->name;
    current.cases = 0;
    name_set(NULL);
    int how = setjmp(test_end);
    if (how == 0)
        test->run();
    if (how == 2)
        return;
    if (how == 0 && current.cases == 0 && !current.checked) {
        current.failed = true;
        printf("not ok %s: it checked nothing\n", current.name);
    }
    name_conclude();
}

int main(int argc, char **argv)
{
    const char *only = NULL;
    size_t ran = 0;

    setvbuf(stdout, NULL, _IOLBF, 0);
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-v") == 0)
            verbose = true;
        else
            only = argv[i];
    }
    if (!SANITIZED) {
        signal(SIGSEGV, on_crash);
        signal(SIGABRT, on_crash);
    }
    for (size_t i = 0; i < test_count; i++) {
        if (only == NULL || strstr(tests[i].name, only) != NULL) {
            test_run(&tests[i]);
            ran++;
        }
    }
    if (ran == 0) {
        printf("not ok: no test %s%s\n", only == NULL ? "in this program" : "is called like ", only == NULL ? "" : only);
        failed++;
    }
    printf("%zu passed, %zu failed", passed, failed);
    if (skipped > 0)
        printf(", %zu skipped", skipped);
    printf("\n");
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
