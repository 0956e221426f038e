/* Whom a notice goes to, and what it says. */
#include <stdio.h>

#include "clerk/sender.h"
#include "core/crew_link.h"
#include "core/notice.h"
#include "core/number.h"
#include "store/crew_store.h"
#include "store/person.h"
#include "store/recipient_store.h"
#include "web/words.h"

/* What notices may speak of; filled once per notice, used by number in the words: {0} … {3}. */
enum notice_value { VALUE_NUMBER, VALUE_CODE, VALUE_LINK, VALUE_HOTLINE, NOTICE_VALUE__COUNT };

static unsigned channels_of(const struct settings *settings, enum audience audience)
{
    switch (audience) {
    case AUDIENCE_LIAISON: return settings->notice_liaison;
    case AUDIENCE_UNIT_LEADER: return settings->notice_unit_leader;
    case AUDIENCE_OPS: return settings->notice_ops;
    case AUDIENCE_GROUP_LEADER: return settings->notice_group_leader;
    case AUDIENCE_FIRST_RECEIVER: return settings->notice_first_receiver;
    case AUDIENCE_RESIDENT: return settings->notice_resident;
    case AUDIENCE_NONE:
    case AUDIENCE__COUNT: break;
    }
    return 0;
}

/* --- deciding ----------------------------------------------------------------------------------------------------- */

static enum status load_candidates(const struct sender *sender, const struct notice *notice, struct instant now,
                                   struct candidate **candidates, size_t *count, struct fault *fault)
{
    *candidates = NULL;
    *count = 0;
    switch (notice->audience) {
    case AUDIENCE_LIAISON:
    case AUDIENCE_UNIT_LEADER:
        return recipients_of_unit(sender->db, (struct unit_id){notice->recipient}, sender->secrets, now, sender->arena,
                                  candidates, count, fault);
    case AUDIENCE_OPS:
        return recipients_of_role(sender->db, ROLE_OPS, sender->secrets, sender->arena, candidates, count, fault);
    case AUDIENCE_GROUP_LEADER:
        return recipients_of_role(sender->db, ROLE_GROUP_LEADER, sender->secrets, sender->arena, candidates, count, fault);
    case AUDIENCE_FIRST_RECEIVER:
        return recipient_named(sender->db, (struct staff_id){notice->recipient}, sender->secrets, sender->arena,
                               candidates, count, fault);
    case AUDIENCE_RESIDENT:
    case AUDIENCE_NONE:
    case AUDIENCE__COUNT:
        break;
    }
    return STATUS_OK;
}

static enum status choose(const struct sender *sender, const struct notice *notice, struct instant now,
                          struct target *targets, size_t *count, struct fault *fault)
{
    struct candidate *candidates, *ops;
    struct recipient_case about = {.audience = notice->audience,
                                   .channels = channels_of(sender->settings, notice->audience)};
    enum status status = load_candidates(sender, notice, now, &candidates, &about.count, fault);

    if (status != STATUS_OK)
        return status;
    about.candidates = candidates;
    *count = recipients_choose(&about, targets);
    if (*count > 0 || notice->audience == AUDIENCE_OPS)
        return STATUS_OK;
    status = recipients_of_role(sender->db, ROLE_OPS, sender->secrets, sender->arena, &ops, &about.ops_count, fault);
    if (status != STATUS_OK)
        return status;
    about.ops = ops;
    about.ops_channels = sender->settings->notice_ops;
    *count = recipients_choose(&about, targets);
    return STATUS_OK;
}

/* Whether the resident's phone was told often enough in a day: nobody can be bombed with messages (controls.md J9). */
static enum status is_told_enough(const struct sender *sender, const struct notice *notice, struct instant now,
                                  bool *is_enough, struct fault *fault)
{
    int64_t count = 0;

    *is_enough = false;
    if (notice->audience != AUDIENCE_RESIDENT || notice->ticket.v == 0)
        return STATUS_OK;
    const enum status status = outbox_store_count_by_phone(sender->db, notice->ticket,
                                                           instant_add_seconds(now, -(int64_t)DAY_SECONDS), &count, fault);
    *is_enough = count >= sender->catalog->policies[POLICY_NOTICES_PER_PHONE];
    return status;
}

