/* What one person has, what that costs, and why it is not more. */
#include <string.h>

#include "io/explain_words.h"
#include "io/report_words.h"

/* Of what is ruled out, groups of sessions that are told unless all are asked for. */
enum { MOST_GROUPS = 12 };

static const char *const state_words[] = {"something_else_that_day",
                                          "kept_apart",
                                          "taken_by_what_is_fixed",
                                          "induction_first",
                                          "full",
                                          "room",
                                          "does_not_run"};

const char *am_open_state_word(enum am_open_state state)
{
    return state_words[state];
}

static const char *const fix_words[] = {"more_places",     "larger_group", "free",
                                        "journey_waiver",  "waiver",       "supervisor",
                                        "smaller_minimum", "pinned"};

const char *am_fix_word(enum am_fix_kind kind)
{
    return fix_words[kind];
}

struct telling {
    struct am_text *text;
    const struct am_explain_context *context;
    const struct am_caseload *caseload;
    const struct am_roster_context *of;
    const struct am_explain_person *about;
};

static struct telling telling_of(struct am_text *text, const struct am_explain_context *context,
                                 const struct am_explain_person *about)
{
    return (struct telling){text, context, context->roster_context->caseload,
                            context->roster_context, about};
}

/* ---- what they have ---- */

static void put_appointment(const struct telling *t, const struct am_roster_appointment *a)
{
    am_text_add(t->text, "  ");
    am_explain_put_session(t->text, t->caseload, a->session);
    am_text_add(t->text, ": ");
    am_text_duration(t->text, a->minutes);
    if (a->there >= 0 && a->back >= 0)
        am_text_format(t->text, ", journey %d min there and %d min back", a->there, a->back);
    if (a->recorded)
        am_text_add(t->text, ", recorded");
    else if (a->fixed)
        am_text_add(t->text, ", fixed");
    am_text_char(t->text, '\n');
}

static void put_appointments(const struct telling *t)
{
    const struct am_roster *roster = t->context->roster;
    int count = 0, minutes = 0;
    for (int i = 0; i < roster->appointment_count; i++)
        if (roster->appointments[i].person == t->about->person) {
            count++;
            minutes += roster->appointments[i].minutes;
        }
    am_text_format(t->text, "%s, ", t->caseload->people[t->about->person].crn);
    am_text_window(t->text, t->caseload);
    am_text_add(t->text, ": ");
    if (count == 0) {
        am_text_add(t->text, "no appointment\n");
        return;
    }
    am_text_format(t->text, "%d appointment%s, ", count, count == 1 ? "" : "s");
    am_text_duration(t->text, minutes);
    am_text_char(t->text, '\n');
    for (int i = 0; i < roster->appointment_count; i++)
        if (roster->appointments[i].person == t->about->person)
            put_appointment(t, &roster->appointments[i]);
}

static void put_order(const struct telling *t, int j)
{
    const struct am_order_state *state = &t->of->orders->orders[j];
    const struct am_order_clock *clock = &t->of->clocks->orders[j];
    am_text_add(t->text, "  order ");
    am_text_plain(t->text, t->caseload->orders[j].event);
    am_text_add(t->text, ": ");
    am_text_duration(t->text, state->remaining_min);
    am_text_add(t->text, " remain");
    if (state->deadline != AM_NO_DATE) {
        am_text_add(t->text, ", to be worked by ");
        am_text_date(t->text, state->deadline);
    }
    const char *outlook = am_outlook_word(t->context->figures->orders[j].outlook);
    am_text_add(t->text, ": ");
    for (const char *c = outlook; *c; c++)
        am_text_char(t->text, *c == '_' ? ' ' : *c);
    if (state->open && state->deadline != AM_NO_DATE) {
        am_text_add(t->text, " (they could work ");
        am_text_duration(t->text, clock->window_min);
        am_text_add(t->text, " in this window and ");
        am_text_duration(t->text, clock->later_min);
        am_text_add(t->text, " after it)");
    }
    am_text_char(t->text, '\n');
}

static void put_orders(const struct telling *t)
{
    const struct am_person *who = &t->caseload->people[t->about->person];
    for (int j = who->first_order; j < who->first_order + who->order_count; j++)
        put_order(t, j);
}

