/*
 * Photos that come in forms and are looked at by themselves: which sentence stands beside a photo that was not taken, and under which
 * headers one may be looked at.
 */
#ifndef WEB_UPLOAD_H
#define WEB_UPLOAD_H

#include "base/photo.h"
#include "web/input.h"

/* Rules of up to three file fields, for a form's own table; upload_field gives their names. */
#define PHOTO_FIELDS 3
#define PHOTO_FIELD_RULES                                                                                              \
    {"photo1", INPUT_FILE, false, 0, 0, "error.photo_broken", NULL},                                                   \
        {"photo2", INPUT_FILE, false, 0, 0, "error.photo_broken", NULL},                                               \
        {"photo3", INPUT_FILE, false, 0, 0, "error.photo_broken", NULL}

/* "photo1" for 0, … */
const char *upload_field(int index);

/* Text key of the sentence about a photo that was not taken. */
const char *upload_sentence(enum photo_verdict verdict);

/*
 * Makes the file of this field safe: whether there is a photo to be kept. One that cannot be taken leaves its sentence beside
 * the field, also where none can be opened now: a form must not be lost for a photo.
 */
bool upload_read(struct inputs *inputs, const char *field, struct photo *photo) MUST_USE;

/*
 * A photo as an answer: a JPEG and nothing else to any browser, in no shared cache, asked for anew each time so that a right
 * that ended ends here. The validator is its hash.
 */
void upload_respond(struct request *request, struct response *response, const struct photo *photo);

/* The number of a photo in a path; 0 when it is none. */
int upload_number(const char *part);

#endif
