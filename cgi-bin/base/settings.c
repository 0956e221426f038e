#include "base/settings.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "base/gateway_text.h"
#include "base/keyfile.h"
#include "base/log.h"
#include "base/text.h"

#define FILE_BYTES ((size_t)64 * 1024)
#define SOCKET_PATH_BYTES 107 /* what a unix socket's address holds */

enum kind {
    KIND_ENVIRONMENT,
    KIND_LEVEL,
    KIND_FLAG,
    KIND_INTEGER,  /* least … most */
    KIND_TEXT,     /* one line, at most `most` bytes and at least `least` */
    KIND_NAME,     /* lower-case letters, digits, underscore */
    KIND_FILE,     /* absolute path without a slash at the end; may be empty when least is 0 */
    KIND_PREFIX,   /* "" or "/water" */
    KIND_KEY,      /* "" or 64 hexadecimal digits */
    KIND_ORIGIN,   /* "https://host" or "http://host:port"; may be empty when least is 0 */
    KIND_CHANNELS, /* "file" or "sms, mail": at least one */
    KIND_METHOD,   /* POST or GET */
    KIND_GATEWAY,  /* "" or "https://host/path?key={secret}" */
    KIND_MAIL_SERVER,  /* "" or "smtp://host:25", "smtps://host" */
    KIND_MAIL_ADDRESS, /* "" or "water@example.cn" */
    KIND_HEADERS,  /* "Name: value | Name: value" */
    KIND_TEMPLATE, /* one long line with {phone} {text} {id} {secret} */
    KIND_SUCCESS,  /* "", "text:…" or "json:PATH=VALUE" */
    KIND_JSON_PATH, /* "" or "data.0.id" */
};

#define TEXT_MOST (SETTING_TEXT_BYTES - 1)
#define LONG_MOST (SETTING_LONG_BYTES - 1)

/* The six keys that describe a request to a gateway. */
#define GATEWAY_ROWS(ROW, field, prefix, what)                                                                         \
    ROW(field.is_get, prefix "_method", KIND_METHOD, 0, 0, "", "POST", "Method of the request to the " what ".")       \
    ROW(field.url, prefix "_url", KIND_GATEWAY, 0, TEXT_MOST, "", "",                                                  \
        "Address of the " what "; values in braces are filled in, {secret} from gateway.secret.")                      \
    ROW(field.headers, prefix "_headers", KIND_HEADERS, 0, TEXT_MOST, "", "Content-Type: application/json",            \
        "Headers of the request, parted by |; the content type says how values are escaped.")                          \
    ROW(field.body, prefix "_body", KIND_TEMPLATE, 0, LONG_MOST, "", "",                                               \
        "Body of the request, with {phone} {text} {id} {secret}; a robot has no {phone}.")                             \
    ROW(field.success, prefix "_success", KIND_SUCCESS, 0, TEXT_MOST, "", "",                                          \
        "What an answer with status 2xx must hold besides to count as taken.")                                         \
    ROW(field.message_id, prefix "_message_id", KIND_JSON_PATH, 0, TEXT_MOST, "", "",                                  \
        "Where the gateway's own number of the message stands in its JSON answer.")

