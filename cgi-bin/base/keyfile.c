#include "base/keyfile.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

enum status keyfile_load(int file, const char *path, char *buffer, size_t capacity_bytes, struct fault *fault)
{
    size_t length = 0;
    for (;;) {
        ssize_t taken = read(file, buffer + length, capacity_bytes - length);
        if (taken < 0 && errno == EINTR)
            continue;
        if (taken < 0)
            return FAULT_CODE(fault, STATUS_FAILED, errno, "%s cannot be read: %s", path, strerrordesc_np(errno));
        length += (size_t)taken;
        if (length == capacity_bytes)
            return FAULT(fault, STATUS_INVALID, "%s is longer than %zu bytes", path, capacity_bytes - 1);
        if (taken == 0)
            break;
    }
    buffer[length] = '\0';
    if (strlen(buffer) != length)
        return FAULT(fault, STATUS_INVALID, "%s holds a NUL byte", path);
    return STATUS_OK;
}

void keyfile_start(struct keyfile *keyfile, char *content) { *keyfile = (struct keyfile){.next = content}; }

static bool is_blank(char byte) { return byte == ' ' || byte == '\t' || byte == '\r'; }

static char *trim(char *start)
{
    while (is_blank(*start))
        start++;
    char *end = start + strlen(start);
    while (end > start && is_blank(end[-1]))
        end--;
    *end = '\0';
    return start;
}

static bool is_key(const char *key)
{
    return *key != '\0' && strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(key);
}

enum keyfile_step keyfile_next(struct keyfile *keyfile, const char **key, const char **value)
{
    while (*keyfile->next != '\0') {
        char *start = keyfile->next;
        char *end = strchrnul(start, '\n');
        keyfile->next = *end == '\n' ? end + 1 : end;
        *end = '\0';
        keyfile->line++;

        char *line = trim(start);
        if (*line == '\0' || *line == '#')
            continue;
        char *equals = strchr(line, '=');
        if (equals == NULL || !text_is_utf8(line, strlen(line)) || text_has_controls(line))
            return KEYFILE_WRONG;
        *equals = '\0';
        *key = trim(line);
        *value = trim(equals + 1);
        return is_key(*key) ? KEYFILE_PAIR : KEYFILE_WRONG;
    }
    return KEYFILE_END;
}
