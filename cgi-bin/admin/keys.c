/* Keys of other systems: made here and shown once, taken out of use and into use again. Each change stands in the audit log. */
#include "admin/admin.h"
#include "admin/fields.h"
#include "store/api_key_store.h"

enum { USUAL_PER_MINUTE = 60 };

static const struct input_rule rules[] = {
    {"name", INPUT_LINE, true, 1, API_KEY_NAME_CHARACTERS, "admin.key.error.name", NULL},
    {"may_file", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
    {"may_read", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
    {"source", INPUT_NUMBER, true, SOURCE_NONE + 1, SOURCE__COUNT - 1, "staff.error.choice", NULL},
    {"per_minute", INPUT_NUMBER, true, 1, API_KEY_PER_MINUTE_MAX, "admin.key.error.per_minute", NULL},
};
#define RULE_COUNT (sizeof rules / sizeof rules[0])

/* ---- the page */

static void put_key(struct view *view, const struct request *request, const struct api_key *key)
{
    view_number(view, "id", key->id);
    view_text(view, "name", key->name);
    view_flag(view, "may_file", key->may_file);
    view_flag(view, "may_read", key->may_read);
    view_text(view, "source", admin_words(request, "source", source_name(key->source)));
    view_number(view, "per_minute", key->per_minute);
    view_flag(view, "is_active", key->is_active);
    view_text(view, "created", admin_day(request, day_of(key->created_at, request->app->settings.utc_offset_minutes)));
    view_text(view, "used", admin_day(request, key->last_used_on));
}

static void put_fields(struct request *request, struct view *page, struct inputs *inputs)
{
    static const enum source sources[] = {SOURCE_OPEN311, SOURCE_HOTLINE};
    struct fields fields = fields_begin(request, page, "Fields", inputs);

    fields_line(&fields, "name", "admin.key.name", "admin.key.name_hint", "");
    fields_flag(&fields, "may_file", "admin.key.may_file", true);
    fields_flag(&fields, "may_read", "admin.key.may_read", true);
    fields_select(&fields, "source", "admin.key.source", NULL);
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++)
        fields_choice_number(&fields, (int64_t)sources[i], admin_words(request, "source", source_name(sources[i])), i == 0);
    fields_number(&fields, "per_minute", "admin.key.per_minute", NULL, USUAL_PER_MINUTE);
}

/* inputs: of a form to be shown again, or NULL. made: the key that was just made, shown this once; "" without */
static enum status show(struct request *request, struct response *response, struct inputs *inputs, const char *made,
                        const char *name)
{
    struct api_key *keys;
    size_t count;
    const enum status status =
        api_key_store_list(admin_of(request)->db, request->arena, &keys, &count, &request->fault);

    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "admin/keys");
    view_words(page, "Page.title", "admin.key.title");
    for (size_t i = 0; i < count; i++)
        put_key(view_row(page, "Keys", i), request, &keys[i]);
    view_flag(page, "is_empty", count == 0);
    view_flag(page, "was_saved", form_find(&request->query, "saved") != NULL);
    if (*made != '\0') {
        view_text(page, "made", made);
        view_text(page, "made_name", name);
    }
    put_fields(request, page, inputs);
    if (inputs != NULL)
        inputs_show(inputs, page);
    return page_end(page, response, inputs != NULL ? 422 : 200);
}

enum status admin_get_keys(struct request *request, struct response *response)
{
    static const struct input_rule page_rules[] = {{"saved", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL}};
    struct inputs inputs;
    const enum status status = inputs_read(request, page_rules, 1, &inputs);

    return status == STATUS_OK ? show(request, response, NULL, "", "") : status;
}

/* ---- making one */

static void read_key(struct inputs *inputs, struct api_key *key)
{
    *key = (struct api_key){
        .name = inputs_text(inputs, "name"),
        .may_file = inputs_find(inputs, "may_file")->is_set,
        .may_read = inputs_find(inputs, "may_read")->is_set,
        .source = (enum source)inputs_number(inputs, "source", SOURCE_NONE),
        .per_minute = (int)inputs_number(inputs, "per_minute", USUAL_PER_MINUTE),
    };
    if (key->source != SOURCE_OPEN311 && key->source != SOURCE_HOTLINE)
        inputs_error(inputs, "source", "staff.error.choice");
    if (!key->may_file && !key->may_read)
        inputs_error(inputs, "may_file", "admin.key.error.rights");
}

/* The answer to the POST shows the key: a way there by redirect would have to keep it somewhere. */
enum status admin_post_key(struct request *request, struct response *response)
{
    char *text = arena_take(request->arena, API_KEY_TEXT_BYTES);
    struct inputs *inputs = arena_take(request->arena, sizeof *inputs);
    struct change change;
    struct api_key key;
    enum status status = inputs_read(request, rules, RULE_COUNT, inputs);

    if (status != STATUS_OK)
        return status;
    read_key(inputs, &key);
    if (inputs->error_count > 0)
        return show(request, response, inputs, "", "");
    if (!admin_change_begin(request, "api_key_add", &change))
        return STATUS_INVALID;
    change.detail = key.name;
    api_key_make(text);
    const struct hash hash = api_key_hash(text);
    status = api_key_store_add(admin_of(request)->db, &change, &key, &hash, &request->fault);
    if (status != STATUS_OK && status != STATUS_REFUSED && status != STATUS_DUPLICATE)
        return status;
    fault_reset(&request->fault);
    if (status == STATUS_OK)
        return show(request, response, NULL, text, key.name);
    inputs_error(inputs, "name", status == STATUS_DUPLICATE ? "admin.key.error.shown" : "admin.key.error.taken");
    return show(request, response, inputs, "", "");
}

/* ---- keeping them */

static enum status set_active(struct request *request, struct response *response, bool is_active)
{
    struct db *db = admin_of(request)->db;
    struct change change;
    struct api_key key;
    struct inputs nothing;
    int32_t id;
    enum status status = inputs_read(request, NULL, 0, &nothing);

    if (status == STATUS_OK && !admin_part_number(request, 0, &id))
        status = STATUS_ABSENT;
    if (status == STATUS_OK)
        status = api_key_store_find_by_id(db, id, request->arena, &key, &request->fault);
    if (status != STATUS_OK)
        return status;
    if (!admin_change_begin(request, is_active ? "api_key_enable" : "api_key_disable", &change))
        return STATUS_INVALID;
    change.subject_id = id;
    change.detail = key.name;
    status = api_key_store_set_active(db, &change, id, is_active, &request->fault);
    if (status != STATUS_OK && status != STATUS_DUPLICATE)
        return status;
    fault_reset(&request->fault);
    return response_redirect(request, response, "/staff/admin/keys?saved=1");
}

enum status admin_post_key_disable(struct request *request, struct response *response)
{
    return set_active(request, response, false);
}

enum status admin_post_key_enable(struct request *request, struct response *response)
{
    return set_active(request, response, true);
}
