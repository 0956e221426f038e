/* What else is planned or runs at the same place and time: shown before one is approved and published. */
#include "supply/supply.h"

enum { CLASHES_SHOWN = 20 };

static void show_clash(struct view *row, const struct request *request, const struct outage_row *other)
{
    view_number(row, "id", other->id.v);
    view_text(row, "kind", supply_kind_words(request, other->kind, other->is_pressure));
    view_text(row, "area", supply_area_words(request, other->places, other->place_count, other->area_words));
    view_instant(row, "start", other->start_at);
    view_instant(row, "end", other->expected_end_at);
}

enum status supply_show_clashes(struct view *page, struct request *request, const struct outage_file *file, size_t *count)
{
    struct supply *supply = supply_of(request);
    const char *area_words = supply_first_area(request, file);
    struct outage_row *rows;
    size_t row_count;

    *count = 0;
    if (file->outage.kind != OUTAGE_PLANNED || !outage_is_open(file->outage.state))
        return STATUS_OK;
    const enum status status = outage_desk_open(supply->db, request->arena, &rows, &row_count, &request->fault);
    for (size_t i = 0; status == STATUS_OK && i < row_count; i++) {
        if (!outage_row_meets(&rows[i], &supply->catalog, &file->outage, area_words))
            continue;
        if (page != NULL && *count < CLASHES_SHOWN)
            show_clash(view_row(page, "Clashes", *count), request, &rows[i]);
        (*count)++;
    }
    return status;
}
