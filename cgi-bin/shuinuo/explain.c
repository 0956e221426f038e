/* shuinuo explain and verify: why a clock says what it says, and whether the records are whole. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/number.h"
#include "shuinuo/command.h"
#include "store/clerk_store.h"
#include "web/words.h"

static void print_moment(const struct admin *admin, const char *label, struct instant at)
{
    char text[TIME_TEXT_BYTES];
    if (!instant_is_set(at))
        return;
    instant_format_iso(at, admin->settings.utc_offset_minutes, text);
    printf("  %-16s %s\n", label, text);
}

/* "kept", "late by 12 minutes", "running, 8 minutes left", … */
static void print_result(struct admin *admin, const struct clock *clock)
{
    enum clock_result result = clock_result_at(clock, admin->now);
    int64_t late = clock_late_seconds(clock, admin->now, false);
    printf("  %-16s %s", "result", clock_result_name(result));
    if (late > 0)
        printf(", late by %s", words_duration(&admin->arena, LANGUAGE_EN, late));
    else if (clock_is_running(clock) && instant_is_set(clock_effective_due(clock)))
        printf(", %s left", words_duration(&admin->arena, LANGUAGE_EN,
                                           instant_milliseconds_between(admin->now, clock_effective_due(clock)) / 1000));
    if (clock->corrected != RESULT_RUNNING)
        printf(", corrected to %s", clock_result_name(clock->corrected));
    if (clock->excuse_code != 0)
        printf(", by failure report %d", clock->excuse_code);
    putchar('\n');
}

static void print_clock(struct admin *admin, const struct clock *clock)
{
    const struct rule *rule = catalog_rule(&admin->catalog, clock->rule);
    const struct catalog_words *words = catalog_rule_words(&admin->catalog, clock->rule);
    const struct unit *unit = catalog_unit(&admin->catalog, clock->unit);

    printf("\nclock %d, cycle %d: %s\n", clock->no, clock->cycle, clock_kind_name(clock->kind));
    if (rule != NULL && words != NULL)
        printf("  %-16s %s (%s), Art. %s\n", "rule", words->name_en, rule->code, clock->article);
    if (rule != NULL)
        printf("  %-16s from %s to %s%s\n", "runs", rule->start_event, rule->end_event,
               rule->interpretation == INTERPRETATION_OPS ? " (interpretation of ops, Art. 36)" : "");
    printf("  %-16s %s %s%s\n", "limit", clock->bound == BOUND_LESS ? "less than" : "at most",
           clock->limit_seconds > 0 ? words_duration(&admin->arena, LANGUAGE_EN, clock->limit_seconds)
                                    : "what ops sets",
           clock->is_binding ? "" : " (a goal, not binding)");
    printf("  %-16s %s\n", "answers", unit == NULL ? "ops" : unit->name_en);
    print_moment(admin, clock->direction == DIRECTION_BEFORE ? "known" : "started", clock->started_at);
    print_moment(admin, "due", clock->due_at);
    print_moment(admin, "granted due", clock->granted_due_at);
    print_moment(admin, "stopped", clock->stopped_at);
    print_result(admin, clock);
}

/* The events that touched a clock, so that every time above has its cause. */
static void print_events(struct admin *admin, const struct ticket_file *file)
{
    puts("\nevents");
    for (size_t i = 0; i < file->entry_count; i++) {
        const struct event *event = &file->entries[i].event;
        char occurred[TIME_TEXT_BYTES];
        instant_format_iso(event->occurred_at, admin->settings.utc_offset_minutes, occurred);
        printf("  %3" PRIu32 " %s %s", event->seq, occurred, ticket_action_name((enum ticket_action)event->kind));
        for (int c = 0; c < event->clock_count; c++)
            printf("%s%d", c == 0 ? "  → clock " : ", ", event->clocks[c].no);
        putchar('\n');
    }
}

enum status command_explain(struct admin *admin, int argc, char **argv, struct fault *fault)
{
    char number[NUMBER_BYTES], shown[NUMBER_TEXT_BYTES];
    struct ticket_file file;
    if (argc != 2 || !number_parse(argv[1], number))
        return FAULT(fault, STATUS_INVALID, "give one ticket number");
    enum status status = ticket_store_load(admin->db, number, &admin->arena, &file, fault);
    if (status == STATUS_ABSENT) {
        fault_reset(fault);
        return FAULT(fault, status, "there is no ticket with this number");
    }
    if (status != STATUS_OK)
        return status;

    const struct catalog_words *category = catalog_category_words(&admin->catalog, file.ticket.facts.category);
    number_format_text(file.number, shown);
    printf("%s  %s, %s, cycle %d\n", shown, category == NULL ? "?" : category->name_en,
           ticket_state_name(file.ticket.state), file.ticket.cycle);
    print_moment(admin, "reported", file.ticket.reported_at);
    print_moment(admin, "outside due", file.ticket.outside_due_at);
    for (int i = 0; i < file.ticket.clock_count; i++)
        print_clock(admin, &file.ticket.clocks[i]);
    print_events(admin, &file);
    return STATUS_OK;
}

static void print_problem(void *context, const char *message)
{
    (void)context;
    printf("%s\n", message);
}

enum status command_verify(struct admin *admin, int argc, char **argv, struct fault *fault)
{
    struct secrets clerk;
    struct fault no_key;
    struct verify_report report = {0};
    (void)argv;
    if (argc != 1)
        return FAULT(fault, STATUS_INVALID, "verify takes no arguments");
    fault_reset(&no_key);
    memset(&clerk, 0, sizeof clerk);
    /* Only whoever may read clerk's file can check the seals; everybody else checks the rest. */
    bool has_key = secrets_read(&clerk, &admin->settings, "clerk", &no_key) == STATUS_OK;
    enum status status = verify_store_run(admin->db, &admin->catalog, has_key ? &clerk : NULL, print_problem, NULL,
                                          &report, fault);
    secrets_wipe(&clerk);
    if (status != STATUS_OK)
        return status;
    printf("%" PRId64 " streams, %" PRId64 " events, %" PRId64 " clocks folded again; seals %s; %" PRId64 " problems\n",
           report.streams, report.events, report.clocks, has_key ? "checked" : "not checked (clerk's key is not readable)",
           report.problems);
    if (report.walked_kinds > 0)
        printf("clerk is working a change of the ladder into %d kinds of clocks: when their next steps are due was not"
               " compared\n", report.walked_kinds);
    return report.problems == 0 ? STATUS_OK : FAULT(fault, STATUS_INVALID, "the records are not whole");
}
