/*
 * Random few caseloads: something of everything that a rule or a wish looks
 * at, more often than any real caseload has it.
 */
#include "tests/support/few.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEFINITIONS = 9, WEEKS_AHEAD = 8, ANY_DAY = 0x7f };

struct random {
    struct few *few;
    uint64_t state;
};

/* 0 .. bound - 1 */
static int below(struct random *random, int bound)
{
    random->state = random->state * 6364136223846793005U + 1442695040888963407U;
    return (int)((random->state >> 33) % (uint64_t)bound);
}

static bool one_in(struct random *random, int chances)
{
    return below(random, chances) == 0;
}

static int between(struct random *random, int low, int high)
{
    return low + below(random, high - low + 1);
}

static void make_policy(struct random *random)
{
    struct am_policy *policy = &random->few->caseload.policy;
    policy->availability_leaves_home = one_in(random, 3);
    policy->induction_first = !one_in(random, 3);
    policy->lone_woman = below(random, 3);
    policy->over_instruction_percent = between(random, 50, 150);
    if (one_in(random, 5))
        policy->travel_limit_minutes = AM_NO_LIMIT;
    if (one_in(random, 4))
        policy->ete_percent = AM_NO_LIMIT;
    if (one_in(random, 5))
        policy->completion_months = AM_NO_LIMIT;
    if (one_in(random, 5))
        policy->start_business_days = AM_NO_LIMIT;
    policy->earned_reduction = one_in(random, 4);
}

static void make_places(struct random *random)
{
    struct few *few = random->few;
    for (int i = 0; i < 5; i++) {
        int place =
            few_place(few, 53500000 + between(random, -10, one_in(random, 3) ? 200 : 10) * 1000,
                      -2200000 + between(random, one_in(random, 3) ? -200 : -10, 10) * 1000);
        few->caseload.places[place].has_point = !one_in(random, 8);
    }
    for (int i = one_in(random, 2) ? 0 : below(random, 6); i > 0; i--) {
        struct am_travel_table *table =
            few_table(few, (enum am_mode)below(random, AM_MODE_COUNT), 0);
        table->quality = (enum am_travel_quality)below(random, AM_TRAVEL_QUALITY_COUNT);
        table->directions = (uint8_t)between(random, 1, 3);
        if (one_in(random, 3))
            table->days = 0x1f;
        if (table->directions != (AM_THERE | AM_BACK) && one_in(random, 2))
            table->hour = (int16_t)(60 * between(random, 8, 17));
        for (int c = 0; c < table->rows * table->columns; c++)
            *few_minutes(few, table, c / table->columns, c % table->columns) =
                (int16_t)(one_in(random, 4) ? -between(random, 1, 2) : between(random, 1, 120));
    }
}

static void make_windows(struct random *random, int person)
{
    struct few *few = random->few;
    am_date from = few->caseload.from;
    if (!one_in(random, 3))
        return;
    few_never(few, person);
    for (int i = between(random, 1, 4); i > 0; i--) {
        int start = 60 * between(random, 6, 13);
        struct am_window *window =
            few_window(few, person, (am_weekdays)(below(random, 128) | below(random, 128)), start,
                       start + 60 * between(random, 3, 10));
        if (one_in(random, 3)) {
            window->valid_from = from + between(random, -20, 20);
            window->every_weeks = (uint8_t)between(random, 1, 3);
        }
        if (one_in(random, 4))
            window->valid_to = from + between(random, 0, 30);
    }
}

static void make_absences(struct random *random, int person)
{
    am_date from = random->few->caseload.from;
    for (int i = one_in(random, 2) ? 0 : below(random, 3); i > 0; i--) {
        am_stamp start = am_stamp_of(from + between(random, -3, 20), 30 * below(random, 48));
        few_absence(random->few, person, start, start + 30 * between(random, 1, 200));
    }
}

static void make_orders(struct random *random, int person)
{
    struct am_caseload *c = &random->few->caseload;
    for (int i = one_in(random, 6) ? 0 : between(random, 1, 3); i > 0; i--) {
        int j = few_order(random->few, person, 60 * between(random, 1, 100));
        struct am_order *order = &c->orders[j];
        int first = c->people[person].first_order;
        order->sentence_date = c->from - between(random, -3, one_in(random, 2) ? 90 : 380);
        if (one_in(random, 3))
            order->worked_min = between(random, 0, order->ordered_min);
        order->ete_min = order->worked_min / 4;
        if (one_in(random, 4))
            order->adjustment_min = between(random, -100, 100);
        if (one_in(random, 5))
            order->own_deadline = c->from + between(random, -5, 50);
        if (one_in(random, 6))
            order->status = (enum am_order_status)between(random, 1, 3);
        if (j > first && one_in(random, 2)) {
            order->runs = one_in(random, 2) ? AM_RUNS_CONCURRENT : AM_RUNS_AFTER;
            order->runs_order = between(random, first, j - 1);
        }
    }
}

