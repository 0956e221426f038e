/*
 * What a process that reads strangers' pictures may still do: take and give back memory, read and write the descriptors it
 * holds, and end.
 */
#ifndef PHOTO_SANDBOX_H
#define PHOTO_SANDBOX_H

#include <stddef.h>

#define SANDBOX_MEMORY_BYTES ((size_t)56 * 1024 * 1024) /* of its own; with the libraries' pages it stays under 64 MiB */

/*
 * From here on: memory, processor time and files limited, no new rights, and any system call that is not on the list ends the
 * process. In a build with AddressSanitizer, whose runtime needs more, memory stays unlimited and other calls are refused
 * instead. Ends the process when any of it cannot be had.
 */
void sandbox_enter(void);

#endif
