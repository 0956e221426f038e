#include <string.h>

#include "admin/admin.h"
#include "base/crypto.h"
#include "web/page.h"

struct admin *admin_of(const struct request *request) { return request->context; }

const char *admin_unit_name(const struct request *request, struct unit_id unit)
{
    const struct unit *row = unit.v == 0 ? NULL : catalog_unit(&admin_of(request)->catalog, unit);

    if (row == NULL)
        return "";
    return request->language == LANGUAGE_EN ? row->name_en : row->name_zh;
}

const char *admin_words(const struct request *request, const char *prefix, const char *name)
{
    const char *key = arena_format(request->arena, "%s.%s", prefix, name);
    const char *words = words_find(request->language, key);

    return text_is_equal(words, key) ? name : words;
}

void admin_choice(struct view *view, const char *list, size_t index, int64_t value, const char *label, bool is_checked)
{
    struct view *row = view_row(view, list, index);

    if (value >= 0)
        view_number(row, "value", value);
    view_text(row, "label", label);
    view_flag(row, "is_checked", is_checked);
}

bool admin_change_begin(struct request *request, const char *what, struct change *change)
{
    uint8_t page_key[CHANGE_KEY_BYTES];

    if (!request_key(request, page_key))
        return false;
    const struct bytes pieces[] = {{page_key, sizeof page_key}, {(const uint8_t *)request->path, strlen(request->path)}};
    const struct hash hash = crypto_hash_pieces(pieces, 2);
    *change = (struct change){
        .staff = request->actor.staff, .what = what, .subject = SUBJECT_NONE, .detail = "", .now = request->now};
    memcpy(change->key, hash.bytes, sizeof change->key);
    return true;
}
