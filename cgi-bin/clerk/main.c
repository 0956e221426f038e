/*
 * clerk: the background program. It runs the clocks (warnings, breaches, escalations), seals the event chains, derives and
 * sends notices, applies what residents added, proposes in the assessment ledger what breaches call for, folds the public figures, and
 * clears away what is past its time.
 *
 * Security: reads and writes tickets and their personal data, holds the chain key, listens to nobody. What talks to gateways is a
 * process of its own without the chain key. Any number of clerks may run, on any hosts: every job is keyed or claimed and done
 * exactly once.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/now.h"
#include "base/version.h"
#include "clerk/copy.h"
#include "clerk/master.h"
#include "clerk/sender.h"
#include "clerk/subscribers.h"
#include "store/clerk_store.h"
#include "store/code_store.h"
#include "store/failure_store.h"
#include "store/gram_store.h"
#include "store/import_store.h"
#include "store/ladder_store.h"
#include "store/ledger_work.h"
#include "store/outage_sms_clerk.h"
#include "store/subscription_store.h"
#include "web/words.h"

enum { BATCH = 200, CODE_BATCH = 50, LADDER_BATCH = 2000, ROUNDS_MAX = 50, JOB_LEASE_SECONDS = 120, FIGURES_EVERY_SECONDS = 60,
       PURGE_EVERY_SECONDS = 3600, IMPORT_ROWS_PURGED = 1000000, BEAT_EVERY_SECONDS = 30, PAUSE_LEAST_MILLISECONDS = 200 };
enum { SENDER_WAIT_MILLISECONDS = 1000, SENDER_PATIENCE_SECONDS = 10 };
#define ARENA_LIMIT_BYTES ((size_t)256 << 20)

struct clerk {
    struct settings settings;
    struct secrets secrets;
    struct catalog catalog;
    struct db *db;
    struct arena arena; /* of one job */
    struct instant figures_at, copied_at, purged_at;
    bool is_figures_stale;
    struct heartbeat heartbeat;
    int64_t beaten_at_milliseconds; /* monotonic: a clock that is set must not look like a silence */
};

/* Runs one batch job again and again while it finds full batches, so that a backlog does not wait for the next round. */
typedef enum status (*batch_job)(struct clerk *clerk, struct instant now, int *done, struct fault *fault);

static enum status fire_steps(struct clerk *clerk, struct instant now, int *done, struct fault *fault)
{
    return clerk_store_fire_steps(clerk->db, &clerk->catalog, now, BATCH, &clerk->arena, done, fault);
}

static enum status walk_ladder(struct clerk *clerk, struct instant now, int *done, struct fault *fault)
{
    return ladder_store_walk(clerk->db, &clerk->catalog, now, LADDER_BATCH, &clerk->arena, done, fault);
}

static enum status apply_inputs(struct clerk *clerk, struct instant now, int *done, struct fault *fault)
{
    return clerk_store_apply_inputs(clerk->db, &clerk->catalog, now, BATCH, &clerk->arena, done, fault);
}

static enum status fold_dirty(struct clerk *clerk, struct instant now, int *done, struct fault *fault)
{
    enum status status = clerk_store_fold_dirty(clerk->db, &clerk->catalog, &clerk->secrets, &clerk->settings, now,
                                                BATCH, &clerk->arena, done, fault);
    if (*done > 0)
        clerk->is_figures_stale = true;
    return status;
}

static enum status keep_ledger(struct clerk *clerk, struct instant now, int *done, struct fault *fault)
{
    return ledger_work(clerk->db, now, BATCH, &clerk->arena, done, fault);
}

static enum status answer_codes(struct clerk *clerk, struct instant now, int *done, struct fault *fault)
{
    return code_store_answer(clerk->db, now, CODE_BATCH, &clerk->arena, done, fault);
}

static struct subscribers subscribers_of(struct clerk *clerk)
{
    return (struct subscribers){clerk->db, &clerk->catalog, &clerk->settings, &clerk->arena};
}

