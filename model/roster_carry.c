#include "model/roster_carry.h"

#include "model/roster_index.h"

struct carry {
    const struct am_caseload *caseload; /* the changed one */
    struct am_arena scratch;
    struct am_roster_index index;
};

static int find_session(const struct carry *carry, const struct am_session *was)
{
    return am_roster_index_session(&carry->index, was->id, was->original_date);
}

static void carry_sessions(const struct carry *carry, const struct am_roster *from,
                           struct am_roster *to)
{
    const struct am_caseload *was = from->caseload;
    for (int s = 0; s < was->window_session_count; s++) {
        int now = from->sessions[s].runs ? find_session(carry, &was->sessions[s]) : -1;
        int supervisor = from->sessions[s].supervisor;
        if (now < 0)
            continue;
        to->sessions[now].runs = true;
        if (supervisor >= 0)
            to->sessions[now].supervisor =
                am_names_find(&carry->index.supervisors, was->supervisors[supervisor].code);
    }
}

static am_status carry_appointments(const struct carry *carry, const struct am_roster *from,
                                    struct am_roster *to, struct am_err *err)
{
    const struct am_caseload *was = from->caseload;
    am_status status = AM_OK;
    for (int i = 0; i < from->appointment_count && status == AM_OK; i++) {
        struct am_roster_appointment appointment = from->appointments[i];
        appointment.session = find_session(carry, &was->sessions[appointment.session]);
        appointment.person =
            am_names_find(&carry->index.people, was->people[appointment.person].crn);
        appointment.order = -1; /* of no concern to a start */
        if (appointment.session >= 0 && appointment.person >= 0)
            status = am_roster_add(to, appointment, err);
    }
    return status;
}

am_status am_roster_carry(const struct am_roster *from, const struct am_caseload *caseload,
                          struct am_roster *to, struct am_err *err)
{
    struct carry carry = {.caseload = caseload};
    am_status status = am_roster_init(to, caseload, err);
    am_arena_init(&carry.scratch);
    if (status == AM_OK)
        status = am_roster_index_build(&carry.index, caseload, &carry.scratch, err);
    if (status == AM_OK) {
        carry_sessions(&carry, from, to);
        status = carry_appointments(&carry, from, to, err);
    }
    am_roster_sort(to);
    am_arena_release(&carry.scratch);
    return status;
}