/* field, key, kind, least, most, unit, default, meaning */
#define SETTINGS(ROW)                                                                                                  \
    ROW(environment, "environment", KIND_ENVIRONMENT, 0, 0, "", "production",                                          \
        "What this installation is for: production, sample (invented data) or test (the clock may be moved).")         \
    ROW(time_offset_file, "time_offset_file", KIND_FILE, 0, TEXT_MOST, "", "",                                         \
        "File with the seconds the clock is moved by, read at every look at the clock. Only with environment = test.") \
    ROW(base_path, "base_path", KIND_PREFIX, 0, TEXT_MOST, "", "",                                                     \
        "Path the suite is served under when it is not the whole host, for example /water. No slash at the end.")      \
    ROW(base_url, "base_url", KIND_ORIGIN, 1, TEXT_MOST, "", "http://127.0.0.1:8080",                                  \
        "Scheme, host and port that links to this site begin with. No slash at the end.")                              \
    ROW(database_socket, "database_socket", KIND_FILE, 1, SOCKET_PATH_BYTES, "", "/run/mysqld/mysqld.sock",            \
        "Unix socket of the MySQL or MariaDB server.")                                                                 \
    ROW(database_name, "database_name", KIND_NAME, 1, 64, "", "shuinuo", "Schema the suite lives in.")                 \
    ROW(secret_dir, "secret_dir", KIND_FILE, 1, TEXT_MOST, "", "/etc/shuinuo/secret",                                  \
        "Folder of the secrets: one file PROGRAM.secret per program, mode 0400.")                                      \
    ROW(template_dir, "template_dir", KIND_FILE, 1, TEXT_MOST, "", "/usr/share/shuinuo/templates",                     \
        "Folder of the page templates and the texts of both languages.")                                               \
    ROW(schema_dir, "schema_dir", KIND_FILE, 1, TEXT_MOST, "", "/usr/share/shuinuo/schema",                            \
        "Folder of the database migrations and of the regulation as rows.")                                            \
    ROW(outbox_dir, "outbox_dir", KIND_FILE, 1, TEXT_MOST, "", "/var/lib/shuinuo/outbox",                              \
        "Folder that notices are written to as files when no gateway is set up.")                                      \
    ROW(copy_dir, "copy_dir", KIND_FILE, 0, TEXT_MOST, "", "",                                                         \
        "Folder for static copies of public pages, shown when the database is away; none are kept when empty.")        \
    ROW(copy_url, "copy_url", KIND_TEXT, 0, TEXT_MOST, "", "",                                                         \
        "Scheme, host and port by which clerk fetches the pages to copy; base_url when empty.")                        \
    ROW(company_zh, "company_zh", KIND_TEXT, 1, TEXT_MOST, "", "聊城水务集团", "The company's name in Chinese.")       \
    ROW(company_en, "company_en", KIND_TEXT, 1, TEXT_MOST, "", "Liaocheng Water Group",                                \
        "The company's name in English.")                                                                              \
    ROW(discipline_key, "discipline_key", KIND_KEY, 0, 64,  "", "",                                                    \
        "Public key of the discipline office, from `shuinuo discipline enrol`; reports of misconduct are sealed to it.") \
    ROW(discipline_contact, "discipline_contact", KIND_TEXT, 0, TEXT_MOST, "", "",                                     \
        "Telephone, room or postal address of the discipline office, shown on its form; hidden when empty.")           \
    ROW(hotline, "hotline", KIND_TEXT, 1, 64, "", "96510", "Telephone number of the hotline, as people dial it.")      \
    ROW(footer_address, "footer_address", KIND_TEXT, 0, TEXT_MOST, "", "",                                             \
        "Postal address in the footer; hidden when empty.")                                                            \
    ROW(footer_mailbox, "footer_mailbox", KIND_TEXT, 0, TEXT_MOST, "", "",                                             \
        "Electronic mail address in the footer; hidden when empty.")                                                   \
    ROW(footer_icp, "footer_icp", KIND_TEXT, 0, TEXT_MOST, "", "",                                                     \
        "ICP registration number in the footer; hidden when empty.")                                                   \
    ROW(footer_police, "footer_police", KIND_TEXT, 0, TEXT_MOST, "", "",                                               \
        "Public security registration number in the footer; hidden when empty.")                                       \
    ROW(is_sample, "sample_banner", KIND_FLAG, 0, 1, "", "no",                                                         \
        "Whether every page says that the data on it is invented: yes or no.")                                         \
    ROW(utc_offset_minutes, "utc_offset_minutes", KIND_INTEGER, -720, 840, "minutes", "480",                           \
        "The city's wall clock ahead of UTC; Asia/Shanghai is 480 all year.")                                          \
    ROW(workers, "workers", KIND_INTEGER, 1, 256, "processes", "4", "Processes of each web program.")                  \
    ROW(requests_per_worker, "requests_per_worker", KIND_INTEGER, 1, 10000000, "requests", "10000",                    \
        "A worker that answered this many is replaced by a fresh one.")                                                \
    ROW(request_timeout_seconds, "request_timeout_seconds", KIND_INTEGER, 1, 300, "seconds", "10",                     \
        "How long a worker waits for the web server to send or take the next bytes of one request.")                   \
    ROW(body_limit_bytes, "body_limit_bytes", KIND_INTEGER, 1024, 16777216, "bytes", "65536",                          \
        "Largest body of an ordinary form.")                                                                           \
    ROW(customer_file_kilobytes, "customer_file_kilobytes", KIND_INTEGER, 64, 30000, "KiB", "4096",                    \
        "Largest customer list that a page takes, a second of a worker per MiB or so; larger ones by shuinuo import.")         \
    ROW(database_timeout_seconds, "database_timeout_seconds", KIND_INTEGER, 1, 60, "seconds", "5",                     \
        "Longest wait for the database: to connect, for one answer, for one transaction.")                             \
    ROW(session_idle_minutes, "session_idle_minutes", KIND_INTEGER, 1, 1440, "minutes", "30",                          \
        "A staff session without any request ends after this long.")                                                   \
    ROW(session_absolute_minutes, "session_absolute_minutes", KIND_INTEGER, 1, 10080, "minutes", "600",                \
        "A staff session ends this long after sign-in at the latest; at least session_idle_minutes.")                  \
    ROW(discipline_idle_minutes, "discipline_idle_minutes", KIND_INTEGER, 1, 240, "minutes", "15",                     \
        "The opened key of the discipline office is closed without any request after this long.")                     \
    ROW(password_min_characters, "password_min_characters", KIND_INTEGER, 8, 64, "characters", "12",                   \
        "Shortest password that may be chosen.")                                                                       \
    ROW(draft_hours, "draft_hours", KIND_INTEGER, 1, 168, "hours", "24",                                               \
        "A filing that was begun and not sent is kept this long.")                                                     \
    ROW(code_tries, "code_tries", KIND_INTEGER, 1, 100, "tries", "5",                                                  \
        "Wrong query codes per ticket or address within code_window_minutes before waiting begins.")                   \
    ROW(code_window_minutes, "code_window_minutes", KIND_INTEGER, 1, 1440, "minutes", "15",                            \
        "Window in which wrong query codes are counted.")                                                              \
    ROW(filings_per_address, "filings_per_address", KIND_INTEGER, 1, 1000000, "reports", "30",                         \
        "More reports from one address within code_window_minutes ask the browser for an effort, or for 20 seconds.")  \
    ROW(filings_per_phone, "filings_per_phone", KIND_INTEGER, 1, 1000000, "reports", "6",                              \
        "More reports with one phone within a day ask for the same.")                                                  \
    ROW(late_entry_minutes, "late_entry_minutes", KIND_INTEGER, 1, 1440, "minutes", "10",                              \
        "What is entered later than this after it happened needs a reason.")                                           \
    ROW(retention_days, "retention_days", KIND_INTEGER, 30, 36500, "days", "1095",                                     \
        "Personal data is emptied this long after a ticket was closed.")                                               \
    ROW(sms_kept_days, "sms_kept_days", KIND_INTEGER, 7, 3650, "days", "90",                                           \
        "Which numbers a message about an outage went to is kept so long; its figures stay.")                          \
    ROW(subscription_days, "subscription_days", KIND_INTEGER, 30, 3650, "days", "365",                                 \
        "So long a subscription to messages about outages lasts; subscribing again renews it.")                       \
    ROW(clerk_interval_seconds, "clerk_interval_seconds", KIND_INTEGER, 1, 3600, "seconds", "5",                       \
        "Pause between two rounds of the clerk.")                                                                      \
    ROW(figure_window_days, "figure_window_days", KIND_INTEGER, 1, 366, "days", "90",                                  \
        "Long window of the public figures.")                                                                          \
    ROW(notice_resident, "notice_resident", KIND_CHANNELS, 0, 0, "", "file",                                           \
        "What residents are told by: file or sms.")                                                                    \
    ROW(notice_liaison, "notice_liaison", KIND_CHANNELS, 0, 0, "", "file",                                             \
        "What a unit's liaison on duty is told by; several channels tell by each of them.")                            \
    ROW(notice_unit_leader, "notice_unit_leader", KIND_CHANNELS, 0, 0, "", "file",                                     \
        "What a unit's leader is told by.")                                                                            \
    ROW(notice_ops, "notice_ops", KIND_CHANNELS, 0, 0, "", "file", "What operations is told by.")                      \
    ROW(notice_group_leader, "notice_group_leader", KIND_CHANNELS, 0, 0, "", "file",                                   \
        "What group leadership is told by.")                                                                           \
    ROW(notice_first_receiver, "notice_first_receiver", KIND_CHANNELS, 0, 0, "", "file",                               \
        "What the member of staff who first took a report is told by.")                                                \
    ROW(notice_tries, "notice_tries", KIND_INTEGER, 1, 30, "tries", "10",                                              \
        "A notice that could not be sent this often is given up and shown to the administrators.")                     \
    ROW(notice_order_minutes, "notice_order_minutes", KIND_INTEGER, 0, 1440, "minutes", "120",                         \
        "A notice waits this long at most for an earlier one to the same recipient.")                                  \
    ROW(gateway_timeout_seconds, "gateway_timeout_seconds", KIND_INTEGER, 1, 120, "seconds", "15",                     \
        "Longest time one message may take at a gateway.")                                                             \
    ROW(gateway_ca_file, "gateway_ca_file", KIND_FILE, 0, TEXT_MOST, "", "",                                           \
        "Certificates that gateways are checked against; the system's own when empty.")                                \
    ROW(gateway_proxy, "gateway_proxy", KIND_GATEWAY, 0, TEXT_MOST, "", "",                                            \
        "Proxy to HTTP gateways; none when empty.")                                                                    \
    ROW(mail_url, "mail_url", KIND_MAIL_SERVER, 0, TEXT_MOST, "", "",                                                  \
        "Mail server; its password is mail_password in gateway.secret.")                                               \
    ROW(is_mail_tls_required, "mail_tls_required", KIND_FLAG, 0, 1, "", "yes",                                         \
        "Whether a mail server without encryption is refused: yes or no.")                                             \
    ROW(mail_user, "mail_user", KIND_TEXT, 0, TEXT_MOST, "", "", "Name that the mail server knows us by; may be empty.") \
    ROW(mail_from, "mail_from", KIND_MAIL_ADDRESS, 0, TEXT_MOST, "", "", "Address that mail comes from.")              \
    GATEWAY_ROWS(ROW, sms, "sms", "SMS gateway")                                                                       \
    GATEWAY_ROWS(ROW, robot, "robot", "group robot")                                                                   \
    ROW(telephone_addresses, "telephone_addresses", KIND_TEXT, 0, TEXT_MOST, "", "",                                   \
        "Addresses that the telephone system tells of calls from, separated by spaces; empty: it tells of none.")      \
    ROW(is_crew_open, "crew_pages", KIND_FLAG, 0, 1, "", "no",                                                         \
        "Whether crews have a page per assignment under /crew/, by a link and sign-in: yes or no.")                     \
    ROW(crew_link_hours, "crew_link_hours", KIND_INTEGER, 1, 72, "hours", "12",                                        \
        "A link to the page of an assignment opens it this long.")                                                      \
    ROW(crew_url, "crew_url", KIND_ORIGIN, 0, TEXT_MOST, "", "",                                                         \
        "Scheme, host and port by which crews reach /crew/ from outside; base_url when empty.")                        \
    ROW(is_open311_public, "open311_public", KIND_FLAG, 0, 1, "", "yes",                                                \
        "Whether reports under /open311/v2/ are listed, without personal data, to who has no key: yes or no.")         \
    ROW(open311_per_minute, "open311_per_minute", KIND_INTEGER, 1, 100000, "requests", "120",                          \
        "Requests to /open311/v2/ without a key that one address may make in a minute.")                               \
    ROW(open311_jurisdiction, "open311_jurisdiction", KIND_TEXT, 0, 64, "", "",                                        \
        "The jurisdiction_id of /open311/v2/; a request that names another one is refused.")                           \
    ROW(log_level, "log_level", KIND_LEVEL, 0, 0, "", "info",                                                          \
        "Least level that is logged: debug, info, warning or error.")