struct instant addressing_quiet_over(const struct sender *sender, struct instant at)
{
    const int64_t *policies = sender->catalog->policies;

    return quiet_hours_over(at, (int)policies[POLICY_QUIET_FROM_MINUTE], (int)policies[POLICY_QUIET_TO_MINUTE],
                            sender->settings->utc_offset_minutes);
}

struct instant addressing_not_before(const struct sender *sender, const struct notice *notice, struct instant at)
{
    const bool may_wait = !notice->is_released && notice_may_wait(notice->name, notice->audience, notice->grades);

    return may_wait ? addressing_quiet_over(sender, at) : at;
}

enum status addressing_decide(const struct sender *sender, const struct notice *notice, struct instant now,
                              struct fault *fault)
{
    struct target targets[TARGETS_MOST];
    size_t count = 0;
    bool is_released = false, is_enough;
    const struct instant not_before = addressing_not_before(sender, notice, now);

    if (instant_is_before(now, not_before))
        return outbox_store_hold(sender->db, notice->id, not_before, fault);
    enum status status = STATUS_OK;
    if (instant_is_before(now, addressing_quiet_over(sender, now)))
        status = outbox_store_release_before(sender->db, notice, &is_released, fault);
    if (status != STATUS_OK || is_released) /* those are older: they are decided before this one */
        return status;
    status = is_told_enough(sender, notice, now, &is_enough, fault);
    if (status == STATUS_OK && is_enough)
        return outbox_store_undecidable(sender->db, notice->id, GATEWAY_ERROR_LIMIT, now, fault);
    if (status == STATUS_OK)
        status = choose(sender, notice, now, targets, &count, fault);
    if (status != STATUS_OK)
        return status;
    if (count == 0)
        return outbox_store_undecidable(sender->db, notice->id, GATEWAY_ERROR_NOBODY, now, fault);
    return outbox_store_decide(sender->db, notice, targets, count, fault);
}

/* --- addresses ---------------------------------------------------------------------------------------------------- */

static const char *unit_code(const struct sender *sender, int32_t unit)
{
    const struct unit *found = catalog_unit(sender->catalog, (struct unit_id){unit});

    return found == NULL ? "?" : found->code;
}

/* How a recipient inside the house is written in a file. */
static const char *file_line(const struct sender *sender, const struct notice *notice, const struct candidate *person)
{
    const char *who = "ops";

    if (notice->audience == AUDIENCE_GROUP_LEADER)
        who = "group_leader";
    else if (notice->audience == AUDIENCE_LIAISON || notice->audience == AUDIENCE_UNIT_LEADER)
        who = arena_format(sender->arena, "%s of %s", notice->audience == AUDIENCE_LIAISON ? "liaison" : "unit_leader",
                           unit_code(sender, notice->recipient));
    else if (notice->audience == AUDIENCE_FIRST_RECEIVER)
        who = arena_format(sender->arena, "staff %d", notice->recipient);
    if (notice->target.way == WAY_OPS)
        who = arena_format(sender->arena, "ops for %s", who);
    if (person == NULL || person->phone[0] == '\0')
        return who;
    return arena_format(sender->arena, "%s, phone %s", who, person->phone);
}

static enum status find_resident(const struct sender *sender, const struct notice *notice, struct instant now,
                                 struct address *address, struct fault *fault)
{
    struct person person;
    struct fault problem;

