/* The list: "will my home be affected?" first, then what runs, what is planned, and what ended lately. */
#include "outage/outage.h"

#include <stdlib.h>

#include "core/contact.h"
#include "web/input.h"

#define QUESTION_MOST 60 /* characters */
#define ANY_DISTRICT 1   /* kind of a place: a district */

/* ---- the answer */

/* Those that cover what was asked, wholly or in part, and are not over. */
static void put_answer(struct view *page, const char *name, const struct request *request, const struct area_asked *asked,
                       const struct selection *selection)
{
    struct view *view = view_child(page, name);
    size_t rows = 0;
    bool is_now = false;

    for (size_t i = 0; i < selection->count; i++) {
        const struct outage_notice *notice = &selection->notices[i];
        const enum area_cover cover = area_cover(&program_of(request)->catalog, notice, asked);
        if (cover == AREA_NOT_COVERED || instant_is_set(notice->ended_at))
            continue;
        struct view *row = view_row(view, "Rows", rows++);
        outage_show_notice(row, request, notice);
        view_flag(row, "is_partly", cover == AREA_PARTLY);
        is_now = is_now || !outage_notice_is_ahead(notice, request->now);
    }
    view_flag(view, "is_affected", rows > 0);
    view_flag(view, "is_now", is_now);
}

/* A place of the register: what is there, how to follow it and to keep it as one's home. */
static void answer_place(struct view *page, const char *name, const struct request *request, const struct place *place,
                         const struct selection *selection)
{
    const struct area_asked asked = {.words = place->name, .places = {place->id}, .place_count = 1};
    const struct selection here = {.place = place};

    put_answer(page, name, request, &asked, selection);
    struct view *view = view_child(page, name);
    view_text(view, "question", place->name);
    view_flag(view, "is_known", true);
    view_number(view, "place", place->id.v);
    outage_show_feeds(page, request, &here);
}

/* The only place with this very name; NULL when it is not clear which one is meant. */
static const struct place *place_meant(const struct request *request, const struct area_asked *asked)
{
    const struct catalog *catalog = &program_of(request)->catalog;
    const struct place *meant = NULL;
    size_t same = 0;

    for (size_t i = 0; i < asked->place_count; i++) {
        if (!text_is_equal(outage_place_name(request, asked->places[i]), asked->words))
            continue;
        meant = catalog_place(catalog, asked->places[i]);
        same++;
    }
    return same == 1 ? meant : NULL;
}

/* With the district or community it is in: buildings are called alike everywhere. */
static const char *full_name(const struct request *request, const struct place *place)
{
    const char *parent = outage_place_name(request, place->parent);

    return parent[0] == '\0' ? place->name : arena_format(request->arena, "%s · %s", parent, place->name);
}

/* What was typed: names in whole or in part. More than one place: which of them is meant? */
static void answer_words(struct view *page, const struct request *request, const char *question,
                         const struct selection *selection)
{
    const struct catalog *catalog = &program_of(request)->catalog;
    const struct area_asked asked = area_ask(catalog, question);
    const struct place *meant = place_meant(request, &asked);

    if (meant != NULL) {
        answer_place(page, "Answer", request, meant, selection);
        return;
    }
    put_answer(page, "Answer", request, &asked, selection);
    struct view *view = view_child(page, "Answer");
    view_text(view, "question", question);
    view_flag(view, "is_known", asked.place_count > 0);
    for (size_t i = 0; i < asked.place_count; i++) {
        struct view *row = view_row(view, "Places", i);
        view_number(row, "id", asked.places[i].v);
        view_text(row, "name", full_name(request, catalog_place(catalog, asked.places[i])));
    }
}

/* ---- the sections */

static int by_start(const void *left, const void *right)
{
    const struct outage_notice *const *one = left, *const *other = right;
    const struct instant start = outage_notice_start(*one), other_start = outage_notice_start(*other);

    return (start.milliseconds > other_start.milliseconds) - (start.milliseconds < other_start.milliseconds);
}

static void show_sections(struct view *page, const struct request *request, const struct selection *selection)
{
    const struct outage_notice **ahead = arena_take_array(request->arena, selection->count + 1, sizeof *ahead);
    size_t running = 0, ended = 0, planned = 0;

    for (size_t i = 0; i < selection->count; i++) {
        const struct outage_notice *notice = &selection->notices[i];
        if (outage_notice_is_ahead(notice, request->now))
            ahead[planned++] = notice;
        else if (instant_is_set(notice->ended_at))
            outage_show_notice(view_row(page, "Ended", ended++), request, notice);
        else
            outage_show_notice(view_row(page, "Running", running++), request, notice);
    }
    qsort(ahead, planned, sizeof *ahead, by_start);
    for (size_t i = 0; i < planned; i++)
        outage_show_notice(view_row(page, "Planned", i), request, ahead[i]);
}

