/* Routes and life of the program `complaint`. */
#include "complaint/complaint.h"
#include "web/rate.h"

#define PUBLIC 0

static const struct route routes[] = {
    {METHOD_GET, "/complaint/", PUBLIC, CHECK_NONE, complaint_get_index},
    {METHOD_GET, "/complaint/new", PUBLIC, CHECK_NONE, complaint_get_new},
    {METHOD_POST, "/complaint/matter", PUBLIC, CHECK_CSRF, complaint_post_matter},
    {METHOD_GET, "/complaint/place", PUBLIC, CHECK_NONE, complaint_get_place},
    {METHOD_POST, "/complaint/place", PUBLIC, CHECK_CSRF | CHECK_UPLOAD, complaint_post_place},
    {METHOD_GET, "/complaint/photo/*", PUBLIC, CHECK_NONE, complaint_get_staged_photo},
    {METHOD_GET, "/complaint/contact", PUBLIC, CHECK_NONE, complaint_get_contact},
    {METHOD_POST, "/complaint/contact", PUBLIC, CHECK_CSRF, complaint_post_contact},
    {METHOD_POST, "/complaint/affected", PUBLIC, CHECK_CSRF, complaint_post_affected},
    {METHOD_GET, "/complaint/affected/*", PUBLIC, CHECK_NONE, complaint_get_affected},
    {METHOD_GET, "/complaint/check", PUBLIC, CHECK_NONE, complaint_get_check},
    {METHOD_POST, "/complaint/file", PUBLIC, CHECK_CSRF, complaint_post_file},
    {METHOD_GET, "/complaint/receipt", PUBLIC, CHECK_NONE, complaint_get_receipt},
    {METHOD_GET, "/complaint/misconduct", PUBLIC, CHECK_UNLOGGED, complaint_get_misconduct},
    {METHOD_POST, "/complaint/misconduct", PUBLIC, CHECK_CSRF | CHECK_UNLOGGED | CHECK_UPLOAD, complaint_post_misconduct},
    {METHOD_GET, "/complaint/misconduct/answer", PUBLIC, CHECK_UNLOGGED, complaint_get_answer},
    {METHOD_POST, "/complaint/misconduct/answer", PUBLIC, CHECK_CSRF | CHECK_UNLOGGED, complaint_post_answer},
    {METHOD_GET, "/complaint/badge", PUBLIC, CHECK_NONE, complaint_get_badge},
    {METHOD_POST, "/complaint/badge", PUBLIC, CHECK_CSRF, complaint_post_badge},
    {METHOD_GET, "/complaint/receipt/calendar", PUBLIC, CHECK_NONE, complaint_get_calendar},
    {METHOD_GET, "/complaint/follow", PUBLIC, CHECK_NONE, complaint_get_follow},
    {METHOD_POST, "/complaint/follow", PUBLIC, CHECK_CSRF, complaint_post_follow},
    {METHOD_GET, "/complaint/link/*", PUBLIC, CHECK_NONE, complaint_get_link},
    {METHOD_POST, "/complaint/link/*", PUBLIC, CHECK_CSRF, complaint_post_link},
    {METHOD_GET, "/complaint/progress/*", PUBLIC, CHECK_NONE, complaint_get_progress},
    {METHOD_GET, "/complaint/progress/*/tell", PUBLIC, CHECK_NONE, complaint_get_tell},
    {METHOD_POST, "/complaint/progress/*/urge", PUBLIC, CHECK_CSRF, complaint_post_urge},
    {METHOD_GET, "/complaint/progress/*/appointment", PUBLIC, CHECK_NONE, complaint_get_appointment},
    {METHOD_POST, "/complaint/progress/*/appointment", PUBLIC, CHECK_CSRF, complaint_post_appointment},
    {METHOD_GET, "/complaint/code", PUBLIC, CHECK_NONE, complaint_get_code},
    {METHOD_POST, "/complaint/code", PUBLIC, CHECK_CSRF, complaint_post_code},
    {METHOD_POST, "/complaint/progress/*/tell", PUBLIC, CHECK_CSRF | CHECK_UPLOAD, complaint_post_tell},
    {METHOD_GET, "/complaint/progress/*/told/*", PUBLIC, CHECK_NONE, complaint_get_told_photo},
    {METHOD_GET, "/complaint/progress/*/photo/*", PUBLIC, CHECK_NONE, complaint_get_photo},
};

static struct complaint complaint;

static enum status complaint_prepare(struct app *app, struct fault *fault)
{
    (void)app, (void)fault;
    rate_open();
    return STATUS_OK;
}

static enum status complaint_open(struct app *app, struct fault *fault)
{
    (void)fault;
    complaint.db = db_open(&app->settings, &app->secrets, "shuinuo_complaint");
    return STATUS_OK;
}

static void complaint_close(struct app *app)
{
    (void)app;
    catalog_release(&complaint.catalog);
    db_close(complaint.db);
    complaint.db = NULL;
}

static uint64_t complaint_statement_count(const struct app *app)
{
    (void)app;
    return db_statement_count(complaint.db);
}

int main(int argc, char **argv)
{
    struct app app = {
        .name = "complaint",
        .routes = routes,
        .route_count = sizeof routes / sizeof routes[0],
        .context = &complaint,
        .prepare = complaint_prepare,
        .open = complaint_open,
        .close = complaint_close,
        .statement_count = complaint_statement_count,
    };
    return app_main(argc, argv, &app);
}
