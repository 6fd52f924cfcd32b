/*
 * A decision written out as a roster: what is fixed, then what is new. And back.
 */
#include "model/score.h"
#include "solver/instance.h"

static am_status add_new(const struct am_instance *instance, const struct am_orders *orders,
                         const struct am_eligibility *eligibility, const int64_t *chosen, int p,
                         struct am_roster *roster, struct am_err *err)
{
    int32_t booked_min = 0;
    for (int d = 0; d < instance->days; d++) {
        if (chosen[d] < 0)
            continue;
        const struct am_ipair *pair = &instance->pairs[chosen[d]];
        const struct am_pair *journey = am_pair_find(eligibility, p, pair->session);
        int32_t minutes = am_credited(instance, p, pair, booked_min);
        if (!journey || minutes <= 0)
            return am_fail(err, AM_EINVALID, "a decision that is not a pattern");
        booked_min += minutes;
        am_status status = am_roster_add(
            roster,
            (struct am_roster_appointment){.person = p,
                                           .order = orders->people[p].order,
                                           .session = pair->session,
                                           .start = instance->sessions[pair->session].start,
                                           .minutes = (int16_t)minutes,
                                           .there = journey->there,
                                           .back = journey->back,
                                           .mode = journey->mode,
                                           .quality = journey->quality},
            err);
        if (status != AM_OK)
            return status;
    }
    return AM_OK;
}

am_status am_decision_roster(const struct am_instance *instance, const struct am_orders *orders,
                             const struct am_eligibility *eligibility,
                             const struct am_decision *decision, struct am_roster *roster,
                             struct am_err *err)
{
    am_status status = am_roster_fixed_only(instance->caseload, orders, roster, err);
    for (int s = 0; s < instance->session_count && status == AM_OK; s++) {
        const struct am_isession *at = &instance->sessions[s];
        if (at->open)
            roster->sessions[s] = (struct am_roster_session){
                decision->runs[s], at->led_by >= 0 ? at->led_by : decision->supervisor[s]};
    }
    for (int p = 0; p < instance->person_count && status == AM_OK; p++)
        status = add_new(instance, orders, eligibility,
                         decision->chosen + (int64_t)p * instance->days, p, roster, err);
    if (status == AM_OK)
        am_roster_sort(roster);
    return status;
}

bool am_decision_of_roster(const struct am_instance *instance, const struct am_roster *roster,
                           struct am_decision *decision)
{
    for (int64_t i = 0; i < (int64_t)instance->person_count * instance->days; i++)
        decision->chosen[i] = -1;
    for (int s = 0; s < instance->session_count; s++) {
        const struct am_isession *at = &instance->sessions[s];
        decision->runs[s] = at->must_run || (at->open && roster->sessions[s].runs);
        decision->supervisor[s] =
            decision->runs[s] && at->supervised ? roster->sessions[s].supervisor : -1;
    }
    for (int i = 0; i < roster->appointment_count; i++) {
        const struct am_roster_appointment *a = &roster->appointments[i];
        if (a->fixed || a->recorded)
            continue;
        int64_t k = am_pair_of(instance, a->person, a->session);
        if (k < 0)
            return false;
        decision->chosen[(int64_t)a->person * instance->days + instance->pairs[k].day] = k;
    }
    return true;
}
