/*
 * A plan as the simulation takes it: people in the order in which they are
 * served, and what each could attend, week by week.
 */
#include "model/futures_plan.h"

#include <stdlib.h>

#include "base/random.h"

_Static_assert((int)AM_FUTURES_LED_ALL == (int)AM_SUPERVISED_WEEK, "rows of supervisors differ");

/* Somebody planned, and when it is too late for them. */
struct queued {
    int32_t planned;
    int32_t no_return; /* the last week from which their time suffices; see urgency_of */
};

/* The arrays of the setup while they are written. */
struct filling {
    const struct am_plan *plan;
    const struct am_horizon *horizon;
    const struct am_orders *orders;
    struct am_arena *arena;
    struct am_futures_setup *setup;
    struct queued *queue; /* by place in the queue */
    int32_t *place_of;    /* of planned, in the queue */
    struct am_futures_kind *kinds;
    int32_t *seats, *reach, *option_of; /* the latter: of an entry of reach */
    int32_t *most_min, *ahead_min, *target_min, *first_cell, *cells, *sequence;
    struct am_futures_order *all_orders;
    struct am_futures_person *people;
    struct am_futures_given *given;
    uint8_t *days;
};

static const struct am_planned *planned_at(const struct filling *filling, int place)
{
    return &filling->horizon->planned[filling->queue[place].planned];
}

static int percent_of(const struct filling *filling, const struct am_planned *planned)
{
    return filling->horizon->caseload->people[planned->person].attendance_percent;
}

/* Minutes worked of so many booked, as am_minutes_to_book has it: exactly back. */
static int32_t worked_of(int32_t booked_min, int percent)
{
    return (int32_t)((int64_t)booked_min * percent / 100);
}

/* ---- who comes first ---- */

/* The last week from which all that is left of the weeks up to the deadline
 * suffices; -1: not even from the first. */
static int last_week_for(const struct am_planned *planned, const struct am_plan_target *target)
{
    int64_t sum = target->by_day_min;
    for (int w = target->week; w >= 0; w--) {
        if (sum >= target->until_min)
            return w;
        if (w > 0)
            sum += planned->most_min[w - 1] + planned->fixed_min[w - 1];
    }
    return -1;
}

/* The least of these weeks, of the orders that can be done in time; those with
 * no deadline come after them, and last those for whom it is too late. */
static int32_t urgency_of(const struct am_horizon *horizon, const struct am_planned *planned)
{
    int32_t least = INT32_MAX;
    bool has_deadline = false;
    for (int t = 0; t < planned->target_count; t++) {
        if (planned->targets[t].week < 0)
            continue;
        has_deadline = true;
        int week = last_week_for(planned, &planned->targets[t]);
        if (week >= 0 && week < least)
            least = week;
    }
    return has_deadline ? least : horizon->weeks;
}

static int compare_queued(const void *left, const void *right)
{
    const struct queued *a = left, *b = right;
    if (a->no_return != b->no_return)
        return a->no_return < b->no_return ? -1 : 1;
    return (a->planned > b->planned) - (a->planned < b->planned);
}

static am_status queue_up(struct filling *filling, struct am_arena *scratch, struct am_err *err)
{
    int count = filling->horizon->planned_count;
    filling->queue = AM_ARENA_NEW(scratch, (size_t)count, struct queued);
    filling->place_of = AM_ARENA_NEW(scratch, (size_t)count, int32_t);
    if (!filling->queue || !filling->place_of)
        return am_fail_memory(err);
    for (int i = 0; i < count; i++)
        filling->queue[i] =
            (struct queued){i, urgency_of(filling->horizon, &filling->horizon->planned[i])};
    qsort(filling->queue, (size_t)count, sizeof *filling->queue, compare_queued);
    for (int i = 0; i < count; i++)
        filling->place_of[filling->queue[i].planned] = i;
    return AM_OK;
}

/* ---- kinds ---- */