static enum status apply_subscriptions(struct clerk *clerk, struct instant now, int *done, struct fault *fault)
{
    return subscription_store_apply(clerk->db, clerk->settings.subscription_days, BATCH, now, &clerk->arena, done, fault);
}

static enum status tell_subscribers(struct clerk *clerk, struct instant now, int *done, struct fault *fault)
{
    const struct subscribers subscribers = subscribers_of(clerk);

    return subscribers_tell(&subscribers, now, done, fault);
}

static enum status fill_batches(struct clerk *clerk, struct instant now, int *done, struct fault *fault)
{
    return outage_sms_clerk_fill(clerk->db, now, &clerk->arena, done, fault);
}

static enum status end_batches(struct clerk *clerk, struct instant now, int *done, struct fault *fault)
{
    const struct subscribers subscribers = subscribers_of(clerk);

    return subscribers_end(&subscribers, now, done, fault);
}

/* Clocks go before everything else: a long round of other work looks after them between its batches. */
static enum status fire_now(struct clerk *clerk, struct fault *fault)
{
    enum status status = STATUS_OK;

    for (int done = 1; status == STATUS_OK && done > 0 && !master_is_stopping();) {
        arena_reset(&clerk->arena);
        status = fire_steps(clerk, now_instant(), &done, fault);
    }
    return status;
}

static enum status run_batches(struct clerk *clerk, batch_job job, const char *name, struct fault *fault)
{
    int total = 0;
    for (int round = 0; round < ROUNDS_MAX && !master_is_stopping(); round++) {
        int done = 0;
        enum status status = round > 0 && job != fire_steps ? fire_now(clerk, fault) : STATUS_OK;
        arena_reset(&clerk->arena);
        if (status == STATUS_OK)
            status = job(clerk, now_instant(), &done, fault);
        total += done;
        if (status != STATUS_OK)
            return status;
        if (done == 0)
            break;
    }
    if (total > 0)
        log_write(LOG_LEVEL_INFO, "job name=%s done=%d", name, total);
    return STATUS_OK;
}

/* The public figures, at once when something changed and every minute anyway: running clocks pass their due time. */
static enum status fold_figures(struct clerk *clerk, struct instant now, struct fault *fault)
{
    bool has_it;
    bool is_due = !instant_is_set(clerk->figures_at) ||
                  instant_milliseconds_between(clerk->figures_at, now) >= (int64_t)FIGURES_EVERY_SECONDS * 1000 ||
                  instant_is_before(now, clerk->figures_at);
    if (!is_due && !clerk->is_figures_stale)
        return STATUS_OK;
    enum status status = clerk_store_claim_job(clerk->db, "promises", JOB_LEASE_SECONDS, now, &has_it, fault);
    if (status != STATUS_OK || !has_it)
        return status;
    arena_reset(&clerk->arena);
    status = clerk_store_fold_promises(clerk->db, &clerk->catalog, &clerk->settings, now, &clerk->arena, fault);
    if (status == STATUS_OK) {
        clerk->figures_at = now;
        clerk->is_figures_stale = false;
    }
    return status;
}

/* After the figures: what the web server shows when nothing else answers. One that cannot be kept stops nothing. */
static void keep_copies(struct clerk *clerk, struct instant now)
{
    struct fault fault;
    int kept;

    if (!instant_is_set(clerk->figures_at) || (instant_is_set(clerk->copied_at) && !instant_is_before(clerk->copied_at, clerk->figures_at)))
        return;
    if (instant_is_set(clerk->copied_at) &&
        instant_milliseconds_between(clerk->copied_at, now) < (int64_t)FIGURES_EVERY_SECONDS * 1000)
        return;
    fault_reset(&fault);
    const enum status status = copy_keep(&clerk->settings, &kept, &fault);
    if (status != STATUS_OK)
        log_fault(status, &fault);
    if (kept > 0)
        clerk->copied_at = now;
}