/* What settings_rows does not show: where a value goes and which are allowed. In the order of `rows`. */
struct field {
    enum kind kind;
    size_t offset_bytes;
    int64_t least;
    int64_t most;
};

#define AS_ROW(field, key, kind, least, most, unit, fallback, meaning) {key, unit, fallback, meaning},
#define AS_FIELD(field, key, kind, least, most, unit, fallback, meaning)                                               \
    {kind, offsetof(struct settings, field), least, most},

static const struct setting_row rows[] = {SETTINGS(AS_ROW)};
static const struct field fields[] = {SETTINGS(AS_FIELD)};

#define ROW_COUNT (sizeof rows / sizeof rows[0])

static const char *const environment_names[ENVIRONMENT__COUNT] = {"production", "sample", "test"};
static const char *const level_names[LOG_LEVEL__COUNT] = {"debug", "info", "warning", "error"};
static const char *const flag_names[2] = {"no", "yes"};
static const char *const method_names[2] = {"POST", "GET"};
const struct setting_row *settings_rows(size_t *count)
{
    *count = ROW_COUNT;
    return rows;
}

/* --- one value ---------------------------------------------------------------------------------------------------- */

static void *place(struct settings *settings, const struct field *field)
{
    return (char *)settings + field->offset_bytes;
}

