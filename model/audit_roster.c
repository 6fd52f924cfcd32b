/*
 * Rules of a whole roster (docs/formulation.md, section 4): what each session,
 * each supervisor and everything fixed must obey.
 */
#include "model/audit_parts.h"

/* One session of the roster, and what is broken there. */
struct at {
    struct am_audit_log *log;
    const struct am_audit_facts *facts;
    const struct am_session *given;
    const struct am_audit_session *state;
    struct am_roster_session as;
    struct am_audit_range booked;
    int session, heads;
};

static void note(const struct at *at, enum am_rule rule, bool accepted, int person)
{
    struct am_audit_place place = {person, at->session, at->as.supervisor, at->given->date};
    am_audit_note(at->log, rule, accepted, place, "%s", am_rule_sentence(rule));
}

/* Was this booked by what is fixed, with nobody added? */
static bool fixed_alone(const struct at *at)
{
    return at->heads == at->state->fixed_heads;
}

/* ---- R8, R9 ---- */

static void check_places(const struct at *at)
{
    struct am_audit_place place = {-1, at->session, -1, at->given->date};
    if (at->heads > at->state->bookable)
        am_audit_note(at->log, AM_R8, at->heads <= at->state->fixed_heads, place,
                      "%d booked; %d can be", at->heads, at->state->bookable);
}

static void check_group(const struct at *at)
{
    struct am_audit_place place = {-1, at->session, -1, at->given->date};
    int fixed = at->state->fixed_heads;
    if (at->as.runs && at->heads == 0)
        am_audit_note(at->log, AM_R9, false, place, "it runs with nobody booked");
    else if (!at->as.runs && fixed > 0)
        am_audit_note(at->log, AM_R15, false, place,
                      "it does not run, but has a fixed appointment");
    else if (!at->as.runs && at->heads > 0)
        am_audit_note(at->log, AM_R9, false, place, "%d booked, but it does not run", at->heads);
    else if (at->as.runs && at->heads < at->given->min_group)
        am_audit_note(at->log, AM_R9, fixed > 0, place, "%d booked; the minimum group is %d",
                      at->heads, at->given->min_group);
}

/* ---- R10 ---- */

/* The gender that each case demands of the supervisor. */
static void check_genders(const struct at *at)
{
    const struct am_caseload *caseload = at->facts->caseload;
    for (int i = 0; i < at->booked.count; i++) {
        const struct am_audit_booking *b = &at->booked.at[i];
        int gender = caseload->people[b->person].supervisor_gender;
        if (b->recorded || gender < 0 || am_audit_waived(caseload, AM_R10, b->person, at->session))
            continue;
        if ((int)caseload->supervisors[at->as.supervisor].gender != gender)
            note(at, AM_R10, b->fixed >= 0, b->person);
    }
}

static void check_unled(const struct at *at)
{
    if (at->state->pinned >= 0)
        note(at, AM_R15, false, -1);
    else
        note(at, AM_R10, at->state->fixed_heads > 0 && fixed_alone(at), -1);
}

static void check_led(const struct at *at)
{
    const struct am_caseload *caseload = at->facts->caseload;
    int m = at->as.supervisor;
    const struct am_supervisor *supervisor = &caseload->supervisors[m];
    if (at->state->pinned >= 0 && at->state->pinned != m)
        note(at, AM_R15, false, -1);
    else if (!am_audit_may_lead(at->facts, m, at->session))
        note(at, AM_R10, false, -1);
    int32_t places =
        supervisor->group_limit < at->given->places ? supervisor->group_limit : at->given->places;
    if (at->heads > am_audit_bookable(&caseload->policy, places))
        note(at, AM_R10, at->heads <= at->state->fixed_heads, -1);
    check_genders(at);
}

static void check_leader(const struct at *at)
{
    bool led = at->as.supervisor >= 0;
    if (at->given->supervised && at->as.runs) {
        if (led)
            check_led(at);
        else if (at->heads > 0)
            check_unled(at);
    } else if (led) {
        note(at, AM_R10, false, -1);
    }
}

/* ---- R11, R12 ---- */

int am_audit_lone_woman(const struct am_audit_facts *facts, int session,
                        struct am_audit_range booked)
{
    const struct am_caseload *caseload = facts->caseload;
    int women = 0, men = 0, new_among = 0, woman = -1;
    for (int i = 0; i < booked.count; i++) {
        const struct am_audit_booking *b = &booked.at[i];
        enum am_gender gender = caseload->people[b->person].gender;
        if (b->recorded || (gender != AM_FEMALE && gender != AM_MALE))
            continue;
        new_among += b->fixed < 0;
        if (gender == AM_MALE) {
            men++;
        } else {
            women++;
            woman = b->person;
        }
    }
    if (men == 0 || women != 1 || caseload->people[woman].consents_alone ||
        am_audit_waived(caseload, AM_R11, woman, session) || new_among == 0)
        return -1;
    return woman;
}

static bool kept_apart(const struct am_caseload *caseload, int a, int b)
{
    const struct am_indices *list = &caseload->people[a].keep_apart;
    for (int i = 0; i < list->count; i++)
        if (list->at[i] == b)
            return true;
    return false;
}

static void check_apart(const struct at *at)
{
    const struct am_caseload *caseload = at->facts->caseload;
    for (int i = 0; i < at->booked.count; i++)
        for (int k = i + 1; k < at->booked.count; k++) {
            const struct am_audit_booking *a = &at->booked.at[i], *b = &at->booked.at[k];
            if (a->recorded || b->recorded || !kept_apart(caseload, a->person, b->person) ||
                am_audit_waived(caseload, AM_R12, a->person, at->session) ||
                am_audit_waived(caseload, AM_R12, b->person, at->session))
                continue;
            note(at, AM_R12, a->fixed >= 0 && b->fixed >= 0, a->person);
        }
}

