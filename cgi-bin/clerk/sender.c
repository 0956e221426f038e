#include "clerk/sender.h"

#include <stdio.h>

#include "clerk/transport.h"
#include "core/number.h"
#include "web/words.h"

enum { BATCH = 50, LEASE_SECONDS = 120, FIRST_PAUSE_SECONDS = 30, TEXT_BYTES = 1200 };

/* What notices may speak of; filled once per notice, used by number in the words: {0} … {3}. */
enum notice_value { VALUE_NUMBER, VALUE_CODE, VALUE_LINK, VALUE_HOTLINE, NOTICE_VALUE__COUNT };

/* "phone 13812345678" for a resident, "unit pipeline" or "ops" inside the house. */
static enum status recipient_find(struct db *db, const struct catalog *catalog, const struct secrets *secrets,
                                  const struct notice *notice, struct arena *arena, const char **recipient,
                                  struct fault *fault)
{
    static const char *const house[AUDIENCE__COUNT] = {
        [AUDIENCE_OPS] = "ops", [AUDIENCE_GROUP_LEADER] = "group_leader"};

    if (notice->audience == AUDIENCE_RESIDENT) {
        struct person person;
        enum status status = person_unseal(db, notice->ticket, secrets, (struct staff_id){0}, notice->created_at,
                                           arena, &person, fault);
        if (status != STATUS_OK)
            return status;
        if (person.phone[0] == '\0')
            return FAULT(fault, STATUS_ABSENT, "a notice to a resident without a phone");
        *recipient = arena_format(arena, "phone %s", person.phone);
        return STATUS_OK;
    }
    if (house[notice->audience] != NULL) {
        *recipient = house[notice->audience];
        return STATUS_OK;
    }
    if (notice->audience == AUDIENCE_FIRST_RECEIVER) {
        *recipient = arena_format(arena, "staff %d", notice->recipient);
        return STATUS_OK;
    }
    const struct unit *unit = catalog_unit(catalog, (struct unit_id){notice->recipient});
    *recipient = arena_format(arena, "%s of %s", notice->audience == AUDIENCE_LIAISON ? "liaison" : "unit_leader",
                              unit == NULL ? "?" : unit->code);
    return STATUS_OK;
}

/* Where whoever is told can look. */
static const char *notice_link(const struct notice *notice, const struct settings *settings, struct arena *arena)
{
    const char *base = arena_format(arena, "%s%s", settings->base_url, settings->base_path);

    if (notice->audience == AUDIENCE_RESIDENT)
        return arena_format(arena, "%s/complaint/follow", base);
    if (notice->subject == SUBJECT_FAILURE)
        return arena_format(arena, "%s/staff/ticket/failure/%lld", base, (long long)notice->subject_id);
    return arena_format(arena, "%s/staff/ticket/%s", base, notice->number);
}

/* Which issue of the query code holds now: a lost code was issued anew. 0 when the ticket cannot be read. */
static int code_issue(struct db *db, const char *number, struct arena *arena)
{
    struct public_ticket ticket;
    struct fault ignored = {0};

    return public_store_find(db, number, arena, &ticket, &ignored) == STATUS_OK ? ticket.code_issue : 0;
}

/* The words of a notice, in Chinese: what happened, what is expected, where to look. */
static const char *notice_text(struct db *db, const struct notice *notice, const struct settings *settings,
                               const struct secrets *secrets, struct arena *arena)
{
    char code[QUERY_CODE_BYTES] = "", number[NUMBER_TEXT_BYTES] = "";
    const char *values[NOTICE_VALUE__COUNT];
    bool is_resident = notice->audience == AUDIENCE_RESIDENT;

    if (notice->number[0] != '\0')
        number_format_text(notice->number, number);
    const int issue = is_resident && notice->number[0] != '\0' ? code_issue(db, notice->number, arena) : 0;
    if (issue > 0)
        query_code_format(&secrets->key[SECRET_CODE], notice->number, issue, code);
    values[VALUE_NUMBER] = number;
    values[VALUE_CODE] = code;
    values[VALUE_LINK] = notice_link(notice, settings, arena);
    values[VALUE_HOTLINE] = settings->hotline;
    return words_fill(arena, LANGUAGE_ZH, arena_format(arena, "notice.%s", notice->name), values, NOTICE_VALUE__COUNT);
}

static enum status send_one(struct db *db, const struct catalog *catalog, const struct settings *settings,
                            const struct secrets *secrets, const struct notice *notice, struct instant now,
                            struct arena *arena, int *sent, struct fault *fault)
{
    char provider_id[80] = "";
    const char *recipient = NULL;
    struct fault problem;
    fault_reset(&problem);
    enum status status = recipient_find(db, catalog, secrets, notice, arena, &recipient, &problem);
    if (status == STATUS_UNAVAILABLE) {
        *fault = problem;
        return status;
    }
    if (status == STATUS_OK)
        status = transport_send(settings, notice, recipient, notice_text(db, notice, settings, secrets, arena), provider_id,
                                &problem);
    if (status == STATUS_OK) {
        *sent += 1;
        return outbox_store_sent(db, notice->id, provider_id, now, fault);
    }
    /* Nobody to send it to (any more): trying again would not help. */
    bool is_given_up = status == STATUS_ABSENT || notice->attempts + 1 >= SENDER_TRIES;
    int64_t pause_seconds = (int64_t)FIRST_PAUSE_SECONDS << (notice->attempts < 8 ? notice->attempts : 8);
    return outbox_store_failed(db, notice->id, problem.message, instant_add_seconds(now, pause_seconds), is_given_up,
                               fault);
}

enum status sender_run(struct db *db, const struct catalog *catalog, const struct settings *settings,
                       const struct secrets *secrets, struct instant now, struct arena *arena, int *sent,
                       struct fault *fault)
{
    struct notice *notices;
    size_t count;
    *sent = 0;
    enum status status = outbox_store_claim(db, BATCH, LEASE_SECONDS, now, arena, &notices, &count, fault);
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        status = send_one(db, catalog, settings, secrets, &notices[i], now, arena, sent, fault);
    return status;
}
