/* A report by another system: checked field by field, filed once however often it is sent, on the way of the public form. */
#include "open311/open311.h"

#include <string.h>

#include "core/open311.h"
#include "store/photo_store.h"
#include "store/ticket_store.h"
#include "web/upload.h"

enum {
    DESCRIPTION_CHARACTERS_MAX = 4000,
    ADDRESS_CHARACTERS_MAX = 200,
    PLACE_CHARACTERS_MAX = 100, /* of the words that staff find a report by; the rest is sealed */
    DOOR_CHARACTERS_MAX = 60,
    NAME_CHARACTERS_MAX = 40,
    PHONE_CHARACTERS_MAX = 40,
    OUTSIDE_CHARACTERS_MAX = 60,
    REPEAT_CHARACTERS_MAX = 200,
    URL_CHARACTERS_MAX = 500,
    URLS_MAX = 5,
};

/* A report on its way from what was sent. */
struct report {
    struct call *call;
    const struct category *category;
    const struct place *place; /* NULL: not in the register */
    const char *place_text, *door;
    const char *latitude, *longitude; /* as sent, "" without */
    const char *noticed, *outside_number;
    struct instant outside_due;
    const char *words;
    struct person person;
    struct filing_origin origin;
    uint8_t repeat[16];
    bool is_named; /* the repetition has a key of its own, not only the same content */
    bool is_strict; /* and that key must not mean two reports */
};

static const char *attribute_name(const struct request *request, const char *code, const char *ending)
{
    return arena_format(request->arena, "attribute[%s]%s", code, ending);
}

/* `attribute[code]`; clients that send lists write `attribute[code][]`. */
static const char *attribute_line(struct call *call, const char *code, size_t most)
{
    const char *line = call_line(call, attribute_name(call->request, code, ""), most);

    return *line != '\0' ? line : call_line(call, attribute_name(call->request, code, "[]"), most);
}

/* ---- what and where */

static void read_service(struct report *report)
{
    struct call *call = report->call;
    const char *code = call_value(call, "service_code");

    if (*code == '\0') {
        call_error(call, 400, "service_missing", NULL, NULL);
        return;
    }
    report->category = service_find(call->request, code);
    if (report->category == NULL)
        call_error(call, 404, "service_unknown", NULL, NULL);
}

static void read_point(struct report *report)
{
    struct call *call = report->call;
    const char *latitude = call_value(call, "lat"), *longitude = call_value(call, "long");

    if (*latitude == '\0' && *longitude == '\0')
        return;
    if (*latitude == '\0' || *longitude == '\0') {
        call_error(call, 400, "point_half", NULL, NULL);
        return;
    }
    if (!open311_parse_degrees(latitude, 90, &report->origin.latitude_milli))
        call_error(call, 400, "wrong", "lat", NULL);
    else if (!open311_parse_degrees(longitude, 180, &report->origin.longitude_milli))
        call_error(call, 400, "wrong", "long", NULL);
    else
        report->origin.has_point = true;
    report->latitude = latitude;
    report->longitude = longitude;
}

/* What stands behind the name of a place, or behind the first characters of an unknown one: who comes needs it, nobody else. */
static void split_address(struct report *report, const char *line)
{
    const struct request *request = report->call->request;
    const char *name = report->place != NULL ? report->place->name : NULL;
    const size_t length = name != NULL ? strlen(name) : text_prefix_bytes(line, PLACE_CHARACTERS_MAX);

    report->place_text = arena_copy(request->arena, line, length);
    report->door = line + length;
}

static void read_place(struct report *report)
{
    struct call *call = report->call;
    const struct catalog *catalog = &open311_of(call->request)->catalog;
    const char *line = call_line(call, "address_string", ADDRESS_CHARACTERS_MAX), *id = call_value(call, "address_id");
    const char *door = attribute_line(call, ATTRIBUTE_DOOR, DOOR_CHARACTERS_MAX);
    int64_t number = 0;

    if (*id != '\0') {
        if (text_parse_integer(id, 1, INT32_MAX, &number))
            report->place = catalog_place(catalog, (struct place_id){(int32_t)number});
        if (report->place == NULL || report->place->is_retired)
            call_error(call, 400, "wrong", "address_id", NULL);
    }
    if (*line != '\0' && report->place == NULL) {
        report->place = catalog_place_in_text(catalog, line);
        split_address(report, line);
    } else if (report->place != NULL) {
        report->place_text = report->place->name;
        report->door = line;
    }
    if (*door != '\0')
        report->door = *report->door == '\0' ? door : arena_format(call->request->arena, "%s %s", report->door, door);
    if (text_count_characters(report->door) > PLACE_CHARACTERS_MAX)
        call_error(call, 400, "long", "address_string", "100");
}

