/* base/settings and base/keyfile: what stops the start, and with which line. Runs in the source tree. */
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/keyfile.h"
#include "base/log.h"
#include "base/settings.h"
#include "base/text.h"

static char path[] = "/tmp/shuinuo-settings-XXXXXX";

static void remove_file(void) { unlink(path); }

/* Reads `content` as a settings file. */
static enum status read_bytes(const char *content, size_t length, struct settings *settings, struct fault *fault)
{
    static bool is_made;
    if (!is_made) {
        int file = mkstemp(path);
        REQUIRE(file >= 0);
        close(file);
        atexit(remove_file);
        is_made = true;
    }
    FILE *file = fopen(path, "w");
    REQUIRE(file != NULL);
    REQUIRE(fwrite(content, 1, length, file) == length);
    REQUIRE(fclose(file) == 0);
    fault_reset(fault);
    return settings_read(settings, path, fault);
}

static enum status read_text(const char *content, struct settings *settings, struct fault *fault)
{
    return read_bytes(content, strlen(content), settings, fault);
}

static void print_into(const struct settings *settings, char *buffer, size_t size)
{
    FILE *out = fmemopen(buffer, size, "w");
    REQUIRE(out != NULL);
    settings_print(settings, out);
    REQUIRE(fclose(out) == 0);
}

TEST(the_shipped_file_is_what_the_table_prints)
{
    struct settings settings;
    settings_init(&settings);
    static char printed[65536], shipped[65536];
    print_into(&settings, printed, sizeof printed);
    FILE *file = fopen("conf/shuinuo.hdf", "r");
    REQUIRE(file != NULL);
    size_t length = fread(shipped, 1, sizeof shipped - 1, file);
    fclose(file);
    shipped[length] = '\0';
    CHECK_TEXT(shipped, printed);
    struct settings read;
    struct fault fault;
    REQUIRE_STATUS(read_text(shipped, &read, &fault), STATUS_OK);
    CHECK_BYTES(&read, &settings, sizeof settings);
}

TEST(every_row_says_what_it_means)
{
    size_t count = 0;
    const struct setting_row *rows = settings_rows(&count);
    CHECK(count >= 35);
    for (size_t i = 0; i < count; i++) {
        check_case(rows[i].key);
        CHECK(strlen(rows[i].meaning) > 15);
        CHECK(strlen(rows[i].meaning) <= 116);
        for (size_t j = 0; j < i; j++)
            CHECK(!text_is_equal(rows[i].key, rows[j].key));
        /* a number that counts something says what */
        bool is_number = rows[i].fallback[0] >= '0' && rows[i].fallback[0] <= '9';
        CHECK(text_is_equal(rows[i].key, "hotline") || is_number == (rows[i].unit[0] != '\0'));
        bool ends_with_unit = rows[i].unit[0] != '\0' && strstr(rows[i].key, rows[i].unit) != NULL;
        CHECK(strstr(rows[i].key, "_minutes") == NULL || ends_with_unit);
        CHECK(strstr(rows[i].key, "_seconds") == NULL || ends_with_unit);
        CHECK(strstr(rows[i].key, "_days") == NULL || ends_with_unit);
        CHECK(strstr(rows[i].key, "_hours") == NULL || ends_with_unit);
        CHECK(strstr(rows[i].key, "_bytes") == NULL || ends_with_unit);
    }
}

TEST(an_empty_file_gives_the_defaults)
{
    struct settings defaults, settings;
    struct fault fault;
    settings_init(&defaults);
    memset(&settings, 0x55, sizeof settings);
    REQUIRE_STATUS(read_text("", &settings, &fault), STATUS_OK);
    CHECK_BYTES(&settings, &defaults, sizeof settings);
    CHECK_INT(settings.environment, ENVIRONMENT_PRODUCTION);
    CHECK_TEXT(settings.secret_dir, "/etc/shuinuo/secret");
    CHECK_TEXT(settings.company_zh, "聊城水务集团");
    CHECK_TEXT(settings.hotline, "96510");
    CHECK_TEXT(settings.base_path, "");
    CHECK(!settings.is_sample);
    CHECK_INT(settings.utc_offset_minutes, 480);
    CHECK_INT(settings.workers, 4);
    CHECK_INT(settings.requests_per_worker, 10000);
    CHECK_INT(settings.request_timeout_seconds, 10);
    CHECK_INT(settings.body_limit_bytes, 65536);
    CHECK_INT(settings.database_timeout_seconds, 5);
    CHECK_INT(settings.session_idle_minutes, 30);
    CHECK_INT(settings.session_absolute_minutes, 600);
    CHECK_INT(settings.password_min_characters, 12);
    CHECK_INT(settings.draft_hours, 24);
    CHECK_INT(settings.code_tries, 5);
    CHECK_INT(settings.code_window_minutes, 15);
    CHECK_INT(settings.late_entry_minutes, 10);
    CHECK_INT(settings.retention_days, 1095);
    CHECK_INT(settings.clerk_interval_seconds, 5);
    CHECK_INT(settings.figure_window_days, 90);
    CHECK_INT(settings.log_level, LOG_LEVEL_INFO);
}

