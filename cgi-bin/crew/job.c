/* The page of one assignment: what somebody needs to know on site, and one large button for each step. */
#include "core/offer.h"
#include "crew/crew.h"
#include "store/staff_store.h"

#define HISTORY_MOST 5

struct crew *crew_of(const struct request *request) { return request->context; }

/* ---- which assignment */

/* Nothing is told of a ticket that this person's unit does not have, nor of one that is over. */
static const struct assignment *find_own(const struct request *request, const struct crew_link *link,
                                         const struct ticket *ticket)
{
    const struct assignment *own = ticket_assignment_of(ticket, request->actor.unit);
    const bool is_named = own != NULL && own->dispatch_no == link->dispatch_no;

    return is_named && workflow_may_read(request->actor.roles, ticket->state, false) ? own : NULL;
}

enum status job_load(struct request *request, struct job *job)
{
    const struct secrets *secrets = &request->app->secrets;
    struct crew_link link;

    *job = (struct job){.token = request->part[0]};
    if (!secrets->has[SECRET_CREW] || !crew_link_parse(&secrets->key[SECRET_CREW], job->token, &link))
        return STATUS_ABSENT;
    if (link.staff.v != request->actor.staff.v)
        job->closed = CLOSED_OTHER_PERSON;
    else if (!instant_is_before(request->now, link.expires_at))
        job->closed = CLOSED_EXPIRED;
    if (job->closed != CLOSED_NOT)
        return STATUS_OK;
    struct ticket_file *file = arena_take(request->arena, sizeof *file);
    const enum status status =
        ticket_store_load_by_id(crew_of(request)->db, link.ticket, request->arena, file, &request->fault);
    if (status != STATUS_OK && status != STATUS_ABSENT)
        return status;
    job->own = status == STATUS_OK ? find_own(request, &link, &file->ticket) : NULL;
    fault_reset(&request->fault);
    if (job->own == NULL)
        job->closed = CLOSED_OVER;
    else
        job->file = file;
    return STATUS_OK;
}

enum status job_show_closed(struct request *request, struct response *response, const struct job *job)
{
    static const struct {
        const char *words;
        int code;
    } answers[CLOSED__COUNT] = {
        [CLOSED_NOT] = {"crew.closed.over", 410},
        [CLOSED_EXPIRED] = {"crew.closed.expired", 410},
        [CLOSED_OTHER_PERSON] = {"crew.closed.other_person", 403},
        [CLOSED_OVER] = {"crew.closed.over", 410},
    };
    struct view *page = page_begin(request, "crew/closed");

    view_words(page, "Page.title", "crew.closed.title");
    view_words(page, "why", answers[job->closed].words);
    return page_end(page, response, answers[job->closed].code);
}

/* ---- the page */

static const char *words_of(const struct request *request, const char *prefix, const char *name)
{
    return words_find(request->language, arena_format(request->arena, "%s.%s", prefix, name));
}

static const char *category_name(const struct request *request, struct category_id category)
{
    const struct catalog_words *words = catalog_category_words(&crew_of(request)->catalog, category);

    if (words == NULL)
        return "";
    return request->language == LANGUAGE_EN ? words->name_en : words->name_zh;
}

static void show_grades(struct view *view, const struct request *request, uint32_t grades)
{
    size_t row = 0;

    for (enum grade grade = GRADE_NONE + 1; grade < GRADE__COUNT; grade++)
        if ((grades & GRADE_BIT(grade)) != 0)
            view_text(view_row(view, "Grades", row++), "words", words_of(request, "grade", grade_name(grade)));
}

