#include "store/ticket_list.h"

#include <assert.h>
#include <string.h>

#include "store/clock_row.h"
#include "store/ticket_plan.h"

enum { VALUES_MAX = 80, PORTION_ROWS = 2000, NUMBERS_AT_ONCE = 25 };
#define PORTION_ARENA_BYTES ((size_t)64 * 1024 * 1024)

struct value_list {
    struct db_value values[VALUES_MAX];
    size_t count;
};

static void add(struct value_list *list, struct db_value value)
{
    assert(list->count < VALUES_MAX);
    list->values[list->count++] = value;
}

static void add_integer(struct value_list *list, int64_t value) { add(list, db_integer(value)); }

/* "None asked for, or equal." */
static void add_asked(struct value_list *list, int64_t value)
{
    add_integer(list, value);
    add_integer(list, value);
}

/* ---- values, in the order of statements_list.def */

static void add_choices(struct value_list *list, const struct residual *residual)
{
    for (size_t i = 0; i < FILTER_SCOPE; i++)
        add_asked(list, residual->choice[i]);
}

static int64_t latest_help(const struct residual *residual)
{
    return residual->is_waiting_unit ? ASSIGNMENT_DISPATCHED : ASSIGNMENT_ACCEPTED;
}

static void add_residual(struct value_list *list, const struct residual *residual)
{
    add_choices(list, residual);
    add_integer(list, residual->is_open);
    add_integer(list, residual->is_waiting_ops);
    add_integer(list, residual->is_escalated);
    add_integer(list, residual->is_follow_up_due);
    add_asked(list, residual->receiver.v);
    add_asked(list, residual->view_unit.v);
    add_integer(list, residual->is_waiting_unit);
    add_integer(list, residual->view_unit.v);
    add_integer(list, latest_help(residual));
    add(list, db_instant(residual->due_low));
    add(list, db_instant(residual->due_high));
    add(list, db_instant(residual->since));
}

static void add_terms(struct value_list *list, const struct residual *residual)
{
    for (size_t i = 0; i < FILTER_TERMS_MAX; i++)
        for (int j = 0; j < 3; j++)
            add(list, db_text(residual->terms[i]));
}

/* All that can be asked of a row. */
static void add_whole(struct value_list *list, const struct residual *residual)
{
    add_residual(list, residual);
    for (int i = 0; i < 4; i++) {
        const struct hash *hash = i < 2 ? residual->phone : residual->account;
        add(list, hash == NULL ? db_null() : db_bytes(hash->bytes, HASH_BYTES));
    }
    add(list, db_text(residual->number));
    add(list, db_text(residual->number));
    for (size_t i = 0; i < 2; i++)
        add_asked(list, residual->grams[i]);
    add_terms(list, residual);
}

/* What an entry of the index of open tickets answers. */
static void add_open(struct value_list *list, const struct residual *residual)
{
    add_choices(list, residual);
    add_asked(list, residual->receiver.v);
    add_integer(list, residual->is_escalated);
    add_integer(list, residual->is_follow_up_due);
    add(list, db_instant(residual->due_low));
    add(list, db_instant(residual->due_high));
}

/* Where a walk begins: at the cursor, or at the end of the range that comes first. */
struct start {
    struct instant at;
    int64_t id;
    struct instant end; /* the range's other end */
};

static struct start start_of(const struct walk *walk, enum ticket_sort sort, const struct ticket_cursor *cursor,
                             bool is_backward)
{
    const bool is_rising = (sort == TICKET_SORT_DUE) != is_backward;
    const struct instant first = is_rising ? walk->low : walk->high, at = instant_or_never(cursor->at);
    const bool is_inside = cursor->id != 0 && (is_rising ? !instant_is_before(at, first) : !instant_is_before(first, at));

    return (struct start){
        .at = is_inside ? at : first,
        .id = is_inside ? cursor->id : is_rising ? 0 : INT64_MAX,
        .end = is_rising ? walk->high : walk->low,
    };
}

static void add_range(struct value_list *list, const struct walk *walk, const struct start *start, int64_t limit)
{
    if (walk->has_key)
        add_integer(list, walk->key);
    add(list, db_instant(start->at));
    add(list, db_instant(start->at));
    add_integer(list, start->id);
    add(list, db_instant(start->end));
    add_integer(list, limit);
}

