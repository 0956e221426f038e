/* Is this badge number one of ours (Art. 8)? Asked by who has somebody at the door; slowed per address, so that nobody lists all. */
#include "complaint/complaint.h"
#include "complaint/filing.h"
#include "store/badge_store.h"

#define BADGE_PURPOSE "badge" /* shares the counters of guessed codes: many wrong numbers wait like many wrong codes */

static const struct input_rule rules[] = {{"badge", INPUT_DIGITS, true, 1, 19, "badge.error", "badge.error"}};

static enum status show(struct request *request, struct response *response, struct inputs *inputs,
                        const struct public_badge *found, const char *problem, int status_code)
{
    struct view *view = page_begin(request, "complaint/badge");

    view_words(view, "Page.title", "badge.title");
    if (inputs != NULL)
        inputs_show(inputs, view);
    if (problem != NULL)
        view_words(view, "problem", problem);
    if (found != NULL) {
        const struct unit *unit = catalog_unit(&complaint_of(request)->catalog, found->unit);
        view_flag(view, "is_valid", true);
        view_text(view, "Badge.name", found->name);
        if (unit != NULL)
            view_text(view, "Badge.unit", request->language == LANGUAGE_EN ? unit->name_en : unit->name_zh);
    }
    if (status_code == 429)
        follow_ask_effort(request, view);
    return page_end(view, response, status_code);
}

enum status complaint_get_badge(struct request *request, struct response *response)
{
    return show(request, response, NULL, NULL, NULL, 200);
}

enum status complaint_post_badge(struct request *request, struct response *response)
{
    struct inputs *inputs = arena_take(request->arena, sizeof *inputs);
    const struct catalog *catalog;
    struct public_badge found;
    bool slowed = false;
    enum status status = inputs_read(request, rules, 1, inputs);

    if (status == STATUS_OK)
        status = complaint_catalog(request, &catalog);
    if (status != STATUS_OK)
        return status;
    if (inputs->error_count > 0)
        return show(request, response, inputs, NULL, NULL, 422);
    status = follow_is_slowed(request, BADGE_PURPOSE, &slowed);
    if (status != STATUS_OK)
        return status;
    if (slowed)
        return show(request, response, inputs, NULL, "badge.slowed", 429);
    status = badge_store_find(complaint_of(request)->db, inputs_text(inputs, "badge"), request->arena, &found,
                              &request->fault);
    if (status == STATUS_OK)
        return show(request, response, inputs, &found, NULL, 200);
    if (status != STATUS_ABSENT)
        return status;
    fault_reset(&request->fault);
    status = follow_count_wrong(request, BADGE_PURPOSE);
    return status == STATUS_OK ? show(request, response, inputs, NULL, "badge.unknown", 200) : status;
}