    fault_reset(&problem);
    address->error = GATEWAY_ERROR_NO_ADDRESS;
    enum status status =
        person_unseal(sender->db, notice->ticket, sender->secrets, (struct staff_id){0}, now, sender->arena, &person, &problem);
    if (status == STATUS_UNAVAILABLE) {
        *fault = problem;
        return status;
    }
    if (status == STATUS_FAILED || status == STATUS_REFUSED)
        address->error = GATEWAY_ERROR_SETUP;
    if (status != STATUS_OK || person.phone[0] == '\0' ||
        (notice->target.channel == CHANNEL_SMS && !phone_takes_sms(person.phone)))
        return STATUS_OK;
    address->is_there = true;
    address->line = notice->target.channel == CHANNEL_FILE ? arena_format(sender->arena, "phone %s", person.phone)
                                                           : arena_copy_text(sender->arena, person.phone);
    return STATUS_OK;
}

/* The unit's person now; who was addressed before when there is none any more. */
static enum status find_person(const struct sender *sender, struct notice *notice, struct instant now,
                               const struct candidate **person, struct fault *fault)
{
    struct candidate *candidates;
    size_t count;
    const bool is_of_unit = (notice->audience == AUDIENCE_LIAISON || notice->audience == AUDIENCE_UNIT_LEADER) &&
                            notice->target.way != WAY_OPS;

    *person = NULL;
    if (is_of_unit) {
        const enum status status = load_candidates(sender, notice, now, &candidates, &count, fault);
        if (status != STATUS_OK)
            return status;
        *person = recipient_pick(notice->audience, notice->target.channel, candidates, count);
        if (*person != NULL) {
            notice->target.staff = (*person)->staff;
            notice->target.way = (*person)->way;
            return STATUS_OK;
        }
    }
    if (notice->target.staff.v == 0)
        return STATUS_OK;
    const enum status status = recipient_named(sender->db, notice->target.staff, sender->secrets, sender->arena,
                                               &candidates, &count, fault);
    if (status == STATUS_OK && count > 0)
        *person = &candidates[0];
    return status;
}

/* A liaison who is told of a ticket has a page for the unit's assignment, where crews' pages are open. */
static enum status find_assignment(const struct sender *sender, struct notice *notice, struct fault *fault)
{
    const bool is_for_page = sender->settings->is_crew_open && sender->secrets->has[SECRET_CREW] &&
                             notice->audience == AUDIENCE_LIAISON && notice->ticket.v != 0 &&
                             notice->target.staff.v != 0 && notice->target.way != WAY_OPS;

    notice->dispatch_no = 0;
    if (!is_for_page)
        return STATUS_OK;
    return crew_store_assignment(sender->db, notice->ticket, (struct unit_id){notice->recipient}, sender->arena,
                                &notice->dispatch_no, fault);
}

enum status addressing_find(const struct sender *sender, struct notice *notice, struct instant now,
                            struct address *address, struct fault *fault)
{
    const struct candidate *person;
    const enum channel channel = notice->target.channel;

    *address = (struct address){.error = GATEWAY_ERROR_NO_ADDRESS, .line = ""};
    if (notice->audience == AUDIENCE_RESIDENT)
        return find_resident(sender, notice, now, address, fault);
    address->is_there = channel == CHANNEL_ROBOT;
    if (channel == CHANNEL_ROBOT)
        return STATUS_OK;
    enum status status = find_person(sender, notice, now, &person, fault);
    if (status == STATUS_OK)
        status = find_assignment(sender, notice, fault);
    if (status != STATUS_OK)
        return status;
    address->is_there = true;
    if (channel == CHANNEL_FILE)
        address->line = file_line(sender, notice, person);
    else if (channel == CHANNEL_SMS && person != NULL && phone_takes_sms(person->phone))
        address->line = person->phone;
    else if (channel == CHANNEL_MAIL && person != NULL && person->mail[0] != '\0')
        address->line = person->mail;
    else
        address->is_there = false;
    return STATUS_OK;
}

/* --- words -------------------------------------------------------------------------------------------------------- */

static const char *spoken_number(const struct sender *sender, const struct notice *notice)
{
    char number[NUMBER_TEXT_BYTES] = "";

    if (notice->number[0] != '\0')
        number_format_text(notice->number, number);
    return arena_copy_text(sender->arena, number);
}

