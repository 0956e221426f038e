/*
 * From a draft to a ticket, and the pages that show what was promised.
 */
#ifndef COMPLAINT_FILING_H
#define COMPLAINT_FILING_H

#include "complaint/draft.h"

/* A report as it would be filed at this moment. */
struct prepared {
    struct ticket ticket; /* the fold after `event` */
    struct event event;
    const struct category *category; /* NULL: not chosen, or not in force any more */
    const struct place *place;       /* NULL: not in the list of places */
    enum verdict verdict;
};

/* Decides the report without writing anything. Without a category the verdict is VERDICT_UNKNOWN_CATEGORY. */
void filing_prepare(struct request *request, const struct draft *draft, const struct catalog *catalog,
                    struct prepared *prepared);

/* Filed before: Back after the receipt leads to the receipt, not to a second report. */
enum status filing_is_done(struct request *request, const struct draft *draft, bool *is_done) MUST_USE;

/* The words of event 1: what the resident wrote, then when it was noticed, in the language of staff. */
const char *filing_words(struct request *request, const struct draft *draft);

/* Token of the private link: what stands in the URL as hex, and the hash that is stored. */
#define LINK_TOKEN_BYTES 16
#define LINK_TOKEN_TEXT_BYTES (2 * LINK_TOKEN_BYTES + 1)
void link_token(const struct request *request, const char *number, uint8_t token[LINK_TOKEN_BYTES]);
struct hash link_token_hash(const uint8_t token[LINK_TOKEN_BYTES]);

/*
 * Rows NAME.0, NAME.1, … of clocks a resident is shown: title, limit, article, due, granted, left or late in words.
 * with_times: false on the check page, where nothing runs yet
 */
void clocks_show(struct request *request, struct view *view, const char *name, const struct clock *clocks,
                 size_t count, bool with_times);

/*
 * How a report stands, for a household that it affects, too: state, promises and what was done; nothing that its reporter or staff
 * wrote, no appointment, no number, and of the place only the estate or road.
 */
void progress_show_affected(struct view *view, struct request *request, const struct catalog *catalog,
                            const struct public_file *file);

/*
 * What is known already at the draft's place: Notices.N (code, title) of outages, and Known (matter, words, due) of open reports. Nothing
 * is put where nothing is known, nor when it could not be asked: a report goes on without.
 */
void known_show(struct request *request, struct view *view, const struct draft *draft, const struct catalog *catalog);

/* Whether very much came from this address lately, so that one more filing or following costs an effort, and counting one. */
bool filing_is_busy(const struct request *request);
void filing_count_address(const struct request *request);

/* The page of the third step, as known.c shows it again. */
enum status contact_show(struct request *request, struct response *response, const struct draft *draft, int status_code) MUST_USE;

/* Whether a resident may do this with the ticket as it stands. */
bool tell_may(const struct public_ticket *ticket, enum ticket_action action);

/* Whether there is anything the resident could add to the ticket as it stands. */
bool tell_is_possible(const struct public_ticket *ticket);

/* Marks this browser as one that may follow the ticket, and asks whether it is one. */
void follow_allow(struct request *request, struct response *response, const char *number);
bool follow_is_allowed(const struct request *request, const char *number);

/* Puts the effort that lets one more guess through into a page whose form is slowed (web/effort.h). */
#define FOLLOW_EFFORT "guess"
void follow_ask_effort(struct request *request, struct view *view);

/* Wrong codes of any kind of number, counted per number, per address and for both, so that guessing is slow for everybody. */
enum status follow_is_slowed(struct request *request, const char *number, bool *slowed) MUST_USE;
enum status follow_count_wrong(struct request *request, const char *number) MUST_USE;

/* The number in the path, when this browser may follow it; else the way to the page that asks for its code. */
bool follow_take_number(const struct request *request, char number[NUMBER_BYTES]);
enum status follow_ask_code(struct request *request, struct response *response);

#endif
