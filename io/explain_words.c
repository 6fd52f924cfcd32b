#include "io/explain_words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* People named where somebody else is touched; the rest are counted. */
enum { MOST_NAMED = 8 };

/* ---- names ---- */

void am_explain_put_project(struct am_text *text, const struct am_caseload *caseload, int session)
{
    const struct am_project *project = &caseload->projects[caseload->sessions[session].project];
    am_text_plain(text, project->name[0] ? project->name : project->code);
}

const char *am_explain_supervisor_code(const struct am_caseload *caseload, int supervisor)
{
    return caseload->supervisors[supervisor].code;
}

void am_explain_put_weekday(struct am_text *text, am_date date)
{
    struct am_civil civil = am_civil_of(date);
    am_text_format(text, "%s %d %s", am_weekday_name(am_weekday_of(date)), civil.day,
                   am_month_name(civil.month));
}

static void put_minute(struct am_text *text, int minute)
{
    char buffer[AM_MINUTE_TEXT];
    am_text_add(text, am_minute_format(minute, buffer));
}

static void put_span(struct am_text *text, int from, int to)
{
    put_minute(text, from);
    am_text_char(text, '-');
    put_minute(text, to);
}

static void put_id(struct am_text *text, const struct am_session *session)
{
    char date[AM_DATE_TEXT];
    am_text_format(text, "%s@%s", session->id, am_date_format(session->original_date, date));
}

void am_explain_put_session(struct am_text *text, const struct am_caseload *caseload, int session)
{
    const struct am_session *at = &caseload->sessions[session];
    am_explain_put_weekday(text, at->date);
    am_text_char(text, ' ');
    put_span(text, at->start, at->start + at->minutes);
    am_text_add(text, ", ");
    am_explain_put_project(text, caseload, session);
    am_text_add(text, " (");
    put_id(text, at);
    am_text_char(text, ')');
}

/* ---- why not ---- */

static void put_minutes(struct am_text *text, int64_t minutes)
{
    am_text_thousands(text, minutes);
    am_text_add(text, minutes == 1 ? " minute" : " minutes");
}

static void put_limit(struct am_text *text, const char *what, const struct am_because *because,
                      const char *limit)
{
    am_text_add(text, what);
    put_minutes(text, because->minutes);
    am_text_add(text, limit);
    am_text_thousands(text, because->limit);
}

/* "; must avoid what is there: children, outdoor", without the first "; ". */
static void put_bits(struct am_text *text, const char *what, uint64_t bits,
                     const char *const *names, int count, const char **before)
{
    if (bits)
        am_text_format(text, "%s%s", *before, what);
    for (int b = 0, told = 0; b < count; b++)
        if (bits & (UINT64_C(1) << b)) {
            am_text_add(text, told++ > 0 ? ", " : "");
            am_text_plain(text, names[b]);
        }
    if (bits)
        *before = "; ";
}

static void put_if(struct am_text *text, bool is_so, const char *what, const char **before)
{
    if (!is_so)
        return;
    am_text_format(text, "%s%s", *before, what);
    *before = "; ";
}

static bool has(struct am_indices indices, int32_t index)
{
    for (int i = 0; i < indices.count; i++)
        if (indices.at[i] == index)
            return true;
    return false;
}

/* On a terminal, and only if asked for. */
static void put_restricted(struct am_text *text, const struct am_explain_context *context,
                           int person, int session, enum am_rule rule)
{
    const struct am_caseload *caseload = context->roster_context->caseload;
    const struct am_person *who = &caseload->people[person];
    const struct am_session *at = &caseload->sessions[session];
    const struct am_project *project = &caseload->projects[at->project];
    if (!context->restricted || (rule != AM_R10 && rule != AM_R13)) {
        am_text_add(text, "a restriction on this case");
        return;
    }
    if (rule == AM_R10 && who->supervisor_gender >= 0) {
        am_text_format(text, "only under a supervisor of gender %s",
                       am_gender_word((enum am_gender)who->supervisor_gender));
        return;
    }
    const char *before = "";
    put_bits(text, "must avoid what is there: ", who->must_avoid & project->tags,
             caseload->tag_names, caseload->tag_count, &before);
    put_bits(text, "needs what is not there: ", who->needs & ~project->offers,
             caseload->offer_names, caseload->offer_count, &before);
    put_if(text, has(who->barred_projects, at->project), "barred from this project", &before);
    put_if(text, has(who->barred_places, at->place), "barred from this place", &before);
}

static void put_away(struct am_text *text, const struct am_because *because)
{
    am_text_add(text, "away ");
    if (because->date != because->until) {
        am_text_add(text, "from ");
        am_explain_put_weekday(text, because->date);
        am_text_add(text, " to ");
    } else {
        am_text_add(text, "on ");
    }
    am_explain_put_weekday(text, because->until);
}