static am_status fill_kinds(struct filling *filling, struct am_err *err)
{
    const struct am_horizon *horizon = filling->horizon;
    size_t count = (size_t)horizon->kind_count, weeks = (size_t)horizon->weeks;
    filling->kinds = AM_ARENA_NEW(filling->arena, count, struct am_futures_kind);
    filling->seats = AM_ARENA_NEW(filling->arena, weeks * count, int32_t);
    if (!filling->kinds || !filling->seats)
        return am_fail_memory(err);
    for (int k = 0; k < horizon->kind_count; k++) {
        const struct am_place_kind *kind = &horizon->kinds[k];
        bool ete = horizon->caseload->projects[kind->project].type == AM_ETE;
        filling->kinds[k] = (struct am_futures_kind){kind->minutes, kind->seats, kind->supervised,
                                                     ete, (int32_t)kind->part};
        for (int w = 0; w < horizon->weeks; w++)
            filling->seats[w * horizon->kind_count + k] =
                (int32_t)((int64_t)horizon->held_min[k * horizon->weeks + w] * kind->seats /
                          kind->minutes);
    }
    return AM_OK;
}

/* ---- orders ---- */

static am_date arrivals_deadline(const struct filling *filling, const struct am_planned *planned)
{
    int months = filling->horizon->caseload->policy.completion_months;
    return months == AM_NO_LIMIT ? AM_NO_DATE : am_months_end(planned->sentence, months);
}

/* Orders of one planned, behind those of the caseload where they arrive. */
static void fill_orders_of(struct filling *filling, const struct am_planned *planned,
                           int32_t *sequence)
{
    const struct am_caseload *caseload = filling->horizon->caseload;
    int percent = percent_of(filling, planned);
    for (int t = 0; t < planned->target_count; t++) {
        const struct am_plan_target *target = &planned->targets[t];
        bool arrives = planned->arrival >= 0;
        int order = arrives ? caseload->order_count + planned->arrival : target->order;
        filling->all_orders[order] = (struct am_futures_order){
            .deadline = arrives ? arrivals_deadline(filling, planned)
                                : filling->orders->orders[order].deadline,
            .since = arrives ? planned->sentence : caseload->orders[order].sentence_date,
            .ahead_min = worked_of(target->until_min, percent),
            .arrival = arrives};
        sequence[t] = order;
    }
}

static am_status fill_orders(struct filling *filling, struct am_err *err)
{
    const struct am_horizon *horizon = filling->horizon;
    int count = horizon->caseload->order_count + horizon->arrival_count, next = 0;
    filling->all_orders = AM_ARENA_NEW(filling->arena, (size_t)count, struct am_futures_order);
    filling->sequence = AM_ARENA_NEW(filling->arena, (size_t)count, int32_t);
    if (!filling->all_orders || !filling->sequence)
        return am_fail_memory(err);
    for (int i = 0; i < horizon->planned_count; i++) {
        const struct am_planned *planned = planned_at(filling, i);
        fill_orders_of(filling, planned, filling->sequence + next);
        filling->people[i].first_order = next;
        filling->people[i].order_count = planned->target_count;
        next += planned->target_count;
    }
    filling->setup->order_count = count;
    return AM_OK;
}

/* ---- people ---- */

static uint64_t key_of(const struct filling *filling, const struct am_planned *planned)
{
    uint64_t name = am_random_name(filling->horizon->caseload->people[planned->person].crn);
    return planned->arrival < 0 ? name : am_random_stream(name, (uint64_t)planned->arrival, 1);
}

