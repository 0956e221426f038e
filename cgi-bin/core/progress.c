#include "core/progress.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "core/codec.h"

/*
 * A version byte, number of steps, number of clocks, the steps, the clocks. A step: seq, action, decision, unit, moment, one
 * byte that says whether a second moment follows, that moment, the length of the words, the words with a NUL behind them.
 */
enum {
    PROGRESS_VERSION = 1,
    HEAD_BYTES_MAX = 1 + 2 * CODEC_NUMBER_BYTES_MAX,
    STEP_BYTES_MAX = 7 * CODEC_NUMBER_BYTES_MAX + 1 + 1, /* besides the words */
    WORDS_BYTES_MAX = 4 * PROGRESS_WORDS_CHARACTERS,
};

/* ---- what is told of a step */

const char *public_step_name(const struct public_step *step)
{
    switch (step->action) {
    case ACTION_DECIDE_EXTENSION:
        return step->decision == DECISION_GRANT ? "extension" : NULL;
    case ACTION_REVIEW:
        return step->decision == DECISION_REFUSE ? "redo" : NULL;
    case ACTION_RECLASSIFY:
    case ACTION_DISPATCH:
    case ACTION_ACCEPT:
    case ACTION_ARRIVE:
    case ACTION_CONTACT:
    case ACTION_REPAIR:
    case ACTION_FINISH:
    case ACTION_FOLLOW_UP:
    case ACTION_CLOSE:
    case ACTION_REOPEN:
    case ACTION_MERGE:
    case ACTION_UNMERGE:
    case ACTION_STOP_WITH_PARENT:
    case ACTION_NOT_OURS:
    case ACTION_WITHDRAW:
    case ACTION_EXCUSE:
    case ACTION_NOTE:
    case ACTION_ADD_WORDS:
    case ACTION_URGE:
    case ACTION_RATE:
    case ACTION_SAY_NOT_FIXED:
    case ACTION_MOVE_APPOINTMENT:
        return ticket_action_name(step->action);
    case ACTION_NONE:
    case ACTION_REPORT:
    case ACTION_GRADE:
    case ACTION_SET_LIMIT:
    case ACTION_RECORD_FACTS:
    case ACTION_DISPATCH_ASSIST:
    case ACTION_RECALL:
    case ACTION_OBJECT:
    case ACTION_DECIDE_OBJECTION:
    case ACTION_ASK_EXTENSION:
    case ACTION_RECORD_FORMALITIES:
    case ACTION_RECORD_LIABILITY:
    case ACTION_ESCALATE_UNIT:
    case ACTION_ESCALATE_GROUP:
    case ACTION_ACKNOWLEDGE:
    case ACTION_FAILED_CALL:
    case ACTION_HAND_TO_DISCIPLINE:
    case ACTION_FOLLOW_PARENT:
    case ACTION_LINK_REPEAT:
    case ACTION_RECORD_PLAN:
    case TICKET_ACTION__COUNT:
        break;
    }
    return NULL;
}

bool public_action_is_own(enum ticket_action action)
{
    return action >= ACTION_ADD_WORDS || action == ACTION_WITHDRAW;
}

bool public_action_is_of_matter(enum ticket_action action)
{
    return !public_action_is_own(action) && action != ACTION_CONTACT && action != ACTION_FOLLOW_UP && action != ACTION_NOTE;
}

/* ---- writing */

/* The first step that is written. */
static size_t first_step(const struct progress *progress)
{
    return progress->step_count > PROGRESS_STEPS_MAX ? progress->step_count - PROGRESS_STEPS_MAX : 0;
}

size_t progress_room(const struct progress *progress)
{
    size_t room = HEAD_BYTES_MAX + progress->clock_count * CODEC_CLOCK_BYTES_MAX;

    for (size_t i = first_step(progress); i < progress->step_count; i++)
        room += STEP_BYTES_MAX + text_prefix_bytes(progress->steps[i].words, PROGRESS_WORDS_CHARACTERS);
    return room;
}

