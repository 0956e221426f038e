/* base/secrets: rights of the file, its content, and that nothing secret gets into a message. */
#include "check.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/secrets.h"
#include "base/text.h"

static char folder[] = "/tmp/shuinuo-secrets-XXXXXX";
static struct settings settings;
static struct secrets secrets;
static struct fault fault;

static void remove_folder(void)
{
    DIR *entries = opendir(folder);
    if (entries == NULL)
        return;
    for (struct dirent *entry = readdir(entries); entry != NULL; entry = readdir(entries))
        (void)unlinkat(dirfd(entries), entry->d_name, 0);
    closedir(entries);
    rmdir(folder);
}

static void start(void)
{
    static bool is_made;
    if (!is_made) {
        REQUIRE(mkdtemp(folder) != NULL);
        atexit(remove_folder);
        is_made = true;
    }
    settings_init(&settings);
    snprintf(settings.secret_dir, sizeof settings.secret_dir, "%s", folder);
    memset(&secrets, 0x55, sizeof secrets);
    fault_reset(&fault);
}

static void path_of(const char *program, char *path, size_t size)
{
    snprintf(path, size, "%s/%s.secret", folder, program);
}

static void write_file(const char *program, const char *content, mode_t mode)
{
    char path[128];
    path_of(program, path, sizeof path);
    unlink(path);
    FILE *file = fopen(path, "w");
    REQUIRE(file != NULL);
    fputs(content, file);
    REQUIRE(fclose(file) == 0);
    REQUIRE(chmod(path, mode) == 0);
}

static bool is_wiped(const struct secrets *all)
{
    static const struct secrets nothing;
    return memcmp(all, &nothing, sizeof nothing) == 0;
}

static size_t count_entries(void)
{
    size_t count = 0;
    DIR *entries = opendir(folder);
    REQUIRE(entries != NULL);
    for (struct dirent *entry = readdir(entries); entry != NULL; entry = readdir(entries))
        count += entry->d_name[0] != '.' && strstr(entry->d_name, "both") != NULL;
    closedir(entries);
    return count;
}

#define KEY_TEXT "00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF"

TEST(what_is_written_is_read)
{
    start();
    struct secrets written = {0};
    for (int i = 0; i < SECRET__COUNT; i++) {
        memset(written.key[i].bytes, 0x10 + i, KEY_BYTES);
        written.has[i] = i != SECRET_CHAIN;
    }
    memset(&written.key[SECRET_CHAIN], 0, sizeof written.key[SECRET_CHAIN]);
    memcpy(written.database_password, "s3cret!#=~", 11);
    written.staff_key_id = 65535;
    REQUIRE_STATUS(secrets_write(&written, &settings, "both", &fault), STATUS_OK);
    REQUIRE_STATUS(secrets_read(&secrets, &settings, "both", &fault), STATUS_OK);
    CHECK_BYTES(secrets.key, written.key, sizeof written.key);
    CHECK_BYTES(secrets.has, written.has, sizeof written.has);
    CHECK_TEXT(secrets.database_password, "s3cret!#=~");
    CHECK_INT(secrets.staff_key_id, 65535);
    char path[128];
    path_of("both", path, sizeof path);
    struct stat about;
    REQUIRE(stat(path, &about) == 0);
    CHECK_INT(about.st_mode & 07777, 0400);
    CHECK_INT(count_entries(), 1);

    check_case("and never overwritten");
    struct secrets other = {.staff_key_id = 1};
    CHECK_STATUS(secrets_write(&other, &settings, "both", &fault), STATUS_DUPLICATE);
    CHECK_STATUS(secrets_read(&secrets, &settings, "both", NULL), STATUS_OK);
    CHECK_INT(secrets.staff_key_id, 65535);
    CHECK_INT(count_entries(), 1);

    check_case("but replaced by whoever means to, with the same rights");
    written.has[SECRET_CHAIN] = true;
    memset(written.key[SECRET_CHAIN].bytes, 0x77, KEY_BYTES);
    REQUIRE_STATUS(secrets_replace(&written, &settings, "both", &fault), STATUS_OK);
    REQUIRE_STATUS(secrets_read(&secrets, &settings, "both", &fault), STATUS_OK);
    CHECK(secrets.has[SECRET_CHAIN]);
    CHECK_INT(count_entries(), 1);
    CHECK_STATUS(secrets_replace(&written, &settings, "absent", NULL), STATUS_FAILED);
    CHECK_INT(count_entries(), 1);
    secrets_wipe(&secrets);
    CHECK(is_wiped(&secrets));
}