static am_status fill_people(struct filling *filling, struct am_err *err)
{
    const struct am_horizon *horizon = filling->horizon;
    int next = 0;
    filling->people =
        AM_ARENA_NEW(filling->arena, (size_t)horizon->planned_count, struct am_futures_person);
    if (!filling->people)
        return am_fail_memory(err);
    for (int i = 0; i < horizon->planned_count; i++) {
        const struct am_planned *planned = planned_at(filling, i);
        int percent = percent_of(filling, planned);
        filling->people[i] =
            (struct am_futures_person){.key = key_of(filling, planned),
                                       .attendance_percent = percent,
                                       .ete_left_min = worked_of(planned->ete_min, percent),
                                       .first_reach = next,
                                       .reach_count = planned->option_count};
        next += planned->option_count;
    }
    filling->setup->reach_count = next;
    return AM_OK;
}

/* ---- what is within reach, the best first ---- */

struct liked {
    int32_t option;
    int64_t planned_min, cost;
};

static int compare_liked(const void *left, const void *right)
{
    const struct liked *a = left, *b = right;
    if (a->planned_min != b->planned_min)
        return a->planned_min > b->planned_min ? -1 : 1;
    if (a->cost != b->cost)
        return a->cost < b->cost ? -1 : 1;
    return (a->option > b->option) - (a->option < b->option);
}

/* The options of one planned, those with most minutes in the plan first, then
 * the cheapest. */
static void order_options(struct filling *filling, int place, int64_t *minutes_of_kind,
                          struct liked *liked)
{
    const struct am_plan *plan = filling->plan;
    const struct am_planned *planned = planned_at(filling, place);
    int i = filling->queue[place].planned, first = filling->people[place].first_reach;
    for (int c = plan->first[i]; c < plan->first[i + 1]; c++)
        minutes_of_kind[plan->cells[c].kind] += plan->cells[c].minutes;
    for (int o = 0; o < planned->option_count; o++)
        liked[o] =
            (struct liked){o, minutes_of_kind[planned->options[o].kind], planned->options[o].cost};
    qsort(liked, (size_t)planned->option_count, sizeof *liked, compare_liked);
    for (int o = 0; o < planned->option_count; o++) {
        filling->option_of[first + o] = liked[o].option;
        filling->reach[first + o] = planned->options[liked[o].option].kind;
    }
    for (int c = plan->first[i]; c < plan->first[i + 1]; c++)
        minutes_of_kind[plan->cells[c].kind] = 0;
}

static am_status fill_reach(struct filling *filling, struct am_arena *scratch, struct am_err *err)
{
    size_t reach = (size_t)filling->setup->reach_count;
    size_t kinds = (size_t)filling->horizon->kind_count;
    int64_t *minutes_of_kind = AM_ARENA_NEW(scratch, kinds, int64_t);
    struct liked *liked = AM_ARENA_NEW(scratch, kinds, struct liked);
    filling->option_of = AM_ARENA_NEW(scratch, reach, int32_t);
    filling->reach = AM_ARENA_NEW(filling->arena, reach, int32_t);
    filling->days = AM_ARENA_NEW(filling->arena, reach * (size_t)filling->horizon->weeks, uint8_t);
    if (!minutes_of_kind || !liked || !filling->option_of || !filling->reach || !filling->days)
        return am_fail_memory(err);
    for (int i = 0; i < filling->horizon->planned_count; i++)
        order_options(filling, i, minutes_of_kind, liked);
    return AM_OK;
}

static void fill_days(struct filling *filling)
{
    for (int w = 0; w < filling->horizon->weeks; w++)
        for (int i = 0; i < filling->horizon->planned_count; i++) {
            const struct am_planned *planned = planned_at(filling, i);
            const uint8_t *days = planned->days + (size_t)w * (size_t)planned->option_count;
            int first = filling->people[i].first_reach;
            uint8_t *row = filling->days + (size_t)w * (size_t)filling->setup->reach_count + first;
            for (int o = 0; o < planned->option_count; o++)
                row[o] = days[filling->option_of[first + o]];
        }
}

/* ---- weeks ---- */

