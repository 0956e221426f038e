#include "core/contact.h"

#include <string.h>

#include "check.h"

struct reading {
    const char *typed, *want; /* want NULL: refused */
};

static void check_phones(const struct reading *readings, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char phone[PHONE_BYTES] = "";
        check_case(readings[i].typed[0] != '\0' ? readings[i].typed : "(empty)");
        CHECK_INT(phone_parse(readings[i].typed, phone), readings[i].want != NULL);
        CHECK_TEXT(phone, readings[i].want != NULL ? readings[i].want : "");
    }
}
#define CHECK_PHONES(readings) check_phones((readings), sizeof(readings) / sizeof(readings)[0])

TEST(a_mobile_number_reads_the_same_however_it_is_typed)
{
    static const struct reading READINGS[] = {
        {"13812345678", "13812345678"},
        {" 138 1234 5678 ", "13812345678"},
        {"138-1234-5678", "13812345678"},
        {"(138)12345678", "13812345678"},
        {"138.1234.5678", "13812345678"},
        {"+86 138 1234 5678", "13812345678"},
        {"+8613812345678", "13812345678"},
        {"8613812345678", "13812345678"},
        {"86-13812345678", "13812345678"},
        {"008613812345678", "13812345678"},
        {"１３８１２３４５６７８", "13812345678"},
        {"＋８６　１３８－１２３４－５６７８", "13812345678"},
        {"（138）1234—5678", "13812345678"},
        {"138\xC2\xA0" "1234\xE2\x80\x8B" "5678", "13812345678"},
        {"\xE2\x80\xAA" "13812345678\xE2\x80\xAC", "13812345678"},
        {"19912345678", "19912345678"},
    };
    CHECK_PHONES(READINGS);
}

TEST(a_landline_keeps_its_area_code)
{
    static const struct reading READINGS[] = {
        {"0635-8212345", "06358212345"},   {"(0635) 821 2345", "06358212345"}, {"（０６３５）８２１２３４５", "06358212345"},
        {"+86 635 8212345", "06358212345"}, {"+86 0635 8212345", "06358212345"}, {"0086-635-8212345", "06358212345"},
        {"0531-86012345", "053186012345"}, {"010-62345678", "01062345678"},    {"+86 10 62345678", "01062345678"},
        {"02162345678", "02162345678"},
    };
    CHECK_PHONES(READINGS);
}

TEST(what_is_not_a_phone_is_refused)
{
    static const struct reading READINGS[] = {
        {"", NULL},
        {"   ", NULL},
        {"1381234567", NULL},
        {"138123456789", NULL},
        {"12812345678", NULL},
        {"10012345678", NULL},
        {"8212345", NULL},             /* without area code: nobody could call back from elsewhere */
        {"0635-821234", NULL},
        {"0635-821234567", NULL},
        {"0635-1212345", NULL},
        {"0012345678", NULL},
        {"011-62345678", NULL},
        {"+1 202 555 0100", NULL},
        {"+8612345", NULL},
        {"+86", NULL},
        {"0086", NULL},
        {"8606358212345", NULL},
        {"138+12345678", NULL},
        {"1381234567a", NULL},
        {"13812345678 or 13912345678", NULL},
        {"1381234567\xFF", NULL},
        {"一三八一二三四五六七八", NULL},
        {"000000000000000000000000000000000000000000000000000000000000000000000000000", NULL},
    };
    CHECK_PHONES(READINGS);
}

TEST(every_accepted_phone_fits_and_reads_as_itself)
{
    static const char *const PHONES[] = {"13812345678", "06358212345", "053186012345", "01062345678", "0216234567"};
    for (size_t i = 0; i < sizeof PHONES / sizeof PHONES[0]; i++) {
        char phone[PHONE_BYTES] = "";
        check_case(PHONES[i]);
        CHECK(phone_parse(PHONES[i], phone));
        CHECK_TEXT(phone, PHONES[i]);
        CHECK(strlen(phone) < PHONE_BYTES);
    }
}

TEST(a_masked_phone_shows_who_without_showing_all)
{
    static const struct reading READINGS[] = {
        {"13812345678", "138****5678"},  {"06358212345", "0635****345"}, {"053186012345", "0531****2345"},
        {"01062345678", "010****5678"}, {"", ""},                       {"12345", "****"},
    };
    for (size_t i = 0; i < sizeof READINGS / sizeof READINGS[0]; i++) {
        char masked[MASKED_BYTES];
        check_case(READINGS[i].want[0] != '\0' ? READINGS[i].want : "(empty)");
        phone_mask(READINGS[i].typed, masked);
        CHECK_TEXT(masked, READINGS[i].want);
    }
}

TEST(an_account_has_ten_or_eleven_digits)
{
    static const struct reading READINGS[] = {
        {"1012345689", "1012345689"}, {"10123456789", "10123456789"}, {" 1012-345 689", "1012345689"},
        {"１０１２３４５６８９", "1012345689"}, {"101234568", NULL}, {"101234567890", NULL}, {"", NULL},
        {"10123456a9", NULL}, {"+1012345689", NULL},
    };
    for (size_t i = 0; i < sizeof READINGS / sizeof READINGS[0]; i++) {
        char account[ACCOUNT_BYTES] = "";
        check_casef("account %s", READINGS[i].typed);
        CHECK_INT(account_parse(READINGS[i].typed, account), READINGS[i].want != NULL);
        CHECK_TEXT(account, READINGS[i].want != NULL ? READINGS[i].want : "");
    }
}

TEST(a_masked_account_shows_two_digits_at_each_end)
{
    char masked[MASKED_BYTES];
    account_mask("1012345689", masked);
    CHECK_TEXT(masked, "10******89");
    account_mask("10123456789", masked);
    CHECK_TEXT(masked, "10*******89");
    account_mask("123", masked);
    CHECK_TEXT(masked, "****");
    account_mask("", masked);
    CHECK_TEXT(masked, "");
}

TEST(a_masked_name_shows_the_first_character_and_not_the_length)
{
    static const struct reading READINGS[] = {
        {"张三", "张**"}, {"张", "张**"}, {"欧阳娜娜", "欧**"}, {"Zhang San", "Z**"}, {"𠮷田", "𠮷**"}, {"", ""},
    };
    for (size_t i = 0; i < sizeof READINGS / sizeof READINGS[0]; i++) {
        char masked[MASKED_BYTES];
        check_casef("name %s", READINGS[i].typed);
        name_mask(READINGS[i].typed, masked);
        CHECK_TEXT(masked, READINGS[i].want);
    }
}