/* Once an hour: clears away, and closes the day before with its digest (which does nothing the second time). */
static enum status keep_house(struct clerk *clerk, struct instant now, struct fault *fault)
{
    if (instant_is_set(clerk->purged_at) && !instant_is_before(now, clerk->purged_at) &&
        instant_milliseconds_between(clerk->purged_at, now) < (int64_t)PURGE_EVERY_SECONDS * 1000)
        return STATUS_OK;
    bool is_done;
    enum status status = clerk_store_purge(clerk->db, &clerk->settings, now, fault);
    if (status == STATUS_OK)
        status = import_store_purge(clerk->db, now, IMPORT_ROWS_PURGED, &is_done, fault);
    if (status == STATUS_OK)
        status = outage_sms_clerk_purge(clerk->db, instant_add_seconds(now, -(int64_t)clerk->settings.sms_kept_days * DAY_SECONDS),
                                        now, fault);
    if (status == STATUS_OK) {
        struct day yesterday = day_of(now, clerk->settings.utc_offset_minutes);
        yesterday.number -= 1;
        status = clerk_store_digest_day(clerk->db, &clerk->secrets, yesterday, now, fault);
    }
    if (status == STATUS_OK)
        clerk->purged_at = now;
    return status;
}

static enum status announce_failures(struct clerk *clerk, struct instant now, int *done, struct fault *fault)
{
    return failure_store_announce(clerk->db, now, BATCH, &clerk->arena, done, fault);
}

/* Twice a minute: this clerk lives. After a start or a pause it looks whether the whole system was away (Art. 15). */
static enum status beat(struct clerk *clerk, struct instant now, struct fault *fault)
{
    const int64_t monotonic = now_monotonic_milliseconds();
    const int64_t since_ms = monotonic - clerk->beaten_at_milliseconds;
    const bool is_first = clerk->heartbeat.id == 0;
    bool is_proposed = false;

    if (!is_first && since_ms < (int64_t)BEAT_EVERY_SECONDS * 1000)
        return STATUS_OK;
    const bool may_have_been_away = is_first || since_ms > (int64_t)FAILURE_SILENCE_SECONDS * 1000;
    const enum status status =
        heartbeat_store_beat(clerk->db, &clerk->heartbeat, may_have_been_away, now, &is_proposed, fault);
    if (status == STATUS_OK)
        clerk->beaten_at_milliseconds = monotonic;
    if (is_proposed)
        log_write(LOG_LEVEL_WARNING, "silence_proposed until=%lld", (long long)now.milliseconds);
    return status;
}

/* Tickets from before the search had an index: one slice a round, so that clocks do not wait for them. */
static enum status fill_grams(struct clerk *clerk, struct instant now, struct fault *fault)
{
    int done = 0;

    arena_reset(&clerk->arena);
    const enum status status = gram_store_fill(clerk->db, now, BATCH, &clerk->arena, &done, fault);
    if (done > 0)
        log_write(LOG_LEVEL_INFO, "job name=grams done=%d", done);
    return status;
}

/* One round over all jobs but sending. A notice is derived when its event is folded. */
static enum status run_round(struct clerk *clerk, struct fault *fault)
{
    static const struct {
        batch_job job;
        const char *name;
    } jobs[] = {
        {walk_ladder, "walk_ladder"}, {fire_steps, "fire_steps"},        {apply_inputs, "apply_inputs"},
        {fold_dirty, "fold"},         {announce_failures, "announce"}, {answer_codes, "codes"},
        {apply_subscriptions, "subscriptions"}, {tell_subscribers, "subscribers"}, {fill_batches, "sms_fill"},
        {end_batches, "sms_end"}, {keep_ledger, "ledger"}};

    enum status status = catalog_refresh(&clerk->catalog, clerk->db, &clerk->settings, fault);
    if (status == STATUS_OK)
        status = beat(clerk, now_instant(), fault);
    for (size_t i = 0; status == STATUS_OK && i < sizeof jobs / sizeof jobs[0] && !master_is_stopping(); i++)
        status = run_batches(clerk, jobs[i].job, jobs[i].name, fault);
    if (status == STATUS_OK && !master_is_stopping())
        status = fold_figures(clerk, now_instant(), fault);
    if (status == STATUS_OK && !master_is_stopping())
        keep_copies(clerk, now_instant());
    if (status == STATUS_OK && !master_is_stopping())
        status = keep_house(clerk, now_instant(), fault);
    if (status == STATUS_OK && !master_is_stopping())
        status = fill_grams(clerk, now_instant(), fault);
    return status;
}

