/* What happens to projects and their sessions: close_project, add_session, add_places. */
#include "io/caseload_patch_parts.h"

#include <stdio.h>
#include <string.h>

enum { PLACES_MOST = 10000, COPIES_MOST = 100, ID_BYTES = 512, RULE_BYTES = 256 };

/* ---- close_project ---- */

enum { C_VERB, C_COST, C_PROJECT, C_FROM, C_TO, C_COUNT };

static const struct am_json_key close_keys[C_COUNT] = {
    [C_VERB] = {"verb", true},       [C_COST] = {"cost_pounds", false},
    [C_PROJECT] = {"project", true}, [C_FROM] = {"from", false},
    [C_TO] = {"to", false},
};

static void cancel(struct am_patch *patch, cJSON *session, am_date date, const cJSON *why)
{
    cJSON *override = am_patch_override(patch, session, date, why);
    if (override)
        am_patch_set(patch, override, "cancelled", am_patch_flag(patch, true, why), why);
}

/* The rule without COUNT and UNTIL, up to a date. */
static void end_rule(struct am_patch *patch, cJSON *session, const char *rule, am_date last,
                     const cJSON *why)
{
    char text[RULE_BYTES] = "";
    struct am_civil day = am_civil_of(last);
    size_t used = 0;
    for (const char *part = rule, *next; *part; part = next) {
        size_t length = strcspn(part, ";");
        next = part + length + (part[length] == ';');
        if (strncmp(part, "COUNT", 5) == 0 || strncmp(part, "UNTIL", 5) == 0)
            continue;
        if (used + length + 1 + sizeof "UNTIL=20000101" >= sizeof text)
            return; /* longer than a rule may be: reading the caseload tells */
        memcpy(text + used, part, length);
        used += length;
        text[used++] = ';';
    }
    (void)snprintf(text + used, sizeof text - used, "UNTIL=%04d%02d%02d", day.year, day.month,
                   day.day);
    am_patch_set(patch, session, "rrule", am_patch_text(patch, text, why), why);
}

static void drop_overrides_after(struct am_patch *patch, cJSON *session, am_date last,
                                 const cJSON *why)
{
    cJSON *list = am_patch_member(session, "overrides");
    for (cJSON *at = list ? list->child : NULL, *next; at; at = next) {
        next = at->next;
        if (am_patch_date_of(at, "date") > last)
            am_patch_remove_entry(patch, list, at, am_patch_string(at, "date"), why);
    }
}

/* For good: cancelled in the window, and no date after it. */
static void close_for_good(struct am_patch *patch, cJSON *session, am_date from, const cJSON *why)
{
    am_date last = am_patch_time(patch).last, first = AM_NO_DATE;
    const char *rule = am_patch_string(session, "rrule");
    const char *start = am_patch_string(session, "start");
    int minute;
    if (from - 1 > last)
        last = from - 1;
    if (!rule || !start || !am_datetime_parse(start, &first, &minute) || first > last)
        return;
    struct am_date_list later = {0};
    struct am_patch_period after = {last + 1, AM_NO_DATE};
    if (am_patch_dates(patch, session, after, &later, why) && later.count > 0) {
        drop_overrides_after(patch, session, last, why);
        end_rule(patch, session, rule, last, why);
    }
    am_date_list_release(&later);
}

static void close_session(struct am_patch *patch, cJSON *session, struct am_patch_period period,
                          const cJSON *why)
{
    struct am_date_list dates = {0};
    struct am_patch_time time = am_patch_time(patch);
    bool for_good = period.to == AM_NO_DATE && am_patch_string(session, "rrule");
    if (for_good && period.from <= time.last)
        period.to = time.last;
    if ((!for_good || period.to != AM_NO_DATE) &&
        am_patch_dates(patch, session, period, &dates, why))
        for (int i = 0; i < dates.count; i++)
            cancel(patch, session, dates.at[i], why);
    am_date_list_release(&dates);
    if (for_good)
        close_for_good(patch, session, period.from, why);
}

static bool is_of_project(const cJSON *project, const char *session)
{
    const cJSON *at;
    cJSON_ArrayForEach(at, am_patch_member(project, "sessions"))
    {
        const char *id = am_patch_string(at, "id");
        if (id && strcmp(id, session) == 0)
            return true;
    }
    return false;
}

