/*
 * shuinuo import customers FILE: the register of customers, whole, from another system's CSV. By hand it shows how far it is; run by a
 * timer it says nothing but what went wrong. The exit code says what became of it.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/now.h"
#include "shuinuo/command.h"
#include "store/import_store.h"
#include "web/words.h"

enum {
    EXIT_LINES_LEFT_OUT = 3, /* in force, but for lines that were named */
    EXIT_NOT_TAKEN = 4,      /* nothing was changed */
    PURGE_BUDGET = 100000,
    REMOVAL_PERCENT_MOST = 10,
    LINES_PRINTED = 50,
};

struct task {
    const char *path;
    bool is_check, allows_removal, is_terminal, is_quiet;
    FILE *file;
    int64_t size_bytes;
    int lines_printed;
};

/* ---- the file */

static enum status file_read(void *context, char *buffer, size_t size, size_t *length, struct fault *fault)
{
    const struct task *task = context;

    *length = fread(buffer, 1, size, task->file);
    if (*length == 0 && ferror(task->file))
        return FAULT_CODE(fault, STATUS_FAILED, errno, "%s cannot be read: %s", task->path, strerror(errno));
    return STATUS_OK;
}

static enum status file_rewind(void *context, struct fault *fault)
{
    const struct task *task = context;

    if (fseek(task->file, 0, SEEK_SET) != 0)
        return FAULT_CODE(fault, STATUS_FAILED, errno, "%s cannot be read twice (%s): give a file, not a pipe", task->path,
                          strerror(errno));
    return STATUS_OK;
}

static enum status open_file(struct task *task, struct fault *fault)
{
    task->file = fopen(task->path, "rb");
    if (task->file == NULL)
        return FAULT_CODE(fault, STATUS_INVALID, errno, "%s cannot be opened: %s", task->path, strerror(errno));
    if (fseek(task->file, 0, SEEK_END) == 0)
        task->size_bytes = ftell(task->file);
    return STATUS_OK;
}

/* ---- what people see */

static void show_progress(void *context, int64_t rows, int64_t bytes)
{
    const struct task *task = context;

    if (task->is_terminal && task->size_bytes > 0)
        fprintf(stderr, "\r%3" PRId64 " %%  %" PRId64 " households", bytes * 100 / task->size_bytes, rows);
}

static void print_line(void *context, const struct import_line *line)
{
    struct task *task = context;
    char key[48];

    if (++task->lines_printed > LINES_PRINTED)
        return;
    snprintf(key, sizeof key, "customer.problem.%d", (int)line->problem);
    fprintf(stderr, "%sline %d: %s", task->is_terminal ? "\r" : "", line->line, words_find(LANGUAGE_EN, key));
    if (line->other_line != 0)
        fprintf(stderr, " (line %d)", line->other_line);
    fputc('\n', stderr);
}

static void print_counts(const struct task *task, const struct import_counts *counts, const char *what)
{
    if (counts->bad > LINES_PRINTED)
        fprintf(stderr, "… and %" PRId64 " lines more\n", counts->bad - LINES_PRINTED);
    if (task->is_quiet && counts->bad == 0)
        return;
    printf("%s: %" PRId64 " households, %" PRId64 " with a phone; %" PRId64 " new, %" PRId64 " changed, %" PRId64 " removed; %" PRId64
           " new places, %" PRId64 " not listed any more; %" PRId64 " lines with a problem\n",
           what, counts->rows, counts->with_phone, counts->added, counts->changed, counts->removed, counts->places, counts->retired,
           counts->bad);
    if (counts->kept + counts->overwritten > 0)
        printf("phones that staff registered: %" PRId64 " kept, %" PRId64 " replaced by the file\n", counts->kept, counts->overwritten);
}

/* ---- the work */

static bool read_arguments(struct task *task, int argc, char **argv)
{
    if (argc < 3 || strcmp(argv[1], "customers") != 0)
        return false;
    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], "--check") == 0)
            task->is_check = true;
        else if (strcmp(argv[i], "--allow-removal") == 0)
            task->allows_removal = true;
        else if (task->path == NULL && argv[i][0] != '-')
            task->path = argv[i];
        else
            return false;
    }
    return task->path != NULL;
}

