#include "io/offer_report.h"

#include <inttypes.h>

#include "io/emit_json.h"
#include "io/report_words.h"

/* ---- for people ---- */

static void put_start(struct am_text *text, const struct am_offer_report *report,
                      const struct am_offer_pattern *pattern)
{
    am_text_add(text, "first ");
    am_text_day(text, pattern->first);
    if (pattern->late_days > 0)
        am_text_format(text, ", %d %s late", (int)pattern->late_days,
                       pattern->late_days == 1 ? "day" : "days");
    else if (report->start_due != AM_NO_DATE)
        am_text_format(text, ", %d %s before the limit", (int)(report->start_due - pattern->first),
                       report->start_due - pattern->first == 1 ? "day" : "days");
}

static void put_journey(struct am_text *text, const struct am_pair *journey)
{
    am_text_format(text, ", %s %d min there, %d back", am_mode_word((enum am_mode)journey->mode),
                   journey->there, journey->back);
}

static void put_appointment(struct am_text *text, const struct am_caseload *caseload,
                            const struct am_offer_appointment *a)
{
    const struct am_session *at = &caseload->sessions[a->session];
    const struct am_project *project = &caseload->projects[at->project];
    char from[AM_MINUTE_TEXT], to[AM_MINUTE_TEXT];
    am_text_add(text, "       ");
    am_text_day(text, at->date);
    am_text_format(text, " %s-%s  ", am_minute_format(at->start, from),
                   am_minute_format(at->start + a->minutes, to));
    am_text_plain(text, project->code);
    if (project->name[0]) {
        am_text_add(text, " (");
        am_text_plain(text, project->name);
        am_text_char(text, ')');
    }
    am_text_add(text, ", session ");
    am_text_plain(text, at->id);
    if (a->supervisor >= 0) {
        am_text_add(text, ", ");
        am_text_plain(text, caseload->supervisors[a->supervisor].code);
        am_text_add(text, " leads");
    }
    put_journey(text, a->journey);
    am_text_add(text, a->opens ? ", runs for them alone\n" : "\n");
}

static void put_effect(struct am_text *text, const struct am_offer_pattern *pattern)
{
    am_text_add(text, "       nobody moves; ");
    am_text_thousands(text, pattern->points);
    am_text_add(text, " points of their own");
    if (pattern->others != 0) {
        am_text_add(text, pattern->others > 0 ? ", +" : ", ");
        am_text_thousands(text, pattern->others);
        am_text_add(text, " at the sessions they join");
    }
    if (pattern->behind > 0) {
        am_text_add(text, "; ");
        am_text_thousands(text, pattern->behind);
        am_text_add(text, " behind the best");
    }
    am_text_char(text, '\n');
}

static void put_pattern(struct am_text *text, const struct am_offer_report *report, int i)
{
    const struct am_offer_pattern *pattern = &report->patterns[i];
    am_text_format(text, "\n  %d.   ", i + 1);
    am_text_duration(text, pattern->minutes);
    if (pattern->ete_minutes > 0) {
        am_text_add(text, ", of which ETE ");
        am_text_duration(text, pattern->ete_minutes);
    }
    am_text_add(text, "; ");
    put_start(text, report, pattern);
    am_text_add(text, "; the roster gains ");
    am_text_thousands(text, pattern->gained);
    am_text_add(text,
                pattern->weekly ? " points; what the weekly roster would choose\n" : " points\n");
    for (int k = 0; k < pattern->count; k++)
        put_appointment(text, report->caseload, &pattern->appointments[k]);
    put_effect(text, pattern);
}

static void put_session(struct am_text *text, const struct am_caseload *caseload, int session)
{
    const struct am_session *at = &caseload->sessions[session];
    am_text_plain(text, caseload->projects[at->project].code);
    am_text_format(text, " %s", am_weekday_name(am_weekday_of(at->date)));
    if (caseload->weeks > 1) {
        am_text_char(text, ' ');
        am_text_date(text, at->date);
    }
}

