/*
 * The fact behind each rule that keeps somebody from a session.
 */
#include "model/why.h"

#include "model/eligible_rules.h"

struct asking {
    const struct am_caseload *caseload;
    const struct am_orders *orders;
    const struct am_person *who;
    const struct am_person_state *state;
    const struct am_session *at;
    int person, session;
    const struct am_journey *journey;
};

bool am_is_fixed_to(const struct am_orders *orders, int person, int session)
{
    const struct am_person_state *state = &orders->people[person];
    for (int i = state->first_fixed; i < state->first_fixed + state->fixed_count; i++)
        if (orders->fixed[i].session == session)
            return true;
    return false;
}

/* ---- R1, R2 ---- */

static void because_order(const struct asking *ask, struct am_because *because)
{
    because->kind = AM_BECAUSE_NO_ORDER;
    if (ask->state->order < 0)
        return;
    because->kind = AM_BECAUSE_BEFORE_SENTENCE;
    because->date = ask->caseload->orders[ask->state->order].sentence_date;
}

/* The minutes of the day that must be free. */
static void needed(const struct asking *ask, struct am_because *because)
{
    bool journeys = ask->caseload->policy.availability_leaves_home && ask->journey->known;
    because->needs_from = (int16_t)(ask->at->start - (journeys ? ask->journey->there : 0));
    because->needs_to =
        (int16_t)(ask->at->start + ask->at->minutes + (journeys ? ask->journey->back : 0));
}

static bool is_away(const struct asking *ask, struct am_because *because)
{
    am_stamp from = am_stamp_of(ask->at->date, because->needs_from);
    am_stamp to = am_stamp_of(ask->at->date, because->needs_to);
    for (int i = 0; i < ask->who->unavailable.count; i++) {
        const struct am_absence *absence = &ask->who->unavailable.at[i];
        if (absence->start >= to || absence->end <= from)
            continue;
        because->kind = AM_BECAUSE_AWAY;
        because->date = (am_date)(absence->start / AM_DAY_MINUTES);
        because->until = (am_date)((absence->end - 1) / AM_DAY_MINUTES);
        return true;
    }
    return false;
}

/* The longest window of that day, by itself. */
static void because_available(const struct asking *ask, struct am_because *because)
{
    needed(ask, because);
    if (is_away(ask, because))
        return;
    because->kind = AM_BECAUSE_NOT_FREE;
    for (int i = 0; i < ask->who->available.count; i++) {
        const struct am_window *window = &ask->who->available.at[i];
        const struct am_windows one = {window, 1};
        if (!am_has_window(one, ask->at->date))
            continue;
        if (because->kind == AM_BECAUSE_FREE_ELSE &&
            window->to - window->from <= because->to - because->from)
            continue;
        because->kind = AM_BECAUSE_FREE_ELSE;
        because->from = window->from;
        because->to = window->to;
    }
}

/* ---- R3 ---- */

/* By every mode that the person has, there is surely none. */
static bool is_no_journey(const struct asking *ask)
{
    enum am_weekday day = am_weekday_of(ask->at->date);
    int end = ask->at->start + ask->at->minutes;
    if (ask->who->home < 0 || ask->at->place < 0 || !ask->who->modes)
        return false;
    for (int m = 0; m < AM_MODE_COUNT; m++) {
        if (!(ask->who->modes & (1U << m)))
            continue;
        struct am_leg there = am_travel_leg(ask->caseload, AM_THERE, ask->who->home, ask->at->place,
                                            (enum am_mode)m, day, ask->at->start);
        struct am_leg back = am_travel_leg(ask->caseload, AM_BACK, ask->who->home, ask->at->place,
                                           (enum am_mode)m, day, end);
        if (there.minutes != AM_NO_JOURNEY && back.minutes != AM_NO_JOURNEY)
            return false;
    }
    return true;
}

static void because_travel(const struct asking *ask, struct am_because *because)
{
    bool back = ask->journey->back > ask->journey->there;
    because->kind = back ? AM_BECAUSE_FAR_BACK : AM_BECAUSE_FAR_THERE;
    because->minutes = back ? ask->journey->back : ask->journey->there;
    because->limit = ask->caseload->policy.travel_limit_minutes;
    if (!ask->journey->known)
        because->kind = is_no_journey(ask) ? AM_BECAUSE_NO_JOURNEY : AM_BECAUSE_UNKNOWN_JOURNEY;
}

/* ---- R5 to R7 ---- */

static int32_t credited(const struct asking *ask)
{
    return ask->at->minutes < ask->state->free_min ? ask->at->minutes : ask->state->free_min;
}

