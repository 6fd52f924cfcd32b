/* A session, a supervisor, a rule: as text and as JSON. */
#include "io/explain_words.h"
#include "io/report_words.h"

static const char *const leader_words[] = {"leads", "busy", "no_hours", "free"};

const char *am_leader_state_word(enum am_leader_state state)
{
    return leader_words[state];
}

static const struct am_caseload *caseload_of(const struct am_explain_context *context)
{
    return context->roster_context->caseload;
}

static void put_margin(struct am_text *text, const struct am_explain_context *context,
                       const char *indent, const struct am_explain_margin *margin)
{
    if (!margin->met) {
        am_text_format(text, "%sno roster was found of that sort (%d people placed anew)\n", indent,
                       margin->people);
        return;
    }
    am_text_format(text, "%sthe whole costs ", indent);
    am_explain_put_change(text, &margin->effect.change);
    am_text_format(text, "\n%s", indent);
    am_explain_put_people(text, context, &margin->effect);
    am_text_add(text, " (");
    am_explain_put_proof(text, margin->proven, margin->people);
    am_text_add(text, ")\n");
}

/* ---- a session ---- */

static void put_heads(struct am_text *text, const struct am_explain_context *context, int session)
{
    const struct am_caseload *caseload = caseload_of(context);
    const struct am_session *at = &caseload->sessions[session];
    const struct am_session_figures *figures = &context->figures->sessions[session];
    int leader = context->roster->sessions[session].supervisor;
    if (figures->why_not == AM_WHY_RUNS) {
        am_text_format(text, "runs with %d booked, %d place%s, minimum group %d",
                       (int)figures->booked, (int)at->places, at->places == 1 ? "" : "s",
                       (int)at->min_group);
        if (leader >= 0)
            am_text_format(text, ", under %s", am_explain_supervisor_code(caseload, leader));
    } else {
        am_text_format(text, "does not run: %s", am_why_not_sentence(figures->why_not));
    }
    am_text_char(text, '\n');
}

static void put_leader(struct am_text *text, const struct am_caseload *caseload,
                       const struct am_explain_leader *leader)
{
    switch (leader->state) {
    case AM_LEADER_LEADS:
        am_text_add(text, "leads it");
        break;
    case AM_LEADER_BUSY:
        am_text_add(text, "leads ");
        am_explain_put_session(text, caseload, leader->other);
        am_text_add(text, " at that time");
        break;
    case AM_LEADER_HOURS:
        am_text_add(text, "has no hours left for it in that week");
        break;
    case AM_LEADER_FREE:
        am_text_add(text, "is free");
        break;
    }
    am_text_char(text, '\n');
}

void am_explain_session_text(struct am_text *text, const struct am_explain_context *context,
                             const struct am_explain_session *about)
{
    const struct am_caseload *caseload = caseload_of(context);
    const struct am_session *at = &caseload->sessions[about->session];
    bool runs = context->figures->sessions[about->session].why_not == AM_WHY_RUNS;
    am_explain_put_session(text, caseload, about->session);
    am_text_add(text, ": ");
    put_heads(text, context, about->session);
    am_text_format(text, "  %d other%s could come; %d of them %s nothing in this window\n",
                   (int)about->could, about->could == 1 ? "" : "s", (int)about->could_idle,
                   about->could_idle == 1 ? "has" : "have");
    if (at->supervised && about->leader_count == 0)
        am_text_add(text, "  R10: no supervisor is both qualified and available to lead it\n");
    for (int i = 0; i < about->leader_count; i++) {
        am_text_format(text, "  %s ",
                       am_explain_supervisor_code(caseload, about->leaders[i].supervisor));
        put_leader(text, caseload, &about->leaders[i]);
    }
    if (about->other.tried) {
        am_text_add(text,
                    runs ? "If nobody came but those who are fixed there:\n" : "If it ran:\n");
        put_margin(text, context, "  ", &about->other);
    }
    if (about->better > 0) {
        am_text_add(text, "On the way a better roster was found, by ");
        am_text_thousands(text, about->better);
        am_text_add(text, " points; make the roster again, with --gap 0.\n");
    }
}

static void emit_leader(struct am_emit *emit, const struct am_caseload *caseload,
                        const struct am_explain_leader *leader)
{
    am_emit_open(emit, NULL, '{', true);
    am_explain_emit_session(emit, caseload, "session", leader->session);
    am_emit_string(emit, "supervisor", am_explain_supervisor_code(caseload, leader->supervisor));
    am_emit_string(emit, "state", am_leader_state_word(leader->state));
    if (leader->other >= 0) {
        am_emit_open(emit, "other", '{', true);
        am_explain_emit_session(emit, caseload, "session", leader->other);
        am_emit_close(emit);
    }
    am_emit_close(emit);
}

