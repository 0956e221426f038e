/* When a photo was taken, seen from the work. Pure. */
#ifndef CORE_PHOTO_STAGE_H
#define CORE_PHOTO_STAGE_H

/* Stored: append only. */
enum photo_stage { PHOTO_STAGE_NONE, PHOTO_BEFORE, PHOTO_DURING, PHOTO_AFTER, PHOTO_STAGE__COUNT };

/* "before", "during", "after"; "" for none. */
const char *photo_stage_name(enum photo_stage stage);
/* The stage of this name; PHOTO_STAGE_NONE for any other. */
enum photo_stage photo_stage_find(const char *name);

#endif
