/*
 * Wrong guesses at sign-in: slowed by counting, nobody is locked out (controls.md E4).
 *
 * Tries are counted per account and place they come from; the place is the browser when it signed in to this account before
 * (a signed cookie), else the address. Above that stand higher bounds per account and per address, for strange browsers only:
 * however hard others try, the right person gets in from a known browser or another address.
 */
#ifndef SIGNIN_TRIES_H
#define SIGNIN_TRIES_H

#include "store/db.h"
#include "web/app.h"

struct tries {
    struct db *db;
    struct request *request;
    bool is_known_browser;
    struct hash pair[2], account[2], address[2]; /* tried, and given back */
};

/* login: canonical when the account exists, else as typed and tidied. */
void tries_init(struct tries *tries, struct db *db, struct request *request, const char *login);

/*
 * Charges one try before it is judged, so that parallel guesses cannot slip through. is_waiting: too many; nothing was
 * charged and the password must not be looked at.
 */
enum status tries_charge(struct tries *tries, bool *is_waiting) MUST_USE;

/* Gives the try back: the password was right. */
enum status tries_forgive(struct tries *tries) MUST_USE;

/* Remembers this browser for the account. */
void tries_remember(struct request *request, struct response *response, const char *login);

#define TRIES_RETRY_AFTER_SECONDS "900"

#endif
