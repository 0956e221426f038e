#include "store/open311_store.h"

#include <string.h>

/* Numbers that stand in statements_open311.def. */
_Static_assert(TICKET_FINISHED == 5 && TICKET_FOLLOWED_UP == 6 && TICKET_CLOSED == 7 && TICKET_MERGED == 8 &&
                   TICKET_NOT_OURS == 9 && TICKET_WITHDRAWN == 10 && TICKET_SEALED == 11 && NATURE_REPAIR == 1 &&
                   SUBJECT_TICKET == 1,
               "states and natures");
_Static_assert(ACTION_DISPATCH == 6 && ACTION_ACCEPT == 9 && ACTION_ARRIVE == 12 && ACTION_REPAIR == 14 &&
                   ACTION_DECIDE_EXTENSION == 16 && ACTION_FINISH == 19 && ACTION_REVIEW == 20 && ACTION_CLOSE == 22 &&
                   ACTION_REOPEN == 23 && ACTION_MERGE == 29 && ACTION_UNMERGE == 30 && ACTION_STOP_WITH_PARENT == 31 &&
                   ACTION_NOT_OURS == 32 && ACTION_WITHDRAW == 33,
               "steps that others are told of");

#define STATES_ENDED                                                                                                   \
    (STATE_BIT(TICKET_FINISHED) | STATE_BIT(TICKET_FOLLOWED_UP) | STATE_BIT(TICKET_CLOSED) | STATE_BIT(TICKET_NOT_OURS) | \
     STATE_BIT(TICKET_WITHDRAWN))

enum { COLUMN_PROGRESS = 17, COLUMN_SEQ, COLUMN_RECORDED, NUMBERS_AT = 2, PARAMETERS_BY_NUMBER = NUMBERS_AT + OPEN311_NUMBERS_MAX + 2 };

static enum status read_steps(struct open311_request *request, struct bytes progress, struct arena *arena,
                              struct fault *fault)
{
    size_t clock_count = 0;

    if (progress_count(progress.data, progress.length, &request->step_count, &clock_count)) {
        struct clock *clocks = arena_take_array(arena, clock_count + 1, sizeof *clocks);
        request->steps = arena_take_array(arena, request->step_count + 1, sizeof *request->steps);
        if (progress_parse(progress.data, progress.length, request->steps, clocks))
            return STATUS_OK;
    }
    return FAULT(fault, STATUS_FAILED, "ticket %lld: its progress is damaged, run `shuinuo verify`",
                 (long long)request->id.v);
}

static enum status read_request(struct open311_request *request, const struct db_row *row, bool is_update,
                                struct arena *arena, struct fault *fault)
{
    const enum ticket_state parent = (enum ticket_state)db_row_integer(row, 3);
    const struct instant promised = db_row_is_null(row, 10) ? db_row_instant(row, 9) : db_row_instant(row, 10);

    *request = (struct open311_request){
        .id = {db_row_integer(row, 0)},
        .state = (enum ticket_state)db_row_integer(row, 2),
        .category = {(int32_t)db_row_integer(row, 5)},
        .place = {(int32_t)db_row_integer(row, 6)},
        .reported_at = db_row_instant(row, 7),
        .updated_at = db_row_instant(row, 8),
        .due_at = instant_earlier(promised, db_row_instant(row, 11)),
        .has_point = db_row_integer(row, 13) != 0,
        .latitude_milli = (int32_t)db_row_integer(row, 14),
        .longitude_milli = (int32_t)db_row_integer(row, 15),
        .is_own = db_row_integer(row, 16) != 0,
        .seq = is_update ? (uint32_t)db_row_integer(row, COLUMN_SEQ) : 0,
        .recorded_at = is_update ? db_row_instant(row, COLUMN_RECORDED) : INSTANT_NONE,
    };
    number_copy(request->number, db_row_text(row, 1));
    request->is_open = (STATE_BIT(parent != TICKET_NONE ? parent : request->state) & STATES_ENDED) == 0;
    return read_steps(request, db_row_bytes(row, COLUMN_PROGRESS), arena, fault);
}

