#include "complaint/complaint.h"

enum status complaint_catalog(struct request *request, const struct catalog **catalog)
{
    struct complaint *complaint = complaint_of(request);
    enum status status =
        catalog_refresh(&complaint->catalog, complaint->db, &request->app->settings, &request->fault);
    *catalog = &complaint->catalog;
    if (complaint->catalog.regulation.category_count > 0) {
        fault_reset(&request->fault); /* the rows read before still hold */
        return STATUS_OK;
    }
    return status == STATUS_OK ? FAULT(&request->fault, STATUS_UNAVAILABLE, "the regulation has no categories")
                               : status;
}

enum status complaint_end_form(struct request *request, struct view *view, struct response *response, int status_code)
{
    const enum status status = page_end(view, response, status_code);

    if (status == STATUS_OK && request->method == METHOD_POST)
        response_header(response, "Cache-Control", "private, no-cache");
    return status;
}

const char *complaint_category_name(const struct request *request, const struct catalog *catalog,
                                    struct category_id category)
{
    const struct catalog_words *words = catalog_category_words(catalog, category);

    if (words == NULL)
        return "";
    return request->language == LANGUAGE_EN ? words->name_en : words->name_zh;
}