static int refuse(const struct task *task, const struct import_result *result)
{
    char key[48];

    snprintf(key, sizeof key, "customer.refusal.%d", (int)result->refusal);
    fprintf(stderr, "shuinuo import: %s: %s\n", task->path, words_find(LANGUAGE_EN, key));
    return EXIT_NOT_TAKEN;
}

/* A file cut in half must not take half of the town out of the register. */
static bool removes_too_many(const struct import_counts *counts)
{
    const int64_t before = counts->rows - counts->added + counts->removed;

    return counts->removed * 100 > before * REMOVAL_PERCENT_MOST;
}

static enum status put_in_force(struct admin *admin, struct task *task, const struct import_result *result, struct fault *fault)
{
    const struct import_counts *counts = &result->import.counts;
    const bool is_refused = removes_too_many(counts) && !task->allows_removal;

    if (task->is_check || is_refused) {
        print_counts(task, counts, "checked, nothing changed");
        if (is_refused)
            fprintf(stderr, "shuinuo import: more than %d %% of the households are missing; give --allow-removal if that is right\n",
                    REMOVAL_PERCENT_MOST);
        admin->exit_code = is_refused ? EXIT_NOT_TAKEN : counts->bad > 0 ? EXIT_LINES_LEFT_OUT : 0;
        return import_store_discard(admin->db, result->import.id, now_instant(), fault);
    }
    const enum status status = import_store_switch(admin->db, &result->import, now_instant(), fault);
    if (status == STATUS_CONFLICT) {
        fault_reset(fault);
        admin->exit_code = refuse(task, &(struct import_result){.refusal = IMPORT_OVERTAKEN});
        return import_store_discard(admin->db, result->import.id, now_instant(), fault) == STATUS_FAILED ? STATUS_FAILED : STATUS_OK;
    }
    if (status == STATUS_OK) {
        print_counts(task, counts, "in force");
        admin->exit_code = counts->bad > 0 ? EXIT_LINES_LEFT_OUT : 0;
    }
    return status;
}

static enum status import_customers(struct admin *admin, struct task *task, struct fault *fault)
{
    const struct import_source source = {task, file_read, file_rewind};
    const char *slash = strrchr(task->path, '/');
    const struct import_options options = {.file_name = slash != NULL ? slash + 1 : task->path,
                                           .progress = show_progress,
                                           .progress_context = task,
                                           .told = print_line,
                                           .told_context = task};
    struct import_result result;
    bool is_done;
    enum status status = import_store_read(admin->db, &admin->secrets, &source, &options, &result, fault);

    if (task->is_terminal)
        fputc('\n', stderr);
    if (status == STATUS_OK && result.refusal != IMPORT_TAKEN)
        admin->exit_code = refuse(task, &result);
    else if (status == STATUS_OK)
        status = put_in_force(admin, task, &result, fault);
    return status == STATUS_OK ? import_store_purge(admin->db, now_instant(), PURGE_BUDGET, &is_done, fault) : status;
}

enum status import_sample(struct admin *admin, const char *path, struct fault *fault)
{
    struct task task = {.path = path, .is_quiet = true, .allows_removal = true};
    enum status status = open_file(&task, fault);

    if (status == STATUS_OK)
        status = import_customers(admin, &task, fault);
    if (task.file != NULL)
        fclose(task.file);
    return status;
}

enum status command_import(struct admin *admin, int argc, char **argv, struct fault *fault)
{
    struct task task = {.is_terminal = isatty(STDERR_FILENO) == 1, .is_quiet = isatty(STDOUT_FILENO) != 1};

    if (!read_arguments(&task, argc, argv))
        return FAULT(fault, STATUS_INVALID, "use: import customers FILE [--check] [--allow-removal]");
    enum status status = open_file(&task, fault);
    if (status == STATUS_OK)
        status = import_customers(admin, &task, fault);
    if (task.file != NULL)
        fclose(task.file);
    return status;
}
