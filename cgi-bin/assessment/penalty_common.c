/* What the pages of the ledger share. */
#include "assessment/assessment.h"

const char *penalty_unit_name(const struct request *request, struct unit_id unit)
{
    return unit.v == 0 ? words_find(request->language, "ledger.ops") : assessment_unit_name(request, unit);
}

const char *penalty_yuan(const struct request *request, int64_t fen)
{
    const char *number = fen % 100 == 0 ? arena_format(request->arena, "%lld", (long long)(fen / 100))
                                        : arena_format(request->arena, "%lld.%02lld", (long long)(fen / 100), (long long)(fen % 100));

    return words_fill(request->arena, request->language, "ledger.yuan", &number, 1);
}

const char *penalty_clause_text(const struct request *request, const struct clause_row *clause)
{
    if (clause == NULL)
        return "";
    return request->language == LANGUAGE_EN ? clause->text_en : clause->text_zh;
}

const char *penalty_what(const struct request *request, enum penalty_basis basis, enum clock_kind kind)
{
    const char *clock = assessment_words(request, "kind", clock_kind_name(kind));

    return basis == BASIS_CLOCK ? words_fill(request->arena, request->language, "ledger.late_clock", &clock, 1)
                                : assessment_words(request, "ledger.basis", penalty_basis_name(basis));
}

static bool is_own(const struct request *request, const struct penalty *penalty)
{
    return penalty->unit.v != 0 && penalty->unit.v == request->actor.unit.v;
}

enum verdict penalty_allows(const struct request *request, const struct penalty *penalty, enum penalty_action action)
{
    return penalty_permits(action, penalty->state, request->actor.roles, is_own(request, penalty), penalty->unit.v == 0, NULL);
}

enum status penalty_load(struct request *request, struct penalty_file *file)
{
    int64_t id;

    if (!text_parse_integer(request->part[0], 1, INT64_MAX, &id))
        return STATUS_ABSENT;
    const enum status status = penalty_store_load(assessment_of(request)->db, (struct penalty_id){id}, request->arena, file,
                                                  &request->fault);
    if (status == STATUS_OK && !penalty_may_read(file->penalty.state, request->actor.roles, is_own(request, &file->penalty)))
        return STATUS_ABSENT;
    return status;
}
