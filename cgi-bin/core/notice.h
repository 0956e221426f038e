/*
 * When a notice may go out, and how often it is tried. Pure.
 */
#ifndef CORE_NOTICE_H
#define CORE_NOTICE_H

#include "base/time.h"
#include "core/ladder.h"
#include "core/matter.h"

/*
 * Whether a notice may wait for the end of the quiet hours: results, extensions and the like to residents, and warnings that
 * leaders need not act upon at night. Never a dispatch, a deadline that has passed, what a liaison on duty or operations
 * must act upon, or anything of an urgent or major matter (Art. 14(1)). A name that is not known never waits.
 */
bool notice_may_wait(const char *name, enum audience audience, uint32_t grades);

/*
 * The moment from `at` on that lies outside of the quiet hours: `at` itself outside of them, else their end. They are minutes
 * of the local day, from ≤ t < to, and may go over midnight; with from = to there are none.
 */
struct instant quiet_hours_over(struct instant at, int from_minute, int to_minute, int utc_offset_minutes);

/* Limits of the pauses between two tries. */
#define NOTICE_FIRST_PAUSE_SECONDS 30
#define NOTICE_LONGEST_PAUSE_SECONDS 1800

/*
 * The pause after the try numbered `attempts` (1, 2, …) failed: twice the one before up to the longest, and up to a quarter
 * more by chance, so that many notices that failed together do not all come back together. chance: 0 … 999
 */
int64_t notice_pause_seconds(int attempts, unsigned chance);

#endif
