#include "web/options.h"

#include <string.h>

#include "base/settings.h"
#include "base/text.h"
#include "base/version.h"

#define WORKERS_MAX 256

/* The word behind an option, or NULL after a message. */
static const char *word_of(int argc, char **argv, int *at, FILE *errors)
{
    if (*at + 1 < argc)
        return argv[++*at];
    fprintf(errors, "%s: %s wants a value\n", argv[0], argv[*at]);
    return NULL;
}

static bool read_workers(const char *text, struct options *options, const char *program, FILE *errors)
{
    int64_t workers = 0;
    if (!text_parse_integer(text, 1, WORKERS_MAX, &workers)) {
        fprintf(errors, "%s: --workers wants a number from 1 to %d\n", program, WORKERS_MAX);
        return false;
    }
    options->workers = (int)workers;
    return true;
}

/* False after a message. */
static bool read_option(int argc, char **argv, int *at, struct options *options, FILE *errors)
{
    const char *name = argv[*at];
    const char *word = NULL;
    if (text_is_equal(name, "--check-config")) {
        options->task = TASK_CHECK_CONFIG;
    } else if (text_is_equal(name, "--settings-help")) {
        options->task = TASK_SETTINGS_HELP;
    } else if (text_is_equal(name, "--version")) {
        options->task = TASK_VERSION;
    } else if (text_is_equal(name, "--help")) {
        options->task = TASK_HELP;
    } else if (text_is_equal(name, "--settings")) {
        word = word_of(argc, argv, at, errors);
        options->settings_path = word;
        return word != NULL;
    } else if (text_is_equal(name, "--listen")) {
        word = word_of(argc, argv, at, errors);
        options->listen_path = word;
        return word != NULL;
    } else if (text_is_equal(name, "--workers")) {
        word = word_of(argc, argv, at, errors);
        return word != NULL && read_workers(word, options, argv[0], errors);
    } else {
        fprintf(errors, "%s: there is no option %s; see --help\n", argv[0], name);
        return false;
    }
    return true;
}

struct options options_read(int argc, char **argv, FILE *errors)
{
    struct options options = {.task = TASK_SERVE, .settings_path = SETTINGS_PATH_DEFAULT};
    for (int i = 1; i < argc; i++) {
        if (!read_option(argc, argv, &i, &options, errors)) {
            options.task = TASK_WRONG;
            break;
        }
    }
    return options;
}

void options_print_help(const char *program, FILE *out)
{
    fprintf(out,
            "usage: %s [--settings FILE] [--listen PATH] [--workers N]\n"
            "       %s [--settings FILE] --check-config\n"
            "       %s --settings-help | --version | --help\n"
            "\n"
            "  --settings FILE   settings to read; default " SETTINGS_PATH_DEFAULT "\n"
            "  --listen PATH     make this unix socket (mode 0660) and serve FastCGI on it; without it the program\n"
            "                    serves on an inherited file descriptor 0, or one request as CGI\n"
            "  --workers N       processes; default: the setting `workers`. On an inherited socket without this option\n"
            "                    the program is one worker and its starter replaces it\n"
            "  --check-config    read settings, secrets, words and templates, say what is wrong, and end\n"
            "  --settings-help   print every setting with its unit, default and meaning\n"
            "\n"
            "TERM, INT and QUIT end it after the requests in hand; HUP reads words and templates again.\n",
            program, program, program);
}

void options_print_version(const char *program, FILE *out)
{
    fprintf(out, "%s %s (%s), schema %d to %d\n", program, version_text, version_commit, SCHEMA_VERSION_LEAST,
            SCHEMA_VERSION);
}

void options_print_settings(FILE *out)
{
    size_t count = 0;
    const struct setting_row *rows = settings_rows(&count);
    for (size_t i = 0; i < count; i++)
        fprintf(out, "%s = %s%s%s%s\n    %s\n", rows[i].key, rows[i].fallback, rows[i].unit[0] == '\0' ? "" : " (",
                rows[i].unit, rows[i].unit[0] == '\0' ? "" : ")", rows[i].meaning);
}
