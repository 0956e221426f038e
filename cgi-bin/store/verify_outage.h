/* Verify's part for outages. */
#ifndef STORE_VERIFY_OUTAGE_H
#define STORE_VERIFY_OUTAGE_H

#include "store/verify_stream.h"

/* Folds every outage's stream again and compares its rows, its places and what the public was told. */
enum status verify_outages(struct verifying *run, struct fault *fault) MUST_USE;

#endif