static enum status list(struct db *db, enum statement statement, const struct db_value *values, size_t value_count,
                        struct arena *arena, struct open311_request **requests, size_t *count, struct fault *fault)
{
    const bool is_update = statement == OPEN311_LIST_UPDATES;
    struct db_row *rows;
    enum status status = db_query(db, statement, values, value_count, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *requests = arena_take_array(arena, *count + 1, sizeof **requests);
    for (size_t i = 0; i < *count && status == STATUS_OK; i++)
        status = read_request(&(*requests)[i], &rows[i], is_update, arena, fault);
    return status;
}

/* A key of nobody has no requests of its own. */
static struct db_value key_id(const struct api_key *key) { return db_integer(key != NULL ? key->id : 0); }

static struct db_value key_name(const struct api_key *key) { return db_text(key != NULL ? key->name : NULL); }

struct instant open311_ended_at(const struct open311_request *request)
{
    if (request->is_open)
        return INSTANT_NONE;
    for (size_t i = request->step_count; i-- > 0;) {
        const enum ticket_action action = request->steps[i].action;
        if (action == ACTION_FINISH || action == ACTION_NOT_OURS || action == ACTION_WITHDRAW ||
            action == ACTION_STOP_WITH_PARENT || (action == ACTION_MERGE && request->state == TICKET_MERGED))
            return request->steps[i].occurred_at;
    }
    return request->updated_at;
}

enum status open311_store_list_by_number(struct db *db, const struct api_key *key, char (*numbers)[NUMBER_BYTES],
                                         size_t number_count, struct arena *arena, struct open311_request **requests,
                                         size_t *count, struct fault *fault)
{
    struct db_value values[PARAMETERS_BY_NUMBER];

    values[0] = values[PARAMETERS_BY_NUMBER - 2] = key_id(key);
    values[1] = values[PARAMETERS_BY_NUMBER - 1] = key_name(key);
    for (size_t i = 0; i < OPEN311_NUMBERS_MAX; i++)
        values[NUMBERS_AT + i] = db_text(i < number_count ? numbers[i] : "");
    return list(db, OPEN311_LIST_BY_NUMBER, values, PARAMETERS_BY_NUMBER, arena, requests, count, fault);
}

enum status open311_store_list(struct db *db, const struct api_key *key, const struct open311_window *window,
                               struct arena *arena, struct open311_request **requests, size_t *count, struct fault *fault)
{
    const struct db_value values[] = {
        key_id(key),
        key_name(key),
        db_instant(window->from),
        db_instant(window->to),
        db_text(window->categories),
        db_text(window->categories),
        db_integer(window->has_closed),
        db_integer(window->has_open),
        db_instant(window->changed_from),
        db_instant(window->changed_from),
        db_instant(window->changed_to),
        db_instant(window->changed_to),
        key_id(key),
        key_name(key),
        db_integer(window->limit),
        db_integer(window->offset),
    };

    return list(db, OPEN311_LIST_BY_WINDOW, values, sizeof values / sizeof values[0], arena, requests, count, fault);
}

enum status open311_store_list_updates(struct db *db, const struct api_key *key, const struct open311_window *window,
                                       struct arena *arena, struct open311_request **requests, size_t *count,
                                       struct fault *fault)
{
    const struct db_value values[] = {
        key_id(key),
        key_name(key),
        db_instant(window->from),
        db_instant(window->to),
        key_id(key),
        key_name(key),
        db_integer(window->limit),
        db_integer(window->offset),
    };

    return list(db, OPEN311_LIST_UPDATES, values, sizeof values / sizeof values[0], arena, requests, count, fault);
}

enum status open311_store_find_filed(struct db *db, const uint8_t key[16], struct arena *arena, struct open311_filed *filed,
                                     struct fault *fault)
{
    const struct db_value value = db_bytes(key, 16);
    struct db_row row;
    const enum status status = db_query_one(db, OPEN311_FIND_BY_KEY, &value, 1, arena, &row, fault);

    if (status != STATUS_OK)
        return status;
    const struct bytes said = db_row_bytes(&row, 1);
    *filed = (struct open311_filed){.api_key = (int32_t)db_row_integer(&row, 2), .reported_at = db_row_instant(&row, 3)};
    number_copy(filed->number, db_row_text(&row, 0));
    if (said.length == HASH_BYTES)
        memcpy(filed->said.bytes, said.data, HASH_BYTES);
    return STATUS_OK;
}