/*
 * Milliseconds until the next round: the interval, or less where a clock runs out before, so that whoever is told by it is told
 * at once. Never so little that many clocks due in one second make as many rounds.
 */
static int64_t pause_milliseconds(struct clerk *clerk)
{
    const int64_t interval = (int64_t)clerk->settings.clerk_interval_seconds * 1000;
    struct instant at;
    struct fault ignored = {0};

    arena_reset(&clerk->arena);
    if (clerk_store_next_step_at(clerk->db, &clerk->arena, &at, &ignored) != STATUS_OK || !instant_is_set(at))
        return interval;
    const int64_t until = instant_milliseconds_between(now_instant(), at);
    if (until <= 0 || until >= interval) /* past: this round could not fire it, and the next one may */
        return interval;
    return until < PAUSE_LEAST_MILLISECONDS ? PAUSE_LEAST_MILLISECONDS : until;
}

static void clerk_close(struct clerk *clerk)
{
    db_close(clerk->db);
    catalog_release(&clerk->catalog);
    arena_release(&clerk->arena);
    words_close();
    secrets_wipe(&clerk->secrets);
}

/* The process that runs the clocks. */
static int work_on_clocks(void *context)
{
    struct clerk *clerk = context;

    while (!master_is_stopping()) {
        struct fault fault;
        fault_reset(&fault);
        const enum status status = run_round(clerk, &fault);
        if (status != STATUS_OK)
            log_fault(status, &fault);
        master_pause((int)pause_milliseconds(clerk));
    }
    clerk_close(clerk);
    return EXIT_SUCCESS;
}

/* --- sending ------------------------------------------------------------------------------------------------------ */

static void sender_init(struct sender *sender, struct clerk *clerk)
{
    *sender = (struct sender){.db = clerk->db,
                              .catalog = &clerk->catalog,
                              .settings = &clerk->settings,
                              .secrets = &clerk->secrets,
                              .arena = &clerk->arena};
}

/* Passes until there is nothing to do, or nothing more may be begun and all under way is over. */
static enum status send_until(struct sender *sender, struct clerk *clerk, bool is_once, struct fault *fault)
{
    enum status status = STATUS_OK;
    int done = 1;

    while (status == STATUS_OK && (done > 0 || sender_is_busy(sender) || (!is_once && !master_is_stopping()))) {
        const bool may_start = !master_is_stopping();
        status = catalog_refresh(&clerk->catalog, clerk->db, &clerk->settings, fault);
        if (status == STATUS_OK)
            status = sender_pass(sender, may_start, is_once && !sender_is_busy(sender) ? 0 : SENDER_WAIT_MILLISECONDS, &done,
                                 fault);
        if (!may_start)
            done = 0;
    }
    return status;
}