/* A place in words there must be, since people go there; of a point alone its degrees. */
static void check_place(struct report *report)
{
    struct call *call = report->call;
    struct request *request = call->request;
    char latitude[OPEN311_DEGREES_BYTES], longitude[OPEN311_DEGREES_BYTES];

    if (*report->place_text != '\0')
        return;
    if (!report->origin.has_point) {
        if (*call_value(call, "address_string") == '\0' && *call_value(call, "address_id") == '\0')
            call_error(call, 400, "place_missing", NULL, NULL);
        return;
    }
    open311_format_degrees(report->origin.latitude_milli, latitude);
    open311_format_degrees(report->origin.longitude_milli, longitude);
    const char *const values[] = {latitude, longitude};
    report->place_text = words_fill(request->arena, LANGUAGE_ZH, "open311.place", values, 2);
}

/* ---- who */

static void read_person(struct report *report)
{
    struct call *call = report->call;
    const struct request *request = call->request;
    char *phone = arena_copy_text(request->arena, call_line(call, "phone", PHONE_CHARACTERS_MAX));
    char *account = arena_copy_text(request->arena, attribute_line(call, ATTRIBUTE_ACCOUNT, PHONE_CHARACTERS_MAX));
    const char *first = call_line(call, "first_name", NAME_CHARACTERS_MAX), *last = call_line(call, "last_name", NAME_CHARACTERS_MAX);
    char phone_digits[PHONE_BYTES] = "", account_digits[ACCOUNT_BYTES] = "";
    const bool is_plain = (unsigned char)*first < 0x80 && (unsigned char)*last < 0x80;

    text_narrow(phone);
    text_narrow(account);
    if (*phone != '\0' && !phone_parse(phone, phone_digits))
        call_error(call, 400, "phone", NULL, NULL);
    if (*account != '\0' && !account_parse(account, account_digits))
        call_error(call, 400, "account", NULL, NULL);
    if (*phone == '\0' && report->category != NULL && report->category->needs_phone)
        call_error(call, 400, "phone_missing", NULL, NULL);
    const char *name = is_plain ? arena_format(request->arena, "%s%s%s", first, *first != '\0' && *last != '\0' ? " " : "", last)
                                : arena_format(request->arena, "%s%s", last, first);
    person_fill(&report->person, name, phone_digits, account_digits, report->door);
}

/* ---- in words */

static bool is_noticed(const char *key)
{
    for (size_t i = 0; service_noticed(i) != NULL; i++)
        if (text_is_equal(service_noticed(i), key))
            return true;
    return false;
}

static const char *add_line(struct request *request, const char *words, const char *line)
{
    return *words == '\0' ? line : arena_format(request->arena, "%s\n%s", words, line);
}

/* Where photos are said to be. Nothing is fetched: an address somebody sends must not make us call it. */
static const char *add_urls(struct report *report, const char *words)
{
    struct call *call = report->call;
    struct request *request = call->request;
    int count = 0;

    for (size_t i = 0; i < request->body.count; i++) {
        const struct form_item *item = &request->body.items[i];
        if (!text_is_equal(item->name, "media_url") || item->file_name != NULL || item->length == 0)
            continue;
        char *url = arena_copy_text(request->arena, item->value);
        text_tidy_line(url);
        const bool is_web = strncmp(url, "https://", 8) == 0 || strncmp(url, "http://", 7) == 0;
        if (!is_web || text_count_characters(url) > URL_CHARACTERS_MAX || text_has_controls(url) || ++count > URLS_MAX) {
            call_error(call, 400, "wrong", "media_url", NULL);
            return words;
        }
        const char *value = url;
        words = add_line(request, words, words_fill(request->arena, LANGUAGE_ZH, "open311.media", &value, 1));
    }
    return words;
}

