/*
 * An unfinished filing. Its id stands in the URL; what is in it is boxed with a key made of the visitor's cookie and the
 * id, so that neither the URL nor the database alone gives it away.
 */
#ifndef COMPLAINT_DRAFT_H
#define COMPLAINT_DRAFT_H

#include "complaint/complaint.h"

#define DRAFT_ID_BYTES 16
#define DRAFT_ID_TEXT_BYTES (2 * DRAFT_ID_BYTES + 1)
#define PLACE_CHARACTERS_MAX 100
#define ADDRESS_CHARACTERS_MAX 60
#define WORDS_CHARACTERS_MAX 500
#define NAME_CHARACTERS_MAX 20

/* When the resident noticed it; told to staff in words. */
enum noticed { NOTICED_NONE, NOTICED_NOW, NOTICED_TODAY, NOTICED_YESTERDAY, NOTICED_EARLIER, NOTICED__COUNT };

/* Texts are tidied and checked, "" where not given; they live in the request's arena. */
struct draft {
    uint8_t id[DRAFT_ID_BYTES];
    char id_text[DRAFT_ID_TEXT_BYTES];
    enum category_group group;
    enum noticed noticed;
    bool is_contact_given; /* the third step was passed, whether or not anything was filled in */
    const char *category;  /* code; "" until the second step was passed */
    const char *place;
    const char *address; /* door and room */
    const char *account; /* digits */
    const char *words;
    const char *phone; /* digits */
    const char *name;
    int photo_count; /* staged under draft_token; known after loading */
};

/* "now", "today", … ; "" for NOTICED_NONE. */
const char *noticed_name(enum noticed noticed);
enum noticed noticed_find(const char *name);

/* An empty draft with a fresh id. */
void draft_init(struct draft *draft);

/*
 * The draft whose id stands in the field `d` of the query. STATUS_ABSENT: the id is none, or nothing is stored under it for
 * this visitor; `has_id` then says whether the draft could be begun anew under that id. Fills draft->id in that case.
 */
enum status draft_load(struct request *request, struct draft *draft, bool *has_id) MUST_USE;

enum status draft_save(struct request *request, const struct draft *draft) MUST_USE;

/* Under what its row and its photos stand: nothing that the URL or the database alone gives away. */
struct hash draft_token(const struct request *request, const uint8_t id[DRAFT_ID_BYTES]);

/* The key under which this draft becomes one ticket, however often it is sent. */
void draft_filing_key(const struct request *request, const uint8_t id[DRAFT_ID_BYTES],
                      uint8_t key[ACTION_KEY_BYTES]);

/* The page for a draft that is not there any more. */
enum status draft_show_lost(struct request *request, struct response *response);

/* Values every step shows: Draft.id, Draft.group. */
void draft_show(const struct draft *draft, struct view *view);

#endif
