/*
 * Rules of patterns (docs/formulation.md, section 4): one person's bookings in
 * the window, walked through in time.
 */
#include "model/audit_parts.h"

struct walk {
    struct am_audit_log *log;
    const struct am_audit_facts *facts;
    const struct am_audit_person *person;
    struct am_audit_range bookings;
    int index; /* of the person */
};

static am_date date_of(const struct walk *walk, const struct am_audit_booking *booking)
{
    return walk->facts->caseload->sessions[booking->session].date;
}

static enum am_project_type type_of(const struct walk *walk, const struct am_audit_booking *booking)
{
    const struct am_caseload *caseload = walk->facts->caseload;
    return caseload->projects[caseload->sessions[booking->session].project].type;
}

static bool is_new(const struct am_audit_booking *booking)
{
    return booking->fixed < 0;
}

/* ---- R6 ---- */

static const struct am_audit_booking *last_new(const struct walk *walk)
{
    for (int i = walk->bookings.count - 1; i >= 0; i--)
        if (is_new(&walk->bookings.at[i]))
            return &walk->bookings.at[i];
    return NULL;
}

static bool fixed_after(const struct walk *walk, am_date date)
{
    for (int i = 0; i < walk->bookings.count; i++) {
        const struct am_audit_booking *b = &walk->bookings.at[i];
        if (!is_new(b) && !b->recorded && date_of(walk, b) > date)
            return true;
    }
    return false;
}

/* booked: new minutes before this one. */
static bool breaks_R6(const struct walk *walk, const struct am_audit_booking *booking,
                      int64_t booked)
{
    const struct am_session *session = &walk->facts->caseload->sessions[booking->session];
    int64_t left = walk->person->free_min - booked, due = session->minutes;
    bool last = booking == last_new(walk);
    if (last && left < due)
        due = left;
    if (booking->start != session->start || booking->minutes != due || due < 1)
        return true;
    if (due < walk->facts->caseload->policy.shortest_appointment_minutes && due != left)
        return true;
    return due < session->minutes && fixed_after(walk, session->date);
}

/* ---- R5, R7 ---- */

/* Is this the last new booking of its week, and the week over the maximum? */
static bool breaks_R5(const struct walk *walk, int i)
{
    const struct am_caseload *caseload = walk->facts->caseload;
    int week = am_audit_week(caseload, walk->bookings.at[i].session);
    int64_t sum = 0;
    for (int k = 0; k < walk->bookings.count; k++) {
        const struct am_audit_booking *b = &walk->bookings.at[k];
        if (am_audit_week(caseload, b->session) != week)
            continue;
        if (k > i && is_new(b))
            return false;
        sum += b->offered ? b->minutes : 0;
    }
    return sum > am_audit_week_max_waived(caseload, walk->index, week);
}

static bool counts_to_R7(const struct walk *walk, const struct am_audit_booking *booking)
{
    return is_new(booking) && type_of(walk, booking) == AM_ETE;
}

static bool breaks_R7(const struct walk *walk, int i)
{
    int64_t sum = 0;
    if (!counts_to_R7(walk, &walk->bookings.at[i]))
        return false;
    for (int k = 0; k <= i; k++)
        if (counts_to_R7(walk, &walk->bookings.at[k]))
            sum += walk->bookings.at[k].minutes;
    return sum > walk->person->ete_left_min;
}

/* ---- R16, R4 ---- */

/* Is there an induction among the bookings before this one? */
static bool inducted_before(const struct walk *walk, int i, bool new_only)
{
    for (int k = 0; k < i; k++)
        if ((is_new(&walk->bookings.at[k]) || !new_only) &&
            type_of(walk, &walk->bookings.at[k]) == AM_INDUCTION)
            return true;
    return false;
}

/* Where an induction is needed, it comes before everything else, and once.
 * (That nobody else attends one is a rule of pairs.) */
static bool breaks_R16(const struct walk *walk, int i)
{
    const struct am_audit_booking *booking = &walk->bookings.at[i];
    if (!walk->person->needs_induction)
        return false;
    bool induction = type_of(walk, booking) == AM_INDUCTION;
    return induction == inducted_before(walk, i, true);
}

static bool breaks_R4(const struct walk *walk, int i)
{
    return i > 0 &&
           date_of(walk, &walk->bookings.at[i - 1]) == date_of(walk, &walk->bookings.at[i]);
}

/* ---- new and fixed ---- */

