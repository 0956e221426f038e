/*
 * Making and upgrading the database: schema files, regulation rows, accounts and grants. Only the administrator's
 * command uses it, as the database's owner.
 */
#ifndef STORE_SETUP_H
#define STORE_SETUP_H

#include "store/db.h"

/* Creates the database if absent (utf8mb4). */
enum status setup_create_database(struct db *owner, const struct settings *settings, struct fault *fault) MUST_USE;
/* Applies the numbered files of schema_dir that are not applied yet; refuses when an applied file's checksum changed. */
enum status setup_migrate(struct db *owner, const struct settings *settings, struct instant now, int *applied,
                          struct fault *fault) MUST_USE;
/* Loads schema_dir/regulation.sql when the rule table is empty. Idempotent. */
enum status setup_load_regulation(struct db *owner, const struct settings *settings, struct fault *fault) MUST_USE;
/*
 * Loads schema_dir/organisation.sql (the units that the regulation names, and the routing) when the unit table is empty.
 */
enum status setup_load_organisation(struct db *owner, const struct settings *settings, struct fault *fault) MUST_USE;
/* Loads schema_dir/texts.sql (procedures and explanations for the public) when there are no texts. */
enum status setup_load_texts(struct db *owner, const struct settings *settings, struct fault *fault) MUST_USE;
/* Runs one file below schema_dir ("sample/town.sql"), statement by statement, in one transaction. */
enum status setup_run_file(struct db *owner, const struct settings *settings, const char *name,
                           struct fault *fault) MUST_USE;
/* Runs schema_dir/accounts.sql: accounts "shuinuo_PROGRAM" with their grants only; ${DATABASE} and ${PASSWORD_PROGRAM} are
 * replaced there (hex passwords, so nothing can break out). Idempotent; grants that are not in the file are revoked. */
enum status setup_accounts(struct db *owner, const struct settings *settings, const char *program,
                           const char *password_hex, struct fault *fault) MUST_USE;

#endif