/* ---- a session ---- */

static void check_stays(const struct at *at)
{
    if (at->as.runs != at->state->stays_running || at->as.supervisor != at->state->stays_led_by)
        note(at, AM_R15, false, -1);
}

void am_audit_check_session(struct am_audit_log *log, const struct am_audit_facts *facts,
                            int session, struct am_roster_session as, struct am_audit_range booked)
{
    struct at at = {
        .log = log,
        .facts = facts,
        .given = &facts->caseload->sessions[session],
        .state = &facts->sessions[session],
        .as = as,
        .booked = booked,
        .session = session,
        .heads = am_audit_heads(booked),
    };
    if (!at.state->open) {
        check_stays(&at);
        return;
    }
    check_places(&at);
    check_group(&at);
    check_leader(&at);
    if (facts->caseload->policy.lone_woman == AM_LONE_WOMAN_HARD) {
        int woman = am_audit_lone_woman(facts, session, booked);
        if (woman >= 0)
            note(&at, AM_R11, false, woman);
    }
    check_apart(&at);
}

/* ---- a supervisor ---- */

/* Is it the roster's choice that m leads this session? */
static bool is_chosen(const struct am_audit_facts *facts, int session)
{
    const struct am_audit_session *state = &facts->sessions[session];
    return state->open && !(state->pinned >= 0 && state->fixed_heads > 0);
}

static bool leads(const struct am_roster_session *sessions, int session, int supervisor)
{
    return sessions[session].runs && sessions[session].supervisor == supervisor;
}

static void check_overlaps(struct am_audit_log *log, const struct am_audit_facts *facts,
                           const struct am_roster_session *sessions, int m)
{
    const struct am_caseload *caseload = facts->caseload;
    for (int i = 0; i < caseload->window_session_count; i++) {
        if (!leads(sessions, i, m))
            continue;
        const struct am_session *a = &caseload->sessions[i];
        for (int k = i + 1; k < caseload->window_session_count; k++) {
            const struct am_session *b = &caseload->sessions[k];
            if (b->date != a->date)
                break; /* sessions are by date */
            if (!leads(sessions, k, m) || b->start >= a->start + a->minutes ||
                a->start >= b->start + b->minutes)
                continue;
            struct am_audit_place place = {-1, k, m, b->date};
            bool accepted = !is_chosen(facts, i) && !is_chosen(facts, k);
            am_audit_note(log, AM_R10, accepted, place, "in two places at once");
        }
    }
}

static void check_hours(struct am_audit_log *log, const struct am_audit_facts *facts,
                        const struct am_roster_session *sessions, int m)
{
    const struct am_caseload *caseload = facts->caseload;
    for (int w = 0; w < caseload->weeks; w++) {
        int64_t sum = 0;
        bool chosen = false;
        int last = -1;
        for (int s = 0; s < caseload->window_session_count; s++) {
            if (!leads(sessions, s, m) || am_audit_week(caseload, s) != w)
                continue;
            sum += caseload->sessions[s].minutes;
            chosen = chosen || is_chosen(facts, s);
            last = s;
        }
        struct am_audit_place place = {-1, last, m, caseload->from + 7 * w};
        if (sum > caseload->supervisors[m].weekly_max_min)
            am_audit_note(log, AM_R10, !chosen, place, "over the hours of the week");
    }
}

void am_audit_check_supervisor(struct am_audit_log *log, const struct am_audit_facts *facts,
                               const struct am_roster_session *sessions, int supervisor)
{
    check_overlaps(log, facts, sessions, supervisor);
    check_hours(log, facts, sessions, supervisor);
}

/* ---- what is fixed ---- */

static bool is_there(const struct am_audit_view *view, int f)
{
    const struct am_audit_fixed *fixed = &view->facts->fixed[f];
    struct am_audit_range bookings = am_audit_of_person(view, fixed->person);
    for (int i = 0; i < bookings.count; i++)
        if (bookings.at[i].fixed == f)
            return bookings.at[i].start == fixed->start &&
                   bookings.at[i].minutes == fixed->minutes && bookings.at[i].order == fixed->order;
    return false;
}

void am_audit_check_fixed(struct am_audit_log *log, const struct am_audit_view *view)
{
    const struct am_audit_facts *facts = view->facts;
    for (int f = 0; f < facts->fixed_count; f++) {
        const struct am_audit_fixed *fixed = &facts->fixed[f];
        if (is_there(view, f))
            continue;
        struct am_audit_place place = {fixed->person, fixed->session, -1,
                                       facts->caseload->sessions[fixed->session].date};
        am_audit_note(log, AM_R15, false, place,
                      "a fixed appointment is missing, or its start, minutes or order changed");
    }
}

void am_audit_check_all(struct am_audit_log *log, const struct am_audit_view *view)
{
    const struct am_caseload *caseload = view->facts->caseload;
    for (int p = 0; p < caseload->person_count; p++)
        am_audit_check_person(log, view->facts, p, am_audit_of_person(view, p));
    for (int s = 0; s < caseload->window_session_count; s++)
        am_audit_check_session(log, view->facts, s, view->sessions[s],
                               am_audit_of_session(view, s));
    for (int m = 0; m < caseload->supervisor_count; m++)
        am_audit_check_supervisor(log, view->facts, view->sessions, m);
    am_audit_check_fixed(log, view);
}
