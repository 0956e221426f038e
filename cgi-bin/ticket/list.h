/*
 * A list of the desk as its address says it: view, filter, order, page. The queue, its exports, the links from a ticket to its
 * neighbours and the way back all read and write addresses here.
 */
#ifndef TICKET_LIST_H
#define TICKET_LIST_H

#include "store/ticket_list.h"
#include "ticket/desk.h"

struct desk_view {
    const char *name; /* in the address, and Text.desk.view.NAME */
    enum ticket_view view;
    uint32_t roles;   /* who has a use for it */
};

/* The view of this name that this person has; NULL when there is none. */
const struct desk_view *desk_view_find(const struct request *request, const char *name);
/* The view that this person starts the day with. */
const struct desk_view *desk_view_first(const struct request *request);
/* The person's views, one after the other; NULL at the end. */
const struct desk_view *desk_view_next(const struct request *request, const struct desk_view *before);

#define LIST_ROWS_USUAL 50

struct list {
    const struct desk_view *view;
    struct filter filter;
    struct filter form;        /* what the form beside the list shows: the filter, unless something typed there was wrong */
    struct ticket_query query; /* query.filter points to `filter` */
    int first;                 /* number of the page's first row in the list; 0: not known */
    const char *error;         /* what of the words could not be read, a sentence; NULL */
    const char *typed;         /* the words, when they could not be read */
};

/*
 * Reads the address of a list. STATUS_INVALID for what no link of ours says. Words that cannot be read, or a telephone in clear,
 * leave the list unfiltered and set `error`.
 */
enum status list_read(struct request *request, const struct form *form, struct list *list) MUST_USE;

/* The same without its words: view, order and page alone. */
enum status list_read_shape(struct request *request, const struct form *form, struct list *list) MUST_USE;

/* The names that the address of a list has, for inputs_read. */
extern const struct input_rule list_rules[];
extern const size_t list_rule_count;

/* "?view=…&q=…" of the list's first page; of the page behind or before a row; with another order or size. */
const char *list_url(const struct request *request, const struct list *list);
const char *list_url_at(const struct request *request, const struct list *list, const struct ticket_cursor *cursor,
                        bool is_backward, int first);
const char *list_url_with(const struct request *request, const struct desk_view *view, enum ticket_sort sort, int rows,
                          const struct filter *filter);

/* The words of filters in the request's language first. Lives in the arena. */
struct filter_vocabulary list_vocabulary(const struct request *request);

/* The sentence about what could not be read. */
const char *list_error_words(const struct request *request, const struct filter_error *error);

/*
 * The list that a link came from: `from` is the address that list_url wrote ("view=…&q=…"). False when it is none of ours: then
 * there is no list to go back to.
 */
bool list_read_from(struct request *request, const char *from, struct list *list);

/*
 * For the page of a ticket, one call: List.url (back to the list that led here), List.prev, List.next, and List.from for links and
 * forms that keep it. Two statements when the page was opened from a list, else none.
 */
enum status list_neighbours(struct request *request, struct view *page, const struct ticket_file *file) MUST_USE;

/* "from=…" as it came with this request, for an address; "" without. */
const char *list_from_suffix(const struct request *request, char separator);

#endif
