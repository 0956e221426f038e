/*
 * Lost query codes: a resident names number and phone; clerk alone can tell whether they fit, issues the next code and lets
 * it go to that phone. The codes before stop working.
 */
#ifndef STORE_CODE_STORE_H
#define STORE_CODE_STORE_H

#include "store/catalog.h"
#include "store/db.h"

/* Takes the request; whether there is such a ticket is not looked at. */
enum status code_store_request(struct db *db, const char *number, const struct hash *phone_hash, struct instant now,
                               struct fault *fault) MUST_USE;

/*
 * For clerk: answers up to `limit` requests. One that fits raises the ticket's issue and leaves a notice; the others are
 * marked as done, too. A ticket gets at most one new code in ten minutes.
 */
enum status code_store_answer(struct db *db, struct instant now, int limit, struct arena *arena, int *done,
                              struct fault *fault) MUST_USE;

#endif