TEST(values_of_every_type_are_read)
{
    struct settings settings;
    struct fault fault;
    enum status status = read_text("# a comment\r\n\r\n"
                                   "  environment\t=  test \r\n"
                                   "time_offset_file=/run/shuinuo/offset\n"
                                   "sample_banner = yes\n"
                                   "\t# another = comment\n"
                                   "utc_offset_minutes = -210\n"
                                   "workers = 1\n"
                                   "company_en = Water = Life # No. 1\n"
                                   "footer_mailbox =\n"
                                   "base_path = /water/v2\n"
                                   "base_url = https://water.example:8443\n"
                                   "log_level = debug",
                                   &settings, &fault);
    REQUIRE_STATUS(status, STATUS_OK);
    CHECK_INT(settings.environment, ENVIRONMENT_TEST);
    CHECK_TEXT(settings.time_offset_file, "/run/shuinuo/offset");
    CHECK(settings.is_sample);
    CHECK_INT(settings.utc_offset_minutes, -210);
    CHECK_INT(settings.workers, 1);
    CHECK_TEXT(settings.company_en, "Water = Life # No. 1");
    CHECK_TEXT(settings.footer_mailbox, "");
    CHECK_TEXT(settings.base_path, "/water/v2");
    CHECK_TEXT(settings.base_url, "https://water.example:8443");
    CHECK_INT(settings.log_level, LOG_LEVEL_DEBUG);
    CHECK_INT(settings.draft_hours, 24);
}

TEST(gateways_are_described)
{
    struct settings settings;
    struct fault fault;
    enum status status = read_text("notice_resident = sms\n"
                                   "notice_ops = robot,mail\n"
                                   "sms_method = GET\n"
                                   "sms_url = https://sms.example/send?to={phone}&key={secret}\n"
                                   "sms_headers = X-Id: {id} | Accept: */*\n"
                                   "sms_success = json:code=0\n"
                                   "sms_message_id = data.0.id\n"
                                   "robot_url = https://robot.example/x\n"
                                   "robot_body = {\"text\":{\"content\":\"{text}\"}}\n"
                                   "mail_url = smtps://mail.example:465\n"
                                   "mail_tls_required = no\n"
                                   "mail_from = water@example.cn\n"
                                   "notice_order_minutes = 0\n",
                                   &settings, &fault);
    REQUIRE_STATUS(status, STATUS_OK);
    CHECK_INT(settings.notice_resident, CHANNEL_BIT(CHANNEL_SMS));
    CHECK_INT(settings.notice_ops, CHANNEL_BIT(CHANNEL_MAIL) | CHANNEL_BIT(CHANNEL_ROBOT));
    CHECK_INT(settings.notice_liaison, CHANNEL_BIT(CHANNEL_FILE));
    CHECK(settings.sms.is_get);
    CHECK(!settings.robot.is_get);
    CHECK_TEXT(settings.sms.headers, "X-Id: {id} | Accept: */*");
    CHECK_TEXT(settings.robot.headers, "Content-Type: application/json");
    CHECK(!settings.is_mail_tls_required);
    static char printed[65536];
    struct settings again;
    print_into(&settings, printed, sizeof printed);
    CHECK(strstr(printed, "\nnotice_ops = mail, robot\n") != NULL);
    REQUIRE_STATUS(read_text(printed, &again, &fault), STATUS_OK);
    CHECK_BYTES(&again, &settings, sizeof settings);
}