static void add_lookup(struct value_list *list, const struct walk *walk, int64_t cap)
{
    const struct residual *residual = &walk->residual;
    const bool is_by_phone = walk->number == NULL && walk->gram == 0 && residual->phone != NULL;
    const bool is_by_account = walk->number == NULL && walk->gram == 0 && !is_by_phone;
    const struct hash none = {{0}};

    add(list, db_text(walk->number != NULL ? walk->number : ""));
    add(list, db_bytes(is_by_phone ? residual->phone->bytes : none.bytes, HASH_BYTES));
    add_integer(list, cap);
    add(list, db_bytes(is_by_account && residual->account != NULL ? residual->account->bytes : none.bytes, HASH_BYTES));
    add_integer(list, cap);
    add_integer(list, walk->gram);
    add_integer(list, cap);
}

static void add_asked_of_entries(struct value_list *list, const struct walk *walk)
{
    const struct residual *residual = &walk->residual;

    switch (walk->kind) {
    case WALK_WIDE:
        add_choices(list, residual);
        break;
    case WALK_OPEN:
        add_open(list, residual);
        break;
    case WALK_OPEN_UNIT:
        add_integer(list, residual->view_unit.v);
        add_integer(list, latest_help(residual));
        add_open(list, residual);
        add_integer(list, residual->view_unit.v);
        add_integer(list, residual->is_waiting_unit);
        add_integer(list, residual->view_unit.v);
        break;
    case WALK_SEARCH:
        add_integer(list, residual->grams[0]);
        add_integer(list, residual->grams[1]);
        add_residual(list, residual);
        add_terms(list, residual);
        break;
    case WALK_EVERY_ROW:
    case WALK_UNIT:
    case WALK_LOOKUP:
        break;
    }
}

/* How many are to be given, and to be counted. */
struct wanted {
    int rows, counted;
};

static void fill(struct value_list *list, const struct walk *walk, const struct start *start, struct wanted wanted)
{
    const int64_t cap = walk->is_filtered && walk->cap > wanted.counted ? walk->cap : wanted.counted;

    switch (walk->kind) {
    case WALK_LOOKUP:
        add_lookup(list, walk, walk->cap);
        add_whole(list, &walk->residual);
        add(list, db_instant(start->at));
        add(list, db_instant(start->at));
        add_integer(list, start->id);
        add_integer(list, wanted.counted);
        break;
    case WALK_EVERY_ROW:
    case WALK_UNIT:
        add_range(list, walk, start, cap);
        add_range(list, walk, start, cap - 1);
        if (walk->kind == WALK_UNIT)
            add_range(list, walk, start, cap);
        add_whole(list, &walk->residual);
        add_integer(list, wanted.counted);
        break;
    case WALK_WIDE:
    case WALK_OPEN:
    case WALK_OPEN_UNIT:
    case WALK_SEARCH:
        add_range(list, walk, start, cap);
        add_asked_of_entries(list, walk);
        add_integer(list, wanted.counted);
        add_range(list, walk, start, cap - 1);
        add_integer(list, wanted.rows);
        break;
    }
}

/* ---- rows */

static void read_row(struct ticket_row *ticket, const struct db_row *row)
{
    struct text number;

    *ticket = (struct ticket_row){
        .id = {db_row_integer(row, 2)},
        .version = (uint32_t)db_row_integer(row, 4),
        .state = (enum ticket_state)db_row_integer(row, 5),
        .source = (enum source)db_row_integer(row, 6),
        .nature = (enum nature)db_row_integer(row, 7),
        .category = {(int32_t)db_row_integer(row, 8)},
        .grades = (uint32_t)db_row_integer(row, 9),
        .zone = (enum zone)db_row_integer(row, 10),
        .place_text = db_row_text(row, 11),
        .unit = {(int32_t)db_row_integer(row, 12)},
        .reported_at = db_row_instant(row, 13),
        .next_due_at = instant_unless_never(db_row_instant(row, 14)),
        .finish_due_at = db_row_instant(row, 15),
        .finish_granted_at = db_row_instant(row, 16),
        .next_kind = (enum clock_kind)db_row_integer(row, 17),
        .urge_count = (int)db_row_integer(row, 18),
        .repeat_level = (int)db_row_integer(row, 19),
        .is_escalated = db_row_integer(row, 20) != 0,
        .is_waiting_ops = db_row_integer(row, 21) != 0,
        .finished_at = db_row_instant(row, 22),
        .closed_at = db_row_instant(row, 23),
        .satisfaction = (int)db_row_integer(row, 24),
        .name_masked = db_row_text(row, 25),
        .phone_masked = db_row_text(row, 26),
        .is_waiting_unit = db_row_integer(row, 27) != 0,
        .first_receiver = {(int32_t)db_row_integer(row, 28)},
        .is_escalated_in_unit = db_row_integer(row, 29) > 0,
    };
    text_init(&number, ticket->number, sizeof ticket->number);
    text_add(&number, db_row_text(row, 3));
}