static void put_wishes(const struct telling *t)
{
    const struct am_score *own = &t->context->side->split.people[t->about->person];
    am_text_add(t->text, "What that costs the whole, in points (below 0: gains):\n");
    for (int w = 0; w < AM_WISH_COUNT; w++) {
        if (own->wish_units[w] == 0 && own->wish_points[w] == 0)
            continue;
        am_text_format(t->text, "  %-4s %-16s ", am_wish_id((enum am_wish)w),
                       am_wish_name((enum am_wish)w));
        am_text_thousands(t->text, own->wish_points[w]);
        am_text_add(t->text, "  (");
        am_text_thousands(t->text, own->wish_units[w]);
        am_text_format(t->text, " %s)\n", am_wish_unit((enum am_wish)w));
    }
    am_text_add(t->text, "  together ");
    am_text_thousands(t->text, own->total);
    am_text_add(t->text, " of the ");
    am_text_thousands(t->text, t->context->side->score.total);
    am_text_add(t->text, " points of the roster\n");
}

/* ---- what was open to them ---- */

static void put_state(const struct telling *t, const struct am_explain_open *open)
{
    switch (open->state) {
    case AM_OPEN_ELSE:
        am_text_add(t->text, "they have something else on that day");
        break;
    case AM_OPEN_RIVAL:
        am_text_add(t->text, "R12: a restriction on this case");
        break;
    case AM_OPEN_TAKEN:
        am_text_format(t->text, "what is fixed takes all of its places (%d)", (int)open->booked);
        break;
    case AM_OPEN_INDUCTION:
        am_text_add(t->text, "R16: an induction comes first, and none before that is open to them");
        break;
    case AM_OPEN_FULL:
        am_text_format(t->text, "full, %d of %d", (int)open->booked, (int)open->room);
        break;
    case AM_OPEN_ROOM:
        am_text_format(t->text, "has room, %d of %d", (int)open->booked, (int)open->room);
        break;
    case AM_OPEN_IDLE:
        am_text_add(t->text, "does not run");
        break;
    }
}

static void put_margin(const struct telling *t, const struct am_explain_margin *margin)
{
    am_text_add(t->text, "\n    ");
    if (!margin->met) {
        am_text_format(t->text, "no roster was found in which they have it (%d %s placed anew)",
                       margin->people, margin->people == 1 ? "person" : "people");
        return;
    }
    am_text_add(t->text, "with them there the whole costs ");
    am_explain_put_change(t->text, &margin->effect.change);
    am_text_add(t->text, "\n    ");
    am_explain_put_people(t->text, t->context, &margin->effect);
    am_text_add(t->text, " (");
    am_explain_put_proof(t->text, margin->proven, margin->people);
    am_text_char(t->text, ')');
}

static void put_open(const struct telling *t)
{
    int told = 0, rest = 0;
    if (t->about->open_count == 0)
        return;
    am_text_format(t->text, "Open to them, but not theirs (%d):\n", t->about->open_count);
    for (int i = 0; i < t->about->open_count; i++) {
        const struct am_explain_open *open = &t->about->open[i];
        if (!open->margin.tried && told >= MOST_GROUPS && !t->context->all) {
            rest++;
            continue;
        }
        told++;
        am_text_add(t->text, "  ");
        am_explain_put_session(t->text, t->caseload, open->session);
        am_text_add(t->text, ": ");
        put_state(t, open);
        if (open->margin.tried)
            put_margin(t, &open->margin);
        am_text_char(t->text, '\n');
    }
    if (rest > 0)
        am_text_format(t->text, "  and %d more, with --all\n", rest);
}

/* ---- what was ruled out ---- */

/* Told together: sessions of one project with the same sentences. */
static bool is_alike(const struct telling *t, const struct am_explain_out *a,
                     const struct am_explain_out *b)
{
    const struct am_session *at = &t->caseload->sessions[a->session];
    const struct am_session *other = &t->caseload->sessions[b->session];
    return at->project == other->project && a->why.rules == b->why.rules &&
           memcmp(a->why.because, b->why.because, sizeof a->why.because) == 0;
}

static void put_dates(const struct telling *t, int first, const bool *of_group)
{
    const char *before = "";
    for (int i = first; i < t->about->out_count; i++) {
        if (!of_group[i])
            continue;
        const struct am_session *at = &t->caseload->sessions[t->about->out[i].session];
        char minute[AM_MINUTE_TEXT];
        am_text_add(t->text, before);
        am_explain_put_weekday(t->text, at->date);
        am_text_format(t->text, " %s", am_minute_format(at->start, minute));
        before = ", ";
    }
}

