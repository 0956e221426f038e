/* What the server is, and the matters of the public form as services with what the form asks for. */
#include "open311/open311.h"

#include "core/open311.h"
#include "web/promise.h"

/* When the shape of our answers last changed; clients compare it. */
#define CHANGESET "2025-11-01T00:00:00Z"

/* ---- discovery */

static void put_endpoint(struct node *endpoints, const struct request *request)
{
    static const char *const formats[] = {"text/xml", "application/json"};
    const struct settings *settings = &request->app->settings;
    struct node *endpoint = node_object(endpoints, "endpoint");

    node_text(endpoint, "specification", "http://wiki.open311.org/GeoReport_v2");
    node_text(endpoint, "url", arena_format(request->arena, "%s%s/open311/v2", settings->base_url, settings->base_path));
    node_text(endpoint, "changeset", CHANGESET);
    node_text(endpoint, "type", settings->environment == ENVIRONMENT_PRODUCTION ? "production" : "test");
    struct node *list = node_list(endpoint, "formats");
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        node_text(list, "format", formats[i]);
}

enum status open311_get_discovery(struct request *request, struct response *response)
{
    const struct settings *settings = &request->app->settings;
    const char *company = request->language == LANGUAGE_EN ? settings->company_en : settings->company_zh;
    const char *const values[] = {company, settings->hotline};
    struct call call;
    const enum status status = call_begin(&call, request, RIGHT_NONE);

    if (status != STATUS_OK)
        return status == STATUS_INVALID ? call_refuse(&call, response) : status;
    struct node *discovery = document_begin(request, "discovery", false);
    node_text(discovery, "changeset", CHANGESET);
    node_text(discovery, "contact", words_fill(request->arena, request->language, "open311.contact", values, 2));
    node_text(discovery, "key_service", words_fill(request->arena, request->language, "open311.key_service", values, 2));
    put_endpoint(node_list(discovery, "endpoints"), request);
    return document_send(request, response, discovery, 200);
}

/* ---- services */

static bool is_offered(const struct category *category, struct instant at)
{
    return category->group != GROUP_STAFF && is_in_force(category->effective_from, category->effective_to, at);
}

const struct category *service_find(const struct request *request, const char *code)
{
    const struct regulation *regulation = &open311_of(request)->catalog.regulation;
    const struct category *category =
        category_find_by_code(regulation->categories, regulation->category_count, code, request->now);

    return category != NULL && is_offered(category, request->now) ? category : NULL;
}

const char *service_name(const struct request *request, const struct category *category)
{
    const struct catalog_words *words = catalog_category_words(&open311_of(request)->catalog, category->id);

    if (words == NULL)
        return category->code;
    return request->language == LANGUAGE_EN ? words->name_en : words->name_zh;
}

/* Its promise in words; the matter's name alone where there is none. */
const char *service_description(struct request *request, const struct category *category)
{
    const struct regulation *regulation = &open311_of(request)->catalog.regulation;
    const struct facts facts = {.category = category->id};
    const enum clock_kind kind = (category->clocks & CLOCK_BIT(CLOCK_FINISH)) != 0 ? CLOCK_FINISH : CLOCK_REPAIR;
    const struct rule *rule = NULL;

    if ((category->clocks & CLOCK_BIT(kind)) != 0)
        rule = rule_find(regulation->rules, regulation->rule_count, kind, &facts, request->now);
    if (rule == NULL)
        return service_name(request, category);
    const char *const values[] = {
        service_name(request, category),
        promise_limit(request->arena, request->language, rule_limit_seconds(rule, &facts), rule->bound, rule->direction),
        promise_article(request->arena, request->language, rule->article)};
    return words_fill(request->arena, request->language, "open311.service", values, 3);
}

static void put_service(struct node *services, struct request *request, const struct category *category)
{
    struct node *service = node_object(services, "service");
    const char *group = category_group_name(category->group);

    node_text(service, "service_code", category->code);
    node_text(service, "service_name", service_name(request, category));
    node_text(service, "description", service_description(request, category));
    node_flag(service, "metadata", true);
    node_text(service, "type", "realtime");
    node_text(service, "keywords", group);
    node_text(service, "group",
              words_find(request->language, arena_format(request->arena, "open311.group.%s", group)));
}

