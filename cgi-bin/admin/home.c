/* The first page: what there is to keep, for this person. */
#include "admin/admin.h"
#include "store/duty_store.h"
#include "store/register_store.h"
#include "web/page.h"

/* Rows of the page; one appears to whoever has its task. The words are Text.admin.NAME.title and .about. */
static const struct {
    const char *name, *path;
    enum office_task task;
} sections[] = {
    {"register", "/staff/admin/register", OFFICE_REGISTER_READ},
    {"duty", "/staff/admin/duty", OFFICE_DUTY_READ},
    {"calls", "/staff/admin/calls", OFFICE_CALLS},
    {"service", "/staff/admin/service", OFFICE_SERVICE_READ},
    {"units", "/staff/admin/units", OFFICE_UNITS_READ},
    {"notices", "/staff/admin/notices", OFFICE_NOTICES},
    {"rules", "/staff/admin/rules", OFFICE_RULES_READ},
    {"ladder", "/staff/admin/ladder", OFFICE_RULES_READ},
    {"canned", "/staff/admin/canned", OFFICE_CANNED},
    {"policy", "/staff/admin/policies", OFFICE_RULES_READ},
    {"text", "/staff/admin/texts", OFFICE_RULES_READ},
    {"key", "/staff/admin/keys", OFFICE_KEYS},
    {"audit", "/staff/admin/audit", OFFICE_AUDIT},
};

/* One line of what waits: its words with two values, and the page where it is put right. */
static void warn(struct view *page, const struct request *request, size_t *row, const char *url, const char *key,
                 int64_t number, const char *more)
{
    const char *values[] = {arena_format(request->arena, "%lld", (long long)number), more};
    struct view *view = view_row(page, "Warnings", (*row)++);

    view_text(view, "url", url);
    view_text(view, "words", words_fill(request->arena, request->language, key, values, 2));
}

/* Hours without a liaison in the days that ops looks ahead (Art. 12): of all units, or of the own one. */
static enum status warn_of_gaps(struct view *page, struct request *request, size_t *row)
{
    struct admin *admin = admin_of(request);
    const bool is_all = admin_may(request, OFFICE_DUTY_READ, (struct unit_id){0});
    const struct unit_id unit = is_all ? (struct unit_id){0} : request->actor.unit;
    struct duty_gaps *units;
    size_t count;
    int64_t open = 0, seconds = 0;

    if (!office_offers(&request->actor, OFFICE_DUTY_READ))
        return STATUS_OK;
    const enum status status =
        duty_store_gaps(admin->db, &admin->catalog, unit, duty_window(&admin->catalog, request->now), request->arena,
                        &units, &count, &request->fault);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        open += units[i].count > 0;
        seconds += units[i].seconds;
    }
    if (status == STATUS_OK && open > 0)
        warn(page, request, row, "/staff/admin/duty", is_all ? "admin.home.gaps" : "admin.home.own_gaps", open,
             words_duration(request->arena, request->language, seconds));
    return status;
}

/* Entries of the register that nobody confirmed for too long (Art. 4). */
static enum status warn_of_stale(struct view *page, struct request *request, size_t *row)
{
    struct admin *admin = admin_of(request);
    const int64_t days = admin->catalog.policies[POLICY_CONFIRM_DAYS];
    const struct day since = {admin_today(request).number - (int32_t)days};
    struct register_count *counts;
    size_t count;
    int64_t stale = 0;
    const enum status status =
        register_store_count(admin->db, since, request->arena, &counts, &count, &request->fault);

    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        if (admin_may(request, OFFICE_REGISTER_READ, counts[i].unit))
            stale += counts[i].stale;
    if (status == STATUS_OK && stale > 0)
        warn(page, request, row, "/staff/admin/register", "admin.home.stale", stale,
             arena_format(request->arena, "%lld", (long long)days));
    return status;
}

enum status admin_get_home(struct request *request, struct response *response)
{
    struct inputs inputs;
    enum status status = inputs_read(request, NULL, 0, &inputs);
    size_t row = 0, warnings = 0;

    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "admin/home");
    view_words(page, "Page.title", "admin.title");
    status = warn_of_gaps(page, request, &warnings);
    if (status == STATUS_OK)
        status = warn_of_stale(page, request, &warnings);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++) {
        if (!office_offers(&request->actor, sections[i].task))
            continue;
        struct view *view = view_row(page, "Sections", row++);
        view_text(view, "url", sections[i].path);
        view_words(view, "title", arena_format(request->arena, "admin.%s.title", sections[i].name));
        view_words(view, "about", arena_format(request->arena, "admin.%s.about", sections[i].name));
    }
    view_flag(page, "is_empty", row == 0);
    return page_end(page, response, 200);
}
