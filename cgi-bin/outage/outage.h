/*
 * The program `outage`: what the public is told of outages. Public, read only; pages are rendered once per minute and news.
 */
#ifndef OUTAGE_OUTAGE_H
#define OUTAGE_OUTAGE_H

#include "store/outage_area.h"
#include "web/app.h"
#include "web/page.h"

struct outage_program {
    struct db *db;
    struct catalog catalog;
    struct outage_watch watch;
};

struct outage_program *program_of(const struct request *request);

#define DAYS_SHOWN 7 /* of what ended */

/* ---- what a list or feed is made of (select.c) */

struct selection {
    const struct place *place; /* it is about; NULL: everywhere */
    struct outage_notice *notices;
    size_t count;
};

/* Everything that is announced or runs, newest first, then what ended within DAYS_SHOWN. */
enum status outage_load(struct request *request, struct selection *selection) MUST_USE;

/* Leaves out what is not at the place; an area that is told in words alone stays, since nobody knows where it ends. */
void outage_narrow(const struct request *request, struct selection *selection, const struct place *place);

/* For feeds: reads `place` from the query, loads and narrows. STATUS_ABSENT for a place that is not in the register. */
enum status outage_select(struct request *request, struct selection *selection) MUST_USE;

/*
 * Where outages are read in a form: "https://host/base" + path, with the selection's place and the page's language in the query; in the
 * arena. path: "/outage/feed.atom". selection: NULL without a place
 */
const char *outage_link(const struct request *request, const char *path, const struct selection *selection);

/* Page.Feeds and Feeds of a page: its other forms, for everybody or for a place. */
void outage_show_feeds(struct view *page, const struct request *request, const struct selection *selection);

/* ---- one outage, for all forms (show.c) */

/* The name of a place; "" when the register does not have it any more. */
const char *outage_place_name(const struct request *request, struct place_id place);

/* Words of a prefix and a name. */
const char *outage_words_of(enum language language, const struct request *request, const char *prefix, const char *name);

/* Emergency, planned, less pressure: "紧急停水". */
const char *outage_kind_words(enum language language, const struct request *request, const struct outage_notice *notice);

/* When the water went off or will, as told now. */
struct instant outage_notice_start(const struct outage_notice *notice);

enum outage_phase outage_notice_phase(const struct outage_notice *notice, struct instant now);

/* Announced, and not begun at `now`. */
bool outage_notice_is_ahead(const struct outage_notice *notice, struct instant now);

/* Withdrawn or cancelled: it did not happen, or will not. */
bool outage_notice_is_off(const struct outage_notice *notice);

/* Where water is given out, as last told; "" without. */
const char *outage_notice_water_points(const struct outage_notice *notice);

const struct outage_message *outage_notice_last(const struct outage_notice *notice);

/* Where it is, in words. */
const char *outage_notice_area(const struct request *request, const struct outage_notice *notice);

/* Everything that a card or page shows of it. */
void outage_show_notice(struct view *view, const struct request *request, const struct outage_notice *notice);

/* Advice.N as prose, which operations keep, or nothing; and Texts.N, notices in free words of before the register (Art. 18). */
enum status outage_show_texts(struct request *request, struct view *page) MUST_USE;

/* Cacheable by anybody, to be asked about each time: an answer without news is short. */
void outage_make_public(struct response *response);

/* A body that is no page; the same for everybody, with a validator. */
void outage_send(struct response *response, const char *content_type, const char *body, size_t length);

/*
 * Answers with the document as it was made for everywhere this minute and these news, or makes and keeps it; one of a place is made each
 * time. name: of the document in the page cache
 */
enum status outage_answer_kept(struct request *request, struct response *response, const char *name, route_handler make) MUST_USE;

/* The host of base_url with its port: part of names that are the same everywhere for ever. */
const char *outage_host(const struct request *request);

/* ---- "my home" without an account (home.c) */

#define HOME_COOKIE "sn_home"

/* The place that this browser remembers; NULL without. */
const struct place *home_place(const struct request *request);

/* ---- handlers */

enum status outage_get_list(struct request *request, struct response *response);
enum status outage_get_account(struct request *request, struct response *response);
enum status outage_post_account(struct request *request, struct response *response);
enum status outage_post_home(struct request *request, struct response *response);
enum status outage_get_one(struct request *request, struct response *response);
enum status outage_get_poster(struct request *request, struct response *response);
enum status outage_get_json(struct request *request, struct response *response);
enum status outage_get_jsonld(struct request *request, struct response *response);
enum status outage_get_atom(struct request *request, struct response *response);
enum status outage_get_alerts(struct request *request, struct response *response);
enum status outage_get_alert(struct request *request, struct response *response);
enum status outage_get_calendar(struct request *request, struct response *response);
enum status outage_get_calendar_one(struct request *request, struct response *response);

/* ---- messages by SMS (subscribe.c) */

/* Whether this installation has the keys for it. */
bool subscribe_is_open(const struct request *request);

enum status subscribe_get_place(struct request *request, struct response *response);
enum status subscribe_post_place(struct request *request, struct response *response);
enum status subscribe_get_code(struct request *request, struct response *response);
enum status subscribe_post_code(struct request *request, struct response *response);
enum status subscribe_get_stop(struct request *request, struct response *response);
enum status subscribe_post_stop(struct request *request, struct response *response);

#endif
