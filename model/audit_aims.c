/*
 * What a completion plan asks of a window, reckoned from its curves and the raw
 * caseload (docs/formulation.md, section 6).
 */
#include "model/audit_parts.h"

enum { WEEK_DAYS = 7 };

static int64_t above_0(int64_t minutes)
{
    return minutes > 0 ? minutes : 0;
}

/* Minutes worked since the plan was made, as bookings at expected attendance. */
static int64_t made_good(const struct am_audit_facts *facts, const struct am_aim_curve *curve)
{
    int64_t worked = curve->left_min - facts->people[curve->person].ahead_min;
    return above_0(worked) * 100 / facts->caseload->people[curve->person].attendance_percent;
}

static struct am_aim asked_of(const struct am_audit_facts *facts, const struct am_aims *aims,
                              const struct am_aim_curve *curve)
{
    const struct am_caseload *caseload = facts->caseload;
    int week = (am_caseload_last(caseload) - aims->from) / WEEK_DAYS;
    struct am_aim aim = {0};
    if (!curve->knows_all || facts->people[curve->person].ahead_min <= 0)
        return aim;
    int64_t good = made_good(facts, curve);
    aim.given = true;
    aim.planned_min = (int32_t)above_0(curve->by_min[week] - good);
    aim.needed_min = (int32_t)above_0(curve->least_min[week] - good);
    if (aim.needed_min > aim.planned_min)
        aim.needed_min = aim.planned_min;
    return aim;
}

static bool same_aim(struct am_aim a, struct am_aim b)
{
    return a.given == b.given && a.planned_min == b.planned_min && a.needed_min == b.needed_min;
}

static void compare_aims(const struct am_audit_facts *facts, const struct am_aims *aims,
                         struct am_audit_aims *result)
{
    const struct am_caseload *caseload = facts->caseload;
    int curve = 0;
    for (int p = 0; p < caseload->person_count; p++) {
        struct am_aim asked = {0};
        while (curve < aims->count && aims->curves[curve].person < p)
            curve++;
        if (curve < aims->count && aims->curves[curve].person == p)
            asked = asked_of(facts, aims, &aims->curves[curve]);
        if (same_aim(asked, caseload->people[p].aim))
            continue;
        if (result->differ++ == 0) {
            result->person = p;
            result->asked = asked;
        }
    }
}

am_status am_audit_compare_aims(const struct am_caseload *caseload, const struct am_aims *aims,
                                struct am_audit_aims *result, struct am_err *err)
{
    struct am_arena arena;
    struct am_audit_facts facts;
    *result = (struct am_audit_aims){.person = -1};
    am_arena_init(&arena);
    am_status status = am_audit_facts_build(caseload, &arena, &facts, err);
    if (status == AM_OK)
        compare_aims(&facts, aims, result);
    am_arena_release(&arena);
    return status;
}
