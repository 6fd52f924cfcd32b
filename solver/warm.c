#include "solver/warm.h"

#include "solver/improve.h"

static void clear(struct am_search *search)
{
    const struct am_instance *instance = search->instance;
    for (int64_t i = 0; i < (int64_t)instance->person_count * instance->days; i++)
        search->scratch.chosen[i] = -1;
    for (int s = 0; s < instance->session_count; s++) {
        search->scratch.runs[s] = instance->sessions[s].must_run;
        search->scratch.supervisor[s] = -1;
    }
}

/* A session runs as it did, if that can still be. */
static void take_session(struct am_search *search, const struct am_roster_session *was, int32_t s)
{
    const struct am_isession *at = &search->instance->sessions[s];
    if (!was->runs || !at->open)
        return;
    if (!at->supervised) {
        search->scratch.runs[s] = true;
        return;
    }
    if (was->supervisor < 0 || !am_candidate(at, was->supervisor) ||
        !am_can_lead(search->instance, &search->scratch, was->supervisor, s))
        return;
    search->scratch.runs[s] = true;
    search->scratch.supervisor[s] = was->supervisor;
}

am_status am_warm(struct am_search *search, struct am_err *err)
{
    const struct am_instance *instance = search->instance;
    const struct am_roster *warm = search->hooks.warm;
    if (!warm)
        return AM_OK;
    clear(search);
    for (int32_t s = 0; s < instance->session_count; s++)
        take_session(search, &warm->sessions[s], s);
    for (int i = 0; i < warm->appointment_count; i++) {
        const struct am_roster_appointment *was = &warm->appointments[i];
        int64_t k = am_pair_of(instance, was->person, was->session);
        if (k >= 0 && search->scratch.runs[was->session])
            search->scratch.chosen[(int64_t)was->person * instance->days + instance->pairs[k].day] =
                k;
    }
    return am_improve(search, err);
}
