/*
 * The ways on which notices leave the house. Pure.
 */
#ifndef BASE_CHANNEL_H
#define BASE_CHANNEL_H

/* Stored. */
enum channel {
    CHANNEL_NONE, /* not decided yet */
    CHANNEL_FILE, /* a file in outbox_dir, for whoever carries it on */
    CHANNEL_SMS,
    CHANNEL_MAIL,
    CHANNEL_ROBOT, /* a group's robot (WeCom, DingTalk): no person is addressed, nothing personal is said */
    CHANNEL__COUNT
};
#define CHANNEL_BIT(channel) (1U << (channel))
/* "file", "sms", "mail", "robot"; "none" for CHANNEL_NONE. */
const char *channel_name(enum channel channel);
/* CHANNEL_NONE for an unknown name. */
enum channel channel_find(const char *name);

#endif
