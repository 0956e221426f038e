#include "store/grave.h"

enum { TICKET_BYTES_MAX = 64 * 1024 * 1024 };

static struct unit_id unit_concerned(const struct ticket *ticket, const struct catalog *catalog)
{
    const struct assignment *lead = ticket_lead(ticket);

    return lead != NULL ? lead->unit : catalog_route(catalog, ticket->facts.category, ticket->facts.zone);
}

static enum status escalate(struct db *db, struct ticket_file *file, const struct catalog *catalog, struct instant now,
                            struct fault *fault)
{
    const struct unit_id unit = unit_concerned(&file->ticket, catalog);
    const bool has_room = ticket_department(&file->ticket, unit) != NULL ||
                          file->ticket.department_count < EVENT_DEPARTMENTS_MAX;
    struct command command = {.action = ACTION_ESCALATE_GROUP, .actor = actor_system(), .occurred_at = INSTANT_NONE,
                              .expected_version = file->ticket.version};
    struct event event;

    if (unit.v != 0 && has_room)
        command_set(&command, FIELD_DEPARTMENT, unit.v);
    if (ticket_decide(&file->ticket, &command, &catalog->regulation, now, &event) != VERDICT_OK)
        return STATUS_OK; /* told already, or over */
    const enum status status = ticket_store_append(db, file, &event, NULL, NULL, catalog, fault);
    return status == STATUS_CONFLICT ? STATUS_OK : status; /* another event came first, whose mark brings us here again */
}

enum status grave_escalate(struct db *db, struct ticket_id ticket, const struct catalog *catalog, struct instant now,
                           struct fault *fault)
{
    const struct db_value id = db_integer(ticket.v);
    struct ticket_file file;
    struct arena arena;
    struct db_row row;

    arena_init(&arena, TICKET_BYTES_MAX);
    enum status status = db_query_one(db, TICKET_GRADES_OF_OPEN, &id, 1, &arena, &row, fault);
    if (status == STATUS_OK && (db_row_integer(&row, 0) & (int64_t)GRADE_BIT(GRADE_URGENT)) != 0) {
        status = ticket_store_load_by_id(db, ticket, &arena, &file, fault);
        if (status == STATUS_OK && file.ticket.is_escalation_due)
            status = escalate(db, &file, catalog, now, fault);
    }
    arena_release(&arena);
    return status == STATUS_ABSENT ? STATUS_OK : status;
}
