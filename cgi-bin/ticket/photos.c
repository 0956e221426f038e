#include "ticket/photos.h"

#include "store/photo_store.h"
#include "store/staff_store.h"
#include "ticket/show.h"
#include "web/photo_form.h"

static bool may_add(const struct request *request, const struct ticket_file *file)
{
    return ticket_permits(&file->ticket, ACTION_NOTE, &request->actor, NULL) == VERDICT_OK;
}

/* ---- showing them */

static void put_photo(struct view *row, struct request *request, const char *number, const struct photo_row *photo)
{
    const char *stage = desk_words(request, "photo.stage", photo->added_by.v == 0 ? "own" : photo_stage_name(photo->stage));
    const char *values[2] = {arena_format(request->arena, "%d", photo->no), stage};
    const char *seen = words_find(request->language, photo->is_public ? "photo.public" : "photo.internal");

    view_text(row, "url", arena_format(request->arena, "/staff/ticket/%s/photo/%d", number, photo->no));
    view_text(row, "alt", words_fill(request->arena, request->language, "photo.alt", values, 2));
    view_text(row, "words", arena_format(request->arena, "%s · %s", stage, seen));
    view_text(row, "by", photo->added_by_name);
    view_instant(row, "at", photo->created_at);
    view_number(row, "width", photo->width);
    view_number(row, "height", photo->height);
    view_flag(row, "may_hide", photo->added_by.v != 0 && photo->is_public);
    view_flag(row, "may_show", photo->added_by.v != 0 && !photo->is_public);
}

enum status show_photos(struct view *page, struct request *request, const struct ticket_file *file)
{
    struct photo_row *rows;
    size_t count;

    view_flag(page, "may_add_photos", may_add(request, file));
    if (file->photo_count == 0)
        return STATUS_OK;
    const enum status status =
        photo_store_list(desk_of(request)->db, file->ticket.id, false, request->arena, &rows, &count, &request->fault);
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        put_photo(view_row(page, "Photos", i), request, file->number, &rows[i]);
    return status;
}

enum status show_parent_photos(struct view *page, struct request *request, const struct ticket *ticket,
                               const struct related *related, size_t related_count)
{
    struct photo_row *rows;
    size_t count, shown = 0;

    if (related_count == 0 || related[0].kind != RELATED_PARENT) /* the parent went where nobody here reads */
        return STATUS_OK;
    const enum status status =
        photo_store_list(desk_of(request)->db, ticket->parent, false, request->arena, &rows, &count, &request->fault);
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        if (rows[i].stage == PHOTO_AFTER)
            put_photo(view_row(page, "ParentPhotos", shown++), request, related[0].number, &rows[i]);
    return status;
}

/* ---- a page of their own, where more are added */

static enum status show_page(struct request *request, struct response *response, const struct ticket_file *file,
                             struct inputs *inputs)
{
    struct view *page = page_begin(request, "ticket/photos");
    char number[NUMBER_TEXT_BYTES];

    number_format_text(file->number, number);
    view_words(page, "Page.title", "photo.title");
    view_text(page, "Ticket.number", file->number);
    view_text(page, "Ticket.number_text", number);
    photo_form_show(page, request, inputs, file->ticket.state);
    const enum status status = show_photos(page, request, file);
    return status == STATUS_OK ? page_end(page, response, inputs != NULL ? 422 : 200) : status;
}

enum status ticket_get_photos(struct request *request, struct response *response)
{
    struct ticket_file *file = arena_take(request->arena, sizeof *file);
    const enum status status = show_load(request, file);

    return status == STATUS_OK ? show_page(request, response, file, NULL) : status;
}

/* ---- adding */

struct adding {
    struct request *request;
    struct ticket_file *file;
};

