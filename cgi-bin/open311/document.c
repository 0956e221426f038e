/* An answer as a tree of elements, so that XML and JSON say the same: XML by a template that escapes, JSON by web/json.h. */
#include "open311/open311.h"

#include <string.h>

#include "web/json.h"

#define XML_TYPE "text/xml; charset=utf-8"
#define JSON_TYPE "application/json; charset=utf-8"

enum node_kind { NODE_TEXT, NODE_BARE, NODE_LIST, NODE_OBJECT };

struct node {
    const char *name;
    enum node_kind kind;
    const char *text;
    struct node *first, *last, *next;
    struct request *request;
};

/* ---- building */

static struct node *add(struct node *parent, const char *name, enum node_kind kind, const char *text)
{
    struct node *node = arena_take(parent->request->arena, sizeof *node);

    *node = (struct node){.name = name, .kind = kind, .text = text, .request = parent->request};
    if (parent->first == NULL)
        parent->first = node;
    else
        parent->last->next = node;
    parent->last = node;
    return node;
}

struct node *document_begin(struct request *request, const char *name, bool is_list)
{
    struct node *root = arena_take(request->arena, sizeof *root);

    *root = (struct node){.name = name, .kind = is_list ? NODE_LIST : NODE_OBJECT, .text = "", .request = request};
    return root;
}

struct node *node_list(struct node *parent, const char *name) { return add(parent, name, NODE_LIST, ""); }

struct node *node_object(struct node *parent, const char *name) { return add(parent, name, NODE_OBJECT, ""); }

/* U+FFFE, U+FFFF and controls other than TAB, LF and CR may not stand in XML 1.0 at all. */
static bool is_known_to_xml(uint32_t point)
{
    return (point >= 0x20 && point != 0xFFFE && point != 0xFFFF) || point == '\t' || point == '\n' || point == '\r';
}

void node_text(struct node *parent, const char *name, const char *value)
{
    const size_t room = strlen(value) + 1;
    struct text text;
    uint32_t point;

    text_init(&text, arena_take(parent->request->arena, room), room);
    while ((point = text_next(&value)) != 0)
        if (is_known_to_xml(point))
            text_add_character(&text, point);
    add(parent, name, NODE_TEXT, text.bytes);
}

void node_flag(struct node *parent, const char *name, bool value) { add(parent, name, NODE_BARE, value ? "true" : "false"); }

void node_number(struct node *parent, const char *name, const char *value) { add(parent, name, NODE_BARE, value); }

void node_moment(struct node *parent, const char *name, struct instant at)
{
    const struct request *request = parent->request;
    char *text = arena_take(request->arena, TIME_TEXT_BYTES);

    text[0] = '\0';
    if (instant_is_set(at))
        instant_format_iso(at, request->app->settings.utc_offset_minutes, text);
    add(parent, name, NODE_TEXT, text);
}

/* ---- writing */

bool document_is_json(const struct request *request)
{
    const size_t length = strlen(request->path);

    return length > 5 && text_is_equal(request->path + length - 5, ".json");
}

/* A character takes six bytes at most; a name stands with its marks. */
static size_t room_of(const struct node *node)
{
    size_t room = strlen(node->name) + 6 * strlen(node->text) + 16;

    for (const struct node *child = node->first; child != NULL; child = child->next)
        room += room_of(child);
    return room;
}

static void write_json(struct text *text, const struct node *node, int depth)
{
    const bool is_list = node->kind == NODE_LIST;

    if (node->kind == NODE_TEXT || node->kind == NODE_BARE) {
        if (*node->text == '\0')
            text_add(text, "null");
        else if (node->kind == NODE_BARE)
            text_add(text, node->text);
        else
            json_value(text, node->text);
        return;
    }
    text_add(text, is_list ? "[" : "{");
    for (const struct node *child = node->first; child != NULL; child = child->next) {
        text_add(text, child == node->first ? "" : depth == 0 ? ",\n" : ",");
        if (!is_list)
            text_add_format(text, "\"%s\":", child->name);
        write_json(text, child, depth + 1);
    }
    text_add(text, is_list ? "]" : "}");
}

static void show(struct view *view, const struct node *node)
{
    size_t rows = 0;

    view_text(view, "name", node->name);
    if (*node->text != '\0')
        view_text(view, "text", node->text);
    for (const struct node *child = node->first; child != NULL; child = child->next)
        show(view_row(view, "nodes", rows++), child);
}

enum status document_send(struct request *request, struct response *response, const struct node *root, int status_code)
{
    enum status status = STATUS_OK;

    if (document_is_json(request)) {
        const size_t room = room_of(root);
        struct text text;
        text_init(&text, arena_take(request->arena, room), room);
        write_json(&text, root, 0);
        text_add(&text, "\n");
        if (text.is_cut)
            return FAULT(&request->fault, STATUS_FAILED, "the answer does not fit into %zu bytes", room);
        response_body(response, JSON_TYPE, text.bytes, text.length_bytes);
        response->status_code = status_code;
    } else {
        struct view *view = page_begin(request, "open311/document_xml");
        show(view, root);
        status = page_end(view, response, status_code);
        response->content_type = XML_TYPE;
    }
    if (request->method == METHOD_GET)
        response_header(response, "Access-Control-Allow-Origin", "*");
    return status;
}
