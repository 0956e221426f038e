#include "base/gateway.h"

#include <assert.h>
#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/gateway_text.h"
#include "base/log.h"

enum { URL_BYTES = 4096, BODY_BYTES = 32 * 1024, ANSWER_BYTES = 64 * 1024, HEADER_BYTES = 512, FILE_BYTES = 8192 };

/* One message under way. */
struct slot {
    bool is_busy, is_over;
    size_t ticket;
    enum channel channel;
    CURL *easy; /* kept, so that connections are */
    struct curl_slist *headers, *recipients;
    curl_mime *mime;
    size_t answer_length;
    struct gateway_answer answer;
    char id[80];
    char url[URL_BYTES], body[BODY_BYTES], received[ANSWER_BYTES];
};

struct gateway {
    const struct settings *settings;
    struct gateway_secrets secrets;
    CURLM *multi;
    int slot_count;
    struct slot slots[];
};

const char *gateway_error_name(enum gateway_error error)
{
    static const char *const names[GATEWAY_ERROR__COUNT] = {
        "none",    "unreachable", "timeout", "tls",  "broken",     "busy",   "refused",
        "answer", "setup",       "file",    "no_address", "nobody", "limit", "interrupted"};

    assert((unsigned)error < GATEWAY_ERROR__COUNT);
    return names[error];
}

/* --- opening ------------------------------------------------------------------------------------------------------ */

static bool wants_secret(const struct http_gateway *http)
{
    return strstr(http->url, "{secret}") != NULL || strstr(http->headers, "{secret}") != NULL ||
           strstr(http->body, "{secret}") != NULL;
}

static enum status check_secrets(const struct settings *settings, const struct gateway_secrets *secrets,
                                 struct fault *fault)
{
    if (wants_secret(&settings->sms) && secrets->sms[0] == '\0')
        return FAULT(fault, STATUS_INVALID, "the SMS gateway wants {secret}, but gateway.secret holds no sms_secret");
    if (wants_secret(&settings->robot) && secrets->robot[0] == '\0')
        return FAULT(fault, STATUS_INVALID, "the robot wants {secret}, but gateway.secret holds no robot_secret");
    return STATUS_OK;
}

enum status gateway_check(const struct settings *settings, struct fault *fault)
{
    struct gateway_secrets secrets;
    enum status status = gateway_secrets_read(&secrets, settings, fault);

    if (status == STATUS_OK)
        status = check_secrets(settings, &secrets, fault);
    gateway_secrets_wipe(&secrets);
    return status;
}

enum status gateway_open(struct gateway **gateway, const struct settings *settings, int slots, struct fault *fault)
{
    static bool is_started;
    const size_t size = sizeof **gateway + (size_t)slots * sizeof(struct slot);

    *gateway = NULL;
    if (!is_started && curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return FAULT(fault, STATUS_FAILED, "the library for gateways does not start");
    is_started = true;
    struct gateway *fresh = calloc(1, size);
    if (fresh == NULL)
        log_die("no memory for %d messages under way", slots);
    fresh->settings = settings;
    fresh->slot_count = slots;
    enum status status = gateway_secrets_read(&fresh->secrets, settings, fault);
    if (status == STATUS_OK)
        status = check_secrets(settings, &fresh->secrets, fault);
    if (status != STATUS_OK) {
        gateway_close(fresh);
        return status;
    }
    fresh->multi = curl_multi_init();
    if (fresh->multi == NULL)
        log_die("no memory for gateways");
    for (int i = 0; i < slots; i++)
        if ((fresh->slots[i].easy = curl_easy_init()) == NULL)
            log_die("no memory for a message under way");
    *gateway = fresh;
    return STATUS_OK;
}

static void slot_clear(struct gateway *gateway, struct slot *slot)
{
    if (slot->is_busy && !slot->is_over)
        curl_multi_remove_handle(gateway->multi, slot->easy);
    curl_easy_reset(slot->easy);
    curl_slist_free_all(slot->headers);
    curl_slist_free_all(slot->recipients);
    curl_mime_free(slot->mime);
    slot->headers = slot->recipients = NULL;
    slot->mime = NULL;
    sodium_memzero(slot->url, sizeof slot->url);
    sodium_memzero(slot->body, sizeof slot->body);
    slot->answer_length = 0;
    slot->is_busy = slot->is_over = false;
}

void gateway_close(struct gateway *gateway)
{
    if (gateway == NULL)
        return;
    for (int i = 0; i < gateway->slot_count; i++) {
        if (gateway->slots[i].easy == NULL)
            continue;
        slot_clear(gateway, &gateway->slots[i]);
        curl_easy_cleanup(gateway->slots[i].easy);
    }
    if (gateway->multi != NULL)
        curl_multi_cleanup(gateway->multi);
    gateway_secrets_wipe(&gateway->secrets);
    free(gateway);
}

int gateway_room(const struct gateway *gateway, enum channel channel)
{
    int free_slots = 0, taken = 0;
    const int share = gateway->slot_count / (CHANNEL__COUNT - 1), most = share > 0 ? share : 1;

    for (int i = 0; i < gateway->slot_count; i++) {
        free_slots += !gateway->slots[i].is_busy;
        taken += gateway->slots[i].is_busy && gateway->slots[i].channel == channel;
    }
    return free_slots < most - taken ? free_slots : most - taken;
}

/* --- files -------------------------------------------------------------------------------------------------------- */

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

/* Under another name first: whoever reads the folder sees whole files only, and the same one again after a crash. */
static bool write_file(const struct settings *settings, const struct gateway_message *message)
{
    char path[SETTING_TEXT_BYTES + 80], fresh[SETTING_TEXT_BYTES + 88], content[FILE_BYTES];
    struct text text;

    snprintf(path, sizeof path, "%s/%.60s", settings->outbox_dir, message->file_name);
    snprintf(fresh, sizeof fresh, "%s.new", path);
    text_init(&text, content, sizeof content);
    text_add_format(&text, "%sto: %s\n\n%s\n", message->file_head, message->address, message->text);
    const int file = text.is_cut ? -1 : open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0)
        return false;
    const bool is_written = write_durably(file, text.bytes, text.length_bytes);
    if (close(file) == 0 && is_written && rename(fresh, path) == 0)
        return true;
    (void)unlink(fresh);
    return false;
}

