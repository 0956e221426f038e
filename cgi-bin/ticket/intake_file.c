/* Filing a report that was decided: number, persons, ticket; then what belongs to it (Arts. 9, 34(3)). */
#include <string.h>

#include "ticket/intake.h"

/* What is kept of the report in words: the resident's, and the receiver's reason below them. */
static const char *words_of(const struct intake *intake)
{
    struct request *request = intake->request;
    const char *words = inputs_text(intake->inputs, "words"), *reason = inputs_text(intake->inputs, "reason");

    if (reason[0] == '\0')
        return words;
    return arena_format(request->arena, "%s%s%s%s", words, words[0] == '\0' ? "" : "\n",
                        words_find(LANGUAGE_ZH, "staff.new.reason_mark"), reason);
}

static const char *or_null(const char *text) { return text[0] == '\0' ? NULL : text; }

/* A paper form is an outside number like others: entered twice, it is one ticket. */
static void take_outside(const struct intake *intake, struct filing *filing)
{
    const char *paper = inputs_text(intake->inputs, "paper");

    filing->outside_system = or_null(inputs_text(intake->inputs, "outside_system"));
    filing->outside_number = or_null(inputs_text(intake->inputs, "outside_number"));
    if (paper[0] != '\0') {
        filing->outside_system = words_find(LANGUAGE_ZH, "staff.new.paper_system");
        filing->outside_number = paper;
    }
}

static const char *choice_of(const struct intake *intake, const char *name)
{
    return arena_format(intake->request->arena, "%lld", (long long)inputs_number(intake->inputs, name, 0));
}

/* The caller's number goes from the call into the ticket as it is: nobody has to see it. */
static void take_caller(const struct intake *intake, struct sealed_person *person)
{
    const struct telephone_call *call = &intake->call;

    if (person->has_phone || call->id == 0 || !call->has_phone)
        return;
    struct text masked;
    text_init(&masked, person->phone_masked, sizeof person->phone_masked);
    text_add(&masked, call->phone_masked);
    person->phone = call->phone_sealed;
    person->phone_hash = call->phone_hash;
    person->has_phone = true;
}

/* The recording is found from the ticket; the number stands in the ticket now, and is no longer kept with the call. */
static enum status link_call(const struct intake *intake, const char *number)
{
    struct request *request = intake->request;
    struct db *db = desk_of(request)->db;
    struct ticket_file *file = arena_take(request->arena, sizeof *file);

    if (intake->call.id == 0)
        return STATUS_OK;
    const enum status status = ticket_store_load(db, number, request->arena, file, &request->fault);
    if (status != STATUS_OK)
        return status;
    return call_store_link(db, intake->call.id, request->actor.staff, file->ticket.id, &request->fault);
}

enum status intake_resume(struct intake *intake, struct response *response, const char *number)
{
    struct request *request = intake->request;
    enum status status = STATUS_OK;

    fault_reset(&request->fault);
    if (intake->repeat_of != NULL)
        status = earlier_link(request, number, intake->repeat_of, intake->key);
    if (status == STATUS_OK)
        status = link_call(intake, number);
    if (status != STATUS_OK)
        return status == STATUS_CONFLICT ? STATUS_UNAVAILABLE : status;
    if (inputs_number(intake->inputs, "next", 0) != 0)
        return response_redirect(request, response, "/staff/ticket/new?after=%s&source=%s%s", number,
                                 choice_of(intake, "source"),
                                 inputs_find(intake->inputs, "paper")->is_set ? "&is_paper=1" : "");
    return response_redirect(request, response, "/staff/ticket/%s?new=1", number);
}

/* The outages that explain it. One that cannot be asked about stops no report. */
static struct joined_outages joined_of(const struct intake *intake, const struct event *event)
{
    struct request *request = intake->request;
    const struct desk *desk = desk_of(request);
    const struct regulation *regulation = &desk->catalog.regulation;
    const struct category_id category = {(int32_t)event_get(event, FIELD_CATEGORY, 0)};
    struct joined_outages joined;

    if (outage_join_find(desk->db, &desk->catalog, category_find(regulation->categories, regulation->category_count, category),
                         inputs_text(intake->inputs, "place"), request->now, request->arena, &joined,
                         &request->fault) == STATUS_OK)
        return joined;
    fault_reset(&request->fault);
    return (struct joined_outages){.count = 0};
}

enum status intake_file(struct intake *intake, struct response *response, const struct event *decided)
{
    struct request *request = intake->request;
    struct event event = *decided;
    struct filing filing = {
        .place_text = inputs_text(intake->inputs, "place"),
        .words = words_of(intake),
        .person = person_seal(&intake->person, &request->app->secrets, request->arena),
    };

    const struct joined_outages joined = joined_of(intake, &event);

    filing.joined = &joined;
    take_caller(intake, &filing.person);
    memcpy(filing.key, intake->key, ACTION_KEY_BYTES);
    take_outside(intake, &filing);
    event.has_text = filing.words[0] != '\0';
    const enum status status =
        ticket_store_file_new(desk_of(request)->db, &event, &filing, request->app->settings.utc_offset_minutes, NULL, NULL,
                              &desk_of(request)->catalog, request->arena, &request->fault);
    if (status == STATUS_INVALID) { /* the outside number is known already */
        const bool is_paper = inputs_find(intake->inputs, "paper")->is_set;
        fault_reset(&request->fault);
        inputs_error(intake->inputs, is_paper ? "paper" : "outside_number",
                     is_paper ? "staff.error.paper_known" : "staff.error.outside_known");
        intake->known_number = arena_copy_text(request->arena, filing.number);
        return intake_show(intake, response, 422);
    }
    if (status != STATUS_OK && status != STATUS_DUPLICATE)
        return status;
    return intake_resume(intake, response, filing.number);
}
