/*
 * Journeys, as the solver would find them: whatever table or estimate answers.
 *
 * A journey depends on home, site, mode, weekday and hour. Sessions at one
 * weekday and hour to which the same tables of a mode answer make a context;
 * where no table of the mode asks for the hour, contexts differ by weekday
 * alone. Each context becomes a table for each quality of answer there is in
 * it, with the waiting counted in, and serves its very minute only.
 */
#include <stdlib.h>
#include <string.h>

#include "io/limits.h"
#include "io/redact_work.h"
#include "model/travel.h"

enum { ANY_HOUR = -1, HOURS = AM_DAY_MINUTES + 2 }; /* by hour + 1 */

/* All that one call looks at. */
struct journeys {
    struct am_redact_work *work;
    const struct am_caseload *caseload;
    enum am_mode mode;
    enum am_direction direction;
    bool hours;     /* some table of this mode and direction has an hour */
    int32_t *homes; /* those from which somebody travels by this mode */
    int home_count;
    int32_t *sites; /* of the context at hand */
    int site_count;
    am_weekdays days;    /* of the context at hand */
    int minute;          /* likewise, or ANY_HOUR */
    bool *seen;          /* of each place */
    struct am_leg *legs; /* homes by sites */
    size_t room;
};

static void find_homes(struct journeys *j)
{
    const struct am_caseload *caseload = j->caseload;
    j->home_count = 0;
    memset(j->seen, 0, (size_t)caseload->place_count * sizeof *j->seen);
    for (int p = 0; p < caseload->person_count; p++) {
        const struct am_person *person = &caseload->people[p];
        if (person->home >= 0 && (person->modes & (1U << j->mode)))
            j->seen[person->home] = true;
    }
    for (int place = 0; place < caseload->place_count; place++)
        if (j->seen[place])
            j->homes[j->home_count++] = place;
}

static bool of_this_kind(const struct journeys *j, const struct am_travel_table *table)
{
    return table->mode == j->mode && (table->directions & j->direction);
}

static bool ask_for_hours(const struct journeys *j)
{
    for (int i = 0; i < j->caseload->travel_count; i++)
        if (of_this_kind(j, &j->caseload->travel[i]) && j->caseload->travel[i].hour >= 0)
            return true;
    return false;
}

/* Do the same tables answer on both days? */
static bool same_tables(const struct journeys *j, int a, int b)
{
    for (int i = 0; i < j->caseload->travel_count; i++) {
        const struct am_travel_table *table = &j->caseload->travel[i];
        if (of_this_kind(j, table) && !(table->days & (1U << a)) != !(table->days & (1U << b)))
            return false;
    }
    return true;
}

static int minute_of(const struct journeys *j, const struct am_session *session)
{
    if (!j->hours)
        return ANY_HOUR;
    return j->direction == AM_THERE ? session->start : session->start + session->minutes;
}

/* The sites of the context: those with a session on one of its days at its hour. */
static void find_sites(struct journeys *j)
{
    const struct am_caseload *caseload = j->caseload;
    j->site_count = 0;
    memset(j->seen, 0, (size_t)caseload->place_count * sizeof *j->seen);
    for (int s = 0; s < caseload->session_count; s++) {
        const struct am_session *session = &caseload->sessions[s];
        if (session->place >= 0 && minute_of(j, session) == j->minute &&
            (j->days & (1U << am_weekday_of(session->date))))
            j->seen[session->place] = true;
    }
    for (int place = 0; place < caseload->place_count; place++)
        if (j->seen[place])
            j->sites[j->site_count++] = place;
}

static struct am_leg *leg_at(const struct journeys *j, int home, int site)
{
    return &j->legs[(size_t)home * (size_t)j->site_count + (size_t)site];
}

