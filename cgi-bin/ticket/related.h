/*
 * What belongs to a ticket besides its own history, loaded for its page in a fixed number of statements, and the pages that join
 * tickets: merging (merge.c), linking a repeat (repeat.c), the joint case of damage by others (joint.c).
 */
#ifndef TICKET_RELATED_H
#define TICKET_RELATED_H

#include "store/related_store.h"
#include "ticket/show.h"

/* Related.N in groups: Parent, Children.N, EarlierReports.N, LaterReports.N. may_unmerge: each child gets its button. */
void related_show(struct view *page, const struct request *request, const struct related *related, size_t count);

/* One ticket in a list: number, state, matter, place, unit, when, masked person. */
void related_show_row(struct view *view, const struct request *request, const struct related *related);

/* The ticket that somebody named by number, or what is wrong with the number as words beside `field`. */
enum status related_find(struct request *request, struct inputs *inputs, const char *field, struct ticket_file *file) MUST_USE;

/*
 * A page that does one thing with a ticket (part.c). Opens the page, shows which ticket it is, the version that the form was made
 * for, what others did since `seen_version` (0: nothing asked), and why not (VERDICT_OK: nothing).
 */
struct view *part_begin(struct request *request, const char *name, const char *title_key, const struct ticket_file *file,
                        uint32_t seen_version, enum verdict verdict);

/* The key of a thing that a form does besides its own: the form's key bound to a word. */
void part_key(const uint8_t key[ACTION_KEY_BYTES], const char *word, uint8_t made[ACTION_KEY_BYTES]);

/* The HTTP code of a refusal. */
int part_code(enum verdict verdict);

/* Whether the ticket's matter and state ask for the joint case: repair and inspection sent out together (Art. 25). */
bool joint_is_offered(const struct request *request, const struct ticket *ticket);

enum status ticket_get_merge(struct request *request, struct response *response);
enum status ticket_post_merge(struct request *request, struct response *response);
enum status ticket_get_repeat(struct request *request, struct response *response);
enum status ticket_post_repeat(struct request *request, struct response *response);
enum status ticket_get_joint(struct request *request, struct response *response);
enum status ticket_post_joint(struct request *request, struct response *response);

#endif