static void show_facts(struct view *page, struct request *request, const struct job *job)
{
    const struct ticket *ticket = &job->file->ticket;
    struct view *view = view_child(page, "Job");
    char number[NUMBER_TEXT_BYTES];

    number_format_text(job->file->number, number);
    view_text(view, "token", job->token);
    view_text(view, "number", number);
    view_text(view, "state", words_of(request, "state", ticket_state_name(ticket->state)));
    view_text(view, "category", category_name(request, ticket->facts.category));
    show_grades(view, request, ticket->facts.grades);
    view_text(view, "place", job->file->place_text);
    view_text(view, "zone", words_of(request, "zone", zone_name(ticket->facts.zone)));
    if (ticket->facts.diameter_mm > 0)
        view_number(view, "diameter", ticket->facts.diameter_mm);
    view_flag(view, "is_valve_stuck", ticket->facts.is_valve_stuck);
    view_instant(view, "reported", ticket->reported_at);
    view_instant(view, "appointment", ticket->appointment_at);
    view_countdown(view, "due", request, ticket_next_due(ticket));
    view_text(view, "words", job->file->entry_count > 0 ? job->file->entries[0].words : "");
    view_flag(view, "is_limit_open", ticket_waits_for_limit(ticket, &crew_of(request)->catalog.regulation));
}

static void show_person(struct view *page, const struct job *job, const struct person *person)
{
    const struct ticket_file *file = job->file;
    struct view *view = view_child(page, "Person");

    view_text(view, "name", person != NULL ? person->name : file->name_masked);
    view_text(view, "phone", person != NULL ? person->phone : file->phone_masked);
    view_text(view, "address", person != NULL ? person->address : "");
    view_flag(view, "is_there", file->name_masked[0] != '\0' || file->phone_masked[0] != '\0' || file->has_address);
    view_flag(view, "is_clear", person != NULL);
}

/* The latest of what happened; what came after this person's page is marked. */
static void show_history(struct view *page, const struct request *request, const struct job *job,
                         const struct attempt *attempt)
{
    const struct ticket_file *file = job->file;
    const bool is_stale = attempt != NULL && attempt->verdict == VERDICT_STALE;

    for (size_t i = 0; i < file->entry_count && i < HISTORY_MOST; i++) {
        const struct timeline_entry *entry = &file->entries[file->entry_count - 1 - i];
        struct view *row = view_row(page, "History", i);
        view_text(row, "action", words_of(request, "action", ticket_action_name((enum ticket_action)entry->event.kind)));
        view_text(row, "who", entry->actor_name);
        view_instant(row, "at", entry->event.occurred_at);
        view_flag(row, "is_new", is_stale && entry->event.seq > attempt->seen_version);
    }
}

/* ---- steps */

static const enum ticket_action steps[] = {
    ACTION_ACCEPT,       ACTION_CONTACT,          ACTION_ARRIVE,       ACTION_RECORD_PLAN,  ACTION_REPAIR,
    ACTION_RECORD_LIABILITY, ACTION_MOVE_APPOINTMENT, ACTION_RECORD_FACTS, ACTION_ESCALATE_UNIT, ACTION_ESCALATE_GROUP,
};

bool job_has_action(enum ticket_action action)
{
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        if (steps[i] == action)
            return true;
    return false;
}

static const struct action_form *form_of(enum ticket_action action)
{
    size_t count;
    const struct action_form *forms = action_forms(&count);

    for (size_t i = 0; i < count; i++)
        if (forms[i].action == action)
            return &forms[i];
    return NULL;
}

/* What most people leave alone stands behind the button: further words, and another time than now. */
static bool is_extra(const struct form_field *field)
{
    return field->meaning == MEANS_TIME || (field->meaning == MEANS_WORDS && !field->rule.is_required);
}

/* The departments that can be named when something grave is told to group leadership (Art. 11). */
static void show_units(struct chooser *chooser)
{
    const struct catalog *catalog = &crew_of(chooser->request)->catalog;

    for (size_t i = 0; i < catalog->unit_count; i++) {
        const struct unit *unit = &catalog->units[i];
        if (unit->is_handling)
            chooser_add(chooser, unit->id.v, chooser->request->language == LANGUAGE_EN ? unit->name_en : unit->name_zh);
    }
}

