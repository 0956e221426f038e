/* Cases of the discipline office, opened in memory; and what is appended to them, sealed before it is stored. */
#include "store/discipline_store.h"

#include <assert.h>
#include <string.h>

#include "store/sealed_store.h"

#define WORDS_SHOWN 60 /* characters of a report in a list */
#define ANSWER_BYTES_MAX 8000
#define CASE_BYTES_MAX ((size_t)20 * 1024 * 1024) /* a MEDIUMBLOB, opened */
#define ENTRY_ROOM_BYTES (4 * DISCIPLINE_ENTRY_BYTES_MAX)

static void copy_hash(struct hash *hash, struct bytes bytes)
{
    memset(hash, 0, sizeof *hash);
    if (bytes.length == HASH_BYTES)
        memcpy(hash->bytes, bytes.data, HASH_BYTES);
}

/* The clear bytes in the arena; no data when it does not open. */
static struct bytes unseal(const struct discipline_opened *opened, struct bytes sealed, struct arena *arena)
{
    const size_t overhead = crypto_sealed_bytes(0);

    if (sealed.length < overhead)
        return (struct bytes){NULL, 0};
    uint8_t *clear = arena_take(arena, sealed.length - overhead + 1);
    if (!crypto_unseal(&opened->public_key, &opened->private_key, sealed.data, sealed.length, clear))
        return (struct bytes){NULL, 0};
    return (struct bytes){clear, sealed.length - overhead};
}

static bool open_report(const struct discipline_opened *opened, struct bytes sealed, struct arena *arena,
                        struct sealed_report *report)
{
    const struct bytes clear = unseal(opened, sealed, arena);

    return clear.data != NULL && sealed_report_parse(clear.data, clear.length, report);
}

/* ---- lists */

struct listing {
    const struct discipline_opened *opened;
    struct arena *arena; /* for what stays */
    struct discipline_row *rows;
    size_t count, limit;
    struct discipline_row *current; /* whose entries are being read */
    struct hash previous;           /* mark of its entry before */
};

static const char *beginning(struct arena *arena, const char *words)
{
    const size_t length = text_prefix_bytes(words, WORDS_SHOWN);

    return words[length] == '\0' ? arena_copy_text(arena, words) : arena_format(arena, "%.*s…", (int)length, words);
}

/* One case at a time: its photos come along, and stay no longer than it takes to read its words. */
static enum status take_row(void *context, const struct db_row *row, struct fault *fault)
{
    struct listing *listing = context;
    struct discipline_row *shown = &listing->rows[listing->count];
    struct sealed_report report;
    struct arena arena;

    (void)fault;
    if (listing->count == listing->limit)
        return STATUS_OK;
    *shown = (struct discipline_row){.received_on = db_row_day(row, 2), .source = (int)db_row_integer(row, 1)};
    copy_hash(&shown->lookup, db_row_bytes(row, 0));
    discipline_case_init(&shown->folded);
    shown->words = shown->about = "";
    arena_init(&arena, CASE_BYTES_MAX);
    shown->is_readable = open_report(listing->opened, db_row_bytes(row, 3), &arena, &report) &&
                         strlen(report.number) == SEALED_NUMBER_BYTES - 1;
    if (shown->is_readable) {
        shown->received_at = report.received_at;
        memcpy(shown->number, report.number, SEALED_NUMBER_BYTES);
        shown->words = beginning(listing->arena, report.words);
        shown->about = beginning(listing->arena, report.about);
        shown->photo_count = report.photo_count;
    }
    arena_release(&arena);
    listing->count++;
    return STATUS_OK;
}

static struct discipline_row *find_row(struct listing *listing, const struct hash *lookup)
{
    for (size_t i = 0; i < listing->count; i++)
        if (memcmp(listing->rows[i].lookup.bytes, lookup->bytes, HASH_BYTES) == 0)
            return &listing->rows[i];
    return NULL;
}

/* The next entry in its place; false when it is not what the office wrote there. */
static bool take_entry(const struct discipline_opened *opened, struct discipline_case *folded, const struct hash *lookup,
                       struct hash *previous, int64_t no, struct bytes sealed, struct arena *arena,
                       struct discipline_entry *entry)
{
    const struct discipline_place place = {*lookup, folded->version, *previous};
    const struct bytes clear = no == folded->version ? unseal(opened, sealed, arena) : (struct bytes){NULL, 0};

    if (clear.data == NULL || !discipline_entry_parse(clear.data, clear.length, &place, &opened->mark_key, entry))
        return false;
    *previous = entry->mark;
    discipline_case_add(folded, entry);
    return true;
}

static enum status take_entry_row(void *context, const struct db_row *row, struct fault *fault)
{
    struct listing *listing = context;
    struct discipline_entry entry;
    struct hash lookup;
    struct arena arena;

