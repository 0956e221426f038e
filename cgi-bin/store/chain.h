/* Sealing event chains: MACs with the key that clerk alone holds. For clerk's parts of store and for verify. */
#ifndef STORE_CHAIN_H
#define STORE_CHAIN_H

#include "core/event.h"
#include "store/db.h"

/* MAC of a stream's head. */
struct hash chain_head_mac(const struct key *key, enum subject_kind subject, int64_t subject_id, int64_t seq,
                           const struct hash *hash);

/* One more head into a day's digest; begin with the digest of the day before (zeros on the first day). */
struct hash chain_digest_step(const struct hash *digest, enum subject_kind subject, int64_t subject_id, int64_t seq,
                              const struct hash *hash);
struct hash chain_digest_mac(const struct key *key, struct day day, int64_t head_count, const struct hash *digest);

/* An event row of EVENT_LIST_AFTER_SEQ or EVENT_LIST_BY_SUBJECT without its payload's fields. */
void chain_event_read(struct event *event, enum subject_kind subject, int64_t subject_id, const struct db_row *row);

/*
 * Whether the row follows on `previous` and its hash is right; then `previous` becomes its hash. Row as above, columns 7
 * payload, 8 previous hash, 9 hash.
 */
bool chain_follows(const struct event *event, const struct db_row *row, struct hash *previous) MUST_USE;

/*
 * Digest over the last event of every stream before the end of a (UTC) day, in the order of subjects, streamed in pages.
 * digest: in, of the day before; out, of this day.
 */
enum status chain_digest_day(struct db *db, struct day day, struct hash *digest, int64_t *head_count,
                             struct fault *fault) MUST_USE;

#endif
