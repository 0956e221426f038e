/*
 * Static copies of public pages, as the web server shows them when no program or database answers.
 */
#ifndef CLERK_COPY_H
#define CLERK_COPY_H

#include "base/settings.h"

/*
 * Fetches each page through the web server, in both languages, and puts it into copy_dir in one step; a page that is not there or
 * not whole leaves the copy before it. Nothing without copy_dir. Takes at most a few seconds. kept: how many were written
 */
enum status copy_keep(const struct settings *settings, int *kept, struct fault *fault) MUST_USE;

#endif
