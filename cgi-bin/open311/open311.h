/*
 * The program `open311`: GeoReport v2 with the updates extension, for other systems. Public, without sessions and without pages: every
 * answer is XML or JSON, refusals too.
 */
#ifndef OPEN311_OPEN311_H
#define OPEN311_OPEN311_H

#include "store/catalog.h"
#include "store/open311_store.h"
#include "web/app.h"
#include "web/page.h"

/* One per worker. */
struct open311 {
    struct db *db;
    struct catalog catalog;
};

static inline struct open311 *open311_of(const struct request *request)
{
    return request->context;
}

/* ---- document.c: an answer that is written as XML or as JSON */

struct node;

/* The root. is_list: of elements, which JSON writes as a bare array */
struct node *document_begin(struct request *request, const char *name, bool is_list);
struct node *node_list(struct node *parent, const char *name);
struct node *node_object(struct node *parent, const char *name);
/* A value; "" is an empty element, and null. Characters that XML does not know are left out. */
void node_text(struct node *parent, const char *name, const char *value);
void node_flag(struct node *parent, const char *name, bool value);
/* A JSON number: `value` is one, or "". */
void node_number(struct node *parent, const char *name, const char *value);
/* A moment with its zone; nothing when not set. */
void node_moment(struct node *parent, const char *name, struct instant at);
/* Writes the answer. */
enum status document_send(struct request *request, struct response *response, const struct node *root, int status_code) MUST_USE;

/* Whether the path asks for JSON; everything else is answered in XML. */
bool document_is_json(const struct request *request);

/* ---- call.c: who calls, with which values; what is wrong with them */

/* What a call needs of a key. */
enum right {
    RIGHT_NONE,  /* no key; one that is sent is not looked at */
    RIGHT_READ,  /* a key that may read, if one is sent or settings ask for one */
    RIGHT_FILE,  /* a key that may file */
};

#define CALL_ERRORS_MAX 20

struct call {
    struct request *request;
    struct api_key stored;
    const struct api_key *key; /* NULL without one */
    struct {
        int code;
        const char *words;
    } errors[CALL_ERRORS_MAX];
    size_t error_count;
};

/*
 * Begins the call: bounds its rate, looks at jurisdiction and key. STATUS_INVALID: it is refused, call_refuse() answers.
 * Any other status is a failure of the outside.
 */
enum status call_begin(struct call *call, struct request *request, enum right right) MUST_USE;

/* A value sent once at most, of the body or the query; "" when absent or empty. One that is sent twice is an error. */
const char *call_value(struct call *call, const char *name);

/* The same tidied to one line of at most `most` characters; too long is an error. In the arena. */
const char *call_line(struct call *call, const char *name, size_t most);

/* A moment; INSTANT_NONE when absent. One that is wrong or has no zone is an error. */
struct instant call_moment(struct call *call, const char *name);

/* A whole number, `fallback` when absent. One that is none, or outside, is an error. */
int64_t call_number(struct call *call, const char *name, int64_t least, int64_t most, int64_t fallback);

/* Notes what is wrong. code: 400, 403 or 404, of which the gravest becomes the status. key: Text.open311.error.KEY with up to two values */
void call_error(struct call *call, int code, const char *key, const char *first, const char *second);

/* The answer to a call with errors. */
enum status call_refuse(struct call *call, struct response *response) MUST_USE;

/* A refusal made outside of a call: app.h explain. */
enum status open311_explain(struct request *request, struct response *response, int status_code, const char *detail);

/* ---- service.c: matters as services */

/* The matter that everybody may report under this code now, or NULL. */
const struct category *service_find(const struct request *request, const char *code);
const char *service_name(const struct request *request, const struct category *category);
const char *service_description(struct request *request, const struct category *category);

/* ---- attributes that every service asks for, as our own form does */
#define ATTRIBUTE_NOTICED "noticed"
#define ATTRIBUTE_DOOR "door"
#define ATTRIBUTE_ACCOUNT "account"
#define ATTRIBUTE_OUTSIDE_NUMBER "outside_number"
#define ATTRIBUTE_OUTSIDE_DUE "outside_due"
#define ATTRIBUTE_FIXMYSTREET "fixmystreet_id"

/* When it was noticed: "now", "today", "yesterday", "earlier"; NULL at the end. */
const char *service_noticed(size_t index);

/* ---- file.c */

/* The key under which something is done once: what it is, and whose, so that keys of two systems never meet. */
void repeat_key(const struct request *request, const struct api_key *key, const char *kind, const char *id, uint8_t repeat[16]);

/* ---- handlers */

enum status open311_get_discovery(struct request *request, struct response *response);
enum status open311_get_services(struct request *request, struct response *response);
enum status open311_get_service(struct request *request, struct response *response);
enum status open311_post_request(struct request *request, struct response *response);
enum status open311_get_token(struct request *request, struct response *response);
enum status open311_get_requests(struct request *request, struct response *response);
enum status open311_get_request(struct request *request, struct response *response);
enum status open311_get_updates(struct request *request, struct response *response);
enum status open311_post_update(struct request *request, struct response *response);

/* "name.xml" or "name.json" of the path's last part without its ending, in the arena; NULL for another ending. */
const char *open311_part_name(const struct request *request);

#endif
