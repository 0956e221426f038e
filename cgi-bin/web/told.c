#include "web/told.h"

#include <string.h>

#include "web/app.h"
#include "web/rate.h"

enum { TOLD_PER_HOUR = 20, EVENTS_MOST = 500 };

bool told_has_room(const struct request *request, const char *number, uint32_t version)
{
    const struct bytes piece = {(const uint8_t *)number, strlen(number)};
    const struct hash who = crypto_keyed_hash(&request->app->secrets.key[SECRET_FORM], "told", &piece, 1);

    return version < EVENTS_MOST && rate_count(&who, request->now, HOUR_SECONDS) <= TOLD_PER_HOUR;
}
