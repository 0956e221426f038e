/* The forms of what somebody may do with a ticket now, and what of the ordinary way has to wait for another step first. */
#include "core/offer.h"

#include "ticket/show.h"

/* The choices of one field, put below its node. */
struct chooser {
    struct view *field;
    struct request *request;
    const struct ticket *ticket;
    int64_t chosen; /* 0: nothing yet */
    size_t rows;
};

static void choose(struct chooser *chooser, int64_t value, const char *label)
{
    desk_choice(chooser->field, "Choices", chooser->rows++, value, label, value == chooser->chosen);
}

static void list_choices(struct chooser *chooser, const struct form_field *field)
{
    for (int64_t i = 1; i <= field->rule.max; i++)
        choose(chooser, i, desk_words_number(chooser->request, field->prefix, i));
}

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
        choose(chooser, proposed.v,
               words_fill(chooser->request->arena, chooser->request->language, "staff.proposed", &name, 1));
    }
    for (size_t i = 0; i < catalog->unit_count; i++)
        if (catalog->units[i].is_handling && catalog->units[i].id.v != proposed.v)
            choose(chooser, catalog->units[i].id.v, desk_unit_name(chooser->request, catalog->units[i].id));
}

static void dispatch_choices(struct chooser *chooser)
{
    for (int i = 0; i < chooser->ticket->assignment_count; i++) {
        const struct assignment *assignment = &chooser->ticket->assignments[i];
        if (assignment_is_live(assignment))
            choose(chooser, assignment->dispatch_no, desk_unit_name(chooser->request, assignment->unit));
    }
}

static void clock_choices(struct chooser *chooser)
{
    const struct request *request = chooser->request;

    for (int i = 0; i < chooser->ticket->clock_count; i++) {
        const struct clock *clock = &chooser->ticket->clocks[i];
        const enum clock_result result = clock_result_at(clock, request->now);
        if (result == RESULT_LATE || result == RESULT_ENDED_LATE)
            choose(chooser, clock->no,
                   arena_format(request->arena, "%s (%s)", desk_words(request, "kind", clock_kind_name(clock->kind)),
                                clock->article));
    }
}

static void enum_choices(struct chooser *chooser, enum choices choices)
{
    const struct request *request = chooser->request;

    if (choices == CHOICES_ZONE)
        for (enum zone zone = ZONE_INNER; zone < ZONE__COUNT; zone++)
            choose(chooser, (int64_t)zone, desk_words(request, "zone", zone_name(zone)));
    else
        for (enum nature nature = NATURE_NONE + 1; nature < NATURE__COUNT; nature++)
            choose(chooser, (int64_t)nature, desk_words(request, "nature", nature_name(nature)));
}

static void show_choices(struct chooser *chooser, const struct form_field *field, enum ticket_action action)
{
    desk_choice(chooser->field, "Choices", chooser->rows++, -1, words_find(chooser->request->language, "staff.choose"),
                chooser->chosen == 0);
    switch (field->choices) {
    case CHOICES_LIST:
        list_choices(chooser, field);
        break;
    case CHOICES_UNIT:
        unit_choices(chooser, action);
        break;
    case CHOICES_CATEGORY:
        desk_category_choices(chooser->field, "Choices", chooser->rows, chooser->request, chooser->chosen);
        break;
    case CHOICES_NATURE:
    case CHOICES_ZONE:
        enum_choices(chooser, field->choices);
        break;
    case CHOICES_DISPATCH:
        dispatch_choices(chooser);
        break;
    case CHOICES_CLOCK:
        clock_choices(chooser);
        break;
    case CHOICES_NONE:
        break;
    }
}

/* ---- fields */

