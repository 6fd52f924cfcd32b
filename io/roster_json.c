/* Writes amends-roster/1. The reader is in io/roster_read.c. */
#include "io/roster_json.h"

#include <stddef.h>
#include <string.h>

#include "io/emit_json.h"
#include "io/report_figures.h"

struct writer {
    struct am_emit emit;
    const struct am_roster_context *context;
    const struct am_caseload *caseload;
    const struct am_roster *roster;
    const struct am_figures *figures;
};

/* ---- parts that recur ---- */

static void put_supervisor(struct writer *w, const char *key, int supervisor)
{
    if (supervisor < 0)
        am_emit_null(&w->emit, key);
    else
        am_emit_string(&w->emit, key, w->caseload->supervisors[supervisor].code);
}

static void put_person(struct writer *w, int person)
{
    am_emit_string(&w->emit, "crn", w->caseload->people[person].crn);
}

/* An occurrence is its id and original date, whatever was overridden. */
static void put_occurrence(struct writer *w, int index)
{
    const struct am_session *session = &w->caseload->sessions[index];
    am_emit_string(&w->emit, "session", session->id);
    am_emit_date(&w->emit, "original_date", session->original_date);
}

/* ---- made, score, proof ---- */

/* The roster does not depend on the number of threads. */
static bool changes_the_answer(const struct am_setting *setting)
{
    return strcmp(setting->name, "threads") != 0;
}

static void put_made(struct writer *w)
{
    struct am_emit *emit = &w->emit;
    am_emit_open(emit, "made", '{', false);
    am_emit_string(emit, "program", "amends");
    am_emit_string(emit, "version", w->context->version);
    am_emit_string(emit, "input_sha256", w->caseload->sha256);
    if (w->context->warm_sha256)
        am_emit_string(emit, "warm_sha256", w->context->warm_sha256);
    if (w->caseload->plan_sha256[0])
        am_emit_string(emit, "plan_sha256", w->caseload->plan_sha256);
    am_emit_date(emit, "as_of", w->caseload->as_of);
    am_emit_open(emit, "window", '{', true);
    am_emit_date(emit, "from", w->caseload->from);
    am_emit_int(emit, "weeks", w->caseload->weeks);
    am_emit_close(emit);
    am_emit_open(emit, "settings", '{', true);
    for (int i = 0; i < am_setting_count; i++)
        if (changes_the_answer(&am_setting_table[i]))
            am_emit_int(emit, am_setting_table[i].name,
                        am_setting_value(w->context->settings, &am_setting_table[i]));
    am_emit_close(emit);
    am_emit_close(emit);
}

static void put_figure(struct am_emit *emit, const char *id, int64_t units, int64_t points)
{
    am_emit_open(emit, id, '{', true);
    am_emit_int(emit, "units", units);
    am_emit_int(emit, "points", points);
    am_emit_close(emit);
}

static void put_score(struct writer *w)
{
    const struct am_score *score = &w->roster->score;
    am_emit_open(&w->emit, "score", '{', false);
    am_emit_int(&w->emit, "total", score->total);
    am_emit_open(&w->emit, "rules", '{', false);
    for (int r = 0; r < AM_RULE_COUNT; r++)
        put_figure(&w->emit, am_rule_id((enum am_rule)r), score->rule_units[r],
                   score->rule_points[r]);
    am_emit_close(&w->emit);
    am_emit_open(&w->emit, "wishes", '{', false);
    for (int s = 0; s < AM_WISH_COUNT; s++)
        put_figure(&w->emit, am_wish_id((enum am_wish)s), score->wish_units[s],
                   score->wish_points[s]);
    am_emit_close(&w->emit);
    am_emit_close(&w->emit);
}

/* What the plan asks of people: without it the score could not be reckoned again. */
static void put_aims(struct writer *w)
{
    if (!w->caseload->plan_sha256[0])
        return;
    am_emit_open(&w->emit, "aims", '[', false);
    for (int p = 0; p < w->caseload->person_count; p++) {
        const struct am_aim *aim = &w->caseload->people[p].aim;
        if (!aim->given)
            continue;
        am_emit_open(&w->emit, NULL, '{', true);
        put_person(w, p);
        am_emit_int(&w->emit, "planned_minutes", aim->planned_min);
        am_emit_int(&w->emit, "needed_minutes", aim->needed_min);
        am_emit_close(&w->emit);
    }
    am_emit_close(&w->emit);
}

