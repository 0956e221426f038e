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

/* Everything that runs, and what ended within DAYS_SHOWN. */
enum status outage_load(struct request *request, struct outage_notice **notices, size_t *count);

/* The name of a place; "" when the register does not have it any more. */
const char *outage_place_name(const struct request *request, struct place_id place);

/* Cacheable by anybody, to be asked about each time: an answer without news is short. */
void outage_make_public(struct response *response);

/* ---- handlers (pages.c, json.c) */

enum status outage_get_list(struct request *request, struct response *response);
enum status outage_get_one(struct request *request, struct response *response);
enum status outage_get_json(struct request *request, struct response *response);

#endif
