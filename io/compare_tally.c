/* The figures of one roster. */
#include <stdlib.h>
#include <string.h>

#include "io/compare_row.h"

struct tallying {
    const struct am_roster_context *context;
    const struct am_roster *roster;
    const struct am_figures *figures;
    struct am_tally *tally;
    int32_t *minutes; /* by person: booked, not recorded */
    int32_t *late;    /* by person: days */
    bool *booked;     /* by person: any appointment */
};

static bool take_room(struct tallying *t, struct am_arena *arena)
{
    size_t people = (size_t)t->context->caseload->person_count;
    t->minutes = AM_ARENA_NEW(arena, people, int32_t);
    t->late = AM_ARENA_NEW(arena, people, int32_t);
    t->booked = AM_ARENA_NEW(arena, people, bool);
    t->tally->people = AM_ARENA_NEW(arena, people, struct am_share);
    return t->minutes && t->late && t->booked && t->tally->people;
}

static void look_at_people(struct tallying *t)
{
    for (int i = 0; i < t->roster->appointment_count; i++) {
        const struct am_roster_appointment *a = &t->roster->appointments[i];
        t->booked[a->person] = true;
        if (!a->recorded)
            t->minutes[a->person] += a->minutes;
    }
    for (int i = 0; i < t->figures->late_count; i++)
        t->late[t->figures->late[i].person] = t->figures->late[i].days_late;
}

/* Intensive working was agreed, and the window holds less of it than a week's
 * target each week, by more than the tolerance of the offer. */
static bool lacks_intensive(const struct tallying *t, int p)
{
    const struct am_caseload *caseload = t->context->caseload;
    const struct am_person *person = &caseload->people[p];
    const struct am_person_state *state = &t->context->orders->people[p];
    if (!person->intensive_agreed || person->intensive_target_min == 0 || state->order < 0)
        return false;
    int64_t target = (int64_t)person->intensive_target_min * caseload->weeks;
    int64_t most = state->free_min;
    for (int i = state->first_fixed; i < state->first_fixed + state->fixed_count; i++)
        most += t->context->orders->fixed[i].recorded ? 0 : t->context->orders->fixed[i].minutes;
    target = target < most ? target : most;
    return t->minutes[p] + caseload->policy.offer_tolerance_minutes < target;
}

static void count_people(struct tallying *t)
{
    const struct am_caseload *caseload = t->context->caseload;
    int64_t *figures = t->tally->figures;
    for (int p = 0; p < caseload->person_count; p++) {
        figures[AM_FIGURE_late_days] += t->late[p];
        figures[AM_FIGURE_intensive_unserved] += lacks_intensive(t, p);
        if (t->context->orders->people[p].order < 0 && !t->booked[p])
            continue;
        figures[AM_FIGURE_women_unserved] +=
            caseload->people[p].gender == AM_FEMALE && !t->booked[p];
        t->tally->people[t->tally->people_count++] =
            (struct am_share){caseload->people[p].crn, t->minutes[p], t->late[p]};
    }
}

static void count_places(struct tallying *t)
{
    int64_t *figures = t->tally->figures;
    for (int s = 0; s < t->context->caseload->window_session_count; s++)
        if (t->figures->sessions[s].why_not == AM_WHY_RUNS)
            figures[AM_FIGURE_idle_places] += t->figures->sessions[s].places_free;
}

static int by_crn(const void *a, const void *b)
{
    return strcmp(((const struct am_share *)a)->crn, ((const struct am_share *)b)->crn);
}

/* CRNs outlive the caseload. */
static bool keep_crns(struct am_tally *tally, struct am_arena *arena)
{
    for (int i = 0; i < tally->people_count; i++)
        if (!(tally->people[i].crn = am_arena_strdup(arena, tally->people[i].crn)))
            return false;
    return true;
}

am_status am_tally_make(const struct am_roster_context *context, const struct am_roster *roster,
                        struct am_arena *arena, struct am_tally *tally, struct am_err *err)
{
    struct am_figures figures;
    struct am_arena scratch;
    struct tallying t = {.context = context, .roster = roster, .figures = &figures, .tally = tally};
    *tally = (struct am_tally){.proof = roster->proof, .outcome = roster->outcome};
    am_arena_init(&scratch);
    am_status status = am_figures_gather(context, roster, &scratch, &figures, err);
    if (status == AM_OK && !take_room(&t, arena))
        status = am_fail_memory(err);
    if (status == AM_OK) {
        int64_t *to = tally->figures;
        to[AM_FIGURE_finish_late] = AM_FIGURE_UNKNOWN;
        to[AM_FIGURE_placed] = figures.placed;
        to[AM_FIGURE_minutes] = figures.booked_min;
        to[AM_FIGURE_late_starts] = figures.late_count;
        to[AM_FIGURE_at_risk] = figures.outlooks[AM_AT_RISK];
        to[AM_FIGURE_cannot_finish] = figures.outlooks[AM_CANNOT_FINISH];
        to[AM_FIGURE_offer_short] = roster->score.wish_units[AM_S3];
        to[AM_FIGURE_sessions] = figures.run_sessions;
        to[AM_FIGURE_travel_minutes] = figures.travel_min;
        to[AM_FIGURE_stand_downs] = roster->score.wish_units[AM_S11];
        look_at_people(&t);
        count_people(&t);
        count_places(&t);
        if (tally->people_count > 0)
            qsort(tally->people, (size_t)tally->people_count, sizeof *tally->people, by_crn);
        if (!keep_crns(tally, arena))
            status = am_fail_memory(err);
    }
    am_arena_release(&scratch);
    return status;
}
