#include "web/worker.h"

#include <errno.h>
#include <fcgiapp.h>
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "web/dispatch.h"

#define ARENA_LIMIT_BYTES ((size_t)160 * 1024 * 1024) /* an upload of 32 MiB, read, parsed and shown again */
#define EXIT_START 1

static volatile sig_atomic_t is_stopping;

static void on_stop(int signal_number)
{
    (void)signal_number;
    is_stopping = 1;
}

/* Stop signals are let in only while waiting for the next request; `outside`: the mask for that wait. */
static void hold_signals(sigset_t *outside)
{
    static const int stops[] = {SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGUSR1};
    struct sigaction action = {.sa_handler = on_stop};
    sigemptyset(&action.sa_mask);
    sigset_t held;
    sigemptyset(&held);
    for (size_t i = 0; i < sizeof stops / sizeof stops[0]; i++) {
        sigaction(stops[i], &action, NULL);
        sigaddset(&held, stops[i]);
    }
    sigprocmask(SIG_BLOCK, &held, outside);
    for (size_t i = 0; i < sizeof stops / sizeof stops[0]; i++)
        sigdelset(outside, stops[i]);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGCHLD, SIG_DFL);
}

/*
 * No core files with personal data; and blocks of an upload go back to the system when it is over, which glibc would
 * else keep after the first one.
 */
static void limit_process(void)
{
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    mallopt(M_MMAP_THRESHOLD, 128 * 1024);
    mallopt(M_TRIM_THRESHOLD, 256 * 1024);
}

/* --- FastCGI ------------------------------------------------------------------------------------------------------ */

static const char *fcgi_variable(void *context, const char *name)
{
    return FCGX_GetParam(name, ((FCGX_Request *)context)->envp);
}

static size_t fcgi_read(void *context, char *buffer, size_t room)
{
    int got = FCGX_GetStr(buffer, room > 65536 ? 65536 : (int)room, ((FCGX_Request *)context)->in);
    return got < 0 ? 0 : (size_t)got;
}

static void fcgi_write(FCGX_Request *request, const char *bytes, size_t length)
{
    while (length > 0) {
        int piece = length > 65536 ? 65536 : (int)length;
        if (FCGX_PutStr(bytes, piece, request->out) != piece)
            return;
        bytes += piece;
        length -= (size_t)piece;
    }
}

/*
 * Takes what is left of a body that nobody wanted: a unix socket closed with bytes unread resets the server in front, which
 * then throws the answer away.
 */
#define DRAIN_BYTES_MAX ((size_t)33 * 1024 * 1024)
static void fcgi_drain(FCGX_Request *request)
{
    char buffer[16 * 1024];
    size_t drained = 0;
    int got;
    while (drained < DRAIN_BYTES_MAX && (got = FCGX_GetStr(buffer, sizeof buffer, request->in)) > 0)
        drained += (size_t)got;
}

/* A connection that sends or takes nothing for this long is given up. */
static void set_timeouts(int connection, int seconds)
{
    struct timeval wait = {.tv_sec = seconds};
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
}

/*
 * Serves one connection with one request. The library is told that the connection is kept and detached, so that it
 * neither closes it before reading nor lingers after writing. False when no whole request came.
 */
static bool serve_connection(struct app *app, struct arena *arena, int connection)
{
    FCGX_Request request;
    FCGX_InitRequest(&request, -1, 0);
    request.ipcFd = connection;
    request.keepConnection = 1;
    request.detached = 1;
    if (FCGX_Accept_r(&request) < 0) {
        request.keepConnection = 0;
        request.detached = 1;
        FCGX_Finish_r(&request);
        return false;
    }
    struct exchange exchange = {fcgi_variable, fcgi_read, &request};
    struct answer answer;
    app_handle(app, arena, &exchange, &answer);
    fcgi_drain(&request);
    fcgi_write(&request, answer.head, answer.head_length);
    fcgi_write(&request, answer.body, answer.body_length);
    request.keepConnection = 0;
    request.detached = 1;
    FCGX_Finish_r(&request);
    arena_reset(arena);
    return true;
}

/* Where a worker waits for connections. A new one wakes one worker, not all that are idle. */
static int open_waiting(int listening)
{
    int waiting = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN | EPOLLEXCLUSIVE};
    if (waiting < 0 || epoll_ctl(waiting, EPOLL_CTL_ADD, listening, &event) != 0)
        log_die("waiting_for_connections_failed error=%s", strerror(errno));
    return waiting;
}

/* The next connection, or -1 when there is none (another worker took it) or it is time to stop. */
static int next_connection(int waiting, int listening, const sigset_t *outside)
{
    struct epoll_event event;
    if (epoll_pwait(waiting, &event, 1, -1, outside) < 0 || is_stopping)
        return -1;
    int connection = accept4(listening, NULL, NULL, SOCK_CLOEXEC);
    if (connection < 0 && (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS)) {
        log_write(LOG_LEVEL_ERROR, "accept_failed error=%s", strerror(errno));
        struct timespec pause = {.tv_nsec = 10 * 1000 * 1000};
        nanosleep(&pause, NULL);
    }
    return connection;
}

static enum status open_app(struct app *app)
{
    struct fault fault = {0};
    enum status status = app->open == NULL ? STATUS_OK : app->open(app, &fault);
    if (status != STATUS_OK)
        log_fault(status, &fault);
    return status;
}

int worker_serve(struct app *app, int listening)
{
    sigset_t outside;
    hold_signals(&outside);
    limit_process();
    if (FCGX_Init() != 0 || open_app(app) != STATUS_OK)
        return EXIT_START;
    struct arena arena;
    arena_init(&arena, ARENA_LIMIT_BYTES);
    int waiting = open_waiting(listening);
    int answered = 0;
    while (!is_stopping && answered < app->settings.requests_per_worker) {
        int connection = next_connection(waiting, listening, &outside);
        if (connection < 0)
            continue;
        set_timeouts(connection, app->settings.request_timeout_seconds);
        if (serve_connection(app, &arena, connection))
            answered++;
    }
    close(waiting);
    if (app->close != NULL)
        app->close(app);
    arena_release(&arena);
    return 0;
}

/* --- CGI ---------------------------------------------------------------------------------------------------------- */

static const char *cgi_variable(void *context, const char *name)
{
    (void)context;
    return getenv(name);
}

static size_t cgi_read(void *context, char *buffer, size_t room)
{
    (void)context;
    ssize_t got;
    do
        got = read(STDIN_FILENO, buffer, room);
    while (got < 0 && errno == EINTR);
    return got < 0 ? 0 : (size_t)got;
}

static bool cgi_write(const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t put = write(STDOUT_FILENO, bytes, length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return false;
        bytes += put;
        length -= (size_t)put;
    }
    return true;
}

int worker_serve_cgi(struct app *app)
{
    limit_process();
    if (open_app(app) != STATUS_OK)
        return EXIT_START;
    struct arena arena;
    arena_init(&arena, ARENA_LIMIT_BYTES);
    struct exchange exchange = {cgi_variable, cgi_read, NULL};
    struct answer answer;
    app_handle(app, &arena, &exchange, &answer);
    bool is_written = cgi_write(answer.head, answer.head_length) && cgi_write(answer.body, answer.body_length);
    if (app->close != NULL)
        app->close(app);
    arena_release(&arena);
    return is_written ? 0 : EXIT_START;
}
