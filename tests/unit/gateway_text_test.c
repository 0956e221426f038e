/* base/gateway_text: nothing that a name or a text holds breaks out of the place where it is put. */
#include "check.h"

#include <stdio.h>
#include <string.h>

#include "base/gateway_text.h"

static char buffer[4096];

static const char *fill(const char *pattern, enum escaping escaping, const char *phone, const char *words)
{
    const struct template_value values[] = {{"phone", phone}, {"text", words}, {"id", "sn-1"}, {"secret", "s&\"é"}};
    struct text text;
    text_init(&text, buffer, sizeof buffer);
    return template_fill(pattern, escaping, values, 4, &text) ? buffer : "(not filled)";
}

TEST(values_stand_where_their_names_were_and_other_braces_stay)
{
    CHECK_TEXT(fill("{\"to\":\"{phone}\",\"x\":{},\"t\":\"{text}\"}", ESCAPE_JSON, "138", "水"),
               "{\"to\":\"138\",\"x\":{},\"t\":\"水\"}");
    CHECK_TEXT(fill("{id}{id}{ phone }{phones}{", ESCAPE_JSON, "1", "2"), "sn-1sn-1{ phone }{phones}{");
    CHECK_TEXT(fill("{text}", ESCAPE_JSON, "1", "{phone}"), "{phone}"); /* a value is not a template */
    CHECK_TEXT(fill("", ESCAPE_JSON, "1", "2"), "");
}

TEST(the_robots_of_wecom_and_dingtalk_get_what_they_take)
{
    CHECK_TEXT(fill("{\"msgtype\":\"text\",\"text\":{\"content\":\"{text}\"}}", ESCAPE_JSON, "", "工单 \"1\"\n超时"),
               "{\"msgtype\":\"text\",\"text\":{\"content\":\"工单 \\\"1\\\"\\u000a超时\"}}");
    CHECK_TEXT(fill("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={secret}", ESCAPE_PERCENT, "", ""),
               "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=s%26%22%C3%A9");
}

TEST(json_injection_stays_inside_its_string)
{
    CHECK_TEXT(fill("{\"t\":\"{text}\"}", ESCAPE_JSON, "1", "\",\"to\":\"+1900\",\"x\":\""),
               "{\"t\":\"\\\",\\\"to\\\":\\\"+1900\\\",\\\"x\\\":\\\"\"}");
    CHECK_TEXT(fill("\"{text}\"", ESCAPE_JSON, "1", "\\"), "\"\\\\\"");
    CHECK_TEXT(fill("\"{text}\"", ESCAPE_JSON, "1", "a\r\nb\t\x01\x7F"), "\"a\\u000d\\u000ab\\u0009\\u0001\\u007f\"");
}

TEST(form_injection_stays_inside_its_field)
{
    CHECK_TEXT(fill("phone={phone}&text={text}", ESCAPE_PERCENT, "138&phone=190", "a=b&c=d+e%41 水\r\n"),
               "phone=138%26phone%3D190&text=a%3Db%26c%3Dd%2Be%2541%20%E6%B0%B4%0D%0A");
    CHECK_TEXT(fill("{secret}", ESCAPE_PERCENT, "1", "2"), "s%26%22%C3%A9");
    CHECK_TEXT(fill("/send?to={phone}#", ESCAPE_PERCENT, "1/../2?x#y", "2"), "/send?to=1%2F..%2F2%3Fx%23y#");
}

TEST(xml_injection_stays_inside_its_element)
{
    CHECK_TEXT(fill("<t>{text}</t>", ESCAPE_XML, "1", "</t><to>190</to><t a=\"'&\x02"),
               "<t>&lt;/t&gt;&lt;to&gt;190&lt;/to&gt;&lt;t a=&quot;&#39;&amp; </t>");
}

TEST(nothing_ends_a_header)
{
    CHECK_TEXT(fill("Bearer {text}", ESCAPE_HEADER, "1", "a\r\nX-Evil: 1\n\t水b"), "Bearer aX-Evil: 1b");
}

TEST(what_does_not_fit_or_is_not_utf8_is_not_sent)
{
    const struct template_value value = {"text", "水水水"};
    struct text text;
    text_init(&text, buffer, 9);
    CHECK(!template_fill("{text}", ESCAPE_JSON, &value, 1, &text));
    CHECK_TEXT(fill("{text}", ESCAPE_JSON, "1", "\xC1\xC4"), "(not filled)");
}

TEST(content_types_say_how_values_are_escaped)
{
    static const struct {
        const char *type;
        bool is_known;
        enum escaping escaping;
    } cases[] = {
        {"application/json", true, ESCAPE_JSON},
        {"Application/JSON; charset=utf-8", true, ESCAPE_JSON},
        {"application/vnd.sms+json", true, ESCAPE_JSON},
        {"application/x-www-form-urlencoded;charset=UTF-8", true, ESCAPE_PERCENT},
        {"text/xml", true, ESCAPE_XML},
        {"application/xml ; charset=utf-8", true, ESCAPE_XML},
        {"text/plain", false, ESCAPE_JSON},
        {"multipart/form-data", false, ESCAPE_JSON},
        {"application/jsonx", false, ESCAPE_JSON},
        {"", false, ESCAPE_JSON},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        enum escaping escaping = ESCAPE_JSON;
        check_case(cases[i].type);
        CHECK(escaping_of_content_type(cases[i].type, &escaping) == cases[i].is_known);
        CHECK_INT(escaping, cases[i].escaping);
    }
}

