/*
 * The floor of photos, and what the helper takes:
 *
 *   photo floor FILE...           milliseconds to decode, turn, scale and encode these files in one bare process
 *   photo memory HELPER FILE...   the most memory that the helper ever held for one of them, KiB
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "photo/picture.h"

_Noreturn void picture_give_up(enum photo_verdict verdict)
{
    fprintf(stderr, "gave up: %s\n", photo_verdict_name(verdict));
    exit(1);
}

void *picture_take(size_t count, size_t size_bytes) { return calloc(count, size_bytes); }
void picture_free(void *memory) { free(memory); }

static size_t read_file(void *context, uint8_t *to, size_t room)
{
    const ssize_t got = read(*(const int *)context, to, room);
    return got < 0 ? 0 : (size_t)got;
}

static double milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void reencode(const char *path)
{
    static struct source source;
    int file = open(path, O_RDONLY);
    struct picture picture;
    uint8_t *bytes;
    size_t length;

    if (file < 0) {
        perror(path);
        exit(1);
    }
    source.read = read_file;
    source.context = &file;
    source.at = source.end = 0;
    picture_reencode(&source, &picture, &bytes, &length);
    free(picture.pixels);
    free(bytes);
    close(file);
}

static long memory_for(char *helper, const char *path)
{
    char *arguments[] = {helper, NULL};
    struct rusage usage;
    int state;
    const pid_t pid = fork();

    if (pid == 0) {
        const int file = open(path, O_RDONLY), nothing = open("/dev/null", O_WRONLY);
        dup2(file, STDIN_FILENO);
        dup2(nothing, STDOUT_FILENO);
        execv(helper, arguments);
        _exit(127);
    }
    if (wait4(pid, &state, 0, &usage) != pid || state != 0) {
        fprintf(stderr, "%s failed on %s\n", helper, path);
        exit(1);
    }
    return usage.ru_maxrss;
}

int main(int argc, char **argv)
{
    if (argc >= 3 && strcmp(argv[1], "floor") == 0) {
        const double began = milliseconds();
        for (int i = 2; i < argc; i++)
            reencode(argv[i]);
        printf("%.1f\n", milliseconds() - began);
        return 0;
    }
    if (argc >= 4 && strcmp(argv[1], "memory") == 0) {
        long most = 0;
        for (int i = 3; i < argc; i++) {
            const long now = memory_for(argv[2], argv[i]);
            most = now > most ? now : most;
        }
        printf("%ld\n", most);
        return 0;
    }
    return 2;
}
