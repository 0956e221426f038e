/* What this build is. */
#ifndef BASE_VERSION_H
#define BASE_VERSION_H

#define SCHEMA_VERSION_LEAST 11 /* the oldest schema these programs work on */
#define SCHEMA_VERSION 11       /* the newest */

extern const char version_text[];   /* "0.1.0" */
extern const char version_commit[]; /* abbreviated commit, or "unknown" */

#endif
