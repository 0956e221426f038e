/*
 * A line of the customer list as other systems write it: which columns there are, what a household needs, and what is wrong with a line
 * (Arts. 18(1), 33(4)). Pure.
 */
#ifndef CORE_CUSTOMER_H
#define CORE_CUSTOMER_H

#include "core/contact.h"

#include <stddef.h>
#include <stdint.h>

enum customer_field {
    CUSTOMER_ACCOUNT,
    CUSTOMER_DISTRICT,
    CUSTOMER_COMMUNITY,
    CUSTOMER_ROAD,
    CUSTOMER_BUILDING,
    CUSTOMER_ADDRESS,
    CUSTOMER_METER_CODE, /* of the master meter */
    CUSTOMER_METER_NAME,
    CUSTOMER_NAME,
    CUSTOMER_PHONE,
    CUSTOMER_FIELD__COUNT
};

/* What is wrong with a line, in the order of the words (Text.customer.problem.N). Numbers are stored. */
enum customer_problem {
    CUSTOMER_FINE,
    CUSTOMER_LINE_TOO_LONG,
    CUSTOMER_OPEN_QUOTE,
    CUSTOMER_HAS_NUL,
    CUSTOMER_NOT_TEXT,      /* not valid in the encoding of the file, or with control characters */
    CUSTOMER_TOO_FEW,       /* fewer cells than the header: something is shifted */
    CUSTOMER_NO_ACCOUNT,
    CUSTOMER_BAD_ACCOUNT,
    CUSTOMER_DUPLICATE,     /* the account stands in another line, which is the one that is taken */
    CUSTOMER_NO_DISTRICT,
    CUSTOMER_NO_PLACE,      /* neither community nor road */
    CUSTOMER_FIELD_TOO_LONG,
    CUSTOMER_METER_NO_CODE, /* a master meter's name without its number */
    CUSTOMER_BAD_PHONE,     /* the household is taken, without a phone */
    CUSTOMER_PROBLEM__COUNT
};
/* Whether the household of the line is taken all the same. */
bool customer_is_taken(enum customer_problem problem);

/* Column of each field; -1: the file has none. */
struct customer_columns {
    int at[CUSTOMER_FIELD__COUNT];
    int count; /* cells of the header */
};
/* What a header lacks. */
struct customer_header {
    bool lacks_account, lacks_district, lacks_place;
    enum customer_field twice; /* CUSTOMER_FIELD__COUNT: none */
};
/* Headers in Chinese or English, in any order; columns that mean nothing here are passed over. cells: valid UTF-8 */
bool customer_header_parse(char *const *cells, size_t count, struct customer_columns *columns, struct customer_header *header) MUST_USE;

#define CUSTOMER_PLACE_CHARACTERS 40
#define CUSTOMER_PLACE_BYTES (CUSTOMER_PLACE_CHARACTERS * 4 + 1)
#define CUSTOMER_METER_CHARACTERS 40

/* Texts are the caller's cells, tidied in place. */
struct customer {
    char account[ACCOUNT_BYTES], phone[PHONE_BYTES];
    const char *district;
    const char *area; /* community or road */
    bool is_road;
    const char *building; /* "" without one */
    const char *address, *name, *meter_code, *meter_name;
};

/*
 * Reads a line. cells: valid UTF-8, changed in place. field: which one the problem is about. With customer_is_taken the customer is whole.
 * A household in a community counts there; its road is then part of the address only.
 */
enum customer_problem customer_parse(char *const *cells, size_t count, const struct customer_columns *columns,
                                     struct customer *customer, enum customer_field *field) MUST_USE;

/* The spelling by which a place is known: tidied, full-width signs made narrow. Changed in place. */
void customer_tidy_place(char *name);

#endif
