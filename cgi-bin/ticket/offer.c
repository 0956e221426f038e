/* The forms of what somebody may do with a ticket now, and what of the ordinary way has to wait for another step first. */
#include "core/offer.h"

#include "ticket/show.h"

/* The unit that routing proposes comes first, when somebody is to get the ticket. */
static void unit_choices(struct chooser *chooser, enum ticket_action action)
{
    const struct catalog *catalog = &desk_of(chooser->request)->catalog;
    const struct unit_id none = {0};
    const struct unit_id proposed =
        action == ACTION_DISPATCH ? catalog_route(catalog, chooser->ticket->facts.category, chooser->ticket->facts.zone)
                                  : none;

    if (proposed.v != 0) {
        const char *name = desk_unit_name(chooser->request, proposed);
        chooser_add(chooser, proposed.v,
               words_fill(chooser->request->arena, chooser->request->language, "staff.proposed", &name, 1));
    }
    for (size_t i = 0; i < catalog->unit_count; i++)
        if (catalog->units[i].is_handling && catalog->units[i].id.v != proposed.v)
            chooser_add(chooser, catalog->units[i].id.v, desk_unit_name(chooser->request, catalog->units[i].id));
}

static void dispatch_choices(struct chooser *chooser)
{
    for (int i = 0; i < chooser->ticket->assignment_count; i++) {
        const struct assignment *assignment = &chooser->ticket->assignments[i];
        if (assignment_is_live(assignment))
            chooser_add(chooser, assignment->dispatch_no, desk_unit_name(chooser->request, assignment->unit));
    }
}

static void clock_choices(struct chooser *chooser)
{
    const struct request *request = chooser->request;

    for (int i = 0; i < chooser->ticket->clock_count; i++) {
        const struct clock *clock = &chooser->ticket->clocks[i];
        const enum clock_result result = clock_result_at(clock, request->now);
        if (result == RESULT_LATE || result == RESULT_ENDED_LATE)
            chooser_add(chooser, clock->no,
                   arena_format(request->arena, "%s (%s)", desk_words(request, "kind", clock_kind_name(clock->kind)),
                                clock->article));
    }
}

/* What a fresh form proposes: the routed unit, the present facts, the time that the unit asked for. */
static int64_t proposed_choice(const struct form_field *field, const struct request *request,
                               const struct ticket *ticket, enum ticket_action action)
{
    if (field->choices == CHOICES_UNIT && action == ACTION_DISPATCH)
        return catalog_route(&desk_of(request)->catalog, ticket->facts.category, ticket->facts.zone).v;
    if (field->choices == CHOICES_ZONE)
        return (int64_t)ticket->facts.zone;
    return 0;
}

/* Choices that stand in the desk's own rows. */
static void show_choices(struct chooser *chooser, enum choices choices, enum ticket_action action)
{
    switch ((int)choices) {
    case CHOICES_UNIT:
        unit_choices(chooser, action);
        break;
    case CHOICES_CATEGORY:
        desk_category_choices(chooser->field, "Choices", chooser->rows, chooser->request, chooser->chosen);
        break;
    case CHOICES_DISPATCH:
        dispatch_choices(chooser);
        break;
    case CHOICES_CLOCK:
        clock_choices(chooser);
        break;
    default: /* set with the field */
        break;
    }
}

/* typed: what came for this field, or NULL in a fresh form. */
static void show_field(struct view *view, const struct action_form *form, const struct form_field *field,
                       const struct input *typed, struct request *request, const struct ticket *ticket)
{
    const int64_t proposed = proposed_choice(field, request, ticket, form->action);
    struct chooser chooser;

    if (action_field_show(view, form, field, typed, proposed, request, ticket, &chooser))
        show_choices(&chooser, field->choices, form->action);
}

/* A crew can only be sent anew in a later cycle. */
static bool is_asked(const struct form_field *field, const struct ticket *ticket)
{
    return field->field != FIELD_CREW_SENT || ticket->cycle > 1;
}