static void put_group(const struct telling *t, int first, const bool *of_group)
{
    const struct am_explain_out *out = &t->about->out[first];
    am_text_add(t->text, "  ");
    am_explain_put_project(t->text, t->caseload, out->session);
    am_text_add(t->text, ": ");
    put_dates(t, first, of_group);
    am_text_char(t->text, '\n');
    for (int i = 0; i < out->why.count; i++) {
        am_text_add(t->text, "    ");
        am_explain_put_because(t->text, t->context, t->about->person, out->session,
                               &out->why.because[i]);
        am_text_char(t->text, '\n');
    }
}

static void put_groups(const struct telling *t, bool *of_group, bool *told)
{
    int groups = 0, rest = 0;
    for (int i = 0; i < t->about->out_count; i++) {
        if (told[i])
            continue;
        if (groups++ >= MOST_GROUPS && !t->context->all) {
            rest++;
            continue;
        }
        for (int j = i; j < t->about->out_count; j++) {
            of_group[j] = !told[j] && is_alike(t, &t->about->out[i], &t->about->out[j]);
            told[j] |= of_group[j];
        }
        put_group(t, i, of_group);
    }
    if (rest > 0)
        am_text_format(t->text, "  and %d more sessions, with --all\n", rest);
}

static void put_core(const struct telling *t)
{
    const char *before = "";
    int rules = 0;
    for (int r = 0; r < AM_RULE_COUNT; r++)
        rules += (t->about->core & AM_RULE_BIT(r)) != 0;
    if (rules == 0)
        return;
    am_text_add(t->text, "Every session of the window is ruled out by ");
    for (int r = 0; r < AM_RULE_COUNT; r++)
        if (t->about->core & AM_RULE_BIT(r)) {
            am_text_format(t->text, "%s%s %s", before, am_rule_id((enum am_rule)r),
                           am_rule_restricted((enum am_rule)r) && r != AM_R10
                               ? "(a restriction on this case)"
                               : am_rule_name((enum am_rule)r));
            before = " and ";
        }
    am_text_add(t->text, rules == 1 ? " alone.\n" : " together; none of these can be spared.\n");
}

static void put_out(const struct telling *t)
{
    size_t count = (size_t)t->about->out_count;
    if (count == 0)
        return;
    struct am_arena arena;
    am_arena_init(&arena);
    bool *of_group = AM_ARENA_NEW(&arena, count, bool), *told = AM_ARENA_NEW(&arena, count, bool);
    am_text_format(t->text, "Ruled out (%d of %d sessions):\n", t->about->out_count,
                   t->caseload->window_session_count);
    if (of_group && told)
        put_groups(t, of_group, told);
    else
        t->text->failed = true;
    am_arena_release(&arena);
    put_core(t);
}

/* ---- fixes ---- */

static void put_place(const struct telling *t, const struct am_fix_change *change)
{
    static const char *const numbers[] = {"no", "one", "two", "three", "four"};
    const struct am_session *at = &t->caseload->sessions[change->session];
    if (change->count <= 4)
        am_text_format(t->text, "%s more place%s on ", numbers[change->count],
                       change->count == 1 ? "" : "s");
    else
        am_text_format(t->text, "%d more places on ", (int)change->count);
    am_explain_put_weekday(t->text, at->date);
    am_text_add(t->text, " at ");
    am_explain_put_project(t->text, t->caseload, change->session);
}

static void put_on(const struct telling *t, const char *what, int session)
{
    am_text_add(t->text, what);
    am_explain_put_session(t->text, t->caseload, session);
}

static void put_fix_free(const struct telling *t, const struct am_fix_change *change)
{
    char from[AM_MINUTE_TEXT], to[AM_MINUTE_TEXT];
    am_text_add(t->text, "free on ");
    am_explain_put_weekday(t->text, t->caseload->sessions[change->session].date);
    am_text_format(t->text, " from %s to %s", am_minute_format(change->because.needs_from, from),
                   am_minute_format(change->because.needs_to, to));
}

