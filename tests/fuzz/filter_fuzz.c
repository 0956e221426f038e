/*
 * Strangers' lines through core/filter: whatever is accepted is written in one way and reads as the same filter again, and
 * a telephone never stands in what is written.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "../unit/filter_words.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_written(const struct filter *filter, bool is_shown)
{
    struct filter again;
    struct filter_clear clear;
    struct filter_error error;
    char line[FILTER_LINE_BYTES], twice[FILTER_LINE_BYTES];

    filter_format(filter, &FILTER_TEST_VOCABULARY, is_shown, line);
    assert(filter_parse(line, &FILTER_TEST_VOCABULARY, is_shown ? filter : NULL, &again, &clear, &error));
    assert(clear.phone[0] == '\0' && clear.account[0] == '\0');
    assert(filter_is_equal(filter, &again));
    filter_format(&again, &FILTER_TEST_VOCABULARY, is_shown, twice);
    assert(strcmp(line, twice) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct filter filter;
    struct filter_clear clear;
    struct filter_error error;
    char line[3000];

    if (size >= sizeof line || !text_is_utf8((const char *)data, size))
        return 0;
    memcpy(line, data, size);
    line[size] = '\0';
    text_tidy_line(line);
    if (text_has_controls(line))
        return 0;
    if (!filter_parse(line, &FILTER_TEST_VOCABULARY, NULL, &filter, &clear, &error)) {
        assert(error.problem != FILTER_OK && filter_is_empty(&filter));
        assert(text_is_utf8(error.word, strlen(error.word)));
        return 0;
    }
    assert(filter.term_count <= FILTER_TERMS_MAX);
    for (size_t i = 0; i < filter.term_count; i++)
        assert(text_count_characters(filter.terms[i]) >= 2);
    check_written(&filter, false);
    check_written(&filter, true);
    return 0;
}
