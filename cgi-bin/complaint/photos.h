/*
 * Photos in the resident's forms: staged as soon as they come, so that a wrong word elsewhere in the form never costs a photo, and
 * shown to those alone who may see the ticket or hold the form.
 */
#ifndef COMPLAINT_PHOTOS_H
#define COMPLAINT_PHOTOS_H

#include "complaint/draft.h"
#include "web/upload.h"

/* Rows a form with photos has in its table besides its own: up to three files, and which staged ones are not wanted. */
#define PHOTO_FORM_RULES                                                                                               \
    PHOTO_FIELD_RULES, {"drop1", INPUT_FLAG, false, 0, 0, "error.wrong", NULL},                                        \
        {"drop2", INPUT_FLAG, false, 0, 0, "error.wrong", NULL}, {"drop3", INPUT_FLAG, false, 0, 0, "error.wrong", NULL}

/* Whether the form brings photos, or takes some away. */
bool photos_are_sent(struct inputs *inputs);

/*
 * Takes away what is not wanted and stages what came, under the form's token. What cannot be taken leaves its sentence beside
 * its field; everything else stays staged.
 * sent  filled with what came in this request; may be NULL
 */
struct photos_sent {
    struct hash mark; /* of the pictures: the same form sent twice gives the same */
    int count;        /* good ones */
};
enum status photos_take(struct request *request, const struct hash *token, struct inputs *inputs,
                        struct photos_sent *sent) MUST_USE;

/* How many are staged, and taking all of them away. */
enum status photos_count(struct request *request, const struct hash *token, int *count) MUST_USE;
enum status photos_forget(struct request *request, const struct hash *token) MUST_USE;

/* Where photos are staged, and where they are looked at: a path with one %d for the number and nothing else to be filled in. */
struct photo_stand {
    struct hash token;
    const char *address;
};

/*
 * What is staged and room for more: Staged.N (url, alt, drop, label, width, height), PhotoFields.N (name, label, error).
 * has_photos  false: there cannot be any, nobody is asked
 * inputs      with the sentences of what was not taken; NULL without
 */
enum status photos_put_form(struct request *request, struct view *view, const struct photo_stand *stand, bool has_photos,
                            struct inputs *inputs) MUST_USE;

/* Staged.N alone, for a page that shows what will be sent. */
enum status photos_put_staged(struct request *request, struct view *view, const struct photo_stand *stand) MUST_USE;

/* Photos.N (url, alt, words, at, width, height): the ticket's photos that its resident sees. */
enum status photos_put_ticket(struct request *request, struct view *view, const struct public_ticket *ticket) MUST_USE;

/* Of a draft, and of what is added to a ticket later. */
struct photo_stand photos_of_draft(const struct request *request, const struct draft *draft);
struct photo_stand photos_of_ticket(const struct request *request, const char *number);

#endif