static const void *place_const(const struct settings *settings, const struct field *field)
{
    return (const char *)settings + field->offset_bytes;
}

static int find_name(const char *const *names, size_t count, const char *value)
{
    for (size_t i = 0; i < count; i++)
        if (text_is_equal(names[i], value))
            return (int)i;
    return -1;
}

static bool parse_integer(const struct field *field, const char *value, int *number)
{
    bool is_negative = value[0] == '-';
    int64_t size = 0;
    if (!text_parse_integer(value + is_negative, 0, INT32_MAX, &size))
        return false;
    int64_t whole = is_negative ? -size : size;
    if (whole < field->least || whole > field->most)
        return false;
    *number = (int)whole;
    return true;
}

static bool ends_with_slash(const char *value)
{
    size_t length = strlen(value);
    return length > 0 && value[length - 1] == '/';
}

#define LETTERS_AND_DIGITS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

static bool is_made_of(const char *value, const char *allowed) { return strspn(value, allowed) == strlen(value); }

static bool is_prefix(const char *value)
{
    if (*value == '\0')
        return true;
    return *value == '/' && !ends_with_slash(value) && strstr(value, "//") == NULL && strstr(value, "/.") == NULL &&
           is_made_of(value, LETTERS_AND_DIGITS "/-._~");
}

