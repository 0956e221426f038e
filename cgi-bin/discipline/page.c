/* The page of one case, and what the office writes about it: read the form, load, let core decide, seal, store, show (Arts. 5, 32, 35). */
#include <string.h>

#include "discipline/discipline.h"
#include "web/act.h"
#include "web/upload.h"

#define WORDS_MOST 3000
#define ANSWER_MOST 2000 /* characters; its box has 8000 bytes */
#define FEN_PER_YUAN 100

#define WORDS {"words", INPUT_LINES, true, 1, WORDS_MOST, "discipline.error.words", NULL}

static const struct input_rule words_rules[] = {WORDS, ACT_VERSION};
static const struct input_rule finding_rules[] = {
    {"finding", INPUT_NUMBER, true, FINDING_CONFIRMED, FINDING_UNCLEAR, "staff.error.choice", NULL}, WORDS, ACT_VERSION};
static const struct input_rule outcome_rules[] = {
    {"clause", INPUT_NUMBER, true, 1, 2, "staff.error.choice", NULL},
    {"person", INPUT_LINE, true, 1, 60, "discipline.error.person", NULL},
    {"leader", INPUT_LINE, false, 1, 60, "discipline.error.person", NULL},
    {"measure", INPUT_NUMBER, true, MEASURE_FIXED_ONLY, MEASURE_DISMISSAL, "staff.error.choice", NULL},
    {"repay", INPUT_DIGITS, false, 1, 9, "discipline.error.repay", NULL},
    {"prosecute", INPUT_NUMBER, true, 1, 2, "staff.error.choice", NULL},
    WORDS,
    ACT_VERSION,
};
static const struct input_rule answer_rules[] = {
    {"words", INPUT_LINES, true, 1, ANSWER_MOST, "discipline.error.words", NULL}, ACT_VERSION};

static const struct act_form forms[] = {
    ACT_FORM("step", DISCIPLINE_STEP, words_rules),         ACT_FORM("finding", DISCIPLINE_FINDING, finding_rules),
    ACT_FORM("outcome", DISCIPLINE_OUTCOME, outcome_rules), ACT_FORM("answer", DISCIPLINE_ANSWER, answer_rules),
    ACT_FORM("close", DISCIPLINE_CLOSE, words_rules),       ACT_FORM("reopen", DISCIPLINE_REOPEN, words_rules),
};
#define FORM_COUNT (sizeof forms / sizeof forms[0])

static bool find_lookup(const struct request *request, struct hash *lookup)
{
    return text_parse_hex(request->part[0], lookup->bytes, HASH_BYTES);
}

static const char *hex_of(const struct request *request, const struct hash *lookup)
{
    char hex[2 * HASH_BYTES + 1];

    text_format_hex(lookup->bytes, HASH_BYTES, hex);
    return arena_copy_text(request->arena, hex);
}

/* ---- showing */

static void show_photos(struct view *page, const struct request *request, const struct discipline_file *file)
{
    const size_t inner = (size_t)file->report.photo_count, count = inner + file->more_photo_count;

    /* Those of the report are 1 to 3; the others follow. */
    for (size_t i = 0; i < count; i++) {
        const int no = i < inner ? (int)i + 1 : SEALED_PHOTOS_MAX + file->more_photos[i - inner];
        const char *number = arena_format(request->arena, "%zu", i + 1);
        struct view *row = view_row(page, "Photos", i);
        view_number(row, "no", no);
        view_text(row, "label", words_fill(request->arena, request->language, "discipline.photo", &number, 1));
    }
}

static void show_report(struct view *page, const struct request *request, const struct discipline_file *file)
{
    const struct sealed_report *report = &file->report;
    struct view *view = view_child(page, "Case");
    char number[SEALED_NUMBER_TEXT_BYTES];

    sealed_number_format_text(report->number, number);
    view_text(view, "id", hex_of(request, &file->lookup));
    view_text(view, "number", arena_copy_text(request->arena, number));
    view_text(view, "source", discipline_words_number(request, "discipline.source", file->source));
    view_text(view, "state", discipline_words(request, "discipline.state", discipline_state_name(file->folded.state)));
    view_instant(view, "received", report->received_at);
    view_text(view, "words", report->words);
    view_text(view, "about", report->about);
    view_text(view, "occurred", report->occurred);
    view_text(view, "name", report->name);
    view_text(view, "contact", report->contact);
    show_photos(page, request, file);
}

static void show_yuan(struct view *view, const struct request *request, const char *name, int64_t fen)
{
    if (fen == 0)
        return;
    const char *yuan = arena_format(request->arena, "%lld", (long long)(fen / FEN_PER_YUAN));
    view_text(view, name, words_fill(request->arena, request->language, "discipline.yuan", &yuan, 1));
}

