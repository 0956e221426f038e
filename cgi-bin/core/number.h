/*
 * Ticket numbers and query codes. Pure.
 *
 * Number: `SN` + yymmdd of the report on the wall clock + `-` + 7 random digits + check digit (ISO 7064 mod 11,10),
 * stored as "SN261123-04172656"; readable over the phone; never a secret. Query code: 8 digits of a keyed hash of ticket
 * and issue, recomputed, never stored, so that the receipt can be shown again and a lost code be issued anew.
 */
#ifndef CORE_NUMBER_H
#define CORE_NUMBER_H

#include "base/crypto.h"
#include "core/ids.h"
#include "base/time.h"

#define NUMBER_BYTES 18      /* "SN261123-04172656" and NUL */
#define NUMBER_TEXT_BYTES 24 /* "SN261123-0417265-6": as shown and spoken */
#define CODE_DIGITS 8
#define QUERY_CODE_BYTES 9

/* random: 0 … 9 999 999. number: NUMBER_BYTES */
void number_format(struct day day, uint32_t random, char *number);

/* A stored number into NUMBER_BYTES, cut when it is none. */
void number_copy(char number[NUMBER_BYTES], const char *from);

/* For people: "SN261123-0417265-6". text: NUMBER_TEXT_BYTES */
void number_format_text(const char *number, char *text);

/*
 * Reads what a person typed: spaces, hyphens, lower case, full-width forms, a missing "SN" are fine. False unless it
 * has the right length and check digit. number: NUMBER_BYTES
 */
bool number_parse(const char *typed, char *number) MUST_USE;

/* Check digit of a string of digits, ISO 7064 mod 11,10: notices every wrong digit, and 97 of 100 swaps of neighbours. */
char number_check_digit(const char *digits);

/* code: QUERY_CODE_BYTES. issue: 1, 2, … counts reissues. */
void query_code_format(const struct key *key, const char *number, int issue, char *code);

/* Reads a typed code: spaces, hyphens and full-width digits are fine. code: QUERY_CODE_BYTES */
bool query_code_parse(const char *typed, char *code) MUST_USE;

#endif
