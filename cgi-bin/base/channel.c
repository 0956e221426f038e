#include "base/channel.h"

#include <assert.h>

#include "base/text.h"

static const char *const names[CHANNEL__COUNT] = {"none", "file", "sms", "mail", "robot"};

const char *channel_name(enum channel channel)
{
    assert((unsigned)channel < CHANNEL__COUNT);
    return names[channel];
}

enum channel channel_find(const char *name)
{
    for (int i = CHANNEL_NONE + 1; i < CHANNEL__COUNT; i++)
        if (text_is_equal(names[i], name))
            return (enum channel)i;
    return CHANNEL_NONE;
}
