/*
 * Secrets: one file per program in settings.secret_dir, `key = hex` lines, mode 0400, owner = the running user or
 * root. A file with other rights is refused (design 4). A program's file holds only what it needs; what is absent is
 * all zero and `has` says so.
 */
#ifndef BASE_SECRETS_H
#define BASE_SECRETS_H

#include <stdbool.h>

#include "base/crypto.h"
#include "base/settings.h"

enum secret {
    SECRET_CODE,         /* query codes: HMAC(ticket, issue) — complaint, ticket, clerk */
    SECRET_LOOKUP,       /* keyed hashes of phones and accounts — complaint, ticket, supply, outage, clerk */
    SECRET_FORM,         /* CSRF tokens and signed cookies, one per program */
    SECRET_STAFF_PUBLIC, /* personal data is sealed to this — complaint, ticket, supply, outage, clerk */
    SECRET_STAFF_PRIVATE,/* and opened with this — ticket, admin, crew, supply, clerk */
    SECRET_CHAIN,        /* seals of event chains — clerk alone */
    SECRET_TELEPHONE,    /* shared with the telephone system, which signs what it tells of calls — ticket alone */
    SECRET_CREW,         /* links to the page of an assignment — ticket, clerk, crew */
    SECRET_SUBSCRIBE,    /* codes and links of subscriptions to outages — outage, clerk */
    SECRET__COUNT
};

struct secrets {
    struct key key[SECRET__COUNT];
    bool has[SECRET__COUNT];
    char database_password[65];
    uint16_t staff_key_id; /* which staff key pair personal data is sealed to */
};

/* Reads secret_dir/PROGRAM.secret. */
enum status secrets_read(struct secrets *secrets, const struct settings *settings, const char *program,
                         struct fault *fault) MUST_USE;

/* Writes a program's file with mode 0400, atomically; refuses to overwrite (STATUS_DUPLICATE). */
enum status secrets_write(const struct secrets *secrets, const struct settings *settings, const char *program,
                          struct fault *fault) MUST_USE;

/* The same over a file that is there, whose owner stays: a program that has grown needs another key. */
enum status secrets_replace(const struct secrets *secrets, const struct settings *settings, const char *program,
                            struct fault *fault) MUST_USE;

/* Wipes the memory. */
void secrets_wipe(struct secrets *secrets);

/* What gateways know us by, in secret_dir/gateway.secret: the keys mail_password, sms_secret and robot_secret; "" where absent. */
struct gateway_secrets {
    char mail_password[200];
    char sms[200];
    char robot[200];
};

/* The rights of the file are checked like those of the others. Without the file all are "". */
enum status gateway_secrets_read(struct gateway_secrets *secrets, const struct settings *settings,
                                 struct fault *fault) MUST_USE;

void gateway_secrets_wipe(struct gateway_secrets *secrets);

#endif