TEST(headers_are_taken_apart)
{
    const char *rest = "Content-Type: application/json; charset=utf-8 |  X-Key :v:1| A:b";
    char name[64], value[64];
    REQUIRE(gateway_header_next(&rest, name, value, sizeof name));
    CHECK_TEXT(name, "Content-Type");
    CHECK_TEXT(value, "application/json; charset=utf-8");
    REQUIRE(gateway_header_next(&rest, name, value, sizeof name));
    CHECK_TEXT(name, "X-Key ");
    CHECK_TEXT(value, "v:1");
    REQUIRE(gateway_header_next(&rest, name, value, sizeof name));
    CHECK_TEXT(value, "b");
    CHECK(!gateway_header_next(&rest, name, value, sizeof name));
    rest = "Long: aaaaaaaaaaaaaaaaaaaa";
    CHECK(!gateway_header_next(&rest, name, value, 10));
}

struct setting_case {
    const char *value;
    bool is_allowed;
};

static void check_settings(bool (*check)(const char *), const struct setting_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        check_case(cases[i].value);
        CHECK(check(cases[i].value) == cases[i].is_allowed);
    }
}
#define CHECK_SETTINGS(check, cases) check_settings((check), (cases), sizeof(cases) / sizeof((cases)[0]))

TEST(headers_that_may_be_set)
{
    static const struct setting_case cases[] = {
        {"", true},
        {"Content-Type: application/json", true},
        {"Content-Type: application/x-www-form-urlencoded | Authorization: Bearer {secret} | X-Id: {id}", true},
        {"Content-Type: text/html", false},
        {"X-To: {phone}", false},
        {"X-Text: {text}", false},
        {"No colon", false},
        {"A: b |", true},
        {"A: b | c", false},
        {": b", false},
        {"A b: c", false},
        {"A:", false},
        {"Host: evil", false},
        {"content-length: 3", false},
        {"Transfer-Encoding: chunked", false},
        {"A: 水", false},
    };
    CHECK_SETTINGS(gateway_headers_check, cases);
}

TEST(addresses_that_may_be_set)
{
    static const struct setting_case gateways[] = {
        {"http://127.0.0.1:8080/send", true},
        {"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={secret}", true},
        {"https://[::1]:8443", true},
        {"https://host?to={phone}&text={text}", true},
        {"ftp://host/x", false},
        {"file:///etc/passwd", false},
        {"https://", false},
        {"https:///x", false},
        {"https://user:secret@host/x", false},
        {"https://{secret}.host/x", false},
        {"https://host/a b", false},
        {"https://host/x#y", false},
        {"https://host/\"x\"", false},
        {"https://host/水", false},
        {"smtp://host", false},
    };
    static const struct setting_case mail_servers[] = {
        {"smtp://mail.water.example:587", true}, {"smtps://10.0.0.1", true}, {"smtp://", false},
        {"smtp://host/x", false},                {"smtp://a@host", false},   {"http://host", false},
    };
    static const struct setting_case mails[] = {
        {"duty@water.example", true},
        {"a.b+c@x-y.example.cn", true},
        {"duty", false},
        {"@water.example", false},
        {"duty@", false},
        {"a@b@c", false},
        {"a b@c", false},
        {"<a@b>", false},
        {"a@b>", false},
        {"a@b\r\nRCPT TO:<c@d>", false},
        {"a\n@b", false},
        {".a@b", false},
        {"a.@b", false},
        {"a..c@b", false},
        {"a@b.", false},
        {"a@-b", false},
        {"王@water.example", false},
        {"\"a b\"@c", false},
        {"a,b@c", false},
    };
    CHECK_SETTINGS(gateway_url_check, gateways);
    CHECK_SETTINGS(mail_server_check, mail_servers);
    CHECK_SETTINGS(mail_address_check, mails);
}

TEST(conditions_that_may_be_set)
{
    static const struct setting_case cases[] = {
        {"", true},          {"text:ok", true},  {"text:", false},     {"json:code=0", true}, {"json:data.0.code=OK", true},
        {"json:code", false}, {"json:=0", false}, {"json:a..b=0", false}, {"json:code=", true},  {"status:200", false},
        {"json:a b=0", false},
    };
    CHECK_SETTINGS(gateway_success_check, cases);
}

static bool is_met(const char *success, const char *answer)
{
    return gateway_success_is_met(success, answer, strlen(answer));
}