/* What is pinned where nothing takes place is not pinned any more. */
static void unpin(struct am_patch *patch, const cJSON *project, struct am_patch_period period,
                  const cJSON *why)
{
    cJSON *list = am_patch_member(patch->base.root, "appointments"), *at;
    cJSON_ArrayForEach(at, list)
    {
        const char *session = am_patch_string(at, "session"), *state = am_patch_string(at, "state");
        am_date date = am_patch_date_of(at, "date");
        if (!session || !state || strcmp(state, "booked") != 0 || date < period.from ||
            (period.to != AM_NO_DATE && date > period.to) || !is_of_project(project, session) ||
            !cJSON_IsTrue(am_patch_member(at, "pinned")))
            continue;
        am_patch_touch(list, why);
        am_patch_remove(patch, at, "pinned", why);
    }
}

void am_verb_close_project(struct am_patch *patch, const cJSON *value)
{
    const cJSON *key[C_COUNT];
    struct am_patch_period period;
    if (!am_json_keys(&patch->scenario, value, close_keys, C_COUNT, key))
        return;
    cJSON *project = am_patch_refer(patch, "projects", key[C_PROJECT]);
    if (!am_patch_period(patch, key[C_FROM], key[C_TO], &period) || !project)
        return;
    am_date as_of = am_patch_time(patch).as_of;
    if (period.from < as_of)
        period.from = as_of; /* what is past has taken place */
    am_patch_note_use(patch, &(struct am_patch_use){project, key[C_PROJECT], true, period, NULL});
    am_patch_touch(am_patch_member(patch->base.root, "projects"), value);
    am_patch_touch(project, value);
    cJSON *sessions = am_patch_member(project, "sessions"), *session;
    if (sessions)
        am_patch_touch(sessions, value);
    cJSON_ArrayForEach(session, sessions)
    {
        close_session(patch, session, period, key[C_PROJECT]);
    }
    unpin(patch, project, period, key[C_PROJECT]);
}

/* ---- add_session ---- */

enum {
    A_VERB,
    A_COST,
    A_EACH,
    A_PROJECT,
    A_ID,
    A_LIKE,
    A_COPIES,
    A_START,
    A_MINUTES,
    A_RRULE,
    A_EXDATES,
    A_OVERRIDES,
    A_PLACES,
    A_MIN_GROUP,
    A_SUPERVISED,
    A_COUNT
};

static const struct am_json_key add_keys[A_COUNT] = {
    [A_VERB] = {"verb", true},
    [A_COST] = {"cost_pounds", false},
    [A_EACH] = {"cost_pounds_each", false},
    [A_PROJECT] = {"project", false},
    [A_ID] = {"id", true},
    [A_LIKE] = {"like", false},
    [A_COPIES] = {"count", false},
    [A_START] = {"start", false},
    [A_MINUTES] = {"minutes", false},
    [A_RRULE] = {"rrule", false},
    [A_EXDATES] = {"exdates", false},
    [A_OVERRIDES] = {"overrides", false},
    [A_PLACES] = {"places", false},
    [A_MIN_GROUP] = {"min_group", false},
    [A_SUPERVISED] = {"supervised", false},
};

/* A session as it is defined, from another one and from what the verb says. */
static cJSON *make_session(struct am_patch *patch, const cJSON *like, const cJSON *const *key,
                           int number)
{
    char id[ID_BYTES];
    cJSON *session =
        like ? am_patch_clone(patch, like, key[A_LIKE]) : am_patch_object(patch, key[A_ID]);
    if (number > 1)
        (void)snprintf(id, sizeof id, "%s-%d", key[A_ID]->valuestring, number);
    if (like)
        cJSON_DeleteItemFromObjectCaseSensitive(session, "overrides");
    am_patch_put(patch, session, "id",
                 number > 1 ? am_patch_text(patch, id, key[A_ID])
                            : am_patch_copy_whole(patch, key[A_ID]));
    for (int k = A_START; k < A_COUNT; k++)
        if (key[k])
            am_patch_put(patch, session, add_keys[k].name, am_patch_copy_whole(patch, key[k]));
    return session;
}

void am_verb_add_session(struct am_patch *patch, const cJSON *value)
{
    struct am_json *json = &patch->scenario;
    const cJSON *key[A_COUNT];
    cJSON *project = NULL, *other = NULL;
    if (!am_json_keys(json, value, add_keys, A_COUNT, key))
        return;
    bool id = key[A_ID] && am_json_id(json, key[A_ID]);
    const cJSON *like = am_patch_session(patch, key[A_LIKE], &other);
    int count = am_json_whole(json, key[A_COPIES], 0, COPIES_MOST, 1);
    project = key[A_PROJECT] ? am_patch_refer(patch, "projects", key[A_PROJECT]) : other;
    if (!key[A_PROJECT] && !key[A_LIKE])
        am_json_error(json, value, "\"project\" is missing (or \"like\", a session)");
    if (!id || !project || (key[A_LIKE] && !like))
        return;
    struct am_patch_period for_good = {am_patch_time(patch).from, AM_NO_DATE};
    am_patch_note_use(patch, &(struct am_patch_use){project, key[A_ID], false, for_good, NULL});
    am_patch_touch(am_patch_member(patch->base.root, "projects"), value);
    for (int i = 1; i <= count; i++)
        am_patch_append(patch, project, "sessions", make_session(patch, like, key, i), value);
}

