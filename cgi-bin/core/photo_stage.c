#include "core/photo_stage.h"

#include "base/text.h"

const char *photo_stage_name(enum photo_stage stage)
{
    static const char *const names[PHOTO_STAGE__COUNT] = {"", "before", "during", "after"};

    return stage < PHOTO_STAGE__COUNT ? names[stage] : "";
}

enum photo_stage photo_stage_find(const char *name)
{
    for (enum photo_stage stage = PHOTO_BEFORE; stage < PHOTO_STAGE__COUNT; stage++)
        if (text_is_equal(photo_stage_name(stage), name))
            return stage;
    return PHOTO_STAGE_NONE;
}
