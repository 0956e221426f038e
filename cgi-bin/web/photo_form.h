/*
 * The form by which staff add photos to a ticket, at the desk and on the way: up to three files, when they were taken, and whether
 * the resident may see them.
 */
#ifndef WEB_PHOTO_FORM_H
#define WEB_PHOTO_FORM_H

#include "core/photo_stage.h"
#include "core/workflow.h"
#include "web/upload.h"

/* Reads the form's fields. */
enum status photo_form_read(struct request *request, struct inputs *inputs) MUST_USE;

/*
 * Keeps each photo that is good, at once: sent again with the rest, it is still one photo. What cannot be taken, and what is
 * missing, leaves its sentence beside its field.
 * keep  stores one; STATUS_REFUSED: the ticket has no room for more
 */
typedef enum status photo_form_keep(void *context, const struct photo *photo, enum photo_stage stage, bool is_public);
enum status photo_form_take(struct inputs *inputs, photo_form_keep *keep, void *context) MUST_USE;

/*
 * Stages.N and PhotoFields.N, and what was typed with its errors.
 * inputs  NULL in a fresh form; state: of the ticket, for the stage that is most likely
 */
void photo_form_show(struct view *page, struct request *request, struct inputs *inputs, enum ticket_state state);

#endif
