/* Reading a file of customers into a version of its own: store/import_store.h. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv_read.h"
#include "base/log.h"
#include "base/now.h"
#include "store/import_places.h"
#include "store/import_store.h"

enum {
    PIECE_BYTES = 65536,
    BATCH_ROWS = 1000, /* of one transaction */
    CLAIM_SECONDS = 60,
    CONVERTED_BYTES = 2 * CSV_RECORD_BYTES,
    SLICES = 16, /* of the accounts, for a comparison in short statements */
    LINE_MOST = INT32_MAX,
};

/* A household that waits for its batch: which places it has, by index. */
struct waiting {
    int32_t place, meter; /* meter -1: none */
};

struct run {
    struct db *db;
    const struct secrets *secrets;
    const struct import_options *options;
    struct import_result *result;
    struct household_key key;
    struct import_places places;
    struct import_accounts accounts;
    struct encoding_converter converter;
    struct customer_columns columns;
    struct csv_reader reader;
    struct household rows[BATCH_ROWS];
    struct household_room rooms[BATCH_ROWS];
    uint8_t digests[BATCH_ROWS][HOUSEHOLD_DIGEST_BYTES];
    struct waiting waiting[BATCH_ROWS];
    size_t row_count;
    struct import_line lines[BATCH_ROWS];
    size_t line_count;
    int64_t bytes;
    size_t known_places; /* and meters, before the file */
    bool has_header;
    char converted[CONVERTED_BYTES];
};

/* ---- one batch */

static struct instant claim_end(void)
{
    return instant_add_seconds(now_instant(), CLAIM_SECONDS);
}

static enum status write_lines(struct run *run, struct db *db, struct fault *fault)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < run->line_count; i++) {
        const struct import_line *line = &run->lines[i];
        const struct db_value values[] = {db_integer(run->result->import.id), db_integer(line->seq),     db_integer(line->line),
                                          db_integer(line->other_line),       db_integer(line->problem), db_integer(line->field)};
        status = db_run(db, IMPORT_LINE_INSERT, values, 6, NULL, NULL, fault);
    }
    return status;
}

/* New places, households, lines; all or nothing, and only as long as the register is ours. */
static enum status write_batch(struct db *db, void *context, struct fault *fault)
{
    struct run *run = context;
    const int32_t import = run->result->import.id;
    const struct db_value renew[] = {db_instant(claim_end()), db_integer(import)};
    int64_t affected = 0;
    enum status status = db_run(db, REGISTER_RENEW, renew, 2, &affected, NULL, fault);

    if (status == STATUS_OK && affected == 0)
        return STATUS_ABSENT; /* somebody took over */
    if (status == STATUS_OK)
        status = import_places_write(&run->places, db, import, fault);
    for (size_t i = 0; i < run->row_count; i++) {
        run->rows[i].place.v = run->places.items[run->waiting[i].place].id;
        run->rows[i].meter = run->waiting[i].meter < 0 ? 0 : run->places.items[run->waiting[i].meter].id;
    }
    if (status == STATUS_OK)
        status = household_store_insert(db, import, run->rows, run->digests, run->row_count, fault);
    return status == STATUS_OK ? write_lines(run, db, fault) : status;
}

static enum status flush(struct run *run, struct fault *fault)
{
    if (run->row_count == 0 && run->line_count == 0)
        return STATUS_OK;
    enum status status = db_transact(run->db, write_batch, run, fault);
    if (status == STATUS_DUPLICATE) { /* a COMMIT that nobody heard of had been done */
        fault_reset(fault);
        status = STATUS_OK;
    }
    run->places.written = run->places.count;
    run->row_count = run->line_count = 0;
    if (status == STATUS_OK && run->options->progress != NULL)
        run->options->progress(run->options->progress_context, run->result->import.counts.rows, run->bytes);
    return status;
}

/* ---- one line */

static enum status tell(struct run *run, int64_t line, int64_t other, enum customer_problem problem, enum customer_field field,
                        struct fault *fault)
{
    struct import_counts *counts = &run->result->import.counts;
    const struct import_line told = {(int32_t)counts->bad + 1, (int32_t)(line < LINE_MOST ? line : LINE_MOST), (int32_t)other, problem,
                                     field};

