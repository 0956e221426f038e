/* The command line of a web program. Internal to web. */
#ifndef WEB_OPTIONS_H
#define WEB_OPTIONS_H

#include <stdbool.h>
#include <stdio.h>

#define SETTINGS_PATH_DEFAULT "/etc/shuinuo/shuinuo.hdf"

enum option_task {
    TASK_SERVE,
    TASK_CHECK_CONFIG,
    TASK_SETTINGS_HELP,
    TASK_VERSION,
    TASK_HELP,
    TASK_WRONG, /* a message was printed */
    OPTION_TASK__COUNT
};

struct options {
    enum option_task task;
    const char *settings_path;
    const char *listen_path; /* NULL: the inherited fd 0, or CGI */
    int workers;             /* 0: as the settings say */
};

/* Reads the command line; what is wrong with it goes to `errors`. */
struct options options_read(int argc, char **argv, FILE *errors);

void options_print_help(const char *program, FILE *out);
void options_print_version(const char *program, FILE *out);
void options_print_settings(FILE *out);

#endif
