/*
 * Phones and customer accounts as people write them. Pure.
 */
#ifndef CORE_CONTACT_H
#define CORE_CONTACT_H

#include <stdbool.h>

#include "base/status.h"

#define PHONE_BYTES 16
#define ACCOUNT_BYTES 12
#define MASKED_BYTES 24

/*
 * An 11-digit mainland mobile number (13x … 19x, optional +86 or 86 in front), or a landline with area code
 * ("0635-8212345", 3–4 digits with leading 0 and 7–8 digits). Spaces, hyphens, brackets and full-width digits are fine.
 * phone: PHONE_BYTES, digits only: the same number always gives the same text.
 */
bool phone_parse(const char *typed, char *phone) MUST_USE;

/* "138****1234", "0635****345". masked: MASKED_BYTES */
void phone_mask(const char *phone, char *masked);

/* A customer account: 10 or 11 digits. account: ACCOUNT_BYTES */
bool account_parse(const char *typed, char *account) MUST_USE;

/* "10******89". masked: MASKED_BYTES */
void account_mask(const char *account, char *masked);

/* "张**": the first character. name: valid UTF-8. masked: MASKED_BYTES */
void name_mask(const char *name, char *masked);

#endif