static bool is_origin(const char *value)
{
    const char *host = NULL;
    if (strncmp(value, "https://", 8) == 0)
        host = value + 8;
    else if (strncmp(value, "http://", 7) == 0)
        host = value + 7;
    return host != NULL && *host != '\0' && is_made_of(host, LETTERS_AND_DIGITS "-._:[]");
}

/* "sms, mail": each name once. */
static bool parse_channels(const char *value, unsigned *channels)
{
    *channels = 0;
    while (*value != '\0') {
        char name[12];
        size_t length = strcspn(value, ", ");
        if (length >= sizeof name)
            return false;
        memcpy(name, value, length);
        name[length] = '\0';
        enum channel channel = channel_find(name);
        if (channel == CHANNEL_NONE || (*channels & CHANNEL_BIT(channel)) != 0)
            return false;
        *channels |= CHANNEL_BIT(channel);
        value += length;
        if (*value == '\0')
            break;
        value += strspn(value, " ");
        if (*value++ != ',' || *(value += strspn(value, " ")) == '\0')
            return false;
    }
    return *channels != 0;
}

static bool is_text_allowed(const struct field *field, const char *value)
{
    int64_t length = (int64_t)strlen(value);
    if (length < field->least || length > field->most)
        return false;
    switch (field->kind) {
    case KIND_GATEWAY:
        return length == 0 || gateway_url_check(value);
    case KIND_MAIL_SERVER:
        return length == 0 || mail_server_check(value);
    case KIND_MAIL_ADDRESS:
        return length == 0 || mail_address_check(value);
    case KIND_HEADERS:
        return gateway_headers_check(value);
    case KIND_SUCCESS:
        return gateway_success_check(value);
    case KIND_JSON_PATH:
        return length == 0 || json_path_check(value);
    case KIND_NAME:
        return is_made_of(value, "abcdefghijklmnopqrstuvwxyz0123456789_");
    case KIND_FILE:
        return length == 0 || (value[0] == '/' && !ends_with_slash(value));
    case KIND_PREFIX:
        return is_prefix(value);
    case KIND_KEY:
        return length == 0 || (length == 64 && is_made_of(value, "0123456789abcdef"));
    case KIND_ORIGIN:
        return length == 0 || is_origin(value);
    case KIND_TEXT:
    case KIND_TEMPLATE:
    case KIND_ENVIRONMENT:
    case KIND_LEVEL:
    case KIND_FLAG:
    case KIND_METHOD:
    case KIND_CHANNELS:
    case KIND_INTEGER:
        break;
    }
    return true;
}

static size_t capacity_of(const struct field *field)
{
    return field->kind == KIND_TEMPLATE ? SETTING_LONG_BYTES : SETTING_TEXT_BYTES;
}

