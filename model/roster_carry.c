#include "model/roster_carry.h"

#include <stdlib.h>
#include <string.h>

#include "base/names.h"

/* An occurrence of the window, sorted by id and original date. */
struct occurrence {
    const char *id;
    am_date date;
    int session;
};

struct carry {
    const struct am_caseload *caseload; /* the changed one */
    struct am_arena scratch;
    struct am_names people, supervisors;
    struct occurrence *occurrences;
};

static int by_occurrence(const void *a, const void *b)
{
    const struct occurrence *x = a, *y = b;
    int order = strcmp(x->id, y->id);
    return order ? order : (x->date > y->date) - (x->date < y->date);
}

static bool add_name(struct am_names *names, const char *name)
{
    int number;
    return am_names_add(names, name, &number) != AM_ENOMEM;
}

static am_status index_caseload(struct carry *carry, struct am_err *err)
{
    const struct am_caseload *caseload = carry->caseload;
    int sessions = caseload->window_session_count;
    bool good = true;
    am_names_init(&carry->people, &carry->scratch);
    am_names_init(&carry->supervisors, &carry->scratch);
    carry->occurrences = AM_ARENA_NEW(&carry->scratch, (size_t)sessions, struct occurrence);
    if (!carry->occurrences)
        return am_fail_memory(err);
    for (int p = 0; p < caseload->person_count && good; p++)
        good = add_name(&carry->people, caseload->people[p].crn);
    for (int m = 0; m < caseload->supervisor_count && good; m++)
        good = add_name(&carry->supervisors, caseload->supervisors[m].code);
    for (int s = 0; s < sessions; s++)
        carry->occurrences[s] =
            (struct occurrence){caseload->sessions[s].id, caseload->sessions[s].original_date, s};
    qsort(carry->occurrences, (size_t)sessions, sizeof *carry->occurrences, by_occurrence);
    return good ? AM_OK : am_fail_memory(err);
}

static int find_session(const struct carry *carry, const struct am_session *was)
{
    const struct occurrence wanted = {was->id, was->original_date, -1};
    const struct occurrence *found =
        bsearch(&wanted, carry->occurrences, (size_t)carry->caseload->window_session_count,
                sizeof wanted, by_occurrence);
    return found ? found->session : -1;
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
                am_names_find(&carry->supervisors, was->supervisors[supervisor].code);
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
        appointment.person = am_names_find(&carry->people, was->people[appointment.person].crn);
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
        status = index_caseload(&carry, err);
    if (status == AM_OK) {
        carry_sessions(&carry, from, to);
        status = carry_appointments(&carry, from, to, err);
    }
    am_roster_sort(to);
    am_arena_release(&carry.scratch);
    return status;
}
