/*
 * Settings: one file of `key = value` lines (conf/shuinuo.hdf), typed, with units. An unknown key, a wrong value or a
 * key given twice stops the start and says which line. A key that is absent has its default.
 */
#ifndef BASE_SETTINGS_H
#define BASE_SETTINGS_H

#include <stdbool.h>
#include <stdio.h>

#include "base/channel.h"
#include "base/status.h"

enum environment { ENVIRONMENT_PRODUCTION, ENVIRONMENT_SAMPLE, ENVIRONMENT_TEST, ENVIRONMENT__COUNT };

#define SETTING_TEXT_BYTES 256
#define SETTING_LONG_BYTES 1024

/* A request that hands one message to a gateway (base/gateway.h). Not set up when the URL is empty. */
struct http_gateway {
    bool is_get;
    char url[SETTING_TEXT_BYTES];
    char headers[SETTING_TEXT_BYTES]; /* "Name: value | Name: value" */
    char body[SETTING_LONG_BYTES];
    char success[SETTING_TEXT_BYTES];    /* "", "text:ok" or "json:PATH=VALUE" */
    char message_id[SETTING_TEXT_BYTES]; /* path in the JSON answer, or "" */
};

/* The values in force. Texts are copies inside the struct. */
struct settings {
    enum environment environment;
    char time_offset_file[SETTING_TEXT_BYTES]; /* only with environment = test */
    char base_path[SETTING_TEXT_BYTES];        /* "" or "/water": no slash at the end */
    char base_url[SETTING_TEXT_BYTES];         /* "http://127.0.0.1:8080": no slash at the end */
    char database_socket[SETTING_TEXT_BYTES];
    char database_name[SETTING_TEXT_BYTES];
    char secret_dir[SETTING_TEXT_BYTES]; /* one file per program, mode 0400 */
    char template_dir[SETTING_TEXT_BYTES];
    char schema_dir[SETTING_TEXT_BYTES];
    char outbox_dir[SETTING_TEXT_BYTES]; /* file transport of notices */
    char copy_dir[SETTING_TEXT_BYTES]; /* static copies of public pages; "": none are kept */
    char copy_url[SETTING_TEXT_BYTES]; /* where clerk reaches the web server for them; "": base_url */
    char company_zh[SETTING_TEXT_BYTES];
    char company_en[SETTING_TEXT_BYTES];
    char discipline_key[SETTING_TEXT_BYTES]; /* the discipline office's public key, 64 hex digits; "" without */
    char discipline_contact[SETTING_TEXT_BYTES]; /* how else the office is reached */
    char hotline[SETTING_TEXT_BYTES];        /* as people dial it */
    bool is_crew_open;
    int crew_link_hours;
    char crew_url[SETTING_TEXT_BYTES]; /* "": base_url */
    bool is_open311_public;
    int open311_per_minute;
    char open311_jurisdiction[SETTING_TEXT_BYTES]; /* "": there is none to be named */
    char telephone_addresses[SETTING_TEXT_BYTES]; /* "" without a telephone system */
    char footer_address[SETTING_TEXT_BYTES]; /* hidden when empty, as the next three */
    char footer_mailbox[SETTING_TEXT_BYTES];
    char footer_icp[SETTING_TEXT_BYTES];
    char footer_police[SETTING_TEXT_BYTES];
    bool is_sample; /* banner: sample data */
    int utc_offset_minutes;
    int workers;              /* processes of each web program */
    int requests_per_worker;  /* then a worker is replaced by a fresh one */
    int request_timeout_seconds; /* read and write timeout of one FastCGI connection */
    int body_limit_bytes;        /* of an ordinary form */
    int customer_file_kilobytes; /* of a customer list that a page takes */
    int database_timeout_seconds;
    int session_idle_minutes;
    int session_absolute_minutes;
    int discipline_idle_minutes;
    int password_min_characters;
    int draft_hours;          /* an unfinished filing is kept this long */
    int code_tries;           /* wrong query codes per ticket or address in the window before waiting */
    int code_window_minutes;
    int filings_per_address;  /* in code_window_minutes; more ask for an effort */
    int filings_per_phone;    /* in a day */
    int late_entry_minutes;   /* told later than this after it happened: a reason is needed */
    int retention_days;       /* personal data after closing */
    int sms_kept_days;        /* which numbers were told of an outage; figures stay */
    int subscription_days;    /* how long a subscription to outages lasts */
    int clerk_interval_seconds;
    int figure_window_days;   /* the public page's long window */
    int log_level;            /* enum log_level */
    unsigned notice_resident; /* CHANNEL_BITs each */
    unsigned notice_liaison;
    unsigned notice_unit_leader;
    unsigned notice_ops;
    unsigned notice_group_leader;
    unsigned notice_first_receiver;
    int notice_tries;           /* then a notice is given up */
    int notice_order_minutes;   /* a later notice waits this long at most for an earlier one to the same recipient */
    int gateway_timeout_seconds;
    char gateway_ca_file[SETTING_TEXT_BYTES];
    char gateway_proxy[SETTING_TEXT_BYTES];
    char mail_url[SETTING_TEXT_BYTES];
    bool is_mail_tls_required;
    char mail_user[SETTING_TEXT_BYTES];
    char mail_from[SETTING_TEXT_BYTES];
    struct http_gateway sms, robot;
};

/* One row per key: name, unit, default, meaning; printed by `program --settings-help` and compared with the file. */
struct setting_row {
    const char *key;
    const char *unit; /* "" when it has none */
    const char *fallback;
    const char *meaning;
};
const struct setting_row *settings_rows(size_t *count);

/* Fills the defaults. */
void settings_init(struct settings *settings);

/*
 * Reads a file over the defaults, then checks the whole: time_offset_file is refused unless environment = test, paths
 * and URLs have no slash at the end, ranges hold, a channel that somebody is told by is set up, and residents are told by
 * file or SMS alone. STATUS_INVALID leaves the file name and line in the fault.
 */
enum status settings_read(struct settings *settings, const char *path, struct fault *fault) MUST_USE;

/* Prints the values in force as a settings file with comments. */
void settings_print(const struct settings *settings, FILE *out);

#endif