static void send_file(const struct settings *settings, struct slot *slot, const struct gateway_message *message)
{
    slot->is_over = true;
    errno = 0;
    if (write_file(settings, message)) {
        snprintf(slot->answer.provider_id, sizeof slot->answer.provider_id, "file:%.60s", message->file_name);
        return;
    }
    slot->answer.result = GATEWAY_AGAIN;
    slot->answer.error = GATEWAY_ERROR_FILE;
    snprintf(slot->answer.detail, sizeof slot->answer.detail, "outbox_dir: %s", strerrordesc_np(errno));
}

/* --- requests ----------------------------------------------------------------------------------------------------- */

/* The message cannot be written for this channel: nobody needs to try again before the settings change. */
static void end_unwritten(struct slot *slot, const char *detail)
{
    slot->is_over = true;
    slot->answer.result = GATEWAY_HOPELESS;
    slot->answer.error = GATEWAY_ERROR_SETUP;
    snprintf(slot->answer.detail, sizeof slot->answer.detail, "%s", detail);
}

static size_t on_answer(char *bytes, size_t size, size_t count, void *context)
{
    struct slot *slot = context;
    const size_t room = sizeof slot->received - slot->answer_length;
    const size_t length = size * count < room ? size * count : room;

    memcpy(slot->received + slot->answer_length, bytes, length);
    slot->answer_length += length;
    return size * count; /* what is beyond is read and forgotten; the timeout ends it */
}

static void set_common(const struct gateway *gateway, struct slot *slot, const char *protocols)
{
    CURL *easy = slot->easy;
    const long timeout = gateway->settings->gateway_timeout_seconds * 1000L;

    curl_easy_setopt(easy, CURLOPT_PRIVATE, (char *)slot);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, protocols);
    curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, protocols);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (gateway->settings->gateway_ca_file[0] != '\0')
        curl_easy_setopt(easy, CURLOPT_CAINFO, gateway->settings->gateway_ca_file);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, timeout);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, timeout);
    curl_easy_setopt(easy, CURLOPT_PROXY, ""); /* never from the environment */
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_answer);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, slot);
}

static void add_header(struct slot *slot, const char *line)
{
    struct curl_slist *longer = curl_slist_append(slot->headers, line);

    if (longer == NULL)
        log_die("no memory for a header");
    slot->headers = longer;
}

