/* The receipt: what the resident holds in the hand. Found by the draft's key, so a reload shows it again. */
#include <string.h>

#include "complaint/filing.h"
#include "core/recipient.h"
#include "web/promise.h"
#include "web/qr.h"

/* "48291306" → "4829 1306": as it is read out. */
static const char *code_in_groups(struct arena *arena, const char *code)
{
    return arena_format(arena, "%.4s %s", code, code + 4);
}

static void put_receipt(struct view *view, struct request *request, const struct public_ticket *ticket)
{
    const struct settings *settings = &request->app->settings;
    char text[NUMBER_TEXT_BYTES], code[QUERY_CODE_BYTES], hex[LINK_TOKEN_TEXT_BYTES];
    uint8_t token[LINK_TOKEN_BYTES];

    number_format_text(ticket->number, text);
    query_code_format(&request->app->secrets.key[SECRET_CODE], ticket->number, ticket->code_issue, code);
    link_token(request, ticket->number, token);
    text_format_hex(token, sizeof token, hex);
    view_text(view, "Ticket.number", ticket->number);
    view_text(view, "Ticket.number_text", text);
    view_text(view, "Ticket.code_text", code_in_groups(request->arena, code));
    view_text(view, "Ticket.token", hex);
    const char *link =
        arena_format(request->arena, "%s%s/complaint/link/%s", settings->base_url, settings->base_path, hex);
    view_text(view, "Ticket.link", link);
    qr_show(view, "Ticket.qr", link, request->arena);
    view_text(view, "Ticket.place", ticket->place_text);
    view_instant(view, "Ticket.reported", ticket->reported_at);
}

/* What happens next, with the limit of the rule in force at the report. */
static void put_next(struct view *view, struct request *request, const struct catalog *catalog,
                     const struct public_ticket *ticket)
{
    const struct regulation *regulation = &catalog->regulation;
    const struct facts facts = {.category = ticket->category};
    const struct rule *rule = rule_find(regulation->rules, regulation->rule_count, CLOCK_ACCEPT, &facts, ticket->reported_at);

    if (rule == NULL)
        return;
    const char *limit = promise_limit(request->arena, request->language, rule->limit_seconds, rule->bound, rule->direction);
    view_text(view, "Next.accept",
              words_fill(request->arena, request->language, "complaint.receipt.next_1", &limit, 1));
}

/* The number goes by message, too: to a phone that takes one, while the draft that names it is still there. */
static void put_message(struct view *view, struct request *request)
{
    const unsigned ways = CHANNEL_BIT(CHANNEL_SMS) | CHANNEL_BIT(CHANNEL_FILE);
    char masked[MASKED_BYTES];
    struct draft draft;
    bool has_id;

    if ((request->app->settings.notice_resident & ways) == 0 || draft_load(request, &draft, &has_id) != STATUS_OK) {
        fault_reset(&request->fault);
        return;
    }
    if (!phone_takes_sms(draft.phone))
        return;
    phone_mask(draft.phone, masked);
    const char *value = masked;
    view_text(view, "Ticket.message", words_fill(request->arena, request->language, "receipt.message", &value, 1));
}

enum status complaint_get_receipt(struct request *request, struct response *response)
{
    const struct form_item *item = form_find(&request->query, "d");
    struct db *db = complaint_of(request)->db;
    const struct catalog *catalog;
    uint8_t id[DRAFT_ID_BYTES], key[ACTION_KEY_BYTES];
    struct public_file file;

    if (item == NULL || !text_parse_hex(item->value, id, sizeof id))
        return draft_show_lost(request, response);
    draft_filing_key(request, id, key);
    enum status status = complaint_catalog(request, &catalog);
    if (status == STATUS_OK)
        status = public_store_load_by_key(db, key, request->arena, &file, &request->fault);
    if (status == STATUS_ABSENT) /* not filed yet, or not by this visitor: the check page knows */
        return response_redirect(request, response, "/complaint/check?d=%s", item->value);
    if (status != STATUS_OK)
        return status;

    struct view *view = page_begin(request, "complaint/receipt");
    view_words(view, "Page.title", "complaint.receipt.title");
    put_receipt(view, request, &file.ticket);
    view_text(view, "Ticket.matter", complaint_category_name(request, catalog, file.ticket.category));
    clocks_show(request, view, "Clocks", file.clocks, file.clock_count, true);
    view_flag(view, "has_clocks", file.clock_count > 0);
    put_next(view, request, catalog, &file.ticket);
    put_message(view, request);
    view_text(view, "Draft.id", item->value);
    view_text(view, "Page.script", "site");
    follow_allow(request, response, file.ticket.number);
    return page_end(view, response, 200);
}
