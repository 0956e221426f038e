/*
 * The one door to ClearSilver, for words.c, templates.c and page.c alone. Its headers define macros with names of ours;
 * they are taken back here.
 */
#ifndef WEB_CLEARSILVER_H
#define WEB_CLEARSILVER_H

#include <util/neo_misc.h>
#include <util/neo_err.h>
#include <util/neo_hdf.h>
#include <util/neo_str.h>
#include <cs/cs.h>
#undef STATUS_OK

#include "base/status.h"
#include "web/words.h"

/* Records an error of ClearSilver in the fault and frees it. Returns STATUS_OK for no error. */
enum status tree_status(NEOERR *error, struct fault *fault) MUST_USE;

/* For calls that fail only without memory or by a bug of ours: ends the process. */
void tree_must(NEOERR *error);

/*
 * Root of a language's long-lived tree: Text.* (all words), later Config.* and Site.*. NULL before words_open. Nothing of a
 * visitor is ever written here.
 */
HDF *words_tree(enum language language);

#endif