static void put_fix_change(const struct telling *t, const struct am_fix_change *change)
{
    switch (change->kind) {
    case AM_FIX_PLACE:
        put_place(t, change);
        break;
    case AM_FIX_GROUP:
        am_text_format(t->text, "%d more in the group of %s", (int)change->count,
                       am_explain_supervisor_code(t->caseload, change->supervisor));
        break;
    case AM_FIX_FREE:
        put_fix_free(t, change);
        break;
    case AM_FIX_JOURNEY:
        am_text_format(t->text, "a journey %s of %d minutes, with a waiver, for ",
                       change->because.kind == AM_BECAUSE_FAR_BACK ? "home" : "there",
                       (int)change->because.minutes);
        am_explain_put_session(t->text, t->caseload, change->session);
        break;
    case AM_FIX_WAIVER:
        am_text_format(t->text, "a waiver of %s for ", am_rule_id(change->because.rule));
        am_explain_put_session(t->text, t->caseload, change->session);
        break;
    case AM_FIX_SUPERVISOR:
        put_on(t, "one more supervisor for ", change->session);
        break;
    case AM_FIX_MINIMUM:
        am_text_format(t->text, "a minimum group of %d for ", (int)change->count);
        am_explain_put_session(t->text, t->caseload, change->session);
        break;
    case AM_FIX_PIN:
        put_on(t, "pinned to ", change->session);
        break;
    }
}

static void put_fix(const struct telling *t, int number, const struct am_explain_fix *fix)
{
    am_text_format(t->text, "  %d. ", number);
    for (int i = 0; i < fix->count; i++) {
        am_text_add(t->text, i > 0 ? ", and " : "");
        put_fix_change(t, &fix->changes[i]);
    }
    am_text_add(t->text, "\n     then: ");
    for (int i = 0; i < fix->session_count; i++) {
        am_text_add(t->text, i > 0 ? "; " : "");
        am_explain_put_session(t->text, t->caseload, fix->sessions[i]);
    }
    am_text_add(t->text, "\n     everybody else: ");
    am_explain_put_people(t->text, t->context, &fix->effect);
    am_text_add(t->text, "; nobody's legal clock is worse\n     the whole costs ");
    am_explain_put_change(t->text, &fix->effect.change);
    am_text_add(t->text, " (");
    am_explain_put_proof(t->text, fix->proven, fix->people);
    am_text_add(t->text, ")\n");
}

static void put_fixes(const struct telling *t)
{
    if (!t->about->fixes_sought)
        return;
    if (t->about->fix_count == 0) {
        am_text_format(t->text,
                       "No small change was found that gives them more and leaves everybody's "
                       "legal clock as it is (%d tried).\n",
                       t->about->fixes_tried);
        return;
    }
    am_text_format(t->text, "What would give them more (%d tried, each by solving again):\n",
                   t->about->fixes_tried);
    for (int i = 0; i < t->about->fix_count; i++)
        put_fix(t, i + 1, &t->about->fixes[i]);
}

/* ---- all of it ---- */

static void put_verdict(const struct telling *t)
{
    if (t->of->orders->people[t->about->person].order < 0)
        am_text_add(t->text, "They have no order to work on now.\n");
    else if (!t->about->wants_more)
        am_text_add(t->text, "They have what they are to be offered.\n");
    else
        am_text_format(t->text, "They have %d minutes less than they are to be offered.\n",
                       (int)t->about->short_min);
    if (t->about->better > 0) {
        am_text_add(t->text, "On the way a better roster was found, by ");
        am_text_thousands(t->text, t->about->better);
        am_text_add(t->text, " points; make the roster again, with --gap 0.\n");
    }
}

void am_explain_person_text(struct am_text *text, const struct am_explain_context *context,
                            const struct am_explain_person *person)
{
    const struct telling t = telling_of(text, context, person);
    put_appointments(&t);
    put_orders(&t);
    put_wishes(&t);
    put_verdict(&t);
    put_open(&t);
    put_out(&t);
    put_fixes(&t);
}

/* ---- JSON ---- */

static void emit_appointments(const struct telling *t, struct am_emit *emit)
{
    const struct am_roster *roster = t->context->roster;
    am_emit_open(emit, "appointments", '[', false);
    for (int i = 0; i < roster->appointment_count; i++) {
        const struct am_roster_appointment *a = &roster->appointments[i];
        if (a->person != t->about->person)
            continue;
        am_emit_open(emit, NULL, '{', true);
        am_explain_emit_session(emit, t->caseload, "session", a->session);
        am_emit_int(emit, "minutes", a->minutes);
        am_emit_int(emit, "minutes_there", a->there);
        am_emit_int(emit, "minutes_back", a->back);
        am_emit_bool(emit, "fixed", a->fixed);
        am_emit_close(emit);
    }
    am_emit_close(emit);
}

