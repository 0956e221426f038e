#include "complaint/photos.h"

#include <string.h>

#include "complaint/filing.h"
#include "store/photo_store.h"

_Static_assert(PHOTO_FIELDS == PHOTOS_PER_FORM, "a form has as many fields as slots");

/* As in the table of guesses: photos staged from one address. */
enum { GUESS_PHOTO_BY_ADDRESS = 6, PHOTOS_PER_ADDRESS = 120, ADDRESS_WINDOW_SECONDS = HOUR_SECONDS };

/* ---- taking them */

static const char *drop_field(int slot)
{
    static const char *const names[PHOTOS_PER_FORM] = {"drop1", "drop2", "drop3"};

    return names[slot - 1];
}

bool photos_are_sent(struct inputs *inputs)
{
    bool are_sent = false;

    for (int i = 0; i < PHOTOS_PER_FORM; i++)
        are_sent = are_sent || inputs_find(inputs, upload_field(i))->is_set || inputs_find(inputs, drop_field(i + 1))->is_set;
    return are_sent;
}

static enum status drop_unwanted(struct request *request, const struct hash *token, struct inputs *inputs)
{
    enum status status = STATUS_OK;

    for (int slot = 1; slot <= PHOTOS_PER_FORM && status == STATUS_OK; slot++)
        if (inputs_find(inputs, drop_field(slot))->is_set)
            status = photo_store_drop(complaint_of(request)->db, token, slot, &request->fault);
    return status;
}

/* So many from one address, or so many everywhere, that reports themselves would suffer: those can still be sent. */
static enum status is_too_busy(struct request *request, bool *is_busy)
{
    struct db *db = complaint_of(request)->db;
    const struct hash address = request_address_hash(request);
    const struct instant since = instant_add_seconds(request->now, -ADDRESS_WINDOW_SECONDS);
    int64_t count = 0;
    enum status status = photo_store_is_full(db, request->arena, is_busy, &request->fault);

    if (status == STATUS_OK && !*is_busy)
        status = guess_store_count(db, GUESS_PHOTO_BY_ADDRESS, &address, since, request->arena, &count, &request->fault);
    *is_busy = *is_busy || count >= PHOTOS_PER_ADDRESS;
    return status;
}

/* hash: of the picture, where there is one */
static enum status stage(struct request *request, const struct hash *token, struct inputs *inputs, const char *field,
                         struct hash *hash)
{
    struct db *db = complaint_of(request)->db;
    const struct hash address = request_address_hash(request);
    struct photo photo;
    bool is_busy = false;
    enum status status = is_too_busy(request, &is_busy);

    if (status == STATUS_OK && is_busy)
        inputs_error(inputs, field, "error.photo_busy");
    if (status != STATUS_OK || is_busy)
        return status;
    status = guess_store_add(db, GUESS_PHOTO_BY_ADDRESS, &address, request->now, &request->fault);
    if (status != STATUS_OK || !upload_read(inputs, field, &photo))
        return status;
    *hash = photo.hash;
    status = photo_store_stage(db, token, &photo, request->now, request->arena, &request->fault);
    if (status != STATUS_REFUSED)
        return status;
    inputs_error(inputs, field, "error.photo_count");
    return STATUS_OK;
}

enum status photos_take(struct request *request, const struct hash *token, struct inputs *inputs, struct photos_sent *sent)
{
    static const struct hash none;
    struct hash hashes[PHOTO_FIELDS] = {{{0}}};
    struct bytes pieces[PHOTO_FIELDS];
    int count = 0;
    enum status status = drop_unwanted(request, token, inputs);

    for (int i = 0; i < PHOTO_FIELDS; i++) {
        pieces[i] = (struct bytes){hashes[i].bytes, HASH_BYTES};
        if (status == STATUS_OK && inputs_find(inputs, upload_field(i))->is_set)
            status = stage(request, token, inputs, upload_field(i), &hashes[i]);
        count += memcmp(&hashes[i], &none, sizeof none) != 0;
    }
    if (sent != NULL)
        *sent = (struct photos_sent){crypto_hash_pieces(pieces, PHOTO_FIELDS), count};
    return status;
}