    (void)fault;
    copy_hash(&lookup, db_row_bytes(row, 0));
    struct discipline_row *shown = find_row(listing, &lookup);
    if (shown == NULL || shown->is_damaged)
        return STATUS_OK;
    if (shown != listing->current) {
        listing->current = shown;
        memset(&listing->previous, 0, sizeof listing->previous);
    }
    arena_init(&arena, ENTRY_ROOM_BYTES);
    shown->is_damaged = !take_entry(listing->opened, &shown->folded, &lookup, &listing->previous, db_row_integer(row, 1),
                                    db_row_bytes(row, 2), &arena, &entry);
    arena_release(&arena);
    return STATUS_OK;
}

enum status discipline_store_list(struct db *db, const struct discipline_opened *opened, const struct discipline_row *from,
                                  size_t limit, struct instant now, struct arena *arena, struct discipline_row **rows,
                                  size_t *count, struct fault *fault)
{
    struct listing listing = {.opened = opened, .arena = arena, .limit = limit};
    struct day last = day_of(now, 0);
    struct hash below;

    last.number += 2; /* later than any zone's today */
    memset(below.bytes, 0xFF, HASH_BYTES);
    if (from != NULL) {
        last = from->received_on;
        below = from->lookup;
    }
    const struct db_value values[] = {db_day(last), db_day(last), db_bytes(below.bytes, HASH_BYTES),
                                      db_integer((int64_t)limit)};
    listing.rows = arena_take_array(arena, limit, sizeof *listing.rows);
    enum status status = db_stream(db, SEALED_CASE_LIST, values, 4, take_row, &listing, fault);
    if (status == STATUS_OK)
        status = db_stream(db, SEALED_ENTRY_LIST_BY_PAGE, values, 4, take_entry_row, &listing, fault);
    *rows = listing.rows;
    *count = listing.count;
    return status;
}

/* ---- one case */

static enum status load_photos(struct db *db, const struct db_value *lookup, struct arena *arena,
                               struct discipline_file *file, struct fault *fault)
{
    struct db_row *rows;
    const enum status status =
        db_query(db, SEALED_PHOTO_LIST, lookup, 1, arena, &rows, &file->more_photo_count, fault);

    if (status != STATUS_OK)
        return status;
    file->more_photos = arena_take_array(arena, file->more_photo_count + 1, sizeof *file->more_photos);
    for (size_t i = 0; i < file->more_photo_count; i++)
        file->more_photos[i] = (int)db_row_integer(&rows[i], 0);
    return STATUS_OK;
}

static enum status load_entries(struct db *db, const struct discipline_opened *opened, const struct db_value *lookup,
                                struct arena *arena, struct discipline_file *file, struct fault *fault)
{
    struct hash previous = {{0}};
    struct db_row *rows;
    size_t count;
    const enum status status = db_query(db, SEALED_ENTRY_LIST, lookup, 1, arena, &rows, &count, fault);

    if (status != STATUS_OK)
        return status;
    file->entries = arena_take_array(arena, count + 1, sizeof *file->entries);
    discipline_case_init(&file->folded);
    for (size_t i = 0; i < count && !file->is_damaged; i++) {
        file->is_damaged = !take_entry(opened, &file->folded, &file->lookup, &previous, db_row_integer(&rows[i], 0),
                                       db_row_bytes(&rows[i], 1), arena, &file->entries[i]);
        if (!file->is_damaged)
            file->entry_count++;
    }
    return STATUS_OK;
}

enum status discipline_store_load(struct db *db, const struct discipline_opened *opened, const struct hash *lookup,
                                  struct arena *arena, struct discipline_file *file, struct fault *fault)
{
    const struct db_value value = db_bytes(lookup->bytes, HASH_BYTES);
    struct db_row row;
    enum status status = db_query_one(db, SEALED_CASE_FIND, &value, 1, arena, &row, fault);

    if (status != STATUS_OK)
        return status;
    *file = (struct discipline_file){
        .lookup = *lookup, .source = (int)db_row_integer(&row, 0), .received_on = db_row_day(&row, 1)};
    if (!open_report(opened, db_row_bytes(&row, 2), arena, &file->report) ||
        strlen(file->report.number) != SEALED_NUMBER_BYTES - 1)
        return FAULT(fault, STATUS_FAILED, "a case does not open with the office's key");
    status = load_photos(db, &value, arena, file, fault);
    return status == STATUS_OK ? load_entries(db, opened, &value, arena, file, fault) : status;
}