static void read_words(struct report *report)
{
    struct call *call = report->call;
    struct request *request = call->request;
    char *words = arena_copy_text(request->arena, call_value(call, "description"));
    const char *const point[] = {report->latitude, report->longitude};

    text_tidy_lines(words);
    if (text_count_characters(words) > DESCRIPTION_CHARACTERS_MAX)
        call_error(call, 400, "long", "description", "4000");
    else if (text_has_controls(words))
        call_error(call, 400, "wrong", "description", NULL);
    report->words = words;
    report->noticed = attribute_line(call, ATTRIBUTE_NOTICED, PHONE_CHARACTERS_MAX);
    if (*report->noticed != '\0' && !is_noticed(report->noticed))
        call_error(call, 400, "wrong", attribute_name(request, ATTRIBUTE_NOTICED, ""), NULL);
    else if (*report->noticed != '\0') {
        const char *when =
            words_find(LANGUAGE_ZH, arena_format(request->arena, "complaint.noticed.%s", report->noticed));
        report->words = add_line(request, report->words,
                                 words_fill(request->arena, LANGUAGE_ZH, "complaint.noticed_line", &when, 1));
    }
    if (report->origin.has_point)
        report->words = add_line(request, report->words,
                                 words_fill(request->arena, LANGUAGE_ZH, "open311.point", point, 2));
    report->words = add_urls(report, report->words);
}

static void read_outside(struct report *report)
{
    struct call *call = report->call;
    const char *name = attribute_name(call->request, ATTRIBUTE_OUTSIDE_DUE, "");

    report->outside_number = attribute_line(call, ATTRIBUTE_OUTSIDE_NUMBER, OUTSIDE_CHARACTERS_MAX);
    report->outside_due = call_moment(call, name);
}

/* ---- once */

void repeat_key(const struct request *request, const struct api_key *key, const char *kind, const char *id, uint8_t repeat[16])
{
    const struct bytes pieces[] = {{(const uint8_t *)&key->id, sizeof key->id},
                                   {(const uint8_t *)kind, strlen(kind)},
                                   {(const uint8_t *)id, strlen(id)}};
    const struct hash hash = crypto_keyed_hash(&request->app->secrets.key[SECRET_LOOKUP], "open311", pieces, 3);

    memcpy(repeat, hash.bytes, 16);
}

/* Everything that was sent, in the order it came, but for the key. */
static struct hash said_of(const struct request *request)
{
    struct hash said = {{0}};

    for (size_t i = 0; i < request->body.count; i++) {
        const struct form_item *item = &request->body.items[i];
        if (text_is_equal(item->name, "api_key") || text_is_equal(item->name, "lang"))
            continue;
        const struct bytes pieces[] = {{said.bytes, HASH_BYTES},
                                       {(const uint8_t *)item->name, strlen(item->name)},
                                       {(const uint8_t *)item->value, item->length}};
        said = crypto_hash_pieces(pieces, 3);
    }
    return said;
}

/* The same content is the same report for a day and no longer: the lamp that breaks again next month is another one. */
static const char *content_id(const struct report *report, int days_ago)
{
    const struct request *request = report->call->request;
    char *hex = arena_take(request->arena, 2 * HASH_BYTES + 1);

    text_format_hex(report->origin.said.bytes, HASH_BYTES, hex);
    return arena_format(request->arena, "%s %d", hex, (int)day_of(request->now, 0).number - days_ago);
}

static void read_repetition(struct report *report)
{
    struct call *call = report->call;
    struct request *request = call->request;
    const char *client = attribute_line(call, ATTRIBUTE_FIXMYSTREET, REPEAT_CHARACTERS_MAX);

    report->origin.api_key = call->key->id;
    report->origin.said = said_of(request);
    report->is_named = true;
    if (*request->idempotency_key != '\0') {
        report->is_strict = true;
        repeat_key(request, call->key, "key", request->idempotency_key, report->repeat);
    } else if (*client != '\0') {
        repeat_key(request, call->key, "client", client, report->repeat);
    } else if (*report->outside_number != '\0') {
        repeat_key(request, call->key, "outside", report->outside_number, report->repeat);
    } else {
        report->is_named = false;
        repeat_key(request, call->key, "said", content_id(report, 0), report->repeat);
    }
}

/* ---- the answer */

static enum status answer(struct request *request, struct response *response, struct report *report, const char *number)
{
    struct open311 *open311 = open311_of(request);
    struct open311_request *filed = NULL;
    char numbers[1][NUMBER_BYTES];
    char *token = arena_take(request->arena, 33);
    size_t count = 0;