static const char *type_name(const struct form_field *field)
{
    if (field->choices != CHOICES_NONE)
        return "select";
    switch (field->rule.type) {
    case INPUT_LINES:
        return "lines";
    case INPUT_FLAG:
        return "flag";
    case INPUT_MOMENT:
        return "moment";
    case INPUT_NUMBER:
        return "number";
    case INPUT_LINE:
    case INPUT_DIGITS:
    case INPUT_SECRET:
    case INPUT_FILE:
    case INPUT_TYPE__COUNT:
        break;
    }
    return "line";
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

static void show_proposal(struct view *view, const struct form_field *field, const struct request *request,
                          const struct ticket *ticket)
{
    char local[TIME_TEXT_BYTES];

    if (field->field == FIELD_GRANTED_DUE && instant_is_set(ticket->extension_proposed_due)) {
        instant_format_local(ticket->extension_proposed_due, request->app->settings.utc_offset_minutes, local);
        local[10] = 'T';
        view_text(view, "value", local);
    } else if (field->field == FIELD_DIAMETER_MM && ticket->facts.diameter_mm > 0) {
        view_number(view, "value", ticket->facts.diameter_mm);
    } else if (field->meaning == MEANS_GRADE) {
        view_flag(view, "is_checked", (ticket->facts.grades & GRADE_BIT(field->rule.max)) != 0);
    }
}

static void show_label(struct view *view, const struct form_field *field, const struct request *request)
{
    const char *name = field->rule.name;
    const bool has_own_hint = field->meaning == MEANS_WORDS && field->prefix != NULL;
    const char *hint_key = arena_format(request->arena, "staff.hint.%s", has_own_hint ? field->prefix : name);
    const char *hint = words_find(request->language, hint_key);

    if (field->meaning == MEANS_GRADE)
        view_text(view, "label", desk_words(request, "grade", grade_name((enum grade)field->rule.max)));
    else
        view_text(view, "label", desk_words(request, "staff.field", name));
    if (hint != hint_key)
        view_text(view, "hint", hint);
}

/* typed: what came for this field, or NULL in a fresh form. */
static void show_field(struct view *view, const struct action_form *form, const struct form_field *field,
                       const struct input *typed, struct request *request, const struct ticket *ticket)
{
    view_text(view, "type", type_name(field));
    view_text(view, "name", field->rule.name);
    view_text(view, "id", arena_format(request->arena, "%s-%s", form->name, field->rule.name));
    view_flag(view, "is_optional", !field->rule.is_required && field->rule.type != INPUT_FLAG);
    show_label(view, field, request);
    if (typed == NULL) {
        show_proposal(view, field, request, ticket);
    } else {
        view_text(view, "value", typed->text);
        view_text(view, "error", typed->error);
        view_flag(view, "is_checked", typed->is_set);
    }
    if (field->choices != CHOICES_NONE) {
        struct chooser chooser = {view, request, ticket, 0, 0};
        chooser.chosen = typed != NULL ? typed->number : proposed_choice(field, request, ticket, form->action);
        show_choices(&chooser, field, form->action);
    }
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

/* The way is open to this person but for another step. */
static bool is_waiting_for_step(enum verdict verdict)
{
    return verdict == VERDICT_NEEDS_LIMIT || verdict == VERDICT_NEEDS_ARRIVAL || verdict == VERDICT_NEEDS_CONTACT ||
           verdict == VERDICT_NEEDS_REPAIR || verdict == VERDICT_NEEDS_FORMALITIES || verdict == VERDICT_NEEDS_REVIEW ||
           verdict == VERDICT_NEEDS_FOLLOW_UP || verdict == VERDICT_NEEDS_INSPECTION || verdict == VERDICT_OWN_WORK;
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

const char *verdict_field(const struct action_form *form, enum verdict verdict)
{
    static const struct {
        enum verdict verdict;
        const char *field;
    } places[] = {
        {VERDICT_NEEDS_REASON, "words"},             {VERDICT_NEEDS_TEXT, "words"},
        {VERDICT_NEEDS_UNIT, "unit"},                {VERDICT_TIME_IN_FUTURE, "occurred_at"},
        {VERDICT_TIME_BEFORE_REPORT, "occurred_at"}, {VERDICT_BEYOND_CAP, "proposed_due"},
        {VERDICT_BEYOND_CAP, "granted_due"},         {VERDICT_NOT_LATER, "proposed_due"},
        {VERDICT_NOT_LATER, "granted_due"},          {VERDICT_TOO_LATE, "proposed_due"},
        {VERDICT_UNKNOWN_CATEGORY, "category"},      {VERDICT_NO_SUCH_CLOCK, "clock_no"},
        {VERDICT_NOT_LATE, "clock_no"},              {VERDICT_BAD_VALUE, "satisfaction"},
        {VERDICT_BAD_VALUE, "appointment_at"},       {VERDICT_BAD_VALUE, "dispatch_no"},
        {VERDICT_NOT_COVERED, "excuse"},
        {VERDICT_NEEDS_PHOTO, "no_photo"},           {VERDICT_BAD_VALUE, "department_2"},
        {VERDICT_BAD_VALUE, "planned_at"},
        {VERDICT_ALREADY_DONE, "dispatch_no"},       {VERDICT_ALREADY_DONE, "unit"},
    };

    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        if (places[i].verdict == verdict && action_field_find(form, places[i].field) != NULL)
            return places[i].field;
    return NULL;
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

/* The promise that a step keeps; CLOCK_NONE without. */
static enum clock_kind clock_of_step(enum ticket_action action)
{
    switch ((int)action) {
    case ACTION_DISPATCH:
        return CLOCK_DISPATCH;
    case ACTION_ACCEPT:
        return CLOCK_ACCEPT;
    case ACTION_CONTACT:
        return CLOCK_CONTACT;
    case ACTION_ARRIVE:
        return CLOCK_ARRIVE;
    case ACTION_REPAIR:
        return CLOCK_REPAIR;
    case ACTION_FINISH:
        return CLOCK_FINISH;
    default:
        return CLOCK_NONE;
    }
}

enum rank { RANK_DECISION, RANK_PROMISE, RANK_STEP, RANK_MORE, RANK__COUNT };

/* What somebody waits for comes first, then what a promise runs for, then the other steps of the ordinary way. */
static enum rank rank_of(const struct request *request, const struct ticket *ticket, const struct action_form *form)
{
    const struct clock *clock = ticket_clock(ticket, clock_of_step(form->action));
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

    if ((is_main && is_waiting_for_step(verdict)) || verdict == VERDICT_TOO_LATE)
        show_waiting(view_row(offering->page, "Waiting", offering->waiting++), request, form, verdict);
    /* What was typed for a step that has to wait stays in its form, to be sent when the other is done. */
    if (verdict != VERDICT_OK && !(is_tried && is_waiting_for_step(verdict)))
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