enum status discipline_store_photo(struct db *db, const struct discipline_opened *opened, const struct hash *lookup, int no,
                                   struct arena *arena, struct bytes *jpeg, struct fault *fault)
{
    const struct db_value values[] = {db_bytes(lookup->bytes, HASH_BYTES), db_integer(no)};
    struct db_row row;
    const enum status status = db_query_one(db, SEALED_PHOTO_FIND, values, 2, arena, &row, fault);

    if (status != STATUS_OK)
        return status;
    *jpeg = unseal(opened, db_row_bytes(&row, 0), arena);
    return jpeg->data != NULL ? STATUS_OK : FAULT(fault, STATUS_FAILED, "a photo does not open with the office's key");
}

/* ---- appending */

struct append_work {
    struct discipline_append *append;
    struct bytes sealed, answer; /* answer: no data without */
};

static enum status append_work(struct db *db, void *context, struct fault *fault)
{
    const struct append_work *work = context;
    const struct discipline_append *append = work->append;
    const struct discipline_file *file = append->file;
    const struct db_value values[] = {
        db_bytes(file->lookup.bytes, HASH_BYTES), db_integer(file->folded.version), db_bytes(append->form_key, 16),
        db_bytes(work->sealed.data, work->sealed.length),
    };
    const struct db_value answer[] = {values[0], db_bytes(work->answer.data, work->answer.length), db_day(append->today)};
    const enum status status = db_run(db, SEALED_ENTRY_INSERT, values, 4, NULL, NULL, fault);

    if (status != STATUS_OK || work->answer.data == NULL)
        return status;
    return db_run(db, SEALED_ANSWER_SAVE, answer, 3, NULL, NULL, fault);
}

enum status discipline_store_find_key(struct db *db, const uint8_t *form_key, struct arena *arena, struct fault *fault)
{
    const struct db_value value = db_bytes(form_key, 16);
    struct db_row row;

    return db_query_one(db, SEALED_ENTRY_FIND_BY_KEY, &value, 1, arena, &row, fault);
}

/* The place is taken: by this very form, sent twice, or by somebody else's entry. */
static enum status explain_taken(struct db *db, const struct discipline_append *append, struct arena *arena,
                                 struct fault *fault)
{
    const enum status status = discipline_store_find_key(db, append->form_key, arena, fault);

    if (status == STATUS_OK)
        return STATUS_DUPLICATE;
    return status == STATUS_ABSENT ? STATUS_CONFLICT : status;
}

static struct bytes seal_entry(struct discipline_append *append, struct arena *arena)
{
    const struct discipline_file *file = append->file;
    struct discipline_place place = {.lookup = file->lookup, .no = file->folded.version};
    const size_t length = discipline_entry_bytes(append->entry);
    uint8_t *clear = arena_take(arena, length), *sealed = arena_take(arena, crypto_sealed_bytes(length));

    if (file->entry_count > 0)
        place.previous = file->entries[file->entry_count - 1].mark;
    discipline_entry_format(append->entry, &place, &append->opened->mark_key, clear);
    crypto_seal(&append->opened->public_key, clear, length, sealed);
    crypto_wipe(clear, length);
    return (struct bytes){sealed, crypto_sealed_bytes(length)};
}

enum status discipline_store_append(struct db *db, struct discipline_append *append, struct arena *arena,
                                    struct fault *fault)
{
    struct append_work work = {.append = append, .sealed = seal_entry(append, arena)};
    struct fault inner = {0};

    assert(!append->file->is_damaged);
    if (append->entry->kind == DISCIPLINE_ANSWER)
        work.answer = sealed_answer_box(append->secrets, append->file->report.number, append->entry->words, arena);
    assert(work.answer.length <= ANSWER_BYTES_MAX);
    const enum status status = db_transact(db, append_work, &work, &inner);
    if (status == STATUS_DUPLICATE)
        return explain_taken(db, append, arena, fault);
    if (status != STATUS_OK && fault->file == NULL)
        *fault = inner;
    return status;
}

enum status discipline_store_clause(struct db *db, int32_t id, struct instant at, struct arena *arena,
                                    struct discipline_clause *clause, struct fault *fault)
{
    const struct db_value values[] = {db_integer(id), db_instant(at), db_instant(at)};
    struct db_row row;
    const enum status status = db_query_one(db, PENALTY_CLAUSE_FIND, values, 3, arena, &row, fault);

    if (status == STATUS_OK)
        *clause = (struct discipline_clause){
            .id = (int32_t)db_row_integer(&row, 0),      .article = db_row_text(&row, 1),
            .leader_fen = db_row_integer(&row, 2),       .person_fen = db_row_integer(&row, 3),
            .is_circular = db_row_integer(&row, 4) != 0, .text_zh = db_row_text(&row, 5),
            .text_en = db_row_text(&row, 6),
        };
    return status;
}
