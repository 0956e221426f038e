#include "complaint/draft.h"

#include <string.h>

#include "base/random.h"

#define DRAFT_FORMAT 1
#define DRAFT_BYTES_MAX 7000 /* all fields at their longest fit well */

/* The texts of a draft in the order they are written. */
#define DRAFT_TEXTS(draft)                                                                                             \
    {                                                                                                                  \
        &(draft)->category, &(draft)->place, &(draft)->address, &(draft)->account, &(draft)->words, &(draft)->phone,   \
            &(draft)->name                                                                                             \
    }
#define DRAFT_TEXT_COUNT 7

static const char *const noticed_names[NOTICED__COUNT] = {"", "now", "today", "yesterday", "earlier"};

const char *noticed_name(enum noticed noticed)
{
    return noticed_names[noticed];
}

enum noticed noticed_find(const char *name)
{
    for (int i = NOTICED_NOW; i < NOTICED__COUNT; i++)
        if (text_is_equal(noticed_names[i], name))
            return (enum noticed)i;
    return NOTICED_NONE;
}

static void clear(struct draft *draft)
{
    const char **texts[DRAFT_TEXT_COUNT] = DRAFT_TEXTS(draft);

    *draft = (struct draft){.group = GROUP_STAFF};
    for (int i = 0; i < DRAFT_TEXT_COUNT; i++)
        *texts[i] = "";
}

void draft_init(struct draft *draft)
{
    clear(draft);
    random_bytes(draft->id, sizeof draft->id);
    text_format_hex(draft->id, sizeof draft->id, draft->id_text);
}

/* ---- keys */

static struct hash draft_hash(const struct request *request, const uint8_t id[DRAFT_ID_BYTES], const char *purpose)
{
    struct bytes piece = {id, DRAFT_ID_BYTES};

    return crypto_keyed_hash(&request->visitor, purpose, &piece, 1);
}

static struct key draft_box_key(const struct request *request, const uint8_t id[DRAFT_ID_BYTES])
{
    struct hash hash = draft_hash(request, id, "draft box");
    struct key key;

    memcpy(key.bytes, hash.bytes, sizeof key.bytes);
    return key;
}

struct hash draft_token(const struct request *request, const uint8_t id[DRAFT_ID_BYTES])
{
    return draft_hash(request, id, "draft row");
}

void draft_filing_key(const struct request *request, const uint8_t id[DRAFT_ID_BYTES], uint8_t key[ACTION_KEY_BYTES])
{
    struct hash hash = draft_hash(request, id, "filing");

    memcpy(key, hash.bytes, ACTION_KEY_BYTES);
}

/* ---- bytes: format, group, noticed, contact, then each text as length (two bytes, low first) and bytes */

static size_t encode(const struct draft *draft, uint8_t bytes[DRAFT_BYTES_MAX])
{
    struct draft copy = *draft;
    const char **texts[DRAFT_TEXT_COUNT] = DRAFT_TEXTS(&copy);
    size_t length = 0;

    bytes[length++] = DRAFT_FORMAT;
    bytes[length++] = (uint8_t)draft->group;
    bytes[length++] = (uint8_t)draft->noticed;
    bytes[length++] = draft->is_contact_given;
    for (int i = 0; i < DRAFT_TEXT_COUNT; i++) {
        size_t text_length = strlen(*texts[i]);
        if (length + 2 + text_length > DRAFT_BYTES_MAX)
            return 0;
        bytes[length++] = (uint8_t)(text_length & 0xff);
        bytes[length++] = (uint8_t)(text_length >> 8);
        memcpy(bytes + length, *texts[i], text_length);
        length += text_length;
    }
    return length;
}

static bool decode(struct draft *draft, const uint8_t *bytes, size_t length, struct arena *arena)
{
    const char **texts[DRAFT_TEXT_COUNT] = DRAFT_TEXTS(draft);
    size_t at = 4;

    if (length < at || bytes[0] != DRAFT_FORMAT || bytes[1] >= CATEGORY_GROUP__COUNT || bytes[2] >= NOTICED__COUNT)
        return false;
    draft->group = (enum category_group)bytes[1];
    draft->noticed = (enum noticed)bytes[2];
    draft->is_contact_given = bytes[3] != 0;
    for (int i = 0; i < DRAFT_TEXT_COUNT; i++) {
        if (length - at < 2)
            return false;
        size_t text_length = bytes[at] | (size_t)bytes[at + 1] << 8;
        at += 2;
        if (length - at < text_length || !text_is_utf8((const char *)bytes + at, text_length))
            return false;
        *texts[i] = arena_copy(arena, (const char *)bytes + at, text_length);
        at += text_length;
    }
    return at == length;
}

/* ---- store */

enum status draft_load(struct request *request, struct draft *draft, bool *has_id)
{
    const struct form_item *item = form_find(&request->query, "d");
    struct bytes boxed;

    clear(draft);
    *has_id = item != NULL && text_parse_hex(item->value, draft->id, sizeof draft->id);
    if (!*has_id)
        return STATUS_ABSENT;
    text_format_hex(draft->id, sizeof draft->id, draft->id_text);
    struct draft empty = *draft;
    struct hash token = draft_token(request, draft->id);
    struct instant not_before =
        instant_add_seconds(request->now, -(int64_t)request->app->settings.draft_hours * HOUR_SECONDS);
    enum status status = draft_store_load(complaint_of(request)->db, &token, not_before, request->arena, &boxed,
                                          &draft->photo_count, &request->fault);
    if (status != STATUS_OK)
        return status;
    struct key key = draft_box_key(request, draft->id);
    size_t overhead = crypto_boxed_bytes(0);
    if (boxed.length < overhead)
        return STATUS_ABSENT;
    uint8_t *clear_bytes = arena_take(request->arena, boxed.length);
    if (!crypto_unbox(&key, boxed.data, boxed.length, clear_bytes) ||
        !decode(draft, clear_bytes, boxed.length - overhead, request->arena)) {
        *draft = empty;
        return STATUS_ABSENT;
    }
    return STATUS_OK;
}

enum status draft_save(struct request *request, const struct draft *draft)
{
    uint8_t *clear_bytes = arena_take(request->arena, DRAFT_BYTES_MAX);
    size_t length = encode(draft, clear_bytes);

    if (length == 0)
        return FAULT(&request->fault, STATUS_FAILED, "a draft is longer than its fields can be");
    struct key key = draft_box_key(request, draft->id);
    struct hash token = draft_token(request, draft->id);
    size_t boxed_length = crypto_boxed_bytes(length);
    uint8_t *boxed = arena_take(request->arena, boxed_length);
    crypto_enbox(&key, clear_bytes, length, boxed);
    return draft_store_save(complaint_of(request)->db, &token, (struct bytes){boxed, boxed_length}, request->now,
                            &request->fault);
}

/* ---- pages */


enum status draft_show_lost(struct request *request, struct response *response)
{
    struct view *view = page_begin(request, "complaint/lost");
    const char *hours = words_duration(request->arena, request->language,
                                       (int64_t)request->app->settings.draft_hours * HOUR_SECONDS);

    view_words(view, "Page.title", "complaint.lost.title");
    view_text(view, "Lost.text", words_fill(request->arena, request->language, "complaint.lost.text", &hours, 1));
    return page_end(view, response, 404);
}

void draft_show(const struct draft *draft, struct view *view)
{
    view_text(view, "Draft.id", draft->id_text);
    view_text(view, "Draft.group", category_group_name(draft->group));
}
