#include "web/upload.h"

#include <assert.h>

#include "base/log.h"
#include "base/text.h"
#include "web/app.h"

#define NUMBER_MOST 9999

const char *upload_field(int index)
{
    static const char *const names[PHOTO_FIELDS] = {"photo1", "photo2", "photo3"};

    assert(index >= 0 && index < PHOTO_FIELDS);
    return names[index];
}

const char *upload_sentence(enum photo_verdict verdict)
{
    switch (verdict) {
    case PHOTO_WRONG_KIND:
        return "error.photo_kind";
    case PHOTO_HEIC:
        return "error.photo_heic";
    case PHOTO_TOO_BIG:
        return "error.photo_big";
    case PHOTO_TOO_MANY_PIXELS:
        return "error.photo_pixels";
    case PHOTO_BROKEN:
        return "error.photo_broken";
    case PHOTO_OK:
    case PHOTO_VERDICT__COUNT:
        break;
    }
    return "error.photo_broken";
}

bool upload_read(struct inputs *inputs, const char *field, struct photo *photo)
{
    struct request *request = inputs->request;
    const struct input *input = inputs_find(inputs, field);
    enum photo_verdict verdict;

    if (!input->is_set)
        return false;
    const enum status status = photo_reencode(input->file, request->arena, photo, &verdict, &request->fault);
    if (status != STATUS_OK) {
        log_fault(status, &request->fault);
        fault_reset(&request->fault);
        inputs_error(inputs, field, "error.photo_busy");
        return false;
    }
    if (verdict == PHOTO_OK)
        return true;
    if ((request->route->checks & CHECK_UNLOGGED) == 0)
        log_write(LOG_LEVEL_INFO, "photo_refused id=%s verdict=%s", request->id, photo_verdict_name(verdict));
    inputs_error(inputs, field, upload_sentence(verdict));
    return false;
}

void upload_respond(struct request *request, struct response *response, const struct photo *photo)
{
    char *etag = arena_take(request->arena, 40);
    struct text text;
    char hex[33];

    text_format_hex(photo->hash.bytes, 16, hex);
    text_init(&text, etag, 40);
    text_add_format(&text, "W/\"%s\"", hex);
    response_body(response, "image/jpeg", (const char *)photo->jpeg.data, photo->jpeg.length);
    response_header(response, "ETag", etag);
    response_header(response, "Cache-Control", "private, no-cache");
    response_header(response, "Content-Disposition", "inline; filename=\"photo.jpg\"");
    response_header(response, "Content-Security-Policy", "default-src 'none'; sandbox");
    response_header(response, "Cross-Origin-Resource-Policy", "same-origin");
    response->wants_etag = true;
}

int upload_number(const char *part)
{
    int64_t number = 0;

    return part != NULL && part[0] != '0' && text_parse_integer(part, 1, NUMBER_MOST, &number) ? (int)number : 0;
}
