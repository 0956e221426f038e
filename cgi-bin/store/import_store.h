/*
 * Imports of the register of customers (Arts. 18(1), 33(4)). A file is read row by row into a version of its own that nobody sees, then
 * compared with the version that holds; putting it in force is the change of one row, with its new places in the same transaction.
 * Whatever ends before leaves nothing to be seen, and is cleared away.
 *
 * One import works at a time: it claims the register for a minute and renews that with every batch. Putting in force asks for the very
 * version that was compared with, so of two imports the slower one is told.
 */
#ifndef STORE_IMPORT_STORE_H
#define STORE_IMPORT_STORE_H

#include "base/encoding.h"
#include "core/customer.h"
#include "store/household_store.h"

/* Numbers are stored. */
enum import_state {
    IMPORT_NONE,
    IMPORT_LOADING,
    IMPORT_STAGED,    /* read to the end and compared; waits for somebody to put it in force */
    IMPORT_IN_FORCE,
    IMPORT_REPLACED,  /* was in force until a later one */
    IMPORT_DISCARDED, /* thrown away, or left half by a program that ended */
    IMPORT_STATE__COUNT
};

#define IMPORT_FILE_NAME_BYTES 121
#define IMPORT_LINES_KEPT 10000 /* lines left out that are named; more are only counted */

struct import_counts {
    int64_t rows, with_phone, added, changed, removed;
    int64_t bad;                 /* lines left out, or taken without their phone */
    int64_t kept, overwritten;   /* phones registered by staff that stay, and that the file replaces */
    int64_t places, retired, reused, meters; /* new places; places not listed any more; retired ones listed again; new meters */
};
/* A row of the list of imports. */
struct import_row {
    int32_t id;
    enum import_state state;
    struct staff_id staff; /* 0: by command */
    char staff_name[64];
    char file_name[IMPORT_FILE_NAME_BYTES];
    int32_t base_version;
    struct instant begun_at, ended_at;
    enum encoding encoding;
    struct import_counts counts;
};
struct import_line {
    int32_t seq, line, other_line;
    enum customer_problem problem;
    enum customer_field field;
};

/* ---- reading a file in */

/* A file that can be read twice. read: fills the buffer; length 0 at the end. rewind: from the beginning again. */
struct import_source {
    void *context;
    enum status (*read)(void *context, char *buffer, size_t size, size_t *length, struct fault *fault);
    enum status (*rewind)(void *context, struct fault *fault);
};
struct import_options {
    struct staff_id staff; /* 0: by command */
    const char *file_name; /* for display */
    const uint8_t *key;    /* of the form, 16 bytes, or NULL */
    /* Called now and then; may be NULL. */
    void (*progress)(void *context, int64_t rows, int64_t bytes);
    void *progress_context;
    /* Called for each line that has a problem; may be NULL. */
    void (*told)(void *context, const struct import_line *line);
    void *told_context;
};
/* Why a file as a whole was not taken; nothing of it is left then. */
enum import_refusal {
    IMPORT_TAKEN,
    IMPORT_BUSY,        /* another import is at work */
    IMPORT_UTF16,
    IMPORT_NO_ENCODING, /* this system cannot read GB18030 */
    IMPORT_BAD_HEADER,
    IMPORT_NO_ROWS,
    IMPORT_OVERTAKEN,   /* another import was put in force meanwhile, or took the register over */
    IMPORT_REFUSAL__COUNT
};
struct import_result {
    enum import_refusal refusal;
    struct customer_header header; /* of IMPORT_BAD_HEADER */
    struct import_row import;      /* staged */
};
/*
 * Reads and compares a whole file: staged, or refused as a whole. STATUS_DUPLICATE: this form's file has been read already; `import` is
 * what it gave. Memory is bounded whatever the file: about 25 bytes for each account and 150 for each place.
 */
enum status import_store_read(struct db *db, const struct secrets *secrets, const struct import_source *source,
                              const struct import_options *options, struct import_result *result, struct fault *fault) MUST_USE;

/* Puts a staged import in force. STATUS_CONFLICT: it is not staged any more, or the register has changed since. */
enum status import_store_switch(struct db *db, const struct import_row *import, struct instant now, struct fault *fault) MUST_USE;
/* Throws a staged import away. STATUS_CONFLICT: it is not staged any more. */
enum status import_store_discard(struct db *db, int32_t import, struct instant now, struct fault *fault) MUST_USE;

/* ---- looking */

enum status import_store_find(struct db *db, int32_t import, struct import_row *row, struct fault *fault) MUST_USE;
enum status import_store_find_by_key(struct db *db, const uint8_t key[16], struct import_row *row, struct fault *fault) MUST_USE;
/* Newest first, those before an id (INT32_MAX: from the newest). */
enum status import_store_list(struct db *db, int32_t before, int limit, struct arena *arena, struct import_row **rows, size_t *count,
                              struct fault *fault) MUST_USE;
enum status import_store_lines(struct db *db, int32_t import, int32_t after_seq, int limit, struct arena *arena,
                               struct import_line **lines, size_t *count, struct fault *fault) MUST_USE;
/* Accounts whose phone, registered by staff, the staged file replaces. Masked. */
struct import_overwritten {
    const char *account, *before, *after;
};
enum status import_store_overwritten(struct db *db, const struct import_row *import, int limit, struct arena *arena,
                                     struct import_overwritten **rows, size_t *count, struct fault *fault) MUST_USE;

/* ---- clearing away */

/* Gives up what programs that ended left half, what was staged over a day ago (or at all: `with_staged`); not `except`. */
enum status import_store_abandon(struct db *db, struct instant now, int32_t except, bool with_staged, struct fault *fault) MUST_USE;

/*
 * Deletes, at most about `budget` rows at a time, what imports left that were thrown away, were replaced over an hour ago (somebody may
 * still be reading), were staged over a day ago, or whose program ended. is_done: nothing is left to do.
 */
enum status import_store_purge(struct db *db, struct instant now, int budget, bool *is_done, struct fault *fault) MUST_USE;

#endif
