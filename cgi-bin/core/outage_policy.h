/*
 * What ops has decided about outages, and the units that Arts. 18 and 19 give a part in planned ones. Pure.
 */
#ifndef CORE_OUTAGE_POLICY_H
#define CORE_OUTAGE_POLICY_H

#include "core/ids.h"

/* Whose approval a planned outage needs; who stands higher may give it too. Stored, in policies and events: append only. */
enum outage_approver {
    APPROVER_NONE,
    APPROVER_PIPELINE_LEADER, /* the unit leader of pipeline management */
    APPROVER_OPS,
    APPROVER_GROUP_LEADER,
    OUTAGE_APPROVER__COUNT
};

struct outage_policy {
    enum outage_approver approver, approver_large;
    int households_large; /* so many households affected make an outage one of large extent (Art. 18(1)) */
    int hours_large;      /* or so many hours */
    struct unit_id pipeline, customer; /* pipeline management, customer management; 0: there is none, and ops stands in */
};

#endif