TEST(a_file_of_nothing_has_nothing)
{
    start();
    write_file("empty", "# nothing yet\n", 0400);
    REQUIRE_STATUS(secrets_read(&secrets, &settings, "empty", &fault), STATUS_OK);
    CHECK(is_wiped(&secrets));
}

TEST(one_key_is_had_the_others_are_zero)
{
    start();
    write_file("one", "lookup = " KEY_TEXT "\n", 0400);
    REQUIRE_STATUS(secrets_read(&secrets, &settings, "one", &fault), STATUS_OK);
    CHECK(secrets.has[SECRET_LOOKUP]);
    CHECK(!secrets.has[SECRET_CODE]);
    CHECK_INT(secrets.key[SECRET_LOOKUP].bytes[1], 0x11);
    CHECK_INT(secrets.key[SECRET_LOOKUP].bytes[31], 0xFF);
    CHECK_INT(secrets.key[SECRET_CODE].bytes[1], 0);
}

TEST(only_mode_0400_is_accepted)
{
    static const mode_t wrong[] = {0000, 0200, 0600, 0440, 0404, 0444, 0420, 0402, 0410, 0401, 0500, 0640, 0644,
                                   0700, 0777, 04400, 02400, 01400};
    start();
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        check_casef("mode %04o", (unsigned)wrong[i]);
        write_file("mode", "code = " KEY_TEXT "\n", wrong[i]);
        fault_reset(&fault);
        CHECK_STATUS(secrets_read(&secrets, &settings, "mode", &fault), STATUS_REFUSED);
        CHECK(is_wiped(&secrets));
        CHECK(strstr(fault.message, "mode.secret") != NULL);
    }
    check_case("mode 0400");
    write_file("mode", "code = " KEY_TEXT "\n", 0400);
    CHECK_STATUS(secrets_read(&secrets, &settings, "mode", NULL), STATUS_OK);
}

TEST(another_users_file_is_refused)
{
    start();
    if (geteuid() != 0)
        SKIP("only root can give a file to another user");
    write_file("foreign", "code = " KEY_TEXT "\n", 0400);
    char path[128];
    path_of("foreign", path, sizeof path);
    REQUIRE(chown(path, 4711, 4711) == 0);
    CHECK_STATUS(secrets_read(&secrets, &settings, "foreign", &fault), STATUS_REFUSED);
    CHECK(strstr(fault.message, "belong") != NULL);
    CHECK(is_wiped(&secrets));
}

TEST(only_an_ordinary_file_is_accepted)
{
    start();
    char path[128], target[128];
    check_case("a folder");
    path_of("dir", path, sizeof path);
    REQUIRE(mkdir(path, 0400) == 0);
    CHECK_STATUS(secrets_read(&secrets, &settings, "dir", &fault), STATUS_REFUSED);
    rmdir(path);
    check_case("a symbolic link to a good file");
    write_file("target", "code = " KEY_TEXT "\n", 0400);
    path_of("target", target, sizeof target);
    path_of("link", path, sizeof path);
    REQUIRE(symlink(target, path) == 0);
    CHECK_STATUS(secrets_read(&secrets, &settings, "link", &fault), STATUS_REFUSED);
    check_case("a pipe does not hang");
    path_of("pipe", path, sizeof path);
    REQUIRE(mkfifo(path, 0400) == 0);
    CHECK_STATUS(secrets_read(&secrets, &settings, "pipe", &fault), STATUS_REFUSED);
    check_case("nothing");
    CHECK_STATUS(secrets_read(&secrets, &settings, "absent", &fault), STATUS_ABSENT);
}

TEST(a_program_is_a_name_not_a_path)
{
    static const char *const wrong[] = {"", "../ticket", "a/b", ".", "a.b", "A", "a b", "水",
                                        "a234567890123456789012345678901234567890"};
    start();
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        check_casef("'%s'", wrong[i]);
        CHECK_STATUS(secrets_read(&secrets, &settings, wrong[i], NULL), STATUS_INVALID);
        struct secrets nothing = {0};
        CHECK_STATUS(secrets_write(&nothing, &settings, wrong[i], NULL), STATUS_INVALID);
    }
}

struct wrong_case {
    const char *name;
    const char *content;
    int line;
};