static void put_proof(struct writer *w)
{
    const struct am_proof *proof = &w->roster->proof;
    am_emit_open(&w->emit, "proof", '{', false);
    am_emit_int(&w->emit, "objective", proof->objective);
    am_emit_int(&w->emit, "bound", proof->bound);
    am_emit_int(&w->emit, "points_between", proof->objective - proof->bound);
    am_emit_int(&w->emit, "gap_millionths", am_proof_gap_ppm(proof));
    am_emit_int(&w->emit, "fixed_only", proof->fixed_only);
    am_emit_close(&w->emit);
}

/* ---- sessions and appointments ---- */

static void put_session(struct writer *w, int index)
{
    const struct am_session *session = &w->caseload->sessions[index];
    const struct am_session_figures *figures = &w->figures->sessions[index];
    struct am_emit *emit = &w->emit;
    am_emit_open(emit, NULL, '{', true);
    put_occurrence(w, index);
    am_emit_string(emit, "project", w->caseload->projects[session->project].code);
    am_emit_date(emit, "date", session->date);
    am_emit_minute(emit, "start", session->start);
    am_emit_minute(emit, "end", session->start + session->minutes);
    am_emit_bool(emit, "runs", w->roster->sessions[index].runs);
    if (figures->why_not == AM_WHY_RUNS)
        am_emit_null(emit, "why_not");
    else
        am_emit_string(emit, "why_not", am_why_not_word(figures->why_not));
    put_supervisor(w, "supervisor", w->roster->sessions[index].supervisor);
    am_emit_int(emit, "places", session->places);
    am_emit_int(emit, "booked", figures->booked);
    am_emit_int(emit, "expected_hundredths", figures->expected_hundredths);
    am_emit_int(emit, "places_free", figures->places_free);
    am_emit_close(emit);
}

static void put_sessions(struct writer *w)
{
    am_emit_open(&w->emit, "sessions", '[', false);
    for (int s = 0; s < w->caseload->window_session_count; s++)
        put_session(w, s);
    am_emit_close(&w->emit);
}

static void put_travel(struct am_emit *emit, const struct am_roster_appointment *appointment)
{
    if (appointment->there < 0 || appointment->back < 0) {
        am_emit_null(emit, "travel");
        return;
    }
    am_emit_open(emit, "travel", '{', true);
    am_emit_string(emit, "mode", am_mode_word((enum am_mode)appointment->mode));
    am_emit_int(emit, "there", appointment->there);
    am_emit_int(emit, "back", appointment->back);
    am_emit_string(emit, "quality",
                   am_travel_quality_word((enum am_travel_quality)appointment->quality));
    am_emit_close(emit);
}

static void put_appointment(struct writer *w, const struct am_roster_appointment *appointment)
{
    const struct am_session *session = &w->caseload->sessions[appointment->session];
    struct am_emit *emit = &w->emit;
    am_emit_open(emit, NULL, '{', true);
    put_person(w, appointment->person);
    am_emit_string(emit, "event", w->caseload->orders[appointment->order].event);
    put_occurrence(w, appointment->session);
    am_emit_string(emit, "project", w->caseload->projects[session->project].code);
    am_emit_date(emit, "date", session->date);
    am_emit_minute(emit, "start", appointment->start);
    am_emit_minute(emit, "end", appointment->start + appointment->minutes);
    am_emit_int(emit, "minutes", appointment->minutes);
    put_supervisor(w, "supervisor", w->roster->sessions[appointment->session].supervisor);
    put_travel(emit, appointment);
    am_emit_bool(emit, "fixed", appointment->fixed);
    am_emit_bool(emit, "recorded", appointment->recorded);
    am_emit_close(emit);
}