static void show_form(struct view *view, struct request *request, const struct ticket_file *file,
                      const struct action_form *form, const struct attempt *attempt)
{
    const char *action = ticket_action_name(form->action);
    size_t row = 0;

    view_text(view, "name", form->name);
    view_text(view, "title", desk_words(request, "staff.act", action));
    view_number(view, "version", file->ticket.version);
    for (size_t i = 0; i < form->field_count; i++) {
        const struct form_field *field = &form->fields[i];
        const struct input *typed = attempt != NULL ? inputs_find(attempt->inputs, field->rule.name) : NULL;
        if (is_asked(field, &file->ticket))
            show_field(view_row(view, "Fields", row++), form, field, typed, request, &file->ticket);
    }
}

/* ---- what can be done, and what was tried */

static enum verdict offer(const struct request *request, const struct ticket *ticket, const struct action_form *form)
{
    return ticket_offer(ticket, form->action, &request->actor, &desk_of(request)->catalog.regulation, request->now);
}

/* Ops' limit is a step of its own while a promise waits for it (Arts. 14(7), 22). */
static bool is_step(const struct request *request, const struct ticket *ticket, const struct action_form *form)
{
    return form->is_step || (form->action == ACTION_SET_LIMIT &&
                             ticket_waits_for_limit(ticket, &desk_of(request)->catalog.regulation));
}

static void show_waiting(struct view *view, const struct request *request, const struct action_form *form,
                         enum verdict verdict)
{
    view_text(view, "title", desk_words(request, "staff.act", ticket_action_name(form->action)));
    view_text(view, "why", desk_words(request, "verdict", verdict_name(verdict)));
}

/* The words for a choice that was made: what the form shows for this number. */
static const char *typed_words(struct request *request, const struct ticket *ticket, const struct form_field *field,
                               const struct input *input)
{
    if (field->choices == CHOICES_UNIT)
        return desk_unit_name(request, (struct unit_id){(int32_t)input->number});
    if (field->choices == CHOICES_CATEGORY)
        return desk_category_name(request, (struct category_id){(int32_t)input->number});
    if (field->choices == CHOICES_ZONE)
        return input->error == NULL ? desk_words(request, "zone", zone_name((enum zone)input->number)) : input->text;
    if (field->choices == CHOICES_NATURE)
        return input->error == NULL ? desk_words(request, "nature", nature_name((enum nature)input->number)) : input->text;
    if (field->choices == CHOICES_LIST && input->error == NULL)
        return desk_words_number(request, field->prefix, input->number);
    if (field->choices == CHOICES_DISPATCH && input->error == NULL && input->number <= ticket->assignment_count)
        return desk_unit_name(request, ticket->assignments[input->number - 1].unit);
    return field->rule.type == INPUT_FLAG ? words_find(request->language, "staff.yes") : input->text;
}

/* Everything that was typed into a form that is no longer there, so that nothing of it is lost. */
static void show_typed(struct view *view, struct request *request, const struct ticket *ticket,
                       const struct attempt *attempt)
{
    size_t row = 0;

    for (size_t i = 0; i < attempt->form->field_count; i++) {
        const struct form_field *field = &attempt->form->fields[i];
        const struct input *input = inputs_find(attempt->inputs, field->rule.name);
        if (!input->is_set || field->meaning == MEANS_WORDS)
            continue;
        struct view *typed = view_row(view, "Typed", row++);
        if (field->meaning == MEANS_GRADE)
            view_text(typed, "label", desk_words(request, "grade", grade_name((enum grade)field->rule.max)));
        else
            view_text(typed, "label", desk_words(request, "staff.field", field->rule.name));
        view_text(typed, "value", typed_words(request, ticket, field, input));
    }
}

