/* Photos of the posters in the area (Art. 33(4)), on a page of their own: added first, counted when the posters are recorded. */
#include "store/staff_store.h"
#include "supply/supply.h"
#include "web/upload.h"

static const struct input_rule rules[] = {PHOTO_FIELD_RULES};

enum status supply_show_photos(struct view *page, struct request *request, const struct outage_file *file, size_t *count)
{
    struct outage_photo *photos;

    *count = 0;
    if (file->outage.kind != OUTAGE_PLANNED)
        return STATUS_OK;
    if (page != NULL)
        view_flag(page, "may_add_photos", supply_permits(request, &file->outage, OUTAGE_POSTER) == VERDICT_OK);
    const enum status status =
        outage_photo_list(supply_of(request)->db, file->outage.id, request->arena, &photos, count, &request->fault);
    for (size_t i = 0; status == STATUS_OK && page != NULL && i < *count; i++) {
        struct view *row = view_row(page, "Photos", i);
        const char *number = arena_format(request->arena, "%d", photos[i].no);
        view_text(row, "url", arena_format(request->arena, "/staff/supply/%lld/photo/%d", (long long)file->outage.id.v, photos[i].no));
        view_text(row, "alt", words_fill(request->arena, request->language, "outage.photo.alt", &number, 1));
        view_text(row, "words", words_find(request->language, "outage.photo.words"));
        view_text(row, "by", photos[i].added_by);
        view_instant(row, "at", photos[i].created_at);
        view_number(row, "width", photos[i].width);
        view_number(row, "height", photos[i].height);
    }
    return status;
}

static enum status show_page(struct request *request, struct response *response, const struct outage_file *file,
                             struct inputs *inputs)
{
    struct view *page = page_begin(request, "supply/photos");
    size_t count;

    view_words(page, "Page.title", "outage.photo.title");
    view_number(page, "id", file->outage.id.v);
    for (int i = 0; i < PHOTO_FIELDS; i++) {
        struct view *row = view_row(page, "PhotoFields", (size_t)i);
        const char *number = arena_format(request->arena, "%d", i + 1);
        view_text(row, "name", upload_field(i));
        view_text(row, "label", words_fill(request->arena, request->language, "photo.field", &number, 1));
        if (inputs != NULL && inputs_find(inputs, upload_field(i))->error != NULL)
            view_text(row, "error", inputs_find(inputs, upload_field(i))->error);
    }
    if (inputs != NULL)
        inputs_show(inputs, page);
    const enum status status = supply_show_photos(page, request, file, &count);
    return status == STATUS_OK ? page_end(page, response, inputs != NULL ? 422 : 200) : status;
}

enum status supply_get_photos(struct request *request, struct response *response)
{
    struct outage_file file;
    const enum status status = supply_load(request, &file);

    if (status != STATUS_OK)
        return status;
    return file.outage.kind == OUTAGE_PLANNED ? show_page(request, response, &file, NULL) : STATUS_ABSENT;
}

static enum status keep(struct request *request, struct inputs *inputs, const struct outage_file *file, const char *field)
{
    struct supply *supply = supply_of(request);
    struct photo photo;

    if (!upload_read(inputs, field, &photo))
        return STATUS_OK;
    const enum status status =
        outage_photo_add(supply->db, file->outage.id, &photo, request->actor.staff, request->now, &request->fault);
    if (status == STATUS_OK)
        return audit_store_add(supply->db, request->actor.staff, "photo_add", SUBJECT_OUTAGE, file->outage.id.v, "poster",
                               request->now, &request->fault);
    if (status != STATUS_REFUSED)
        return status;
    inputs_error(inputs, field, "error.photo_full");
    return STATUS_OK;
}

enum status supply_post_photos(struct request *request, struct response *response)
{
    struct inputs *inputs = arena_take(request->arena, sizeof *inputs);
    struct outage_file file;
    bool is_any = false;
    enum status status = inputs_read(request, rules, sizeof rules / sizeof rules[0], inputs);

    if (status == STATUS_OK)
        status = supply_load(request, &file);
    if (status != STATUS_OK)
        return status;
    if (supply_permits(request, &file.outage, OUTAGE_POSTER) != VERDICT_OK)
        return STATUS_REFUSED;
    for (int i = 0; status == STATUS_OK && i < PHOTO_FIELDS; i++) {
        is_any = is_any || inputs_find(inputs, upload_field(i))->is_set;
        status = keep(request, inputs, &file, upload_field(i));
    }
    if (status != STATUS_OK)
        return status;
    if (!is_any)
        inputs_error(inputs, upload_field(0), "error.photo_none");
    if (inputs->error_count > 0)
        return show_page(request, response, &file, inputs);
    return response_redirect(request, response, "/staff/supply/%lld", (long long)file.outage.id.v);
}

enum status supply_get_photo(struct request *request, struct response *response)
{
    const int no = upload_number(request->part[1]);
    struct outage_file file;
    struct photo photo;
    enum status status = no == 0 ? STATUS_ABSENT : supply_load(request, &file);

    if (status == STATUS_OK)
        status = outage_photo_load(supply_of(request)->db, file.outage.id, no, request->arena, &photo, &request->fault);
    if (status == STATUS_OK)
        upload_respond(request, response, &photo);
    return status;
}
