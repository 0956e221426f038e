#include "web/page.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "web/app.h"
#include "web/clearsilver.h"
#include "web/dispatch.h"
#include "web/pages.h"
#include "web/templates.h"

#define ADDRESS_BYTES_MAX 1024 /* of a link to this same page; a longer one leaves the query out */
#define NUMBER_BYTES 24

struct page;

struct view {
    HDF *node;
    struct page *page;
};

struct page {
    struct page *older;
    struct request *request;
    const char *name;
    const struct template *template;
    HDF *tree;
    struct view root;
};

/* Pages begun in this request. Their trees are not in the arena, so somebody has to remember them. */
static struct page *open_pages;

/* --- what every page shows ---------------------------------------------------------------------------------------- */

static bool is_switch(const char *name) { return text_is_equal(name, "lang") || text_is_equal(name, "elder"); }

/* This page's address with one switch set: the same query without the switches, then "name=value". */
static const char *switched_address(const struct request *request, const char *name, const char *value)
{
    char buffer[ADDRESS_BYTES_MAX];
    struct text text;
    text_init(&text, buffer, sizeof buffer);
    bool has_page = request->method == METHOD_GET || dispatch_has_get(request->app, request->path);
    const char *path = has_page ? dispatch_path_address(request) : arena_format(request->arena, "%s/",
                                                                                request->app->settings.base_path);
    text_add_format(&text, "%s?", path);
    for (size_t i = 0; i < request->query.count && has_page; i++) {
        const struct form_item *item = &request->query.items[i];
        if (!is_switch(item->name))
            text_add_format(&text, "%s=%s&", response_url_escape(request->arena, item->name),
                            response_url_escape(request->arena, item->value));
    }
    text_add_format(&text, "%s=%s", name, value);
    if (text.is_cut)
        return arena_format(request->arena, "%s/?%s=%s", request->app->settings.base_path, name, value);
    return arena_copy_text(request->arena, buffer);
}

static void put_actor(struct view *root, const struct actor *actor)
{
    if (actor->roles == 0)
        return;
    struct view *view = view_child(root, "Actor");
    view_text(view, "name", actor->name);
    view_text(view, "login", actor->login);
    struct request *request = root->page->request;
    const char *said = "";
    for (int role = ROLE_NONE + 1; role < ROLE__COUNT; role++) {
        if (!actor_has(actor, (enum role)role))
            continue;
        const char *name = role_name((enum role)role);
        view_flag(view, arena_format(request->arena, "role.%s", name), true);
        const char *word = words_find(request->language, arena_format(request->arena, "role.%s", name));
        said = *said == '\0' ? word
                             : arena_format(request->arena, "%s%s%s", said,
                                            words_find(request->language, "list.comma"), word);
    }
    view_text(view, "roles", said);
}

static void put_page(struct view *root)
{
    struct request *request = root->page->request;
    struct view *view = view_child(root, "Page");
    char token[REQUEST_TOKEN_BYTES];
    char key[REQUEST_KEY_TEXT_BYTES];
    request_form_token(request, token);
    request_new_key(key);
    view_text(view, "lang", language_tag(request->language));
    view_flag(view, "is_en", request->language == LANGUAGE_EN);
    view_flag(view, "is_elder", request->is_elder);
    view_number(view, "now.ms", request->now.milliseconds);
    view_text(view, "token", token);
    view_text(view, "key", key);
    view_text(view, "other_lang_url",
              switched_address(request, "lang", request->language == LANGUAGE_EN ? "zh" : "en"));
    view_text(view, "elder_url", switched_address(request, "elder", request->is_elder ? "0" : "1"));
}

struct view *page_begin(struct request *request, const char *name)
{
    if (open_pages == NULL) /* the page of the request before is out */
        templates_trim();
    struct page *page = arena_take(request->arena, sizeof *page);
    page->request = request;
    page->name = name;
    page->template = templates_find(name);
    tree_must(hdf_init(&page->tree));
    page->root = (struct view){page->tree, page};
    page->older = open_pages;
    open_pages = page;
    put_page(&page->root);
    put_actor(&page->root, &request->actor);
    return &page->root;
}

enum status page_end(struct view *view, struct response *response, int status_code)
{
    struct page *page = view->page;
    struct request *request = page->request;
    if (page->template == NULL)
        return FAULT(&request->fault, STATUS_FAILED, "there is no template %s", page->name);
    const char *body = NULL;
    size_t length = 0;
    enum status status =
        template_render(page->template, request->language, page->tree, &body, &length, &request->fault);
    if (status != STATUS_OK)
        return status;
    response->status_code = status_code;
    response_body(response, "text/html; charset=utf-8", body, length);
    return STATUS_OK;
}

void pages_release(void)
{
    for (; open_pages != NULL; open_pages = open_pages->older)
        hdf_destroy(&open_pages->tree);
}

bool page_has_token(const struct request *request, const struct response *response)
{
    char token[REQUEST_TOKEN_BYTES];
    request_form_token(request, token);
    return response->body_length > 0 &&
           memmem(response->body, response->body_length, token, strlen(token)) != NULL;
}

/* --- values ------------------------------------------------------------------------------------------------------- */

void view_text(struct view *view, const char *name, const char *value)
{
    if (value != NULL)
        tree_must(hdf_set_value(view->node, name, value));
}

void view_number(struct view *view, const char *name, int64_t value)
{
    char digits[NUMBER_BYTES];
    struct text text;
    text_init(&text, digits, sizeof digits);
    text_add_number(&text, value, 1);
    view_text(view, name, digits);
}

void view_flag(struct view *view, const char *name, bool value)
{
    if (value)
        view_text(view, name, "1");
}

void view_instant(struct view *view, const char *name, struct instant at)
{
    if (!instant_is_set(at))
        return;
    struct request *request = view->page->request;
    int offset = request->app->settings.utc_offset_minutes;
    struct view *child = view_child(view, name);
    char buffer[TIME_TEXT_BYTES];
    instant_format_iso(at, offset, buffer);
    view_text(child, "iso", buffer);
    view_text(child, "text", words_moment(request->arena, request->language, at, request->now, offset));
    view_number(child, "ms", at.milliseconds);
}

void view_duration(struct view *view, const char *name, int64_t seconds)
{
    view_text(view, name, words_duration(view->page->request->arena, view->page->request->language, seconds));
}

void view_words(struct view *view, const char *name, const char *key)
{
    view_text(view, name, words_find(view->page->request->language, key));
}

struct view *view_child(struct view *view, const char *name)
{
    struct view *child = arena_take(view->page->request->arena, sizeof *child);
    child->page = view->page;
    tree_must(hdf_get_node(view->node, name, &child->node));
    return child;
}

struct view *view_row(struct view *view, const char *name, size_t index)
{
    char digits[NUMBER_BYTES];
    struct text text;
    text_init(&text, digits, sizeof digits);
    text_add_number(&text, (int64_t)index, 1);
    struct view *row = view_child(view, name);
    tree_must(hdf_get_node(row->node, digits, &row->node));
    return row;
}