static void show_attempt(struct view *page, struct request *request, const struct ticket *ticket,
                         const struct attempt *attempt, bool is_offered)
{
    struct view *view = view_child(page, "Attempt");
    const char *action = ticket_action_name(attempt->form->action);

    view_text(view, "name", attempt->form->name);
    view_text(view, "title", desk_words(request, "staff.act", action));
    view_flag(view, "is_conflict", attempt->verdict == VERDICT_STALE);
    view_flag(view, "is_offered", is_offered);
    if (attempt->verdict != VERDICT_OK)
        view_text(view, "words", desk_words(request, "verdict", verdict_name(attempt->verdict)));
    if (action_field_find(attempt->form, "words") != NULL)
        view_text(view, "typed", inputs_text(attempt->inputs, "words"));
    if (!is_offered)
        show_typed(view, request, ticket, attempt);
    size_t row = 0;
    for (size_t i = 0; i < attempt->inputs->count; i++) {
        const struct input *input = &attempt->inputs->items[i];
        if (input->error == NULL)
            continue;
        struct view *error = view_row(view, "Errors", row++);
        view_text(error, "id", arena_format(request->arena, "%s-%s", attempt->form->name, input->rule->name));
        view_text(error, "text", input->error);
    }
}

enum rank { RANK_DECISION, RANK_PROMISE, RANK_STEP, RANK_MORE, RANK__COUNT };

/* What somebody waits for comes first, then what a promise runs for, then the other steps of the ordinary way. */
static enum rank rank_of(const struct request *request, const struct ticket *ticket, const struct action_form *form)
{
    const struct clock *clock = ticket_clock(ticket, action_clock(form->action));
    const bool is_decision = form->action == ACTION_DECIDE_OBJECTION || form->action == ACTION_DECIDE_EXTENSION ||
                             form->action == ACTION_REOPEN || form->action == ACTION_ACKNOWLEDGE ||
                             form->action == ACTION_SET_LIMIT;

    if (!is_step(request, ticket, form))
        return RANK_MORE;
    if (is_decision)
        return RANK_DECISION;
    return clock != NULL && clock_is_running(clock) ? RANK_PROMISE : RANK_STEP;
}

/* A form that is offered, or why a step has to wait. */
struct offering {
    struct view *page;
    struct request *request;
    const struct ticket_file *file;
    const struct attempt *attempt; /* NULL without */
    size_t steps, more, waiting;
    bool is_tried_offered;
};

static void show_offer(struct offering *offering, const struct action_form *form, enum rank rank)
{
    struct request *request = offering->request;
    const struct attempt *attempt = offering->attempt;
    const bool is_tried = attempt != NULL && attempt->form == form, is_main = rank != RANK_MORE;
    const enum verdict verdict = offer(request, &offering->file->ticket, form);

    if ((is_main && verdict_is_waiting(verdict)) || verdict == VERDICT_TOO_LATE)
        show_waiting(view_row(offering->page, "Waiting", offering->waiting++), request, form, verdict);
    /* What was typed for a step that has to wait stays in its form, to be sent when the other is done. */
    if (verdict != VERDICT_OK && !(is_tried && verdict_is_waiting(verdict)))
        return;
    offering->is_tried_offered = offering->is_tried_offered || is_tried;
    const bool is_first = attempt == NULL && is_main && offering->steps == 0;
    struct view *view = is_main ? view_row(offering->page, "Steps", offering->steps++)
                                : view_row(offering->page, "More", offering->more++);
    view_flag(view, "is_open", is_tried || is_first);
    if (is_tried && attempt->verdict != VERDICT_OK)
        view_text(view, "verdict", desk_words(request, "verdict", verdict_name(attempt->verdict)));
    show_form(view, request, offering->file, form, is_tried ? attempt : NULL);
}

void show_offers(struct view *page, struct request *request, const struct ticket_file *file,
                 const struct attempt *attempt)
{
    struct offering offering = {.page = page, .request = request, .file = file, .attempt = attempt};
    size_t count;
    const struct action_form *forms = action_forms(&count);

    for (enum rank rank = RANK_DECISION; rank < RANK__COUNT; rank++)
        for (size_t i = 0; i < count; i++)
            if (rank_of(request, &file->ticket, &forms[i]) == rank)
                show_offer(&offering, &forms[i], rank);
    if (attempt != NULL)
        show_attempt(page, request, &file->ticket, attempt, offering.is_tried_offered);
}
