/*
 * What the pages of the register of customers share: places, master meters, households, imports. Rights: core/register_keep.h.
 */
#ifndef SUPPLY_REGISTER_H
#define SUPPLY_REGISTER_H

#include "core/register_keep.h"
#include "store/place_store.h"
#include "supply/supply.h"

/* Whether the actor may do this with the register. */
bool register_may(const struct request *request, enum register_task task);
/* Who writes now, by this form; false when it has no key. */
bool register_writer_of(const struct request *request, struct register_writer *writer) MUST_USE;
/* History.N.* of a subject. */
enum status register_show_history(struct view *page, struct request *request, const struct register_subject *subject) MUST_USE;
/* One of the places of a table. */
void register_show_place(struct view *view, const struct request *request, const struct place_entry *entry);

enum status supply_get_places(struct request *request, struct response *response);
enum status supply_get_place(struct request *request, struct response *response);
enum status supply_post_place(struct request *request, struct response *response);
enum status supply_get_place_new(struct request *request, struct response *response);
enum status supply_post_place_new(struct request *request, struct response *response);
enum status supply_get_meter(struct request *request, struct response *response);
enum status supply_post_meter(struct request *request, struct response *response);
enum status supply_get_meter_new(struct request *request, struct response *response);
enum status supply_post_meter_new(struct request *request, struct response *response);
enum status supply_get_customers(struct request *request, struct response *response);
enum status supply_post_customers(struct request *request, struct response *response);
enum status supply_get_household(struct request *request, struct response *response);
enum status supply_post_household_open(struct request *request, struct response *response);
enum status supply_post_household_phone(struct request *request, struct response *response);
enum status supply_get_import(struct request *request, struct response *response);
enum status supply_post_import(struct request *request, struct response *response);
enum status supply_get_import_check(struct request *request, struct response *response);
enum status supply_post_import_check(struct request *request, struct response *response);
enum status supply_get_import_lines(struct request *request, struct response *response);

#endif
