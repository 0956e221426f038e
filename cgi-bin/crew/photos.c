/* Photos of the assignment's ticket: seen by those who have it, added by those who may write a note on it. */
#include "crew/crew.h"
#include "store/photo_store.h"
#include "store/staff_store.h"
#include "web/photo_form.h"

static bool may_add(const struct request *request, const struct job *job)
{
    return ticket_permits(&job->file->ticket, ACTION_NOTE, &request->actor, NULL) == VERDICT_OK;
}

static void put_photo(struct view *row, struct request *request, const struct job *job, const struct photo_row *photo)
{
    const char *stage = photo->added_by.v == 0 ? "own" : photo_stage_name(photo->stage);
    const char *words = words_find(request->language, arena_format(request->arena, "photo.stage.%s", stage));
    const char *values[2] = {arena_format(request->arena, "%d", photo->no), words};

    view_text(row, "url", arena_format(request->arena, "/crew/job/%s/photo/%d", job->token, photo->no));
    view_text(row, "alt", words_fill(request->arena, request->language, "photo.alt", values, 2));
    view_text(row, "words", words);
    view_text(row, "by", photo->added_by_name);
    view_instant(row, "at", photo->created_at);
    view_number(row, "width", photo->width);
    view_number(row, "height", photo->height);
}

enum status job_show_photos(struct view *page, struct request *request, const struct job *job)
{
    struct photo_row *rows;
    size_t count;

    view_flag(page, "may_add_photos", may_add(request, job));
    if (job->file->photo_count == 0)
        return STATUS_OK;
    const enum status status = photo_store_list(crew_of(request)->db, job->file->ticket.id, false, request->arena, &rows,
                                                &count, &request->fault);
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        put_photo(view_row(page, "Photos", i), request, job, &rows[i]);
    return status;
}

static enum status show_page(struct request *request, struct response *response, const struct job *job,
                             struct inputs *inputs)
{
    struct view *page = page_begin(request, "crew/photos");
    char number[NUMBER_TEXT_BYTES];

    number_format_text(job->file->number, number);
    view_words(page, "Page.title", "photo.title");
    view_text(page, "Job.token", job->token);
    view_text(page, "Job.number", number);
    photo_form_show(page, request, inputs, job->file->ticket.state);
    const enum status status = job_show_photos(page, request, job);
    return status == STATUS_OK ? page_end(page, response, inputs != NULL ? 422 : 200) : status;
}

enum status crew_get_photos(struct request *request, struct response *response)
{
    struct job job;
    const enum status status = job_load(request, &job);

    if (status != STATUS_OK)
        return status;
    return job.closed != CLOSED_NOT ? job_show_closed(request, response, &job)
                                    : show_page(request, response, &job, NULL);
}

struct adding {
    struct request *request;
    struct ticket_file *file;
};

static enum status keep(void *context, const struct photo *photo, enum photo_stage stage, bool is_public)
{
    const struct adding *adding = context;
    struct request *request = adding->request;
    struct db *db = crew_of(request)->db;
    const struct ticket_id ticket = adding->file->ticket.id;
    const struct photo_adding row = {ticket, photo, stage, is_public, request->actor.staff};
    const enum status status = photo_store_add(db, &row, request->now, request->arena, &request->fault);

    if (status != STATUS_OK)
        return status;
    adding->file->photo_count++;
    return audit_store_add(db, request->actor.staff, "photo_add", SUBJECT_TICKET, ticket.v,
                           arena_format(request->arena, "%s, %s, from outside", photo_stage_name(stage),
                                        is_public ? "public" : "internal"),
                           request->now, &request->fault);
}

enum status crew_post_photos(struct request *request, struct response *response)
{
    struct inputs *inputs = arena_take(request->arena, sizeof *inputs);
    struct job job;
    enum status status = photo_form_read(request, inputs);

    if (status == STATUS_OK)
        status = job_load(request, &job);
    if (status != STATUS_OK)
        return status;
    if (job.closed != CLOSED_NOT)
        return job_show_closed(request, response, &job);
    if (!may_add(request, &job))
        return STATUS_REFUSED;
    struct adding adding = {request, job.file};
    status = photo_form_take(inputs, keep, &adding);
    if (status != STATUS_OK)
        return status;
    if (inputs->error_count > 0)
        return show_page(request, response, &job, inputs);
    return response_redirect(request, response, "/crew/job/%s?done=1", job.token);
}

enum status crew_get_photo(struct request *request, struct response *response)
{
    const int no = upload_number(request->part[1]);
    struct photo photo;
    struct job job;
    enum status status = no == 0 ? STATUS_ABSENT : job_load(request, &job);

    if (status != STATUS_OK)
        return status;
    if (job.closed != CLOSED_NOT)
        return job_show_closed(request, response, &job);
    status = photo_store_load(crew_of(request)->db, job.file->ticket.id, no, false, request->arena, &photo, &request->fault);
    if (status == STATUS_OK)
        upload_respond(request, response, &photo);
    return status;
}
