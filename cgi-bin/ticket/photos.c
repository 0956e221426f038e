#include "ticket/photos.h"

#include "store/photo_store.h"
#include "store/staff_store.h"
#include "ticket/show.h"
#include "web/upload.h"

static bool may_add(const struct request *request, const struct ticket_file *file)
{
    return ticket_permits(&file->ticket, ACTION_NOTE, &request->actor, NULL) == VERDICT_OK;
}

/* ---- showing them */

static void put_photo(struct view *row, struct request *request, const struct ticket_file *file,
                      const struct photo_row *photo)
{
    const char *stage = desk_words(request, "photo.stage", photo->added_by.v == 0 ? "own" : photo_stage_name(photo->stage));
    const char *values[2] = {arena_format(request->arena, "%d", photo->no), stage};
    const char *seen = words_find(request->language, photo->is_public ? "photo.public" : "photo.internal");

    view_text(row, "url", arena_format(request->arena, "/staff/ticket/%s/photo/%d", file->number, photo->no));
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
        put_photo(view_row(page, "Photos", i), request, file, &rows[i]);
    return status;
}

/* ---- a page of their own, where more are added */

static const struct input_rule rules[] = {
    PHOTO_FIELD_RULES,
    {"stage", INPUT_LINE, true, 1, 20, "error.photo_stage", NULL},
    {"public", INPUT_FLAG, false, 0, 1, "error.wrong", NULL},
};

static enum photo_stage stage_find(const char *name)
{
    for (enum photo_stage stage = PHOTO_BEFORE; stage < PHOTO_STAGE__COUNT; stage++)
        if (text_is_equal(photo_stage_name(stage), name))
            return stage;
    return PHOTO_STAGE_NONE;
}

/* What is most likely: before anybody has been there, or after the work. */
static enum photo_stage usual_stage(const struct ticket *ticket)
{
    return ticket->state == TICKET_REPORTED || ticket->state == TICKET_DISPATCHED ? PHOTO_BEFORE : PHOTO_AFTER;
}

static void put_form(struct view *page, struct request *request, const struct ticket_file *file, struct inputs *inputs)
{
    const enum photo_stage chosen =
        inputs != NULL ? stage_find(inputs_text(inputs, "stage")) : usual_stage(&file->ticket);

    for (enum photo_stage stage = PHOTO_BEFORE; stage < PHOTO_STAGE__COUNT; stage++) {
        struct view *row = view_row(page, "Stages", (size_t)(stage - PHOTO_BEFORE));
        view_text(row, "value", photo_stage_name(stage));
        view_text(row, "label", desk_words(request, "photo.stage", photo_stage_name(stage)));
        view_flag(row, "is_checked", stage == chosen);
    }
    for (int i = 0; i < PHOTO_FIELDS; i++) {
        struct view *row = view_row(page, "PhotoFields", (size_t)i);
        const char *number = arena_format(request->arena, "%d", i + 1);
        view_text(row, "name", upload_field(i));
        view_text(row, "label", words_fill(request->arena, request->language, "photo.field", &number, 1));
        if (inputs != NULL && inputs_find(inputs, upload_field(i))->error != NULL)
            view_text(row, "error", inputs_find(inputs, upload_field(i))->error);
    }
}

static enum status show_page(struct request *request, struct response *response, const struct ticket_file *file,
                             struct inputs *inputs)
{
    struct view *page = page_begin(request, "ticket/photos");
    char number[NUMBER_TEXT_BYTES];

    number_format_text(file->number, number);
    view_words(page, "Page.title", "photo.title");
    view_text(page, "Ticket.number", file->number);
    view_text(page, "Ticket.number_text", number);
    put_form(page, request, file, inputs);
    if (inputs != NULL)
        inputs_show(inputs, page);
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

/* What is good is kept at once: sent again with the rest, it is still one photo. */
static enum status add(struct request *request, struct ticket_file *file, struct inputs *inputs, const char *field)
{
    struct db *db = desk_of(request)->db;
    const enum photo_stage stage = stage_find(inputs_text(inputs, "stage"));
    struct photo photo;

    if (!upload_read(inputs, field, &photo) || stage == PHOTO_STAGE_NONE)
        return STATUS_OK;
    const struct photo_adding adding = {file->ticket.id, &photo, stage, inputs_find(inputs, "public")->is_set,
                                        request->actor.staff};
    enum status status = photo_store_add(db, &adding, request->now, request->arena, &request->fault);
    if (status == STATUS_REFUSED) {
        inputs_error(inputs, field, "error.photo_full");
        return STATUS_OK;
    }
    file->photo_count++;
    const char *detail = arena_format(request->arena, "%s, %s", photo_stage_name(stage), adding.is_public ? "public" : "internal");
    if (status == STATUS_OK)
        status = audit_store_add(db, request->actor.staff, "photo_add", SUBJECT_TICKET, file->ticket.id.v, detail,
                                 request->now, &request->fault);
    return status;
}

static enum status add_all(struct request *request, struct ticket_file *file, struct inputs *inputs)
{
    enum status status = STATUS_OK;
    bool is_any = false;

    if (stage_find(inputs_text(inputs, "stage")) == PHOTO_STAGE_NONE)
        inputs_error(inputs, "stage", "error.photo_stage");
    for (int i = 0; i < PHOTO_FIELDS && status == STATUS_OK; i++) {
        is_any = is_any || inputs_find(inputs, upload_field(i))->is_set;
        status = add(request, file, inputs, upload_field(i));
    }
    if (!is_any)
        inputs_error(inputs, upload_field(0), "error.photo_none");
    return status;
}

enum status ticket_post_photos(struct request *request, struct response *response)
{
    struct inputs *inputs = arena_take(request->arena, sizeof *inputs);
    struct ticket_file *file = arena_take(request->arena, sizeof *file);
    enum status status = inputs_read(request, rules, sizeof rules / sizeof rules[0], inputs);

    if (status == STATUS_OK)
        status = show_load(request, file);
    if (status != STATUS_OK)
        return status;
    if (!may_add(request, file))
        return STATUS_REFUSED;
    status = add_all(request, file, inputs);
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
