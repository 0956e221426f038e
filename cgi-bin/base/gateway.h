/*
 * Handing messages to gateways: a mail server (SMTP), an SMS gateway or a group's robot (HTTP requests described in the
 * settings), or files in outbox_dir. Several messages are under way at once; no call waits longer than it is told to.
 *
 * Certificates are always checked, redirects never followed, and no other protocol than http(s) and smtp(s) is spoken.
 * Nothing here writes addresses, texts, URLs or answers into a log or a fault.
 */
#ifndef BASE_GATEWAY_H
#define BASE_GATEWAY_H

#include "base/secrets.h"
#include "base/time.h"

enum gateway_result {
    GATEWAY_SENT,
    GATEWAY_AGAIN,    /* not taken now; later it may be */
    GATEWAY_HOPELESS, /* refused for good: trying again would not help */
    GATEWAY_RESULT__COUNT
};

/* Why a message did not arrive. Stored; Text.outbox.error.NAME. */
enum gateway_error {
    GATEWAY_ERROR_NONE,
    GATEWAY_ERROR_UNREACHABLE, /* no such host, nobody answers there */
    GATEWAY_ERROR_TIMEOUT,
    GATEWAY_ERROR_TLS,         /* no encryption, or a certificate that does not hold */
    GATEWAY_ERROR_BROKEN,      /* the connection broke, or what came is not the protocol */
    GATEWAY_ERROR_BUSY,        /* 5xx, 429, 408 over HTTP; 4xx over SMTP */
    GATEWAY_ERROR_REFUSED,     /* 4xx over HTTP; 5xx over SMTP */
    GATEWAY_ERROR_ANSWER,      /* 2xx, but not what counts as taken */
    GATEWAY_ERROR_SETUP,       /* this channel is not set up, or its message cannot be written */
    GATEWAY_ERROR_FILE,        /* the file cannot be written */
    GATEWAY_ERROR_NO_ADDRESS,  /* the recipient has no phone or mail address that this channel reaches */
    GATEWAY_ERROR_NOBODY,      /* there is nobody to tell */
    GATEWAY_ERROR_LIMIT,       /* this phone was told too often in a day */
    GATEWAY_ERROR_INTERRUPTED, /* whoever sent it ended in the middle, again and again */
    GATEWAY_ERROR__COUNT
};
const char *gateway_error_name(enum gateway_error error);

#define PROVIDER_ID_BYTES 80

/* Texts are borrowed until gateway_start returns. */
struct gateway_message {
    enum channel channel;
    const char *id;      /* letters, digits and -; the same for every try, so that the gateway can drop a second one */
    const char *address; /* phone digits, mail address; "" for a robot; how the recipient is written in a file */
    const char *subject; /* mail only */
    const char *text;
    const char *file_name; /* file only: without a path */
    const char *file_head; /* file only: lines above the recipient */
    struct instant at;     /* mail only: its date */
};

struct gateway_answer {
    enum gateway_result result;
    enum gateway_error error;
    int retry_after_seconds; /* what an HTTP gateway asked for; 0: nothing */
    char provider_id[PROVIDER_ID_BYTES]; /* what the gateway calls the message, or "" */
    char detail[120];                    /* for administrators: "HTTP 503"; without personal data */
};

struct gateway;

/* Whether gateways can be opened, without opening any: STATUS_INVALID or REFUSED says what gateway.secret lacks. */
enum status gateway_check(const struct settings *settings, struct fault *fault) MUST_USE;

/*
 * slots: how many messages may be under way at once. STATUS_INVALID when a template wants a {secret} that gateway.secret
 * does not hold.
 */
enum status gateway_open(struct gateway **gateway, const struct settings *settings, int slots,
                         struct fault *fault) MUST_USE;
void gateway_close(struct gateway *gateway); /* harmless on NULL; what is under way is dropped */

/* How many more messages of this channel may be started now: each has its share of the slots, whatever hangs elsewhere. */
int gateway_room(const struct gateway *gateway, enum channel channel);

/* Starts one message; only where gateway_room. ticket: what gateway_wait names it by. */
void gateway_start(struct gateway *gateway, const struct gateway_message *message, size_t ticket);

/* Waits until something ends, at most so long; then calls `done` for each message that has ended. */
typedef void (*gateway_done)(void *context, size_t ticket, const struct gateway_answer *answer);
void gateway_wait(struct gateway *gateway, int milliseconds, gateway_done done, void *context);

#endif