static enum status keep(void *context, const struct photo *photo, enum photo_stage stage, bool is_public)
{
    const struct adding *adding = context;
    struct request *request = adding->request;
    struct db *db = desk_of(request)->db;
    const struct photo_adding row = {adding->file->ticket.id, photo, stage, is_public, request->actor.staff};
    enum status status = photo_store_add(db, &row, request->now, request->arena, &request->fault);

    if (status != STATUS_OK)
        return status;
    adding->file->photo_count++;
    const char *detail = arena_format(request->arena, "%s, %s", photo_stage_name(stage), is_public ? "public" : "internal");
    return audit_store_add(db, request->actor.staff, "photo_add", SUBJECT_TICKET, adding->file->ticket.id.v, detail,
                           request->now, &request->fault);
}

enum status ticket_post_photos(struct request *request, struct response *response)
{
    struct inputs *inputs = arena_take(request->arena, sizeof *inputs);
    struct ticket_file *file = arena_take(request->arena, sizeof *file);
    struct adding adding = {request, file};
    enum status status = photo_form_read(request, inputs);

    if (status == STATUS_OK)
        status = show_load(request, file);
    if (status != STATUS_OK)
        return status;
    if (!may_add(request, file))
        return STATUS_REFUSED;
    status = photo_form_take(inputs, keep, &adding);
    if (status != STATUS_OK)
        return status;
    if (inputs->error_count > 0)
        return show_page(request, response, file, inputs);
    return response_redirect(request, response, "/staff/ticket/%s?done=1", file->number);
}

/* ---- one photo */

enum status ticket_get_photo(struct request *request, struct response *response)
{
    struct ticket_file *file = arena_take(request->arena, sizeof *file);
    const int no = upload_number(request->part[1]);
    struct photo photo;
    enum status status = no == 0 ? STATUS_ABSENT : show_load(request, file);

    if (status == STATUS_OK)
        status = photo_store_load(desk_of(request)->db, file->ticket.id, no, false, request->arena, &photo,
                                  &request->fault);
    if (status == STATUS_OK)
        upload_respond(request, response, &photo);
    return status;
}

/* Shown to the resident or hidden: what staff added. A resident's own photos stay the resident's. */
enum status ticket_post_photo(struct request *request, struct response *response)
{
    static const struct input_rule switch_rules[] = {{"public", INPUT_FLAG, false, 0, 1, "error.wrong", NULL}};
    struct inputs *inputs = arena_take(request->arena, sizeof *inputs);
    struct ticket_file *file = arena_take(request->arena, sizeof *file);
    const int no = upload_number(request->part[1]);
    enum status status = inputs_read(request, switch_rules, 1, inputs);

    if (status == STATUS_OK)
        status = no == 0 ? STATUS_ABSENT : show_load(request, file);
    if (status == STATUS_OK && !may_add(request, file))
        status = STATUS_REFUSED;
    if (status != STATUS_OK)
        return status;
    const bool is_public = inputs_find(inputs, "public")->is_set;
    status = photo_store_set_public(desk_of(request)->db, file->ticket.id, no, is_public, &request->fault);
    if (status == STATUS_OK)
        status = audit_store_add(desk_of(request)->db, request->actor.staff, is_public ? "photo_show" : "photo_hide",
                                 SUBJECT_TICKET, file->ticket.id.v, arena_format(request->arena, "%d", no), request->now,
                                 &request->fault);
    if (status != STATUS_OK)
        return status;
    return response_redirect(request, response, "/staff/ticket/%s/photos", file->number);
}

/* ---- evidence */

enum status photos_tell_finish(struct request *request, const struct ticket_file *file, struct command *command)
{
    int count = 0;

    if (command->action != ACTION_FINISH)
        return STATUS_OK;
    enum status status = STATUS_OK;
    if (file->photo_count > 0)
        status = photo_store_count_after(desk_of(request)->db, file->ticket.id, request->arena, &count, &request->fault);
    if (status == STATUS_OK && count > 0)
        command_set(command, FIELD_PHOTO_COUNT, count);
    return status;
}
