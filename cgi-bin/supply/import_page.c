/*
 * Importing the register of customers by a page: a file, then a page to check what it would change and which lines were left out, then
 * in force. A file that a worker would be busy with for long is for the command `shuinuo import customers`.
 */
#include <string.h>

#include "base/csv.h"
#include "store/import_store.h"
#include "supply/register.h"

enum {
    IMPORTS_SHOWN = 20,
    LINES_SHOWN = 50,
    OVERWRITTEN_SHOWN = 50,
    REMOVAL_PERCENT = 10, /* more are missing: whoever confirms says so */
    CONFIRM = 1,
    DISCARD = 2,
    LINE_BYTES = 300, /* of one line of the list as CSV */
};

static const struct input_rule file_rules[] = {{"file", INPUT_FILE, true, 0, 0, "customer.error.file", NULL}};
static const struct input_rule act_rules[] = {
    {"act", INPUT_NUMBER, true, CONFIRM, DISCARD, "staff.error.choice", NULL},
    {"removal", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
};

/* ---- the file, and what was imported before */

static void show_import(struct view *view, const struct request *request, const struct import_row *import)
{
    view_number(view, "id", import->id);
    view_text(view, "file", import->file_name);
    view_text(view, "state", supply_words_number(request, "customer.state", import->state));
    view_text(view, "colour", import->state == IMPORT_IN_FORCE ? "ok" : import->state == IMPORT_STAGED ? "warn" : "info");
    view_text(view, "by", import->staff.v == 0 ? words_find(request->language, "customer.by_command") : import->staff_name);
    view_instant(view, "begun", import->begun_at);
    view_instant(view, "ended", import->ended_at);
    view_number(view, "rows", import->counts.rows);
    view_number(view, "bad", import->counts.bad);
}

static enum status show_upload(struct request *request, struct response *response, struct inputs *inputs, int code)
{
    struct import_row *imports;
    size_t count;
    const enum status status =
        import_store_list(supply_of(request)->db, INT32_MAX, IMPORTS_SHOWN, request->arena, &imports, &count, &request->fault);

    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "supply/import");
    view_words(page, "Page.title", "customer.import.title");
    view_number(page, "most", request->app->settings.customer_file_kilobytes);
    for (size_t i = 0; i < count; i++)
        show_import(view_row(page, "Imports", i), request, &imports[i]);
    if (inputs != NULL)
        inputs_show(inputs, page);
    return page_end(page, response, code);
}

enum status supply_get_import(struct request *request, struct response *response)
{
    struct inputs inputs;
    const enum status status = inputs_read(request, NULL, 0, &inputs);

    if (status != STATUS_OK)
        return status;
    return register_may(request, REGISTER_IMPORT) ? show_upload(request, response, NULL, 200) : STATUS_REFUSED;
}

struct upload {
    struct bytes file;
    size_t at;
};

static enum status upload_read_piece(void *context, char *buffer, size_t size, size_t *length, struct fault *fault)
{
    struct upload *upload = context;
    const size_t left = upload->file.length - upload->at;

    (void)fault;
    *length = left < size ? left : size;
    memcpy(buffer, upload->file.data + upload->at, *length);
    upload->at += *length;
    return STATUS_OK;
}

static enum status upload_rewind(void *context, struct fault *fault)
{
    (void)fault;
    ((struct upload *)context)->at = 0;
    return STATUS_OK;
}

/* The form's key with the file's bytes: another file in the same form is another import. */
static bool make_key(const struct request *request, struct bytes file, uint8_t key[16])
{
    uint8_t form_key[REQUEST_KEY_BYTES];

    if (!request_key(request, form_key))
        return false;
    const struct bytes pieces[] = {{form_key, sizeof form_key}, file};
    const struct hash hash = crypto_hash_pieces(pieces, 2);
    memcpy(key, hash.bytes, 16);
    return true;
}

static const char *file_name_of(const struct request *request)
{
    const struct form_item *item = form_find(&request->body, "file");
    char *name = arena_copy_text(request->arena, item != NULL && item->file_name != NULL ? item->file_name : "");

    text_tidy_line(name);
    name[text_prefix_bytes(name, 40)] = '\0';
    return text_has_controls(name) ? "" : name;
}

/* Which columns a header lacks, in words. */
static const char *header_words(const struct request *request, const struct customer_header *header)
{
    const char *words = words_find(request->language, "customer.refusal.4");
    const struct {
        bool is_wrong;
        const char *key;
    } rows[] = {
        {header->lacks_account, "customer.field.0"},
        {header->lacks_district, "customer.field.1"},
        {header->lacks_place, "customer.field.place"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].is_wrong)
            words = arena_format(request->arena, "%s %s", words, words_find(request->language, rows[i].key));
    if (header->twice != CUSTOMER_FIELD__COUNT)
        words = arena_format(request->arena, "%s %s", words, supply_words_number(request, "customer.field", header->twice));
    return words;
}