static void show_districts(struct view *page, const struct request *request, const struct place *chosen)
{
    const struct catalog *catalog = &program_of(request)->catalog;
    size_t rows = 0;

    for (size_t i = 0; i < catalog->place_count; i++) {
        const struct place *place = &catalog->places[i];
        if (place->kind != ANY_DISTRICT)
            continue;
        struct view *row = view_row(page, "Districts", rows++);
        view_number(row, "id", place->id.v);
        view_text(row, "name", place->name);
        view_flag(row, "is_chosen", chosen == place);
    }
    if (chosen != NULL)
        view_text(page, "District.name", chosen->name);
}

/* ---- the page */

/* What is asked in the query. */
struct asked {
    const char *question;
    const struct place *place, *district, *home;
    bool is_copy;
};

static const struct input_rule rules[] = {
    {"q", INPUT_LINE, false, AREA_CHARACTERS_LEAST, QUESTION_MOST, "outage.error.question", NULL},
    {"place", INPUT_NUMBER, false, 1, INT32_MAX, "outage.error.place_unknown", NULL},
    {"district", INPUT_NUMBER, false, 1, INT32_MAX, "outage.error.place_unknown", NULL},
    {"copy", INPUT_FLAG, false, 0, 1, "outage.error.question", NULL},
};

/* STATUS_ABSENT for a place that is not in the register. */
static enum status find_place(const struct request *request, struct inputs *inputs, const char *name,
                              const struct place **place)
{
    const struct input *input = inputs_find(inputs, name);

    *place = NULL;
    if (!input->is_set)
        return STATUS_OK;
    if (input->error == NULL)
        *place = catalog_place(&program_of(request)->catalog, (struct place_id){(int32_t)input->number});
    return *place == NULL ? STATUS_ABSENT : STATUS_OK;
}

static enum status read_asked(struct request *request, struct inputs *inputs, struct asked *asked)
{
    enum status status = inputs_read(request, rules, sizeof rules / sizeof rules[0], inputs);

    if (status != STATUS_OK)
        return status;
    asked->question = inputs_text(inputs, "q");
    asked->is_copy = inputs_find(inputs, "copy")->is_set;
    asked->home = asked->is_copy ? NULL : home_place(request);
    status = find_place(request, inputs, "place", &asked->place);
    return status == STATUS_OK ? find_place(request, inputs, "district", &asked->district) : status;
}

/* The same page for everybody. */
static bool is_common(const struct asked *asked)
{
    return asked->question[0] == '\0' && asked->place == NULL && asked->district == NULL && asked->home == NULL;
}

/* A number of an account has no business in an address: it is asked for on a page of its own. */
static bool is_account(const char *question)
{
    char account[ACCOUNT_BYTES];

    return account_parse(question, account);
}

static enum status show_list(struct request *request, struct response *response, struct inputs *inputs,
                             const struct asked *asked)
{
    struct selection selection;
    const bool is_wrong = inputs->error_count > 0;
    enum status status = outage_load(request, &selection);

    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "outage/list");
    view_flag(page, "may_subscribe", subscribe_is_open(request));
    view_words(page, "Page.title", "outage.title");
    view_words(page, "Page.description", "outage.description");
    view_instant(page, "checked", request->now);
    inputs_show(inputs, page);
    if (asked->is_copy)
        view_instant(page, "copied", request->now);
    outage_show_feeds(page, request, NULL);
    if (asked->place != NULL)
        answer_place(page, "Answer", request, asked->place, &selection);
    else if (asked->question[0] != '\0' && !is_wrong)
        answer_words(page, request, asked->question, &selection);
    else if (asked->home != NULL)
        answer_place(page, "Home", request, asked->home, &selection);
    show_districts(page, request, asked->district);
    if (asked->district != NULL)
        outage_narrow(request, &selection, asked->district);
    show_sections(page, request, &selection);
    status = outage_show_texts(request, page);
    return status == STATUS_OK ? page_end(page, response, is_wrong ? 422 : 200) : status;
}

enum status outage_get_list(struct request *request, struct response *response)
{
    const struct outage_program *program = program_of(request);
    const int64_t version = outage_watch_version(&program->watch, &program->catalog, request->now);
    struct inputs inputs;
    struct asked asked;
    enum status status = read_asked(request, &inputs, &asked);

    if (status != STATUS_OK)
        return status;
    if (is_account(asked.question))
        return response_redirect(request, response, "/outage/account");
    const bool is_kept = is_common(&asked) && !asked.is_copy;
    if (is_kept && page_cache_find(request, "outage/list", version, response))
        return STATUS_OK;
    if (is_common(&asked))
        outage_make_public(response);
    status = show_list(request, response, &inputs, &asked);
    if (status == STATUS_OK && is_kept)
        page_cache_keep(request, "outage/list", version, response);
    return status;
}
