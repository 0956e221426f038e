#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "web/dispatch.h"
#include "web/pages.h"

#define CACHE_PAGES_MAX 16
#define CACHE_NAME_BYTES 96
#define CACHE_BODY_BYTES_MAX ((size_t)512 * 1024) /* of one; the longest are the 200 outages of a list */

struct cached_page {
    char name[CACHE_NAME_BYTES]; /* "": free */
    enum language language;
    bool is_elder;
    int64_t data_version;
    uint64_t used_at; /* counts uses; the least recently used page makes room */
    char *body;
    char etag[ETAG_BYTES];
    struct response response; /* as it was rendered, with body and headers replaced */
};

static struct cached_page pages[CACHE_PAGES_MAX];
static uint64_t use_count;

/* The slot of this page in any version, or NULL. */
static struct cached_page *find(const struct request *request, const char *name)
{
    for (size_t i = 0; i < CACHE_PAGES_MAX; i++)
        if (text_is_equal(pages[i].name, name) && pages[i].language == request->language &&
            pages[i].is_elder == request->is_elder)
            return &pages[i];
    return NULL;
}

static struct cached_page *least_used(void)
{
    struct cached_page *found = &pages[0];
    for (size_t i = 1; i < CACHE_PAGES_MAX; i++)
        if (pages[i].used_at < found->used_at)
            found = &pages[i];
    return found;
}

bool page_cache_find(struct request *request, const char *name, int64_t data_version, struct response *response)
{
    struct cached_page *page = find(request, name);
    if (page == NULL || page->data_version != data_version)
        return false;
    page->used_at = ++use_count;
    *response = page->response;
    if (response->wants_etag)
        response_header(response, "ETag", page->etag);
    return true;
}

/* A page for everybody: without anything of this visitor. */
static bool may_keep(const struct request *request, const char *name, const struct response *response)
{
    if (response->status_code != 200 || response->header_count > 0 || response->body_length > CACHE_BODY_BYTES_MAX ||
        request->actor.roles != 0 || *name == '\0' || strlen(name) >= CACHE_NAME_BYTES)
        return false;
    for (size_t i = 0; i < request->query.count; i++)
        if (!text_is_equal(request->query.items[i].name, "lang") &&
            !text_is_equal(request->query.items[i].name, "elder"))
            return false;
    return !page_has_token(request, response);
}

void page_cache_keep(struct request *request, const char *name, int64_t data_version, const struct response *response)
{
    if (!may_keep(request, name, response))
        return;
    struct cached_page *page = find(request, name);
    if (page == NULL)
        page = least_used();
    char *body = realloc(page->body, response->body_length + 1);
    if (body == NULL)
        log_die("out_of_memory asked_bytes=%zu", response->body_length + 1);
    memcpy(body, response->body, response->body_length);
    body[response->body_length] = '\0';

    struct text text;
    text_init(&text, page->name, sizeof page->name);
    text_add(&text, name);
    page->language = request->language;
    page->is_elder = request->is_elder;
    page->data_version = data_version;
    page->used_at = ++use_count;
    page->body = body;
    page->response = *response;
    page->response.body = body;
    etag_format(body, response->body_length, page->etag);
}

void page_cache_release(void)
{
    for (size_t i = 0; i < CACHE_PAGES_MAX; i++)
        free(pages[i].body);
    memset(pages, 0, sizeof pages);
}
