#include "web/photo_form.h"

#include "base/text.h"

static const struct input_rule rules[] = {
    PHOTO_FIELD_RULES,
    {"stage", INPUT_LINE, true, 1, 20, "error.photo_stage", NULL},
    {"public", INPUT_FLAG, false, 0, 1, "error.wrong", NULL},
};

enum status photo_form_read(struct request *request, struct inputs *inputs)
{
    return inputs_read(request, rules, sizeof rules / sizeof rules[0], inputs);
}

static enum status take_one(struct inputs *inputs, const char *field, photo_form_keep *keep, void *context)
{
    const enum photo_stage stage = photo_stage_find(inputs_text(inputs, "stage"));
    struct photo photo;

    if (!upload_read(inputs, field, &photo) || stage == PHOTO_STAGE_NONE)
        return STATUS_OK;
    const enum status status = keep(context, &photo, stage, inputs_find(inputs, "public")->is_set);
    if (status != STATUS_REFUSED)
        return status;
    inputs_error(inputs, field, "error.photo_full");
    return STATUS_OK;
}

enum status photo_form_take(struct inputs *inputs, photo_form_keep *keep, void *context)
{
    enum status status = STATUS_OK;
    bool is_any = false;

    if (photo_stage_find(inputs_text(inputs, "stage")) == PHOTO_STAGE_NONE)
        inputs_error(inputs, "stage", "error.photo_stage");
    for (int i = 0; i < PHOTO_FIELDS && status == STATUS_OK; i++) {
        is_any = is_any || inputs_find(inputs, upload_field(i))->is_set;
        status = take_one(inputs, upload_field(i), keep, context);
    }
    if (!is_any)
        inputs_error(inputs, upload_field(0), "error.photo_none");
    return status;
}

/* What is most likely: before anybody has been there, or after the work. */
static enum photo_stage usual_stage(enum ticket_state state)
{
    return state == TICKET_REPORTED || state == TICKET_DISPATCHED ? PHOTO_BEFORE : PHOTO_AFTER;
}

void photo_form_show(struct view *page, struct request *request, struct inputs *inputs, enum ticket_state state)
{
    const enum photo_stage chosen =
        inputs != NULL ? photo_stage_find(inputs_text(inputs, "stage")) : usual_stage(state);

    for (enum photo_stage stage = PHOTO_BEFORE; stage < PHOTO_STAGE__COUNT; stage++) {
        struct view *row = view_row(page, "Stages", (size_t)(stage - PHOTO_BEFORE));
        view_text(row, "value", photo_stage_name(stage));
        view_words(row, "label", arena_format(request->arena, "photo.stage.%s", photo_stage_name(stage)));
        view_flag(row, "is_checked", stage == chosen);
    }
    for (int i = 0; i < PHOTO_FIELDS; i++) {
        struct view *row = view_row(page, "PhotoFields", (size_t)i);
        const char *number = arena_format(request->arena, "%d", i + 1);
        view_text(row, "name", upload_field(i));
        view_text(row, "label", words_fill(request->arena, request->language, "photo.field", &number, 1));
        if (inputs != NULL && inputs_find(inputs, upload_field(i))->error != NULL)
            view_text(row, "error", inputs_find(inputs, upload_field(i))->error);
    }
    if (inputs != NULL)
        inputs_show(inputs, page);
}
