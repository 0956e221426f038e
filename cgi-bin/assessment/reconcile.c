/* The ledger against the breaches of a month, counted a second time by SQL alone: what is missing and what is too many, by name. */
#include "assessment/assessment.h"

static void show_sums(struct view *page, const struct request *request, const struct reconciliation *found)
{
    int64_t breaches = 0, matched = 0, proposals = 0;

    for (size_t i = 0; i < found->sum_count; i++) {
        const struct breach_sum *sum = &found->sums[i];
        struct view *view = view_row(page, "Sums", i);
        view_text(view, "what", penalty_what(request, sum->basis, sum->kind));
        view_number(view, "breaches", sum->breaches);
        view_number(view, "matched", sum->matched);
        view_number(view, "proposals", sum->proposals);
        breaches += sum->breaches;
        matched += sum->matched;
        proposals += sum->proposals;
    }
    view_number(page, "Total.breaches", breaches);
    view_number(page, "Total.matched", matched);
    view_number(page, "Total.proposals", proposals);
}

static size_t show_differences(struct view *page, const struct request *request, size_t row, const char *how,
                               const struct breach_difference *differences, size_t count)
{
    for (size_t i = 0; i < count; i++, row++) {
        const struct breach_difference *difference = &differences[i];
        struct view *view = view_row(page, "Differences", row);
        char number[NUMBER_TEXT_BYTES];
        view_text(view, "how", assessment_words(request, "ledger.difference", how));
        view_text(view, "what", penalty_what(request, difference->basis, difference->kind));
        view_number(view, "number", difference->number);
        if (difference->penalty != 0)
            view_number(view, "penalty", difference->penalty);
        if (difference->subject == SUBJECT_OUTAGE)
            view_number(view, "outage", difference->subject_id);
        if (difference->ticket_number[0] == '\0')
            continue;
        number_format_text(difference->ticket_number, number);
        view_text(view, "ticket", difference->ticket_number);
        view_text(view, "ticket_text", number);
    }
    return row;
}

enum status assessment_get_reconcile(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {{"month", INPUT_LINE, false, 7, 7, "ledger.error.month", NULL}};
    struct reconciliation found;
    struct inputs inputs;
    struct month month;
    enum status status = inputs_read(request, rules, 1, &inputs);

    if (status != STATUS_OK)
        return status;
    if (inputs.error_count > 0 || !month_read(request, inputs_text(&inputs, "month"), &month))
        return STATUS_INVALID;
    status = ledger_reconcile(assessment_of(request)->db, month_span(request, month), request->now, request->arena, &found,
                              &request->fault);
    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "assessment/reconcile");
    view_words(page, "Page.title", "ledger.reconcile.title");
    month_show(page, request, month);
    show_sums(page, request, &found);
    size_t row = show_differences(page, request, 0, "missing", found.missing, found.missing_count);
    row = show_differences(page, request, row, "extra", found.extra, found.extra_count);
    row = show_differences(page, request, row, "unfounded", found.unfounded, found.unfounded_count);
    view_number(page, "difference_count", (int64_t)row);
    return page_end(page, response, 200);
}
