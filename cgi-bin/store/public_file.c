/* A tracking page's rows, fetched in one statement: round trips are what such a page costs most. */
#include <stdlib.h>

#include "store/clock_row.h"
#include "store/public_store.h"

/* What a row is, in column 0. */
enum part { PART_TICKET = 1, PART_STEP, PART_CLOCK, PART_INPUT };

static void read_ticket(struct public_ticket *ticket, const struct db_row *row)
{
    struct text number;

    *ticket = (struct public_ticket){
        .code_issue = (int)db_row_integer(row, 1),
        .version = (uint32_t)db_row_integer(row, 2),
        .state = (enum ticket_state)db_row_integer(row, 3),
        .is_rated = db_row_integer(row, 5) != 0,
        .nature = (enum nature)db_row_integer(row, 6),
        .category = {(int32_t)db_row_integer(row, 7)},
        .unit = {(int32_t)db_row_integer(row, 8)},
        .cycle = (int)db_row_integer(row, 9),
        .reported_at = db_row_instant(row, 12),
        .finish_due_at = db_row_instant(row, 13),
        .finish_granted_at = db_row_instant(row, 14),
        .appointment_at = db_row_instant(row, 15),
        .id = {db_row_integer(row, 19)},
        .updated_at = db_row_instant(row, 20),
        .place_text = db_row_text(row, 21),
        .parent_number = db_row_text(row, 22),
    };
    text_init(&number, ticket->number, sizeof ticket->number);
    text_add(&number, db_row_text(row, 4));
}

static struct public_step read_step(const struct db_row *row)
{
    return (struct public_step){
        .seq = (uint32_t)db_row_integer(row, 1),
        .action = (enum ticket_action)db_row_integer(row, 2),
        .decision = (enum decision)db_row_integer(row, 3),
        .unit = {(int32_t)db_row_integer(row, 5)},
        .occurred_at = db_row_instant(row, 12),
        .at_value = db_row_instant(row, 13),
        .words = db_row_text(row, 21),
    };
}

static struct clock read_clock(const struct db_row *row)
{
    struct db_row clock = {row->columns + 1, row->count - 1};

    return clock_row_read(&clock);
}

/* The order of the stream, of the clocks' numbers, of arrival. */
static int64_t rank(const struct db_row *row)
{
    return db_row_integer(row, 0) == PART_INPUT ? db_row_integer(row, 19) : db_row_integer(row, 1);
}

static int compare(const void *left, const void *right)
{
    int64_t left_rank = rank(left), right_rank = rank(right);

    return (left_rank > right_rank) - (left_rank < right_rank);
}

static void take_row(struct public_file *file, const struct db_row *row, bool *has_ticket)
{
    switch ((enum part)db_row_integer(row, 0)) {
    case PART_TICKET:
        read_ticket(&file->ticket, row);
        *has_ticket = true;
        return;
    case PART_STEP:
        file->steps[file->step_count++] = read_step(row);
        return;
    case PART_CLOCK:
        file->clocks[file->clock_count++] = read_clock(row);
        return;
    case PART_INPUT:
        file->inputs[file->input_count++] = (struct resident_input){
            .action = (enum ticket_action)db_row_integer(row, 2),
            .value = db_row_integer(row, 3),
            .words = db_row_text(row, 21),
        };
        return;
    }
}

enum status public_store_load(struct db *db, const char *number, struct arena *arena, struct public_file *file,
                              struct fault *fault)
{
    const struct db_value values[] = {db_text(number), db_text(number), db_text(number), db_text(number)};
    struct db_row *rows;
    size_t count;
    bool has_ticket = false;
    const enum status status = db_query(db, PUBLIC_FILE_LOAD_BY_NUMBER, values, 4, arena, &rows, &count, fault);

    if (status != STATUS_OK)
        return status;
    *file = (struct public_file){
        .steps = arena_take_array(arena, count + 1, sizeof *file->steps),
        .clocks = arena_take_array(arena, count + 1, sizeof *file->clocks),
        .inputs = arena_take_array(arena, count + 1, sizeof *file->inputs),
    };
    qsort(rows, count, sizeof *rows, compare);
    for (size_t i = 0; i < count; i++)
        take_row(file, &rows[i], &has_ticket);
    for (size_t i = 0; i < file->input_count; i++)
        file->inputs[i].ticket = file->ticket.id;
    return has_ticket ? STATUS_OK : STATUS_ABSENT;
}
