/*
 * What the discipline office writes about a case (Arts. 5, 32(1), 35), and what may be written when. Every entry is sealed to the
 * office's key before it is stored; its author and its time stand inside. Entries are appended and never changed. Each holds the
 * mark of the one before it and a mark of its own under a key that only the opened private key gives: one that somebody else
 * sealed to the public key, took out or moved elsewhere shows. Pure.
 */
#ifndef CORE_DISCIPLINE_H
#define CORE_DISCIPLINE_H

#include "base/crypto.h"
#include "base/text.h"
#include "base/time.h"
#include "core/ids.h"
#include "core/verdict.h"

/* Stored: append only. */
enum discipline_kind {
    DISCIPLINE_NONE,
    DISCIPLINE_STEP,    /* what was done: taken up, asked, looked at */
    DISCIPLINE_FINDING, /* what came out */
    DISCIPLINE_OUTCOME, /* what follows from it, by a clause */
    DISCIPLINE_ANSWER,  /* what the reporter may read */
    DISCIPLINE_CLOSE,
    DISCIPLINE_REOPEN,
    DISCIPLINE_KIND__COUNT
};
enum discipline_finding {
    FINDING_NONE,
    FINDING_CONFIRMED,
    FINDING_PARTLY,
    FINDING_UNFOUNDED,
    FINDING_UNCLEAR, /* cannot be cleared up */
    DISCIPLINE_FINDING__COUNT
};
/* By gravity (Art. 32); a breach of Art. 35 ends the contract. */
enum discipline_measure {
    MEASURE_NONE,
    MEASURE_FIXED_ONLY, /* the fixed amounts alone */
    MEASURE_TRANSFER,
    MEASURE_SUSPENSION,
    MEASURE_DISMISSAL,
    DISCIPLINE_MEASURE__COUNT
};
enum discipline_state { DISCIPLINE_NEW, DISCIPLINE_IN_HAND, DISCIPLINE_FOUND, DISCIPLINE_CLOSED, DISCIPLINE_STATE__COUNT };

#define DISCIPLINE_CLAUSE_OFFICE 3201 /* Art. 32(1), as the catalogue numbers it */
#define DISCIPLINE_CLAUSE_GAIN 3500   /* Art. 35 */
#define DISCIPLINE_ENTRIES_MAX 200    /* of one case */
#define DISCIPLINE_ENTRY_BLOCK_BYTES ((size_t)1024) /* clear bytes are padded to whole blocks */
#define DISCIPLINE_ENTRY_BYTES_MAX ((size_t)32 * 1024)
#define DISCIPLINE_AMOUNT_MAX_FEN INT64_C(100000000000)

/* Texts are "" where nothing was given. */
struct discipline_entry {
    enum discipline_kind kind;
    struct instant at;
    struct staff_id author;
    const char *author_name;
    const char *words;
    enum discipline_finding finding; /* of a finding */
    /* Of an outcome. The amounts are copied from the catalogue as it was in force on the day of the report. */
    int32_t clause;
    const char *article; /* "32(1)" */
    const char *person;  /* whom it concerns */
    const char *leader;  /* the person's direct leader */
    int64_t leader_fen, person_fen, repay_fen;
    bool is_circular, is_prosecuted;
    enum discipline_measure measure;
    struct hash mark; /* of this entry, under the office's key */
};

/* A row of the penalty catalogue that only the discipline office uses. */
struct discipline_clause {
    int32_t id;
    const char *article;
    int64_t leader_fen, person_fen;
    bool is_circular;
    const char *text_zh, *text_en;
};

/* Where a case stands after its entries. */
struct discipline_case {
    enum discipline_state state;
    uint32_t version; /* 1: the report alone */
    enum discipline_finding finding;
    bool is_answered, has_outcome;
};
void discipline_case_init(struct discipline_case *folded);
void discipline_case_add(struct discipline_case *folded, const struct discipline_entry *entry);

/*
 * Whether an entry of this kind may be written now. VERDICT_WRONG_STATE; VERDICT_NEEDS_REVIEW: an outcome or a close before any
 * finding; VERDICT_NOT_NEEDED: an outcome although the finding confirms nothing.
 */
enum verdict discipline_permits(const struct discipline_case *folded, enum discipline_kind kind);

/*
 * Decides an entry as it was filled in. clause: as the catalogue had it on the day of the report, NULL when it was not in force
 * then (VERDICT_NOT_COVERED). An outcome takes its fixed amounts from it (Arts. 32, 35).
 * VERDICT_STALE        the case went on since version `seen`
 * VERDICT_NEEDS_TEXT   no words
 * VERDICT_NEEDS_UNIT   an outcome that names nobody
 * VERDICT_BAD_VALUE    a measure that the clause does not have, or an amount out of range
 */
enum verdict discipline_decide(const struct discipline_case *folded, uint32_t seen, const struct discipline_clause *clause,
                               struct discipline_entry *entry);

/* Length of the clear bytes, padding included. */
size_t discipline_entry_bytes(const struct discipline_entry *entry);
/*
 * Sets entry->mark and writes the bytes. key: discipline_mark_key. place: of the case and the number of this entry; previous: mark of
 * the entry before, zeros before the first. bytes: discipline_entry_bytes(entry)
 */
struct discipline_place {
    struct hash lookup; /* the case */
    uint32_t no;        /* 1, 2, … */
    struct hash previous;
};
void discipline_entry_format(struct discipline_entry *entry, const struct discipline_place *place, const struct key *key,
                             uint8_t *bytes);
/* The reverse; texts point into `bytes`. False for bytes that format would not have written at this place with this key. */
bool discipline_entry_parse(const uint8_t *bytes, size_t length, const struct discipline_place *place, const struct key *key,
                            struct discipline_entry *entry) MUST_USE;

/* The key of the marks, from the office's private key. */
struct key discipline_mark_key(const struct key *private_key);

const char *discipline_kind_name(enum discipline_kind kind);
const char *discipline_state_name(enum discipline_state state);

#endif
