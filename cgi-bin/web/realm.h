/*
 * Where staff sign in: the desk on the intranet, and the pages of crews on the way, which can be reached from outside when the
 * settings open them. Each has its sign-in page, its cookie and its sessions; a session of one is nothing in the other.
 */
#ifndef WEB_REALM_H
#define WEB_REALM_H

#include "web/request.h"

struct realm {
    const char *prefix;      /* of its paths: "/staff/" */
    const char *signin;      /* path of its sign-in page */
    const char *home;        /* where those go who were on the way nowhere */
    const char *cookie;      /* of the session */
    const char *cookie_path;
    bool is_strict;          /* the cookie is SameSite=Strict; a link in a chat must find Lax */
    const char *purpose;     /* mixed into the hashes of its tokens and its counts of guesses; "" at the desk */
    uint32_t roles;          /* who may sign in there */
};

/* The realm of a path behind the base path; what is not the crews' is the desk's. */
const struct realm *realm_of_path(const char *path);

/* Whether every path of this realm answers as if there were none. */
bool realm_is_closed(const struct realm *realm, const struct settings *settings);

/* The realm's session cookie as it came, or NULL. */
const char *realm_cookie_find(const struct realm *realm, const struct request *request);

/*
 * What a session cookie stands for in the database: the hash of the token's bytes. request->session_hash is the same of the cookie
 * that came (all zero without one).
 */
struct hash realm_session_hash(const struct realm *realm, const struct key *token);

#endif
