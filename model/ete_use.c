#include "model/ete_use.h"

#include <stdlib.h>

struct work {
    const struct am_caseload *caseload;
    const struct am_orders *orders;
    const struct am_eligibility *eligibility;
    int32_t *ete; /* sessions of the window that are education, open and not past */
    int ete_count;
};

static bool is_ete_project(const struct am_caseload *caseload, int project)
{
    return caseload->projects[project].type == AM_ETE;
}

static void list_sessions(struct work *work)
{
    const struct am_caseload *caseload = work->caseload;
    for (int s = 0; s < caseload->window_session_count; s++) {
        const struct am_session *session = &caseload->sessions[s];
        if (is_ete_project(caseload, session->project) && session->closed == AM_OPEN &&
            session->places > 0 && !am_session_past(caseload, s))
            work->ete[work->ete_count++] = s;
    }
}

/* Minutes of education of each order that are booked and not credited yet. */
static void sum_booked(const struct am_caseload *caseload, int64_t *booked_min)
{
    for (int i = 0; i < caseload->appointment_count; i++) {
        const struct am_appointment *a = &caseload->appointments[i];
        bool held = a->date < caseload->from || a->pinned || a->date < caseload->as_of;
        if (a->state == AM_BOOKED && held && is_ete_project(caseload, a->project))
            booked_min[a->order] += a->minutes;
    }
}

/* The allowance of an order, whether the person wants it or not. */
static struct am_ete_person allowance_of(const struct work *work, int p, int64_t booked_min)
{
    const struct am_caseload *caseload = work->caseload;
    const struct am_person_state *state = &work->orders->people[p];
    const struct am_order *order = &caseload->orders[state->order];
    int32_t percent = caseload->policy.ete_percent;
    struct am_ete_person of = {.person = p,
                               .order = state->order,
                               .allowance_min = AM_NO_LIMIT,
                               .used_min = (int32_t)(order->ete_min + booked_min),
                               .left_min = state->free_min,
                               .wants = caseload->people[p].wants_ete};
    if (percent == AM_NO_LIMIT)
        return of;
    of.allowance_min = (int32_t)((int64_t)order->ordered_min * percent / 100);
    if (of.allowance_min - of.used_min < of.left_min)
        of.left_min = of.allowance_min - of.used_min;
    return of;
}

/* Could somebody who does not want it be booked there all the same? */
static bool could_take(const struct work *work, const struct am_ete_person *of, int session)
{
    const struct am_session *at = &work->caseload->sessions[session];
    int32_t free_min = work->orders->people[of->person].free_min;
    int32_t minutes = at->minutes < free_min ? at->minutes : free_min;
    return minutes <= of->left_min &&
           am_could_attend(work->caseload, of->person, of->order, session);
}

static bool takes(const struct work *work, const struct am_ete_person *of, int session)
{
    return of->wants ? am_pair_find(work->eligibility, of->person, session) != NULL
                     : could_take(work, of, session);
}

static int compare_people(const void *a, const void *b)
{
    const struct am_ete_person *x = a, *y = b;
    if (x->wants != y->wants)
        return x->wants ? -1 : 1;
    if (x->left_min != y->left_min)
        return x->left_min > y->left_min ? -1 : 1;
    return x->person < y->person ? -1 : x->person > y->person;
}

static void list_people(const struct work *work, const int64_t *booked_min, struct am_ete_use *use)
{
    for (int p = 0; p < work->caseload->person_count; p++) {
        int order = work->orders->people[p].order;
        if (order < 0)
            continue;
        struct am_ete_person of = allowance_of(work, p, booked_min[order]);
        if (of.left_min <= 0)
            continue;
        use->people[use->count++] = of;
        use->left_min += of.left_min;
        use->wanted_min += of.wants ? of.left_min : 0;
    }
    qsort(use->people, (size_t)use->count, sizeof *use->people, compare_people);
}

/* Twice: to count (sessions NULL), and to fill. */
static void find_sessions(const struct work *work, struct am_ete_use *use)
{
    int64_t count = 0;
    for (int i = 0; i < use->count; i++) {
        struct am_ete_person *of = &use->people[i];
        of->first = (int)count;
        for (int e = 0; e < work->ete_count; e++) {
            if (!takes(work, of, work->ete[e]))
                continue;
            if (use->sessions)
                use->sessions[count] = work->ete[e];
            count++;
        }
        of->count = (int)count - of->first;
    }
    use->session_count = count;
}

am_status am_ete_use_build(const struct am_caseload *caseload, const struct am_orders *orders,
                           const struct am_eligibility *eligibility, struct am_arena *arena,
                           struct am_ete_use *use, struct am_err *err)
{
    struct work work = {caseload, orders, eligibility, NULL, 0};
    *use = (struct am_ete_use){0};
    work.ete = AM_ARENA_NEW(arena, (size_t)caseload->window_session_count, int32_t);
    int64_t *booked_min = AM_ARENA_NEW(arena, (size_t)caseload->order_count, int64_t);
    use->people = AM_ARENA_NEW(arena, (size_t)caseload->person_count, struct am_ete_person);
    if (!work.ete || !booked_min || !use->people)
        return am_fail_memory(err);
    list_sessions(&work);
    sum_booked(caseload, booked_min);
    list_people(&work, booked_min, use);
    find_sessions(&work, use);
    int32_t *sessions = AM_ARENA_NEW(arena, (size_t)use->session_count, int32_t);
    if (!sessions)
        return am_fail_memory(err);
    use->sessions = sessions;
    find_sessions(&work, use);
    return AM_OK;
}
