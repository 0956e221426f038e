/*
 * Photos of a ticket at the desk: seen by all who may see the ticket, added by those who may write a note on it, and shown to the
 * resident only where somebody says so.
 */
#ifndef TICKET_PHOTOS_H
#define TICKET_PHOTOS_H

#include "store/related_store.h"
#include "ticket/desk.h"
#include "web/page.h"

/* Photos.N (url, alt, words, at, by, width, height) and may_add_photos, for the ticket's page. */
enum status show_photos(struct view *page, struct request *request, const struct ticket_file *file) MUST_USE;

/*
 * ParentPhotos.N, the same from after the work at the ticket that this one was merged into: one result closes both (Art. 27).
 * related: as related_store_list gave it. The resident of the merged report sees none of them: they were released to another one.
 */
enum status show_parent_photos(struct view *page, struct request *request, const struct ticket *ticket,
                               const struct related *related, size_t related_count) MUST_USE;

/* Tells a finish how many photos from after the work there are (Art. 10); other commands are left alone. */
enum status photos_tell_finish(struct request *request, const struct ticket_file *file, struct command *command) MUST_USE;

enum status ticket_get_photos(struct request *request, struct response *response);
enum status ticket_post_photos(struct request *request, struct response *response);
enum status ticket_get_photo(struct request *request, struct response *response);
enum status ticket_post_photo(struct request *request, struct response *response);

#endif