static am_status make_weeks(struct filling *filling, struct am_err *err)
{
    size_t weeks = (size_t)filling->horizon->weeks;
    size_t cells = weeks * (size_t)filling->horizon->planned_count;
    filling->most_min = AM_ARENA_NEW(filling->arena, cells, int32_t);
    filling->ahead_min = AM_ARENA_NEW(filling->arena, cells, int32_t);
    filling->target_min = AM_ARENA_NEW(filling->arena, cells, int32_t);
    filling->first_cell = AM_ARENA_NEW(filling->arena, cells + 1, int32_t);
    filling->cells = AM_ARENA_NEW(filling->arena, (size_t)filling->plan->cell_count, int32_t);
    return filling->most_min && filling->ahead_min && filling->target_min && filling->first_cell &&
                   filling->cells
               ? AM_OK
               : am_fail_memory(err);
}

/* The last week in which something is planned or fixed; -1: none. */
static int last_week_of(const struct filling *filling, int place)
{
    const struct am_plan *plan = filling->plan;
    const struct am_planned *planned = planned_at(filling, place);
    int i = filling->queue[place].planned, last = -1;
    if (plan->first[i] < plan->first[i + 1])
        last = plan->cells[plan->first[i + 1] - 1].week;
    for (int w = last + 1; w < filling->horizon->weeks; w++)
        last = planned->fixed_min[w] > 0 ? w : last;
    return last;
}

static void fill_weeks(struct filling *filling)
{
    const struct am_horizon *horizon = filling->horizon;
    for (int i = 0; i < horizon->planned_count; i++) {
        const struct am_planned *planned = planned_at(filling, i);
        int percent = percent_of(filling, planned), last = last_week_of(filling, i);
        int64_t sum = 0;
        for (int w = 0; w < horizon->weeks; w++) {
            size_t at = (size_t)w * (size_t)horizon->planned_count + (size_t)i;
            filling->most_min[at] = planned->most_min[w];
            filling->ahead_min[at] = worked_of(planned->cap_min[w], percent);
            sum += planned->fixed_min[w] +
                   am_plan_week_min(filling->plan, filling->queue[i].planned, w);
            filling->target_min[at] =
                w > last || sum > AM_FUTURES_ALL ? AM_FUTURES_ALL : (int32_t)sum;
        }
    }
}

static int reach_of(const struct filling *filling, int place, int kind)
{
    const struct am_futures_person *person = &filling->people[place];
    for (int r = person->first_reach; r < person->first_reach + person->reach_count; r++)
        if (filling->reach[r] == kind)
            return r;
    return -1;
}

/* Cells by week, then place in the queue. A cell of a kind that is not within
 * reach (of a plan that would fail its audit) is left out. */
static am_status fill_cells(struct filling *filling, struct am_arena *scratch, struct am_err *err)
{
    const struct am_plan *plan = filling->plan;
    size_t people = (size_t)filling->horizon->planned_count;
    int32_t *next = AM_ARENA_NEW(scratch, people, int32_t);
    if (!next)
        return am_fail_memory(err);
    for (size_t i = 0; i < people; i++)
        next[i] = plan->first[filling->queue[i].planned];
    int count = 0;
    for (int w = 0; w < filling->horizon->weeks; w++)
        for (size_t i = 0; i < people; i++) {
            int end = plan->first[filling->queue[i].planned + 1];
            filling->first_cell[(size_t)w * people + i] = count;
            for (; next[i] < end && plan->cells[next[i]].week == w; next[i]++) {
                int reach = reach_of(filling, (int)i, plan->cells[next[i]].kind);
                if (reach >= 0)
                    filling->cells[count++] = reach;
            }
        }
    filling->first_cell[(size_t)filling->horizon->weeks * people] = count;
    return AM_OK;
}

/* ---- what is booked already ---- */