/* Whether the value is allowed; it is stored then. */
static bool set_value(struct settings *settings, const struct field *field, const char *value)
{
    int index = -1;
    switch (field->kind) {
    case KIND_ENVIRONMENT:
        index = find_name(environment_names, ENVIRONMENT__COUNT, value);
        if (index >= 0)
            *(enum environment *)place(settings, field) = (enum environment)index;
        return index >= 0;
    case KIND_LEVEL:
        index = find_name(level_names, LOG_LEVEL__COUNT, value);
        if (index >= 0)
            *(int *)place(settings, field) = index;
        return index >= 0;
    case KIND_FLAG:
        index = find_name(flag_names, 2, value);
        if (index >= 0)
            *(bool *)place(settings, field) = index == 1;
        return index >= 0;
    case KIND_METHOD:
        index = find_name(method_names, 2, value);
        if (index >= 0)
            *(bool *)place(settings, field) = index == 1;
        return index >= 0;
    case KIND_CHANNELS:
        return parse_channels(value, place(settings, field));
    case KIND_INTEGER:
        return parse_integer(field, value, place(settings, field));
    case KIND_TEXT:
    case KIND_NAME:
    case KIND_FILE:
    case KIND_PREFIX:
    case KIND_KEY:
    case KIND_ORIGIN:
    case KIND_GATEWAY:
    case KIND_MAIL_SERVER:
    case KIND_MAIL_ADDRESS:
    case KIND_HEADERS:
    case KIND_TEMPLATE:
    case KIND_SUCCESS:
    case KIND_JSON_PATH:
        break;
    }
    if (!is_text_allowed(field, value))
        return false;
    struct text text;
    text_init(&text, place(settings, field), capacity_of(field));
    text_add(&text, value);
    return true;
}

/* What a value of this kind looks like, for the message about a wrong one and for the printed file. */
static void describe(const struct field *field, struct text *text)
{
    switch (field->kind) {
    case KIND_ENVIRONMENT:
        text_add(text, "production, sample or test");
        return;
    case KIND_LEVEL:
        text_add(text, "debug, info, warning or error");
        return;
    case KIND_FLAG:
        text_add(text, "yes or no");
        return;
    case KIND_INTEGER:
        text_add_format(text, "%lld to %lld", (long long)field->least, (long long)field->most);
        return;
    case KIND_NAME:
        text_add_format(text, "lower-case letters, digits and _, at most %lld", (long long)field->most);
        return;
    case KIND_FILE:
        text_add_format(text, "%san absolute path without / at the end, at most %lld bytes",
                        field->least == 0 ? "empty or " : "", (long long)field->most);
        return;
    case KIND_PREFIX:
        text_add(text, "empty or a path that begins but does not end with /");
        return;
    case KIND_KEY:
        text_add(text, "empty or 64 hexadecimal digits in lower case");
        return;
    case KIND_ORIGIN:
        text_add_format(text, "%shttp:// or https:// with host and port, without / at the end",
                        field->least == 0 ? "empty or " : "");
        return;
    case KIND_TEXT:
    case KIND_TEMPLATE:
        text_add_format(text, "one line of %lld to %lld bytes", (long long)field->least, (long long)field->most);
        return;
    case KIND_CHANNELS:
        text_add(text, "one or more of file, sms, mail and robot, parted by commas");
        return;
    case KIND_METHOD:
        text_add(text, "POST or GET");
        return;
    case KIND_GATEWAY:
        text_add(text, "empty or an http:// or https:// URL without user name");
        return;
    case KIND_MAIL_SERVER:
        text_add(text, "empty or smtp:// or smtps:// with host and port");
        return;
    case KIND_MAIL_ADDRESS:
        text_add(text, "empty or a mail address");
        return;
    case KIND_HEADERS:
        text_add(text, "Name: value | Name: value, where a value may hold {id} and {secret}");
        return;
    case KIND_SUCCESS:
        text_add(text, "empty, text:WORDS or json:PATH=VALUE");
        return;
    case KIND_JSON_PATH:
        text_add(text, "empty or names and numbers parted by points");
        return;
    }
}

void settings_init(struct settings *settings)
{
    memset(settings, 0, sizeof *settings);
    for (size_t i = 0; i < ROW_COUNT; i++) {
        bool is_allowed = set_value(settings, &fields[i], rows[i].fallback);
        assert(is_allowed);
        (void)is_allowed;
    }
}

/* --- the file ----------------------------------------------------------------------------------------------------- */

/* A file being read over the defaults. */
struct reading {
    struct settings settings;
    const char *path;
    int line_of[ROW_COUNT]; /* 0: the key is not in the file */
};

static size_t find_row(const char *key)
{
    size_t i = 0;
    while (i < ROW_COUNT && !text_is_equal(rows[i].key, key))
        i++;
    return i;
}

