#include "clerk/copy.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/text.h"

#define PAGE_BYTES_MAX ((size_t)512 * 1024)
#define CONNECT_MILLISECONDS 1000L
#define TOTAL_MILLISECONDS 3000L
#define WHOLE_PAGE "</html>"

/* Pages with a copy: `copy=1` makes the page say that it is one, and from when. */
static const struct {
    const char *path, *name;
} pages[] = {
    {"/commitment/?copy=1&lang=zh", "commitment.zh.html"},
    {"/commitment/?copy=1&lang=en", "commitment.en.html"},
    {"/outage/?copy=1&lang=zh", "outage.zh.html"},
    {"/outage/?copy=1&lang=en", "outage.en.html"},
};

struct body {
    char *bytes;
    size_t length;
};

static size_t take(char *data, size_t size, size_t count, void *context)
{
    struct body *body = context;
    const size_t length = size * count;

    if (length > PAGE_BYTES_MAX - body->length)
        return 0; /* ends the transfer */
    memcpy(body->bytes + body->length, data, length);
    body->length += length;
    return length;
}

/* Whether the page came whole. */
static bool fetch(CURL *curl, const struct settings *settings, const char *path, struct body *body)
{
    char url[2 * SETTING_TEXT_BYTES + 64];
    const char *base = settings->copy_url[0] != '\0' ? settings->copy_url : settings->base_url;
    struct text text;
    long code = 0;

    text_init(&text, url, sizeof url);
    text_add_format(&text, "%s%s%s", base, settings->base_path, path);
    body->length = 0;
    const bool is_set = curl_easy_setopt(curl, CURLOPT_URL, url) == CURLE_OK &&
                        curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
                        curl_easy_setopt(curl, CURLOPT_PROXY, "") == CURLE_OK && /* never from the environment */
                        curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
                        curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, CONNECT_MILLISECONDS) == CURLE_OK &&
                        curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, TOTAL_MILLISECONDS) == CURLE_OK &&
                        curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take) == CURLE_OK &&
                        curl_easy_setopt(curl, CURLOPT_WRITEDATA, body) == CURLE_OK;
    if (!is_set || curl_easy_perform(curl) != CURLE_OK ||
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code) != CURLE_OK || code != 200)
        return false;
    body->bytes[body->length] = '\0';
    return strstr(body->bytes, WHOLE_PAGE) != NULL;
}

static bool write_all(int file, const char *bytes, size_t length)
{
    while (length > 0) {
        const ssize_t written = write(file, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        length -= (size_t)written;
    }
    return true;
}

/* Readable by the web server; a reader sees the old copy or the new one. */
static enum status replace(const struct settings *settings, const char *name, const struct body *body,
                           struct fault *fault)
{
    char path[SETTING_TEXT_BYTES + 40], fresh[SETTING_TEXT_BYTES + 48];
    struct text text;

    text_init(&text, path, sizeof path);
    text_add_format(&text, "%s/%s", settings->copy_dir, name);
    text_init(&text, fresh, sizeof fresh);
    text_add_format(&text, "%s.new", path);
    const int file = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0)
        return FAULT_CODE(fault, STATUS_FAILED, errno, "cannot write into copy_dir");
    const bool is_written = write_all(file, body->bytes, body->length);
    const int problem = errno;
    if (close(file) != 0 || !is_written) {
        (void)unlink(fresh);
        return FAULT_CODE(fault, STATUS_FAILED, problem, "cannot finish a file in copy_dir");
    }
    return rename(fresh, path) == 0 ? STATUS_OK : FAULT_CODE(fault, STATUS_FAILED, errno, "cannot name a file in copy_dir");
}

enum status copy_keep(const struct settings *settings, int *kept, struct fault *fault)
{
    enum status status = STATUS_OK;

    *kept = 0;
    if (settings->copy_dir[0] == '\0')
        return STATUS_OK;
    CURL *curl = curl_easy_init();
    struct body body = {.bytes = malloc(PAGE_BYTES_MAX + 1)};
    if (curl == NULL || body.bytes == NULL)
        log_die("out_of_memory for=copy");
    for (size_t i = 0; status == STATUS_OK && i < sizeof pages / sizeof pages[0]; i++) {
        if (!fetch(curl, settings, pages[i].path, &body))
            break; /* the web server is away: the copies stay as they are */
        status = replace(settings, pages[i].name, &body, fault);
        *kept += status == STATUS_OK;
    }
    free(body.bytes);
    curl_easy_cleanup(curl);
    return status;
}