static void put_appointments(struct writer *w)
{
    am_emit_open(&w->emit, "appointments", '[', false);
    for (int i = 0; i < w->roster->appointment_count; i++)
        put_appointment(w, &w->roster->appointments[i]);
    am_emit_close(&w->emit);
}

/* ---- who is left out, and how the orders stand ---- */

static void put_counts(struct am_emit *emit, const char *key, const int32_t *counts)
{
    am_emit_open(emit, key, '{', true);
    for (int r = 0; r < AM_RULE_COUNT; r++)
        if (counts[r] > 0)
            am_emit_int(emit, am_rule_id((enum am_rule)r), counts[r]);
    am_emit_close(emit);
}

static void put_unplaced(struct writer *w)
{
    const struct am_eligibility *eligibility = w->context->eligibility;
    am_emit_open(&w->emit, "unplaced", '[', false);
    for (int i = 0; i < w->figures->unplaced_count; i++) {
        const struct am_unplaced *unplaced = &w->figures->unplaced[i];
        ptrdiff_t row = (ptrdiff_t)unplaced->person * AM_RULE_COUNT;
        am_emit_open(&w->emit, NULL, '{', true);
        put_person(w, unplaced->person);
        am_emit_string(&w->emit, "reason",
                       unplaced->reason < 0 ? "no_place"
                                            : am_rule_id((enum am_rule)unplaced->reason));
        am_emit_int(&w->emit, "eligible_sessions", unplaced->eligible);
        put_counts(&w->emit, "forbidden_first", eligibility->forbidden_first + row);
        put_counts(&w->emit, "forbidden_any", eligibility->forbidden_any + row);
        am_emit_close(&w->emit);
    }
    am_emit_close(&w->emit);
}

static void put_late_starts(struct writer *w)
{
    am_emit_open(&w->emit, "late_starts", '[', false);
    for (int i = 0; i < w->figures->late_count; i++) {
        const struct am_late_start *late = &w->figures->late[i];
        am_emit_open(&w->emit, NULL, '{', true);
        put_person(w, late->person);
        am_emit_string(&w->emit, "event", w->caseload->orders[late->order].event);
        am_emit_date(&w->emit, "due", w->context->orders->orders[late->order].start_due);
        am_emit_date(&w->emit, "first", late->first);
        am_emit_int(&w->emit, "days_late", late->days_late);
        am_emit_close(&w->emit);
    }
    am_emit_close(&w->emit);
}

static void put_order(struct writer *w, int index)
{
    const struct am_order *order = &w->caseload->orders[index];
    const struct am_order_state *state = &w->context->orders->orders[index];
    const struct am_order_clock *clock = &w->context->clocks->orders[index];
    const struct am_order_figures *figures = &w->figures->orders[index];
    struct am_emit *emit = &w->emit;
    am_emit_open(emit, NULL, '{', true);
    put_person(w, order->person);
    am_emit_string(emit, "event", order->event);
    am_emit_string(emit, "status", am_outlook_word(figures->outlook));
    am_emit_date(emit, "deadline", state->deadline);
    am_emit_int(emit, "remaining_minutes", state->remaining_min);
    am_emit_open(emit, "evidence", '{', true);
    am_emit_int(emit, "ahead_minutes", clock->ahead_min);
    am_emit_int(emit, "window_minutes", clock->window_min);
    am_emit_int(emit, "later_minutes", clock->later_min);
    am_emit_int(emit, "must_minutes", clock->must_min);
    am_emit_int(emit, "booked_minutes", figures->booked_min);
    am_emit_close(emit);
    am_emit_close(emit);
}

static void put_orders(struct writer *w)
{
    am_emit_open(&w->emit, "orders", '[', false);
    for (int p = 0; p < w->caseload->person_count; p++)
        for (int j = 0; j < w->caseload->people[p].order_count; j++)
            put_order(w, w->caseload->people[p].first_order + j);
    am_emit_close(&w->emit);
}

/* ---- changes, breaches, waivers ---- */

