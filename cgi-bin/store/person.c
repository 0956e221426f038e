#include "store/person.h"

#include <assert.h>
#include <string.h>

#include "store/staff_store.h"

static struct bytes seal_field(const char *clear, const struct key *public_key, struct arena *arena)
{
    const size_t length = strlen(clear);

    if (length == 0)
        return (struct bytes){NULL, 0};
    const size_t sealed_length = crypto_sealed_bytes(length);
    uint8_t *sealed = arena_take(arena, sealed_length);
    crypto_seal(public_key, (const uint8_t *)clear, length, sealed);
    return (struct bytes){sealed, sealed_length};
}

void person_fill(struct person *person, const char *name, const char *phone, const char *account, const char *address)
{
    const char *const from[] = {name, phone, account, address};
    char *const to[] = {person->name, person->phone, person->account, person->address};
    const size_t room[] = {sizeof person->name, sizeof person->phone, sizeof person->account, sizeof person->address};

    for (size_t i = 0; i < sizeof to / sizeof to[0]; i++) {
        struct text text;
        text_init(&text, to[i], room[i]);
        text_add(&text, from[i]);
    }
}

struct sealed_person person_seal(const struct person *person, const struct secrets *secrets, struct arena *arena)
{
    const struct key *key = &secrets->key[SECRET_STAFF_PUBLIC];
    struct sealed_person sealed = {.key_id = secrets->staff_key_id};

    assert(secrets->has[SECRET_STAFF_PUBLIC] && secrets->has[SECRET_LOOKUP]);
    sealed.name = seal_field(person->name, key, arena);
    sealed.phone = seal_field(person->phone, key, arena);
    sealed.account = seal_field(person->account, key, arena);
    sealed.address = seal_field(person->address, key, arena);
    if (person->name[0] != '\0')
        name_mask(person->name, sealed.name_masked);
    sealed.has_phone = person->phone[0] != '\0';
    if (sealed.has_phone) {
        phone_mask(person->phone, sealed.phone_masked);
        sealed.phone_hash = person_lookup_hash(secrets, "phone", person->phone);
    }
    sealed.has_account = person->account[0] != '\0';
    if (sealed.has_account) {
        account_mask(person->account, sealed.account_masked);
        sealed.account_hash = person_lookup_hash(secrets, "account", person->account);
    }
    return sealed;
}

struct bytes person_seal_text(const char *clear, const struct secrets *secrets, struct arena *arena)
{
    assert(secrets->has[SECRET_STAFF_PUBLIC]);
    return seal_field(clear, &secrets->key[SECRET_STAFF_PUBLIC], arena);
}

struct hash person_lookup_hash(const struct secrets *secrets, const char *purpose, const char *digits)
{
    const struct bytes piece = {(const uint8_t *)digits, strlen(digits)};

    assert(secrets->has[SECRET_LOOKUP]);
    return crypto_keyed_hash(&secrets->key[SECRET_LOOKUP], purpose, &piece, 1);
}

/* Opens one field into `clear`; an empty field stays "". */
static bool open_field(struct bytes sealed, const struct secrets *secrets, char *clear, size_t capacity)
{
    const size_t overhead = crypto_sealed_bytes(0);

    if (sealed.length == 0)
        return true;
    if (sealed.length < overhead || sealed.length - overhead >= capacity)
        return false;
    return crypto_unseal(&secrets->key[SECRET_STAFF_PUBLIC], &secrets->key[SECRET_STAFF_PRIVATE], sealed.data,
                         sealed.length, (uint8_t *)clear);
}

bool person_open_text(struct bytes sealed, const struct secrets *secrets, char *clear, size_t capacity)
{
    memset(clear, 0, capacity);
    return secrets->has[SECRET_STAFF_PRIVATE] && secrets->has[SECRET_STAFF_PUBLIC] &&
           open_field(sealed, secrets, clear, capacity);
}

enum status person_unseal(struct db *db, struct ticket_id ticket, const struct secrets *secrets, struct staff_id staff,
                          struct instant now, struct arena *arena, struct person *person, struct fault *fault)
{
    const struct db_value id = db_integer(ticket.v);
    struct db_row row;
    enum status status = STATUS_OK;

    *person = (struct person){0};
    if (!secrets->has[SECRET_STAFF_PRIVATE] || !secrets->has[SECRET_STAFF_PUBLIC])
        return FAULT(fault, STATUS_REFUSED, "this program has no key to open personal data");
    if (staff.v != 0) /* committed by itself before anything is opened */
        status = audit_store_add(db, staff, "unmask", SUBJECT_TICKET, ticket.v, "", now, fault);
    if (status != STATUS_OK)
        return status;
    status = db_query_one(db, PERSON_LOAD_SEALED, &id, 1, arena, &row, fault);
    if (status != STATUS_OK)
        return status;
    if (!db_row_is_null(&row, 5))
        return STATUS_ABSENT;
    if (db_row_integer(&row, 0) != secrets->staff_key_id)
        return FAULT(fault, STATUS_FAILED, "ticket %lld is sealed to staff key %lld, this program holds %u",
                     (long long)ticket.v, (long long)db_row_integer(&row, 0), (unsigned)secrets->staff_key_id);
    if (!open_field(db_row_bytes(&row, 1), secrets, person->name, sizeof person->name) ||
        !open_field(db_row_bytes(&row, 2), secrets, person->phone, sizeof person->phone) ||
        !open_field(db_row_bytes(&row, 3), secrets, person->account, sizeof person->account) ||
        !open_field(db_row_bytes(&row, 4), secrets, person->address, sizeof person->address)) {
        *person = (struct person){0};
        return FAULT(fault, STATUS_FAILED, "the personal data of ticket %lld cannot be opened", (long long)ticket.v);
    }
    return STATUS_OK;
}