void am_explain_session_json(struct am_text *text, const struct am_explain_context *context,
                             const struct am_explain_session *about)
{
    const struct am_caseload *caseload = caseload_of(context);
    const struct am_session_figures *figures = &context->figures->sessions[about->session];
    struct am_emit emit;
    am_emit_init(&emit, text);
    am_explain_emit_head(&emit, context, "session");
    am_explain_emit_session(&emit, caseload, "session", about->session);
    am_emit_string(&emit, "why_not", am_why_not_word(figures->why_not));
    am_emit_int(&emit, "booked", figures->booked);
    am_emit_int(&emit, "places", caseload->sessions[about->session].places);
    am_emit_int(&emit, "minimum_group", caseload->sessions[about->session].min_group);
    am_emit_int(&emit, "could_come", about->could);
    am_emit_int(&emit, "of_these_without_anything", about->could_idle);
    am_explain_emit_score(&emit, "points", &context->side->split.sessions[about->session]);
    am_emit_open(&emit, "supervisors", '[', false);
    for (int i = 0; i < about->leader_count; i++)
        emit_leader(&emit, caseload, &about->leaders[i]);
    am_emit_close(&emit);
    am_explain_emit_margin(&emit, context,
                           figures->why_not == AM_WHY_RUNS ? "if_nobody_came" : "if_it_ran",
                           &about->other);
    am_emit_int(&emit, "better_roster_found_points", about->better);
    am_emit_close(&emit);
}

/* ---- a supervisor ---- */

static void put_hours(struct am_text *text, const struct am_caseload *caseload,
                      const struct am_explain_supervisor *about)
{
    am_text_format(text, "%s", am_explain_supervisor_code(caseload, about->supervisor));
    for (int w = 0; w < caseload->weeks; w++) {
        am_text_format(text, "%s week %d: ", w > 0 ? ";" : ",", w + 1);
        am_text_duration(text, about->led_min[w]);
        am_text_add(text, " of ");
        am_text_duration(text, caseload->supervisors[about->supervisor].weekly_max_min);
    }
    am_text_char(text, '\n');
}

static void put_own_session(struct am_text *text, const struct am_explain_context *context,
                            const struct am_explain_leader *leader)
{
    const struct am_caseload *caseload = caseload_of(context);
    const struct am_roster_session *at = &context->roster->sessions[leader->session];
    am_text_add(text, "  ");
    am_explain_put_session(text, caseload, leader->session);
    am_text_add(text, ": ");
    if (leader->state == AM_LEADER_LEADS)
        am_text_format(text, "leads it, %d booked",
                       (int)context->figures->sessions[leader->session].booked);
    else if (at->runs && at->supervisor >= 0)
        am_text_format(text, "under %s", am_explain_supervisor_code(caseload, at->supervisor));
    else
        am_text_add(text, "does not run");
    if (leader->state == AM_LEADER_BUSY) {
        am_text_add(text, "; they lead ");
        am_explain_put_session(text, caseload, leader->other);
    } else if (leader->state == AM_LEADER_HOURS) {
        am_text_add(text, "; they have no hours left for it in that week");
    } else if (leader->state == AM_LEADER_FREE) {
        am_text_add(text, "; they are free");
    }
    am_text_char(text, '\n');
}

void am_explain_supervisor_text(struct am_text *text, const struct am_explain_context *context,
                                const struct am_explain_supervisor *about)
{
    const struct am_caseload *caseload = caseload_of(context);
    put_hours(text, caseload, about);
    for (int i = 0; i < about->session_count; i++)
        put_own_session(text, context, &about->sessions[i]);
    am_text_format(text,
                   "  Of the other supervised sessions that are held, they are not qualified for "
                   "%d, not available at %d,\n  and %d %s pinned to somebody else.\n",
                   about->not_qualified, about->not_available, about->pinned_other,
                   about->pinned_other == 1 ? "is" : "are");
    for (int i = 0; i < about->margin_count; i++) {
        am_text_add(text, "If ");
        am_explain_put_session(text, caseload, about->margin_of[i]);
        am_text_add(text, " ran:\n");
        put_margin(text, context, "  ", &about->margins[i]);
    }
}

void am_explain_supervisor_json(struct am_text *text, const struct am_explain_context *context,
                                const struct am_explain_supervisor *about)
{
    const struct am_caseload *caseload = caseload_of(context);
    struct am_emit emit;
    am_emit_init(&emit, text);
    am_explain_emit_head(&emit, context, "supervisor");
    am_emit_string(&emit, "supervisor", am_explain_supervisor_code(caseload, about->supervisor));
    am_emit_int(&emit, "weekly_max_minutes",
                caseload->supervisors[about->supervisor].weekly_max_min);
    am_emit_open(&emit, "minutes_by_week", '[', true);
    for (int w = 0; w < caseload->weeks; w++)
        am_emit_int(&emit, NULL, about->led_min[w]);
    am_emit_close(&emit);
    am_emit_open(&emit, "sessions", '[', false);
    for (int i = 0; i < about->session_count; i++)
        emit_leader(&emit, caseload, &about->sessions[i]);
    am_emit_close(&emit);
    am_emit_int(&emit, "not_qualified", about->not_qualified);
    am_emit_int(&emit, "not_available", about->not_available);
    am_emit_int(&emit, "pinned_to_another", about->pinned_other);
    am_emit_open(&emit, "if_they_ran", '[', false);
    for (int i = 0; i < about->margin_count; i++) {
        am_emit_open(&emit, NULL, '{', false);
        am_explain_emit_session(&emit, caseload, "session", about->margin_of[i]);
        am_explain_emit_margin(&emit, context, "margin", &about->margins[i]);
        am_emit_close(&emit);
    }
    am_emit_close(&emit);
    am_emit_close(&emit);
}

