/*
 * Short messages: what a text takes of them, as gateways count and bill it (GSM 03.38, 3GPP TS 23.038 and 23.040). Pure.
 */
#ifndef CORE_SMS_H
#define CORE_SMS_H

#include <stdbool.h>

#define SMS_GSM_ALONE 160 /* septets of a message that stands alone, and of one of several */
#define SMS_GSM_JOINED 153
#define SMS_WIDE_ALONE 70 /* UTF-16 units, the same */
#define SMS_WIDE_JOINED 67

struct sms_size {
    bool is_wide;   /* a character outside of the GSM alphabet makes the whole text UCS-2 */
    int characters; /* as people count them */
    int units;      /* septets, or UTF-16 units */
    int parts;      /* messages; 0 of an empty text */
    int left;       /* units that still fit into the last part */
};

/*
 * Measures a text. No character is cut in two: neither an escaped one of the GSM alphabet (€ [ ] and the like, two septets) nor one
 * beyond the basic plane (two UTF-16 units), so that a part may stay one unit short.
 * text  valid UTF-8
 */
struct sms_size sms_measure(const char *text);

#endif
