/*
 * A list to take away: all rows of the view and filter that are on the screen, in their order, as CSV or XLSX. Telephone and name
 * stand in it masked, as the list shows them: who may see them in clear opens them one by one, and that is logged.
 */
#include "ticket/list.h"
#include "ticket/queue.h"
#include "web/page.h"
#include "web/sheet.h"

#define EXPORT_ROWS_MAX 100000

struct export {
    const struct request *request;
    struct sheet *sheet;
    struct arena *scratch; /* of one row */
};

static const struct {
    const char *title; /* Text key */
    int width;
} columns[] = {
    {"staff.queue.number", 20},     {"staff.field.state", 12},    {"staff.queue.due", 17},     {"desk.export.due_kind", 12},
    {"staff.field.category", 26},   {"staff.field.grades", 20},   {"staff.field.place", 40},   {"staff.field.zone", 10},
    {"staff.field.unit", 24},       {"staff.queue.reported", 17}, {"desk.export.finish_due", 17},
    {"desk.export.granted_due", 17}, {"desk.export.finished", 17}, {"desk.export.closed", 17},  {"staff.field.source", 12},
    {"staff.field.nature", 12},     {"staff.new.name", 12},       {"staff.new.phone", 16},     {"staff.queue.urged", 10},
    {"desk.export.repeat", 10},     {"desk.export.satisfaction", 12}, {"staff.queue.escalated", 10}, {"staff.queue.waits", 14},
};
#define COLUMN_COUNT (sizeof columns / sizeof columns[0])

static const char *flag_text(const struct request *request, bool is_set)
{
    return is_set ? words_find(request->language, "staff.yes") : "";
}

static void put_facts(const struct request *request, struct sheet *sheet, const struct ticket_row *row)
{
    char number[NUMBER_TEXT_BYTES];

    number_format_text(row->number, number);
    sheet_text(sheet, number);
    sheet_text(sheet, desk_words(request, "state", ticket_state_name(row->state)));
    sheet_instant(sheet, row->next_due_at);
    sheet_text(sheet, row->next_kind == CLOCK_NONE ? "" : desk_words(request, "kind", clock_kind_name(row->next_kind)));
    sheet_text(sheet, desk_category_name(request, row->category));
    sheet_text(sheet, desk_grade_names(request, row->grades));
    sheet_text(sheet, row->place_text);
    sheet_text(sheet, row->zone == ZONE_UNKNOWN ? "" : desk_words(request, "zone", zone_name(row->zone)));
    sheet_text(sheet, desk_unit_name(request, row->unit));
}

static enum status put_row(void *context, const struct ticket_row *row, struct fault *fault)
{
    const struct export *export = context;
    /* The words of one row live in an arena of their own: a long list must not fill the request's. */
    struct request request = *export->request;
    struct sheet *sheet = export->sheet;

    (void)fault;
    request.arena = export->scratch;
    put_facts(&request, sheet, row);
    sheet_instant(sheet, row->reported_at);
    sheet_instant(sheet, row->finish_due_at);
    sheet_instant(sheet, row->finish_granted_at);
    sheet_instant(sheet, row->finished_at);
    sheet_instant(sheet, row->closed_at);
    sheet_text(sheet, desk_words(&request, "source", source_name(row->source)));
    sheet_text(sheet, row->nature == NATURE_NONE ? "" : desk_words(&request, "nature", nature_name(row->nature)));
    sheet_text(sheet, row->name_masked);
    sheet_text(sheet, row->phone_masked);
    sheet_number(sheet, row->urge_count);
    sheet_number(sheet, row->repeat_level);
    sheet_text(sheet, row->satisfaction == 0 ? "" : desk_words_number(&request, "staff.satisfaction", row->satisfaction));
    sheet_text(sheet, flag_text(&request, row->is_escalated));
    sheet_text(sheet, flag_text(&request, row->is_waiting_ops));
    sheet_row(sheet);
    arena_reset(export->scratch);
    return STATUS_OK;
}

/* Rows first; a list that is longer than a file may be says so in its last line. */
static enum status put_rows(struct request *request, struct list *list, struct sheet *sheet)
{
    struct arena scratch;
    struct export export = {.request = request, .sheet = sheet, .scratch = &scratch};
    bool is_whole = true;

    arena_init(&scratch, (size_t)1024 * 1024);
    list->query.limit = EXPORT_ROWS_MAX;
    const enum status status = ticket_list_stream(desk_of(request)->db, &list->query, request->now, put_row, &export, &is_whole,
                                                  &request->fault);
    arena_release(&scratch);
    if (status == STATUS_OK && !is_whole) {
        const char *most = arena_format(request->arena, "%d", EXPORT_ROWS_MAX);
        sheet_text(sheet, words_fill(request->arena, request->language, "desk.export.cut", &most, 1));
        sheet_row(sheet);
    }
    return status;
}

static enum status answer(struct request *request, struct response *response, struct list *list, enum sheet_kind kind)
{
    struct sheet_column titled[COLUMN_COUNT];
    char stamp[TIME_TEXT_BYTES];

    for (size_t i = 0; i < COLUMN_COUNT; i++)
        titled[i] = (struct sheet_column){words_find(request->language, columns[i].title), columns[i].width};
    struct sheet *sheet = sheet_begin(request, kind, titled, COLUMN_COUNT);
    if (sheet == NULL)
        return STATUS_FAILED;
    const enum status status = put_rows(request, list, sheet);
    if (status != STATUS_OK) {
        sheet_drop(sheet);
        return status;
    }
    day_format(day_of(request->now, request->app->settings.utc_offset_minutes), stamp);
    return sheet_end(sheet, response, arena_format(request->arena, "tickets-%s-%s", list->view->name, stamp));
}

static enum status export(struct request *request, struct response *response, enum sheet_kind kind)
{
    struct list *list = arena_take(request->arena, sizeof *list);
    struct inputs inputs;
    enum status status = inputs_read(request, list_rules, list_rule_count, &inputs);

    if (status == STATUS_OK)
        status = list_read(request, &request->query, list);
    if (status != STATUS_OK)
        return status;
    return list->error != NULL ? queue_show(request, response, list, NULL) : answer(request, response, list, kind);
}

enum status ticket_get_csv(struct request *request, struct response *response)
{
    return export(request, response, SHEET_CSV);
}

enum status ticket_get_xlsx(struct request *request, struct response *response)
{
    return export(request, response, SHEET_XLSX);
}
