#include "admin/person.h"
#include "base/random.h"
#include "web/page.h"

void person_check_entry(struct inputs *inputs, char *digits)
{
    const char *phone = inputs_text(inputs, "phone");

    digits[0] = '\0';
    if (!badge_is_good(inputs_text(inputs, "badge")))
        inputs_error(inputs, "badge", "admin.register.error.badge");
    if (phone[0] != '\0' && !phone_parse(phone, digits))
        inputs_error(inputs, "phone", "staff.error.phone");
}

static const char *role_field(const struct request *request, int role)
{
    return arena_format(request->arena, "role_%d", role);
}

uint32_t person_roles_typed(const struct request *request, struct inputs *inputs)
{
    uint32_t roles = 0;

    for (int role = ROLE_OPERATOR; role < ROLE_SYSTEM; role++)
        if (inputs_number(inputs, role_field(request, role), 0) != 0)
            roles |= ROLE_BIT(role);
    return roles;
}

void person_show_roles(struct view *page, const struct request *request, uint32_t roles)
{
    for (int role = ROLE_OPERATOR; role < ROLE_SYSTEM; role++) {
        struct view *row = view_row(page, "Roles", (size_t)(role - ROLE_OPERATOR));
        view_text(row, "name", role_field(request, role));
        view_text(row, "label", admin_words(request, "role", role_name((enum role)role)));
        view_text(row, "about", admin_words(request, "admin.role", role_name((enum role)role)));
        view_flag(row, "is_checked", (roles & ROLE_BIT(role)) != 0);
    }
}

/* Names or codes of a set, joined; `none` for an empty one. */
static const char *join_roles(const struct request *request, uint32_t roles, bool is_code, const char *comma,
                              const char *none)
{
    const char *joined = "";

    for (int role = ROLE_OPERATOR; role < ROLE_SYSTEM; role++) {
        const char *code = role_name((enum role)role);
        if ((roles & ROLE_BIT(role)) != 0)
            joined = arena_format(request->arena, "%s%s%s", joined, joined[0] == '\0' ? "" : comma,
                                  is_code ? code : admin_words(request, "role", code));
    }
    return joined[0] == '\0' ? none : joined;
}

const char *person_role_names(const struct request *request, uint32_t roles)
{
    return join_roles(request, roles, false, words_find(request->language, "list.comma"),
                      words_find(request->language, "staff.none"));
}

const char *person_role_codes(const struct request *request, uint32_t roles)
{
    return join_roles(request, roles, true, ",", "-");
}

void person_make_password(const struct request *request, char *password)
{
    static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789";
    const int least = request->app->settings.password_min_characters;
    struct text text;

    text_init(&text, password, PASSWORD_GIVEN_BYTES);
    for (int i = 0; i < 16 || (int)text.length_bytes < least; i++) {
        if (i > 0 && i % 4 == 0)
            text_add(&text, "-");
        text_add_bytes(&text, &letters[random_below(sizeof letters - 1)], 1);
    }
}

enum status person_show_password(struct request *request, struct response *response, const char *login,
                                 const char *password, const char *back_url)
{
    struct view *page = page_begin(request, "admin/password");

    view_words(page, "Page.title", "admin.password.title");
    view_text(page, "login", login);
    view_text(page, "password", password);
    view_text(page, "back_url", back_url);
    return page_end(page, response, 200);
}

bool person_is_stale(const struct request *request, struct day confirmed_on)
{
    return register_is_stale(confirmed_on, admin_today(request),
                             admin_of(request)->catalog.policies[POLICY_CONFIRM_DAYS]);
}