static void show_outcome(struct view *view, const struct request *request, const struct discipline_entry *entry)
{
    view_text(view, "article", entry->article);
    view_text(view, "person", entry->person);
    view_text(view, "leader", entry->leader);
    view_text(view, "measure", discipline_words_number(request, "discipline.measure", (int64_t)entry->measure));
    view_flag(view, "is_circular", entry->is_circular);
    view_flag(view, "is_prosecuted", entry->is_prosecuted);
    show_yuan(view, request, "person_yuan", entry->person_fen);
    show_yuan(view, request, "leader_yuan", entry->leader_fen);
    show_yuan(view, request, "repay_yuan", entry->repay_fen);
}

static void show_entry(struct view *view, const struct request *request, const struct discipline_entry *entry)
{
    view_text(view, "kind", discipline_words(request, "discipline.kind", discipline_kind_name(entry->kind)));
    view_instant(view, "at", entry->at);
    view_text(view, "author", entry->author_name);
    view_text(view, "words", entry->words);
    if (entry->kind == DISCIPLINE_FINDING)
        view_text(view, "finding", discipline_words_number(request, "discipline.finding", (int64_t)entry->finding));
    if (entry->kind == DISCIPLINE_OUTCOME)
        show_outcome(view_child(view, "Outcome"), request, entry);
}

static void show_forms(struct view *page, struct request *request, const struct discipline_file *file,
                       const struct act_attempt *attempt)
{
    size_t row = 0;

    if (file->is_damaged)
        return;
    for (size_t i = 0; i < FORM_COUNT; i++)
        if (discipline_permits(&file->folded, (enum discipline_kind)forms[i].action) == VERDICT_OK)
            act_show_form(view_row(page, "Forms", row++), request, &forms[i], file->folded.version, "discipline", attempt);
}

/* What Arts. 32(1) and 35 say and fix, beside the form of an outcome. */
static enum status show_clauses(struct view *page, struct request *request, const struct discipline_file *file)
{
    static const int32_t clauses[] = {DISCIPLINE_CLAUSE_OFFICE, DISCIPLINE_CLAUSE_GAIN};
    size_t shown = 0;

    for (size_t i = 0; i < sizeof clauses / sizeof clauses[0]; i++) {
        struct discipline_clause clause;
        const enum status status = discipline_store_clause(discipline_of(request)->db, clauses[i], file->report.received_at,
                                                           request->arena, &clause, &request->fault);
        if (status == STATUS_ABSENT) {
            fault_reset(&request->fault);
            continue;
        }
        if (status != STATUS_OK)
            return status;
        struct view *row = view_row(page, "Clauses", shown++);
        view_text(row, "article", clause.article);
        view_text(row, "words", request->language == LANGUAGE_EN ? clause.text_en : clause.text_zh);
        view_flag(row, "is_circular", clause.is_circular);
        show_yuan(row, request, "person_yuan", clause.person_fen);
        show_yuan(row, request, "leader_yuan", clause.leader_fen);
    }
    return STATUS_OK;
}

static enum status show(struct request *request, struct response *response, const struct discipline_file *file,
                        const struct act_attempt *attempt, int code)
{
    struct view *page = page_begin(request, "discipline/case");

    view_words(page, "Page.title", "discipline.case.title");
    show_report(page, request, file);
    view_flag(page, "is_damaged", file->is_damaged);
    for (size_t i = 0; i < file->entry_count; i++)
        show_entry(view_row(page, "Entries", i), request, &file->entries[i]);
    show_forms(page, request, file, attempt);
    if (attempt != NULL)
        act_show_attempt(page, request, attempt, "discipline",
                         !file->is_damaged &&
                             discipline_permits(&file->folded, (enum discipline_kind)attempt->form->action) == VERDICT_OK);
    if (request->method == METHOD_GET)
        view_flag(page, "is_done", request_value(request, "done")[0] == '1');
    const enum status status = show_clauses(page, request, file);
    return status == STATUS_OK ? page_end(page, response, code) : status;
}

enum status discipline_get_case(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {{"done", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL}};
    struct discipline_file *file = arena_take(request->arena, sizeof *file);
    struct discipline_opened opened;
    struct inputs inputs;
    struct hash lookup;
    enum status status = inputs_read(request, rules, 1, &inputs);

    if (status == STATUS_OK)
        status = discipline_resume(request, &opened);
    const bool is_case = find_lookup(request, &lookup);
    if (status == STATUS_ABSENT)
        return discipline_ask(request, response, is_case ? &lookup : NULL, NULL);
    if (status == STATUS_OK && !is_case)
        status = STATUS_ABSENT;
    if (status == STATUS_OK)
        status = discipline_store_load(discipline_of(request)->db, &opened, &lookup, request->arena, file, &request->fault);
    discipline_forget(&opened);
    return status == STATUS_OK ? show(request, response, file, NULL, 200) : status;
}

