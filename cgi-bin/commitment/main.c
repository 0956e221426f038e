/* Routes and life of the program `commitment`. */
#include "commitment/commitment.h"

#define PUBLIC 0

static const struct route routes[] = {
    {METHOD_GET, "/", PUBLIC, CHECK_NONE, commitment_get_portal},
    {METHOD_GET, "/commitment/", PUBLIC, CHECK_NONE, commitment_get_index},
    {METHOD_GET, "/commitment/outages", PUBLIC, CHECK_NONE, commitment_get_outages},
    {METHOD_GET, "/commitment/supervision", PUBLIC, CHECK_NONE, commitment_get_supervision},
    {METHOD_GET, "/commitment/privacy", PUBLIC, CHECK_NONE, commitment_get_privacy},
    {METHOD_GET, "/commitment/text/*", PUBLIC, CHECK_NONE, commitment_get_text},
    {METHOD_GET, "/commitment/counting", PUBLIC, CHECK_NONE, commitment_get_counting},
    {METHOD_GET, "/commitment/commitments.json", PUBLIC, CHECK_NONE, commitment_get_json},
    {METHOD_GET, "/commitment/promise/*", PUBLIC, CHECK_NONE, commitment_get_promise},
    {METHOD_GET, "/commitment/commitments.jsonld", PUBLIC, CHECK_NONE, commitment_get_jsonld},
    {METHOD_GET, "/commitment/commitments.csv", PUBLIC, CHECK_NONE, commitment_get_csv},
};

static struct commitment commitment;

static enum status commitment_open(struct app *app, struct fault *fault)
{
    (void)fault;
    commitment.db = db_open(&app->settings, &app->secrets, "shuinuo_commitment");
    return STATUS_OK;
}

static void commitment_close(struct app *app)
{
    (void)app;
    catalog_release(&commitment.catalog);
    db_close(commitment.db);
    commitment.db = NULL;
}

static uint64_t commitment_statement_count(const struct app *app)
{
    (void)app;
    return db_statement_count(commitment.db);
}

int main(int argc, char **argv)
{
    struct app app = {
        .name = "commitment",
        .routes = routes,
        .route_count = sizeof routes / sizeof routes[0],
        .context = &commitment,
        .open = commitment_open,
        .close = commitment_close,
        .statement_count = commitment_statement_count,
    };
    return app_main(argc, argv, &app);
}