static void put_sessions(struct am_text *text, const struct am_caseload *caseload,
                         const int32_t *sessions, int count)
{
    if (count == 0)
        am_text_add(text, "nothing");
    for (int i = 0; i < count; i++) {
        am_text_add(text, i > 0 ? ", " : "");
        put_session(text, caseload, sessions[i]);
    }
}

static void put_moved(struct am_text *text, const struct am_offer_report *report)
{
    const struct am_offer_moves *moves = &report->moves;
    for (int i = 0; i < moves->moved_count; i++) {
        const struct am_offer_move *move = &moves->moved[i];
        am_text_add(text, "       ");
        am_text_plain(text, report->caseload->people[move->person].crn);
        am_text_add(text, ": ");
        put_sessions(text, report->caseload, move->before, move->before_count);
        am_text_add(text, " -> ");
        put_sessions(text, report->caseload, move->after, move->after_count);
        am_text_char(text, '\n');
    }
}

static void put_moves(struct am_text *text, const struct am_offer_report *report)
{
    const struct am_offer_moves *moves = &report->moves;
    if (moves->free == 0 && moves->gained == 0)
        return;
    am_text_format(text, "\nIf %d others could move, each counting %d points: the roster gains ",
                   moves->free, (int)report->caseload->policy.weights.person_disturbed);
    am_text_thousands(text, moves->gained);
    am_text_format(text, " points, and %d %s something else%s.\n", moves->moved_count,
                   moves->moved_count == 1 ? "has" : "have",
                   moves->proven ? "; nothing better is possible so" : "");
    if (!report->show_moves)
        return;
    for (int k = 0; k < moves->count; k++)
        put_appointment(text, report->caseload, &moves->appointments[k]);
    put_moved(text, report);
}

am_status am_offer_text(const struct am_offer_report *report, struct am_text *text,
                        struct am_err *err)
{
    const struct am_person *person = &report->caseload->people[report->person];
    am_text_add(text, "What ");
    am_text_plain(text, person->crn);
    am_text_add(text, " can be offered, ");
    am_text_window(text, report->caseload);
    am_text_char(text, '\n');
    if (report->start_due != AM_NO_DATE) {
        am_text_add(text, "  to start by ");
        am_text_day(text, report->start_due);
        am_text_char(text, '\n');
    }
    if (report->count == 0)
        am_text_add(text, "\nNothing, beside what is rostered already.\n");
    for (int i = 0; i < report->count; i++)
        put_pattern(text, report, i);
    put_moves(text, report);
    return am_text_status(text, err);
}

/* ---- JSON ---- */

static void emit_occurrence(struct am_emit *emit, const struct am_caseload *caseload, int session)
{
    const struct am_session *at = &caseload->sessions[session];
    am_emit_string(emit, "session", at->id);
    am_emit_date(emit, "date", at->date);
    am_emit_string(emit, "project", caseload->projects[at->project].code);
}

static void emit_appointment(struct am_emit *emit, const struct am_caseload *caseload,
                             const struct am_offer_appointment *a)
{
    const struct am_session *at = &caseload->sessions[a->session];
    char minute[AM_MINUTE_TEXT];
    am_emit_open(emit, NULL, '{', true);
    emit_occurrence(emit, caseload, a->session);
    am_emit_string(emit, "start", am_minute_format(at->start, minute));
    am_emit_string(emit, "end", am_minute_format(at->start + a->minutes, minute));
    am_emit_int(emit, "minutes", a->minutes);
    if (a->supervisor < 0)
        am_emit_null(emit, "supervisor");
    else
        am_emit_string(emit, "supervisor", caseload->supervisors[a->supervisor].code);
    am_emit_string(emit, "travel_mode", am_mode_word((enum am_mode)a->journey->mode));
    am_emit_int(emit, "travel_there", a->journey->there);
    am_emit_int(emit, "travel_back", a->journey->back);
    am_emit_int(emit, "booked_already", a->booked);
    am_emit_bool(emit, "opens_session", a->opens);
    am_emit_close(emit);
}