/* The headers with their values, and how the body's values are to be escaped. */
static bool fill_headers(struct slot *slot, const struct http_gateway *http, const struct template_value *values,
                         size_t count, enum escaping *escaping)
{
    const char *rest = http->headers;
    char name[SETTING_TEXT_BYTES], value[SETTING_TEXT_BYTES], line[HEADER_BYTES];
    bool has_type = false;

    *escaping = ESCAPE_JSON;
    while (gateway_header_next(&rest, name, value, sizeof name)) {
        struct text text;
        text_init(&text, line, sizeof line);
        text_add_format(&text, "%s: ", name);
        if (!template_fill(value, ESCAPE_HEADER, values, count, &text))
            return false;
        if (strcasecmp(name, "content-type") == 0) {
            has_type = true;
            if (!escaping_of_content_type(value, escaping))
                return false;
        }
        add_header(slot, line);
        sodium_memzero(line, sizeof line);
    }
    if (!has_type)
        add_header(slot, "Content-Type: application/json");
    add_header(slot, "Expect:");
    return true;
}

static void start_http(struct gateway *gateway, struct slot *slot, const struct gateway_message *message)
{
    const bool is_robot = message->channel == CHANNEL_ROBOT;
    const struct http_gateway *http = is_robot ? &gateway->settings->robot : &gateway->settings->sms;
    const struct template_value values[] = {{"phone", is_robot ? "" : message->address},
                                            {"text", message->text},
                                            {"id", message->id},
                                            {"secret", is_robot ? gateway->secrets.robot : gateway->secrets.sms}};
    const size_t count = sizeof values / sizeof values[0];
    struct text url, body;
    enum escaping escaping;

    text_init(&url, slot->url, sizeof slot->url);
    text_init(&body, slot->body, sizeof slot->body);
    if (http->url[0] == '\0') {
        end_unwritten(slot, "no address in the settings");
        return;
    }
    if (!fill_headers(slot, http, values, count, &escaping) ||
        !template_fill(http->url, ESCAPE_PERCENT, values, count, &url) ||
        !template_fill(http->body, escaping, values, count, &body)) {
        end_unwritten(slot, "the request cannot be written");
        return;
    }
    set_common(gateway, slot, "http,https");
    if (gateway->settings->gateway_proxy[0] != '\0')
        curl_easy_setopt(slot->easy, CURLOPT_PROXY, gateway->settings->gateway_proxy);
    curl_easy_setopt(slot->easy, CURLOPT_URL, slot->url);
    curl_easy_setopt(slot->easy, CURLOPT_HTTPHEADER, slot->headers);
    if (!http->is_get) {
        curl_easy_setopt(slot->easy, CURLOPT_POSTFIELDS, slot->body);
        curl_easy_setopt(slot->easy, CURLOPT_POSTFIELDSIZE, (long)body.length_bytes);
    }
    if (curl_multi_add_handle(gateway->multi, slot->easy) != CURLM_OK)
        log_die("a request cannot be started");
}

/* --- mail --------------------------------------------------------------------------------------------------------- */

/* "Mon, 23 Nov 2026 08:10:00 +0000" */
static void format_date(struct instant at, char *buffer, size_t capacity_bytes)
{
    static const char *const days[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"}; /* day 0 was a Thursday */
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const struct civil civil = civil_from_instant(at, 0);

    snprintf(buffer, capacity_bytes, "%s, %02d %s %04d %02d:%02d:%02d +0000", days[((day_of(at, 0).number % 7) + 7) % 7],
             civil.day, months[civil.month - 1], civil.year, civil.hour, civil.minute, civil.second);
}

static bool add_encoded(struct slot *slot, const char *name, const char *value)
{
    char line[2 * HEADER_BYTES];
    struct text text;

    text_init(&text, line, sizeof line);
    text_add_format(&text, "%s: ", name);
    mail_header_encode(value, &text);
    if (!text.is_cut)
        add_header(slot, line);
    return !text.is_cut;
}

/* Addresses were checked, so that none can end its line; ids are our own. */
static bool fill_mail(const struct settings *settings, struct slot *slot, const struct gateway_message *message)
{
    char line[HEADER_BYTES], date[48];

    if (!mail_address_check(message->address))
        return false;
    snprintf(line, sizeof line, "From: <%s>", settings->mail_from);
    add_header(slot, line);
    snprintf(line, sizeof line, "To: <%s>", message->address);
    add_header(slot, line);
    snprintf(line, sizeof line, "Message-ID: <%s@%s>", message->id, strchr(settings->mail_from, '@') + 1);
    add_header(slot, line);
    format_date(message->at, date, sizeof date);
    snprintf(line, sizeof line, "Date: %s", date);
    add_header(slot, line);
    add_header(slot, "Auto-Submitted: auto-generated");
    return add_encoded(slot, "Subject", message->subject);
}

static void start_mail(struct gateway *gateway, struct slot *slot, const struct gateway_message *message)
{
    const struct settings *settings = gateway->settings;
    CURL *easy = slot->easy;

    if (settings->mail_url[0] == '\0' || settings->mail_from[0] == '\0') {
        end_unwritten(slot, "no mail server in the settings");
        return;
    }
    if (!fill_mail(settings, slot, message)) {
        end_unwritten(slot, "the mail cannot be written");
        return;
    }
    set_common(gateway, slot, "smtp,smtps");
    slot->mime = curl_mime_init(easy);
    curl_mimepart *part = curl_mime_addpart(slot->mime);
    slot->recipients = curl_slist_append(NULL, message->address);
    if (part == NULL || slot->recipients == NULL || curl_mime_data(part, message->text, CURL_ZERO_TERMINATED) != CURLE_OK ||
        curl_mime_type(part, "text/plain; charset=utf-8") != CURLE_OK || curl_mime_encoder(part, "base64") != CURLE_OK)
        log_die("no memory for a mail");
    curl_easy_setopt(easy, CURLOPT_URL, settings->mail_url);
    curl_easy_setopt(easy, CURLOPT_USE_SSL, (long)(settings->is_mail_tls_required ? CURLUSESSL_ALL : CURLUSESSL_TRY));
    if (settings->mail_user[0] != '\0') {
        curl_easy_setopt(easy, CURLOPT_USERNAME, settings->mail_user);
        curl_easy_setopt(easy, CURLOPT_PASSWORD, gateway->secrets.mail_password);
    }
    curl_easy_setopt(easy, CURLOPT_MAIL_FROM, settings->mail_from);
    curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, slot->recipients);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, slot->headers);
    curl_easy_setopt(easy, CURLOPT_MIMEPOST, slot->mime);
    if (curl_multi_add_handle(gateway->multi, easy) != CURLM_OK)
        log_die("a mail cannot be started");
    snprintf(slot->answer.provider_id, sizeof slot->answer.provider_id, "%.70s", message->id);
}

