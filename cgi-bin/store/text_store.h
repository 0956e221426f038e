/*
 * Texts for the public as rows (core/public_text.h): procedures and explanations, with versions.
 */
#ifndef STORE_TEXT_STORE_H
#define STORE_TEXT_STORE_H

#include "core/public_text.h"
#include "store/change.h"

/* As the columns have them, and as web/words.h numbers them. */
enum text_language { TEXT_ZH, TEXT_EN, TEXT_LANGUAGE__COUNT };

/* ---- what the public reads; for the account of `commitment` too */

struct public_text {
    const char *code; /* "procedure_leak", "procedure_new_connection", "explanation_repair_start" */
    enum text_kind kind;
    int sort, version;
    const char *title, *body; /* in the arena of the call */
    struct instant effective_from;
};

/* All that is shown at `at`, by kind and sort: at most 200. */
enum status text_store_list(struct db *db, enum text_language language, struct instant at, struct arena *arena,
                            struct public_text **texts, size_t *count, struct fault *fault) MUST_USE;

/* How many versions have begun by `at`: another number whenever one begins. */
enum status text_store_begun(struct db *db, struct instant at, struct arena *arena, int64_t *count,
                             struct fault *fault) MUST_USE;

/* STATUS_ABSENT: there is none, it has not begun, or it is not shown any more. */
enum status text_store_load(struct db *db, const char *code, enum text_language language, struct instant at,
                            struct arena *arena, struct public_text *text, struct fault *fault) MUST_USE;

/* ---- what operations keep */

struct text_version {
    const char *code;
    enum text_kind kind;
    int sort, version;
    const char *title[TEXT_LANGUAGE__COUNT], *body[TEXT_LANGUAGE__COUNT]; /* empty bodies: not shown from then on */
    struct instant effective_from, changed_at;
    const char *changed_by; /* name, or "" */
};

/* The newest version of each text, shown or not, begun or not. */
enum status text_store_list_last(struct db *db, struct arena *arena, struct text_version **texts, size_t *count,
                                 struct fault *fault) MUST_USE;
/* Versions of one text, newest first, at most 50; none for an unknown code. */
enum status text_store_list_versions(struct db *db, const char *code, struct arena *arena, struct text_version **texts,
                                     size_t *count, struct fault *fault) MUST_USE;

/*
 * Adds a version behind `text->version` (0: a new text). STATUS_CONFLICT: somebody added one since, or the code is taken. Pages
 * that keep the text are told by the catalog's version.
 */
enum status text_store_save(struct db *db, const struct change *change, const struct text_version *text,
                            struct fault *fault) MUST_USE;

#endif
