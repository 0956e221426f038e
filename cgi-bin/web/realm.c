#include "web/realm.h"

#include <string.h>

#include "web/app.h"

static const struct realm desk = {
    .prefix = "/staff/",
    .signin = "/staff/signin",
    .home = "/staff/",
    .cookie = "sn_staff",
    .cookie_path = "/",
    .is_strict = true,
    .purpose = "",
    .roles = ROLES_STAFF,
};

static const struct realm crew = {
    .prefix = "/crew/",
    .signin = "/crew/signin",
    .home = "/crew/",
    .cookie = "sn_crew",
    .cookie_path = "/crew/",
    .is_strict = false,
    .purpose = "crew-",
    .roles = ROLES_UNIT,
};

static bool is_crew_path(const char *path)
{
    const size_t length = strlen(crew.prefix);

    return strncmp(path, crew.prefix, length) == 0 || (strncmp(path, crew.prefix, length - 1) == 0 && path[length - 1] == '\0');
}

const struct realm *realm_of_path(const char *path) { return is_crew_path(path) ? &crew : &desk; }

bool realm_is_closed(const struct realm *realm, const struct settings *settings)
{
    return realm == &crew && !settings->is_crew_open;
}

const char *realm_cookie_find(const struct realm *realm, const struct request *request)
{
    if (realm->cookie_path[1] == '\0')
        return request_cookie(request, realm->cookie);
    return cookie_find(request->arena, request->cookies, realm->cookie);
}

struct hash realm_session_hash(const struct realm *realm, const struct key *token)
{
    const struct bytes pieces[] = {{token->bytes, sizeof token->bytes},
                                   {(const uint8_t *)realm->purpose, strlen(realm->purpose)}};

    /* One piece at the desk, as its sessions have always been kept. */
    return crypto_hash_pieces(pieces, realm->purpose[0] == '\0' ? 1 : 2);
}