/* --- what came of it ---------------------------------------------------------------------------------------------- */

static void answer_fail(struct gateway_answer *answer, enum gateway_result result, enum gateway_error error)
{
    answer->result = result;
    answer->error = error;
    answer->provider_id[0] = '\0';
}

/* The connection failed before there was an answer to read. */
static void answer_broken(struct gateway_answer *answer, CURLcode code)
{
    enum gateway_error error = GATEWAY_ERROR_BROKEN;

    if (code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_RESOLVE_PROXY || code == CURLE_COULDNT_CONNECT)
        error = GATEWAY_ERROR_UNREACHABLE;
    else if (code == CURLE_OPERATION_TIMEDOUT)
        error = GATEWAY_ERROR_TIMEOUT;
    else if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CONNECT_ERROR ||
             code == CURLE_USE_SSL_FAILED || code == CURLE_SSL_CACERT_BADFILE || code == CURLE_SSL_CIPHER)
        error = GATEWAY_ERROR_TLS;
    else if (code == CURLE_URL_MALFORMAT)
        error = GATEWAY_ERROR_SETUP;
    answer_fail(answer, GATEWAY_AGAIN, error);
    snprintf(answer->detail, sizeof answer->detail, "%s", curl_easy_strerror(code)); /* names no address */
}

static void answer_mail(struct slot *slot, CURLcode code)
{
    struct gateway_answer *answer = &slot->answer;
    long reply = 0;

    if (code == CURLE_OK)
        return;
    curl_easy_getinfo(slot->easy, CURLINFO_RESPONSE_CODE, &reply);
    answer_broken(answer, code);
    if (answer->error == GATEWAY_ERROR_TLS || answer->error == GATEWAY_ERROR_TIMEOUT || reply < 400 || reply > 599)
        return;
    answer_fail(answer, reply >= 500 ? GATEWAY_HOPELESS : GATEWAY_AGAIN,
                reply >= 500 ? GATEWAY_ERROR_REFUSED : GATEWAY_ERROR_BUSY);
    snprintf(answer->detail, sizeof answer->detail, "SMTP %ld", reply);
}

/*
 * The value that a condition on JSON found instead of the wanted one: a short code alone, so that no phone that an answer
 * repeats gets anywhere.
 */
static void describe_answer(const struct http_gateway *http, const struct slot *slot, long status,
                            struct gateway_answer *answer)
{
    char path[SETTING_TEXT_BYTES], value[9];
    const char *equals = strchr(http->success, '=');

