/* photo: the helper that makes strangers' pictures safe. Security posture: picture.h. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/version.h"
#include "photo/picture.h"
#include "photo/sandbox.h"

static size_t read_input(void *context, uint8_t *to, size_t room)
{
    ssize_t got;

    (void)context;
    do
        got = read(STDIN_FILENO, to, room);
    while (got < 0 && errno == EINTR);
    return got < 0 ? 0 : (size_t)got;
}

static void write_all(const void *bytes, size_t length)
{
    const uint8_t *at = bytes;

    while (length > 0) {
        const ssize_t put = write(STDOUT_FILENO, at, length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            _exit(1);
        at += put;
        length -= (size_t)put;
    }
}

_Noreturn static void answer(enum photo_verdict verdict, const struct picture *picture, const uint8_t *jpeg,
                             size_t length)
{
    const struct photo_answer head = {
        .mark = PHOTO_ANSWER_MARK,
        .verdict = verdict,
        .width = (uint32_t)picture->width,
        .height = (uint32_t)picture->height,
        .length_bytes = (uint32_t)length,
    };

    write_all(&head, sizeof head);
    write_all(jpeg, length);
    _exit(0);
}

_Noreturn void picture_give_up(enum photo_verdict verdict)
{
    static const struct picture none;

    answer(verdict, &none, NULL, 0);
}

void *picture_take(size_t count, size_t size_bytes)
{
    void *memory = calloc(count, size_bytes);

    if (memory == NULL)
        picture_give_up(PHOTO_TOO_MANY_PIXELS);
    return memory;
}

void picture_free(void *memory) { free(memory); }

int main(int argc, char **argv)
{
    static struct source source = {.read = read_input};
    struct picture picture;
    uint8_t *jpeg;
    size_t length;

    if (argc > 1 && strcmp(argv[1], "--version") == 0) {
        printf("photo %s (%s)\n", version_text, version_commit);
        return 0;
    }
    if (argc > 1) {
        fputs("usage: photo [--version]\nReads a picture and writes a clean one; web programs of Shuinuo start it.\n", stderr);
        return 64;
    }
    jpeg_warm_up();
    sandbox_enter();
    picture_reencode(&source, &picture, &jpeg, &length);
    answer(PHOTO_OK, &picture, jpeg, length);
}