    counts->bad++;
    if (run->options->told != NULL)
        run->options->told(run->options->told_context, &told);
    if (counts->bad > IMPORT_LINES_KEPT)
        return STATUS_OK;
    run->lines[run->line_count++] = told;
    return run->line_count == BATCH_ROWS ? flush(run, fault) : STATUS_OK;
}

static void make_digest(const struct run *run, const struct customer *customer, uint8_t digest[HOUSEHOLD_DIGEST_BYTES])
{
    const char *const texts[] = {customer->district, customer->area, customer->is_road ? "3" : "2", customer->building,
                                 customer->address,  customer->name, customer->meter_code,          customer->phone};
    struct bytes pieces[sizeof texts / sizeof texts[0]];

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        pieces[i] = (struct bytes){(const uint8_t *)texts[i], strlen(texts[i])};
    const struct hash hash = crypto_keyed_hash(&run->secrets->key[SECRET_LOOKUP], "household", pieces, sizeof texts / sizeof texts[0]);
    memcpy(digest, hash.bytes, HOUSEHOLD_DIGEST_BYTES);
}

static struct waiting find_places(struct run *run, const struct customer *customer)
{
    struct import_places *places = &run->places;
    const int32_t district = import_places_take(places, -1, IMPORT_KIND_DISTRICT, customer->district);
    struct waiting found = {
        import_places_take(places, district, customer->is_road ? IMPORT_KIND_ROAD : IMPORT_KIND_COMMUNITY, customer->area), -1};

    if (customer->building[0] != '\0')
        found.place = import_places_take(places, found.place, IMPORT_KIND_BUILDING, customer->building);
    if (customer->meter_code[0] == '\0')
        return found;
    const size_t before = places->count;
    found.meter = import_places_take(places, -1, IMPORT_KIND_METER, customer->meter_code);
    if (places->count > before) {
        places->items[found.meter].place = found.place;
        places->items[found.meter].label =
            arena_copy_text(&places->names, customer->meter_name[0] != '\0' ? customer->meter_name : customer->meter_code);
    }
    return found;
}

/* A household of the file, unless its account stood in an earlier line. */
static enum status take_customer(struct run *run, const struct customer *customer, int64_t line, struct fault *fault)
{
    struct household_person person = {.phone = ""};
    struct household *row = &run->rows[run->row_count];
    struct import_counts *counts = &run->result->import.counts;
    struct text text;

    memcpy(person.account, customer->account, sizeof person.account);
    memcpy(person.phone, customer->phone, sizeof person.phone);
    text_init(&text, person.name, sizeof person.name);
    text_add(&text, customer->name);
    text_init(&text, person.address, sizeof person.address);
    text_add(&text, customer->address);
    *row = (struct household){.id = 0};
    if (!household_seal(&person, &run->key, run->secrets, &run->rooms[run->row_count], row))
        return tell(run, line, 0, CUSTOMER_FIELD_TOO_LONG, CUSTOMER_ADDRESS, fault);
    const int32_t first = import_accounts_take(&run->accounts, &row->account_hash, (int32_t)line);
    if (first != 0)
        return tell(run, line, first, CUSTOMER_DUPLICATE, CUSTOMER_ACCOUNT, fault);
    row->id = (int32_t)++counts->rows;
    counts->with_phone += row->has_phone ? 1 : 0;
    make_digest(run, customer, run->digests[run->row_count]);
    const struct waiting found = find_places(run, customer);
    run->waiting[run->row_count++] = found;
    run->places.items[found.place].households++;
    run->places.items[found.place].phones += row->has_phone ? 1 : 0;
    return run->row_count == BATCH_ROWS ? flush(run, fault) : STATUS_OK;
}

/* The cells as UTF-8, in the run's own room. */
static bool convert(struct run *run, struct csv_record *record)
{
    char *room = run->converted;
    size_t left = sizeof run->converted;

    for (size_t i = 0; i < record->count; i++) {
        if (!encoding_convert(&run->converter, record->fields[i], room, left))
            return false;
        record->fields[i] = room;
        const size_t length = strlen(room) + 1;
        room += length;
        left -= length;
    }
    return true;
}

static enum customer_problem problem_of(const struct csv_record *record)
{
    static const enum customer_problem problems[CSV_TROUBLE__COUNT] = {CUSTOMER_FINE, CUSTOMER_LINE_TOO_LONG, CUSTOMER_OPEN_QUOTE,
                                                                       CUSTOMER_HAS_NUL};

    return problems[record->trouble];
}

