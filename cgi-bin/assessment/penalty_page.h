/* What a penalty's page and its notice show alike. */
#ifndef ASSESSMENT_PENALTY_PAGE_H
#define ASSESSMENT_PENALTY_PAGE_H

#include "assessment/assessment.h"
#include "web/act.h"

struct penalty_view {
    const struct penalty_file *file; /* borrowed */
    struct clause_book book;
    struct penalty_ground *grounds;
    size_t ground_count;
    struct penalty_link *links;
    size_t link_count;
    struct penalty_person *persons; /* who can be named */
    size_t person_count;
    const char *leader, *person; /* names */
    int64_t like, of_leader, of_person; /* others that stand within the year */
};

enum status penalty_view_load(struct request *request, const struct penalty_file *file, struct penalty_view *shown) MUST_USE;

/* Page.title, Penalty.*, Grounds.N, Timeline.N, Links.N, may_order. */
void penalty_view_show(struct view *page, const struct request *request, const struct penalty_view *shown);

#endif