    snprintf(answer->detail, sizeof answer->detail, "HTTP %ld, not what sms_success or robot_success wants", status);
    if (strncmp(http->success, "json:", 5) != 0 || equals == NULL)
        return;
    snprintf(path, sizeof path, "%.*s", (int)(equals - http->success - 5), http->success + 5);
    if (json_find(slot->received, slot->answer_length, path, value, sizeof value) &&
        strspn(value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.") == strlen(value))
        snprintf(answer->detail, sizeof answer->detail, "HTTP %ld, %.60s is %s", status, path, value);
}

static void answer_http(const struct gateway *gateway, struct slot *slot, CURLcode code)
{
    const struct http_gateway *http =
        slot->channel == CHANNEL_ROBOT ? &gateway->settings->robot : &gateway->settings->sms;
    struct gateway_answer *answer = &slot->answer;
    long status = 0;
    curl_off_t retry_after = 0;

    if (code != CURLE_OK) {
        answer_broken(answer, code);
        return;
    }
    curl_easy_getinfo(slot->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(slot->easy, CURLINFO_RETRY_AFTER, &retry_after);
    if (status >= 200 && status < 300) {
        if (!gateway_success_is_met(http->success, slot->received, slot->answer_length)) {
            answer_fail(answer, GATEWAY_AGAIN, GATEWAY_ERROR_ANSWER);
            describe_answer(http, slot, status, answer);
        } else if (http->message_id[0] == '\0' ||
                   !json_find(slot->received, slot->answer_length, http->message_id, answer->provider_id,
                              sizeof answer->provider_id)) {
            snprintf(answer->provider_id, sizeof answer->provider_id, "%s", slot->id);
        }
        return;
    }
    const bool is_refused = status >= 400 && status < 500 && status != 408 && status != 429;
    answer_fail(answer, is_refused ? GATEWAY_HOPELESS : GATEWAY_AGAIN,
                is_refused ? GATEWAY_ERROR_REFUSED : GATEWAY_ERROR_BUSY);
    answer->retry_after_seconds = retry_after > 0 && retry_after <= 86400 ? (int)retry_after : 0;
    snprintf(answer->detail, sizeof answer->detail, "HTTP %ld", status);
}

/* --- under way ---------------------------------------------------------------------------------------------------- */

void gateway_start(struct gateway *gateway, const struct gateway_message *message, size_t ticket)
{
    struct slot *slot = gateway->slots;

    assert(gateway_room(gateway, message->channel) > 0);
    while (slot->is_busy)
        slot++;
    slot->is_busy = true;
    slot->ticket = ticket;
    slot->channel = message->channel;
    slot->answer = (struct gateway_answer){.result = GATEWAY_SENT};
    snprintf(slot->id, sizeof slot->id, "%s", message->id);
    switch (message->channel) {
    case CHANNEL_FILE: send_file(gateway->settings, slot, message); return;
    case CHANNEL_SMS:
    case CHANNEL_ROBOT: start_http(gateway, slot, message); return;
    case CHANNEL_MAIL: start_mail(gateway, slot, message); return;
    case CHANNEL_NONE:
    case CHANNEL__COUNT: break;
    }
    assert(false);
}

static void collect(struct gateway *gateway)
{
    int left = 0;

    for (const CURLMsg *ended; (ended = curl_multi_info_read(gateway->multi, &left)) != NULL;) {
        struct slot *slot = NULL;
        const CURLcode code = ended->data.result;
        if (ended->msg != CURLMSG_DONE)
            continue;
        curl_easy_getinfo(ended->easy_handle, CURLINFO_PRIVATE, (char **)&slot);
        if (slot->channel == CHANNEL_MAIL)
            answer_mail(slot, code);
        else
            answer_http(gateway, slot, code);
        curl_multi_remove_handle(gateway->multi, slot->easy);
        slot->is_over = true;
    }
}

static bool has_ended(const struct gateway *gateway)
{
    for (int i = 0; i < gateway->slot_count; i++)
        if (gateway->slots[i].is_over)
            return true;
    return false;
}

void gateway_wait(struct gateway *gateway, int milliseconds, gateway_done done, void *context)
{
    int running = 0;

    if (curl_multi_perform(gateway->multi, &running) != CURLM_OK)
        log_die("gateways cannot go on");
    collect(gateway);
    if (!has_ended(gateway)) {
        if (curl_multi_poll(gateway->multi, NULL, 0, milliseconds, NULL) != CURLM_OK ||
            curl_multi_perform(gateway->multi, &running) != CURLM_OK)
            log_die("gateways cannot be waited for");
        collect(gateway);
    }
    for (int i = 0; i < gateway->slot_count; i++) {
        struct slot *slot = &gateway->slots[i];
        if (!slot->is_over)
            continue;
        const struct gateway_answer answer = slot->answer;
        const size_t ticket = slot->ticket;
        slot_clear(gateway, slot);
        done(context, ticket, &answer);
    }
}