    number_copy(numbers[0], number);
    const enum status status = open311_store_list_by_number(open311->db, report->call->key, numbers, 1, request->arena, &filed,
                                                            &count, &request->fault);
    if (status != STATUS_OK)
        return status;
    struct node *root = document_begin(request, "service_requests", true);
    struct node *node = node_object(root, "request");
    node_text(node, "service_request_id", number);
    const char *notice = "";
    if (count > 0 && instant_is_set(filed[0].due_at)) {
        const char *due = words_moment(request->arena, request->language, filed[0].due_at, request->now,
                                       request->app->settings.utc_offset_minutes);
        notice = words_fill(request->arena, request->language, "open311.notice", &due, 1);
    }
    node_text(node, "service_notice", notice);
    node_text(node, "account_id", "");
    text_format_hex(report->repeat, sizeof report->repeat, token);
    response_header(response, "Open311-Token", token);
    return document_send(request, response, root, 200);
}

/* Filed before: the first answer, unless the key of repetition was used for something else. STATUS_ABSENT: it was not. */
static enum status answer_first(struct request *request, struct response *response, struct report *report)
{
    struct open311 *open311 = open311_of(request);
    struct open311_filed filed;
    enum status status = open311_store_find_filed(open311->db, report->repeat, request->arena, &filed, &request->fault);

    if (status == STATUS_ABSENT && !report->is_named) { /* yesterday, a moment ago */
        uint8_t before[16];
        fault_reset(&request->fault);
        repeat_key(request, report->call->key, "said", content_id(report, 1), before);
        status = open311_store_find_filed(open311->db, before, request->arena, &filed, &request->fault);
        if (status == STATUS_OK && instant_milliseconds_between(filed.reported_at, request->now) > DAY_SECONDS * INT64_C(1000))
            status = STATUS_ABSENT;
        if (status == STATUS_OK)
            memcpy(report->repeat, before, sizeof before);
    }
    if (status != STATUS_OK)
        return status;
    if (report->is_strict && !crypto_is_equal(&filed.said, &report->origin.said, sizeof filed.said)) {
        call_error(report->call, 400, "repeat", NULL, NULL);
        return call_refuse(report->call, response);
    }
    return answer(request, response, report, filed.number);
}

/* ---- filing */

static void decide(struct report *report, struct event *event)
{
    struct call *call = report->call;
    struct request *request = call->request;
    struct command *command = arena_take(request->arena, sizeof *command);
    struct ticket *ticket = arena_take(request->arena, sizeof *ticket);
    const struct place *place = report->place;

    command_report(command, call->key->source, report->category, place != NULL ? place->id : (struct place_id){0},
                   place != NULL ? place->zone : ZONE_UNKNOWN, *report->person.phone != '\0', *report->words != '\0');
    if (instant_is_set(report->outside_due))
        command_set(command, FIELD_OUTSIDE_DUE, report->outside_due.milliseconds);
    ticket_init(ticket, (struct ticket_id){0});
    const enum verdict verdict =
        ticket_decide(ticket, command, &open311_of(request)->catalog.regulation, request->now, event);
    if (verdict == VERDICT_NEEDS_PHONE)
        call_error(call, 400, "phone_missing", NULL, NULL);
    else if (verdict != VERDICT_OK)
        call_error(call, 400, "wrong", ATTRIBUTE_OUTSIDE_DUE, NULL);
}

/* Photos come as files, under whatever name. Each is made safe before it is kept; one that cannot be is told. */
static enum status stage_photos(struct report *report, const struct hash *token, int *count)
{
    struct call *call = report->call;
    struct request *request = call->request;
    enum status status = STATUS_OK;

    *count = 0;
    for (size_t i = 0; i < request->body.count && status == STATUS_OK; i++) {
        const struct form_item *item = &request->body.items[i];
        struct photo photo;
        enum photo_verdict verdict = PHOTO_OK;
        if (item->file_name == NULL || item->length == 0)
            continue;
        if (*count == PHOTOS_PER_FORM) {
            call_error(call, 400, "photos", NULL, NULL);
            break;
        }
        status = photo_reencode((struct bytes){(const uint8_t *)item->value, item->length}, request->arena, &photo, &verdict,
                                &request->fault);
        if (status == STATUS_OK && verdict != PHOTO_OK)
            call_error(call, 400, "photo", item->name, words_find(request->language, upload_sentence(verdict)));
        else if (status == STATUS_OK)
            status = photo_store_stage(open311_of(request)->db, token, &photo, request->now, request->arena, &request->fault);
        *count += status == STATUS_OK && verdict == PHOTO_OK;
        if (status == STATUS_REFUSED)
            status = STATUS_OK;
    }
    return status;
}

