/* "My home" without an account: the number of a place of the register in a cookie, and nothing anywhere else. */
#include "outage/outage.h"
#include "web/input.h"

#define HOME_PATH "/outage/"
#define HOME_SECONDS (365 * DAY_SECONDS)

const struct place *home_place(const struct request *request)
{
    const char *value = cookie_find(request->arena, request->cookies, HOME_COOKIE);
    int64_t id;

    if (value == NULL || !text_parse_integer(value, 1, INT32_MAX, &id))
        return NULL;
    return catalog_place(&program_of(request)->catalog, (struct place_id){(int32_t)id});
}

enum status outage_post_home(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {
        {"place", INPUT_NUMBER, false, 1, INT32_MAX, "outage.error.place_unknown", NULL}};
    struct inputs inputs;
    const enum status status = inputs_read(request, rules, 1, &inputs);

    if (status != STATUS_OK)
        return status;
    const int64_t id = inputs_number(&inputs, "place", 0);
    const struct place *place = catalog_place(&program_of(request)->catalog, (struct place_id){(int32_t)id});
    if (inputs_find(&inputs, "place")->is_set && place == NULL)
        return STATUS_ABSENT;
    response_cookie(request, response, HOME_COOKIE,
                    place != NULL ? arena_format(request->arena, "%d", (int)place->id.v) : "-", HOME_PATH,
                    place != NULL ? (int)HOME_SECONDS : 0, false);
    return response_redirect(request, response, "/outage/");
}
