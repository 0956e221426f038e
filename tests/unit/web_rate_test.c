/*
 * Counting in shared memory: windows, forgetting, several processes.
 */
#include "web/rate.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

static struct hash who(uint64_t number)
{
    const struct bytes piece = {(const uint8_t *)&number, sizeof number};

    return crypto_hash_pieces(&piece, 1);
}

static struct instant at(int64_t seconds) { return (struct instant){INT64_C(1795392000000) + seconds * 1000}; }

TEST(what_happened_in_the_window_is_counted_and_then_forgotten)
{
    const struct hash one = who(1), other = who(2);

    rate_open();
    CHECK_INT(rate_look(&one, at(0), 60), 0);
    for (int i = 1; i <= 5; i++)
        CHECK_INT(rate_count(&one, at(i), 60), i);
    CHECK_INT(rate_count(&other, at(6), 60), 1);
    CHECK_INT(rate_look(&one, at(60), 60), 5);
    CHECK_INT(rate_look(&one, at(61), 60), 0);
    CHECK_INT(rate_count(&one, at(61), 60), 1);
}

TEST(all_workers_count_together)
{
    const struct hash one = who(3);
    int code;

    rate_open();
    for (int i = 0; i < 4; i++) {
        const pid_t pid = fork();
        REQUIRE(pid >= 0);
        if (pid == 0) {
            (void)rate_count(&one, at(0), 60);
            _exit(0);
        }
        REQUIRE(waitpid(pid, &code, 0) == pid);
    }
    CHECK_INT(rate_look(&one, at(1), 60), 4);
}

TEST(a_full_table_goes_on_counting_and_forgets_the_oldest)
{
    rate_open();
    for (uint64_t i = 100; i < 100000; i++) {
        const struct hash one = who(i);
        CHECK_INT(rate_count(&one, at((int64_t)i), 1000000), 1);
    }
    const struct hash newest = who(99999);
    CHECK_INT(rate_count(&newest, at(100000), 1000000), 2);
}
