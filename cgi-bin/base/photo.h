/*
 * A stranger's photo made safe: opened, turned upright, made small and written anew as a JPEG by a child process that can do
 * nothing else (the program `photo` beside this one: its own address space without our keys, no files, no network, little
 * memory and time). What comes out holds nothing of the original but its picture. The original is never kept.
 */
#ifndef BASE_PHOTO_H
#define BASE_PHOTO_H

#include "base/arena.h"
#include "base/crypto.h"
#include "base/photo_kind.h"

/* What is kept: a JPEG of at most PHOTO_EDGE_MAX pixels on the longer edge and PHOTO_KEPT_BYTES_MAX bytes, in the arena. */
struct photo {
    int width, height;
    struct bytes jpeg;
    struct hash hash; /* of the JPEG; the same picture sent twice gives the same one */
};

/*
 * bytes  as they came; borrowed for the call
 * photo  filled when the verdict is PHOTO_OK
 * A helper that dies or takes too long makes the photo PHOTO_BROKEN, and a line in the log. STATUS_FAILED: the helper cannot be
 * started at all.
 */
enum status photo_reencode(struct bytes bytes, struct arena *arena, struct photo *photo, enum photo_verdict *verdict,
                           struct fault *fault) MUST_USE;

/* Another helper than the file `photo` in the folder of the running program; kept by reference. For tests. */
void photo_use_helper(const char *path);

#endif