static void make_person(struct random *random)
{
    struct few *few = random->few;
    struct am_caseload *c = &few->caseload;
    int p = few_person(few);
    struct am_person *person = &c->people[p];
    person->gender = (enum am_gender)below(random, 4);
    person->may_join_women_only = person->gender == AM_FEMALE || one_in(random, 2);
    person->consents_alone = one_in(random, 3);
    person->placement = (uint8_t)(one_in(random, 3) ? below(random, 8) : 7);
    person->home = one_in(random, 20) ? -1 : below(random, c->place_count);
    person->modes = (am_modes)between(random, 1, 15);
    person->inducted_on = one_in(random, 3) ? AM_NO_DATE : c->from - 30;
    person->wants_ete = one_in(random, 2);
    person->intensive_agreed = one_in(random, 3);
    person->intensive_target_min = person->intensive_agreed ? 60 * between(random, 5, 28) : 0;
    person->weekly_max_min = one_in(random, 3) ? 60 * between(random, 2, 20) : -1;
    person->needs = one_in(random, 6) ? 1 : 0;
    person->must_avoid = one_in(random, 5) ? (uint64_t)below(random, 4) : 0;
    person->supervisor_gender = one_in(random, 6) ? below(random, 2) : -1;
    person->attendance_percent = between(random, 30, 100);
    if (one_in(random, 4))
        person->barred_projects = few_indices(few, below(random, 5));
    if (one_in(random, 4))
        person->barred_places = few_indices(few, below(random, c->place_count));
    if (one_in(random, 4))
        person->prefers = few_indices(few, below(random, 5));
    make_windows(random, p);
    make_absences(random, p);
    make_orders(random, p);
}

static void make_projects(struct random *random)
{
    struct am_caseload *c = &random->few->caseload;
    for (int i = 0; i < 6; i++) {
        int project =
            few_project(random->few, (enum am_project_type)(i < 4 ? i : below(random, 2)));
        struct am_project *of = &c->projects[project];
        of->place = one_in(random, 20) ? -1 : below(random, c->place_count);
        of->women_only = one_in(random, 4);
        of->tags = (uint64_t)below(random, 4);
        of->offers = (uint64_t)below(random, 2);
        of->quality = below(random, 6);
    }
}

struct definition {
    char id[16];
    int project, weekday, start, minutes, places;
    bool supervised;
};

static void make_sessions(struct random *random)
{
    struct few *few = random->few;
    struct am_caseload *c = &few->caseload;
    struct definition of[DEFINITIONS];
    for (int k = 0; k < DEFINITIONS; k++) {
        (void)snprintf(of[k].id, sizeof of[k].id, "D%d", k);
        of[k].project = below(random, c->project_count);
        of[k].weekday = below(random, 7);
        of[k].start = 480 + 30 * k;
        of[k].minutes = 30 * between(random, 1, 16);
        of[k].places = one_in(random, 8) ? 0 : between(random, 1, 5);
        of[k].supervised = one_in(random, 2);
    }
    for (int day = 0; day < am_caseload_days(c) + 7 * WEEKS_AHEAD; day++)
        for (int k = 0; k < DEFINITIONS; k++) {
            if (of[k].weekday != day % 7 || (day >= am_caseload_days(c) && one_in(random, 9)))
                continue;
            int s = few_session(few, of[k].project, day, of[k].start, of[k].minutes);
            struct am_session *session = &c->sessions[s];
            session->id = am_arena_strdup(&c->arena, of[k].id);
            session->definition = k;
            session->places = of[k].places;
            session->min_group = below(random, 3);
            session->supervised = of[k].supervised;
            if (s < c->window_session_count && one_in(random, 8))
                session->closed = (enum am_closed)between(random, 1, 2);
            if (one_in(random, 8))
                session->pinned_supervisor = below(random, c->supervisor_count);
            if (one_in(random, 10))
                session->place = below(random, c->place_count);
        }
}

static void make_supervisors(struct random *random)
{
    struct am_caseload *c = &random->few->caseload;
    for (int m = 0; m < 3; m++) {
        struct am_supervisor *of = &c->supervisors[few_supervisor(random->few)];
        of->gender = (enum am_gender)below(random, 2);
        of->group_limit = between(random, 1, 6);
        of->any_project = one_in(random, 2);
        of->projects = few_indices(random->few, below(random, c->project_count));
    }
}

static bool is_booked(const struct am_caseload *c, int person, int session)
{
    for (int i = 0; i < c->appointment_count; i++)
        if (c->appointments[i].person == person && c->appointments[i].session == session)
            return true;
    return false;
}

