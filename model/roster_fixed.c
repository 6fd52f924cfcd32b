/*
 * The roster with only what is fixed: where every other starts from, and what
 * the possible improvement is measured against.
 */
#include "model/eligible.h"
#include "model/score.h"
#include "model/score_parts.h"

static am_status add_fixed(const struct am_caseload *caseload, const struct am_fixed *fixed,
                           struct am_roster *roster, struct am_err *err)
{
    struct am_journey journey = am_person_journey(caseload, fixed->person, fixed->session);
    struct am_roster_appointment appointment = {
        .person = fixed->person,
        .order = fixed->order,
        .session = fixed->session,
        .start = fixed->start,
        .minutes = fixed->minutes,
        .there = journey.known ? journey.there : -1,
        .back = journey.known ? journey.back : -1,
        .mode = (uint8_t)journey.mode,
        .quality = (uint8_t)journey.quality,
        .fixed = true,
        .recorded = fixed->recorded,
    };
    return am_roster_add(roster, appointment, err);
}

/* Past and closed sessions are shown as they are: they run where somebody was
 * not stood down, under the supervisor whom the file names first. */
static void show_as_given(const struct am_caseload *caseload, const struct am_fixed *fixed,
                          int32_t *named_by, struct am_roster_session *session)
{
    int supervisor = caseload->appointments[fixed->appointment].supervisor;
    if (!fixed->offered)
        return;
    session->runs = true;
    if (supervisor >= 0 && (session->supervisor < 0 || fixed->appointment < *named_by)) {
        session->supervisor = supervisor;
        *named_by = fixed->appointment;
    }
}

/* An open session runs for what is not recorded. */
static void run_for(const struct am_caseload *caseload, const struct am_fixed *fixed,
                    struct am_roster_session *session)
{
    const struct am_session *at = &caseload->sessions[fixed->session];
    if (fixed->recorded)
        return;
    session->runs = true;
    if (at->supervised)
        session->supervisor = at->pinned_supervisor;
}

am_status am_roster_fixed_only(const struct am_caseload *caseload, const struct am_orders *orders,
                               struct am_roster *roster, struct am_err *err)
{
    am_status status = AM_OK;
    size_t sessions = (size_t)caseload->window_session_count;
    int32_t *named_by = AM_ARENA_NEW(&roster->arena, sessions, int32_t);
    if (!named_by)
        return am_fail_memory(err);
    for (int i = 0; i < orders->fixed_count && status == AM_OK; i++) {
        const struct am_fixed *fixed = &orders->fixed[i];
        struct am_roster_session *session = &roster->sessions[fixed->session];
        status = add_fixed(caseload, fixed, roster, err);
        if (am_session_open(caseload, fixed->session))
            run_for(caseload, fixed, session);
        else
            show_as_given(caseload, fixed, &named_by[fixed->session], session);
    }
    am_roster_sort(roster);
    return status;
}