/* The address of a form, opened by hand or after signing in again. */
enum status discipline_get_back(struct request *request, struct response *response)
{
    struct hash lookup;

    if (!find_lookup(request, &lookup))
        return STATUS_ABSENT;
    return response_redirect(request, response, "/staff/discipline/case/%s", hex_of(request, &lookup));
}

/* ---- photos */

/* Kept by no cache, opened anew each time. */
static enum status respond_photo(struct response *response, struct bytes jpeg)
{
    response_body(response, "image/jpeg", (const char *)jpeg.data, jpeg.length);
    response_header(response, "Content-Disposition", "inline; filename=\"photo.jpg\"");
    response_header(response, "Content-Security-Policy", "default-src 'none'; sandbox");
    response_header(response, "Cross-Origin-Resource-Policy", "same-origin");
    return STATUS_OK;
}

static enum status load_photo(struct request *request, const struct discipline_opened *opened, const struct hash *lookup,
                              int no, struct bytes *jpeg)
{
    struct db *db = discipline_of(request)->db;
    struct discipline_file *file = arena_take(request->arena, sizeof *file);

    if (no > SEALED_PHOTOS_MAX)
        return discipline_store_photo(db, opened, lookup, no - SEALED_PHOTOS_MAX, request->arena, jpeg, &request->fault);
    const enum status status = discipline_store_load(db, opened, lookup, request->arena, file, &request->fault);
    if (status != STATUS_OK)
        return status;
    if (no < 1 || no > file->report.photo_count)
        return STATUS_ABSENT;
    *jpeg = file->report.photos[no - 1];
    return STATUS_OK;
}

enum status discipline_get_photo(struct request *request, struct response *response)
{
    const int no = upload_number(request->part[1]);
    struct discipline_opened opened;
    struct hash lookup;
    struct bytes jpeg;
    enum status status = discipline_resume(request, &opened);

    if (status == STATUS_OK)
        status = find_lookup(request, &lookup) && no > 0 ? load_photo(request, &opened, &lookup, no, &jpeg) : STATUS_ABSENT;
    discipline_forget(&opened);
    return status == STATUS_OK ? respond_photo(response, jpeg) : status;
}

/* ---- writing */

struct writing {
    struct request *request;
    struct response *response;
    const struct discipline_opened *opened;
    struct discipline_file *file;
    const struct act_form *form;
    struct inputs *inputs;
    uint8_t key[ACT_KEY_BYTES];
};

static enum status go_to_case(const struct writing *writing)
{
    fault_reset(&writing->request->fault);
    return response_redirect(writing->request, writing->response, "/staff/discipline/case/%s?done=1",
                             hex_of(writing->request, &writing->file->lookup));
}

/* Beside which field a refusal belongs. */
static const char *field_of(enum verdict verdict)
{
    switch ((int)verdict) {
    case VERDICT_NEEDS_TEXT:
        return "words";
    case VERDICT_NEEDS_UNIT:
        return "person";
    case VERDICT_NOT_COVERED:
        return "clause";
    case VERDICT_BAD_VALUE:
        return "measure";
    default:
        return NULL;
    }
}

static enum status refuse(const struct writing *writing, enum verdict verdict)
{
    struct act_attempt attempt = {.form = writing->form, .inputs = writing->inputs, .verdict = verdict};

    act_blame(&attempt, field_of(verdict), "discipline");
    return show(writing->request, writing->response, writing->file, &attempt, act_refusal_code(verdict));
}

/* Somebody came first. Unless it was this very form, sent twice, the officer sees how it stands. */
static enum status refuse_stale(const struct writing *writing)
{
    struct request *request = writing->request;
    struct db *db = discipline_of(request)->db;
    enum status status = discipline_store_find_key(db, writing->key, request->arena, &request->fault);

    if (status == STATUS_OK)
        return go_to_case(writing);
    if (status != STATUS_ABSENT)
        return status;
    fault_reset(&request->fault);
    const struct hash lookup = writing->file->lookup;
    status = discipline_store_load(db, writing->opened, &lookup, request->arena, writing->file, &request->fault);
    return status == STATUS_OK ? refuse(writing, VERDICT_STALE) : status;
}

static int64_t number_in(const struct writing *writing, const char *name)
{
    return act_form_has(writing->form, name) ? inputs_number(writing->inputs, name, 0) : 0;
}