static void make_appointments(struct random *random)
{
    struct few *few = random->few;
    struct am_caseload *c = &few->caseload;
    for (int p = 0; p < c->person_count; p++) {
        if (c->people[p].order_count == 0)
            continue;
        for (int i = below(random, 4); i > 0 && c->window_session_count > 0; i--) {
            int s = below(random, c->window_session_count);
            if (is_booked(c, p, s))
                continue;
            bool past = am_session_past(c, s);
            int a = few_appointment(few, p, s,
                                    past || one_in(random, 4)
                                        ? (enum am_appointment_state)below(random, 5)
                                        : AM_BOOKED);
            c->appointments[a].order += below(random, c->people[p].order_count);
            c->appointments[a].pinned = one_in(random, 3);
            c->appointments[a].supervisor = between(random, -1, c->supervisor_count - 1);
            if (c->appointments[a].state == AM_ATTENDED)
                c->appointments[a].credited_min = below(random, c->appointments[a].minutes + 1);
            if (c->appointments[a].pinned && c->sessions[s].pinned_supervisor < 0)
                c->sessions[s].pinned_supervisor = c->appointments[a].supervisor;
        }
        for (int i = below(random, 3); i > 0; i--) {
            const struct am_session *like = &c->sessions[below(random, c->session_count)];
            int a = few_earlier(few, p, like->project, -between(random, 1, 20), like->id,
                                (enum am_appointment_state)below(random, 5));
            c->appointments[a].minutes = (int16_t)(30 * between(random, 1, 14));
            c->appointments[a].supervisor = between(random, -1, c->supervisor_count - 1);
        }
    }
}

static void make_rest(struct random *random)
{
    struct few *few = random->few;
    struct am_caseload *c = &few->caseload;
    for (int i = below(random, 8); i > 0; i--) {
        int w = few_waiver(few, (enum am_rule)below(random, AM_RULE_COUNT),
                           below(random, c->person_count));
        c->waivers[w].project = one_in(random, 3) ? below(random, c->project_count) : -1;
        c->waivers[w].session_id =
            one_in(random, 4) ? c->sessions[below(random, c->session_count)].id : NULL;
        c->waivers[w].until = one_in(random, 2) ? c->from + below(random, 20) : AM_NO_DATE;
    }
    for (int i = below(random, 6); i > 0; i--) {
        struct am_allocation *allocation =
            few_allocation(few, below(random, c->person_count), below(random, c->project_count),
                           (am_weekdays)between(random, 1, 127));
        allocation->frequency = (enum am_frequency)below(random, 3);
        allocation->from = c->from + between(random, -20, 8);
        allocation->to = one_in(random, 2) ? allocation->from + below(random, 40) : AM_NO_DATE;
    }
}

static int compare_published(const void *a, const void *b)
{
    const struct am_published_appointment *x = a, *y = b;
    return x->person != y->person ? x->person - y->person : x->session - y->session;
}

/* As a reader leaves it: with what is booked and not fixed, sorted, each once. */
static void make_published(struct random *random)
{
    struct few *few = random->few;
    struct am_caseload *c = &few->caseload;
    bool published = c->window_session_count > 0 && one_in(random, 2);
    for (int i = published ? below(random, 10) : 0; i > 0; i--)
        few_published(few, below(random, c->person_count), below(random, c->window_session_count));
    for (int s = 0; s < c->window_session_count && published; s++)
        if (one_in(random, 3))
            few_published_session(few, s, between(random, -1, c->supervisor_count - 1));
    for (int i = 0; i < c->appointment_count; i++) {
        const struct am_appointment *a = &c->appointments[i];
        if (a->session >= 0 && a->state == AM_BOOKED && !a->pinned && a->date >= c->as_of)
            few_published(few, a->person, a->session);
    }
    struct am_published_appointment *list = c->published_appointments;
    int kept = 0;
    qsort(list, (size_t)c->published_appointment_count, sizeof *list, compare_published);
    for (int i = 0; i < c->published_appointment_count; i++)
        if (kept == 0 || compare_published(&list[kept - 1], &list[i]) != 0)
            list[kept++] = list[i];
    c->published_appointment_count = kept;
}

/* What a completion plan may ask of a window. */
static void make_aims(struct random *random)
{
    struct am_caseload *c = &random->few->caseload;
    for (int p = 0; p < c->person_count; p++) {
        int32_t planned = 30 * below(random, 60);
        if (one_in(random, 4))
            c->people[p].aim = (struct am_aim){true, planned, one_in(random, 2) ? planned / 2 : 0};
    }
}

void few_random(struct few *few, uint32_t seed)
{
    struct random random = {few, seed * UINT64_C(0x9e3779b97f4a7c15) + 1};
    few_init(few);
    few->caseload.weeks = between(&random, 1, 2);
    few->caseload.as_of = few->caseload.from + between(&random, -8, 6);
    make_policy(&random);
    make_places(&random);
    for (int p = 0; p < 7; p++)
        make_person(&random);
    make_projects(&random);
    make_supervisors(&random);
    make_sessions(&random);
    make_appointments(&random);
    make_rest(&random);
    make_published(&random);
    make_aims(&random);
}