static enum status read_upload(struct request *request, struct response *response, struct inputs *inputs, const uint8_t key[16])
{
    struct supply *supply = supply_of(request);
    struct upload upload = {.file = inputs_find(inputs, "file")->file};
    const struct import_source source = {&upload, upload_read_piece, upload_rewind};
    const struct import_options options = {.staff = request->actor.staff, .file_name = file_name_of(request), .key = key};
    struct import_result result;
    const enum status status =
        import_store_read(supply->db, &request->app->secrets, &source, &options, &result, &request->fault);

    if (status != STATUS_OK && status != STATUS_DUPLICATE)
        return status;
    if (status == STATUS_OK && result.refusal != IMPORT_TAKEN) {
        struct input *input = inputs_find(inputs, "file");
        inputs_error(inputs, "file", arena_format(request->arena, "customer.refusal.%d", (int)result.refusal));
        if (result.refusal == IMPORT_BAD_HEADER)
            input->error = header_words(request, &result.header);
        return show_upload(request, response, inputs, result.refusal == IMPORT_BUSY ? 409 : 422);
    }
    return response_redirect(request, response, "/staff/supply/customers/import/%d", result.import.id);
}

enum status supply_post_import(struct request *request, struct response *response)
{
    const size_t most = (size_t)request->app->settings.customer_file_kilobytes * 1024;
    struct inputs inputs;
    uint8_t key[16];
    const enum status status = inputs_read(request, file_rules, 1, &inputs);

    if (status != STATUS_OK)
        return status;
    if (!register_may(request, REGISTER_IMPORT))
        return STATUS_REFUSED;
    const struct bytes file = inputs_find(&inputs, "file")->file;
    if (!make_key(request, file, key))
        return STATUS_INVALID;
    if (file.length > most)
        inputs_error(&inputs, "file", "customer.error.large");
    else if (inputs.error_count == 0 && file.length == 0)
        inputs_error(&inputs, "file", "customer.error.file");
    return inputs.error_count > 0 ? show_upload(request, response, &inputs, 422) : read_upload(request, response, &inputs, key);
}

/* ---- checking */

static bool removes_many(const struct import_counts *counts)
{
    return counts->removed * 100 > (counts->rows - counts->added + counts->removed) * REMOVAL_PERCENT;
}

static void show_counts(struct view *page, const struct request *request, const struct import_counts *counts)
{
    const struct {
        const char *name;
        int64_t value;
    } rows[] = {
        {"rows", counts->rows},       {"with_phone", counts->with_phone}, {"added", counts->added},     {"changed", counts->changed},
        {"removed", counts->removed}, {"bad", counts->bad},               {"places", counts->places},   {"meters", counts->meters},
        {"retired", counts->retired}, {"reused", counts->reused},         {"kept", counts->kept},       {"overwritten", counts->overwritten},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct view *row = view_row(page, "Counts", i);
        view_text(row, "label", supply_words(request, "customer.count", rows[i].name));
        view_number(row, "value", rows[i].value);
    }
}

static void show_line(struct view *view, const struct request *request, const struct import_line *line)
{
    view_number(view, "line", line->line);
    if (line->other_line != 0)
        view_number(view, "other", line->other_line);
    view_text(view, "problem", supply_words_number(request, "customer.problem", line->problem));
    if (line->field < CUSTOMER_FIELD__COUNT)
        view_text(view, "field", supply_words_number(request, "customer.field", line->field));
}

static enum status show_details(struct view *page, struct request *request, const struct import_row *import)
{
    struct db *db = supply_of(request)->db;
    struct import_overwritten *overwritten;
    struct import_line *lines;
    size_t count = 0;
    enum status status = import_store_lines(db, import->id, 0, LINES_SHOWN, request->arena, &lines, &count, &request->fault);

    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        show_line(view_row(page, "Lines", i), request, &lines[i]);
    if (status != STATUS_OK || import->state != IMPORT_STAGED)
        return status;
    status = import_store_overwritten(db, import, OVERWRITTEN_SHOWN, request->arena, &overwritten, &count, &request->fault);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        struct view *row = view_row(page, "Overwritten", i);
        view_text(row, "account", overwritten[i].account);
        view_text(row, "before", overwritten[i].before);
        view_text(row, "after", overwritten[i].after);
    }
    return status;
}

static enum status show_check(struct request *request, struct response *response, const struct import_row *import,
                              struct inputs *inputs, int code)
{
    struct view *page = page_begin(request, "supply/import_check");