/* A table without hours answers alike at any minute. */
static am_status find_legs(struct journeys *j, struct am_err *err)
{
    size_t cells = (size_t)j->home_count * (size_t)j->site_count;
    enum am_weekday day = AM_MO;
    while (!(j->days & (1U << day)))
        day++;
    if (cells > j->room) {
        struct am_leg *legs = realloc(j->legs, cells * sizeof *legs);
        if (!legs)
            return am_fail_memory(err);
        j->legs = legs;
        j->room = cells;
    }
    for (int h = 0; h < j->home_count; h++)
        for (int s = 0; s < j->site_count; s++) {
            struct am_leg leg = {AM_UNKNOWN_JOURNEY, AM_ESTIMATED};
            if (j->homes[h] != j->sites[s])
                leg = am_travel_leg(j->caseload, j->direction, j->homes[h], j->sites[s], j->mode,
                                    day, j->minute == ANY_HOUR ? 0 : j->minute);
            *leg_at(j, h, s) = leg;
        }
    return AM_OK;
}

/* ---- writing ---- */

static bool is_told(const struct journeys *j, int home, int site, enum am_travel_quality quality)
{
    const struct am_leg *leg = leg_at(j, home, site);
    return leg->minutes != AM_UNKNOWN_JOURNEY && leg->quality == quality;
}

static bool home_is_told(const struct journeys *j, int home, enum am_travel_quality quality)
{
    for (int s = 0; s < j->site_count; s++)
        if (is_told(j, home, s, quality))
            return true;
    return false;
}

static bool site_is_told(const struct journeys *j, int site, enum am_travel_quality quality)
{
    for (int h = 0; h < j->home_count; h++)
        if (is_told(j, h, site, quality))
            return true;
    return false;
}

static bool anything_told(const struct journeys *j, enum am_travel_quality quality)
{
    for (int h = 0; h < j->home_count; h++)
        if (home_is_told(j, h, quality))
            return true;
    return false;
}

/* Waiting cannot lengthen a journey of a week: a table holds no more. */
static int at_most(int a, int b)
{
    return a < b ? a : b;
}

static void put_cell(struct journeys *j, int home, int site, enum am_travel_quality quality)
{
    struct am_emit *emit = &j->work->emit;
    if (!is_told(j, home, site, quality))
        am_emit_string(emit, NULL, "unknown");
    else if (leg_at(j, home, site)->minutes == AM_NO_JOURNEY)
        am_emit_null(emit, NULL);
    else
        am_emit_int(emit, NULL, at_most(leg_at(j, home, site)->minutes, AM_TRAVEL_MINUTES));
}

/* Rows are homes on the way there, sites on the way back. */
static void put_matrix(struct journeys *j, enum am_travel_quality quality, const bool *homes,
                       const bool *sites)
{
    bool there = j->direction == AM_THERE;
    int rows = there ? j->home_count : j->site_count;
    int columns = there ? j->site_count : j->home_count;
    am_emit_open(&j->work->emit, "minutes", '[', false);
    for (int r = 0; r < rows; r++) {
        if (!(there ? homes : sites)[r])
            continue;
        am_emit_open(&j->work->emit, NULL, '[', true);
        for (int c = 0; c < columns; c++)
            if ((there ? sites : homes)[c])
                put_cell(j, there ? r : c, there ? c : r, quality);
        am_emit_close(&j->work->emit);
    }
    am_emit_close(&j->work->emit);
}

static void put_places(struct journeys *j, const char *key, bool home, const bool *told)
{
    int count = home ? j->home_count : j->site_count;
    am_emit_open(&j->work->emit, key, '[', true);
    for (int i = 0; i < count; i++)
        if (told[i])
            am_redact_id(j->work, NULL, AM_REDACT_PLACE, home ? j->homes[i] : j->sites[i]);
    am_emit_close(&j->work->emit);
}