static void put_free(struct am_text *text, const struct am_because *because)
{
    if (because->kind == AM_BECAUSE_NOT_FREE) {
        am_text_add(text, "not free on that day, needed ");
    } else {
        am_text_add(text, "free ");
        put_span(text, because->from, because->to);
        am_text_add(text, " on that day, needed ");
    }
    put_span(text, because->needs_from, because->needs_to);
}

/* What it says of the kinds with figures; the others are plain sentences. */
static const char *plain_sentence(enum am_why_kind kind)
{
    switch (kind) {
    case AM_BECAUSE_NO_ORDER:
        return "no order is open: nothing remains to be worked, or it is not active";
    case AM_BECAUSE_UNKNOWN_JOURNEY:
        return "the journey is not known by any means of travel that the person has";
    case AM_BECAUSE_NO_JOURNEY:
        return "there is no journey by any means of travel that the person has";
    case AM_BECAUSE_BUSY:
        return "a fixed appointment is on that day already";
    case AM_BECAUSE_NOTHING_LEFT:
        return "all minutes that remain are booked by what is fixed";
    case AM_BECAUSE_NO_EDUCATION:
        return "no education, training and employment is wanted, or none of the allowance is left";
    case AM_BECAUSE_NO_PLACES:
        return "the session takes nobody: it has no places";
    case AM_BECAUSE_NOBODY_LEADS:
        return "no supervisor is both qualified and available to lead it";
    case AM_BECAUSE_WOMEN_ONLY:
        return "the project is for women only";
    case AM_BECAUSE_PLACEMENT:
        return "this type of project is not among the person's types of placement";
    case AM_BECAUSE_CANCELLED:
        return "the session is cancelled";
    case AM_BECAUSE_NON_WORKING:
        return "it is a non-working day";
    case AM_BECAUSE_PAST:
        return "the day is past";
    case AM_BECAUSE_SECOND_INDUCTION:
        return "the person has had the induction, or is booked to one";
    case AM_BECAUSE_BEFORE_SENTENCE:
    case AM_BECAUSE_AWAY:
    case AM_BECAUSE_NOT_FREE:
    case AM_BECAUSE_FREE_ELSE:
    case AM_BECAUSE_FAR_THERE:
    case AM_BECAUSE_FAR_BACK:
    case AM_BECAUSE_WEEK_FULL:
    case AM_BECAUSE_TOO_SHORT:
    case AM_BECAUSE_CUT_BEFORE_FIXED:
    case AM_BECAUSE_EDUCATION_LEFT:
    case AM_BECAUSE_DEMAND:
    case AM_BECAUSE_RESTRICTED:
        break;
    }
    return "";
}

static void put_figures(struct am_text *text, const struct am_because *because)
{
    if (because->kind == AM_BECAUSE_BEFORE_SENTENCE) {
        am_text_add(text, "before the sentence date, ");
        am_explain_put_weekday(text, because->date);
    } else if (because->kind == AM_BECAUSE_AWAY) {
        put_away(text, because);
    } else if (because->kind == AM_BECAUSE_NOT_FREE || because->kind == AM_BECAUSE_FREE_ELSE) {
        put_free(text, because);
    } else if (because->kind == AM_BECAUSE_FAR_THERE) {
        put_limit(text, "the journey there takes ", because, ", the limit is ");
    } else if (because->kind == AM_BECAUSE_FAR_BACK) {
        put_limit(text, "the journey home takes ", because, ", the limit is ");
    } else if (because->kind == AM_BECAUSE_WEEK_FULL) {
        put_limit(text, "with what is fixed in that week it would be ", because,
                  ", the weekly maximum is ");
    } else if (because->kind == AM_BECAUSE_TOO_SHORT) {
        put_limit(text, "it would be an appointment of ", because, ", the shortest is ");
    } else if (because->kind == AM_BECAUSE_CUT_BEFORE_FIXED) {
        put_limit(text, "it is ", because,
                  " long, only the last appointment may be cut, and what is left is ");
    } else if (because->kind == AM_BECAUSE_EDUCATION_LEFT) {
        put_limit(text, "it would be ", because,
                  " of education, what is left of the allowance is ");
    }
}

void am_explain_put_because(struct am_text *text, const struct am_explain_context *context,
                            int person, int session, const struct am_because *because)
{
    const char *plain = plain_sentence(because->kind);
    am_text_format(text, "%s: ", am_rule_id(because->rule));
    if (because->kind == AM_BECAUSE_DEMAND || because->kind == AM_BECAUSE_RESTRICTED)
        put_restricted(text, context, person, session, because->rule);
    else if (plain[0])
        am_text_add(text, plain);
    else
        put_figures(text, because);
}

/* ---- what changes ---- */