/* ---- a rule ---- */

static void put_case(struct am_text *text, const struct am_explain_context *context,
                     const struct am_explain_rule *about, const struct am_explain_lift *lift)
{
    const struct am_caseload *caseload = caseload_of(context);
    bool whole = about->rule == AM_R5 || about->rule == AM_R7 || about->rule == AM_R16;
    am_text_add(text, "  ");
    if (lift->person >= 0)
        am_text_format(text, "for %s%s", caseload->people[lift->person].crn, whole ? "" : " at ");
    if (lift->person < 0 && about->rule == AM_R8)
        am_text_add(text, "one more place: ");
    if (lift->person < 0 && about->rule == AM_R9)
        am_text_add(text, "one person enough: ");
    if (lift->person < 0 && about->rule == AM_R10)
        am_text_add(text, "one more supervisor: ");
    if (lift->person < 0 || !whole)
        am_explain_put_session(text, caseload, lift->session);
    am_text_add(text, ":\n    the whole costs ");
    am_explain_put_change(text, &lift->effect.change);
    am_text_add(text, " (");
    am_explain_put_proof(text, lift->proven, lift->people);
    am_text_add(text, ")\n");
}

static void put_rule(struct am_text *text, const struct am_explain_context *context,
                     const struct am_explain_rule *about)
{
    am_text_format(text, "%s %s: ", am_rule_id(about->rule), am_rule_name(about->rule));
    if (about->rule == AM_R12 && about->people > 0) {
        am_text_format(text, "%d %s with less than their offer %s to be kept apart from somebody",
                       about->people, about->people == 1 ? "person" : "people",
                       about->people == 1 ? "is" : "are");
    } else if (about->people > 0) {
        am_text_format(text,
                       "alone keeps %d %s with less than their offer from %lld appointment%s (%d "
                       "of them %s nothing)",
                       about->people, about->people == 1 ? "person" : "people",
                       (long long)about->alone, about->alone == 1 ? "" : "s", about->unplaced,
                       about->unplaced == 1 ? "has" : "have");
    } else {
        am_text_add(text, "alone keeps nobody from anything that they need");
    }
    am_text_format(text, "; lifted for %d case%s\n", about->lifted, about->lifted == 1 ? "" : "s");
    for (int i = 0; i < about->lift_count; i++)
        put_case(text, context, about, &about->lifts[i]);
}

void am_explain_rule_text(struct am_text *text, const struct am_explain_context *context,
                          const struct am_explain_rule *rules, int count)
{
    for (int i = 0; i < count; i++)
        put_rule(text, context, &rules[i]);
}

void am_explain_rule_json(struct am_text *text, const struct am_explain_context *context,
                          const struct am_explain_rule *rules, int count)
{
    const struct am_caseload *caseload = caseload_of(context);
    /* who moves where two may be together would tell who the other is (R12) */
    struct am_explain_context unnamed = *context;
    unnamed.for_person = true;
    struct am_emit emit;
    am_emit_init(&emit, text);
    am_explain_emit_head(&emit, context, "rules");
    am_emit_open(&emit, "rules", '[', false);
    for (int i = 0; i < count; i++) {
        const struct am_explain_rule *about = &rules[i];
        am_emit_open(&emit, NULL, '{', false);
        am_emit_string(&emit, "rule", am_rule_id(about->rule));
        am_emit_int(&emit, "alone", about->alone);
        am_emit_int(&emit, "people", about->people);
        am_emit_int(&emit, "people_without_anything", about->unplaced);
        am_emit_int(&emit, "cases_tried", about->lifted);
        am_emit_open(&emit, "cases", '[', false);
        for (int j = 0; j < about->lift_count; j++) {
            const struct am_explain_lift *lift = &about->lifts[j];
            am_emit_open(&emit, NULL, '{', false);
            if (lift->person >= 0)
                am_emit_string(&emit, "crn", caseload->people[lift->person].crn);
            am_explain_emit_session(&emit, caseload, "session", lift->session);
            am_emit_bool(&emit, "proven", lift->proven);
            am_emit_int(&emit, "placed_anew", lift->people);
            am_explain_emit_effect(&emit, about->rule == AM_R12 ? &unnamed : context,
                                   &lift->effect);
            am_emit_close(&emit);
        }
        am_emit_close(&emit);
        am_emit_close(&emit);
    }
    am_emit_close(&emit);
    am_emit_close(&emit);
}
