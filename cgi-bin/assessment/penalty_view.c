/* What a penalty's page and its notice show alike: the clause, the evidence, the amounts, how often before. */
#include "assessment/penalty_page.h"

enum status penalty_view_load(struct request *request, const struct penalty_file *file, struct penalty_view *shown)
{
    const struct penalty *penalty = &file->penalty;
    struct db *db = assessment_of(request)->db;
    struct arena *arena = request->arena;
    struct fault *fault = &request->fault;

    *shown = (struct penalty_view){.file = file};
    enum status status = clause_book_load(db, arena, &shown->book, fault);
    if (status == STATUS_OK)
        status = penalty_store_grounds(db, penalty->id, arena, &shown->grounds, &shown->ground_count, fault);
    if (status == STATUS_OK)
        status = penalty_store_links(db, penalty->id, arena, &shown->links, &shown->link_count, fault);
    if (status == STATUS_OK)
        status = penalty_store_persons(db, penalty->unit, arena, &shown->persons, &shown->person_count, fault);
    if (status == STATUS_OK)
        status = penalty_store_name(db, penalty->leader, arena, &shown->leader, fault);
    if (status == STATUS_OK)
        status = penalty_store_name(db, penalty->person, arena, &shown->person, fault);
    if (status == STATUS_OK)
        status = penalty_store_count_like(db, penalty, arena, &shown->like, fault);
    if (status == STATUS_OK)
        status = penalty_store_count_of_person(db, penalty, penalty->leader, arena, &shown->of_leader, fault);
    if (status == STATUS_OK)
        status = penalty_store_count_of_person(db, penalty, penalty->person, arena, &shown->of_person, fault);
    return status;
}

/* A moment with its date, as paper needs it: NAME_date. */
static void show_date(struct view *view, const char *name, const struct request *request, struct instant at)
{
    char local[TIME_TEXT_BYTES];

    if (!instant_is_set(at))
        return;
    instant_format_local(at, request->app->settings.utc_offset_minutes, local);
    view_text(view, name, arena_copy_text(request->arena, local));
}

static void show_ticket(struct view *view, const char *name, const char *number)
{
    char text[NUMBER_TEXT_BYTES];

    if (number[0] == '\0')
        return;
    number_format_text(number, text);
    view_text(view_child(view, name), "number", number);
    view_text(view_child(view, name), "text", text);
}

static void show_ground(struct view *view, const struct request *request, const struct penalty_ground *ground)
{
    const struct instant end = instant_is_set(ground->stopped_at) ? ground->stopped_at : request->now;

    show_ticket(view, "Ticket", ground->ticket_number);
    show_ticket(view, "Earlier", ground->earlier_number);
    if (ground->subject == SUBJECT_OUTAGE)
        view_number(view, "outage", ground->subject_id);
    if (ground->kind == CLOCK_NONE)
        return;
    view_text(view, "clock", assessment_words(request, "kind", clock_kind_name(ground->kind)));
    view_instant(view, "due", ground->due_at);
    view_instant(view, "granted", ground->granted_due_at);
    view_instant(view, "stopped", ground->stopped_at);
    show_date(view, "due_date", request, ground->due_at);
    show_date(view, "granted_date", request, ground->granted_due_at);
    show_date(view, "stopped_date", request, ground->stopped_at);
    if (instant_is_set(ground->due_at) && instant_is_before(ground->due_at, end))
        view_duration(view, "late", (instant_milliseconds_between(ground->due_at, end) + 999) / 1000);
}

static void show_entry(struct view *view, const struct request *request, const struct timeline_entry *entry)
{
    const struct event *event = &entry->event;
    const int64_t decision = event_get(event, FIELD_DECISION, 0);

    view_text(view, "action", assessment_words(request, "ledger.action", penalty_action_name((enum penalty_action)event->kind)));
    if (event->kind == PENALTY_ANSWER)
        view_text(view, "decision", assessment_words_number(request, "ledger.answer", decision));
    if (event->kind == PENALTY_DECIDE)
        view_text(view, "decision", assessment_words_number(request, "ledger.decision", decision));
    if (event->has_field[FIELD_UNIT_FEN])
        view_text(view, "amount", penalty_yuan(request, event_get(event, FIELD_UNIT_FEN, 0) + event_get(event, FIELD_LEADER_FEN, 0) +
                                                            event_get(event, FIELD_PERSON_FEN, 0)));
    view_instant(view, "at", event->occurred_at);
    view_text(view, "actor", event->actor_role == ROLE_BIT(ROLE_SYSTEM) ? words_find(request->language, "ledger.system") : entry->actor_name);
    view_text(view, "words", entry->words);
    view_flag(view, "is_emptied", event->has_text && entry->words[0] == '\0');
}