static enum status take_pair(struct reading *reading, int line, const char *key, const char *value,
                             struct fault *fault)
{
    size_t i = find_row(key);
    if (i == ROW_COUNT)
        return FAULT(fault, STATUS_INVALID, "%s:%d: there is no setting %.60s", reading->path, line, key);
    if (reading->line_of[i] != 0)
        return FAULT(fault, STATUS_INVALID, "%s:%d: %s was given before, in line %d", reading->path, line, key,
                     reading->line_of[i]);
    reading->line_of[i] = line;
    if (set_value(&reading->settings, &fields[i], value))
        return STATUS_OK;
    char wanted[120];
    struct text text;
    text_init(&text, wanted, sizeof wanted);
    describe(&fields[i], &text);
    return FAULT(fault, STATUS_INVALID, "%s:%d: %s wants %s", reading->path, line, key, wanted);
}

/* Whether somebody can be told by this channel; without: which key is missing. */
static const char *channel_missing(const struct settings *settings, enum channel channel)
{
    switch (channel) {
    case CHANNEL_SMS:
        return settings->sms.url[0] == '\0' ? "sms_url" : NULL;
    case CHANNEL_ROBOT:
        return settings->robot.url[0] == '\0' ? "robot_url" : NULL;
    case CHANNEL_MAIL:
        if (settings->mail_url[0] == '\0')
            return "mail_url";
        return settings->mail_from[0] == '\0' ? "mail_from" : NULL;
    case CHANNEL_NONE:
    case CHANNEL_FILE:
    case CHANNEL__COUNT:
        break;
    }
    return NULL;
}

/* Every channel that somebody is told by is set up, and nobody's phone goes to a robot. */
static enum status check_channels(const struct reading *reading, struct fault *fault)
{
    const struct settings *settings = &reading->settings;
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (fields[i].kind != KIND_CHANNELS)
            continue;
        unsigned channels = *(const unsigned *)place_const(settings, &fields[i]);
        for (int channel = CHANNEL_FILE; channel < CHANNEL__COUNT; channel++) {
            const char *missing = (channels & CHANNEL_BIT(channel)) == 0 ? NULL : channel_missing(settings, (enum channel)channel);
            if (missing != NULL)
                return FAULT(fault, STATUS_INVALID, "%s:%d: %s names %s, but %s is empty", reading->path,
                             reading->line_of[i], rows[i].key, channel_name((enum channel)channel), missing);
        }
    }
    if ((settings->notice_resident & (CHANNEL_BIT(CHANNEL_MAIL) | CHANNEL_BIT(CHANNEL_ROBOT))) != 0)
        return FAULT(fault, STATUS_INVALID, "%s:%d: notice_resident can be file and sms alone", reading->path,
                     reading->line_of[find_row("notice_resident")]);
    if (strstr(settings->robot.body, "{phone}") != NULL || strstr(settings->robot.url, "{phone}") != NULL)
        return FAULT(fault, STATUS_INVALID, "%s:%d: a robot is given no {phone}", reading->path,
                     reading->line_of[find_row(strstr(settings->robot.url, "{phone}") != NULL ? "robot_url" : "robot_body")]);
    return STATUS_OK;
}

/* Passwords come from outside: never over a line that anybody can read. */
static enum status check_crew(const struct reading *reading, struct fault *fault)
{
    const struct settings *settings = &reading->settings;
    const char *url = settings->crew_url[0] != '\0' ? settings->crew_url : settings->base_url;

    if (settings->environment != ENVIRONMENT_PRODUCTION || !settings->is_crew_open || strncmp(url, "https://", 8) == 0)
        return STATUS_OK;
    return FAULT(fault, STATUS_INVALID, "%s:%d: crew_pages need an address that begins with https://; set crew_url",
                 reading->path, reading->line_of[find_row("crew_pages")]);
}

/* What no key can tell alone. */
static enum status check_whole(const struct reading *reading, struct fault *fault)
{
    const struct settings *settings = &reading->settings;
    if (settings->environment != ENVIRONMENT_TEST && settings->time_offset_file[0] != '\0')
        return FAULT(fault, STATUS_INVALID, "%s:%d: time_offset_file is allowed only with environment = test",
                     reading->path, reading->line_of[find_row("time_offset_file")]);
    if (settings->session_absolute_minutes < settings->session_idle_minutes) {
        int absolute_line = reading->line_of[find_row("session_absolute_minutes")];
        int idle_line = reading->line_of[find_row("session_idle_minutes")];
        return FAULT(fault, STATUS_INVALID, "%s:%d: session_absolute_minutes is less than session_idle_minutes",
                     reading->path, absolute_line > idle_line ? absolute_line : idle_line);
    }
    enum status status = check_crew(reading, fault);
    return status == STATUS_OK ? check_channels(reading, fault) : status;
}

