#include "base/secrets.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/keyfile.h"
#include "base/text.h"

#define FILE_BYTES 4096
#define PATH_BYTES (SETTING_TEXT_BYTES + 96)
#define FILE_MODE 0400

static const char *const secret_names[SECRET__COUNT] = {"code",         "lookup",        "form",
                                                        "staff_public", "staff_private", "chain",
                                                        "telephone",     "crew",          "subscribe"};

#define PASSWORD_KEY "database_password"
#define KEY_ID_KEY "staff_key_id"

void secrets_wipe(struct secrets *secrets) { sodium_memzero(secrets, sizeof *secrets); }

/* A program's name becomes part of a path. */
static bool is_program_name(const char *program)
{
    size_t length = strlen(program);
    return length > 0 && length <= 32 && strspn(program, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

static bool make_path(char *path, const struct settings *settings, const char *program, const char *ending)
{
    struct text text;
    text_init(&text, path, PATH_BYTES);
    text_add_format(&text, "%s/%s%s", settings->secret_dir, program, ending);
    return is_program_name(program) && !text.is_cut;
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

/* Only what nobody else can read, let alone write, is a secret. */
static enum status check_rights(int file, const char *path, struct fault *fault)
{
    struct stat about;
    if (fstat(file, &about) != 0)
        return FAULT_CODE(fault, STATUS_FAILED, errno, "%s cannot be examined: %s", path, strerrordesc_np(errno));
    if (!S_ISREG(about.st_mode))
        return FAULT(fault, STATUS_REFUSED, "%s is not an ordinary file", path);
    if ((about.st_mode & 07777) != FILE_MODE)
        return FAULT(fault, STATUS_REFUSED, "%s has mode %04o and must have 0400", path,
                     (unsigned)(about.st_mode & 07777));
    if (about.st_uid != geteuid() && about.st_uid != 0)
        return FAULT(fault, STATUS_REFUSED, "%s must belong to root or to the user who runs the program", path);
    return STATUS_OK;
}

static bool is_password(const char *value)
{
    size_t length = strlen(value);
    if (length == 0 || length >= sizeof((struct secrets *)0)->database_password)
        return false;
    for (; *value != '\0'; value++)
        if (*value <= ' ' || *value > '~')
            return false;
    return true;
}

static int find_secret(const char *key)
{
    for (int i = 0; i < SECRET__COUNT; i++)
        if (text_is_equal(secret_names[i], key))
            return i;
    return -1;
}

/* The messages never quote a value. `seen` has one bit per key, so that a key given twice is found. */
static enum status take_pair(struct secrets *secrets, unsigned *seen, const char *path, int line, const char *key,
                             const char *value, struct fault *fault)
{
    bool is_right = false;
    int which = find_secret(key);
    if (which >= 0) {
        struct key *secret = &secrets->key[which];
        is_right = text_parse_hex(value, secret->bytes, KEY_BYTES) && !sodium_is_zero(secret->bytes, KEY_BYTES);
        secrets->has[which] = is_right;
    } else if (text_is_equal(key, PASSWORD_KEY)) {
        which = SECRET__COUNT;
        is_right = is_password(value);
        if (is_right)
            memcpy(secrets->database_password, value, strlen(value) + 1);
    } else if (text_is_equal(key, KEY_ID_KEY)) {
        which = SECRET__COUNT + 1;
        int64_t id = 0;
        is_right = text_parse_integer(value, 0, UINT16_MAX, &id);
        secrets->staff_key_id = (uint16_t)id;
    } else {
        return FAULT(fault, STATUS_INVALID, "%s:%d: there is no secret of this name", path, line);
    }
    if ((*seen & 1u << which) != 0)
        return FAULT(fault, STATUS_INVALID, "%s:%d: this secret was given before", path, line);
    *seen |= 1u << which;
    if (!is_right)
        return FAULT(fault, STATUS_INVALID, "%s:%d: the secret is malformed", path, line);
    return STATUS_OK;
}

static enum status take_lines(struct secrets *secrets, const char *path, char *content, struct fault *fault)
{
    unsigned seen = 0;
    struct keyfile keyfile;
    keyfile_start(&keyfile, content);
    for (;;) {
        const char *key = NULL;
        const char *value = NULL;
        enum keyfile_step step = keyfile_next(&keyfile, &key, &value);
        if (step == KEYFILE_END)
            return STATUS_OK;
        if (step == KEYFILE_WRONG)
            return FAULT(fault, STATUS_INVALID, "%s:%d: the line is not `key = value`", path, keyfile.line);
        enum status status = take_pair(secrets, &seen, path, keyfile.line, key, value, fault);
        if (status != STATUS_OK)
            return status;
    }
}

/* Reads a file whose rights are those of a secret. The caller wipes `content`. */
static enum status load_file(const char *path, char *content, struct fault *fault)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (file < 0)
        return FAULT_CODE(fault, errno == ENOENT ? STATUS_ABSENT : STATUS_REFUSED, errno,
                          "secrets file %s cannot be opened: %s", path, strerrordesc_np(errno));
    enum status status = check_rights(file, path, fault);
    if (status == STATUS_OK)
        status = keyfile_load(file, path, content, FILE_BYTES, fault);
    close(file);
    return status;
}

enum status secrets_read(struct secrets *secrets, const struct settings *settings, const char *program,
                         struct fault *fault)
{
    secrets_wipe(secrets);
    char path[PATH_BYTES], content[FILE_BYTES];
    if (!make_path(path, settings, program, ".secret"))
        return FAULT(fault, STATUS_INVALID, "no secrets file can have the name of this program");
    enum status status = load_file(path, content, fault);
    if (status == STATUS_OK)
        status = take_lines(secrets, path, content, fault);
    sodium_memzero(content, sizeof content);
    if (status != STATUS_OK)
        secrets_wipe(secrets);
    return status;
}

/* --- secrets of gateways ------------------------------------------------------------------------------------------ */

void gateway_secrets_wipe(struct gateway_secrets *secrets) { sodium_memzero(secrets, sizeof *secrets); }

/* The messages never quote a value. */
static enum status take_gateway_pair(struct gateway_secrets *secrets, const char *path, int line, const char *key,
                                     const char *value, struct fault *fault)
{
    char *place = text_is_equal(key, "mail_password")  ? secrets->mail_password
                  : text_is_equal(key, "sms_secret")   ? secrets->sms
                  : text_is_equal(key, "robot_secret") ? secrets->robot
                                                       : NULL;
    size_t length = strlen(value);
    if (place == NULL)
        return FAULT(fault, STATUS_INVALID, "%s:%d: gateways have no secret of this name", path, line);
    if (place[0] != '\0')
        return FAULT(fault, STATUS_INVALID, "%s:%d: the gateway's secret was given before", path, line);
    if (length == 0 || length >= sizeof secrets->sms)
        return FAULT(fault, STATUS_INVALID, "%s:%d: a gateway's secret has 1 to %zu bytes", path, line,
                     sizeof secrets->sms - 1);
    for (size_t i = 0; i < length; i++)
        if (value[i] < ' ' || value[i] > '~')
            return FAULT(fault, STATUS_INVALID, "%s:%d: a gateway's secret is made of visible ASCII characters", path, line);
    memcpy(place, value, length + 1);
    return STATUS_OK;
}

enum status gateway_secrets_read(struct gateway_secrets *secrets, const struct settings *settings, struct fault *fault)
{
    char path[PATH_BYTES], content[FILE_BYTES];
    struct fault absence;
    struct keyfile keyfile;
    const char *key = NULL, *value = NULL;
    gateway_secrets_wipe(secrets);
    fault_reset(&absence);
    if (!make_path(path, settings, "gateway", ".secret"))
        return FAULT(fault, STATUS_INVALID, "secret_dir is too long for the gateways' secrets");
    enum status status = load_file(path, content, &absence);
    if (status == STATUS_ABSENT)
        return STATUS_OK;
    if (status != STATUS_OK) {
        if (fault != NULL)
            *fault = absence;
        sodium_memzero(content, sizeof content);
        return status;
    }
    keyfile_start(&keyfile, content);
    for (enum keyfile_step step; status == STATUS_OK && (step = keyfile_next(&keyfile, &key, &value)) != KEYFILE_END;) {
        if (step == KEYFILE_WRONG)
            status = FAULT(fault, STATUS_INVALID, "%s:%d: this line is not `key = value`", path, keyfile.line);
        else
            status = take_gateway_pair(secrets, path, keyfile.line, key, value, fault);
    }
    sodium_memzero(content, sizeof content);
    if (status != STATUS_OK)
        gateway_secrets_wipe(secrets);
    return status;
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

static void compose(const struct secrets *secrets, const char *program, struct text *text)
{
    text_add_format(text, "# Secrets of %s. Keep a copy where only you can read it.\n", program);
    for (int i = 0; i < SECRET__COUNT; i++) {
        if (!secrets->has[i])
            continue;
        char hex[2 * KEY_BYTES + 1];
        text_format_hex(secrets->key[i].bytes, KEY_BYTES, hex);
        text_add_format(text, "%s = %s\n", secret_names[i], hex);
        sodium_memzero(hex, sizeof hex);
    }
    if (secrets->database_password[0] != '\0')
        text_add_format(text, PASSWORD_KEY " = %s\n", secrets->database_password);
    if (secrets->staff_key_id != 0)
        text_add_format(text, KEY_ID_KEY " = %u\n", (unsigned)secrets->staff_key_id);
}

static bool write_all(int file, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(file, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        bytes += written;
        length -= (size_t)written;
    }
    return true;
}

/* A name that exists only after a crash would be worse than none: the folder is written out too. */
static bool sync_folder(const char *folder)
{
    int handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (handle < 0)
        return false;
    bool is_written = fsync(handle) == 0;
    close(handle);
    return is_written;
}

/* The file is whole under its own name: linked, which never replaces what is there, or in the place and with the owner of `path`. */
static bool put_in_place(int draft, const char *draft_path, const char *path, bool replaces)
{
    struct stat about;

    if (!replaces)
        return link(draft_path, path) == 0;
    return stat(path, &about) == 0 && fchown(draft, about.st_uid, about.st_gid) == 0 && rename(draft_path, path) == 0;
}

static enum status publish(const struct text *content, const char *folder, const char *path, char *draft_path, bool replaces,
                           struct fault *fault)
{
    int draft = mkostemp(draft_path, O_CLOEXEC);
    if (draft < 0)
        return FAULT_CODE(fault, STATUS_FAILED, errno, "no file can be made in %s: %s", folder, strerrordesc_np(errno));
    enum status status = STATUS_OK;
    if (!write_all(draft, content->bytes, content->length_bytes) || fchmod(draft, FILE_MODE) != 0 ||
        fsync(draft) != 0)
        status = FAULT_CODE(fault, STATUS_FAILED, errno, "%s cannot be written: %s", draft_path,
                            strerrordesc_np(errno));
    if (status == STATUS_OK && !put_in_place(draft, draft_path, path, replaces))
        status = FAULT_CODE(fault, errno == EEXIST ? STATUS_DUPLICATE : STATUS_FAILED, errno,
                            "%s cannot be put in place: %s", path, strerrordesc_np(errno));
    close(draft);
    unlink(draft_path);
    if (status == STATUS_OK && !sync_folder(folder))
        status = FAULT_CODE(fault, STATUS_FAILED, errno, "%s cannot be written out: %s", folder,
                            strerrordesc_np(errno));
    return status;
}

static enum status save(const struct secrets *secrets, const struct settings *settings, const char *program, bool replaces,
                        struct fault *fault)
{
    char path[PATH_BYTES];
    char draft_path[PATH_BYTES];
    if (!make_path(path, settings, program, ".secret") || !make_path(draft_path, settings, program, ".draft-XXXXXX"))
        return FAULT(fault, STATUS_INVALID, "a secrets file cannot have this name");
    if (secrets->database_password[0] != '\0' && !is_password(secrets->database_password))
        return FAULT(fault, STATUS_INVALID, "a database password is made of visible ASCII characters");
    char bytes[FILE_BYTES];
    struct text content;
    text_init(&content, bytes, sizeof bytes);
    compose(secrets, program, &content);
    assert(!content.is_cut);
    enum status status = publish(&content, settings->secret_dir, path, draft_path, replaces, fault);
    sodium_memzero(bytes, sizeof bytes);
    return status;
}

enum status secrets_write(const struct secrets *secrets, const struct settings *settings, const char *program,
                          struct fault *fault)
{
    return save(secrets, settings, program, false, fault);
}

enum status secrets_replace(const struct secrets *secrets, const struct settings *settings, const char *program,
                            struct fault *fault)
{
    return save(secrets, settings, program, true, fault);
}