static enum status take_record(struct run *run, struct csv_record *record, struct fault *fault)
{
    enum customer_problem problem = problem_of(record);
    enum customer_field field = CUSTOMER_FIELD__COUNT;
    struct customer customer;

    if (problem == CUSTOMER_FINE && record->count == 1 && record->fields[0][0] == '\0')
        return STATUS_OK; /* a blank line */
    if (problem == CUSTOMER_FINE && !convert(run, record))
        problem = CUSTOMER_NOT_TEXT;
    if (!run->has_header) {
        run->has_header = true;
        if (problem == CUSTOMER_FINE && customer_header_parse(record->fields, record->count, &run->columns, &run->result->header))
            return STATUS_OK;
        run->result->refusal = IMPORT_BAD_HEADER;
        return STATUS_ABSENT;
    }
    if (problem == CUSTOMER_FINE)
        problem = customer_parse(record->fields, record->count, &run->columns, &customer, &field);
    enum status status = STATUS_OK;
    if (problem != CUSTOMER_FINE)
        status = tell(run, record->line, 0, problem, field, fault);
    return status == STATUS_OK && customer_is_taken(problem) ? take_customer(run, &customer, record->line, fault) : status;
}

/* ---- the whole file */

static enum status probe(struct run *run, const struct import_source *source, char *piece, size_t *mark_bytes, struct fault *fault)
{
    struct encoding_probe probe;
    size_t length = 0;
    enum status status = source->rewind(source->context, fault);

    encoding_probe_init(&probe);
    while (status == STATUS_OK && (status = source->read(source->context, piece, PIECE_BYTES, &length, fault)) == STATUS_OK && length > 0)
        encoding_probe_take(&probe, piece, length);
    if (status != STATUS_OK)
        return status;
    run->result->import.encoding = encoding_probe_end(&probe, mark_bytes);
    if (run->result->import.encoding == ENCODING_UTF16)
        run->result->refusal = IMPORT_UTF16;
    else if (!encoding_converter_open(&run->converter, run->result->import.encoding))
        run->result->refusal = IMPORT_NO_ENCODING;
    return run->result->refusal == IMPORT_TAKEN ? STATUS_OK : STATUS_ABSENT;
}

static enum status take_piece(struct run *run, const char *piece, size_t length, bool is_last, struct fault *fault)
{
    struct csv_record record;
    bool has_record = true;
    enum status status = STATUS_OK;

    while (status == STATUS_OK && (length > 0 || (is_last && has_record))) {
        const size_t taken = csv_reader_take(&run->reader, piece, length, is_last, &record, &has_record);
        piece += taken;
        length -= taken;
        if (has_record)
            status = take_record(run, &record, fault);
    }
    return status;
}

static enum status read_all(struct run *run, const struct import_source *source, char *piece, size_t mark_bytes, struct fault *fault)
{
    size_t length = 0;
    enum status status = source->rewind(source->context, fault);

    csv_reader_init(&run->reader);
    while (status == STATUS_OK && (status = source->read(source->context, piece, PIECE_BYTES, &length, fault)) == STATUS_OK && length > 0) {
        const size_t skipped = mark_bytes < length ? mark_bytes : length;
        run->bytes += (int64_t)length;
        status = take_piece(run, piece + skipped, length - skipped, false, fault);
        mark_bytes -= skipped;
    }
    if (status == STATUS_OK)
        status = take_piece(run, piece, 0, true, fault);
    if (status == STATUS_OK && !run->has_header) {
        run->result->header = (struct customer_header){true, true, true, CUSTOMER_FIELD__COUNT};
        run->result->refusal = IMPORT_BAD_HEADER;
    } else if (status == STATUS_OK && run->result->import.counts.rows == 0) {
        run->result->refusal = IMPORT_NO_ROWS;
    }
    if (status == STATUS_OK && run->result->refusal != IMPORT_TAKEN)
        return STATUS_ABSENT;
    return status == STATUS_OK ? flush(run, fault) : status;
}

/* ---- beginning and end */

static enum status insert_import(struct run *run, struct fault *fault)
{
    struct import_row *import = &run->result->import;
    const struct db_value values[] = {db_integer(IMPORT_LOADING),        db_integer(import->staff.v), db_text(import->file_name),
                                      db_bytes(run->options->key, 16), db_integer(import->base_version), db_instant(import->begun_at)};
    int64_t id = 0;
    const enum status status = db_run(run->db, IMPORT_INSERT, values, 6, NULL, &id, fault);

