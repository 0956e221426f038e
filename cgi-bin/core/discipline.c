#include "core/discipline.h"

#include <assert.h>
#include <string.h>

#include "core/codec.h"

#define MAGIC "SND1"
#define MAGIC_BYTES 4
#define TEXT_COUNT 5
#define FIXED_BYTES_MAX (MAGIC_BYTES + HASH_BYTES + 16 * CODEC_NUMBER_BYTES_MAX)

/* ---- where a case stands */

void discipline_case_init(struct discipline_case *folded) { *folded = (struct discipline_case){.version = 1}; }

void discipline_case_add(struct discipline_case *folded, const struct discipline_entry *entry)
{
    folded->version++;
    switch (entry->kind) {
    case DISCIPLINE_STEP:
        if (folded->state == DISCIPLINE_NEW)
            folded->state = DISCIPLINE_IN_HAND;
        return;
    case DISCIPLINE_FINDING:
        folded->state = DISCIPLINE_FOUND;
        folded->finding = entry->finding;
        return;
    case DISCIPLINE_OUTCOME:
        folded->has_outcome = true;
        return;
    case DISCIPLINE_ANSWER:
        folded->is_answered = true;
        return;
    case DISCIPLINE_CLOSE:
        folded->state = DISCIPLINE_CLOSED;
        return;
    case DISCIPLINE_REOPEN:
        folded->state = DISCIPLINE_IN_HAND;
        return;
    case DISCIPLINE_NONE:
    case DISCIPLINE_KIND__COUNT:
        break;
    }
    assert(false);
}

static bool is_confirmed(enum discipline_finding finding)
{
    return finding == FINDING_CONFIRMED || finding == FINDING_PARTLY;
}

enum verdict discipline_permits(const struct discipline_case *folded, enum discipline_kind kind)
{
    const bool is_closed = folded->state == DISCIPLINE_CLOSED;

    if (folded->version > DISCIPLINE_ENTRIES_MAX)
        return VERDICT_TOO_MANY;
    switch (kind) {
    case DISCIPLINE_STEP:
    case DISCIPLINE_FINDING:
    case DISCIPLINE_ANSWER:
        return is_closed ? VERDICT_WRONG_STATE : VERDICT_OK;
    case DISCIPLINE_OUTCOME:
        if (is_closed)
            return VERDICT_WRONG_STATE;
        if (folded->finding == FINDING_NONE)
            return VERDICT_NEEDS_REVIEW;
        return is_confirmed(folded->finding) ? VERDICT_OK : VERDICT_NOT_NEEDED;
    case DISCIPLINE_CLOSE:
        if (is_closed)
            return VERDICT_WRONG_STATE;
        return folded->finding == FINDING_NONE ? VERDICT_NEEDS_REVIEW : VERDICT_OK;
    case DISCIPLINE_REOPEN:
        return is_closed ? VERDICT_OK : VERDICT_WRONG_STATE;
    case DISCIPLINE_NONE:
    case DISCIPLINE_KIND__COUNT:
        break;
    }
    return VERDICT_WRONG_STATE;
}

/* The amounts of Art. 32 are fixed, and Art. 35 ends the contract: nobody can choose otherwise. */
static enum verdict decide_outcome(const struct discipline_clause *clause, struct discipline_entry *entry)
{
    if (clause == NULL)
        return VERDICT_NOT_COVERED;
    if (entry->person[0] == '\0')
        return VERDICT_NEEDS_UNIT;
    if (entry->measure <= MEASURE_NONE || entry->measure >= DISCIPLINE_MEASURE__COUNT || entry->repay_fen < 0 ||
        entry->repay_fen > DISCIPLINE_AMOUNT_MAX_FEN)
        return VERDICT_BAD_VALUE;
    if (clause->id == DISCIPLINE_CLAUSE_GAIN && entry->measure != MEASURE_DISMISSAL)
        return VERDICT_BAD_VALUE;
    entry->clause = clause->id;
    entry->article = clause->article;
    entry->leader_fen = clause->leader_fen;
    entry->person_fen = clause->person_fen;
    entry->is_circular = clause->is_circular;
    return VERDICT_OK;
}

