#include "clerk/master.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "base/now.h"

enum { PARTS_MAX = 4, STEADY_MILLISECONDS = 10000, FIRST_PAUSE_MILLISECONDS = 200, LONGEST_PAUSE_MILLISECONDS = 30000 };

/* A part's process as the master sees it. */
struct process {
    pid_t pid; /* 0: not running */
    int64_t started_at, start_again_at;
    int pause_milliseconds;
};

static volatile sig_atomic_t is_stopping;

static void on_stop(int signal_number)
{
    (void)signal_number;
    is_stopping = 1;
}

bool master_is_stopping(void) { return is_stopping != 0; }

static void fill_stop_signals(sigset_t *signals)
{
    sigemptyset(signals);
    sigaddset(signals, SIGTERM);
    sigaddset(signals, SIGINT);
    sigaddset(signals, SIGQUIT);
}

void master_take_signals(void)
{
    struct sigaction action = {.sa_handler = on_stop, .sa_flags = SA_RESTART};
    sigset_t signals;

    fill_stop_signals(&signals);
    sigaddset(&signals, SIGCHLD);
    if (sigaction(SIGTERM, &action, NULL) != 0 || sigaction(SIGINT, &action, NULL) != 0 ||
        sigaction(SIGQUIT, &action, NULL) != 0 || sigprocmask(SIG_UNBLOCK, &signals, NULL) != 0)
        log_die("cannot set up signals");
}

void master_pause(int milliseconds)
{
    const struct timespec pause = {.tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000L};
    sigset_t signals, before;

    fill_stop_signals(&signals);
    if (sigprocmask(SIG_BLOCK, &signals, &before) != 0)
        log_die("cannot hold back signals");
    if (!is_stopping)
        (void)ppoll(NULL, 0, &pause, &before);
    if (sigprocmask(SIG_SETMASK, &before, NULL) != 0)
        log_die("cannot let signals through");
}

/* --- the master --------------------------------------------------------------------------------------------------- */

/* Becomes the part. A part does not outlive its master, however that ended: another master may start another one. */
_Noreturn static void become(const struct master_part *part, pid_t master)
{
    master_take_signals();
    if (prctl(PR_SET_PDEATHSIG, SIGTERM) != 0)
        log_die("cannot be told of the master's end");
    if (getppid() != master)
        exit(EXIT_SUCCESS);
    exit(part->work(part->context));
}

static void start_part(const struct master_part *part, struct process *process)
{
    const pid_t master = getpid();

    process->started_at = now_monotonic_milliseconds();
    process->pid = fork();
    if (process->pid == 0)
        become(part, master);
    if (process->pid < 0) {
        process->pid = 0;
        process->start_again_at = process->started_at + LONGEST_PAUSE_MILLISECONDS;
        log_write(LOG_LEVEL_ERROR, "part_not_started name=%s", part->name);
    }
}

/* Takes note of those that ended; one that ran for a while is started again at once. */
static void collect(const struct master_part *parts, struct process *processes, int count)
{
    int how;

    for (pid_t pid; (pid = waitpid(-1, &how, WNOHANG)) > 0;) {
        for (int i = 0; i < count; i++) {
            struct process *process = &processes[i];
            const int64_t now = now_monotonic_milliseconds();
            if (process->pid != pid)
                continue;
            process->pid = 0;
            if (now - process->started_at >= STEADY_MILLISECONDS)
                process->pause_milliseconds = 0;
            process->start_again_at = now + process->pause_milliseconds;
            process->pause_milliseconds = process->pause_milliseconds == 0 ? FIRST_PAUSE_MILLISECONDS
                                          : process->pause_milliseconds < LONGEST_PAUSE_MILLISECONDS / 2
                                              ? process->pause_milliseconds * 2
                                              : LONGEST_PAUSE_MILLISECONDS;
            if (!is_stopping)
                log_write(LOG_LEVEL_WARNING, "part_ended name=%s code=%d signal=%d", parts[i].name,
                          WIFEXITED(how) ? WEXITSTATUS(how) : 0, WIFSIGNALED(how) ? WTERMSIG(how) : 0);
        }
    }
}

static int running(const struct process *processes, int count)
{
    int total = 0;

    for (int i = 0; i < count; i++)
        total += processes[i].pid != 0;
    return total;
}

static void tell_all(const struct process *processes, int count, int signal_number)
{
    for (int i = 0; i < count; i++)
        if (processes[i].pid != 0)
            (void)kill(processes[i].pid, signal_number);
}

/* Waits for one of the signals that are held back; a stop is noted. */
static void wait_for_signal(const sigset_t *signals, int milliseconds)
{
    const struct timespec pause = {.tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000L};
    const int taken = sigtimedwait(signals, NULL, &pause);

    if (taken == SIGTERM || taken == SIGINT || taken == SIGQUIT)
        is_stopping = 1;
}

/* Asks them to end, and after a while does not ask any more. */
static int end_all(const struct master_part *parts, struct process *processes, int count, const sigset_t *signals,
                   int patience_seconds)
{
    const int64_t end = now_monotonic_milliseconds() + (int64_t)patience_seconds * 1000;

    tell_all(processes, count, SIGTERM);
    collect(parts, processes, count);
    while (running(processes, count) > 0 && now_monotonic_milliseconds() < end) {
        wait_for_signal(signals, 200);
        collect(parts, processes, count);
    }
    if (running(processes, count) == 0)
        return EXIT_SUCCESS;
    log_write(LOG_LEVEL_ERROR, "parts_killed count=%d", running(processes, count));
    tell_all(processes, count, SIGKILL);
    while (running(processes, count) > 0) {
        wait_for_signal(signals, 200);
        collect(parts, processes, count);
    }
    return EXIT_FAILURE;
}

int master_run(const struct master_part *parts, int count, int patience_seconds)
{
    struct process processes[PARTS_MAX] = {{0}};
    sigset_t signals;

    fill_stop_signals(&signals);
    sigaddset(&signals, SIGCHLD);
    if (count > PARTS_MAX || sigprocmask(SIG_BLOCK, &signals, NULL) != 0)
        log_die("the master cannot hold back signals");
    while (!is_stopping) {
        const int64_t now = now_monotonic_milliseconds();
        for (int i = 0; i < count; i++)
            if (processes[i].pid == 0 && now >= processes[i].start_again_at)
                start_part(&parts[i], &processes[i]);
        wait_for_signal(&signals, running(processes, count) == count ? 60000 : 100);
        collect(parts, processes, count);
    }
    return end_all(parts, processes, count, &signals, patience_seconds);
}