struct ticket_cursor ticket_cursor_of(const struct ticket_row *row, enum ticket_sort sort)
{
    return (struct ticket_cursor){sort == TICKET_SORT_DUE ? row->next_due_at : row->reported_at, row->id.v};
}

/* ---- one walk */

struct reading {
    enum ticket_sort sort;
    ticket_row_each each;
    void *context;
    int given, matched;
    int told; /* how many this walk found, as its statement says; 0: it says nothing, or found none */
    int wanted; /* of this walk, to be counted */
    bool has_end;
    struct ticket_cursor end; /* the last entry walked, where the walk was stopped there */
};

static enum status take_row(void *context, const struct db_row *row, struct fault *fault)
{
    struct reading *reading = context;
    struct ticket_row ticket;

    if (reading->has_end) /* where a unit helps: behind the last entry that was walked */
        return STATUS_OK;
    reading->told = (int)db_row_integer(row, 1);
    if (db_row_integer(row, 0) != 0 && reading->told >= reading->wanted) /* it got what was wanted before it came to its end */
        return STATUS_OK;
    read_row(&ticket, row);
    if (db_row_integer(row, 0) != 0) {
        reading->has_end = true;
        reading->end = ticket_cursor_of(&ticket, reading->sort);
        return STATUS_OK;
    }
    reading->given++;
    return reading->each(reading->context, &ticket, fault);
}

/* wanted.rows: what `each` is called for at most, or for all that are counted where the statement gives them */
static enum status walk_rows(struct db *db, const struct walk *walk, const struct ticket_query *query, struct wanted wanted,
                             struct reading *reading, struct fault *fault)
{
    const struct start start = start_of(walk, reading->sort, &query->cursor, query->is_backward);
    const int given = reading->given;
    struct value_list list = {.count = 0};

    reading->told = 0;
    reading->wanted = wanted.counted;
    fill(&list, walk, &start, wanted);
    const enum status status =
        db_stream(db, query->is_backward ? walk->before : walk->after, list.values, list.count, take_row, reading, fault);
    reading->matched += reading->told > 0 ? reading->told : reading->given - given;
    return status;
}

/* The walks of the plan in the direction of the query, until there is enough. */
static enum status read_plan(struct db *db, const struct list_plan *plan, const struct ticket_query *query, struct wanted wanted,
                             struct reading *reading, struct fault *fault)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < plan->walk_count; i++) {
        const struct walk *walk = &plan->walks[query->is_backward ? plan->walk_count - 1 - i : i];
        const struct instant at = instant_or_never(query->cursor.at);
        /* Behind a cursor that lies beyond this walk's range there is nothing of it. */
        const bool is_past = plan->walk_count > 1 && query->cursor.id != 0 &&
                             (query->is_backward ? instant_is_before(walk->high, at) : instant_is_before(at, walk->low));
        const int rows = wanted.rows - reading->given;
        if (is_past || reading->has_end || reading->matched >= wanted.counted)
            continue;
        status = walk_rows(db, walk, query, (struct wanted){rows > 0 ? rows : 1, wanted.counted - reading->matched}, reading, fault);
    }
    return status;
}

/* ---- a page */

struct collecting {
    struct ticket_page *page;
    int limit;
    struct arena *arena;
};

static enum status collect(void *context, const struct ticket_row *row, struct fault *fault)
{
    struct collecting *collecting = context;
    struct ticket_page *page = collecting->page;

    (void)fault;
    if (page->count == (size_t)collecting->limit) {
        page->has_more = true;
        return STATUS_OK;
    }
    struct ticket_row *kept = &page->rows[page->count++];
    *kept = *row;
    kept->place_text = arena_copy_text(collecting->arena, row->place_text);
    kept->name_masked = arena_copy_text(collecting->arena, row->name_masked);
    kept->phone_masked = arena_copy_text(collecting->arena, row->phone_masked);
    return STATUS_OK;
}

static void turn_around(struct ticket_page *page)
{
    for (size_t i = 0; i < page->count / 2; i++) {
        const struct ticket_row row = page->rows[i];
        page->rows[i] = page->rows[page->count - 1 - i];
        page->rows[page->count - 1 - i] = row;
    }
}

enum status ticket_list_read(struct db *db, const struct ticket_query *query, struct instant now, struct arena *arena,
                             struct ticket_page *page, struct fault *fault)
{
    struct search search;
    struct list_plan *plan = arena_take(arena, sizeof *plan);
    const int counted = query->count_limit > query->limit ? query->count_limit : query->limit;
    struct collecting collecting = {page, query->limit, arena};