/* The process that sends. It seals nothing, and does not keep the key for it. */
static int work_on_notices(void *context)
{
    struct clerk *clerk = context;
    static struct sender sender;
    struct fault fault;

    fault_reset(&fault);
    memset(&clerk->secrets.key[SECRET_CHAIN], 0, sizeof clerk->secrets.key[SECRET_CHAIN]);
    clerk->secrets.has[SECRET_CHAIN] = false;
    sender_init(&sender, clerk);
    enum status status = sender_open(&sender, &fault);
    if (status != STATUS_OK)
        log_fault(status, &fault);
    while (sender.gateway != NULL && (!master_is_stopping() || sender_is_busy(&sender))) {
        fault_reset(&fault);
        status = send_until(&sender, clerk, false, &fault);
        if (status == STATUS_OK)
            continue;
        log_fault(status, &fault);
        if (master_is_stopping()) /* what cannot be marked now goes out again, under the same id */
            break;
        master_pause(SENDER_WAIT_MILLISECONDS);
    }
    sender_close(&sender);
    clerk_close(clerk);
    return status == STATUS_OK || master_is_stopping() ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* One round of everything in this process. */
static int work_once(struct clerk *clerk)
{
    static struct sender sender;
    struct fault fault;

    master_take_signals();
    fault_reset(&fault);
    sender_init(&sender, clerk);
    enum status status = run_round(clerk, &fault);
    if (status == STATUS_OK)
        status = sender_open(&sender, &fault);
    if (status == STATUS_OK)
        status = send_until(&sender, clerk, true, &fault);
    if (status != STATUS_OK)
        log_fault(status, &fault);
    sender_close(&sender);
    return status == STATUS_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int work(struct clerk *clerk)
{
    const struct master_part parts[] = {{"clocks", work_on_clocks, clerk}, {"sender", work_on_notices, clerk}};

    return master_run(parts, 2, clerk->settings.gateway_timeout_seconds + SENDER_PATIENCE_SECONDS);
}

static int usage(FILE *out, int code)
{
    fputs("usage: clerk [--settings FILE] [--once] [--check-config] [--version] [--help]\n"
          "Runs the clocks, notices and figures of Shuinuo until it is told to stop.\n",
          out);
    return code;
}

/* Everything that must be right before the first round. */
static enum status clerk_open(struct clerk *clerk, const char *settings_path, struct fault *fault)
{
    settings_init(&clerk->settings);
    enum status status = settings_read(&clerk->settings, settings_path, fault);
    if (status == STATUS_OK)
        status = secrets_read(&clerk->secrets, &clerk->settings, "clerk", fault);
    if (status == STATUS_OK)
        status = words_open(clerk->settings.template_dir, fault);
    if (status != STATUS_OK)
        return status;
    log_open("clerk", (enum log_level)clerk->settings.log_level);
    now_use_offset_file(clerk->settings.time_offset_file);
    arena_init(&clerk->arena, ARENA_LIMIT_BYTES);
    clerk->figures_at = INSTANT_NONE;
    clerk->copied_at = INSTANT_NONE;
    clerk->purged_at = INSTANT_NONE;
    clerk->db = db_open(&clerk->settings, &clerk->secrets, "shuinuo_clerk");
    return STATUS_OK;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {{"settings", required_argument, NULL, 's'},
                                            {"once", no_argument, NULL, 'o'},
                                            {"check-config", no_argument, NULL, 'c'},
                                            {"version", no_argument, NULL, 'v'},
                                            {"help", no_argument, NULL, 'h'},
                                            {NULL, 0, NULL, 0}};
    static struct clerk clerk;
    const char *settings_path = "/etc/shuinuo/shuinuo.hdf";
    bool is_once = false, is_check = false;
    struct fault fault;
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        switch (option) {
        case 's': settings_path = optarg; break;
        case 'o': is_once = true; break;
        case 'c': is_check = true; break;
        case 'v':
            printf("clerk %s (%s), schema %d to %d\n", version_text, version_commit, SCHEMA_VERSION_LEAST, SCHEMA_VERSION);
            return EXIT_SUCCESS;
        case 'h': return usage(stdout, EXIT_SUCCESS);
        case '?':
        default: return usage(stderr, EXIT_FAILURE);
        }
    }
    if (optind != argc)
        return usage(stderr, EXIT_FAILURE);

    crypto_start();
    log_open("clerk", LOG_LEVEL_INFO);
    fault_reset(&fault);
    enum status status = clerk_open(&clerk, settings_path, &fault);
    if (status == STATUS_OK && is_check)
        status = db_check(clerk.db, &fault);
    if (status == STATUS_OK)
        status = gateway_check(&clerk.settings, &fault);
    if (status != STATUS_OK) {
        log_fault(status, &fault);
        return EXIT_FAILURE;
    }
    int code = EXIT_SUCCESS;
    if (is_check)
        puts("ok");
    else
        code = is_once ? work_once(&clerk) : work(&clerk);
    clerk_close(&clerk);
    return code;
}
