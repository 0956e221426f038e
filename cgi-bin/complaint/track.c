#include "complaint/track.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"

#define TRACK_BYTES_MAX 8192 /* longer histories are read each time */

static struct track *find(struct tracks *tracks, struct ticket_id ticket)
{
    for (size_t i = 0; i < TRACKS_MAX; i++)
        if (tracks->rows[i].ticket.v == ticket.v)
            return &tracks->rows[i];
    return NULL;
}

static struct track *least_used(struct tracks *tracks)
{
    struct track *found = &tracks->rows[0];

    for (size_t i = 1; i < TRACKS_MAX; i++)
        if (tracks->rows[i].used_at < found->used_at)
            found = &tracks->rows[i];
    return found;
}

static void forget(struct track *track)
{
    free(track->memory);
    *track = (struct track){.memory = NULL};
}

/* Clocks first, then steps, then the steps' words: each is aligned where the one before it ends. */
static size_t bytes_needed(const struct public_file *file)
{
    size_t needed = file->clock_count * sizeof *file->clocks + file->step_count * sizeof *file->steps;

    for (size_t i = 0; i < file->step_count; i++)
        needed += strlen(file->steps[i].words) + 1;
    return needed;
}

_Static_assert(sizeof(struct clock) % _Alignof(struct public_step) == 0, "steps follow clocks without a gap");

static void copy(struct track *track, const struct public_file *file)
{
    size_t clock_bytes = file->clock_count * sizeof *file->clocks;
    size_t step_bytes = file->step_count * sizeof *file->steps;
    char *words;

    track->clocks = track->memory;
    track->steps = (void *)((char *)track->memory + clock_bytes);
    words = (char *)track->memory + clock_bytes + step_bytes;
    memcpy(track->clocks, file->clocks, clock_bytes);
    memcpy(track->steps, file->steps, step_bytes);
    for (size_t i = 0; i < file->step_count; i++) {
        size_t length = strlen(file->steps[i].words) + 1;
        track->steps[i].words = memcpy(words, file->steps[i].words, length);
        words += length;
    }
    track->clock_count = file->clock_count;
    track->step_count = file->step_count;
}

static void keep(struct tracks *tracks, const struct public_file *file)
{
    struct track *track = find(tracks, file->ticket.id);
    size_t needed = bytes_needed(file);

    if (track == NULL)
        track = least_used(tracks);
    forget(track);
    if (needed == 0 || needed > TRACK_BYTES_MAX)
        return;
    track->memory = malloc(needed);
    if (track->memory == NULL)
        log_die("out_of_memory asked_bytes=%zu", needed);
    copy(track, file);
    track->ticket = file->ticket.id;
    track->version = file->ticket.version;
    track->used_at = ++tracks->use_count;
}

enum status track_load(struct db *db, struct tracks *tracks, const char *number, bool with_inputs, struct arena *arena,
                       struct public_file *file, struct fault *fault)
{
    if (with_inputs)
        return public_store_load(db, number, arena, file, fault);
    *file = (struct public_file){.step_count = 0};
    enum status status = public_store_find(db, number, arena, &file->ticket, fault);
    if (status != STATUS_OK)
        return status;
    struct track *track = find(tracks, file->ticket.id);
    if (track == NULL || track->version != file->ticket.version) {
        status = public_store_load(db, number, arena, file, fault);
        if (status == STATUS_OK)
            keep(tracks, file);
        return status;
    }
    track->used_at = ++tracks->use_count;
    file->steps = track->steps;
    file->clocks = track->clocks;
    file->step_count = track->step_count;
    file->clock_count = track->clock_count;
    return STATUS_OK;
}

void tracks_release(struct tracks *tracks)
{
    for (size_t i = 0; i < TRACKS_MAX; i++)
        forget(&tracks->rows[i]);
}
