/*
 * What the files of the discipline office's program share: its handle, the opened key of a request, its judgement of a passphrase.
 */
#ifndef DISCIPLINE_DISCIPLINE_H
#define DISCIPLINE_DISCIPLINE_H

#include "base/gate.h"
#include "store/discipline_store.h"
#include "web/app.h"
#include "web/page.h"

#define PASSPHRASE_LEAST 16 /* characters, as for `shuinuo discipline enrol` */
#define DISCIPLINE_HOME "/staff/discipline/"

struct discipline {
    struct db *db;
    struct gate gate; /* before argon2id */
};

struct discipline *discipline_of(const struct request *request);

/* Text.PREFIX.NAME and Text.PREFIX.NUMBER. */
const char *discipline_words(const struct request *request, const char *prefix, const char *name);
const char *discipline_words_number(const struct request *request, const char *prefix, int64_t number);

/* ---- the key (opened.c) */

/* What stands in the way of the office's key. */
enum key_state {
    KEY_READY,
    KEY_NONE,        /* nobody was enrolled yet */
    KEY_OTHER,       /* the settings name another one: nothing is opened or written */
    KEY_NOT_OFFICER, /* this person cannot open it */
};
/* key: filled unless KEY_NONE */
enum status discipline_look_at_key(struct request *request, struct discipline_key *key, enum key_state *state) MUST_USE;

/*
 * The opened key of this session. STATUS_ABSENT: it has to be opened first; the caller answers with discipline_ask(). Wiped by
 * discipline_forget() when the answer is made.
 */
enum status discipline_resume(struct request *request, struct discipline_opened *opened) MUST_USE;
void discipline_forget(struct discipline_opened *opened);

/*
 * The answer where the key has to be opened first: for a GET the way to the form, for a POST the form itself with what was typed
 * in `typed` (NULL: nothing), which is not lost. where: case to go on to, or NULL
 */
enum status discipline_ask(struct request *request, struct response *response, const struct hash *where, const char *typed) MUST_USE;

enum judgement { JUDGED_RIGHT, JUDGED_WRONG, JUDGED_WAIT, JUDGED_BUSY };
/*
 * The one path by which a passphrase is judged: counted first, then tried, then recorded without a word of it. An officer is
 * slowed after some wrong ones, and nobody else is. private_key: filled when it was right; the caller wipes it
 */
enum status discipline_judge(struct request *request, const struct discipline_key *key, const char *passphrase,
                             struct key *private_key, enum judgement *judgement) MUST_USE;
/* Puts the sentence beside the field and gives the code of the answer; 0 when it was right. */
int discipline_explain(struct response *response, struct inputs *inputs, const char *field, enum judgement judgement);

/* Audit: who did what with the key and when, and nothing else. */
enum status discipline_record(struct request *request, const char *what, const char *detail) MUST_USE;

/* ---- handlers */

enum status discipline_get_home(struct request *request, struct response *response);
enum status discipline_post_find(struct request *request, struct response *response);
enum status discipline_get_open(struct request *request, struct response *response);
enum status discipline_post_open(struct request *request, struct response *response);
enum status discipline_post_shut(struct request *request, struct response *response);
enum status discipline_get_officers(struct request *request, struct response *response);
enum status discipline_post_add(struct request *request, struct response *response);
enum status discipline_post_remove(struct request *request, struct response *response);
enum status discipline_get_passphrase(struct request *request, struct response *response);
enum status discipline_post_passphrase(struct request *request, struct response *response);
enum status discipline_get_case(struct request *request, struct response *response);
enum status discipline_get_back(struct request *request, struct response *response);
enum status discipline_post_case(struct request *request, struct response *response);
enum status discipline_get_photo(struct request *request, struct response *response);

#endif
