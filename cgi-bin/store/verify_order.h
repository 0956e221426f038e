/* Verify's part for rectification orders. */
#ifndef STORE_VERIFY_ORDER_H
#define STORE_VERIFY_ORDER_H

#include "store/verify_stream.h"

/* Folds every order's stream again and compares its rows. */
enum status verify_orders(struct verifying *run, struct fault *fault) MUST_USE;

#endif
