/*
 * What the store tests stand on: a database of their own with schema, regulation, organisation, keys and catalog, dropped
 * when the program ends; and the few moves of a ticket's life, made through decide, apply and the store.
 */
#ifndef TESTS_STORE_STAND_H
#define TESTS_STORE_STAND_H

#include "base/secrets.h"
#include "store/clerk_store.h"
#include "store/figure_store.h"
#include "store/setup.h"
#include "store/staff_store.h"
#include "store/ticket_store.h"

#define STAND_PASSWORD "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define STAND_START ((struct instant){INT64_C(1795392000000)}) /* 2026-11-23 00:00 UTC */

struct stand {
    struct settings settings;
    struct secrets secrets;
    struct db *db; /* the owner, on the database */
    struct catalog catalog;
    struct arena arena;
    struct instant now; /* the tests' clock */
    struct fault fault;
};

/* A database with everything in it; ends the program when it cannot be made. Dropped at exit. */
struct stand *stand_open(const char *name);
/* A second handle on the same database, as the owner or as a program's account. Close with db_close(). */
struct db *stand_connect(const struct stand *stand);
struct db *stand_connect_as(struct stand *stand, const char *program);
/* Makes all accounts with STAND_PASSWORD. */
void stand_make_accounts(struct stand *stand);
/* A free statement as the owner, for tampering. Ends the program when it fails. */
void stand_run(struct stand *stand, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The number that a free SELECT gives, by a connection of its own. */
int64_t stand_count(struct stand *stand, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Kills every connection to the stand's database, as a restart of the server would. */
void stand_kill_connections(struct stand *stand);
/* Moves the tests' clock on. */
void stand_pass(struct stand *stand, int64_t seconds);

struct actor stand_operator(void);
struct actor stand_ops(void);
struct actor stand_liaison(int32_t unit);
struct actor stand_group_leader(void);

/* Files a report of this category now, by the web, with a phone; loads it. key: NULL for a fresh one */
enum status stand_file(struct stand *stand, const char *category, const uint8_t *key, struct ticket_file *file);
/* The parts of it, for tests that want to see a filing fail. */
void stand_prepare_filing(struct stand *stand, const char *category, struct ticket *ticket, struct event *event,
                          struct filing *filing);
/* Decides the command now and appends it. A refusal leaves verdict and gives STATUS_REFUSED. */
enum status stand_act(struct stand *stand, struct ticket_file *file, const struct command *command, const char *words,
                      enum verdict *verdict);
struct command stand_command(enum ticket_action action, struct actor actor);
/* Dispatches to pipeline management (unit 3) and accepts there. */
enum status stand_dispatch_and_accept(struct stand *stand, struct ticket_file *file);

/* Folds, promises and steps until nothing is left to do. */
enum status stand_clerk_round(struct stand *stand, struct db *db);
/* Number of problems that verify finds; each is printed when `expects_none`. The last one is kept. */
int64_t stand_verify(struct stand *stand, bool expects_none);
const char *stand_last_problem(void);
bool stand_has_problem(const char *part);

#endif