/* The same at every try: it runs from when the notice was written. */
static const char *crew_link_of(const struct sender *sender, const struct notice *notice)
{
    const struct settings *settings = sender->settings;
    const int64_t life_seconds = (int64_t)settings->crew_link_hours * HOUR_SECONDS;
    const struct crew_link link = {notice->ticket, notice->dispatch_no, notice->target.staff,
                                   instant_add_seconds(notice->created_at, life_seconds)};
    char text[CREW_LINK_BYTES];

    crew_link_format(&sender->secrets->key[SECRET_CREW], &link, text);
    return arena_format(sender->arena, "%s%s/crew/job/%s",
                        settings->crew_url[0] != '\0' ? settings->crew_url : settings->base_url, settings->base_path, text);
}

/* Where whoever is told can look. */
static const char *link_of(const struct sender *sender, const struct notice *notice)
{
    const char *base = arena_format(sender->arena, "%s%s", sender->settings->base_url, sender->settings->base_path);

    if (notice->audience == AUDIENCE_RESIDENT)
        return arena_format(sender->arena, "%s/complaint/follow", base);
    if (notice->subject == SUBJECT_FAILURE)
        return arena_format(sender->arena, "%s/staff/ticket/failure/%lld", base, (long long)notice->subject_id);
    if (notice->subject == SUBJECT_ORDER)
        return arena_format(sender->arena, "%s/staff/assessment/order/%lld", base, (long long)notice->subject_id);
    if (notice->subject == SUBJECT_PENALTY)
        return arena_format(sender->arena, "%s/staff/assessment/ledger/%lld", base, (long long)notice->subject_id);
    if (notice->dispatch_no > 0)
        return crew_link_of(sender, notice);
    if (notice->subject == SUBJECT_OUTAGE)
        return arena_format(sender->arena, "%s/staff/supply/%lld", base, (long long)notice->subject_id);
    return arena_format(sender->arena, "%s/staff/ticket/%s", base, notice->number);
}

const char *addressing_text(const struct sender *sender, const struct notice *notice)
{
    const bool is_of_unit = notice->audience == AUDIENCE_LIAISON || notice->audience == AUDIENCE_UNIT_LEADER;
    char code[QUERY_CODE_BYTES] = "";
    const char *values[NOTICE_VALUE__COUNT];

    if (notice->audience == AUDIENCE_RESIDENT && notice->number[0] != '\0' && notice->code_issue > 0)
        query_code_format(&sender->secrets->key[SECRET_CODE], notice->number, notice->code_issue, code);
    values[VALUE_NUMBER] = spoken_number(sender, notice);
    values[VALUE_CODE] = code;
    values[VALUE_LINK] = link_of(sender, notice);
    values[VALUE_HOTLINE] = sender->settings->hotline;
    const char *words = words_fill(sender->arena, LANGUAGE_ZH, arena_format(sender->arena, "notice.%s", notice->name), values,
                                   NOTICE_VALUE__COUNT);
    const struct unit *unit = is_of_unit ? catalog_unit(sender->catalog, (struct unit_id){notice->recipient}) : NULL;
    if (unit == NULL || (notice->target.channel != CHANNEL_ROBOT && notice->target.way != WAY_OPS))
        return words;
    const char *for_unit[] = {unit->name_zh, words}; /* whoever reads it must see whom it is meant for */
    return words_fill(sender->arena, LANGUAGE_ZH, "notice_mail.for_unit", for_unit, 2);
}

const char *addressing_subject(const struct sender *sender, const struct notice *notice)
{
    const char *values[] = {
        words_find(LANGUAGE_ZH, arena_format(sender->arena, "outbox.name.%s", notice->name)),
        spoken_number(sender, notice),
        sender->settings->company_zh,
    };

    return words_fill(sender->arena, LANGUAGE_ZH, "notice_mail.subject", values, 3);
}
