/*
 * The program `complaint`: residents file a report in four short steps and follow it by number and code. Public, without
 * sessions; it may insert a filing and what residents add, and reads only the projection without personal data.
 */
#ifndef COMPLAINT_COMPLAINT_H
#define COMPLAINT_COMPLAINT_H

#include "store/public_store.h"
#include "store/ticket_store.h"
#include "web/app.h"
#include "web/input.h"
#include "web/page.h"

/* One per worker. */
struct complaint {
    struct db *db;
    struct catalog catalog;
};

static inline struct complaint *complaint_of(const struct request *request)
{
    return request->context;
}

/* The regulation in force, read now if that failed before. STATUS_UNAVAILABLE: it was never read. */
enum status complaint_catalog(struct request *request, const struct catalog **catalog) MUST_USE;

/* Name of a category in the request's language. */
const char *complaint_category_name(const struct request *request, const struct catalog *catalog,
                                    struct category_id category);

/*
 * Ends a page that shows a form, status_code 200, or shows it again with what was typed. The browser may keep such an answer for its
 * Back button, which without it would ask whether to send the form again in place of showing what was typed.
 */
enum status complaint_end_form(struct request *request, struct view *view, struct response *response,
                               int status_code) MUST_USE;

/* The pages, in the order a resident meets them. */
enum status complaint_get_index(struct request *request, struct response *response);
enum status complaint_get_new(struct request *request, struct response *response);
enum status complaint_post_matter(struct request *request, struct response *response);
enum status complaint_get_place(struct request *request, struct response *response);
enum status complaint_post_place(struct request *request, struct response *response);
enum status complaint_get_contact(struct request *request, struct response *response);
enum status complaint_post_contact(struct request *request, struct response *response);
enum status complaint_post_affected(struct request *request, struct response *response);
enum status complaint_get_affected(struct request *request, struct response *response);
enum status complaint_get_check(struct request *request, struct response *response);
enum status complaint_post_file(struct request *request, struct response *response);
enum status complaint_get_receipt(struct request *request, struct response *response);
enum status complaint_get_misconduct(struct request *request, struct response *response);
enum status complaint_post_misconduct(struct request *request, struct response *response);
enum status complaint_get_answer(struct request *request, struct response *response);
enum status complaint_post_answer(struct request *request, struct response *response);
enum status complaint_get_badge(struct request *request, struct response *response);
enum status complaint_post_badge(struct request *request, struct response *response);
enum status complaint_post_urge(struct request *request, struct response *response);
enum status complaint_get_appointment(struct request *request, struct response *response);
enum status complaint_post_appointment(struct request *request, struct response *response);
enum status complaint_get_code(struct request *request, struct response *response);
enum status complaint_post_code(struct request *request, struct response *response);
enum status complaint_get_calendar(struct request *request, struct response *response);
enum status complaint_get_follow(struct request *request, struct response *response);
enum status complaint_post_follow(struct request *request, struct response *response);
enum status complaint_get_link(struct request *request, struct response *response);
enum status complaint_post_link(struct request *request, struct response *response);
enum status complaint_get_progress(struct request *request, struct response *response);
enum status complaint_get_tell(struct request *request, struct response *response);
enum status complaint_post_tell(struct request *request, struct response *response);
enum status complaint_get_photo(struct request *request, struct response *response);
enum status complaint_get_staged_photo(struct request *request, struct response *response);
enum status complaint_get_told_photo(struct request *request, struct response *response);

#endif