static void show_fields(struct view *view, struct request *request, const struct ticket *ticket,
                        const struct action_form *form, const struct attempt *attempt)
{
    size_t fields = 0, extras = 0;
    bool is_extra_open = false;

    for (size_t i = 0; i < form->field_count; i++) {
        const struct form_field *field = &form->fields[i];
        const struct input *typed = attempt != NULL ? inputs_find(attempt->inputs, field->rule.name) : NULL;
        const int64_t proposed = field->choices == CHOICES_ZONE ? (int64_t)ticket->facts.zone : 0;
        struct view *row = is_extra(field) ? view_row(view, "Extras", extras++) : view_row(view, "Fields", fields++);
        struct chooser chooser;
        if (action_field_show(row, form, field, typed, proposed, request, ticket, &chooser))
            show_units(&chooser);
        is_extra_open = is_extra_open || (is_extra(field) && typed != NULL && typed->is_set);
        is_extra_open = is_extra_open || (is_extra(field) && typed != NULL && typed->error != NULL);
    }
    view_flag(view, "is_extra_open", is_extra_open);
}

static void show_step(struct view *view, struct request *request, const struct job *job, const struct action_form *form,
                      const struct attempt *attempt, bool is_open)
{
    const struct ticket *ticket = &job->file->ticket;
    const bool is_tried = attempt != NULL && attempt->form == form;
    const struct clock *clock = ticket_clock(ticket, action_clock(form->action));

    view_text(view, "name", form->name);
    view_text(view, "title", words_of(request, "staff.act", ticket_action_name(form->action)));
    view_number(view, "version", ticket->version);
    view_flag(view, "is_open", is_open || is_tried);
    if (clock != NULL && clock_is_running(clock))
        view_countdown(view, "due", request, clock_effective_due(clock));
    show_fields(view, request, ticket, form, is_tried ? attempt : NULL);
}

static bool is_promised(const struct ticket *ticket, enum ticket_action action)
{
    const struct clock *clock = ticket_clock(ticket, action_clock(action));

    return clock != NULL && clock_is_running(clock);
}

/* The steps of the page as they are put on it. */
struct offering {
    struct view *page;
    struct request *request;
    const struct job *job;
    const struct attempt *attempt; /* NULL without */
    size_t steps, waiting;
    bool is_tried_offered;
};

static void offer(struct offering *offering, const struct action_form *form)
{
    struct request *request = offering->request;
    const struct attempt *attempt = offering->attempt;
    const enum verdict verdict = ticket_offer(&offering->job->file->ticket, form->action, &request->actor,
                                              &crew_of(request)->catalog.regulation, request->now);

    if (verdict == VERDICT_OK) {
        const bool is_open = offering->steps == 0 && attempt == NULL;
        show_step(view_row(offering->page, "Steps", offering->steps++), request, offering->job, form, attempt, is_open);
        offering->is_tried_offered = offering->is_tried_offered || (attempt != NULL && attempt->form == form);
    } else if (verdict_is_waiting(verdict)) {
        struct view *row = view_row(offering->page, "Waiting", offering->waiting++);
        view_text(row, "title", words_of(request, "staff.act", ticket_action_name(form->action)));
        view_text(row, "why", words_of(request, "verdict", verdict_name(verdict)));
    }
}

/* What a promise runs for comes first. Says whether the form that was tried stands on the page again. */
static bool show_steps(struct view *page, struct request *request, const struct job *job, const struct attempt *attempt)
{
    struct offering offering = {.page = page, .request = request, .job = job, .attempt = attempt};

    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
            if (is_promised(&job->file->ticket, steps[i]) == (pass == 0))
                offer(&offering, form_of(steps[i]));
    return offering.is_tried_offered;
}

static void show_attempt(struct view *page, struct request *request, const struct attempt *attempt, bool is_offered)
{
    struct view *view = view_child(page, "Attempt");
    size_t row = 0;

    view_text(view, "name", attempt->form->name);
    view_text(view, "title", words_of(request, "staff.act", ticket_action_name(attempt->form->action)));
    view_flag(view, "is_conflict", attempt->verdict == VERDICT_STALE);
    view_flag(view, "is_offered", is_offered);
    if (attempt->verdict != VERDICT_OK)
        view_text(view, "words", words_of(request, "verdict", verdict_name(attempt->verdict)));
    if (!is_offered && action_field_find(attempt->form, "words") != NULL)
        view_text(view, "typed", inputs_text(attempt->inputs, "words"));
    for (size_t i = 0; i < attempt->inputs->count; i++) {
        const struct input *input = &attempt->inputs->items[i];
        if (input->error == NULL)
            continue;
        struct view *error = view_row(view, "Errors", row++);
        view_text(error, "id", arena_format(request->arena, "%s-%s", attempt->form->name, input->rule->name));
        view_text(error, "text", input->error);
    }
}

