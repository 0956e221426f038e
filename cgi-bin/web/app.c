#include "web/app.h"

#include <assert.h>
#include <errno.h>
#include <fcgiapp.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "base/now.h"
#include "base/version.h"
#include "web/master.h"
#include "web/options.h"
#include "web/pages.h"
#include "web/templates.h"
#include "web/worker.h"

#define EXIT_USAGE 64
#define EXIT_CONFIG 78

/* --- what all modes need ------------------------------------------------------------------------------------------ */

static enum status open_pages_of(struct app *app, struct fault *fault)
{
    enum status status = words_open(app->settings.template_dir, fault);
    if (status == STATUS_OK)
        status = templates_open(&app->settings, app->name, fault);
    return status;
}

static void close_pages(void)
{
    page_cache_release();
    templates_close();
    words_close();
}

/* Settings, secrets, words, templates, and what the program itself prepares. Without the database. */
static enum status prepare(struct app *app, const char *settings_path, struct fault *fault)
{
    settings_init(&app->settings);
    enum status status = settings_read(&app->settings, settings_path, fault);
    if (status != STATUS_OK)
        return status;
    log_open(app->name, (enum log_level)app->settings.log_level);
    now_use_offset_file(app->settings.time_offset_file);
    status = secrets_read(&app->secrets, &app->settings, app->name, fault);
    if (status == STATUS_OK && !app->secrets.has[SECRET_FORM])
        status = FAULT(fault, STATUS_INVALID, "%s/%s.secret has no key for forms", app->settings.secret_dir, app->name);
    if (status == STATUS_OK)
        status = open_pages_of(app, fault);
    if (status == STATUS_OK && app->prepare != NULL)
        status = app->prepare(app, fault);
    return status;
}

static void give_back(struct app *app)
{
    close_pages();
    secrets_wipe(&app->secrets);
}

static void say_fault(const char *program, const struct fault *fault)
{
    fprintf(stderr, "%s: %s\n", program, fault->file == NULL ? "it failed without saying why" : fault->message);
}

/*
 * New words and templates are tried in a child first, so that a mistake in a file leaves the running pages as they are.
 */
static enum status reload(struct app *app)
{
    pid_t pid = fork();
    if (pid == 0) {
        close_pages();
        struct fault fault = {0};
        enum status status = open_pages_of(app, &fault);
        if (status != STATUS_OK)
            log_fault(status, &fault);
        _exit(status == STATUS_OK ? 0 : 1);
    }
    int state = 0;
    while (pid > 0 && waitpid(pid, &state, 0) < 0 && errno == EINTR)
        continue;
    if (pid < 0 || !WIFEXITED(state) || WEXITSTATUS(state) != 0) {
        log_write(LOG_LEVEL_ERROR, "reload_refused");
        return STATUS_INVALID;
    }
    close_pages();
    struct fault fault = {0};
    enum status status = open_pages_of(app, &fault);
    if (status != STATUS_OK)
        log_die("reload_failed %s", fault.message);
    return status;
}

/* --- tasks -------------------------------------------------------------------------------------------------------- */

static int check_config(struct app *app, const struct options *options)
{
    struct fault fault = {0};
    enum status status = prepare(app, options->settings_path, &fault);
    if (status == STATUS_OK && app->open != NULL) {
        status = app->open(app, &fault);
        if (status == STATUS_OK && app->close != NULL)
            app->close(app);
    }
    if (status == STATUS_OK)
        puts("ok");
    else
        say_fault(app->name, &fault);
    give_back(app);
    return status == STATUS_OK ? 0 : 1;
}

/* Whether a web server started this process for one request. */
static bool is_cgi(void) { return getenv("REQUEST_METHOD") != NULL && FCGX_IsCGI() != 0; }

static int serve_inherited(struct app *app, const struct options *options)
{
    if (fcntl(STDIN_FILENO, F_SETFL, fcntl(STDIN_FILENO, F_GETFL) | O_NONBLOCK) != 0)
        return EXIT_CONFIG;
    if (options->workers > 0)
        return master_run(app, STDIN_FILENO, options->workers, reload);
    return worker_serve(app, STDIN_FILENO);
}

static int serve_socket(struct app *app, const struct options *options)
{
    struct fault fault = {0};
    int listening = master_listen(options->listen_path, &fault);
    if (listening < 0) {
        say_fault(app->name, &fault);
        return EXIT_CONFIG;
    }
    int workers = options->workers > 0 ? options->workers : app->settings.workers;
    int code = master_run(app, listening, workers, reload);
    close(listening);
    unlink(options->listen_path);
    return code;
}

static int serve(struct app *app, const struct options *options)
{
    bool is_one_request = options->listen_path == NULL && is_cgi();
    if (options->listen_path == NULL && !is_one_request && FCGX_IsCGI() != 0) {
        fprintf(stderr, "%s: there is no socket to serve on; see --help\n", app->name);
        return EXIT_USAGE;
    }
    struct fault fault = {0};
    int code = EXIT_CONFIG;
    if (prepare(app, options->settings_path, &fault) != STATUS_OK)
        say_fault(app->name, &fault);
    else if (options->listen_path != NULL)
        code = serve_socket(app, options);
    else if (is_one_request)
        code = worker_serve_cgi(app);
    else
        code = serve_inherited(app, options);
    give_back(app);
    return code;
}

int app_main(int argc, char **argv, struct app *app)
{
    assert(app->name != NULL && app->routes != NULL);
    crypto_start();
    log_open(app->name, LOG_LEVEL_INFO);
    struct options options = options_read(argc, argv, stderr);
    switch (options.task) {
    case TASK_SERVE:
        return serve(app, &options);
    case TASK_CHECK_CONFIG:
        return check_config(app, &options);
    case TASK_SETTINGS_HELP:
        options_print_settings(stdout);
        return 0;
    case TASK_VERSION:
        options_print_version(app->name, stdout);
        return 0;
    case TASK_HELP:
        options_print_help(app->name, stdout);
        return 0;
    case TASK_WRONG:
    case OPTION_TASK__COUNT:
        break;
    }
    return EXIT_USAGE;
}