static void check_new(const struct walk *walk, int i, int64_t booked)
{
    const struct am_audit_booking *booking = &walk->bookings.at[i];
    am_rule_set set = am_audit_forbidden(walk->facts, walk->index, booking->session);
    set &= ~AM_RULE_BIT(AM_R8); /* noted once, of the session */
    const struct {
        enum am_rule rule;
        bool broken;
    } checks[] = {
        {AM_R1, booking->order != walk->person->order},
        {AM_R4, breaks_R4(walk, i)},
        {AM_R5, breaks_R5(walk, i)},
        {AM_R6, breaks_R6(walk, booking, booked)},
        {AM_R7, breaks_R7(walk, i)},
        {AM_R16, breaks_R16(walk, i)},
    };
    for (size_t k = 0; k < sizeof checks / sizeof checks[0]; k++)
        if (checks[k].broken)
            set |= AM_RULE_BIT(checks[k].rule);
    am_audit_note_set(walk->log, walk->facts, set, false, booking);
}

/* Minutes of what is fixed for the same order, up to and with this one. */
static int64_t fixed_so_far(const struct walk *walk, int i, bool education)
{
    int64_t sum = 0;
    for (int k = 0; k <= i; k++) {
        const struct am_audit_booking *b = &walk->bookings.at[k];
        if (!is_new(b) && !b->recorded && b->order == walk->bookings.at[i].order &&
            (!education || type_of(walk, b) == AM_ETE))
            sum += b->minutes;
    }
    return sum;
}

static bool week_has_new(const struct walk *walk, int i)
{
    const struct am_caseload *caseload = walk->facts->caseload;
    for (int k = 0; k < walk->bookings.count; k++)
        if (is_new(&walk->bookings.at[k]) &&
            am_audit_week(caseload, walk->bookings.at[k].session) ==
                am_audit_week(caseload, walk->bookings.at[i].session))
            return true;
    return false;
}

/* R16 of a fixed one: a second induction, or work before the induction. */
static bool breaks_R16_fixed(const struct walk *walk, int i)
{
    const struct am_caseload *caseload = walk->facts->caseload;
    const struct am_person *person = &caseload->people[walk->index];
    bool induction = type_of(walk, &walk->bookings.at[i]) == AM_INDUCTION;
    if (!caseload->policy.induction_first ||
        am_audit_waived(caseload, AM_R16, walk->index, walk->bookings.at[i].session))
        return false;
    bool inducted = person->inducted_on != AM_NO_DATE;
    for (int o = person->first_order; o < person->first_order + person->order_count; o++)
        inducted = inducted || caseload->orders[o].worked_min > 0;
    if (inducted_before(walk, i, false))
        inducted = true;
    return induction ? inducted : walk->person->needs_induction && !inducted;
}

static void check_fixed(const struct walk *walk, int i)
{
    const struct am_audit_booking *booking = &walk->bookings.at[i];
    if (!booking->offered)
        return;
    am_rule_set set = am_audit_accepted(walk->facts, &walk->facts->fixed[booking->fixed]);
    const struct am_audit_order *order = &walk->facts->orders[booking->order];
    const struct {
        enum am_rule rule;
        bool broken;
    } checks[] = {
        {AM_R5, !week_has_new(walk, i) && breaks_R5(walk, i)},
        {AM_R6, !booking->recorded && fixed_so_far(walk, i, false) > order->remaining_min},
        {AM_R7, !booking->recorded && type_of(walk, booking) == AM_ETE &&
                    fixed_so_far(walk, i, true) > order->ete_left_min &&
                    !am_audit_waived(walk->facts->caseload, AM_R7, walk->index, booking->session)},
        {AM_R16, !booking->recorded && breaks_R16_fixed(walk, i)},
    };
    for (size_t k = 0; k < sizeof checks / sizeof checks[0]; k++)
        if (checks[k].broken)
            set |= AM_RULE_BIT(checks[k].rule);
    am_audit_note_set(walk->log, walk->facts, set, true, booking);
    if (!breaks_R4(walk, i) || is_new(&walk->bookings.at[i - 1]))
        return; /* a new one on that day is noted there */
    bool accepted = walk->bookings.at[i - 1].session != booking->session;
    am_audit_note_set(walk->log, walk->facts, AM_RULE_BIT(AM_R4), accepted, booking);
}

void am_audit_check_person(struct am_audit_log *log, const struct am_audit_facts *facts, int person,
                           struct am_audit_range bookings)
{
    struct walk walk = {log, facts, &facts->people[person], bookings, person};
    int64_t booked = 0;
    for (int i = 0; i < bookings.count; i++) {
        if (!is_new(&bookings.at[i])) {
            check_fixed(&walk, i);
            continue;
        }
        check_new(&walk, i, booked);
        booked += bookings.at[i].minutes;
    }
}