struct wrong_case {
    const char *name;
    const char *content;
    int line;
    const char *said; /* part of the message */
};

static const struct wrong_case wrong_cases[] = {
    {"unknown key", "workers = 2\nworkrs = 3\n", 2, "there is no setting workrs"},
    {"field name where the key differs", "is_sample = yes\n", 1, "there is no setting is_sample"},
    {"upper-case key", "Workers = 2\n", 1, "not `key = value`"},
    {"key given twice", "workers = 2\n\nworkers = 2\n", 3, "workers was given before, in line 1"},
    {"no equals sign", "workers 2\n", 1, "not `key = value`"},
    {"no key", "= 2\n", 1, "not `key = value`"},
    {"words before the key", "\n\nthe workers = 2\n", 3, "not `key = value`"},
    {"invalid UTF-8", "workers = 2\ncompany_zh = \xC1\xC4\xB3\xC7\n", 2, "in UTF-8"},
    {"escape sequence", "company_zh = \x1B[31m\n", 1, "not `key = value`"},
    {"byte order mark", "\xEF\xBB\xBFworkers = 2\n", 1, "not `key = value`"},
    {"number missing", "workers =\n", 1, "workers wants 1 to 256"},
    {"number below", "workers = 0\n", 1, "workers wants 1 to 256"},
    {"number above", "workers = 257\n", 1, "workers wants 1 to 256"},
    {"number with unit", "draft_hours = 24h\n", 1, "draft_hours wants 1 to 168"},
    {"number with fraction", "draft_hours = 1.5\n", 1, "draft_hours wants"},
    {"number beyond everything", "retention_days = 99999999999999999999\n", 1, "retention_days wants"},
    {"negative number", "workers = -4\n", 1, "workers wants"},
    {"two signs", "utc_offset_minutes = --480\n", 1, "utc_offset_minutes wants -720 to 840"},
    {"offset beyond the date line", "utc_offset_minutes = 841\n", 1, "utc_offset_minutes wants"},
    {"flag in other words", "sample_banner = true\n", 1, "sample_banner wants yes or no"},
    {"flag in capitals", "sample_banner = Yes\n", 1, "sample_banner wants yes or no"},
    {"unknown environment", "environment = staging\n", 1, "environment wants production, sample or test"},
    {"unknown level", "log_level = verbose\n", 1, "log_level wants"},
    {"comment behind a value", "workers = 4 # four\n", 1, "workers wants"},
    {"quoted number", "workers = \"4\"\n", 1, "workers wants"},
    {"clock moved in production", "time_offset_file = /run/offset\n", 1, "only with environment = test"},
    {"clock moved in a sample", "environment = sample\n# x\ntime_offset_file = /run/offset\n", 3, "only with environment = test"},
    {"slash at the end of the prefix", "base_path = /water/\n", 1, "base_path wants"},
    {"a slash alone as prefix", "base_path = /\n", 1, "base_path wants"},
    {"prefix without a slash", "base_path = water\n", 1, "base_path wants"},
    {"dots in the prefix", "base_path = /../etc\n", 1, "base_path wants"},
    {"two slashes in the prefix", "base_path = //water\n", 1, "base_path wants"},
    {"blank in the prefix", "base_path = /the water\n", 1, "base_path wants"},
    {"slash at the end of the URL", "base_url = http://a/\n", 1, "base_url wants"},
    {"URL with a path", "base_url = http://a/b\n", 1, "base_url wants"},
    {"URL of another scheme", "base_url = ftp://a\n", 1, "base_url wants"},
    {"URL without host", "base_url = https://\n", 1, "base_url wants"},
    {"empty URL", "base_url =\n", 1, "base_url wants"},
    {"relative folder", "secret_dir = secret\n", 1, "secret_dir wants an absolute path"},
    {"slash at the end of a folder", "secret_dir = /etc/secret/\n", 1, "secret_dir wants"},
    {"empty folder", "template_dir =\n", 1, "template_dir wants"},
    {"database name with a hyphen", "database_name = water-db\n", 1, "database_name wants"},
    {"empty company", "company_zh =\n", 1, "company_zh wants"},
    {"channel that does not exist", "notice_ops = pigeon\n", 1, "notice_ops wants one or more of file, sms, mail and robot"},
    {"no channel", "notice_ops =\n", 1, "notice_ops wants"},
    {"channel named twice", "notice_ops = file, file\n", 1, "notice_ops wants"},
    {"channels without a comma", "notice_ops = file mail\n", 1, "notice_ops wants"},
    {"comma at the end", "notice_ops = file,\n", 1, "notice_ops wants"},
    {"channel that is not set up", "workers = 2\nnotice_ops = file, sms\n", 2, "notice_ops names sms, but sms_url is empty"},
    {"mail without a sender", "mail_url = smtp://a\nnotice_liaison = mail\n", 2, "but mail_from is empty"},
    {"residents told by a robot", "robot_url = https://a/b\nnotice_resident = robot\n", 2, "file and sms alone"},
    {"phone for a robot", "robot_body = {\"a\":\"{phone}\"}\n", 1, "a robot is given no {phone}"},
    {"phone in a robot's address", "robot_body = x\nrobot_url = https://a/{phone}\n", 2, "a robot is given no {phone}"},
    {"gateway of another scheme", "sms_url = ftp://a/b\n", 1, "sms_url wants"},
    {"gateway with a password in its address", "sms_url = https://a:b@c/d\n", 1, "sms_url wants"},
    {"method", "sms_method = PUT\n", 1, "sms_method wants POST or GET"},
    {"content type we cannot write", "sms_headers = Content-Type: text/plain\n", 1, "sms_headers wants"},
    {"condition", "sms_success = code=0\n", 1, "sms_success wants empty, text:WORDS or json:PATH=VALUE"},
    {"path", "sms_message_id = a..b\n", 1, "sms_message_id wants"},
    {"mail server", "mail_url = imap://a\n", 1, "mail_url wants"},
    {"mail address", "mail_from = a b@c\n", 1, "mail_from wants"},
    {"crews in production without encryption", "workers = 2\ncrew_pages = yes\n", 2, "crew_pages need an address that begins with https://"},
    {"crews by an address without encryption", "base_url = https://a\ncrew_url = http://b\ncrew_pages = yes\n", 3, "set crew_url"},
    {"address of crews with a path", "crew_url = https://a/crew\n", 1, "crew_url wants empty or http"},
    {"session shorter than its idle time", "session_absolute_minutes = 20\nsession_idle_minutes = 30\n", 2,
     "session_absolute_minutes is less than session_idle_minutes"},
    {"session shorter than the default idle time", "\nsession_absolute_minutes = 20\n", 2, "is less than"},
};

