/* From the target of a request to a row of the program's table. */
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "web/dispatch.h"

#define TARGET_BYTES_MAX 4096
#define STARS_MAX 2
#define UPLOAD_BYTES_MAX ((size_t)32 * 1024 * 1024)

/* --- target ------------------------------------------------------------------------------------------------------- */

/* "%2F" would make a segment boundary that the server in front did not see. */
static bool has_encoded_slash(const char *path, size_t length)
{
    for (size_t i = 0; i + 2 < length; i++)
        if (path[i] == '%' && ((path[i + 1] == '2' && (path[i + 2] == 'F' || path[i + 2] == 'f')) ||
                               (path[i + 1] == '5' && (path[i + 2] == 'C' || path[i + 2] == 'c'))))
            return true;
    return false;
}

/* "." or ".." between slashes. */
static bool has_dot_segment(const char *path)
{
    for (const char *segment = path; segment != NULL; segment = strchr(segment, '/')) {
        segment += *segment == '/';
        size_t length = strcspn(segment, "/");
        if ((length == 1 && segment[0] == '.') || (length == 2 && segment[0] == '.' && segment[1] == '.'))
            return true;
    }
    return false;
}

int target_parse(struct arena *arena, const char *target, const char *base_path, const char **path,
                 const char **query)
{
    *path = "/";
    *query = "";
    if (strlen(target) > TARGET_BYTES_MAX)
        return 414;
    if (target[0] != '/')
        return 400;
    size_t base_length = strlen(base_path);
    size_t length = strcspn(target, "?");
    if (target[length] == '?')
        *query = target + length + 1;
    if (strncmp(target, base_path, base_length) != 0 || (base_length > 0 && length > base_length && target[base_length] != '/'))
        return 404;
    target += base_length;
    length -= base_length;
    if (length == 0)
        return 0;
    if (memchr(target, '#', length) != NULL || memchr(target, '\\', length) != NULL || has_encoded_slash(target, length))
        return 400;
    const char *decoded = percent_decode(arena, target, length, false);
    if (decoded == NULL || !text_is_utf8(decoded, strlen(decoded)) || text_has_controls(decoded) ||
        strpbrk(decoded, "\t\n") != NULL || has_dot_segment(decoded))
        return 400;
    *path = decoded;
    return 0;
}

/* --- routes ------------------------------------------------------------------------------------------------------- */

/* A segment that '*' matched, as a pair of positions. */
struct piece {
    const char *start;
    size_t length;
};

/* Whether the path fits; stars: what the '*' stand for. Counts them, or -1. */
static int match(const char *pattern, const char *path, struct piece stars[STARS_MAX])
{
    int count = 0;
    while (*pattern != '\0' || *path != '\0') {
        if (*pattern == '*' && count < STARS_MAX) {
            size_t length = strcspn(path, "/");
            if (length == 0)
                return -1;
            stars[count++] = (struct piece){path, length};
            path += length;
            pattern++;
        } else if (*pattern != *path) {
            return -1;
        } else {
            pattern++;
            path++;
        }
    }
    return count;
}

/* The route with the fewest stars: a literal path goes before a pattern. */
static const struct route *best_route(const struct app *app, enum method method, const char *path,
                                      struct piece best[STARS_MAX], int *best_count)
{
    const struct route *found = NULL;
    for (size_t i = 0; i < app->route_count; i++) {
        struct piece stars[STARS_MAX] = {{NULL, 0}};
        if (app->routes[i].method != method)
            continue;
        int count = match(app->routes[i].path, path, stars);
        if (count < 0 || (found != NULL && count >= *best_count))
            continue;
        found = &app->routes[i];
        *best_count = count;
        memcpy(best, stars, sizeof stars);
    }
    return found;
}

const struct route *route_find(const struct app *app, struct arena *arena, enum method method, const char *path,
                               const char *part[2])
{
    struct piece stars[STARS_MAX] = {{NULL, 0}};
    int count = 0;
    const struct route *route = best_route(app, method, path, stars, &count);
    for (int i = 0; i < STARS_MAX; i++)
        part[i] = route != NULL && i < count ? arena_copy(arena, stars[i].start, stars[i].length) : NULL;
    return route;
}

bool dispatch_has_get(const struct app *app, const char *path)
{
    struct piece stars[STARS_MAX];
    int count = 0;
    return best_route(app, METHOD_GET, path, stars, &count) != NULL;
}

size_t body_limit_of(const struct app *app, const struct route *route, const char *content_type)
{
    static const char multipart[] = "multipart/";
    bool may_bring_files = (route->checks & CHECK_UPLOAD) != 0 &&
                           strncasecmp(content_type, multipart, sizeof multipart - 1) == 0;
    return may_bring_files ? UPLOAD_BYTES_MAX : (size_t)app->settings.body_limit_bytes;
}

const char *dispatch_path_address(const struct request *request)
{
    const char *base = request->app->settings.base_path;
    size_t room = strlen(base) + 3 * strlen(request->path) + 1;
    struct text text;
    text_init(&text, arena_take(request->arena, room), room);
    text_add(&text, base);
    for (const char *at = request->path; *at != '\0';) {
        size_t length = strcspn(at, "/");
        text_add(&text, response_url_escape(request->arena, arena_copy(request->arena, at, length)));
        at += length;
        if (*at == '/') {
            text_add(&text, "/");
            at++;
        }
    }
    return text.bytes;
}