    view_words(page, "Page.title", "customer.check.title");
    show_import(view_child(page, "Import"), request, import);
    view_flag(page, "is_staged", import->state == IMPORT_STAGED);
    view_flag(page, "is_in_force", import->state == IMPORT_IN_FORCE);
    view_flag(page, "is_overtaken", code == 409);
    view_flag(page, "removes_many", removes_many(&import->counts));
    view_text(page, "encoding", supply_words_number(request, "customer.encoding", import->encoding));
    show_counts(page, request, &import->counts);
    if (inputs != NULL)
        inputs_show(inputs, page);
    const enum status status = show_details(page, request, import);
    return status == STATUS_OK ? page_end(page, response, code) : status;
}

static enum status load(struct request *request, struct import_row *import)
{
    int64_t id;

    if (!register_may(request, REGISTER_IMPORT))
        return STATUS_REFUSED;
    if (!text_parse_integer(request->part[0], 1, INT32_MAX, &id))
        return STATUS_ABSENT;
    return import_store_find(supply_of(request)->db, (int32_t)id, import, &request->fault);
}

enum status supply_get_import_check(struct request *request, struct response *response)
{
    struct inputs inputs;
    struct import_row import;
    enum status status = inputs_read(request, NULL, 0, &inputs);

    if (status == STATUS_OK)
        status = load(request, &import);
    return status == STATUS_OK ? show_check(request, response, &import, NULL, 200) : status;
}

enum status supply_post_import_check(struct request *request, struct response *response)
{
    struct supply *supply = supply_of(request);
    struct inputs inputs;
    struct import_row import;
    enum status status = inputs_read(request, act_rules, sizeof act_rules / sizeof act_rules[0], &inputs);

    if (status == STATUS_OK)
        status = load(request, &import);
    if (status != STATUS_OK)
        return status;
    const int64_t act = inputs_number(&inputs, "act", 0);
    if (act == CONFIRM && removes_many(&import.counts) && inputs_number(&inputs, "removal", 0) == 0)
        inputs_error(&inputs, "removal", "customer.error.removal");
    if (inputs.error_count > 0)
        return show_check(request, response, &import, &inputs, 422);
    const enum import_state wanted = act == CONFIRM ? IMPORT_IN_FORCE : IMPORT_DISCARDED;
    status = act == CONFIRM ? import_store_switch(supply->db, &import, request->now, &request->fault)
                            : import_store_discard(supply->db, import.id, request->now, &request->fault);
    if (status == STATUS_CONFLICT) {
        fault_reset(&request->fault);
        status = import_store_find(supply->db, import.id, &import, &request->fault);
        if (status == STATUS_OK && import.state != wanted)
            return show_check(request, response, &import, NULL, 409);
    }
    if (status != STATUS_OK)
        return status;
    catalog_forget(&supply->catalog);
    return response_redirect(request, response, "/staff/supply/customers/import/%d", import.id);
}

/* ---- every line that was left out */

enum status supply_get_import_lines(struct request *request, struct response *response)
{
    struct inputs inputs;
    struct import_row import;
    struct import_line *lines;
    struct text csv;
    size_t count = 0;
    enum status status = inputs_read(request, NULL, 0, &inputs);

    if (status == STATUS_OK)
        status = load(request, &import);
    if (status == STATUS_OK)
        status = import_store_lines(supply_of(request)->db, import.id, 0, IMPORT_LINES_KEPT, request->arena, &lines, &count,
                                    &request->fault);
    if (status != STATUS_OK)
        return status;
    const size_t room = (count + 2) * LINE_BYTES;
    text_init(&csv, arena_take(request->arena, room), room);
    text_add(&csv, CSV_BYTE_ORDER_MARK);
    csv_add_cell(&csv, words_find(request->language, "customer.line.line"), true);
    csv_add_cell(&csv, words_find(request->language, "customer.line.field"), false);
    csv_add_cell(&csv, words_find(request->language, "customer.line.problem"), false);
    csv_add_cell(&csv, words_find(request->language, "customer.line.other"), false);
    text_add(&csv, CSV_LINE_END);
    for (size_t i = 0; i < count; i++) {
        const struct import_line *line = &lines[i];
        csv_add_cell(&csv, arena_format(request->arena, "%d", line->line), true);
        csv_add_cell(&csv, line->field < CUSTOMER_FIELD__COUNT ? supply_words_number(request, "customer.field", line->field) : "", false);
        csv_add_cell(&csv, supply_words_number(request, "customer.problem", line->problem), false);
        csv_add_cell(&csv, line->other_line == 0 ? "" : arena_format(request->arena, "%d", line->other_line), false);
        text_add(&csv, CSV_LINE_END);
    }
    response->status_code = 200;
    response_body(response, "text/csv; charset=utf-8", csv.bytes, csv.length_bytes);
    response_header(response, "Content-Disposition", "attachment; filename=\"lines.csv\"");
    return STATUS_OK;
}