static void show_amounts(struct view *view, const struct request *request, const struct penalty_view *shown)
{
    const struct penalty *penalty = &shown->file->penalty;

    if (!instant_is_set(penalty->confirmed_at))
        return;
    view_text(view, "unit_amount", penalty_yuan(request, penalty->unit_fen));
    view_text(view, "total", penalty_yuan(request, penalty->unit_fen + penalty->leader_fen + penalty->person_fen));
    show_date(view, "confirmed_date", request, penalty->confirmed_at);
    if (penalty->leader.v != 0) {
        view_text(view, "leader", shown->leader);
        view_text(view, "leader_amount", penalty_yuan(request, penalty->leader_fen));
        view_number(view, "of_leader", shown->of_leader);
    }
    if (penalty->person.v != 0) {
        view_text(view, "person", shown->person);
        view_text(view, "person_amount", penalty_yuan(request, penalty->person_fen));
        view_number(view, "of_person", shown->of_person);
    }
}

static void show_facts(struct view *view, const struct request *request, const struct penalty_view *shown)
{
    const struct penalty *penalty = &shown->file->penalty;
    const struct clause_row *clause = clause_book_find(&shown->book, penalty->clause);
    const char *article = clause == NULL ? "" : clause->clause.article;

    view_number(view, "id", penalty->id.v);
    view_text(view, "state", assessment_words(request, "ledger.state", penalty_state_name(penalty->state)));
    view_text(view, "unit", penalty_unit_name(request, penalty->unit));
    view_text(view, "what", penalty_what(request, penalty->evidence.basis, penalty->evidence.clock_kind));
    view_text(view, "heading", words_fill(request->arena, request->language, "ledger.article_heading", &article, 1));
    view_text(view, "clause", penalty_clause_text(request, clause));
    view_flag(view, "is_circular", clause != NULL && clause->clause.is_circular);
    view_flag(view, "is_rectify", clause != NULL && clause->clause.is_rectify);
    view_flag(view, "is_cause_open", penalty->evidence.basis == BASIS_LEAK_AGAIN && penalty->state == PENALTY_PROPOSED);
    view_instant(view, "happened", penalty->evidence.happened_at);
    show_date(view, "happened_date", request, penalty->evidence.happened_at);
    if (penalty->evidence.late_seconds > 0)
        view_duration(view, "late", penalty->evidence.late_seconds);
    if (penalty->evidence.ops_wait_seconds > 0)
        view_duration(view, "ops_wait", penalty->evidence.ops_wait_seconds);
    view_number(view, "like", shown->like);
    view_flag(view, "is_standing", penalty_counts(penalty->state));
    if (penalty->evidence.basis == BASIS_HAND)
        view_text(view, "words", shown->file->entries[0].words);
    show_amounts(view, request, shown);
}

void penalty_view_show(struct view *page, const struct request *request, const struct penalty_view *shown)
{
    const struct penalty_file *file = shown->file;
    const char *id = arena_format(request->arena, "%lld", (long long)file->penalty.id.v);

    view_text(page, "Page.title", words_fill(request->arena, request->language, "ledger.show.title", &id, 1));
    show_facts(view_child(page, "Penalty"), request, shown);
    for (size_t i = 0; i < shown->ground_count; i++)
        show_ground(view_row(page, "Grounds", i), request, &shown->grounds[i]);
    for (size_t i = 0; i < file->entry_count; i++)
        show_entry(view_row(page, "Timeline", i), request, &file->entries[file->entry_count - 1 - i]);
    for (size_t i = 0; i < shown->link_count; i++) {
        struct view *view = view_row(page, "Links", i);
        view_flag(view, "is_order", shown->links[i].kind == PENALTY_LINK_ORDER);
        view_number(view, "id", shown->links[i].id);
    }
    view_flag(page, "may_order", actor_has(&request->actor, ROLE_OPS) && penalty_counts(file->penalty.state) && file->penalty.unit.v != 0);
}
