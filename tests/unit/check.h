/*
 * The test frame. A test program is one file of tests:
 *
 *     #include "check.h"
 *
 *     TEST(a_leap_day_is_a_day)
 *     {
 *         CHECK_INT(days_in_month(2028, 2), 29);
 *     }
 *
 * main() comes with check.c. Options: -v prints each test that passed; any other word runs only the tests and cases' tests
 * whose name contains it. The last line printed is "N passed, N failed" (", N skipped" if any); the exit code is 0 only when
 * nothing failed.
 */
#ifndef TESTS_UNIT_CHECK_H
#define TESTS_UNIT_CHECK_H

#include <stdbool.h>
#include <stddef.h>

/* A test that runs by being written: TEST(name) { body }. Names are sentences and appear in the output. */
#define TEST(name)                                                                                                     \
    static void test_##name(void);                                                                                     \
    __attribute__((constructor)) static void register_##name(void) { check_register(#name, test_##name); }             \
    static void test_##name(void)

/* A failed CHECK is reported with got and want, and the test goes on. */
#define CHECK(condition) check_true((condition), #condition, __FILE__, __LINE__)
#define CHECK_INT(got, want) check_int((long long)(got), (long long)(want), #got, __FILE__, __LINE__)
#define CHECK_TEXT(got, want) check_text((got), (want), #got, __FILE__, __LINE__)
/* size_bytes  compared length of both */
#define CHECK_BYTES(got, want, size_bytes) check_bytes((got), (want), (size_bytes), #got, __FILE__, __LINE__)
/* For enum values: shows the wanted constant by its name. */
#define CHECK_STATUS(got, want) check_status((int)(got), (int)(want), #got, #want, __FILE__, __LINE__)
/* Like CHECK, but ends the test: for what the following lines cannot do without. */
#define REQUIRE(condition)                                                                                             \
    do {                                                                                                               \
        if (!check_true((condition), #condition, __FILE__, __LINE__))                                                  \
            check_end_test();                                                                                          \
    } while (0)
#define REQUIRE_STATUS(got, want)                                                                                      \
    do {                                                                                                               \
        if (!check_status((int)(got), (int)(want), #got, #want, __FILE__, __LINE__))                                   \
            check_end_test();                                                                                          \
    } while (0)
/* Ends the test as skipped; the reason is printed and counted. */
#define SKIP(reason) check_skip(reason)

/*
 * Begins a named case inside a test, for tables: each case counts as a test of its own, and the checks until the next
 * case or the end of the test belong to it. Copies the name.
 */
void check_case(const char *name);
void check_casef(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The rest serves the macros. Each returns whether the check held. */
void check_register(const char *name, void (*run)(void));
bool check_true(bool held, const char *expression, const char *file, int line);
bool check_int(long long got, long long want, const char *expression, const char *file, int line);
bool check_text(const char *got, const char *want, const char *expression, const char *file, int line);
bool check_bytes(const void *got, const void *want, size_t size_bytes, const char *expression, const char *file, int line);
bool check_status(int got, int want, const char *expression, const char *want_name, const char *file, int line);
void check_end_test(void) __attribute__((noreturn));
void check_skip(const char *reason) __attribute__((noreturn));

#endif