enum status photos_count(struct request *request, const struct hash *token, int *count)
{
    struct photo_row *rows;
    size_t staged = 0;
    const enum status status = photo_store_list_staged(complaint_of(request)->db, token, request->arena, &rows, &staged,
                                                       &request->fault);

    *count = (int)staged;
    return status;
}

enum status photos_forget(struct request *request, const struct hash *token)
{
    enum status status = STATUS_OK;

    for (int slot = 1; slot <= PHOTOS_PER_FORM && status == STATUS_OK; slot++)
        status = photo_store_drop(complaint_of(request)->db, token, slot, &request->fault);
    return status;
}

/* ---- showing them */

static const char *numbered(const struct request *request, const char *key, int number)
{
    const char *value = arena_format(request->arena, "%d", number);

    return words_fill(request->arena, request->language, key, &value, 1);
}

static void put_size(struct view *row, const struct photo_row *photo)
{
    view_number(row, "width", photo->width);
    view_number(row, "height", photo->height);
}

static void put_staged(struct request *request, struct view *view, const struct photo_row *rows, size_t count,
                       const char *address, bool may_drop)
{
    for (size_t i = 0; i < count; i++) {
        struct view *row = view_row(view, "Staged", i);
        const char *mark = strstr(address, "%d");
        view_text(row, "url", arena_format(request->arena, "%.*s%d%s", (int)(mark - address), address, rows[i].no, mark + 2));
        if (may_drop) {
            view_text(row, "drop", drop_field(rows[i].no));
            view_text(row, "label", numbered(request, "photo.drop", (int)i + 1));
        }
        view_text(row, "alt", numbered(request, "photo.staged_alt", (int)i + 1));
        put_size(row, &rows[i]);
    }
}

enum status photos_put_staged(struct request *request, struct view *view, const struct photo_stand *stand)
{
    struct photo_row *rows;
    size_t count;
    const enum status status = photo_store_list_staged(complaint_of(request)->db, &stand->token, request->arena, &rows,
                                                       &count, &request->fault);

    if (status == STATUS_OK)
        put_staged(request, view, rows, count, stand->address, false);
    return status;
}

/* As many fields as there is room; one more when something may be taken away for it, or was refused. */
static size_t fields_of(size_t staged, struct inputs *inputs)
{
    size_t fields = staged < PHOTOS_PER_FORM ? PHOTOS_PER_FORM - staged : 1;

    for (size_t i = fields; inputs != NULL && i < PHOTO_FIELDS; i++)
        if (inputs_find(inputs, upload_field((int)i))->error != NULL)
            fields = i + 1;
    return fields;
}

enum status photos_put_form(struct request *request, struct view *view, const struct photo_stand *stand, bool has_photos,
                            struct inputs *inputs)
{
    struct photo_row *rows = NULL;
    size_t count = 0;
    enum status status = STATUS_OK;

    if (has_photos)
        status = photo_store_list_staged(complaint_of(request)->db, &stand->token, request->arena, &rows, &count,
                                         &request->fault);
    if (status != STATUS_OK)
        return status;
    put_staged(request, view, rows, count, stand->address, true);
    for (size_t i = 0; i < fields_of(count, inputs); i++) {
        struct view *row = view_row(view, "PhotoFields", i);
        const struct input *input = inputs == NULL ? NULL : inputs_find(inputs, upload_field((int)i));
        view_text(row, "name", upload_field((int)i));
        view_text(row, "label", count < PHOTOS_PER_FORM ? numbered(request, "photo.field", (int)(count + i) + 1)
                                                        : words_find(request->language, "photo.instead"));
        if (input != NULL && input->error != NULL)
            view_text(row, "error", input->error);
    }
    return STATUS_OK;
}