static void put_points(struct am_text *text, int64_t points)
{
    am_text_thousands(text, points < 0 ? -points : points);
    am_text_add(text, points == 1 || points == -1 ? " point" : " points");
}

static void put_wish_change(struct am_text *text, const struct am_score *change, enum am_wish wish,
                            const char *before)
{
    int64_t units = change->wish_units[wish], points = change->wish_points[wish];
    am_text_format(text, "%s%s %s ", before, am_wish_id(wish), am_wish_name(wish));
    am_text_add(text, units < 0 ? "-" : "+");
    am_text_thousands(text, units < 0 ? -units : units);
    am_text_format(text, " %s (", am_wish_unit(wish));
    am_text_add(text, points < 0 ? "-" : "+");
    am_text_thousands(text, points < 0 ? -points : points);
    am_text_char(text, ')');
}

void am_explain_put_change(struct am_text *text, const struct am_score *change)
{
    const char *before = ": ";
    if (change->total == 0) {
        am_text_add(text, "no more and no less");
    } else {
        put_points(text, change->total);
        am_text_add(text, change->total > 0 ? " more" : " less");
    }
    for (int w = 0; w < AM_WISH_COUNT; w++) {
        if (change->wish_points[w] == 0)
            continue;
        put_wish_change(text, change, (enum am_wish)w, before);
        before = ", ";
    }
    for (int r = 0; r < AM_RULE_COUNT; r++) {
        if (change->rule_points[r] == 0)
            continue;
        am_text_format(text, "%s%s %s (%s", before, am_rule_id((enum am_rule)r),
                       am_rule_name((enum am_rule)r), change->rule_points[r] < 0 ? "-" : "+");
        am_text_thousands(text, change->rule_points[r] < 0 ? -change->rule_points[r]
                                                           : change->rule_points[r]);
        am_text_char(text, ')');
        before = ", ";
    }
}

static void put_one(struct am_text *text, const struct am_caseload *caseload,
                    const struct am_effect_person *person)
{
    am_text_format(text, "%s ", caseload->people[person->person].crn);
    if (person->before_min == person->after_min) {
        am_text_add(text, "goes elsewhere");
    } else if (person->after_min == 0) {
        am_text_add(text, "loses all ");
        put_minutes(text, person->before_min);
    } else {
        am_text_add(text, person->after_min > person->before_min ? "gains " : "loses ");
        put_minutes(text, person->after_min > person->before_min
                              ? person->after_min - person->before_min
                              : person->before_min - person->after_min);
    }
    if (person->clock_worse)
        am_text_add(text, " and has a worse clock");
}

static void put_named(struct am_text *text, const struct am_caseload *caseload,
                      const struct am_effect *effect)
{
    int named = effect->count < MOST_NAMED ? effect->count : MOST_NAMED;
    for (int i = 0; i < named; i++) {
        am_text_add(text, i > 0 ? ", " : "");
        put_one(text, caseload, &effect->people[i]);
    }
    if (effect->count > named)
        am_text_format(text, " and %d more", effect->count - named);
}

static void put_count(struct am_text *text, int count, const char *verb, const char *verbs,
                      bool *first)
{
    if (count == 0)
        return;
    am_text_add(text, *first ? "" : ", ");
    if (count == 1)
        am_text_format(text, "somebody else %s", verb);
    else
        am_text_format(text, "%d others %s", count, verbs);
    *first = false;
}

static void put_unnamed(struct am_text *text, const struct am_effect *effect)
{
    bool first = true;
    put_count(text, effect->lose, "has less", "have less", &first);
    put_count(text, effect->gain, "has more", "have more", &first);
    put_count(text, effect->moved, "goes elsewhere", "go elsewhere", &first);
}

void am_explain_put_people(struct am_text *text, const struct am_explain_context *context,
                           const struct am_effect *effect)
{
    if (effect->count == 0)
        am_text_add(text, "nobody else is touched");
    else if (context->for_person)
        put_unnamed(text, effect);
    else
        put_named(text, context->roster_context->caseload, effect);
    if (effect->starts > 0)
        am_text_format(text, "; %d more session%s run%s", effect->starts,
                       effect->starts == 1 ? "" : "s", effect->starts == 1 ? "s" : "");
    if (effect->stops > 0)
        am_text_format(text, "; %d session%s that run%s now %s not", effect->stops,
                       effect->stops == 1 ? "" : "s", effect->stops == 1 ? "s" : "",
                       effect->stops == 1 ? "does" : "do");
}

void am_explain_put_proof(struct am_text *text, bool proven, int people)
{
    if (proven)
        am_text_add(text, "proven");
    else
        am_text_format(text, "not proven: found by placing %d %s anew, a better roster may exist",
                       people, people == 1 ? "person" : "people");
}

