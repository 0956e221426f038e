/*
 * Files of `key = value` lines: the settings and the secrets. A line that starts with # is a comment, white space
 * around key and value does not count, values are not quoted. Every key stands at most once; callers see to that.
 */
#ifndef BASE_KEYFILE_H
#define BASE_KEYFILE_H

#include <stddef.h>

#include "base/status.h"

/* A file being read line by line. Points into the caller's buffer, whose lines it cuts apart. */
struct keyfile {
    char *next; /* what is still to be read */
    int line;   /* number of the line read last, from 1 */
};

enum keyfile_step {
    KEYFILE_PAIR,  /* key and value are set */
    KEYFILE_END,   /* nothing is left */
    KEYFILE_WRONG, /* this line is not `key = value` in clean UTF-8 */
    KEYFILE_STEP__COUNT
};

/*
 * Reads an open file whole into `buffer` and makes it a string. STATUS_INVALID: more than capacity_bytes − 1 bytes, or
 * a NUL inside. `path` is for the message only.
 */
enum status keyfile_load(int file, const char *path, char *buffer, size_t capacity_bytes,
                         struct fault *fault) MUST_USE;

/* Starts at the first line of `content`. */
void keyfile_start(struct keyfile *keyfile, char *content);

/* The next line that says something. key and value borrow from the content. */
enum keyfile_step keyfile_next(struct keyfile *keyfile, const char **key, const char **value) MUST_USE;

#endif