static void put_photo(struct request *request, struct view *row, const struct photo_row *photo, const char *number)
{
    const char *own = photo->added_by.v == 0 ? "own" : photo_stage_name(photo->stage);
    const char *stage = words_find(request->language, arena_format(request->arena, "photo.stage.%s", own));
    const char *values[2] = {arena_format(request->arena, "%d", photo->no), stage};

    view_text(row, "url", arena_format(request->arena, "/complaint/progress/%s/photo/%d", number, photo->no));
    view_text(row, "alt", words_fill(request->arena, request->language, "photo.alt", values, 2));
    view_text(row, "words", stage);
    view_instant(row, "at", photo->created_at);
    put_size(row, photo);
}

enum status photos_put_ticket(struct request *request, struct view *view, const struct public_ticket *ticket)
{
    struct photo_row *rows;
    size_t count;

    if (ticket->photo_count == 0)
        return STATUS_OK;
    const enum status status =
        photo_store_list(complaint_of(request)->db, ticket->id, true, request->arena, &rows, &count, &request->fault);
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        put_photo(request, view_row(view, "Photos", i), &rows[i], ticket->number);
    return status;
}

struct photo_stand photos_of_draft(const struct request *request, const struct draft *draft)
{
    return (struct photo_stand){
        .token = draft_token(request, draft->id),
        .address = arena_format(request->arena, "/complaint/photo/%%d?d=%s", draft->id_text),
    };
}

struct photo_stand photos_of_ticket(const struct request *request, const char *number)
{
    const struct bytes piece = {(const uint8_t *)number, strlen(number)};

    return (struct photo_stand){
        .token = crypto_keyed_hash(&request->visitor, "tell photos", &piece, 1),
        .address = arena_format(request->arena, "/complaint/progress/%s/told/%%d", number),
    };
}

/* ---- one photo by itself. What somebody may not see is not there */

static enum status respond(struct request *request, struct response *response, enum status status,
                           const struct photo *photo)
{
    if (status == STATUS_OK)
        upload_respond(request, response, photo);
    return status;
}

enum status complaint_get_staged_photo(struct request *request, struct response *response)
{
    const struct form_item *item = form_find(&request->query, "d");
    const int no = upload_number(request->part[0]);
    uint8_t id[DRAFT_ID_BYTES];
    struct photo photo;

    if (no == 0 || request->is_new_visitor || item == NULL || !text_parse_hex(item->value, id, sizeof id))
        return STATUS_ABSENT;
    const struct hash token = draft_token(request, id);
    return respond(request, response,
                   photo_store_load_staged(complaint_of(request)->db, &token, no, request->arena, &photo, &request->fault),
                   &photo);
}

enum status complaint_get_told_photo(struct request *request, struct response *response)
{
    const int no = upload_number(request->part[1]);
    char number[NUMBER_BYTES];
    struct photo photo;

    if (no == 0 || !follow_take_number(request, number))
        return STATUS_ABSENT;
    const struct photo_stand stand = photos_of_ticket(request, number);
    return respond(request, response,
                   photo_store_load_staged(complaint_of(request)->db, &stand.token, no, request->arena, &photo,
                                           &request->fault),
                   &photo);
}

enum status complaint_get_photo(struct request *request, struct response *response)
{
    struct db *db = complaint_of(request)->db;
    const int no = upload_number(request->part[1]);
    char number[NUMBER_BYTES];
    struct public_ticket ticket;
    struct photo photo;

    if (no == 0 || !follow_take_number(request, number))
        return STATUS_ABSENT;
    enum status status = public_store_find(db, number, request->arena, &ticket, &request->fault);
    if (status == STATUS_OK)
        status = photo_store_load(db, ticket.id, no, true, request->arena, &photo, &request->fault);
    return respond(request, response, status, &photo);
}
