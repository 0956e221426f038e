#include "web/words.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/text.h"
#include "web/clearsilver.h"

#define PATH_BYTES 512
#define FILES_MAX 32
#define FILE_BYTES_MAX ((size_t)1024 * 1024)
#define VALUES_MAX 4
#define NUMBER_BYTES 24
#define KEY_BYTES_MAX 64

/* One tree per language, for the life of the process, and its node Text, below which the words are. */
static HDF *trees[LANGUAGE__COUNT];
static HDF *texts[LANGUAGE__COUNT];

HDF *words_tree(enum language language) { return trees[language]; }

const char *language_tag(enum language language)
{
    switch (language) {
    case LANGUAGE_ZH:
        return "zh-CN";
    case LANGUAGE_EN:
        return "en";
    case LANGUAGE__COUNT:
        break;
    }
    return "zh-CN";
}

/* --- ClearSilver's errors ----------------------------------------------------------------------------------------- */

/* What an error says, in one line; frees it. */
static void describe(NEOERR *error, char *buffer, size_t capacity_bytes)
{
    STRING said;
    string_init(&said);
    nerr_error_string(error, &said);
    struct text text;
    text_init(&text, buffer, capacity_bytes);
    text_add(&text, said.buf == NULL ? "unknown error" : said.buf);
    text_tidy_line(buffer);
    string_clear(&said);
    nerr_ignore(&error);
}

enum status tree_status(NEOERR *error, struct fault *fault)
{
    if (error == NULL)
        return STATUS_OK;
    char said[200];
    describe(error, said, sizeof said);
    return FAULT(fault, STATUS_FAILED, "clearsilver: %s", said);
}

void tree_must(NEOERR *error)
{
    if (error == NULL)
        return;
    char said[200];
    describe(error, said, sizeof said);
    log_die("tree_of_values_failed %s", said);
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

struct file_list {
    char *names[FILES_MAX];
    size_t count;
};

static int by_name(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

/* The names "LANG.*.hdf" of a folder, in order, so that every start reads the same. */
static enum status list_files(const char *folder, const char *tag, struct file_list *list, struct fault *fault)
{
    DIR *directory = opendir(folder);
    if (directory == NULL)
        return FAULT_CODE(fault, STATUS_INVALID, errno, "folder of words %s cannot be read: %s", folder,
                          strerror(errno));
    enum status status = STATUS_OK;
    size_t tag_length = strlen(tag);
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        size_t length = strlen(entry->d_name);
        bool is_ours = length > tag_length + 4 && memcmp(entry->d_name, tag, tag_length) == 0 &&
                       entry->d_name[tag_length] == '.' && strcmp(entry->d_name + length - 4, ".hdf") == 0;
        if (!is_ours)
            continue;
        if (list->count == FILES_MAX) {
            status = FAULT(fault, STATUS_INVALID, "more than %d files of words in %s", FILES_MAX, folder);
            break;
        }
        char *name = strdup(entry->d_name);
        if (name == NULL)
            log_die("out_of_memory asked_bytes=%zu", length);
        list->names[list->count++] = name;
    }
    closedir(directory);
    qsort(list->names, list->count, sizeof list->names[0], by_name);
    if (status == STATUS_OK && list->count == 0)
        return FAULT(fault, STATUS_INVALID, "no file %s.*.hdf in %s", tag, folder);
    return status;
}

/* The whole file as a string of valid UTF-8, to be freed; NULL with a fault. */
static char *read_words(const char *path, struct fault *fault)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    char *content = malloc(FILE_BYTES_MAX);
    if (content == NULL)
        log_die("out_of_memory asked_bytes=%zu", FILE_BYTES_MAX);
    size_t length = 0;
    ssize_t got = file < 0 ? -1 : 1;
    while (got > 0 && length < FILE_BYTES_MAX - 1) {
        got = read(file, content + length, FILE_BYTES_MAX - 1 - length);
        if (got > 0)
            length += (size_t)got;
    }
    int error = errno;
    if (file >= 0)
        close(file);
    content[length] = '\0';
    if (got != 0)
        (void)FAULT_CODE(fault, STATUS_INVALID, error, "words %s cannot be read whole: %s", path, strerror(error));
    else if (!text_is_utf8(content, length))
        (void)FAULT(fault, STATUS_INVALID, "words %s are not valid UTF-8", path);
    else
        return content;
    free(content);
    return NULL;
}

static enum status read_file(HDF *text, const char *path, struct fault *fault)
{
    char *content = read_words(path, fault);
    if (content == NULL)
        return STATUS_INVALID;
    NEOERR *error = hdf_read_string(text, content);
    free(content);
    if (error == NULL)
        return STATUS_OK;
    char said[160];
    describe(error, said, sizeof said);
    return FAULT(fault, STATUS_INVALID, "words %s: %s", path, said);
}

static enum status read_language(HDF *text, const char *folder, const char *tag, struct fault *fault)
{
    struct file_list list = {0};
    enum status status = list_files(folder, tag, &list, fault);
    for (size_t i = 0; i < list.count; i++) {
        char path[PATH_BYTES];
        int length = snprintf(path, sizeof path, "%s/%s", folder, list.names[i]);
        if (status == STATUS_OK && (length < 0 || (size_t)length >= sizeof path))
            status = FAULT(fault, STATUS_INVALID, "path of words too long: %s", folder);
        if (status == STATUS_OK)
            status = read_file(text, path, fault);
        free(list.names[i]);
    }
    return status;
}