enum verdict discipline_decide(const struct discipline_case *folded, uint32_t seen, const struct discipline_clause *clause,
                               struct discipline_entry *entry)
{
    if (seen != folded->version)
        return VERDICT_STALE;
    const enum verdict permitted = discipline_permits(folded, entry->kind);
    if (permitted != VERDICT_OK)
        return permitted;
    if (entry->words[0] == '\0')
        return VERDICT_NEEDS_TEXT;
    if (entry->kind == DISCIPLINE_FINDING && (entry->finding <= FINDING_NONE || entry->finding >= DISCIPLINE_FINDING__COUNT))
        return VERDICT_BAD_VALUE;
    return entry->kind == DISCIPLINE_OUTCOME ? decide_outcome(clause, entry) : VERDICT_OK;
}

/* ---- bytes */

static void texts_of(const struct discipline_entry *entry, const char *texts[TEXT_COUNT])
{
    const char *const given[TEXT_COUNT] = {entry->author_name, entry->words, entry->article, entry->person, entry->leader};

    for (size_t i = 0; i < TEXT_COUNT; i++)
        texts[i] = given[i] != NULL ? given[i] : "";
}

size_t discipline_entry_bytes(const struct discipline_entry *entry)
{
    const char *texts[TEXT_COUNT];
    size_t bytes = FIXED_BYTES_MAX;

    texts_of(entry, texts);
    for (size_t i = 0; i < TEXT_COUNT; i++)
        bytes += CODEC_NUMBER_BYTES_MAX + strlen(texts[i]) + 1;
    return (bytes + DISCIPLINE_ENTRY_BLOCK_BYTES - 1) / DISCIPLINE_ENTRY_BLOCK_BYTES * DISCIPLINE_ENTRY_BLOCK_BYTES;
}

static struct hash mark_of(const struct discipline_place *place, const struct key *key, const uint8_t *content, size_t length)
{
    const uint8_t no[4] = {(uint8_t)(place->no >> 24), (uint8_t)(place->no >> 16), (uint8_t)(place->no >> 8),
                           (uint8_t)place->no};
    const struct bytes pieces[] = {
        {place->lookup.bytes, HASH_BYTES}, {no, sizeof no}, {place->previous.bytes, HASH_BYTES}, {content, length}};

    return crypto_keyed_hash(key, "discipline entry", pieces, sizeof pieces / sizeof pieces[0]);
}

static void write_content(struct codec_writer *writer, const struct discipline_entry *entry)
{
    const char *texts[TEXT_COUNT];

    texts_of(entry, texts);
    codec_write_number(writer, (int64_t)entry->kind);
    codec_write_number(writer, entry->at.milliseconds);
    codec_write_number(writer, entry->author.v);
    codec_write_number(writer, (int64_t)entry->finding);
    codec_write_number(writer, entry->clause);
    codec_write_number(writer, entry->leader_fen);
    codec_write_number(writer, entry->person_fen);
    codec_write_number(writer, entry->repay_fen);
    codec_write_number(writer, entry->is_circular);
    codec_write_number(writer, entry->is_prosecuted);
    codec_write_number(writer, (int64_t)entry->measure);
    for (size_t i = 0; i < TEXT_COUNT; i++) {
        codec_write_number(writer, (int64_t)strlen(texts[i]));
        codec_write_bytes(writer, texts[i], strlen(texts[i]) + 1);
    }
}

void discipline_entry_format(struct discipline_entry *entry, const struct discipline_place *place, const struct key *key,
                             uint8_t *bytes)
{
    const size_t length = discipline_entry_bytes(entry), head = MAGIC_BYTES + HASH_BYTES;
    struct codec_writer writer = {bytes + head, length - head, 0};

    memset(bytes, 0, length);
    memcpy(bytes, MAGIC, MAGIC_BYTES);
    write_content(&writer, entry);
    entry->mark = mark_of(place, key, bytes + head, length - head);
    memcpy(bytes + MAGIC_BYTES, entry->mark.bytes, HASH_BYTES);
}