static void emit_open(const struct telling *t, struct am_emit *emit)
{
    am_emit_open(emit, "open", '[', false);
    for (int i = 0; i < t->about->open_count; i++) {
        const struct am_explain_open *open = &t->about->open[i];
        am_emit_open(emit, NULL, '{', false);
        am_explain_emit_session(emit, t->caseload, "session", open->session);
        am_emit_string(emit, "state", am_open_state_word(open->state));
        am_emit_int(emit, "booked", open->booked);
        am_emit_int(emit, "room", open->room);
        am_explain_emit_margin(emit, t->context, "with_them_there", &open->margin);
        am_emit_close(emit);
    }
    am_emit_close(emit);
}

static void emit_out(const struct telling *t, struct am_emit *emit)
{
    am_emit_open(emit, "ruled_out", '[', false);
    for (int i = 0; i < t->about->out_count; i++) {
        const struct am_explain_out *out = &t->about->out[i];
        am_emit_open(emit, NULL, '{', false);
        am_explain_emit_session(emit, t->caseload, "session", out->session);
        am_emit_open(emit, "because", '[', false);
        for (int j = 0; j < out->why.count; j++)
            am_explain_emit_because(emit, t->context, t->about->person, out->session,
                                    &out->why.because[j]);
        am_emit_close(emit);
        am_emit_close(emit);
    }
    am_emit_close(emit);
    am_emit_open(emit, "ruled_out_by", '[', true);
    for (int r = 0; r < AM_RULE_COUNT; r++)
        if (t->about->core & AM_RULE_BIT(r))
            am_emit_string(emit, NULL, am_rule_id((enum am_rule)r));
    am_emit_close(emit);
}

static void emit_fix_change(const struct telling *t, struct am_emit *emit,
                            const struct am_fix_change *change)
{
    struct am_text sentence = {0};
    struct telling of = *t;
    of.text = &sentence;
    put_fix_change(&of, change);
    am_emit_open(emit, NULL, '{', true);
    am_emit_string(emit, "change", am_fix_word(change->kind));
    am_explain_emit_session(emit, t->caseload, "session", change->session);
    if (change->count > 0)
        am_emit_int(emit, "count", change->count);
    if (change->supervisor >= 0)
        am_emit_string(emit, "supervisor",
                       am_explain_supervisor_code(t->caseload, change->supervisor));
    if (change->kind == AM_FIX_JOURNEY)
        am_emit_int(emit, "minutes", change->because.minutes);
    am_emit_string(emit, "sentence", am_text_string(&sentence));
    am_emit_close(emit);
    emit->text->failed |= sentence.failed;
    am_text_release(&sentence);
}

static void emit_fixes(const struct telling *t, struct am_emit *emit)
{
    am_emit_int(emit, "fixes_tried", t->about->fixes_tried);
    am_emit_open(emit, "fixes", '[', false);
    for (int i = 0; i < t->about->fix_count; i++) {
        const struct am_explain_fix *fix = &t->about->fixes[i];
        am_emit_open(emit, NULL, '{', false);
        am_emit_open(emit, "changes", '[', false);
        for (int j = 0; j < fix->count; j++)
            emit_fix_change(t, emit, &fix->changes[j]);
        am_emit_close(emit);
        am_emit_bool(emit, "proven", fix->proven);
        am_emit_int(emit, "placed_anew", fix->people);
        am_emit_int(emit, "minutes_before", fix->before_min);
        am_emit_int(emit, "minutes_after", fix->after_min);
        am_emit_open(emit, "appointments", '[', false);
        for (int j = 0; j < fix->session_count; j++) {
            am_emit_open(emit, NULL, '{', true);
            am_explain_emit_session(emit, t->caseload, "session", fix->sessions[j]);
            am_emit_close(emit);
        }
        am_emit_close(emit);
        am_explain_emit_effect(emit, t->context, &fix->effect);
        am_emit_close(emit);
    }
    am_emit_close(emit);
}

void am_explain_person_json(struct am_text *text, const struct am_explain_context *context,
                            const struct am_explain_person *person)
{
    const struct telling t = telling_of(text, context, person);
    struct am_emit emit;
    am_emit_init(&emit, text);
    am_explain_emit_head(&emit, context, "person");
    am_emit_string(&emit, "crn", t.caseload->people[person->person].crn);
    am_emit_bool(&emit, "wants_more", person->wants_more);
    am_emit_int(&emit, "minutes_short", person->short_min);
    am_emit_int(&emit, "better_roster_found_points", person->better);
    emit_appointments(&t, &emit);
    am_explain_emit_score(&emit, "points", &context->side->split.people[person->person]);
    emit_open(&t, &emit);
    emit_out(&t, &emit);
    emit_fixes(&t, &emit);
    am_emit_close(&emit);
}
