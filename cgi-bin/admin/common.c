#include <string.h>

#include "admin/admin.h"
#include "base/crypto.h"
#include "web/page.h"

struct admin *admin_of(const struct request *request) { return request->context; }

enum status admin_refresh(struct request *request)
{
    struct admin *admin = admin_of(request);

    if (admin->catalog.version > 0)
        catalog_forget(&admin->catalog);
    return catalog_refresh(&admin->catalog, admin->db, &request->app->settings, &request->fault);
}

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

bool admin_may(const struct request *request, enum office_task task, struct unit_id unit)
{
    return office_permits(&request->actor, task, unit);
}

bool admin_part_number(const struct request *request, size_t part, int32_t *number)
{
    int64_t value;

    if (request->part[part] == NULL || !text_parse_integer(request->part[part], 1, INT32_MAX, &value))
        return false;
    *number = (int32_t)value;
    return true;
}

enum status admin_part_unit(struct request *request, enum office_task task, struct unit_id *unit)
{
    struct admin *admin = admin_of(request);

    if (!admin_part_number(request, 0, &unit->v))
        return STATUS_ABSENT;
    if (!admin_may(request, task, *unit))
        return STATUS_REFUSED;
    if (catalog_unit(&admin->catalog, *unit) != NULL)
        return STATUS_OK;
    /* Perhaps it was added a moment ago, in another process. */
    catalog_forget(&admin->catalog);
    const enum status status = catalog_refresh(&admin->catalog, admin->db, &request->app->settings, &request->fault);
    if (status != STATUS_OK)
        return status;
    return catalog_unit(&admin->catalog, *unit) != NULL ? STATUS_OK : STATUS_ABSENT;
}

const struct unit *admin_next_unit(const struct request *request, enum office_task task, size_t *at)
{
    const struct catalog *catalog = &admin_of(request)->catalog;

    while (*at < catalog->unit_count) {
        const struct unit *unit = &catalog->units[(*at)++];
        if (admin_may(request, task, unit->id))
            return unit;
    }
    return NULL;
}

const char *admin_day(const struct request *request, struct day day)
{
    char *text = arena_take(request->arena, TIME_TEXT_BYTES);

    if (day.number != DAY_NONE.number)
        day_format(day, text);
    return text;
}

bool admin_parse_day(const char *text, struct day *day)
{
    *day = DAY_NONE;
    return text[0] == '\0' || day_parse(text, day);
}

struct day admin_today(const struct request *request)
{
    return day_of(request->now, request->app->settings.utc_offset_minutes);
}

const char *admin_local(const struct request *request, struct instant at)
{
    char *text = arena_take(request->arena, TIME_TEXT_BYTES);

    if (instant_is_set(at))
        instant_format_local(at, request->app->settings.utc_offset_minutes, text);
    return text;
}

const char *admin_moment(const struct request *request, struct instant at)
{
    char *text = arena_copy_text(request->arena, admin_local(request, at));

    if (text[0] != '\0')
        text[10] = 'T';
    return text;
}

bool admin_parse_cursor(struct request *request, const char *text, struct instant *at, int64_t *id)
{
    const char *dash = strchr(text, '-');

    *at = INSTANT_NONE;
    *id = 0;
    if (dash == NULL)
        return text[0] == '\0';
    return text_parse_integer(arena_copy(request->arena, text, (size_t)(dash - text)), 0, INT64_C(253402300799999),
                              &at->milliseconds) &&
           text_parse_integer(dash + 1, 1, INT64_MAX, id);
}

void admin_show_changed(struct view *page, size_t *row, const char *label_key, const char *stands, const char *typed)
{
    if (text_is_equal(stands, typed))
        return;
    struct view *view = view_row(page, "Changed", (*row)++);
    view_words(view, "label", label_key);
    if (stands[0] == '\0')
        view_words(view, "value", "staff.none");
    else
        view_text(view, "value", stands);
}
