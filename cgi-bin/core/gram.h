/*
 * Grams: pairs of neighbouring characters, by which Chinese text is found without a dictionary. Pure.
 *
 * Full-width forms count as narrow and letters as small. Letters, digits and ideographs are the characters that count;
 * everything else stands between words, and no pair reaches over it. Runs of seven and more digits (telephones, accounts)
 * give no pairs, so that nobody finds a person by them.
 */
#ifndef CORE_GRAM_H
#define CORE_GRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/number.h"

/* Grams of one subject, sorted, each once. */
#define GRAMS_MAX 2048

struct grams {
    int64_t items[GRAMS_MAX];
    size_t count;
    bool is_full; /* what came after was left out */
};

void grams_init(struct grams *grams);

/* Adds the pairs of a text. text: valid UTF-8 */
void grams_add_text(struct grams *grams, const char *text);

/* Adds the last eight digits of a ticket's number, as people read them out. number: as number_parse gives it */
void grams_add_number(struct grams *grams, const char *number);

/* Sorts and takes away what is there twice; after the last text. */
void grams_finish(struct grams *grams);

/* The gram of eight digits. digits: exactly those */
int64_t gram_of_tail(const char *digits);
#define NUMBER_TAIL_DIGITS 8

/* A character as pairs know it: narrow and small; 0 for one that stands between words. */
uint32_t gram_character(uint32_t point);

#endif
