/* What the pages that do one thing with a ticket have in common. */
#include <string.h>

#include "ticket/related.h"

void part_key(const uint8_t key[ACTION_KEY_BYTES], const char *word, uint8_t made[ACTION_KEY_BYTES])
{
    const struct bytes pieces[] = {{key, ACTION_KEY_BYTES}, {(const uint8_t *)word, strlen(word)}};
    const struct hash hash = crypto_hash_pieces(pieces, 2);

    memcpy(made, hash.bytes, ACTION_KEY_BYTES);
}

int part_code(enum verdict verdict)
{
    if (verdict == VERDICT_STALE)
        return 409;
    return verdict == VERDICT_WRONG_ROLE || verdict == VERDICT_WRONG_UNIT ? 403 : 422;
}

struct view *part_begin(struct request *request, const char *name, const char *title_key, const struct ticket_file *file,
                        uint32_t seen_version, enum verdict verdict)
{
    struct view *page = page_begin(request, name);

    view_words(page, "Page.title", title_key);
    view_words(page, "title", title_key);
    show_facts(page, request, file);
    view_number(page, "version", file->ticket.version);
    if (verdict != VERDICT_OK)
        view_text(page, "verdict", desk_words(request, "verdict", verdict_name(verdict)));
    view_flag(page, "is_conflict", verdict == VERDICT_STALE);
    if (verdict == VERDICT_STALE)
        show_timeline(page, request, file, seen_version);
    return page;
}
