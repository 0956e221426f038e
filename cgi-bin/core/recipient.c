#include "core/recipient.h"

#include <assert.h>

const char *recipient_way_name(enum recipient_way way)
{
    static const char *const names[WAY__COUNT] = {"none", "self", "group", "duty", "leader", "unit", "role", "ops"};

    assert((unsigned)way < WAY__COUNT);
    return names[way];
}

bool recipient_is_stand_in(enum audience audience, enum recipient_way way)
{
    return way == WAY_OPS || (audience == AUDIENCE_LIAISON && (way == WAY_LEADER || way == WAY_UNIT));
}

bool phone_takes_sms(const char *phone) { return phone[0] == '1'; }

static bool reaches(enum channel channel, const struct candidate *candidate)
{
    switch (channel) {
    case CHANNEL_FILE:
        return true;
    case CHANNEL_SMS:
        return phone_takes_sms(candidate->phone);
    case CHANNEL_MAIL:
        return candidate->mail[0] != '\0';
    case CHANNEL_ROBOT:
    case CHANNEL_NONE:
    case CHANNEL__COUNT:
        break;
    }
    return false;
}

static bool is_meant(enum audience audience, const struct candidate *candidate)
{
    if (audience != AUDIENCE_UNIT_LEADER)
        return true;
    return candidate->way == WAY_LEADER ||
           (candidate->way == WAY_UNIT && (candidate->roles & ROLE_BIT(ROLE_UNIT_LEADER)) != 0);
}

const struct candidate *recipient_pick(enum audience audience, enum channel channel, const struct candidate *candidates,
                                       size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_meant(audience, &candidates[i]) && reaches(channel, &candidates[i]))
            return &candidates[i];
    return NULL;
}

static size_t add(struct target *targets, size_t count, struct target target)
{
    if (count < TARGETS_MOST)
        targets[count++] = target;
    return count;
}

/* Everybody of a role by one channel; a file is one for all of them. */
static size_t add_role(enum channel channel, const struct candidate *people, size_t people_count, enum recipient_way way,
                       struct target *targets, size_t count)
{
    if (channel == CHANNEL_FILE || channel == CHANNEL_ROBOT)
        return add(targets, count, (struct target){.channel = channel, .way = way == WAY_OPS ? way : WAY_GROUP});
    for (size_t i = 0; i < people_count; i++)
        if (reaches(channel, &people[i]))
            count = add(targets, count, (struct target){channel, people[i].staff, people[i].staff, way});
    return count;
}

/* One person by one channel; a file or a robot's group needs none. */
static size_t add_one(const struct recipient_case *about, enum channel channel, struct target *targets, size_t count)
{
    const struct candidate *found = recipient_pick(about->audience, channel, about->candidates, about->count);

    if (found != NULL)
        return add(targets, count, (struct target){.channel = channel, .staff = found->staff, .way = found->way});
    if (channel == CHANNEL_FILE || channel == CHANNEL_ROBOT)
        return add(targets, count, (struct target){.channel = channel, .way = WAY_GROUP});
    return count;
}

static size_t add_channel(const struct recipient_case *about, enum channel channel, struct target *targets, size_t count)
{
    switch (about->audience) {
    case AUDIENCE_RESIDENT:
        return add(targets, count, (struct target){.channel = channel, .way = WAY_SELF});
    case AUDIENCE_OPS:
    case AUDIENCE_GROUP_LEADER:
        return add_role(channel, about->candidates, about->count, WAY_ROLE, targets, count);
    case AUDIENCE_LIAISON:
    case AUDIENCE_UNIT_LEADER:
    case AUDIENCE_FIRST_RECEIVER:
        return add_one(about, channel, targets, count);
    case AUDIENCE_NONE:
    case AUDIENCE__COUNT:
        break;
    }
    return count;
}

size_t recipients_choose(const struct recipient_case *about, struct target *targets)
{
    const bool has_stand_in = about->audience == AUDIENCE_LIAISON || about->audience == AUDIENCE_UNIT_LEADER ||
                              about->audience == AUDIENCE_GROUP_LEADER;
    size_t count = 0;

    for (enum channel channel = CHANNEL_NONE + 1; channel < CHANNEL__COUNT; channel++)
        if ((about->channels & CHANNEL_BIT(channel)) != 0)
            count = add_channel(about, channel, targets, count);
    if (count > 0 || !has_stand_in)
        return count;
    for (enum channel channel = CHANNEL_NONE + 1; channel < CHANNEL__COUNT; channel++)
        if ((about->ops_channels & CHANNEL_BIT(channel)) != 0)
            count = add_role(channel, about->ops, about->ops_count, WAY_OPS, targets, count);
    return count;
}
