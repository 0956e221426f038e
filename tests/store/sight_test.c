/*
 * What was handed to the discipline office is seen nowhere any more (Art. 5): lists and their counts, searches, exports, what
 * belongs together, earlier reports, notices, system failures. Each place is first shown to see the ticket while it is an ordinary one.
 */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "stand.h"
#include "store/delivery_store.h"
#include "store/gram_store.h"
#include "store/related_store.h"
#include "store/repeat_store.h"
#include "store/ticket_list.h"

#define WORD "蓝色水表箱"

struct sight {
    struct stand *stand;
    const struct ticket_file *file, *other; /* the one in question; its parent and neighbour */
};

static bool is_listed(const struct sight *sight, const struct filter *filter)
{
    struct stand *stand = sight->stand;
    struct ticket_query query = {.view = TICKET_VIEW_ALL, .sort = TICKET_SORT_NEWEST, .filter = filter, .limit = 50};
    struct ticket_page page;

    REQUIRE_STATUS(ticket_list_read(stand->db, &query, stand->now, &stand->arena, &page, &stand->fault), STATUS_OK);
    for (size_t i = 0; i < page.count; i++)
        if (page.rows[i].id.v == sight->file->ticket.id.v)
            return true;
    return false;
}

static bool sees_list(const struct sight *sight)
{
    const struct filter none = {.due = FILTER_DUE_ANY};
    return is_listed(sight, &none);
}

static bool sees_number(const struct sight *sight)
{
    struct filter filter = {.due = FILTER_DUE_ANY};
    snprintf(filter.number, sizeof filter.number, "%s", sight->file->number);
    return is_listed(sight, &filter);
}

static bool sees_words(const struct sight *sight)
{
    struct filter filter = {.due = FILTER_DUE_ANY, .term_count = 1};
    snprintf(filter.terms[0], sizeof filter.terms[0], "%s", WORD);
    return is_listed(sight, &filter);
}

static bool sees_rows_by_number(const struct sight *sight)
{
    struct stand *stand = sight->stand;
    const char *const numbers[] = {sight->file->number};
    struct ticket_row *rows;
    size_t count;

    REQUIRE_STATUS(ticket_list_by_numbers(stand->db, numbers, 1, &stand->arena, &rows, &count, &stand->fault), STATUS_OK);
    return count == 1;
}

static enum status note_row(void *context, const struct ticket_row *row, struct fault *fault)
{
    int64_t *wanted = context;

    (void)fault;
    if (row->id.v == *wanted)
        *wanted = 0;
    return STATUS_OK;
}

static bool sees_export(const struct sight *sight)
{
    struct stand *stand = sight->stand;
    const struct filter none = {.due = FILTER_DUE_ANY};
    const struct ticket_query query = {.view = TICKET_VIEW_ALL, .sort = TICKET_SORT_NEWEST, .filter = &none, .limit = 1000};
    int64_t wanted = sight->file->ticket.id.v;
    bool is_whole;

    REQUIRE_STATUS(ticket_list_stream(stand->db, &query, stand->now, note_row, &wanted, &is_whole, &stand->fault), STATUS_OK);
    return wanted == 0;
}

static bool sees_count(const struct sight *sight)
{
    struct stand *stand = sight->stand;
    const struct filter none = {.due = FILTER_DUE_ANY};
    const struct ticket_query query = {.view = TICKET_VIEW_ALL, .sort = TICKET_SORT_NEWEST, .filter = &none, .limit = 50};
    struct desk_counts counts;

    REQUIRE_STATUS(desk_count(stand->db, &query, true, stand->now, &stand->arena, &counts, &stand->fault), STATUS_OK);
    return counts.views[TICKET_VIEW_ALL] == stand_count(stand, "SELECT COUNT(*) FROM ticket");
}

static bool sees_related(const struct sight *sight)
{
    struct stand *stand = sight->stand;
    struct related *related;
    size_t count;

    REQUIRE_STATUS(related_store_list(stand->db, &sight->other->ticket, &stand->arena, &related, &count, &stand->fault), STATUS_OK);
    for (size_t i = 0; i < count; i++)
        if (related[i].id.v == sight->file->ticket.id.v)
            return true;
    return false;
}

static bool sees_earlier(const struct sight *sight)
{
    struct stand *stand = sight->stand;
    struct earlier *earlier;
    size_t count;

    REQUIRE_STATUS(repeat_store_find_for(stand->db, &sight->other->ticket, instant_add_seconds(stand->now, -90 * (int64_t)DAY_SECONDS),
                                         &stand->arena, &earlier, &count, &stand->fault), STATUS_OK);
    for (size_t i = 0; i < count; i++)
        if (earlier[i].id.v == sight->file->ticket.id.v)
            return true;
    return false;
}

static bool sees_given_up_notice(const struct sight *sight)
{
    struct stand *stand = sight->stand;
    const struct delivery_filter filter = {.state = OUTBOX_GIVEN_UP, .channel = -1, .limit = 50};
    struct delivery *rows;
    size_t count;

    REQUIRE_STATUS(delivery_store_page(stand->db, &filter, &stand->arena, &rows, &count, &stand->fault), STATUS_OK);
    REQUIRE(count > 0); /* what was given up still stands there, without a name */
    for (size_t i = 0; i < count; i++)
        if (strcmp(rows[i].number, sight->file->number) == 0)
            return true;
    return false;
}

static const struct {
    const char *name;
    bool (*sees)(const struct sight *sight);
} places[] = {
    {"list", sees_list},
    {"search by number", sees_number},
    {"search by words", sees_words},
    {"rows by number", sees_rows_by_number},
    {"export", sees_export},
    {"count", sees_count},
    {"related tickets", sees_related},
    {"earlier reports", sees_earlier},
    {"notices given up", sees_given_up_notice},
};

TEST(clock_failure_19_and_article_5_a_sealed_ticket_is_seen_in_no_list_count_search_export_side_list_or_notice)
{
    struct stand *stand = stand_open("sight");
    struct ticket_file file, other;
    enum verdict verdict;
    const struct command seal = stand_command(ACTION_HAND_TO_DISCIPLINE, stand_ops());
    struct command link = stand_command(ACTION_LINK_REPEAT, stand_ops());
    struct command note = stand_command(ACTION_NOTE, stand_ops());
    REQUIRE_STATUS(stand_file(stand, "service_complaint", NULL, &file), STATUS_OK);
    stand_pass(stand, 60);
    REQUIRE_STATUS(stand_file(stand, "service_complaint", NULL, &other), STATUS_OK);
    command_set(&link, FIELD_PARENT, file.ticket.id.v);
    command_set(&link, FIELD_LEVEL, 1);
    REQUIRE_STATUS(stand_act(stand, &other, &link, NULL, &verdict), STATUS_OK);
    REQUIRE_STATUS(stand_act(stand, &file, &note, "门口的" WORD, &verdict), STATUS_OK);
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    stand_run(stand, "UPDATE outbox SET state = %d WHERE subject_id = %lld", OUTBOX_GIVEN_UP, (long long)file.ticket.id.v);
    const struct sight sight = {stand, &file, &other};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        check_casef("%s, before", places[i].name);
        CHECK(places[i].sees(&sight));
    }
    REQUIRE_STATUS(stand_act(stand, &file, &seal, NULL, &verdict), STATUS_OK);
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        check_casef("%s, after", places[i].name);
        CHECK(!places[i].sees(&sight));
    }
}