enum status open311_get_services(struct request *request, struct response *response)
{
    const struct regulation *regulation = &open311_of(request)->catalog.regulation;
    struct call call;
    const enum status status = call_begin(&call, request, RIGHT_NONE);

    if (status != STATUS_OK)
        return status == STATUS_INVALID ? call_refuse(&call, response) : status;
    struct node *services = document_begin(request, "services", true);
    for (size_t i = 0; i < regulation->category_count; i++)
        if (is_offered(&regulation->categories[i], request->now))
            put_service(services, request, &regulation->categories[i]);
    return document_send(request, response, services, 200);
}

/* ---- what a service asks for */

static const struct attribute {
    const char *code, *datatype;
    bool is_variable;
    const char *automated; /* an extension of clients: "server_set" is filled in by them; "" for people */
} attributes[] = {
    {ATTRIBUTE_NOTICED, "singlevaluelist", true, ""},
    {ATTRIBUTE_DOOR, "string", true, ""},
    {ATTRIBUTE_ACCOUNT, "string", true, ""},
    {ATTRIBUTE_OUTSIDE_NUMBER, "string", true, "hidden_field"},
    {ATTRIBUTE_OUTSIDE_DUE, "datetime", true, "hidden_field"},
    {ATTRIBUTE_FIXMYSTREET, "string", true, "server_set"},
    {"phone_note", "string", false, ""}, /* only told: the field `phone` of the request itself must be there */
};
#define ATTRIBUTE_COUNT (sizeof attributes / sizeof attributes[0])

const char *service_noticed(size_t index)
{
    static const char *const keys[] = {"now", "today", "yesterday", "earlier"};

    return index < sizeof keys / sizeof keys[0] ? keys[index] : NULL;
}

static void put_values(struct node *values, const struct request *request)
{
    for (size_t i = 0; service_noticed(i) != NULL; i++) {
        struct node *value = node_object(values, "value");
        node_text(value, "key", service_noticed(i));
        node_text(value, "name",
                  words_find(request->language, arena_format(request->arena, "complaint.noticed.%s", service_noticed(i))));
    }
}

static void put_attribute(struct node *list, const struct request *request, const struct attribute *row, int order)
{
    struct node *attribute = node_object(list, "attribute");
    const char *key = arena_format(request->arena, "open311.attribute.%s", row->code);

    node_flag(attribute, "variable", row->is_variable);
    node_text(attribute, "code", row->code);
    node_text(attribute, "datatype", row->datatype);
    node_flag(attribute, "required", false);
    node_text(attribute, "datatype_description",
              words_find(request->language, arena_format(request->arena, "open311.format.%s", row->code)));
    node_number(attribute, "order", arena_format(request->arena, "%d", order));
    node_text(attribute, "description", words_find(request->language, key));
    if (*row->automated != '\0')
        node_text(attribute, "automated", row->automated);
    if (text_is_equal(row->datatype, "singlevaluelist"))
        put_values(node_list(attribute, "values"), request);
}

enum status open311_get_service(struct request *request, struct response *response)
{
    const char *code = open311_part_name(request);
    struct call call;
    const enum status status = call_begin(&call, request, RIGHT_NONE);
    const struct category *category = code != NULL ? service_find(request, code) : NULL;
    int order = 0;

    if (status == STATUS_OK && category == NULL)
        call_error(&call, 404, "service_unknown", NULL, NULL);
    if (status != STATUS_OK && status != STATUS_INVALID)
        return status;
    if (call.error_count > 0)
        return call_refuse(&call, response);
    struct node *definition = document_begin(request, "service_definition", false);
    node_text(definition, "service_code", category->code);
    struct node *list = node_list(definition, "attributes");
    for (size_t i = 0; i < ATTRIBUTE_COUNT; i++)
        if (attributes[i].is_variable || category->needs_phone)
            put_attribute(list, request, &attributes[i], ++order);
    return document_send(request, response, definition, 200);
}