static struct am_futures_given given_of(const struct filling *filling, const struct am_fixed *fixed)
{
    const struct am_caseload *caseload = filling->horizon->caseload;
    const struct am_session *session = &caseload->sessions[fixed->session];
    int planned = filling->horizon->planned_of[fixed->person];
    return (struct am_futures_given){.week = am_week_of(session->date, caseload->from),
                                     .person = planned < 0 ? -1 : filling->place_of[planned],
                                     .weekday = (int16_t)am_weekday_of(session->date),
                                     .minutes = fixed->minutes,
                                     .ete = caseload->projects[session->project].type == AM_ETE};
}

/* By week; a second on the same day of a person adds to the first. */
static void add_given(struct filling *filling, const struct am_futures_given *given)
{
    int *count = &filling->setup->given_count;
    for (int i = *count - 1; i >= 0 && filling->given[i].week == given->week; i--)
        if (filling->given[i].person == given->person &&
            filling->given[i].weekday == given->weekday) {
            filling->given[i].minutes = (int16_t)(filling->given[i].minutes + given->minutes);
            return;
        }
    filling->given[(*count)++] = *given;
}

static am_status fill_given(struct filling *filling, struct am_err *err)
{
    const struct am_orders *orders = filling->orders;
    filling->given =
        AM_ARENA_NEW(filling->arena, (size_t)orders->fixed_count, struct am_futures_given);
    if (!filling->given)
        return am_fail_memory(err);
    for (int w = 0; w < filling->horizon->caseload->weeks; w++)
        for (int i = 0; i < orders->fixed_count; i++) {
            struct am_futures_given given = given_of(filling, &orders->fixed[i]);
            if (given.week == w && given.person >= 0 && !orders->fixed[i].recorded &&
                given.minutes > 0)
                add_given(filling, &given);
        }
    return AM_OK;
}

/* ---- the whole ---- */

static void close_setup(struct filling *filling)
{
    struct am_futures_setup *setup = filling->setup;
    setup->from = filling->horizon->caseload->from;
    setup->weeks = filling->horizon->weeks;
    setup->kinds = filling->kinds;
    setup->kind_count = filling->horizon->kind_count;
    setup->seats = filling->seats;
    setup->led_min = filling->horizon->supervised_min;
    setup->orders = filling->all_orders;
    setup->sequence = filling->sequence;
    setup->people = filling->people;
    setup->person_count = filling->horizon->planned_count;
    setup->reach = filling->reach;
    setup->days = filling->days;
    setup->most_min = filling->most_min;
    setup->ahead_min = filling->ahead_min;
    setup->target_min = filling->target_min;
    setup->first_cell = filling->first_cell;
    setup->cells = filling->cells;
    setup->given = filling->given;
}

static am_status fill(struct filling *filling, struct am_arena *scratch, struct am_err *err)
{
    am_status status = queue_up(filling, scratch, err);
    if (status == AM_OK)
        status = fill_kinds(filling, err);
    if (status == AM_OK)
        status = fill_people(filling, err);
    if (status == AM_OK)
        status = fill_orders(filling, err);
    if (status == AM_OK)
        status = fill_reach(filling, scratch, err);
    if (status == AM_OK)
        status = make_weeks(filling, err);
    if (status == AM_OK)
        status = fill_cells(filling, scratch, err);
    if (status == AM_OK)
        status = fill_given(filling, err);
    if (status != AM_OK)
        return status;
    fill_days(filling);
    fill_weeks(filling);
    close_setup(filling);
    return AM_OK;
}

am_status am_futures_setup_build(const struct am_plan *plan, const struct am_orders *orders,
                                 struct am_arena *arena, struct am_futures_setup *setup,
                                 struct am_err *err)
{
    struct filling filling = {
        .plan = plan, .horizon = plan->horizon, .orders = orders, .arena = arena, .setup = setup};
    struct am_arena scratch;
    *setup = (struct am_futures_setup){0};
    am_arena_init(&scratch);
    am_status status = fill(&filling, &scratch, err);
    am_arena_release(&scratch);
    return status;
}