    assert(query->limit > 0);
    *page = (struct ticket_page){.rows = arena_take_array(arena, (size_t)query->limit + 1, sizeof *page->rows)};
    enum status status = search_plan(db, query->filter, now, arena, &search, fault);
    if (status != STATUS_OK)
        return status;
    list_plan_make(query, &search, now, arena, plan);
    page->is_exact = true;
    if (plan->is_empty)
        return STATUS_OK;
    struct reading reading = {.sort = plan->sort, .each = collect, .context = &collecting};
    status = read_plan(db, plan, query, (struct wanted){query->limit + 1, counted + 1}, &reading, fault);
    page->is_exact = !reading.has_end && reading.matched <= counted;
    page->matched = reading.matched > counted ? counted : reading.matched;
    page->is_cut = reading.has_end && !page->has_more;
    page->reached = reading.end;
    if (query->is_backward)
        turn_around(page);
    return status;
}

/* ---- a whole list */

struct streaming {
    ticket_row_each each;
    void *context;
    int wanted, given;
    struct ticket_cursor last;
};

static enum status pass_on(void *context, const struct ticket_row *row, struct fault *fault)
{
    struct streaming *streaming = context;

    if (streaming->given == streaming->wanted)
        return STATUS_OK;
    streaming->given++;
    streaming->last = ticket_cursor_of(row, TICKET_SORT_NEWEST);
    return streaming->each(streaming->context, row, fault);
}

enum status ticket_list_stream(struct db *db, const struct ticket_query *query, struct instant now,
                               ticket_row_each each, void *context, bool *is_whole, struct fault *fault)
{
    struct ticket_query portion = *query;
    struct streaming streaming = {.each = each, .context = context, .wanted = query->limit};
    struct list_plan *plan;
    struct search search;
    struct arena arena;
    bool goes_on = true;

    arena_init(&arena, PORTION_ARENA_BYTES);
    portion.cursor = (struct ticket_cursor){INSTANT_NONE, 0};
    portion.is_backward = false;
    plan = arena_take(&arena, sizeof *plan);
    enum status status = search_plan(db, query->filter, now, &arena, &search, fault);
    if (status == STATUS_OK)
        list_plan_make(query, &search, now, &arena, plan);
    while (status == STATUS_OK && goes_on && !plan->is_empty && streaming.given < streaming.wanted) {
        const int left = streaming.wanted - streaming.given;
        const int rows = plan->sort == TICKET_SORT_DUE || left < PORTION_ROWS ? left : PORTION_ROWS;
        struct reading reading = {.sort = plan->sort, .each = pass_on, .context = &streaming};
        for (size_t i = 0; i < plan->walk_count; i++)
            plan->walks[i].cap = plan->sort == TICKET_SORT_DUE ? query->limit : TICKET_SEARCH_CAP;
        const int given = streaming.given;
        status = read_plan(db, plan, &portion, (struct wanted){rows, rows}, &reading, fault);
        portion.cursor = reading.has_end ? reading.end : streaming.last;
        goes_on = reading.has_end || streaming.given - given == rows;
    }
    *is_whole = plan->is_empty || !goes_on;
    arena_release(&arena);
    return status;
}

/* ---- chosen rows */

static enum status read_numbers(struct db *db, const char *const *numbers, size_t count, struct collecting *collecting,
                                struct fault *fault)
{
    struct reading reading = {.sort = TICKET_SORT_NEWEST, .each = collect, .context = collecting};
    struct db_value values[NUMBERS_AT_ONCE];

    for (size_t i = 0; i < NUMBERS_AT_ONCE; i++)
        values[i] = db_text(i < count ? numbers[i] : "");
    return db_stream(db, LIST_NUMBERS, values, NUMBERS_AT_ONCE, take_row, &reading, fault);
}

enum status ticket_list_by_numbers(struct db *db, const char *const *numbers, size_t count, struct arena *arena,
                                   struct ticket_row **rows, size_t *row_count, struct fault *fault)
{
    struct ticket_page page = {.rows = arena_take_array(arena, TICKET_NUMBERS_MAX + 1, sizeof *page.rows)};
    struct collecting collecting = {&page, TICKET_NUMBERS_MAX, arena};
    enum status status = STATUS_OK;

    assert(count <= TICKET_NUMBERS_MAX);
    for (size_t done = 0; status == STATUS_OK && done < count; done += NUMBERS_AT_ONCE) {
        const size_t left = count - done;
        status = read_numbers(db, numbers + done, left < NUMBERS_AT_ONCE ? left : NUMBERS_AT_ONCE, &collecting, fault);
    }
    *rows = page.rows;
    *row_count = page.count;
    return status;
}