TEST(a_wrong_file_stops_the_start_and_says_which_line)
{
    for (size_t i = 0; i < sizeof wrong_cases / sizeof wrong_cases[0]; i++) {
        const struct wrong_case *row = &wrong_cases[i];
        check_case(row->name);
        struct settings settings, before;
        memset(&settings, 0x55, sizeof settings);
        before = settings;
        struct fault fault;
        CHECK_STATUS(read_text(row->content, &settings, &fault), STATUS_INVALID);
        char start[80];
        snprintf(start, sizeof start, "%s:%d: ", path, row->line);
        CHECK(strncmp(fault.message, start, strlen(start)) == 0);
        if (strstr(fault.message, row->said) == NULL)
            CHECK_TEXT(fault.message, row->said);
        CHECK_BYTES(&settings, &before, sizeof settings);
    }
}

TEST(art22_crews_pages_are_shut_unless_the_file_opens_them_and_open_over_an_encrypted_line)
{
    struct settings settings;
    struct fault fault = {0};

    REQUIRE_STATUS(read_text("workers = 2\n", &settings, &fault), STATUS_OK);
    CHECK(!settings.is_crew_open);
    REQUIRE_STATUS(read_text("crew_pages = yes\ncrew_url = https://crew.water.example\n", &settings, &fault), STATUS_OK);
    CHECK(settings.is_crew_open);
    CHECK_INT(settings.crew_link_hours, 12);
    REQUIRE_STATUS(read_text("crew_pages = yes\nbase_url = https://water.example\n", &settings, &fault), STATUS_OK);
    REQUIRE_STATUS(read_text("environment = sample\ncrew_pages = yes\n", &settings, &fault), STATUS_OK); /* on this machine */
}

