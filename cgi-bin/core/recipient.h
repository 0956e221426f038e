/*
 * Whom a notice goes to when it is sent (Art. 12): the liaison on duty, and who stands in where nobody is, or where nobody
 * can be reached by a channel. Pure: the people come as rows in order of preference.
 */
#ifndef CORE_RECIPIENT_H
#define CORE_RECIPIENT_H

#include "base/channel.h"
#include "core/actor.h"
#include "core/contact.h"
#include "core/ladder.h"

/* How a recipient was found; anything behind WAY_DUTY is a stand-in for a liaison. Stored; Text.outbox.way.NAME. */
enum recipient_way {
    WAY_NONE,
    WAY_SELF,   /* the resident, or who received the report */
    WAY_GROUP,  /* a robot's group, or a file: no person is addressed */
    WAY_DUTY,   /* the unit's liaison on duty now */
    WAY_LEADER, /* the unit's direct leader */
    WAY_UNIT,   /* another leader or liaison of the unit */
    WAY_ROLE,   /* everybody who has the role */
    WAY_OPS,    /* operations, because nobody else could be told */
    WAY__COUNT
};
const char *recipient_way_name(enum recipient_way way);

#define MAIL_BYTES 121

struct candidate {
    struct staff_id staff;
    enum recipient_way way;
    uint32_t roles;
    char phone[PHONE_BYTES]; /* digits; "" without one */
    char mail[MAIL_BYTES];   /* "" without one */
};

/* Where one notice goes: by a channel, to a person or a group. */
struct target {
    enum channel channel;
    struct staff_id member; /* of an audience of several people; 0: the audience is one */
    struct staff_id staff;  /* who is addressed; 0: the resident, a group */
    enum recipient_way way;
};

/* Whether who was told stands in for who was meant. */
bool recipient_is_stand_in(enum audience audience, enum recipient_way way);

/* Whether an SMS can be sent there: a landline takes none. */
bool phone_takes_sms(const char *phone);

/*
 * The first of a unit's people who is meant by the audience (liaison or unit leader) and whom the channel reaches; NULL when
 * there is none. candidates: by duty first, then the direct leader, then the unit's leaders and liaisons.
 */
const struct candidate *recipient_pick(enum audience audience, enum channel channel, const struct candidate *candidates,
                                       size_t count);

/* What a decision needs to know. */
struct recipient_case {
    enum audience audience;
    unsigned channels;     /* that the audience is told by */
    unsigned ops_channels; /* that operations is told by */
    const struct candidate *candidates; /* the unit's people, those of the role, or the first receiver */
    size_t count;
    const struct candidate *ops;
    size_t ops_count;
};

#define TARGETS_MOST 100

/*
 * All places that the notice goes to, each channel by itself; operations stands in for a unit or for group leadership of whom
 * no channel reaches anybody. targets: TARGETS_MOST. Returns how many; 0: there is nobody who can be told.
 */
size_t recipients_choose(const struct recipient_case *about, struct target *targets);

#endif