/* ---- add_places ---- */

enum { P_VERB, P_COST, P_EACH, P_SESSION, P_PROJECT, P_PLACES, P_FROM, P_TO, P_COUNT };

static const struct am_json_key places_keys[P_COUNT] = {
    [P_VERB] = {"verb", true},
    [P_COST] = {"cost_pounds", false},
    [P_EACH] = {"cost_pounds_each", false},
    [P_SESSION] = {"session", false},
    [P_PROJECT] = {"project", false},
    [P_PLACES] = {"places", true},
    [P_FROM] = {"from", false},
    [P_TO] = {"to", false},
};

/* What add_places is asked to do. */
struct more_places {
    int32_t places;
    bool dated;
    struct am_patch_period period;
    const cJSON *why;
};

static void more_at(struct am_patch *patch, cJSON *object, double now,
                    const struct more_places *more)
{
    double then = now + more->places;
    if (then < 0 || then > PLACES_MOST)
        am_json_error(&patch->scenario, more->why, "there are %.0f places, so %.0f would be left",
                      now, then);
    else
        am_patch_set(patch, object, "places", am_patch_number(patch, (int32_t)then, more->why),
                     more->why);
}

static void more_on_dates(struct am_patch *patch, cJSON *session, double now,
                          const struct more_places *more)
{
    struct am_date_list dates = {0};
    if (am_patch_dates(patch, session, more->period, &dates, more->why) && dates.count == 0)
        am_json_error(&patch->scenario, more->why, "session \"%s\" does not take place then",
                      am_patch_string(session, "id"));
    for (int i = 0; i < dates.count; i++) {
        cJSON *override = am_patch_override(patch, session, dates.at[i], more->why);
        const cJSON *own = am_patch_member(override, "places");
        if (override && !cJSON_IsTrue(am_patch_member(override, "cancelled")))
            more_at(patch, override, cJSON_IsNumber(own) ? own->valuedouble : now, more);
    }
    am_date_list_release(&dates);
}

static void more_in_session(struct am_patch *patch, cJSON *project, cJSON *session,
                            const struct more_places *more)
{
    const cJSON *places = am_patch_member(session, "places");
    if (!cJSON_IsNumber(places) || more->places == 0)
        return;
    am_patch_touch(am_patch_member(patch->base.root, "projects"), more->why);
    am_patch_touch(project, more->why);
    am_patch_touch(am_patch_member(project, "sessions"), more->why);
    am_patch_touch(session, more->why);
    if (more->dated)
        more_on_dates(patch, session, places->valuedouble, more);
    else
        more_at(patch, session, places->valuedouble, more);
}

void am_verb_add_places(struct am_patch *patch, const cJSON *value)
{
    struct am_json *json = &patch->scenario;
    const cJSON *key[P_COUNT];
    if (!am_json_keys(json, value, places_keys, P_COUNT, key))
        return;
    cJSON *project = NULL, *session = am_patch_session(patch, key[P_SESSION], &project);
    if (!key[P_SESSION] == !key[P_PROJECT])
        am_json_error(json, value, "expected either \"session\" or \"project\"");
    struct more_places more = {
        .places = am_json_whole(json, key[P_PLACES], -PLACES_MOST, PLACES_MOST, 0),
        .dated = key[P_FROM] || key[P_TO],
        .why = key[P_PLACES],
    };
    bool period = am_patch_period(patch, key[P_FROM], key[P_TO], &more.period);
    if (!period || (key[P_SESSION] && !session) || !key[P_PLACES] ||
        !key[P_SESSION] == !key[P_PROJECT])
        return;
    if (!session)
        project = am_patch_refer(patch, "projects", key[P_PROJECT]);
    if (!project)
        return;
    am_patch_note_use(patch, &(struct am_patch_use){project, more.why, false, more.period, NULL});
    if (session) {
        more_in_session(patch, project, session, &more);
        return;
    }
    cJSON_ArrayForEach(session, am_patch_member(project, "sessions"))
    {
        more_in_session(patch, project, session, &more);
    }
}