static const struct wrong_case wrong_cases[] = {
    {"unknown name", "code = " KEY_TEXT "\nkey = " KEY_TEXT "\n", 2},
    {"key too short", "code = 0011\n", 1},
    {"key too long", "code = " KEY_TEXT "00\n", 1},
    {"no hexadecimal", "# x\ncode = x0112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n", 2},
    {"key of zeros", "code = 0000000000000000000000000000000000000000000000000000000000000000\n", 1},
    {"empty key", "code =\n", 1},
    {"key given twice", "code = " KEY_TEXT "\nform = " KEY_TEXT "\ncode = " KEY_TEXT "\n", 3},
    {"empty password", "database_password =\n", 1},
    {"password with a blank", "database_password = two words\n", 1},
    {"password in Chinese", "database_password = 水\n", 1},
    {"password too long", "database_password = 12345678901234567890123456789012345678901234567890123456789012345\n", 1},
    {"password given twice", "database_password = a\ndatabase_password = a\n", 2},
    {"key number too large", "staff_key_id = 65536\n", 1},
    {"key number in hexadecimal", "staff_key_id = 0x1\n", 1},
    {"no pair", KEY_TEXT "\n", 1},
};

TEST(a_malformed_file_says_its_line_and_not_its_content)
{
    start();
    for (size_t i = 0; i < sizeof wrong_cases / sizeof wrong_cases[0]; i++) {
        check_case(wrong_cases[i].name);
        write_file("wrong", wrong_cases[i].content, 0400);
        fault_reset(&fault);
        CHECK_STATUS(secrets_read(&secrets, &settings, "wrong", &fault), STATUS_INVALID);
        char place[32];
        snprintf(place, sizeof place, "wrong.secret:%d: ", wrong_cases[i].line);
        CHECK(strstr(fault.message, place) != NULL);
        CHECK(strstr(fault.message, "001122") == NULL);
        CHECK(strstr(fault.message, "two words") == NULL);
        CHECK(is_wiped(&secrets));
    }
}

TEST(what_could_not_be_read_again_is_not_written)
{
    start();
    struct secrets odd = {0};
    memcpy(odd.database_password, "a\nform = 1", 11);
    CHECK_STATUS(secrets_write(&odd, &settings, "odd", &fault), STATUS_INVALID);
    CHECK_STATUS(secrets_read(&secrets, &settings, "odd", NULL), STATUS_ABSENT);
    snprintf(settings.secret_dir, sizeof settings.secret_dir, "/nowhere");
    struct secrets nothing = {0};
    CHECK_STATUS(secrets_write(&nothing, &settings, "odd", NULL), STATUS_FAILED);
}

TEST(secrets_of_gateways)
{
    struct gateway_secrets gateway;
    start();
    memset(&gateway, 0x55, sizeof gateway);
    REQUIRE_STATUS(gateway_secrets_read(&gateway, &settings, &fault), STATUS_OK);
    CHECK_TEXT(gateway.mail_password, ""); /* no file: nothing is needed */
    CHECK_TEXT(fault.message, "");
    write_file("gateway", "# ours\nmail_password = p =w# 1\nsms_secret = k\n", 0400);
    REQUIRE_STATUS(gateway_secrets_read(&gateway, &settings, &fault), STATUS_OK);
    CHECK_TEXT(gateway.mail_password, "p =w# 1");
    CHECK_TEXT(gateway.sms, "k");
    CHECK_TEXT(gateway.robot, "");
    gateway_secrets_wipe(&gateway);
    CHECK_TEXT(gateway.sms, "");
}

TEST(secrets_of_gateways_that_are_refused_are_not_quoted)
{
    static const struct wrong_case wrong[] = {
        {"unknown name", "sms_secret = k\nfax_secret = SECRETX\n", 2},
        {"twice", "sms_secret = SECRETX\nsms_secret = SECRETX\n", 2},
        {"empty", "robot_secret =\n", 1},
        {"control characters", "robot_secret = SECRETX水\n", 1},
        {"no pair", "SECRETX\n", 1},
    };
    struct gateway_secrets gateway;
    start();
    write_file("gateway", "sms_secret = SECRETX\n", 0440);
    CHECK_STATUS(gateway_secrets_read(&gateway, &settings, &fault), STATUS_REFUSED);
    CHECK(strstr(fault.message, "0400") != NULL);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char place[24];
        check_case(wrong[i].name);
        fault_reset(&fault);
        write_file("gateway", wrong[i].content, 0400);
        CHECK_STATUS(gateway_secrets_read(&gateway, &settings, &fault), STATUS_INVALID);
        snprintf(place, sizeof place, "gateway.secret:%d: ", wrong[i].line);
        CHECK(strstr(fault.message, place) != NULL);
        CHECK(strstr(fault.message, "SECRETX") == NULL);
        CHECK_TEXT(gateway.sms, "");
    }
}