static const char *read_text(struct codec_reader *reader)
{
    const int64_t length = codec_read_number_within(reader, 0, (int64_t)DISCIPLINE_ENTRY_BYTES_MAX);
    const size_t at = reader->at;

    if (reader->is_bad || reader->length - at < (size_t)length + 1 || reader->bytes[at + (size_t)length] != '\0' ||
        !text_is_utf8((const char *)reader->bytes + at, (size_t)length)) {
        reader->is_bad = true;
        return "";
    }
    reader->at += (size_t)length + 1;
    return (const char *)reader->bytes + at;
}

static void read_content(struct codec_reader *reader, struct discipline_entry *entry)
{
    entry->kind = (enum discipline_kind)codec_read_enum(reader, DISCIPLINE_KIND__COUNT);
    entry->at = (struct instant){codec_read_number(reader)};
    entry->author = (struct staff_id){(int32_t)codec_read_number_within(reader, 0, INT32_MAX)};
    entry->finding = (enum discipline_finding)codec_read_enum(reader, DISCIPLINE_FINDING__COUNT);
    entry->clause = (int32_t)codec_read_number_within(reader, 0, INT32_MAX);
    entry->leader_fen = codec_read_number(reader);
    entry->person_fen = codec_read_number(reader);
    entry->repay_fen = codec_read_number(reader);
    entry->is_circular = codec_read_enum(reader, 2) != 0;
    entry->is_prosecuted = codec_read_enum(reader, 2) != 0;
    entry->measure = (enum discipline_measure)codec_read_enum(reader, DISCIPLINE_MEASURE__COUNT);
    entry->author_name = read_text(reader);
    entry->words = read_text(reader);
    entry->article = read_text(reader);
    entry->person = read_text(reader);
    entry->leader = read_text(reader);
}

bool discipline_entry_parse(const uint8_t *bytes, size_t length, const struct discipline_place *place, const struct key *key,
                            struct discipline_entry *entry)
{
    const size_t head = MAGIC_BYTES + HASH_BYTES;

    memset(entry, 0, sizeof *entry);
    if (length < head || length % DISCIPLINE_ENTRY_BLOCK_BYTES != 0 || memcmp(bytes, MAGIC, MAGIC_BYTES) != 0)
        return false;
    const struct hash right = mark_of(place, key, bytes + head, length - head);
    if (!crypto_is_equal(right.bytes, bytes + MAGIC_BYTES, HASH_BYTES))
        return false;
    struct codec_reader reader = {bytes + head, length - head, 0, false};
    read_content(&reader, entry);
    entry->mark = right;
    return !reader.is_bad && entry->kind != DISCIPLINE_NONE;
}

struct key discipline_mark_key(const struct key *private_key)
{
    const struct hash derived = crypto_keyed_hash(private_key, "discipline mark key", NULL, 0);
    struct key key;

    memcpy(key.bytes, derived.bytes, KEY_BYTES);
    return key;
}

/* ---- names */

const char *discipline_kind_name(enum discipline_kind kind)
{
    static const char *const names[DISCIPLINE_KIND__COUNT] = {
        [DISCIPLINE_NONE] = "none",     [DISCIPLINE_STEP] = "step",   [DISCIPLINE_FINDING] = "finding",
        [DISCIPLINE_OUTCOME] = "outcome", [DISCIPLINE_ANSWER] = "answer", [DISCIPLINE_CLOSE] = "close",
        [DISCIPLINE_REOPEN] = "reopen",
    };

    assert((unsigned)kind < DISCIPLINE_KIND__COUNT);
    return names[kind];
}

const char *discipline_state_name(enum discipline_state state)
{
    static const char *const names[DISCIPLINE_STATE__COUNT] = {
        [DISCIPLINE_NEW] = "new", [DISCIPLINE_IN_HAND] = "in_hand", [DISCIPLINE_FOUND] = "found", [DISCIPLINE_CLOSED] = "closed",
    };

    assert((unsigned)state < DISCIPLINE_STATE__COUNT);
    return names[state];
}
