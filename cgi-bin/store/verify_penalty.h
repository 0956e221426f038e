/* Verify's part for the assessment ledger. */
#ifndef STORE_VERIFY_PENALTY_H
#define STORE_VERIFY_PENALTY_H

#include "store/verify_stream.h"

/* Folds every penalty's stream again and compares its row. */
enum status verify_penalties(struct verifying *run, struct fault *fault) MUST_USE;

#endif