TEST(an_answer_is_a_success_when_it_holds_what_is_wanted)
{
    CHECK(is_met("", ""));
    CHECK(is_met("text:\"ok\"", "{\"result\": \"ok\"}"));
    CHECK(!is_met("text:\"ok\"", "{\"result\": \"not ok\"}"));
    CHECK(is_met("json:code=0", "{\"code\":0}"));
    CHECK(is_met("json:code=0", "{\"code\":\"0\"}"));
    CHECK(!is_met("json:code=0", "{\"code\":10}"));
    CHECK(!is_met("json:code=0", "{\"x\":{\"code\":0}}"));
    CHECK(!is_met("json:code=0", "<html>502</html>"));
    CHECK(is_met("json:errcode=0", "{\"errcode\":0,\"errmsg\":\"ok\"}"));
    CHECK(!is_met("json:errcode=0", "{\"errcode\":310000,\"errmsg\":\"keywords not in content\"}")); /* DingTalk, with status 200 */
    CHECK(is_met("json:a.1.b=yes", "{\"a\":[1,{\"b\":\"yes\"}]}"));
    CHECK(is_met("json:ok=true", " {\"ok\" : true } "));
    CHECK(is_met("json:m=a=b", "{\"m\":\"a=b\"}"));
}

static const char *find(const char *json, const char *path)
{
    static char value[64];
    return json_find(json, strlen(json), path, value, sizeof value) ? value : "(none)";
}

TEST(values_of_an_answer_are_found)
{
    CHECK_TEXT(find("{\"a\":{\"b\":[{\"id\":\"x\"},{\"id\":-1.5e3}]}}", "a.b.1.id"), "-1.5e3");
    CHECK_TEXT(find("[10,20,30]", "2"), "30");
    CHECK_TEXT(find("{\"a}\":1,\"b\":{\"x\":\"}\"},\"c\":[[],{}],\"id\":\"7\"}", "id"), "7");
    CHECK_TEXT(find("{\"id\":\"\\u6c34\\ud83d\\ude00\\/\\\"\"}", "id"), "水😀/\"");
    CHECK_TEXT(find("{\"id\":null}", "id"), "null");
    CHECK_TEXT(find("{\"id\":\"\"}", "id"), "");
    CHECK_TEXT(find("{\"i\\u0064\":1}", "id"), "1");
}

TEST(what_is_not_there_or_is_no_json_is_not_found)
{
    static const char *const wrong[] = {
        "",           "{",           "{\"id\"",      "{\"id\":",        "{\"id\":\"",      "{\"id\":\"\\",   "{\"id\":\"\\u12",
        "{\"id\":[]}", "{\"id\":{}}", "{\"x\":1}",    "[1]",             "\"id\"",          "nonsense",       "{\"id\":\"\\ud800\"}",
        "{\"id\":\"\\udc00\"}",       "{\"id\":\"\\u0000\"}", "{\"id\":\"a\nb\"}", "{\"id\":\"\xff\"}", "{\"a\":,\"id\":1}",
        "{\"id\":\"\\u001b[31m\"}",
        "{\"id\":\"0123456789012345678901234567890123456789012345678901234567890123456789\"}",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        check_case(wrong[i]);
        CHECK_TEXT(find(wrong[i], "id"), "(none)");
    }
    CHECK_TEXT(find("[1,2]", "2"), "(none)");
    CHECK_TEXT(find("{\"0\":1}", "0"), "1");
}

TEST(an_answer_nested_without_end_is_given_up)
{
    static char deep[4096];
    size_t length = 0;
    memcpy(deep, "{\"a\":", 5);
    for (length = 5; length < 3000; length++)
        deep[length] = '[';
    memcpy(deep + length, ",\"id\":1}", 9);
    CHECK_TEXT(find(deep, "id"), "(none)");
}

static const char *encode(const char *value)
{
    struct text text;
    text_init(&text, buffer, sizeof buffer);
    mail_header_encode(value, &text);
    return buffer;
}

TEST(header_words_of_mail)
{
    CHECK_TEXT(encode("Ticket SN261123"), "Ticket SN261123");
    CHECK_TEXT(encode(""), "");
    CHECK_TEXT(encode("新派单"), "=?UTF-8?B?5paw5rS+5Y2V?=");
    CHECK_TEXT(encode("a\r\nBcc: x@y"), "=?UTF-8?B?YSAgQmNjOiB4QHk=?="); /* the line ends are blanks inside */
    CHECK_TEXT(encode("=?UTF-8?B?eA==?="), "=?UTF-8?B?PT9VVEYtOD9CP2VBPT0/PQ==?=");
}

TEST(long_header_words_are_folded_between_characters)
{
    char value[400] = "";
    for (int i = 0; i < 40; i++)
        strncat(value, i % 2 ? "水a" : "😀", sizeof value - strlen(value) - 1);
    const char *encoded = encode(value);
    int words = 0;
    for (const char *line = encoded; line != NULL; line = strstr(line, "\r\n ")) {
        line += line == encoded ? 0 : 3;
        const size_t length = strcspn(line, "\r");
        CHECK(length <= 75);
        CHECK(strncmp(line, "=?UTF-8?B?", 10) == 0);
        words++;
    }
    CHECK_INT(words, 4);
}