    import->id = (int32_t)id;
    return status;
}

/* What the same form gave before. */
static enum status find_earlier(struct run *run, struct fault *fault)
{
    const enum status status = import_store_find_by_key(run->db, run->options->key, &run->result->import, fault);

    return status == STATUS_OK ? STATUS_DUPLICATE : status;
}

/* Takes the register: what others left half or staged is given up first. */
static enum status begin(struct run *run, struct fault *fault)
{
    struct import_row *import = &run->result->import;
    int64_t affected = 0;
    struct text name;

    import->begun_at = now_instant();
    import->staff = run->options->staff;
    text_init(&name, import->file_name, sizeof import->file_name);
    text_add(&name, run->options->file_name);
    enum status status = household_store_version(run->db, &import->base_version, fault);
    if (status == STATUS_OK)
        status = insert_import(run, fault);
    if (status == STATUS_DUPLICATE) {
        fault_reset(fault);
        return find_earlier(run, fault);
    }
    const struct db_value claim[] = {db_integer(import->id), db_instant(claim_end()), db_instant(import->begun_at)};
    if (status == STATUS_OK)
        status = db_run(run->db, REGISTER_CLAIM, claim, 3, &affected, NULL, fault);
    if (status != STATUS_OK)
        return status;
    if (affected == 0) {
        run->result->refusal = IMPORT_BUSY;
        return STATUS_ABSENT;
    }
    import->state = IMPORT_LOADING;
    status = import_store_abandon(run->db, import->begun_at, import->id, true, fault);
    if (status == STATUS_OK)
        status = household_key_make(run->db, run->secrets, import->id, &run->key, fault);
    if (status == STATUS_OK)
        status = import_places_load(&run->places, run->db, fault);
    run->known_places = run->places.count;
    return status;
}

static enum status ask_number(struct db *db, enum statement statement, const struct db_value *values, size_t count, int64_t *first,
                              int64_t *second, struct fault *fault)
{
    struct arena arena;
    struct db_row row;

    arena_init(&arena, (size_t)16 * 1024);
    const enum status status = db_query_one(db, statement, values, count, &arena, &row, fault);
    if (status == STATUS_OK) {
        *first = db_row_integer(&row, 0);
        if (second != NULL)
            *second = db_row_integer(&row, 1);
    }
    arena_release(&arena);
    return status;
}

/* New, changed, gone: slice by slice, so that no statement is long. */
static enum status compare_households(struct run *run, struct fault *fault)
{
    struct import_row *import = &run->result->import;
    int64_t both = 0, before = 0;
    enum status status = STATUS_OK;

    for (int slice = 0; status == STATUS_OK && slice < SLICES; slice++) {
        uint8_t from[HASH_BYTES] = {0}, to[HASH_BYTES];
        int64_t same = 0, changed = 0;
        memset(to, 0xFF, sizeof to);
        from[0] = (uint8_t)(slice * 256 / SLICES);
        to[0] = (uint8_t)((slice + 1) * 256 / SLICES - 1);
        const struct db_value values[] = {db_integer(import->base_version), db_integer(import->id), db_bytes(from, HASH_BYTES),
                                          db_bytes(to, HASH_BYTES)};
        status = ask_number(run->db, IMPORT_COMPARE, values, 4, &same, &changed, fault);
        both += same;
        import->counts.changed += changed;
    }
    const struct db_value base = db_integer(import->base_version);
    if (status == STATUS_OK)
        status = ask_number(run->db, IMPORT_COUNT_VERSION, &base, 1, &before, NULL, fault);
    import->counts.added = import->counts.rows - both;
    import->counts.removed = before - both;
    return status;
}

static enum status compare_rest(struct run *run, struct fault *fault)
{
    struct import_row *import = &run->result->import;
    struct import_counts *counts = &import->counts;
    const struct db_value new_old[] = {db_integer(import->id), db_integer(import->base_version)};
    const struct db_value old_new[] = {new_old[1], new_old[0]};
    enum status status = ask_number(run->db, IMPORT_COUNT_EDITS, new_old, 2, &counts->kept, &counts->overwritten, fault);

