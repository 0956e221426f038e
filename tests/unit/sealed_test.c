/*
 * Reports of misconduct: the sealed bytes and the numbers of cases (Arts. 5, 32).
 */
#include "core/sealed.h"

#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "regulation.h"

static struct sealed_report full_report(void)
{
    static const uint8_t photo[] = {0xFF, 0xD8, 0, 1, 2, 0xFF, 0xD9};
    struct sealed_report report = {
        .received_at = {INT64_C(1795392000123)},
        .number = "JC1234567890123",
        .words = "收了二百块钱才肯开栓。\n第二行",
        .about = "工号 1024",
        .occurred = "11 月 20 日",
        .name = "",
        .contact = "138",
        .photo_count = 2,
    };
    report.photos[0] = (struct bytes){photo, sizeof photo};
    report.photos[1] = (struct bytes){photo, 3};
    return report;
}

/* The report's bytes; freed by the caller. */
static uint8_t *bytes_of(const struct sealed_report *report, size_t *length)
{
    *length = sealed_report_bytes(report);
    uint8_t *bytes = malloc(*length);
    REQUIRE(bytes != NULL);
    sealed_report_format(report, bytes);
    return bytes;
}

TEST(article_5_what_is_sealed_can_be_read_again)
{
    const struct sealed_report report = full_report();
    struct sealed_report read;
    size_t length;
    uint8_t *bytes = bytes_of(&report, &length);

    REQUIRE(sealed_report_parse(bytes, length, &read));
    CHECK_INT(read.received_at.milliseconds, report.received_at.milliseconds);
    CHECK_TEXT(read.number, report.number);
    CHECK_TEXT(read.words, report.words);
    CHECK_TEXT(read.about, report.about);
    CHECK_TEXT(read.occurred, report.occurred);
    CHECK_TEXT(read.name, "");
    CHECK_TEXT(read.contact, report.contact);
    REQUIRE(read.photo_count == 2);
    CHECK_INT(read.photos[0].length, 7);
    CHECK_INT(read.photos[1].length, 3);
    CHECK_BYTES(read.photos[0].data, report.photos[0].data, 7);
    free(bytes);
}

TEST(article_5_the_length_of_a_short_report_tells_nothing)
{
    struct sealed_report report = full_report();
    const size_t full = sealed_report_bytes(&report);

    report.words = "短";
    report.about = report.occurred = report.contact = "";
    report.photo_count = 0;
    CHECK_INT(full, SEALED_BLOCK_BYTES);
    CHECK_INT(sealed_report_bytes(&report), SEALED_BLOCK_BYTES);
}

TEST(bytes_that_were_cut_or_changed_are_refused)
{
    const struct sealed_report report = full_report();
    struct sealed_report read;
    size_t length;
    uint8_t *bytes = bytes_of(&report, &length);

    CHECK(!sealed_report_parse(bytes, 0, &read));
    CHECK(!sealed_report_parse(bytes, length - 1, &read));
    bytes[length - 1] = 1; /* padding */
    CHECK(!sealed_report_parse(bytes, length, &read));
    bytes[length - 1] = 0;
    bytes[0] = 'X';
    CHECK(!sealed_report_parse(bytes, length, &read));
    bytes[0] = 'S';
    bytes[12] = 0xFF; /* a text longer than everything */
    CHECK(!sealed_report_parse(bytes, length, &read));
    free(bytes);
}

TEST(any_single_changed_byte_parses_within_its_bounds_or_not_at_all)
{
    const struct sealed_report report = full_report();
    struct sealed_report read;
    size_t length;
    uint8_t *bytes = bytes_of(&report, &length);

    for (size_t i = 0; i < 160; i++) {
        for (int bit = 0; bit < 8; bit++) {
            bytes[i] ^= (uint8_t)(1U << bit);
            if (sealed_report_parse(bytes, length, &read)) {
                CHECK(strlen(read.words) < length);
                CHECK(read.photo_count <= SEALED_PHOTOS_MAX);
            }
            bytes[i] ^= (uint8_t)(1U << bit);
        }
    }
    CHECK(sealed_report_parse(bytes, length, &read));
    free(bytes);
}

TEST(a_number_is_that_of_its_seed_and_is_read_as_people_type_it)
{
    const struct bytes piece = {(const uint8_t *)"seed", 4};
    const struct hash seed = crypto_hash_pieces(&piece, 1);
    char number[SEALED_NUMBER_BYTES], again[SEALED_NUMBER_BYTES], text[SEALED_NUMBER_TEXT_BYTES];

    sealed_number_format(&seed, number);
    sealed_number_format(&seed, again);
    CHECK_TEXT(again, number);
    sealed_number_format_text(number, text);
    CHECK_INT(strlen(text), SEALED_NUMBER_TEXT_BYTES - 2);
    REQUIRE(sealed_number_parse(text, again));
    CHECK_TEXT(again, number);
    REQUIRE(sealed_number_parse(number + 2, again)); /* without JC */
    CHECK_TEXT(again, number);
}

TEST(a_wrong_digit_and_a_ticket_number_are_not_case_numbers)
{
    const struct bytes piece = {(const uint8_t *)"seed", 4};
    const struct hash seed = crypto_hash_pieces(&piece, 1);
    char number[SEALED_NUMBER_BYTES], read[SEALED_NUMBER_BYTES];

    sealed_number_format(&seed, number);
    for (size_t i = 2; i < sizeof number - 1; i++) {
        char wrong[SEALED_NUMBER_BYTES];
        memcpy(wrong, number, sizeof wrong);
        wrong[i] = (char)('0' + (wrong[i] - '0' + 1) % 10);
        CHECK(!sealed_number_parse(wrong, read));
    }
    CHECK(!sealed_number_parse("SN261123-04172656", read));
    CHECK(!sealed_number_parse("", read));
    CHECK(!sealed_number_parse("JC", read));
}
