/* Clocks as rows, for the files of store that read and write them. */
#ifndef STORE_CLOCK_ROW_H
#define STORE_CLOCK_ROW_H

#include "core/clock.h"
#include "store/db.h"

/* Reads the columns of CLOCK_COLUMN_TEXT (statements.def), which come first in their statements. */
struct clock clock_row_read(const struct db_row *row);

#define CLOCK_ROW_COLUMNS 18 /* how many they are: further columns follow from here on */

/* "Never" in a column that is part of an index, and back. */
struct instant instant_or_never(struct instant at);
struct instant instant_unless_never(struct instant at);

#endif
