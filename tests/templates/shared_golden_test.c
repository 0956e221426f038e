/* The error page, and the sign-in form with errors, whose handler is one file with the program's main(). */
#include "check.h"
#include "golden.h"

#include "web/page.h"

TEST(the_error_page)
{
    golden_open("commitment", NULL);
    for (enum language language = 0; language < LANGUAGE__COUNT; language++) {
        struct response response = {0};
        check_case(language_tag(language));
        struct request *request = golden_request(language, "/nowhere/<b>");
        request->is_elder = true;
        CHECK_STATUS(response_error(request, &response, 404), STATUS_OK);
        golden_check("error-404", &response, 404);
    }
    golden_close();
}

TEST(the_sign_in_form_with_an_error)
{
    golden_open("signin", NULL);
    for (enum language language = 0; language < LANGUAGE__COUNT; language++) {
        struct response response = {0};
        check_case(language_tag(language));
        struct view *page = page_begin(golden_request(language, "/staff/signin"), "signin/signin");
        view_words(page, "Page.title", "staff.signin.title");
        view_text(page, "Form.login.value", "\"><script>alert(1)</script>");
        view_words(page, "Form.login.error", "error.phone");
        view_number(page, "Errors.count", 1);
        view_text(page, "Errors.0.name", "login");
        view_words(page, "Errors.0.text", "error.phone");
        CHECK_STATUS(page_end(page, &response, 422), STATUS_OK);
        golden_check("signin-form", &response, 422);
    }
    golden_close();
}
