#include "base/photo.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "base/now.h"

#if defined(__SANITIZE_ADDRESS__)
#define DEADLINE_MILLISECONDS 40000 /* a checked build is slow */
#else
#define DEADLINE_MILLISECONDS 4000 /* three of them fit into what a web server waits */
#endif

static const char *helper_path;

void photo_use_helper(const char *path) { helper_path = path; }

/* The helper stands beside the program that asks. */
static bool find_helper(char path[PATH_MAX])
{
    static const char name[] = "photo";
    ssize_t length = readlink("/proc/self/exe", path, PATH_MAX - sizeof name);

    if (length <= 0 || length >= (ssize_t)(PATH_MAX - sizeof name))
        return false;
    path[length] = '\0';
    char *slash = strrchr(path, '/');
    if (slash == NULL)
        return false;
    memcpy(slash + 1, name, sizeof name);
    return true;
}

/*
 * Starts it with one socket as its input and output, our standard error, and nothing else: no environment, no other
 * descriptor, no signal held back.
 */
static int spawn(const char *path, int socket, pid_t *pid)
{
    static char name[] = "photo";
    char *arguments[] = {name, NULL}, *environment[] = {NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, all;

    sigemptyset(&none);
    sigfillset(&all);
    if (posix_spawn_file_actions_init(&actions) != 0)
        return ENOMEM;
    if (posix_spawnattr_init(&attributes) != 0) {
        posix_spawn_file_actions_destroy(&actions);
        return ENOMEM;
    }
    int error = posix_spawn_file_actions_adddup2(&actions, socket, STDIN_FILENO);
    if (error == 0)
        error = posix_spawn_file_actions_adddup2(&actions, socket, STDOUT_FILENO);
    if (error == 0)
        error = posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    if (error == 0)
        error = posix_spawnattr_setsigmask(&attributes, &none);
    if (error == 0)
        error = posix_spawnattr_setsigdefault(&attributes, &all);
    if (error == 0)
        error = posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    if (error == 0)
        error = posix_spawn(pid, path, &actions, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

/* A talk with the helper: what is still to be sent, and what has come. */
struct talk {
    int socket;
    struct bytes rest;
    bool is_sent;
    uint8_t *answer;
    size_t length, room;
};

/* Sends what goes in now. A helper that has seen enough closes its end: that is no error. */
static void send_some(struct talk *talk)
{
    ssize_t sent = send(talk->socket, talk->rest.data, talk->rest.length, MSG_NOSIGNAL);

    if (sent > 0) {
        talk->rest.data += sent;
        talk->rest.length -= (size_t)sent;
    } else if (sent < 0 && errno != EAGAIN && errno != EINTR) {
        talk->rest.length = 0;
    }
    if (talk->rest.length == 0) {
        shutdown(talk->socket, SHUT_WR);
        talk->is_sent = true;
    }
}

/* False at the end of the answer, and when there is more than one can be. */
static bool receive_some(struct talk *talk)
{
    if (talk->length == talk->room)
        return false;
    ssize_t got = recv(talk->socket, talk->answer + talk->length, talk->room - talk->length, 0);
    if (got > 0)
        talk->length += (size_t)got;
    return got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR));
}

/* False when the time is over first. end: on the clock that never jumps */
static bool converse(struct talk *talk, int64_t end)
{
    for (;;) {
        const int64_t left = end - now_monotonic_milliseconds();
        struct pollfd poll_fd = {.fd = talk->socket, .events = (short)(POLLIN | (talk->is_sent ? 0 : POLLOUT))};
        if (left <= 0)
            return false;
        if (poll(&poll_fd, 1, (int)left) <= 0)
            continue;
        if (!talk->is_sent && (poll_fd.revents & POLLOUT) != 0)
            send_some(talk);
        if ((poll_fd.revents & (POLLIN | POLLHUP | POLLERR)) != 0 && !receive_some(talk))
            return true;
    }
}

/*
 * The answer comes from a process that has read a stranger's bytes, so it is not believed: the picture has the size and the
 * first bytes it must have, or there is none.
 */
static enum photo_verdict read_answer(const struct talk *talk, struct photo *photo)
{
    struct photo_answer head;

    if (talk->length < sizeof head)
        return PHOTO_BROKEN;
    memcpy(&head, talk->answer, sizeof head);
    if (head.mark != PHOTO_ANSWER_MARK || head.verdict >= PHOTO_VERDICT__COUNT)
        return PHOTO_BROKEN;
    if (head.verdict != PHOTO_OK)
        return (enum photo_verdict)head.verdict;
    const uint8_t *jpeg = talk->answer + sizeof head;
    if (head.length_bytes != talk->length - sizeof head || head.length_bytes > PHOTO_KEPT_BYTES_MAX ||
        photo_kind_of(jpeg, head.length_bytes) != PHOTO_KIND_JPEG || head.width < 1 || head.height < 1 ||
        head.width > PHOTO_EDGE_MAX || head.height > PHOTO_EDGE_MAX)
        return PHOTO_BROKEN;
    photo->width = (int)head.width;
    photo->height = (int)head.height;
    photo->jpeg = (struct bytes){jpeg, head.length_bytes};
    photo->hash = crypto_hash_pieces(&photo->jpeg, 1);
    return PHOTO_OK;
}

/* Waits for its end until the time is over, then makes an end of it: one that has answered may still go on. */
static bool is_over(pid_t pid, int64_t end)
{
    const int file = pidfd_open(pid, 0);
    struct pollfd poll_fd = {.fd = file, .events = POLLIN};
    bool has_ended = false;

    for (int64_t left = 1; file >= 0 && !has_ended && left > 0;) {
        left = end - now_monotonic_milliseconds();
        has_ended = poll(&poll_fd, 1, left > 0 ? (int)left : 0) == 1;
    }
    if (file >= 0)
        close(file);
    return has_ended;
}

/* How it ended, said in the log when it was no ordinary end. */
static bool has_ended_well(pid_t pid, bool is_in_time, int64_t end)
{
    int state = 0;

    is_in_time = is_in_time && is_over(pid, end);
    if (!is_in_time)
        kill(pid, SIGKILL);
    while (waitpid(pid, &state, 0) < 0)
        if (errno != EINTR)
            return false;
    if (is_in_time && WIFEXITED(state) && WEXITSTATUS(state) == 0)
        return true;
    if (!is_in_time)
        log_write(LOG_LEVEL_WARNING, "photo_helper_too_slow");
    else if (WIFSIGNALED(state))
        log_write(LOG_LEVEL_WARNING, "photo_helper_died signal=%d", WTERMSIG(state));
    else
        log_write(LOG_LEVEL_WARNING, "photo_helper_died code=%d", WEXITSTATUS(state));
    return false;
}

static enum status ask_helper(struct bytes bytes, struct arena *arena, struct photo *photo, enum photo_verdict *verdict,
                              struct fault *fault)
{
    char path[PATH_MAX];
    int sockets[2];
    pid_t pid;

    if (helper_path == NULL && !find_helper(path))
        return FAULT(fault, STATUS_FAILED, "the folder of this program cannot be found");
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0)
        return FAULT_CODE(fault, STATUS_FAILED, errno, "no socket for the photo helper: %s", strerror(errno));
    const int error = spawn(helper_path != NULL ? helper_path : path, sockets[1], &pid);
    close(sockets[1]);
    if (error != 0) {
        close(sockets[0]);
        return FAULT_CODE(fault, STATUS_FAILED, error, "the photo helper does not start: %s", strerror(error));
    }
    fcntl(sockets[0], F_SETFL, O_NONBLOCK);
    struct talk talk = {.socket = sockets[0], .rest = bytes, .room = sizeof(struct photo_answer) + PHOTO_KEPT_BYTES_MAX};
    talk.answer = arena_take(arena, talk.room);
    const int64_t end = now_monotonic_milliseconds() + DEADLINE_MILLISECONDS;
    const bool is_in_time = converse(&talk, end);
    close(sockets[0]);
    *verdict = has_ended_well(pid, is_in_time, end) ? read_answer(&talk, photo) : PHOTO_BROKEN;
    return STATUS_OK;
}

enum status photo_reencode(struct bytes bytes, struct arena *arena, struct photo *photo, enum photo_verdict *verdict,
                           struct fault *fault)
{
    *photo = (struct photo){.width = 0};
    *verdict = PHOTO_OK;
    if (bytes.length == 0)
        *verdict = PHOTO_BROKEN;
    else if (bytes.length > PHOTO_BYTES_MAX)
        *verdict = PHOTO_TOO_BIG;
    else if (photo_kind_of(bytes.data, bytes.length) == PHOTO_KIND_HEIC)
        *verdict = PHOTO_HEIC;
    else if (photo_kind_of(bytes.data, bytes.length) == PHOTO_KIND_NONE)
        *verdict = PHOTO_WRONG_KIND;
    return *verdict == PHOTO_OK ? ask_helper(bytes, arena, photo, verdict, fault) : STATUS_OK;
}