TEST(what_is_too_long_is_refused_never_cut)
{
    char content[600];
    struct settings settings;
    struct fault fault;
    char value[300];
    memset(value, 'a', sizeof value);
    value[0] = '/';
    value[255] = '\0';
    snprintf(content, sizeof content, "outbox_dir = %s\n", value);
    CHECK_STATUS(read_text(content, &settings, &fault), STATUS_OK);
    CHECK_TEXT(settings.outbox_dir, value);
    snprintf(content, sizeof content, "outbox_dir = %sx\n", value);
    CHECK_STATUS(read_text(content, &settings, &fault), STATUS_INVALID);
    value[107] = '\0';
    snprintf(content, sizeof content, "database_socket = %s\n", value);
    CHECK_STATUS(read_text(content, &settings, &fault), STATUS_OK);
    snprintf(content, sizeof content, "database_socket = %sx\n", value);
    CHECK_STATUS(read_text(content, &settings, &fault), STATUS_INVALID);
}

TEST(files_that_cannot_be_settings)
{
    struct settings settings;
    struct fault fault;
    fault_reset(&fault);
    CHECK_STATUS(settings_read(&settings, "/nowhere/shuinuo.hdf", &fault), STATUS_ABSENT);
    CHECK(strstr(fault.message, "/nowhere/shuinuo.hdf") != NULL);
    fault_reset(&fault);
    CHECK_STATUS(settings_read(&settings, "/tmp", &fault), STATUS_FAILED);
    CHECK_STATUS(read_bytes("workers = 2\n\0workers = 3\n", 25, &settings, &fault), STATUS_INVALID);
    CHECK(strstr(fault.message, "NUL") != NULL);
    static char large[70000];
    memset(large, '\n', sizeof large);
    CHECK_STATUS(read_bytes(large, sizeof large, &settings, &fault), STATUS_INVALID);
    CHECK(strstr(fault.message, "longer than 65535 bytes") != NULL);
    CHECK_STATUS(read_bytes(large, 65535, &settings, &fault), STATUS_OK);
    CHECK_STATUS(settings_read(&settings, "/nowhere", NULL), STATUS_ABSENT);
}

TEST(what_is_printed_can_be_read_again)
{
    struct settings settings, again;
    struct fault fault;
    REQUIRE_STATUS(read_text("environment = test\ntime_offset_file = /run/o\nworkers = 9\ncompany_zh = 水 = 生命\n"
                             "sample_banner = yes\nutc_offset_minutes = -60\nlog_level = error\nfooter_icp = 鲁ICP备0号\n",
                             &settings, &fault),
                   STATUS_OK);
    static char printed[65536];
    print_into(&settings, printed, sizeof printed);
    REQUIRE_STATUS(read_text(printed, &again, &fault), STATUS_OK);
    CHECK_BYTES(&again, &settings, sizeof settings);
    CHECK(strstr(printed, "\nworkers = 9\n") != NULL);
    CHECK(strstr(printed, "\nfooter_police =\n") != NULL);
}

/* --- lines -------------------------------------------------------------------------------------------------------- */

TEST(lines_are_cut_apart_and_counted)
{
    char content[] = "\n# c\na=1\n\n  b_2 =  x y  \r\n#d=4\ne=";
    struct keyfile keyfile;
    const char *key = NULL;
    const char *value = NULL;
    keyfile_start(&keyfile, content);
    CHECK_INT(keyfile_next(&keyfile, &key, &value), KEYFILE_PAIR);
    CHECK_TEXT(key, "a");
    CHECK_TEXT(value, "1");
    CHECK_INT(keyfile.line, 3);
    CHECK_INT(keyfile_next(&keyfile, &key, &value), KEYFILE_PAIR);
    CHECK_TEXT(key, "b_2");
    CHECK_TEXT(value, "x y");
    CHECK_INT(keyfile.line, 5);
    CHECK_INT(keyfile_next(&keyfile, &key, &value), KEYFILE_PAIR);
    CHECK_TEXT(key, "e");
    CHECK_TEXT(value, "");
    CHECK_INT(keyfile.line, 7);
    CHECK_INT(keyfile_next(&keyfile, &key, &value), KEYFILE_END);
    CHECK_INT(keyfile_next(&keyfile, &key, &value), KEYFILE_END);
}