enum status words_open(const char *template_dir, struct fault *fault)
{
    char folder[PATH_BYTES];
    int length = snprintf(folder, sizeof folder, "%s/text", template_dir);
    if (length < 0 || (size_t)length >= sizeof folder)
        return FAULT(fault, STATUS_INVALID, "template_dir is too long");
    tree_must(nerr_init());
    words_close();
    for (int language = 0; language < LANGUAGE__COUNT; language++) {
        tree_must(hdf_init(&trees[language]));
        tree_must(hdf_get_node(trees[language], "Text", &texts[language]));
        enum status status = read_language(texts[language], folder, language_tag((enum language)language), fault);
        if (status != STATUS_OK) {
            words_close();
            return status;
        }
    }
    return STATUS_OK;
}

void words_close(void)
{
    for (int language = 0; language < LANGUAGE__COUNT; language++) {
        texts[language] = NULL;
        if (trees[language] != NULL)
            hdf_destroy(&trees[language]);
    }
}

/* --- words -------------------------------------------------------------------------------------------------------- */

const char *words_find(enum language language, const char *key)
{
    if (texts[language] == NULL)
        return key;
    const char *words = hdf_get_value(texts[language], key, NULL);
    return words == NULL ? key : words;
}

/* Whether a place holder "{0}" … "{3}" for one of the values stands here. */
static bool is_place(const char *at, size_t count)
{
    return at[0] == '{' && at[1] >= '0' && (size_t)(at[1] - '0') < count && at[2] == '}';
}

/* Length of what stands here: a place holder, or text up to the next brace. */
static size_t piece_bytes(const char *at, size_t count)
{
    return is_place(at, count) ? 3 : 1 + strcspn(at + 1, "{");
}

const char *words_fill(struct arena *arena, enum language language, const char *key, const char *const *values,
                       size_t count)
{
    assert(count <= VALUES_MAX);
    const char *pattern = words_find(language, key);
    size_t size = 1;
    for (const char *at = pattern; *at != '\0'; at += piece_bytes(at, count))
        size += is_place(at, count) ? strlen(values[at[1] - '0']) : piece_bytes(at, count);
    struct text text;
    text_init(&text, arena_take(arena, size), size);
    for (const char *at = pattern; *at != '\0'; at += piece_bytes(at, count)) {
        if (is_place(at, count))
            text_add(&text, values[at[1] - '0']);
        else
            text_add_bytes(&text, at, piece_bytes(at, count));
    }
    assert(!text.is_cut);
    return text.bytes;
}

/* The key of a day that people call by a word, or NULL. */
static const char *near_day(int32_t days)
{
    switch (days) {
    case -1:
        return "time.yesterday";
    case 0:
        return "time.today";
    case 1:
        return "time.tomorrow";
    default:
        return NULL;
    }
}

const char *words_moment(struct arena *arena, enum language language, struct instant at, struct instant now,
                         int utc_offset_minutes)
{
    struct civil civil = civil_from_instant(at, utc_offset_minutes);
    char digits[TIME_TEXT_BYTES];
    instant_format_local(at, utc_offset_minutes, digits);
    const char *clock = strchr(digits, ' ') + 1;
    int64_t days = (int64_t)day_of(at, utc_offset_minutes).number - day_of(now, utc_offset_minutes).number;
    const char *near = days >= -1 && days <= 1 ? near_day((int32_t)days) : NULL;
    if (near != NULL)
        return words_fill(arena, language, near, &clock, 1);

    const char *month = words_find(language, arena_format(arena, "time.month.%d", civil.month));
    const char *values[VALUES_MAX] = {month, arena_format(arena, "%d", civil.day), clock,
                                      arena_format(arena, "%d", civil.year)};
    bool is_this_year = civil.year == civil_from_instant(now, utc_offset_minutes).year;
    return words_fill(arena, language, is_this_year ? "time.date" : "time.date_with_year", values, VALUES_MAX);
}

/* "1 hour", "2 hours". unit: "hour" */
static const char *amount(struct arena *arena, enum language language, const char *unit, int64_t number)
{
    char digits[NUMBER_BYTES], key[KEY_BYTES_MAX];
    struct text text;
    text_init(&text, digits, sizeof digits);
    text_add_number(&text, number, 1);
    text_init(&text, key, sizeof key);
    text_add(&text, "time.");
    text_add(&text, unit);
    text_add(&text, number == 1 ? ".one" : ".many");
    return words_fill(arena, language, key, &(const char *){digits}, 1);
}

static const char *two_amounts(struct arena *arena, enum language language, const char *large, const char *small)
{
    const char *values[2] = {large, small};
    return words_fill(arena, language, "time.two_amounts", values, 2);
}

/* The regulation counts in hours up to three days, so pages do too. */
#define HOURS_LONGEST 72

const char *words_duration(struct arena *arena, enum language language, int64_t seconds)
{
    assert(seconds >= 0);
    if (seconds < MINUTE_SECONDS)
        return amount(arena, language, "second", seconds);
    int64_t minutes = seconds / MINUTE_SECONDS;
    if (minutes < 60)
        return amount(arena, language, "minute", minutes);
    int64_t hours = minutes / 60;
    if (hours <= HOURS_LONGEST) {
        const char *whole = amount(arena, language, "hour", hours);
        if (minutes % 60 == 0)
            return whole;
        return two_amounts(arena, language, whole, amount(arena, language, "minute_after", minutes % 60));
    }
    const char *days = amount(arena, language, "day", hours / 24);
    if (hours % 24 == 0)
        return days;
    return two_amounts(arena, language, days, amount(arena, language, "hour", hours % 24));
}
