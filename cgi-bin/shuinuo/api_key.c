/* shuinuo api-key: keys of other systems that file and follow reports (Open311). A key is shown once, on standard output. */
#include <stdio.h>
#include <string.h>

#include "base/random.h"
#include "shuinuo/command.h"
#include "store/api_key_store.h"

#define USUAL_PER_MINUTE 60

static struct change change_of(const struct admin *admin, const char *what, const char *detail)
{
    struct change change = {.what = what, .detail = detail, .now = admin->now};

    random_bytes(change.key, sizeof change.key);
    return change;
}

/* "file", "read" or "file,read"; "hotline": its reports count as the mayor's hotline's. */
static bool parse_rights(const char *text, struct api_key *key)
{
    while (*text != '\0') {
        const size_t length = strcspn(text, ",");
        if (length == 4 && strncmp(text, "file", length) == 0)
            key->may_file = true;
        else if (length == 4 && strncmp(text, "read", length) == 0)
            key->may_read = true;
        else if (length == 7 && strncmp(text, "hotline", length) == 0)
            key->source = SOURCE_HOTLINE;
        else
            return false;
        text += length;
        text += *text == ',';
    }
    return key->may_file || key->may_read;
}

static enum status key_add(struct admin *admin, int argc, char **argv, struct fault *fault)
{
    struct api_key key = {.name = argv[2], .source = SOURCE_OPEN311, .per_minute = USUAL_PER_MINUTE};
    char text[API_KEY_TEXT_BYTES];
    int64_t per_minute = USUAL_PER_MINUTE;

    if (!text_is_utf8(argv[2], strlen(argv[2])) || *argv[2] == '\0' || text_has_controls(argv[2]) ||
        text_count_characters(argv[2]) > API_KEY_NAME_CHARACTERS)
        return FAULT(fault, STATUS_INVALID, "the name needs 1 to %d characters", API_KEY_NAME_CHARACTERS);
    if (!parse_rights(argv[3], &key))
        return FAULT(fault, STATUS_INVALID, "rights are a list of file read, and hotline for the mayor's hotline");
    if (argc == 5 && !text_parse_integer(argv[4], 1, API_KEY_PER_MINUTE_MAX, &per_minute))
        return FAULT(fault, STATUS_INVALID, "requests in a minute are a number of 1 to %d", API_KEY_PER_MINUTE_MAX);
    key.per_minute = (int)per_minute;
    api_key_make(text);
    const struct hash hash = api_key_hash(text);
    const struct change change = change_of(admin, "api_key_add", argv[2]);
    const enum status status = api_key_store_add(admin->db, &change, &key, &hash, fault);
    if (status == STATUS_REFUSED) {
        fault_reset(fault);
        return FAULT(fault, status, "this name is taken, or there are %d keys already", API_KEYS_MAX);
    }
    if (status == STATUS_OK)
        printf("%s\n", text);
    return status;
}

static enum status key_list(struct admin *admin, struct fault *fault)
{
    struct api_key *keys;
    size_t count;
    const enum status status = api_key_store_list(admin->db, &admin->arena, &keys, &count, fault);

    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        char day[TIME_TEXT_BYTES] = "never";
        if (keys[i].last_used_on.number != DAY_NONE.number)
            day_format(keys[i].last_used_on, day);
        printf("%d\t%s\t%s%s\t%d/min\t%s\tlast used: %s\n", (int)keys[i].id, keys[i].name, keys[i].may_file ? "file " : "",
               keys[i].may_read ? "read" : "", keys[i].per_minute, keys[i].is_active ? "in use" : "out of use", day);
    }
    return status;
}

static enum status key_switch(struct admin *admin, const char *id_text, bool is_active, struct fault *fault)
{
    struct api_key key;
    int64_t id = 0;
    enum status status = STATUS_ABSENT;

    if (text_parse_integer(id_text, 1, INT32_MAX, &id))
        status = api_key_store_find_by_id(admin->db, (int32_t)id, &admin->arena, &key, fault);
    if (status == STATUS_ABSENT) {
        fault_reset(fault);
        return FAULT(fault, status, "there is no key with this number; see `shuinuo api-key list`");
    }
    if (status != STATUS_OK)
        return status;
    struct change change = change_of(admin, is_active ? "api_key_enable" : "api_key_disable", key.name);
    change.subject_id = id;
    return api_key_store_set_active(admin->db, &change, (int32_t)id, is_active, fault);
}

enum status command_api_key(struct admin *admin, int argc, char **argv, struct fault *fault)
{
    if ((argc == 4 || argc == 5) && strcmp(argv[1], "add") == 0)
        return key_add(admin, argc, argv, fault);
    if (argc == 2 && strcmp(argv[1], "list") == 0)
        return key_list(admin, fault);
    if (argc == 3 && (strcmp(argv[1], "disable") == 0 || strcmp(argv[1], "enable") == 0))
        return key_switch(admin, argv[2], strcmp(argv[1], "enable") == 0, fault);
    return FAULT(fault, STATUS_INVALID, "use: api-key add NAME RIGHTS [PER_MINUTE] | list | disable ID | enable ID");
}
