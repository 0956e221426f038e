/* What operations keep for the public: how each matter is dealt with (Arts. 7, 20), and how the regulation is read (Art. 36). */
#include "commitment/commitment.h"
#include "store/text_store.h"

static enum text_language language_of(const struct request *request)
{
    return request->language == LANGUAGE_EN ? TEXT_EN : TEXT_ZH;
}

enum status commitment_show_texts(struct request *request, struct view *view)
{
    static const char *const lists[TEXT_KIND__COUNT] = {NULL, "Procedures", "Explanations", NULL};
    struct commitment *commitment = request->context;
    struct public_text *texts;
    size_t count, rows[TEXT_KIND__COUNT] = {0};
    const enum status status = text_store_list(commitment->db, language_of(request), request->now, request->arena,
                                               &texts, &count, &request->fault);

    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        if (lists[texts[i].kind] == NULL)
            continue;
        struct view *row = view_row(view, lists[texts[i].kind], rows[texts[i].kind]++);
        view_text(row, "code", texts[i].code);
        view_text(row, "title", texts[i].title);
    }
    return status;
}

/* Where notices of planned outages stood before there was a register of them. */
enum status commitment_get_outages(struct request *request, struct response *response)
{
    return response_moved(request, response, "/outage/");
}

/* Paragraphs and list items, one row each; an item says whether it begins or ends its list. */
static void put_lines(struct view *view, struct arena *arena, const char *body)
{
    struct text_line line;
    struct view *last = NULL;
    bool was_item = false;
    size_t rows = 0;

    while (text_line_next(&body, &line)) {
        struct view *row = view_row(view, "Lines", rows++);
        view_text(row, "words", arena_copy(arena, line.text, line.length));
        view_flag(row, "is_item", line.is_item);
        view_flag(row, "is_first", line.is_item && !was_item);
        if (last != NULL)
            view_flag(last, "is_last", was_item && !line.is_item);
        last = row;
        was_item = line.is_item;
    }
    if (last != NULL)
        view_flag(last, "is_last", was_item);
}

enum status commitment_get_text(struct request *request, struct response *response)
{
    const char *name = arena_format(request->arena, "commitment/text/%s", request->part[0]);
    struct commitment *commitment = request->context;
    struct public_text text;
    int64_t version;
    enum status status = promises_version(request, &version);

    if (status != STATUS_OK)
        return status;
    if (page_cache_find(request, name, version, response))
        return STATUS_OK;
    status = text_store_load(commitment->db, request->part[0], language_of(request), request->now, request->arena, &text,
                             &request->fault);
    if (status != STATUS_OK)
        return status;
    struct view *view = page_begin(request, "commitment/text");
    view_text(view, "Page.title", text.title);
    view_flag(view, "is_explanation", text.kind == TEXT_EXPLANATION);
    view_instant(view, "from", text.effective_from);
    put_lines(view, request->arena, text.body);
    promise_make_public(response);
    status = page_end(view, response, 200);
    if (status == STATUS_OK)
        page_cache_keep(request, name, version, response);
    return status;
}