static void because_week(const struct asking *ask, struct am_because *because)
{
    int week = am_week_of(ask->at->date, ask->caseload->from);
    because->kind = AM_BECAUSE_WEEK_FULL;
    because->limit = am_weekly_max(ask->caseload, ask->person, week);
    because->minutes = credited(ask);
    for (int i = 0; i < ask->state->fixed_count; i++) {
        const struct am_fixed *fixed = &ask->orders->fixed[ask->state->first_fixed + i];
        am_date date = ask->caseload->sessions[fixed->session].date;
        if (fixed->offered && am_week_of(date, ask->caseload->from) == week)
            because->minutes += fixed->minutes;
    }
}

static void because_minutes(const struct asking *ask, struct am_because *because)
{
    int32_t free_min = ask->state->free_min, got = credited(ask);
    because->kind = AM_BECAUSE_CUT_BEFORE_FIXED;
    because->minutes = ask->at->minutes;
    because->limit = free_min;
    if (free_min == 0) {
        because->kind = AM_BECAUSE_NOTHING_LEFT;
    } else if (got < free_min && got < ask->caseload->policy.shortest_appointment_minutes) {
        because->kind = AM_BECAUSE_TOO_SHORT;
        because->minutes = got;
        because->limit = ask->caseload->policy.shortest_appointment_minutes;
    }
}

static void because_education(const struct asking *ask, struct am_because *because)
{
    because->minutes = credited(ask);
    because->limit = ask->state->ete_left_min;
    because->kind =
        ask->state->ete_left_min > 0 ? AM_BECAUSE_EDUCATION_LEFT : AM_BECAUSE_NO_EDUCATION;
}

/* ---- R10, R11 ---- */

static void because_leader(const struct asking *ask, struct am_because *because)
{
    bool nobody = ask->at->supervised && !am_leading_genders(ask->caseload, ask->session);
    because->kind = nobody ? AM_BECAUSE_NOBODY_LEADS : AM_BECAUSE_DEMAND;
}

static void because_placement(const struct asking *ask, struct am_because *because)
{
    const struct am_project *project = &ask->caseload->projects[ask->at->project];
    bool kept_out = ask->who->gender == AM_MALE ||
                    (ask->who->gender != AM_FEMALE && !ask->who->may_join_women_only);
    because->kind = project->women_only && kept_out ? AM_BECAUSE_WOMEN_ONLY : AM_BECAUSE_PLACEMENT;
}

/* ---- all of them ---- */

static void explain_rule(const struct asking *ask, struct am_because *because)
{
    switch (because->rule) {
    case AM_R1:
        because_order(ask, because);
        break;
    case AM_R2:
        because_available(ask, because);
        break;
    case AM_R3:
        because_travel(ask, because);
        break;
    case AM_R4:
        because->kind = AM_BECAUSE_BUSY;
        break;
    case AM_R5:
        because_week(ask, because);
        break;
    case AM_R6:
        because_minutes(ask, because);
        break;
    case AM_R7:
        because_education(ask, because);
        break;
    case AM_R8:
        because->kind = AM_BECAUSE_NO_PLACES;
        break;
    case AM_R10:
        because_leader(ask, because);
        break;
    case AM_R11:
        because_placement(ask, because);
        break;
    case AM_R14:
        because->kind =
            ask->at->closed == AM_CANCELLED ? AM_BECAUSE_CANCELLED : AM_BECAUSE_NON_WORKING;
        break;
    case AM_R15:
        because->kind = AM_BECAUSE_PAST;
        break;
    case AM_R16:
        because->kind = AM_BECAUSE_SECOND_INDUCTION;
        break;
    case AM_R9: /* of the whole roster: am_forbidden never has them */
    case AM_R12:
    case AM_R13:
    case AM_RULE_COUNT:
        because->kind = AM_BECAUSE_RESTRICTED;
        break;
    }
}

void am_why_ask(const struct am_caseload *caseload, const struct am_orders *orders, int person,
                int session, struct am_why *why)
{
    *why = (struct am_why){0};
    why->rules = am_forbidden(caseload, orders, person, session, &why->journey);
    const struct asking ask = {.caseload = caseload,
                               .orders = orders,
                               .who = &caseload->people[person],
                               .state = &orders->people[person],
                               .at = &caseload->sessions[session],
                               .person = person,
                               .session = session,
                               .journey = &why->journey};
    for (int r = 0; r < AM_RULE_COUNT; r++) {
        if (!(why->rules & AM_RULE_BIT(r)))
            continue;
        struct am_because *because = &why->because[why->count++];
        *because =
            (struct am_because){.rule = (enum am_rule)r, .date = AM_NO_DATE, .until = AM_NO_DATE};
        explain_rule(&ask, because);
    }
}
