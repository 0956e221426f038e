#include "base/version.h"

/* The build says what it is made from; a build outside it (an editor, a single file) says so too. */
#ifndef SHUINUO_VERSION
#define SHUINUO_VERSION "0.0.0"
#endif
#ifndef SHUINUO_COMMIT
#define SHUINUO_COMMIT "unknown"
#endif

const char version_text[] = SHUINUO_VERSION;
const char version_commit[] = SHUINUO_COMMIT;