enum status job_show(struct request *request, struct response *response, const struct job *job,
                     const struct attempt *attempt, const struct person *person, int code)
{
    struct view *page = page_begin(request, "crew/job");

    view_words(page, "Page.title", attempt != NULL ? "crew.job.title_error" : "crew.job.title");
    show_facts(page, request, job);
    show_person(page, job, person);
    show_history(page, request, job, attempt);
    const bool is_offered = show_steps(page, request, job, attempt);
    if (attempt != NULL)
        show_attempt(page, request, attempt, is_offered);
    view_flag(page, "is_done", request->method == METHOD_GET && request_value(request, "done")[0] == '1');
    const enum status status = job_show_photos(page, request, job);
    return status == STATUS_OK ? page_end(page, response, code) : status;
}

/* ---- handlers */

enum status crew_get_home(struct request *request, struct response *response)
{
    struct view *page = page_begin(request, "crew/home");

    view_words(page, "Page.title", "crew.home.title");
    return page_end(page, response, 200);
}

enum status crew_post_signout(struct request *request, struct response *response)
{
    struct db *db = crew_of(request)->db;
    struct inputs inputs;
    enum status status = inputs_read(request, NULL, 0, &inputs);

    if (status != STATUS_OK)
        return status;
    status = session_store_end(db, &request->session_hash, request->now, &request->fault);
    if (status == STATUS_OK && request->actor.staff.v != 0)
        status = audit_store_add(db, request->actor.staff, "sign_out", SUBJECT_NONE, 0, "from outside", request->now,
                                 &request->fault);
    if (status != STATUS_OK && status != STATUS_ABSENT)
        return status;
    response_cookie(request, response, request->realm->cookie, "", request->realm->cookie_path, 0, false);
    response_header(response, "Clear-Site-Data", "\"cache\", \"storage\"");
    return response_redirect(request, response, "%s?out=1", request->realm->signin);
}

enum status crew_get_job(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {{"done", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL}};
    struct inputs inputs;
    struct job job;
    enum status status = inputs_read(request, rules, 1, &inputs);

    if (status == STATUS_OK)
        status = job_load(request, &job);
    if (status != STATUS_OK)
        return status;
    if (job.closed != CLOSED_NOT)
        return job_show_closed(request, response, &job);
    return job_show(request, response, &job, NULL, NULL, 200);
}

/* The address of an action, opened by hand or after signing in again. */
enum status crew_get_back(struct request *request, struct response *response)
{
    struct crew_link link;
    const struct secrets *secrets = &request->app->secrets;

    if (!secrets->has[SECRET_CREW] || !crew_link_parse(&secrets->key[SECRET_CREW], request->part[0], &link))
        return STATUS_ABSENT;
    return response_redirect(request, response, "/crew/job/%s", request->part[0]);
}

/* Whom to call and where to go, in clear, once: the record of it is committed before anything is opened (controls.md H11). */
enum status crew_post_phone(struct request *request, struct response *response)
{
    struct inputs inputs;
    struct person person;
    struct job job;
    enum status status = inputs_read(request, NULL, 0, &inputs);

    if (status == STATUS_OK)
        status = job_load(request, &job);
    if (status != STATUS_OK)
        return status;
    if (job.closed != CLOSED_NOT)
        return job_show_closed(request, response, &job);
    if (!workflow_may_unmask(request->actor.roles, true)) /* job.own: the unit is assigned */
        return STATUS_REFUSED;
    status = person_unseal(crew_of(request)->db, job.file->ticket.id, &request->app->secrets, request->actor.staff,
                           request->now, request->arena, &person, &request->fault);
    if (status == STATUS_ABSENT) { /* emptied since: the page shows that there is nothing */
        fault_reset(&request->fault);
        return job_show(request, response, &job, NULL, NULL, 200);
    }
    return status == STATUS_OK ? job_show(request, response, &job, NULL, &person, 200) : status;
}