static void emit_appointments(struct am_emit *emit, const struct am_caseload *caseload,
                              const struct am_offer_appointment *appointments, int count)
{
    am_emit_open(emit, "appointments", '[', false);
    for (int k = 0; k < count; k++)
        emit_appointment(emit, caseload, &appointments[k]);
    am_emit_close(emit);
}

static void emit_pattern(struct am_emit *emit, const struct am_offer_report *report,
                         const struct am_offer_pattern *pattern)
{
    am_emit_open(emit, NULL, '{', false);
    am_emit_int(emit, "minutes", pattern->minutes);
    am_emit_int(emit, "ete_minutes", pattern->ete_minutes);
    am_emit_date(emit, "first", pattern->first);
    if (pattern->late_days >= 0)
        am_emit_int(emit, "late_days", pattern->late_days);
    else
        am_emit_null(emit, "late_days");
    am_emit_int(emit, "gained_points", pattern->gained);
    am_emit_int(emit, "own_points", pattern->points);
    am_emit_int(emit, "points_of_others", pattern->others);
    am_emit_int(emit, "behind_the_best", pattern->behind);
    am_emit_int(emit, "moved", 0);
    am_emit_bool(emit, "weekly_choice", pattern->weekly);
    emit_appointments(emit, report->caseload, pattern->appointments, pattern->count);
    am_emit_close(emit);
}

static void emit_sessions(struct am_emit *emit, const struct am_caseload *caseload, const char *key,
                          const int32_t *sessions, int count)
{
    am_emit_open(emit, key, '[', true);
    for (int i = 0; i < count; i++) {
        am_emit_open(emit, NULL, '{', true);
        emit_occurrence(emit, caseload, sessions[i]);
        am_emit_close(emit);
    }
    am_emit_close(emit);
}

static void emit_moves(struct am_emit *emit, const struct am_offer_report *report)
{
    const struct am_offer_moves *moves = &report->moves;
    am_emit_open(emit, "if_others_move", '{', false);
    am_emit_int(emit, "free_to_move", moves->free);
    am_emit_int(emit, "points_for_each_moved", report->caseload->policy.weights.person_disturbed);
    am_emit_bool(emit, "proven", moves->proven);
    am_emit_int(emit, "gained_points", moves->gained);
    emit_appointments(emit, report->caseload, moves->appointments, moves->count);
    am_emit_open(emit, "moved", '[', false);
    for (int i = 0; i < moves->moved_count; i++) {
        const struct am_offer_move *move = &moves->moved[i];
        am_emit_open(emit, NULL, '{', true);
        am_emit_string(emit, "crn", report->caseload->people[move->person].crn);
        emit_sessions(emit, report->caseload, "before", move->before, move->before_count);
        emit_sessions(emit, report->caseload, "after", move->after, move->after_count);
        am_emit_close(emit);
    }
    am_emit_close(emit);
    am_emit_close(emit);
}

am_status am_offer_json(const struct am_offer_report *report, struct am_text *text,
                        struct am_err *err)
{
    struct am_emit emit;
    am_emit_init(&emit, text);
    am_emit_open(&emit, NULL, '{', false);
    am_emit_string(&emit, "format", "amends-offer/1");
    am_emit_open(&emit, "made", '{', true);
    am_emit_string(&emit, "program", "amends");
    am_emit_string(&emit, "version", report->version);
    am_emit_close(&emit);
    am_emit_string(&emit, "crn", report->caseload->people[report->person].crn);
    am_emit_date(&emit, "start_due", report->start_due);
    am_emit_open(&emit, "offers", '[', false);
    for (int i = 0; i < report->count; i++)
        emit_pattern(&emit, report, &report->patterns[i]);
    am_emit_close(&emit);
    emit_moves(&emit, report);
    am_emit_close(&emit);
    return am_text_status(text, err);
}