static am_status put_table(struct journeys *j, enum am_travel_quality quality, struct am_err *err)
{
    struct am_emit *emit = &j->work->emit;
    bool there = j->direction == AM_THERE;
    bool *homes = calloc((size_t)j->home_count + (size_t)j->site_count, sizeof *homes);
    if (!homes)
        return am_fail_memory(err);
    bool *sites = homes + j->home_count;
    for (int h = 0; h < j->home_count; h++)
        homes[h] = home_is_told(j, h, quality);
    for (int s = 0; s < j->site_count; s++)
        sites[s] = site_is_told(j, s, quality);
    am_emit_open(emit, NULL, '{', false);
    am_emit_string(emit, "mode", am_mode_word(j->mode));
    am_emit_string(emit, "direction", there ? "there" : "back");
    am_redact_days(j->work, j->days);
    if (j->minute != ANY_HOUR)
        am_redact_minute(j->work, there ? "arrive_by" : "depart_after", j->minute);
    am_emit_string(emit, "quality", am_travel_quality_word(quality));
    put_places(j, "from", there, there ? homes : sites);
    put_places(j, "to", !there, there ? sites : homes);
    put_matrix(j, quality, homes, sites);
    am_emit_close(emit);
    free(homes);
    j->work->result->tables++;
    return AM_OK;
}

static am_status put_context(struct journeys *j, struct am_err *err)
{
    find_sites(j);
    am_status status = find_legs(j, err);
    for (int q = 0; q < AM_TRAVEL_QUALITY_COUNT && status == AM_OK; q++)
        if (anything_told(j, (enum am_travel_quality)q))
            status = put_table(j, (enum am_travel_quality)q, err);
    return status;
}

/* ---- contexts ---- */

/* The weekdays of sessions, by their hour + 1. */
static void find_days(const struct journeys *j, am_weekdays days[HOURS])
{
    memset(days, 0, HOURS * sizeof *days);
    for (int s = 0; s < j->caseload->session_count; s++) {
        const struct am_session *session = &j->caseload->sessions[s];
        days[minute_of(j, session) + 1] |= (am_weekdays)(1U << am_weekday_of(session->date));
    }
}

/* The days of an hour on which the same tables answer go together. */
static am_status put_hour(struct journeys *j, am_weekdays days, struct am_err *err)
{
    am_status status = AM_OK;
    for (int first = 0; first < 7 && status == AM_OK; first++) {
        if (!(days & (1U << first)))
            continue;
        j->days = 0;
        for (int day = first; day < 7; day++)
            if ((days & (1U << day)) && same_tables(j, first, day))
                j->days |= (am_weekdays)(1U << day);
        days &= (am_weekdays)~j->days;
        status = put_context(j, err);
    }
    return status;
}

static am_status put_mode(struct journeys *j, struct am_err *err)
{
    am_weekdays days[HOURS];
    am_status status = AM_OK;
    find_homes(j);
    if (j->home_count == 0)
        return AM_OK;
    j->hours = ask_for_hours(j);
    find_days(j, days);
    for (int hour = 0; hour < HOURS && status == AM_OK; hour++) {
        j->minute = hour - 1;
        status = put_hour(j, days[hour], err);
    }
    return status;
}

am_status am_redact_travel(struct am_redact_work *work, struct am_err *err)
{
    struct journeys j = {.work = work, .caseload = work->caseload};
    size_t places = (size_t)work->caseload->place_count;
    am_status status = AM_OK;
    j.seen = AM_ARENA_NEW(&work->arena, places, bool);
    j.homes = AM_ARENA_NEW(&work->arena, places, int32_t);
    j.sites = AM_ARENA_NEW(&work->arena, places, int32_t);
    if (!j.seen || !j.homes || !j.sites)
        return am_fail_memory(err);
    am_emit_open(&work->emit, "travel", '[', false);
    for (int mode = 0; mode < AM_MODE_COUNT && status == AM_OK; mode++) {
        j.mode = (enum am_mode)mode;
        j.direction = AM_THERE;
        status = put_mode(&j, err);
        j.direction = AM_BACK;
        if (status == AM_OK)
            status = put_mode(&j, err);
    }
    am_emit_close(&work->emit);
    free(j.legs);
    return status;
}
