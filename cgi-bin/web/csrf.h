/*
 * Forged requests: whether a POST comes from a page of ours (controls.md D5). Two walls: what the browser says of the
 * request's origin, and the token in the form.
 */
#ifndef WEB_CSRF_H
#define WEB_CSRF_H

#include "web/request.h"

enum origin {
    ORIGIN_OURS,    /* the browser says so */
    ORIGIN_UNKNOWN, /* it says nothing: the token alone decides */
    ORIGIN_FOREIGN, /* another site */
    ORIGIN__COUNT
};

/*
 * What the headers say; each NULL when absent.
 * fetch_site Sec-Fetch-Site, origin Origin, referrer Referer, host Host
 * base_url   the configured origin of this site, which counts as ours, too
 */
enum origin csrf_origin(const char *fetch_site, const char *origin, const char *referrer, const char *host,
                        const char *base_url);

/* Whether the token was made for this visitor and session within the last settings.draft_hours. */
bool csrf_token_is_valid(const struct request *request, const char *token);

#endif