/* ---- JSON ---- */

void am_explain_emit_session(struct am_emit *emit, const struct am_caseload *caseload,
                             const char *key, int session)
{
    const struct am_session *at = &caseload->sessions[session];
    am_emit_string(emit, key, at->id);
    am_emit_date(emit, "original_date", at->original_date);
    am_emit_date(emit, "date", at->date);
    am_emit_minute(emit, "start", at->start);
    am_emit_string(emit, "project", caseload->projects[at->project].code);
}

void am_explain_emit_because(struct am_emit *emit, const struct am_explain_context *context,
                             int person, int session, const struct am_because *because)
{
    struct am_text sentence = {0};
    bool has_limit = because->limit > 0 || because->minutes > 0;
    am_explain_put_because(&sentence, context, person, session, because);
    am_emit_open(emit, NULL, '{', true);
    am_emit_string(emit, "rule", am_rule_id(because->rule));
    if (has_limit) {
        am_emit_int(emit, "minutes", because->minutes);
        am_emit_int(emit, "limit", because->limit);
    }
    am_emit_string(emit, "sentence", am_text_string(&sentence));
    am_emit_close(emit);
    emit->text->failed |= sentence.failed;
    am_text_release(&sentence);
}

void am_explain_emit_score(struct am_emit *emit, const char *key, const struct am_score *score)
{
    am_emit_open(emit, key, '{', false);
    am_emit_int(emit, "total", score->total);
    for (int w = 0; w < AM_WISH_COUNT; w++) {
        if (score->wish_units[w] == 0 && score->wish_points[w] == 0)
            continue;
        am_emit_open(emit, am_wish_id((enum am_wish)w), '{', true);
        am_emit_int(emit, "units", score->wish_units[w]);
        am_emit_int(emit, "points", score->wish_points[w]);
        am_emit_close(emit);
    }
    for (int r = 0; r < AM_RULE_COUNT; r++) {
        if (score->rule_units[r] == 0 && score->rule_points[r] == 0)
            continue;
        am_emit_open(emit, am_rule_id((enum am_rule)r), '{', true);
        am_emit_int(emit, "units", score->rule_units[r]);
        am_emit_int(emit, "points", score->rule_points[r]);
        am_emit_close(emit);
    }
    am_emit_close(emit);
}

void am_explain_emit_effect(struct am_emit *emit, const struct am_explain_context *context,
                            const struct am_effect *effect)
{
    const struct am_caseload *caseload = context->roster_context->caseload;
    am_explain_emit_score(emit, "change", &effect->change);
    am_emit_open(emit, "others", '{', true);
    am_emit_int(emit, "gain", effect->gain);
    am_emit_int(emit, "lose", effect->lose);
    am_emit_int(emit, "moved", effect->moved);
    am_emit_int(emit, "clock_worse", effect->clock_worse);
    am_emit_int(emit, "sessions_start", effect->starts);
    am_emit_int(emit, "sessions_stop", effect->stops);
    am_emit_close(emit);
    if (context->for_person)
        return;
    am_emit_open(emit, "people", '[', false);
    for (int i = 0; i < effect->count; i++) {
        const struct am_effect_person *person = &effect->people[i];
        am_emit_open(emit, NULL, '{', true);
        am_emit_string(emit, "crn", caseload->people[person->person].crn);
        am_emit_int(emit, "minutes_before", person->before_min);
        am_emit_int(emit, "minutes_after", person->after_min);
        am_emit_int(emit, "points", person->points);
        am_emit_bool(emit, "clock_worse", person->clock_worse);
        am_emit_close(emit);
    }
    am_emit_close(emit);
}

void am_explain_emit_margin(struct am_emit *emit, const struct am_explain_context *context,
                            const char *key, const struct am_explain_margin *margin)
{
    if (!margin->tried) {
        am_emit_null(emit, key);
        return;
    }
    am_emit_open(emit, key, '{', false);
    am_emit_bool(emit, "found", margin->met);
    am_emit_bool(emit, "proven", margin->proven);
    am_emit_int(emit, "placed_anew", margin->people);
    if (margin->met)
        am_explain_emit_effect(emit, context, &margin->effect);
    am_emit_close(emit);
}

void am_explain_emit_head(struct am_emit *emit, const struct am_explain_context *context,
                          const char *about)
{
    const struct am_caseload *caseload = context->roster_context->caseload;
    am_emit_open(emit, NULL, '{', false);
    am_emit_string(emit, "format", "amends-explanation/1");
    am_emit_open(emit, "made", '{', false);
    am_emit_string(emit, "program", "amends");
    am_emit_string(emit, "version", context->roster_context->version);
    am_emit_string(emit, "input_sha256", caseload->sha256);
    am_emit_close(emit);
    am_emit_string(emit, "about", about);
}
