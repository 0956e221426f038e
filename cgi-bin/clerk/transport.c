#include "clerk/transport.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PROVIDER_ID_BYTES 80

/* Writes all bytes and makes them durable: a notice marked as sent must not vanish with the power. */
static bool write_durably(int file, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(file, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        length -= (size_t)written;
    }
    return fsync(file) == 0;
}

enum status transport_send(const struct settings *settings, const struct notice *notice, const char *recipient,
                           const char *text, char *provider_id, struct fault *fault)
{
    char path[SETTING_TEXT_BYTES + 40], fresh[SETTING_TEXT_BYTES + 48], buffer[2048];
    struct text message;
    snprintf(path, sizeof path, "%s/%012" PRId64 ".txt", settings->outbox_dir, notice->id);
    snprintf(fresh, sizeof fresh, "%s.new", path);

    text_init(&message, buffer, sizeof buffer);
    text_add_format(&message, "notice: %s\nticket: %s\nto: %s\n\n%s\n", notice->name, notice->number, recipient, text);
    if (message.is_cut)
        return FAULT(fault, STATUS_INVALID, "notice %" PRId64 " is longer than a message can be", notice->id);

    int file = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0)
        return FAULT_CODE(fault, STATUS_FAILED, errno, "cannot write into outbox_dir");
    bool is_written = write_durably(file, message.bytes, message.length_bytes);
    int problem = errno;
    if (close(file) != 0 || !is_written) {
        (void)unlink(fresh);
        return FAULT_CODE(fault, STATUS_FAILED, problem, "cannot finish a file in outbox_dir");
    }
    if (rename(fresh, path) != 0)
        return FAULT_CODE(fault, STATUS_FAILED, errno, "cannot name a file in outbox_dir");
    snprintf(provider_id, PROVIDER_ID_BYTES, "file:%012" PRId64, notice->id);
    return STATUS_OK;
}