/* Whole yuan, as typed. */
static int64_t repay_fen(const struct writing *writing)
{
    const char *typed = act_text(writing->form, writing->inputs, "repay");
    int64_t yuan = 0;

    if (typed[0] != '\0' && !text_parse_integer(typed, 1, DISCIPLINE_AMOUNT_MAX_FEN / FEN_PER_YUAN, &yuan))
        inputs_error(writing->inputs, "repay", "discipline.error.repay");
    return yuan * FEN_PER_YUAN;
}

static struct discipline_entry make_entry(const struct writing *writing)
{
    struct request *request = writing->request;

    return (struct discipline_entry){
        .kind = (enum discipline_kind)writing->form->action,
        .at = request->now,
        .author = request->actor.staff,
        .author_name = request->actor.name,
        .words = act_text(writing->form, writing->inputs, "words"),
        .finding = (enum discipline_finding)number_in(writing, "finding"),
        .person = act_text(writing->form, writing->inputs, "person"),
        .leader = act_text(writing->form, writing->inputs, "leader"),
        .measure = (enum discipline_measure)number_in(writing, "measure"),
        .repay_fen = repay_fen(writing),
        .is_prosecuted = number_in(writing, "prosecute") == 2,
    };
}

/* The clause that was chosen, as it was in force on the day of the report; NULL when it was not. */
static enum status find_clause(const struct writing *writing, struct discipline_clause *clause,
                               const struct discipline_clause **found)
{
    struct request *request = writing->request;
    const int32_t id = number_in(writing, "clause") == 2 ? DISCIPLINE_CLAUSE_GAIN : DISCIPLINE_CLAUSE_OFFICE;

    *found = NULL;
    if (writing->form->action != (int)DISCIPLINE_OUTCOME)
        return STATUS_OK;
    const enum status status = discipline_store_clause(discipline_of(request)->db, id, writing->file->report.received_at,
                                                       request->arena, clause, &request->fault);
    if (status == STATUS_OK)
        *found = clause;
    if (status == STATUS_ABSENT)
        fault_reset(&request->fault);
    return status == STATUS_ABSENT ? STATUS_OK : status;
}

static enum status append(const struct writing *writing, struct discipline_entry *entry)
{
    struct request *request = writing->request;
    struct discipline_append append = {
        .file = writing->file,
        .opened = writing->opened,
        .secrets = &request->app->secrets,
        .entry = entry,
        .form_key = writing->key,
        .today = day_of(request->now, request->app->settings.utc_offset_minutes),
    };
    const enum status status =
        discipline_store_append(discipline_of(request)->db, &append, request->arena, &request->fault);

    if (status == STATUS_OK || status == STATUS_DUPLICATE)
        return go_to_case(writing);
    return status == STATUS_CONFLICT ? refuse_stale(writing) : status;
}

static enum status write_entry(const struct writing *writing)
{
    const uint32_t seen = (uint32_t)inputs_number(writing->inputs, "version", 0);
    struct discipline_clause clause;
    const struct discipline_clause *found;
    struct discipline_entry entry = make_entry(writing);
    const enum status status = find_clause(writing, &clause, &found);

    if (status != STATUS_OK)
        return status;
    if (writing->file->is_damaged)
        return refuse(writing, VERDICT_WRONG_STATE);
    enum verdict verdict = VERDICT_OK;
    if (writing->inputs->error_count > 0) /* what stands against it anyway comes first */
        verdict = seen != writing->file->folded.version ? VERDICT_STALE : discipline_permits(&writing->file->folded, entry.kind);
    else
        verdict = discipline_decide(&writing->file->folded, seen, found, &entry);
    if (verdict == VERDICT_STALE)
        return refuse_stale(writing);
    if (verdict != VERDICT_OK || writing->inputs->error_count > 0)
        return refuse(writing, verdict);
    return append(writing, &entry);
}

enum status discipline_post_case(struct request *request, struct response *response)
{
    struct discipline_opened opened;
    struct hash lookup;
    struct act_post post;
    struct writing writing = {.request = request, .response = response, .opened = &opened, .inputs = &post.inputs,
                              .file = arena_take(request->arena, sizeof *writing.file)};

    if (!find_lookup(request, &lookup))
        return STATUS_ABSENT;
    enum status status = act_read(request, forms, FORM_COUNT, request->part[1], &post);
    if (status != STATUS_OK)
        return status;
    writing.form = post.form;
    memcpy(writing.key, post.key, sizeof writing.key);
    status = discipline_resume(request, &opened);
    if (status == STATUS_ABSENT)
        return discipline_ask(request, response, &lookup, inputs_text(&post.inputs, "words"));
    if (status == STATUS_OK)
        status = discipline_store_load(discipline_of(request)->db, &opened, &lookup, request->arena, writing.file,
                                       &request->fault);
    if (status == STATUS_OK)
        status = write_entry(&writing);
    discipline_forget(&opened);
    return status;
}
