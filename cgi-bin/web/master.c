#include "web/master.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "base/now.h"
#include "base/text.h"
#include "web/worker.h"

#define WORKERS_MAX 256
#define BACKLOG 512
#define PAUSE_FIRST_MS 100
#define PAUSE_LONGEST_MS 5000
#define LIFE_HEALTHY_MS 10000 /* a worker that lived this long did not fail at its start */
#define STOP_GRACE_MS 5000    /* beyond the request timeout, before workers that hang are killed */

struct slot {
    pid_t pid; /* 0: none */
    int64_t started_ms;
    int64_t start_at_ms; /* not before this */
    int failures;        /* in a row */
};

static struct {
    struct slot slots[WORKERS_MAX];
    int count;
} pool;

/* --- socket ------------------------------------------------------------------------------------------------------- */

static bool make_address(const char *path, struct sockaddr_un *address)
{
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    struct text text;
    text_init(&text, address->sun_path, sizeof address->sun_path);
    text_add(&text, path);
    return !text.is_cut && *path != '\0';
}

/* Removes the socket of a program that is gone. */
static enum status clear_path(const char *path, const struct sockaddr_un *address, struct fault *fault)
{
    struct stat about;
    if (lstat(path, &about) != 0)
        return STATUS_OK;
    if (!S_ISSOCK(about.st_mode))
        return FAULT(fault, STATUS_INVALID, "%s is there and is no socket", path);
    int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    bool is_alive = probe >= 0 && (connect(probe, (const struct sockaddr *)address, sizeof *address) == 0 || errno == EAGAIN);
    if (probe >= 0)
        close(probe);
    if (is_alive)
        return FAULT(fault, STATUS_INVALID, "another program serves on %s", path);
    if (unlink(path) != 0)
        return FAULT_CODE(fault, STATUS_FAILED, errno, "old socket %s cannot be removed: %s", path, strerror(errno));
    return STATUS_OK;
}

int master_listen(const char *path, struct fault *fault)
{
    struct sockaddr_un address;
    if (!make_address(path, &address)) {
        (void)FAULT(fault, STATUS_INVALID, "the socket's path must have 1 to %zu bytes", sizeof address.sun_path - 1);
        return -1;
    }
    if (clear_path(path, &address, fault) != STATUS_OK)
        return -1;
    int listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    mode_t mask = umask(0117);
    bool is_bound = listening >= 0 && bind(listening, (const struct sockaddr *)&address, sizeof address) == 0;
    umask(mask);
    if (is_bound && chmod(path, 0660) == 0 && listen(listening, BACKLOG) == 0)
        return listening;
    (void)FAULT_CODE(fault, STATUS_FAILED, errno, "cannot listen on %s: %s", path, strerror(errno));
    if (listening >= 0)
        close(listening);
    return -1;
}

/* --- workers ------------------------------------------------------------------------------------------------------ */

/* The master waits for signals with sigtimedwait, so they stay blocked here; a worker starts without that. */
static void wanted_signals(sigset_t *wanted)
{
    sigemptyset(wanted);
    sigaddset(wanted, SIGTERM);
    sigaddset(wanted, SIGINT);
    sigaddset(wanted, SIGQUIT);
    sigaddset(wanted, SIGHUP);
    sigaddset(wanted, SIGCHLD);
}

static void start_worker(struct app *app, struct slot *slot, int listening)
{
    pid_t master = getpid();
    pid_t pid = fork();
    if (pid < 0) {
        log_write(LOG_LEVEL_ERROR, "fork_failed error=%s", strerror(errno));
        slot->start_at_ms = now_monotonic_milliseconds() + PAUSE_FIRST_MS;
        return;
    }
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (getppid() != master)
            _exit(0);
        exit(worker_serve(app, listening));
    }
    slot->pid = pid;
    slot->started_ms = now_monotonic_milliseconds();
}

/* A worker that fails soon after its start waits longer each time; the first failure costs nothing. */
static void plan_next(struct slot *slot, bool is_failure)
{
    int64_t now = now_monotonic_milliseconds();
    bool is_healthy = !is_failure || now - slot->started_ms >= LIFE_HEALTHY_MS;
    slot->failures = is_healthy ? 0 : slot->failures + 1;
    int64_t pause = 0;
    if (slot->failures > 1) {
        int doublings = slot->failures - 2 > 10 ? 10 : slot->failures - 2;
        pause = (int64_t)PAUSE_FIRST_MS << doublings;
    }
    slot->start_at_ms = now + (pause > PAUSE_LONGEST_MS ? PAUSE_LONGEST_MS : pause);
}