static void put_changes(struct writer *w)
{
    am_emit_open(&w->emit, "changes", '[', false);
    for (int i = 0; i < w->figures->change_count; i++) {
        const struct am_change *change = &w->figures->changes[i];
        am_emit_open(&w->emit, NULL, '{', true);
        am_emit_string(&w->emit, "change", am_change_word(change->kind));
        put_occurrence(w, change->session);
        am_emit_date(&w->emit, "date", w->caseload->sessions[change->session].date);
        if (change->person >= 0)
            put_person(w, change->person);
        if (change->kind == AM_CHANGE_SUPERVISOR) {
            put_supervisor(w, "from", change->old_leader);
            put_supervisor(w, "to", change->new_leader);
        }
        am_emit_close(&w->emit);
    }
    am_emit_close(&w->emit);
}

static void put_breach(struct writer *w, const struct am_breach *breach)
{
    am_emit_open(&w->emit, NULL, '{', true);
    am_emit_string(&w->emit, "rule", am_rule_id(breach->rule));
    if (breach->person >= 0)
        put_person(w, breach->person);
    if (breach->session >= 0)
        put_occurrence(w, breach->session);
    if (breach->supervisor >= 0)
        put_supervisor(w, "supervisor", breach->supervisor);
    if (breach->date != AM_NO_DATE)
        am_emit_date(&w->emit, "date", breach->date);
    am_emit_string(&w->emit, "detail",
                   am_rule_restricted(breach->rule) ? "a restriction on this case"
                                                    : breach->detail);
    am_emit_close(&w->emit);
}

static void put_accepted_breaches(struct writer *w)
{
    const struct am_audit *audit = w->context->audit;
    if (!audit) {
        am_emit_null(&w->emit, "accepted_breaches");
        return;
    }
    am_emit_open(&w->emit, "accepted_breaches", '[', false);
    for (int i = 0; i < audit->breach_count; i++)
        if (audit->breaches[i].accepted)
            put_breach(w, &audit->breaches[i]);
    am_emit_close(&w->emit);
}

static void put_waivers(struct writer *w)
{
    am_emit_open(&w->emit, "waivers", '[', false);
    for (int i = 0; i < w->caseload->waiver_count; i++) {
        const struct am_waiver *waiver = &w->caseload->waivers[i];
        if (!am_waiver_in_force(w->caseload, waiver))
            continue;
        am_emit_open(&w->emit, NULL, '{', true);
        am_emit_string(&w->emit, "rule", am_rule_id(waiver->rule));
        put_person(w, waiver->person);
        if (waiver->project >= 0)
            am_emit_string(&w->emit, "project", w->caseload->projects[waiver->project].code);
        if (waiver->session_id)
            am_emit_string(&w->emit, "session", waiver->session_id);
        am_emit_date(&w->emit, "until", waiver->until);
        am_emit_string(&w->emit, "by", waiver->by);
        am_emit_close(&w->emit);
    }
    am_emit_close(&w->emit);
}

static void put_roster(struct writer *w)
{
    am_emit_open(&w->emit, NULL, '{', false);
    am_emit_string(&w->emit, "format", "amends-roster/1");
    put_made(w);
    put_aims(w);
    am_emit_string(&w->emit, "outcome", am_outcome_word(w->roster->outcome));
    put_score(w);
    put_proof(w);
    put_sessions(w);
    put_appointments(w);
    put_unplaced(w);
    put_late_starts(w);
    put_orders(w);
    put_changes(w);
    put_accepted_breaches(w);
    put_waivers(w);
    am_emit_close(&w->emit);
}

am_status am_roster_json(const struct am_roster_context *context, const struct am_roster *roster,
                         char **text, struct am_err *err)
{
    struct am_arena arena;
    struct am_figures figures;
    struct am_text bytes = {0};
    *text = NULL;
    am_arena_init(&arena);
    am_status status = am_figures_gather(context, roster, &arena, &figures, err);
    if (!status) {
        struct writer w = {.context = context,
                           .caseload = context->caseload,
                           .roster = roster,
                           .figures = &figures};
        am_emit_init(&w.emit, &bytes);
        put_roster(&w);
        status = am_text_status(&bytes, err);
    }
    if (status)
        am_text_release(&bytes);
    *text = bytes.bytes;
    am_arena_release(&arena);
    return status;
}