    if (status == STATUS_OK)
        status = ask_number(run->db, IMPORT_COUNT_DROPPED, old_new, 2, &counts->retired, NULL, fault);
    if (status == STATUS_OK)
        status = ask_number(run->db, IMPORT_COUNT_REUSED, new_old, 1, &counts->reused, NULL, fault);
    for (size_t i = run->known_places; i < run->places.count; i++)
        (*(run->places.items[i].kind == IMPORT_KIND_METER ? &counts->meters : &counts->places))++;
    return status;
}

static enum status write_figures(struct db *db, void *context, struct fault *fault)
{
    struct run *run = context;

    return import_places_write_figures(&run->places, db, run->result->import.id, fault);
}

static enum status finish(struct run *run, struct fault *fault)
{
    struct import_row *import = &run->result->import;
    const struct import_counts *counts = &import->counts;
    enum status status = db_transact(run->db, write_figures, run, fault);

    if (status == STATUS_DUPLICATE) {
        fault_reset(fault);
        status = STATUS_OK;
    }
    if (status == STATUS_OK)
        status = compare_households(run, fault);
    if (status == STATUS_OK)
        status = compare_rest(run, fault);
    const struct db_value values[] = {db_integer(IMPORT_STAGED),     db_integer(import->encoding),    db_integer(counts->rows),
                                      db_integer(counts->with_phone), db_integer(counts->added),      db_integer(counts->changed),
                                      db_integer(counts->removed),   db_integer(counts->bad),         db_integer(counts->kept),
                                      db_integer(counts->overwritten), db_integer(counts->places),    db_integer(counts->retired),
                                      db_integer(counts->reused),    db_integer(counts->meters),      db_integer(import->id)};
    if (status == STATUS_OK)
        status = db_run(run->db, IMPORT_SET_COUNTS, values, sizeof values / sizeof values[0], NULL, NULL, fault);
    if (status == STATUS_OK)
        import->state = IMPORT_STAGED;
    return status;
}

/* Gives the register back; what was not staged is thrown away. */
static void end(struct run *run)
{
    const struct db_value id = db_integer(run->result->import.id);
    const struct db_value discard[] = {db_integer(IMPORT_DISCARDED), db_instant(now_instant()), id, db_integer(IMPORT_LOADING)};
    struct fault ignored = {0};

    if (run->result->import.id == 0)
        return;
    if (run->result->import.state != IMPORT_STAGED &&
        db_run(run->db, IMPORT_SET_STATE, discard, 4, NULL, NULL, &ignored) != STATUS_OK)
        log_write(LOG_LEVEL_WARNING, "import_left import=%lld why=\"%s\"", (long long)id.integer, ignored.message);
    if (db_run(run->db, REGISTER_RELEASE, &id, 1, NULL, NULL, &ignored) != STATUS_OK)
        log_write(LOG_LEVEL_WARNING, "import_claim_left import=%lld", (long long)id.integer);
}

enum status import_store_read(struct db *db, const struct secrets *secrets, const struct import_source *source,
                              const struct import_options *options, struct import_result *result, struct fault *fault)
{
    struct run *run = calloc(1, sizeof *run);
    char *piece = malloc(PIECE_BYTES);
    size_t mark_bytes = 0;

    if (run == NULL || piece == NULL)
        log_die("no memory for an import");
    assert(secrets->has[SECRET_LOOKUP] && secrets->has[SECRET_STAFF_PUBLIC]);
    *result = (struct import_result){.header = {.twice = CUSTOMER_FIELD__COUNT}};
    run->db = db;
    run->secrets = secrets;
    run->options = options;
    run->result = result;
    run->converter.handle = (iconv_t)-1;
    import_places_init(&run->places);
    enum status status = probe(run, source, piece, &mark_bytes, fault);
    if (status == STATUS_OK)
        status = begin(run, fault);
    if (status == STATUS_OK)
        status = read_all(run, source, piece, mark_bytes, fault);
    if (status == STATUS_OK)
        status = finish(run, fault);
    if (status != STATUS_DUPLICATE)
        end(run);
    if (status == STATUS_ABSENT) { /* refused as a whole, which the result explains */
        result->refusal = result->refusal == IMPORT_TAKEN ? IMPORT_OVERTAKEN : result->refusal;
        status = STATUS_OK;
    }
    encoding_converter_close(&run->converter);
    import_places_release(&run->places);
    import_accounts_release(&run->accounts);
    crypto_wipe(run, sizeof *run);
    free(run);
    free(piece);
    return status;
}