static void collect_workers(void)
{
    int state = 0;
    for (pid_t pid; (pid = waitpid(-1, &state, WNOHANG)) > 0;) {
        for (int i = 0; i < pool.count; i++) {
            struct slot *slot = &pool.slots[i];
            if (slot->pid != pid)
                continue;
            bool is_failure = !WIFEXITED(state) || WEXITSTATUS(state) != 0;
            if (is_failure)
                log_write(LOG_LEVEL_ERROR, "worker_died pid=%d %s=%d", (int)pid,
                          WIFSIGNALED(state) ? "signal" : "code",
                          WIFSIGNALED(state) ? WTERMSIG(state) : WEXITSTATUS(state));
            slot->pid = 0;
            plan_next(slot, is_failure);
        }
    }
}

static void signal_workers(int signal_number)
{
    for (int i = 0; i < pool.count; i++)
        if (pool.slots[i].pid > 0)
            kill(pool.slots[i].pid, signal_number);
}

static int living_workers(void)
{
    int living = 0;
    for (int i = 0; i < pool.count; i++)
        living += pool.slots[i].pid > 0;
    return living;
}

/* Starts what is due; returns the milliseconds until the next start, or -1 when all serve. */
static int64_t start_due(struct app *app, int listening)
{
    int64_t now = now_monotonic_milliseconds();
    int64_t wait = -1;
    for (int i = 0; i < pool.count; i++) {
        struct slot *slot = &pool.slots[i];
        if (slot->pid > 0)
            continue;
        if (slot->start_at_ms <= now)
            start_worker(app, slot, listening);
        if (slot->pid == 0) {
            int64_t left = slot->start_at_ms > now ? slot->start_at_ms - now : 1;
            wait = wait < 0 || left < wait ? left : wait;
        }
    }
    return wait;
}

/* --- the master's life -------------------------------------------------------------------------------------------- */

/* The signal that came within the time, or 0. wait_ms: -1 for ever */
static int wait_signal(const sigset_t *wanted, int64_t wait_ms)
{
    struct timespec limit = {.tv_sec = wait_ms / 1000, .tv_nsec = wait_ms % 1000 * 1000 * 1000};
    int got = wait_ms < 0 ? sigwaitinfo(wanted, NULL) : sigtimedwait(wanted, NULL, &limit);
    return got < 0 ? 0 : got;
}

/* Lets the requests in hand end; what hangs beyond all timeouts is killed. */
static int end_workers(const struct app *app, const sigset_t *wanted)
{
    int64_t deadline =
        now_monotonic_milliseconds() + (int64_t)app->settings.request_timeout_seconds * 2000 + STOP_GRACE_MS;
    signal_workers(SIGTERM);
    collect_workers();
    while (living_workers() > 0) {
        int64_t left = deadline - now_monotonic_milliseconds();
        if (left <= 0) {
            log_write(LOG_LEVEL_ERROR, "workers_killed count=%d", living_workers());
            signal_workers(SIGKILL);
            left = STOP_GRACE_MS;
        }
        wait_signal(wanted, left > 1000 ? 1000 : left);
        collect_workers();
    }
    return 0;
}

int master_run(struct app *app, int listening, int workers, enum status (*reload)(struct app *app))
{
    assert(workers >= 1 && workers <= WORKERS_MAX);
    pool.count = workers;
    sigset_t wanted;
    wanted_signals(&wanted);
    signal(SIGCHLD, SIG_DFL);
    sigprocmask(SIG_BLOCK, &wanted, NULL);
    log_write(LOG_LEVEL_INFO, "started workers=%d", workers);
    for (;;) {
        collect_workers();
        int got = wait_signal(&wanted, start_due(app, listening));
        if (got == SIGTERM || got == SIGINT || got == SIGQUIT)
            break;
        if (got == SIGHUP && reload(app) == STATUS_OK) {
            log_write(LOG_LEVEL_INFO, "reloaded workers=%d", workers);
            signal_workers(SIGTERM);
        }
    }
    int code = end_workers(app, &wanted);
    log_write(LOG_LEVEL_INFO, "stopped code=%d", code);
    return code;
}