static enum status file(struct request *request, struct response *response, struct report *report, const struct event *event)
{
    struct open311 *open311 = open311_of(request);
    struct filing *filing = arena_take(request->arena, sizeof *filing);
    const struct bytes piece = {report->repeat, sizeof report->repeat};
    const struct hash token = crypto_keyed_hash(&request->app->secrets.key[SECRET_FORM], "photo", &piece, 1);
    int photo_count = 0;
    enum status status = stage_photos(report, &token, &photo_count);

    if (status != STATUS_OK)
        return status;
    if (report->call->error_count > 0)
        return call_refuse(report->call, response);
    *filing = (struct filing){.place_text = report->place_text, .words = report->words, .origin = &report->origin,
                              .photo_token = photo_count > 0 ? &token : NULL};
    filing->person = person_seal(&report->person, &request->app->secrets, request->arena);
    memcpy(filing->key, report->repeat, sizeof report->repeat);
    if (*report->outside_number != '\0') {
        filing->outside_system = report->call->key->name;
        filing->outside_number = report->outside_number;
    }
    status = ticket_store_file_new(open311->db, event, filing, request->app->settings.utc_offset_minutes, NULL, NULL,
                                   &open311->catalog, request->arena, &request->fault);
    if (status == STATUS_DUPLICATE) { /* by its twin, at this very moment */
        fault_reset(&request->fault);
        return answer_first(request, response, report);
    }
    if (status == STATUS_INVALID) { /* the number of the other system is known, perhaps from somebody at the desk */
        fault_reset(&request->fault);
        status = STATUS_OK;
    }
    return status == STATUS_OK ? answer(request, response, report, filing->number) : status;
}

static void read_report(struct report *report)
{
    read_service(report);
    read_point(report);
    read_place(report);
    check_place(report);
    read_person(report);
    read_outside(report);
    read_words(report);
    read_repetition(report);
}

enum status open311_post_request(struct request *request, struct response *response)
{
    struct report *report = arena_take(request->arena, sizeof *report);
    struct event *event = arena_take(request->arena, sizeof *event);
    struct call call;
    enum status status = call_begin(&call, request, RIGHT_FILE);

    *report = (struct report){.call = &call, .place_text = "", .door = "", .latitude = "", .longitude = "", .words = "",
                              .outside_due = INSTANT_NONE};
    if (status == STATUS_OK) {
        read_report(report);
        if (call.error_count > 0)
            status = STATUS_INVALID;
    }
    if (status == STATUS_INVALID)
        return call_refuse(&call, response);
    if (status != STATUS_OK)
        return status;
    status = answer_first(request, response, report);
    if (status != STATUS_ABSENT)
        return status;
    fault_reset(&request->fault);
    decide(report, event);
    if (call.error_count > 0)
        return call_refuse(&call, response);
    return file(request, response, report, event);
}

/* ---- tokens: what a client that lost the answer to its report knows it by */

/* A token of ours, or with a key what the client itself gave: its key of repetition, its id, the number of its system. */
static enum status find_token(struct call *call, const char *token, struct open311_filed *filed)
{
    static const char *const kinds[] = {"key", "client", "outside"};
    struct request *request = call->request;
    struct db *db = open311_of(request)->db;
    uint8_t repeat[16];
    enum status status = STATUS_ABSENT;

    if (text_parse_hex(token, repeat, sizeof repeat))
        status = open311_store_find_filed(db, repeat, request->arena, filed, &request->fault);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0] && status == STATUS_ABSENT && call->key != NULL; i++) {
        fault_reset(&request->fault);
        repeat_key(request, call->key, kinds[i], token, repeat);
        status = open311_store_find_filed(db, repeat, request->arena, filed, &request->fault);
    }
    return status;
}

enum status open311_get_token(struct request *request, struct response *response)
{
    const char *token = open311_part_name(request);
    struct open311_filed filed;
    struct call call;
    enum status status = call_begin(&call, request, RIGHT_READ);

    if (status == STATUS_OK)
        status = token == NULL ? STATUS_ABSENT : find_token(&call, token, &filed);
    if (status == STATUS_ABSENT)
        call_error(&call, 404, "token", NULL, NULL);
    if (status == STATUS_ABSENT || status == STATUS_INVALID)
        return call_refuse(&call, response);
    if (status != STATUS_OK)
        return status;
    struct node *root = document_begin(request, "service_requests", true);
    struct node *node = node_object(root, "request");
    node_text(node, "service_request_id", filed.number);
    node_text(node, "token", token);
    return document_send(request, response, root, 200);
}