static void write_step(struct codec_writer *writer, const struct public_step *step)
{
    size_t words_length = text_prefix_bytes(step->words, PROGRESS_WORDS_CHARACTERS);

    assert(instant_is_set(step->occurred_at));
    codec_write_number(writer, step->seq);
    codec_write_number(writer, (int64_t)step->action);
    codec_write_number(writer, (int64_t)step->decision);
    codec_write_number(writer, step->unit.v);
    codec_write_instant(writer, step->occurred_at);
    codec_write_byte(writer, instant_is_set(step->at_value));
    codec_write_instant(writer, step->at_value);
    codec_write_number(writer, (int64_t)words_length);
    codec_write_bytes(writer, step->words, words_length);
    codec_write_byte(writer, 0);
}

size_t progress_format(const struct progress *progress, uint8_t *bytes, size_t capacity)
{
    struct codec_writer writer = {bytes, capacity, 0};
    size_t first = first_step(progress);

    assert(progress->clock_count <= PROGRESS_CLOCKS_MAX);
    codec_write_byte(&writer, PROGRESS_VERSION);
    codec_write_number(&writer, (int64_t)(progress->step_count - first));
    codec_write_number(&writer, (int64_t)progress->clock_count);
    for (size_t i = first; i < progress->step_count; i++)
        write_step(&writer, &progress->steps[i]);
    for (size_t i = 0; i < progress->clock_count; i++)
        codec_write_clock(&writer, &progress->clocks[i]);
    return writer.length;
}

/* ---- reading */

static void read_head(struct codec_reader *reader, size_t *step_count, size_t *clock_count)
{
    if (codec_read_byte(reader) != PROGRESS_VERSION)
        reader->is_bad = true;
    *step_count = (size_t)codec_read_number_within(reader, 0, PROGRESS_STEPS_MAX);
    *clock_count = (size_t)codec_read_number_within(reader, 0, PROGRESS_CLOCKS_MAX);
}

bool progress_count(const uint8_t *bytes, size_t length, size_t *step_count, size_t *clock_count)
{
    struct codec_reader reader = {bytes, length, 0, false};

    read_head(&reader, step_count, clock_count);
    return !reader.is_bad;
}

/* The words stay where they are: the NUL behind them ends them. */
static const char *read_words(struct codec_reader *reader)
{
    size_t length = (size_t)codec_read_number_within(reader, 0, WORDS_BYTES_MAX);
    const char *words = (const char *)reader->bytes + reader->at;

    if (reader->is_bad || reader->length - reader->at <= length || words[length] != '\0' ||
        !text_is_utf8(words, length) || text_prefix_bytes(words, PROGRESS_WORDS_CHARACTERS) != length) {
        reader->is_bad = true;
        return "";
    }
    reader->at += length + 1;
    return words;
}

static void read_step(struct codec_reader *reader, struct public_step *step)
{
    step->seq = (uint32_t)codec_read_number_within(reader, 0, UINT32_MAX);
    step->action = (enum ticket_action)codec_read_enum(reader, TICKET_ACTION__COUNT);
    step->decision = (enum decision)codec_read_enum(reader, DECISION__COUNT);
    step->unit.v = codec_read_int(reader);
    step->occurred_at = codec_read_instant(reader, true);
    unsigned has_value = codec_read_byte(reader);
    if (has_value > 1)
        reader->is_bad = true;
    step->at_value = codec_read_instant(reader, has_value == 1);
    step->words = read_words(reader);
}

bool progress_parse(const uint8_t *bytes, size_t length, struct public_step *steps, struct clock *clocks)
{
    struct codec_reader reader = {bytes, length, 0, false};
    size_t step_count, clock_count;

    read_head(&reader, &step_count, &clock_count);
    for (size_t i = 0; i < step_count && !reader.is_bad; i++)
        read_step(&reader, &steps[i]);
    for (size_t i = 0; i < clock_count && !reader.is_bad; i++) {
        clocks[i] = (struct clock){.no = 0};
        codec_read_clock(&reader, &clocks[i]);
    }
    return !reader.is_bad && reader.at == length;
}
