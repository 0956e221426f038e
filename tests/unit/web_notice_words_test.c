/* Whatever a notice can be has words: its own, its name in lists and subjects, its recipient, its channel, its failure. */
#include "check.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/channel.h"
#include "base/gateway.h"
#include "core/ladder.h"
#include "core/recipient.h"
#include "web/words.h"

static struct arena arena;

static const char *folder(void)
{
    const char *set = getenv("SHUINUO_TEMPLATE_DIR");
    return set == NULL ? "templates" : set;
}

static void open_words(void)
{
    struct fault fault = {0};
    REQUIRE_STATUS(words_open(folder(), &fault), STATUS_OK);
    arena_init(&arena, 1024 * 1024);
}

static void close_words(void)
{
    arena_release(&arena);
    words_close();
}

static void check_words(const char *prefix, const char *name)
{
    const char *key = arena_format(&arena, "%s.%s", prefix, name);
    for (int language = 0; language < LANGUAGE__COUNT; language++)
        if (words_find((enum language)language, key) == key)
            CHECK_TEXT("no words", key);
    CHECK(true);
}

/* Each NAME of a line "notice.NAME = …". Returns how many there were. */
static int check_file(const char *path)
{
    static char line[4096];
    int count = 0;
    FILE *file = fopen(path, "r");
    REQUIRE(file != NULL);
    while (fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, "notice.", 7) != 0)
            continue;
        line[7 + strcspn(line + 7, " =")] = '\0';
        check_case(line + 7);
        check_words("notice", line + 7);
        check_words("outbox.name", line + 7);
        count++;
    }
    fclose(file);
    return count;
}

TEST(every_notice_has_a_name_in_both_languages)
{
    int count = 0;
    open_words();
    const char *path = arena_format(&arena, "%s/text", folder());
    DIR *entries = opendir(path);
    REQUIRE(entries != NULL);
    for (struct dirent *entry = readdir(entries); entry != NULL; entry = readdir(entries))
        if (strncmp(entry->d_name, "zh-CN.", 6) == 0)
            count += check_file(arena_format(&arena, "%s/%s", path, entry->d_name));
    closedir(entries);
    CHECK(count >= 25);
    close_words();
}

/* What stands between the quotation marks of the sentence, or "". */
static const char *quoted(const char *sentence)
{
    static const char *const marks[][2] = {{"“", "”"}, {"\"", "\""}};
    for (size_t i = 0; i < 2; i++) {
        const char *start = strstr(sentence, marks[i][0]);
        const char *end = start == NULL ? NULL : strstr(start + strlen(marks[i][0]), marks[i][1]);
        if (end != NULL)
            return arena_copy(&arena, start + strlen(marks[i][0]), (size_t)(end - start) - strlen(marks[i][0]));
    }
    return "";
}

TEST(a_resident_finds_on_the_page_the_words_that_the_notice_tells_him_to_choose)
{
    open_words();
    for (int language = 0; language < LANGUAGE__COUNT; language++) {
        const char *choice = quoted(words_find((enum language)language, "notice.finished"));
        CHECK(choice[0] != '\0');
        if (strstr(words_find((enum language)language, "complaint.add.say_not_fixed"), choice) == NULL)
            CHECK_TEXT("not on the page", choice);
    }
    close_words();
}

TEST(every_way_a_notice_can_go_has_words)
{
    open_words();
    for (int i = AUDIENCE_NONE + 1; i < AUDIENCE__COUNT; i++)
        check_words("outbox.audience", audience_name((enum audience)i));
    for (int i = 0; i < CHANNEL__COUNT; i++)
        check_words("outbox.channel", channel_name((enum channel)i));
    for (int i = GATEWAY_ERROR_NONE + 1; i < GATEWAY_ERROR__COUNT; i++)
        check_words("outbox.error", gateway_error_name((enum gateway_error)i));
    static const char *const states[] = {"waiting", "claimed", "sent", "given_up", "dropped", "again", "held"};
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
        check_words("outbox.state", states[i]);
    static const enum recipient_way stand_ins[] = {WAY_LEADER, WAY_UNIT, WAY_OPS};
    for (size_t i = 0; i < sizeof stand_ins / sizeof stand_ins[0]; i++)
        check_words("outbox.way", recipient_way_name(stand_ins[i]));
    close_words();
}
