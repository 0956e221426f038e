/*
 * How a notice leaves the house. So far into files: one per notice in settings.outbox_dir, for whoever carries it on.
 */
#ifndef CLERK_TRANSPORT_H
#define CLERK_TRANSPORT_H

#include "base/settings.h"
#include "store/clerk_store.h"

/*
 * Sends one notice. The file's name is the notice's id, so that sending it again after a crash writes the same file and
 * whoever reads the folder sees it once. provider_id: 80 bytes, what the transport calls it.
 */
enum status transport_send(const struct settings *settings, const struct notice *notice, const char *recipient,
                           const char *text, char *provider_id, struct fault *fault) MUST_USE;

#endif
