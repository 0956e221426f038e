/* Values that events of outages carry, for the two halves of core/outage: deciding and folding. Pure. */
#ifndef CORE_OUTAGE_VALUE_H
#define CORE_OUTAGE_VALUE_H

#include "core/outage.h"

/* Sizes and numbers that can be. */
bool outage_is_diameter(int64_t diameter_mm);
bool outage_is_valve(struct outage_valve valve);

/* A valve as one number of an event's list. */
int32_t outage_valve_pack(struct outage_valve valve);
struct outage_valve outage_valve_unpack(int32_t packed);

#endif