static enum status take_lines(struct reading *reading, char *content, struct fault *fault)
{
    struct keyfile keyfile;
    keyfile_start(&keyfile, content);
    for (;;) {
        const char *key = NULL;
        const char *value = NULL;
        enum keyfile_step step = keyfile_next(&keyfile, &key, &value);
        if (step == KEYFILE_END)
            return check_whole(reading, fault);
        if (step == KEYFILE_WRONG)
            return FAULT(fault, STATUS_INVALID, "%s:%d: this line is not `key = value` in UTF-8", reading->path,
                         keyfile.line);
        enum status status = take_pair(reading, keyfile.line, key, value, fault);
        if (status != STATUS_OK)
            return status;
    }
}

enum status settings_read(struct settings *settings, const char *path, struct fault *fault)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return FAULT_CODE(fault, errno == ENOENT ? STATUS_ABSENT : STATUS_FAILED, errno,
                          "settings file %s cannot be opened: %s", path, strerrordesc_np(errno));
    char content[FILE_BYTES];
    enum status status = keyfile_load(file, path, content, sizeof content, fault);
    close(file);
    if (status != STATUS_OK)
        return status;

    struct reading reading = {.path = path};
    settings_init(&reading.settings);
    status = take_lines(&reading, content, fault);
    if (status == STATUS_OK)
        *settings = reading.settings;
    return status;
}

/* --- printing ----------------------------------------------------------------------------------------------------- */

static void print_channels(unsigned channels, FILE *out)
{
    const char *comma = " ";
    for (int i = CHANNEL_NONE + 1; i < CHANNEL__COUNT; i++) {
        if ((channels & CHANNEL_BIT(i)) == 0)
            continue;
        fprintf(out, "%s%s", comma, channel_name((enum channel)i));
        comma = ", ";
    }
}

static void print_value(const struct settings *settings, const struct field *field, FILE *out)
{
    const void *value = place_const(settings, field);
    switch (field->kind) {
    case KIND_ENVIRONMENT:
        fprintf(out, " %s", environment_names[*(const enum environment *)value]);
        return;
    case KIND_LEVEL:
        fprintf(out, " %s", level_names[*(const int *)value]);
        return;
    case KIND_FLAG:
        fprintf(out, " %s", flag_names[*(const bool *)value]);
        return;
    case KIND_INTEGER:
        fprintf(out, " %d", *(const int *)value);
        return;
    case KIND_METHOD:
        fprintf(out, " %s", method_names[*(const bool *)value]);
        return;
    case KIND_CHANNELS:
        print_channels(*(const unsigned *)value, out);
        return;
    case KIND_TEXT:
    case KIND_NAME:
    case KIND_FILE:
    case KIND_PREFIX:
    case KIND_KEY:
    case KIND_ORIGIN:
    case KIND_GATEWAY:
    case KIND_MAIL_SERVER:
    case KIND_MAIL_ADDRESS:
    case KIND_HEADERS:
    case KIND_TEMPLATE:
    case KIND_SUCCESS:
    case KIND_JSON_PATH:
        if (*(const char *)value != '\0')
            fprintf(out, " %s", (const char *)value);
        return;
    }
}

void settings_print(const struct settings *settings, FILE *out)
{
    fputs("# Settings of Shuinuo: `key = value`, one per line. A line that begins with # is a comment.\n"
          "# An unknown key, a wrong value or a key given twice stops the start. An absent key has its default.\n",
          out);
    for (size_t i = 0; i < ROW_COUNT; i++) {
        char allowed[120];
        struct text text;
        text_init(&text, allowed, sizeof allowed);
        describe(&fields[i], &text);
        fprintf(out, "\n# %s\n# %s%s%s; default: %s\n%s =", rows[i].meaning, rows[i].unit,
                rows[i].unit[0] == '\0' ? "" : ", ", allowed, rows[i].fallback[0] == '\0' ? "empty" : rows[i].fallback,
                rows[i].key);
        print_value(settings, &fields[i], out);
        fputc('\n', out);
    }
}
