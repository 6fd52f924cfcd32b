/*
 * Everybody that a plan is made for: what they could attend, what they have to
 * book, and by when.
 */
#include <string.h>

#include "model/horizon_parts.h"

enum { THOUSANDTHS = 1000, DAYS_A_WEEK = 7, SENTENCED_ON = AM_WE };

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static int32_t at_least_zero(int32_t minutes)
{
    return minutes > 0 ? minutes : 0;
}

/* ---- who ---- */

/* Somebody yet to be sentenced. */
struct arrival {
    int like;
    am_date sentence;
    int32_t ordered_min;
};

struct people {
    struct am_horizon_work *work;
    struct am_horizon_reach reach;
    struct arrival *arrivals;
    struct am_members arrivals_like; /* by person */
    /* of the one in hand, by day of the window */
    bool *fixed_day;
    int32_t *fixed_min;
    bool *done; /* by order of the person */
};

static int32_t ordered_like(const struct am_caseload *caseload, int person)
{
    const struct am_person *who = &caseload->people[person];
    return who->order_count > 0 ? caseload->orders[who->first_order].ordered_min : 0;
}

/* The next person, in turn, who has an order; -1: nobody has. */
static int next_like(const struct am_caseload *caseload, int *turn)
{
    for (int tried = 0; tried < caseload->person_count; tried++) {
        int person = *turn;
        *turn = (*turn + 1) % caseload->person_count;
        if (caseload->people[person].order_count > 0)
            return person;
    }
    return -1;
}

static void list_arrival(struct people *people, int *turn, int like, am_date sentence,
                         int32_t ordered_min)
{
    const struct am_caseload *caseload = people->work->caseload;
    struct am_horizon *horizon = people->work->horizon;
    if (like < 0)
        like = next_like(caseload, turn);
    if (like < 0)
        return;
    if (ordered_min == 0)
        ordered_min = ordered_like(caseload, like);
    if (ordered_min > 0)
        people->arrivals[horizon->arrival_count++] = (struct arrival){like, sentence, ordered_min};
}

static int64_t most_arrivals(const struct people *people, int32_t a_week)
{
    const struct am_caseload *caseload = people->work->caseload;
    int64_t most = (int64_t)a_week * people->work->horizon->weeks;
    for (int i = 0; i < caseload->arrivals_count; i++)
        most += caseload->arrivals[i].count;
    return most;
}

/* Those listed, then those of the rate, week by week. */
static am_status list_arrivals(struct people *people, int32_t a_week, struct am_err *err)
{
    const struct am_caseload *caseload = people->work->caseload;
    int turn = 0;
    int64_t most = most_arrivals(people, a_week);
    if (most > AM_ARRIVALS_MAX)
        return am_fail(err, AM_EINVALID, "more than %d people arriving in the weeks of the plan",
                       AM_ARRIVALS_MAX);
    people->arrivals = AM_ARENA_NEW(&people->work->scratch, (size_t)most, struct arrival);
    if (!people->arrivals)
        return am_fail_memory(err);
    for (int i = 0; i < caseload->arrivals_count; i++) {
        const struct am_arrivals *given = &caseload->arrivals[i];
        bool by_now = given->sentence_date < caseload->from;
        for (int n = 0; n < given->count && !by_now; n++)
            list_arrival(people, &turn, given->like, given->sentence_date, given->ordered_min);
    }
    for (int w = 0; w < people->work->horizon->weeks; w++)
        for (int n = 0; n < a_week; n++)
            list_arrival(people, &turn, -1, caseload->from + DAYS_A_WEEK * w + SENTENCED_ON, 0);
    return AM_OK;
}

static am_status group_arrivals(struct people *people, struct am_err *err)
{
    int count = people->work->horizon->arrival_count;
    int32_t *like = AM_ARENA_NEW(&people->work->scratch, (size_t)count, int32_t);
    if (!like)
        return am_fail_memory(err);
    for (int i = 0; i < count; i++)
        like[i] = people->arrivals[i].like;
    const struct am_alike by_like = {.count = people->work->caseload->person_count, .of = like};
    return am_alike_members(&by_like, count, &people->work->scratch, &people->arrivals_like, err);
}

/* ---- weeks ---- */

/* What is fixed to the person in the window, and the days it takes. */
static void look_at_fixed(struct people *people, int person)
{
    const struct am_horizon_work *work = people->work;
    const struct am_person_state *state = &work->orders->people[person];
    size_t days = (size_t)am_caseload_days(work->caseload);
    memset(people->fixed_day, 0, days * sizeof *people->fixed_day);
    memset(people->fixed_min, 0, days * sizeof *people->fixed_min);
    for (int i = state->first_fixed; i < state->first_fixed + state->fixed_count; i++) {
        const struct am_fixed *fixed = &work->orders->fixed[i];
        int day = work->caseload->sessions[fixed->session].date - work->caseload->from;
        people->fixed_day[day] = true;
        people->fixed_min[day] += fixed->recorded ? 0 : fixed->minutes;
    }
}

static void forget_fixed(struct people *people)
{
    size_t days = (size_t)am_caseload_days(people->work->caseload);
    memset(people->fixed_day, 0, days * sizeof *people->fixed_day);
    memset(people->fixed_min, 0, days * sizeof *people->fixed_min);
}

/* The first day on which something new may be booked: R1, R15. */
static int first_day(const struct people *people, am_date sentence)
{
    const struct am_caseload *caseload = people->work->caseload;
    am_date first = sentence > caseload->as_of ? sentence : caseload->as_of;
    return first > caseload->from ? first - caseload->from : 0;
}

/* The most of a day: what is fixed, or the longest session (as the clock has it). */
static int64_t most_of_day(const struct people *people, int first, int d)
{
    if (d < am_caseload_days(people->work->caseload) && people->fixed_min[d] > 0)
        return people->fixed_min[d];
    return d < first ? 0 : people->reach.longest[d];
}

/* Of week w, up to so many of its days. */
static int32_t most_of_week(const struct people *people, int person, int first, int w, int days)
{
    int64_t sum = 0, most = am_weekly_max_plain(people->work->caseload, person);
    for (int d = DAYS_A_WEEK * w; d < DAYS_A_WEEK * w + days; d++)
        sum += most_of_day(people, first, d);
    return (int32_t)(sum < most ? sum : most);
}

static int32_t fixed_of_week(const struct people *people, int w)
{
    int32_t sum = 0;
    if (w < people->work->caseload->weeks)
        for (int d = DAYS_A_WEEK * w; d < DAYS_A_WEEK * (w + 1); d++)
            sum += people->fixed_min[d];
    return sum;
}

static am_status add_weeks(struct people *people, struct am_planned *planned, int first,
                           struct am_err *err)
{
    const struct am_horizon *horizon = people->work->horizon;
    size_t weeks = (size_t)horizon->weeks;
    int32_t *fixed = AM_ARENA_NEW(people->work->arena, weeks, int32_t);
    int32_t *most = AM_ARENA_NEW(people->work->arena, weeks, int32_t);
    if (!fixed || !most)
        return am_fail_memory(err);
    for (int w = 0; w < horizon->weeks; w++) {
        fixed[w] = fixed_of_week(people, w);
        most[w] =
            at_least_zero(most_of_week(people, planned->person, first, w, DAYS_A_WEEK) - fixed[w]);
    }
    planned->fixed_min = fixed;
    planned->most_min = most;
    planned->first_week = least(first / DAYS_A_WEEK, horizon->weeks);
    return AM_OK;
}

/* Weekdays of week w on which something new may be booked. */
static uint8_t bookable_days(const struct people *people, int first, int w)
{
    uint8_t days = 0;
    for (int i = 0; i < DAYS_A_WEEK; i++) {
        int d = DAYS_A_WEEK * w + i;
        bool fixed = d < am_caseload_days(people->work->caseload) && people->fixed_day[d];
        if (d >= first && !fixed)
            days |= (uint8_t)(1U << i);
    }
    return days;
}

/* ---- options ---- */

static struct am_plan_option make_option(const struct people *people, int kind)
{
    const struct am_horizon_work *work = people->work;
    const struct am_weights *weights = &work->caseload->policy.weights;
    const struct am_place_kind *of = &work->horizon->kinds[kind];
    int32_t travel = people->reach.travel[kind];
    int64_t points = (int64_t)weights->travel_minute * travel * THOUSANDTHS;
    struct am_plan_option option = {.kind = kind,
                                    .travel_min = travel,
                                    .cost = (points + of->minutes - 1) / of->minutes,
                                    .ete = work->caseload->projects[of->project].type == AM_ETE};
    if (option.ete)
        option.cost -= (int64_t)weights->ete_minute * THOUSANDTHS;
    return option;
}

static am_status add_options(struct people *people, struct am_planned *planned, int first,
                             struct am_err *err)
{
    const struct am_horizon *horizon = people->work->horizon;
    const struct am_horizon_reach *reach = &people->reach;
    size_t most = (size_t)reach->kind_count;
    struct am_plan_option *options = AM_ARENA_NEW(people->work->arena, most, struct am_plan_option);
    if (!options)
        return am_fail_memory(err);
    for (int i = 0; i < reach->kind_count; i++) {
        struct am_plan_option option = make_option(people, reach->kinds[i]);
        if (!option.ete || planned->ete_min > 0)
            options[planned->option_count++] = option;
    }
    int count = planned->option_count;
    uint8_t *days =
        AM_ARENA_NEW(people->work->arena, (size_t)count * (size_t)horizon->weeks, uint8_t);
    if (!days)
        return am_fail_memory(err);
    for (int w = 0; w < horizon->weeks; w++) {
        uint8_t bookable = bookable_days(people, first, w);
        for (int o = 0; o < count; o++)
            days[w * count + o] = reach->days[w * horizon->kind_count + options[o].kind] & bookable;
    }
    planned->options = options;
    planned->days = days;
    return AM_OK;
}

/* ---- what is to book, and by when ---- */

/* The week of a deadline; -1: past, or beyond the horizon. */
static int week_of(const struct people *people, am_date deadline)
{
    const struct am_horizon_work *work = people->work;
    if (deadline == AM_NO_DATE || deadline < work->caseload->from ||
        deadline >= work->caseload->from + work->days)
        return -1;
    return (deadline - work->caseload->from) / DAYS_A_WEEK;
}

static void set_deadline(const struct people *people, int person, int first, am_date deadline,
                         struct am_plan_target *target)
{
    target->week = week_of(people, deadline);
    if (target->week < 0)
        return;
    int days = (deadline - people->work->caseload->from) % DAYS_A_WEEK + 1;
    target->by_day_min = most_of_week(people, person, first, target->week, days);
}

/* S2: what a minute short costs. Orders that cannot be saved do not take the
 * places of those that can. */
static int64_t short_cost(const struct people *people, int order)
{
    const struct am_weights *weights = &people->work->caseload->policy.weights;
    int32_t points = weights->must_minute;
    if (order >= 0 && people->work->clocks->orders[order].outlook == AM_CANNOT_FINISH)
        points = least(points, weights->pace_minute);
    return (int64_t)points * THOUSANDTHS;
}

/* Days of the week that ends so which lie after the day due. */
static int days_late(am_date sunday, am_date due)
{
    if (sunday <= due)
        return 0;
    return least(sunday - due, DAYS_A_WEEK);
}

/* S1: thousandths of a point for each minute that is missing from the first
 * appointment at the end of each week. */
static am_status add_start(struct people *people, struct am_planned *planned, am_date due,
                           struct am_err *err)
{
    const struct am_horizon_work *work = people->work;
    int weeks = work->horizon->weeks;
    planned->start_min = least(work->caseload->policy.offer_minutes, planned->to_book_min);
    if (due == AM_NO_DATE || planned->start_min <= 0)
        return AM_OK;
    int64_t *cost = AM_ARENA_NEW(work->arena, (size_t)weeks, int64_t);
    if (!cost)
        return am_fail_memory(err);
    int64_t day = (int64_t)work->caseload->policy.weights.start_late_day * THOUSANDTHS;
    for (int w = 0; w < weeks; w++) {
        am_date sunday = work->caseload->from + DAYS_A_WEEK * w + DAYS_A_WEEK - 1;
        cost[w] = day * days_late(sunday, due) / planned->start_min;
    }
    planned->start_cost = cost;
    return AM_OK;
}

static void add_offer(const struct people *people, struct am_planned *planned)
{
    const struct am_policy *policy = &people->work->caseload->policy;
    planned->offer_min = at_least_zero(policy->offer_minutes - policy->offer_tolerance_minutes);
}

/* ETE that may still be booked, order by order, at expected attendance. */
static int32_t ete_of(const struct people *people, int person)
{
    const struct am_horizon_work *work = people->work;
    const struct am_person *who = &work->caseload->people[person];
    int credited = work->orders->people[person].order;
    int64_t left = work->orders->people[person].ete_left_min;
    for (int j = who->first_order; j < who->first_order + who->order_count; j++)
        if (j != credited && work->orders->orders[j].open)
            left += work->orders->orders[j].ete_left_min;
    left = left * 100 / who->attendance_percent;
    return left > INT32_MAX ? INT32_MAX : (int32_t)left;
}

/* The open orders of a person, in the sequence in which they are worked. */
static am_status add_targets(struct people *people, struct am_planned *planned, int first,
                             struct am_err *err)
{
    const struct am_horizon_work *work = people->work;
    const struct am_person *who = &work->caseload->people[planned->person];
    struct am_plan_target *targets =
        AM_ARENA_NEW(work->arena, (size_t)who->order_count, struct am_plan_target);
    if (!targets)
        return am_fail_memory(err);
    memset(people->done, 0, (size_t)who->order_count * sizeof *people->done);
    for (int j;
         (j = am_order_next(work->caseload, work->orders, planned->person, people->done)) >= 0;) {
        struct am_plan_target *target = &targets[planned->target_count++];
        target->order = j;
        target->until_min = am_minutes_to_book(work->ahead_min[j], who->attendance_percent);
        target->short_cost = short_cost(people, j);
        set_deadline(people, planned->person, first, work->orders->orders[j].deadline, target);
        people->done[j - who->first_order] = true;
        if (target->until_min > planned->to_book_min)
            planned->to_book_min = target->until_min;
        target->until_min = planned->to_book_min;
    }
    planned->targets = targets;
    return AM_OK;
}

/* R1 for the orders that come later: minutes are not worked ahead of a sentence. */
static am_status add_caps(struct people *people, struct am_planned *planned, struct am_err *err)
{
    const struct am_horizon_work *work = people->work;
    int32_t *caps = AM_ARENA_NEW(work->arena, (size_t)work->horizon->weeks, int32_t);
    if (!caps)
        return am_fail_memory(err);
    for (int w = 0; w < work->horizon->weeks; w++) {
        am_date sunday = work->caseload->from + DAYS_A_WEEK * w + DAYS_A_WEEK - 1;
        for (int t = 0; t < planned->target_count; t++) {
            int j = planned->targets[t].order;
            if (j >= 0 && work->caseload->orders[j].sentence_date > sunday)
                break;
            caps[w] = planned->targets[t].until_min;
        }
    }
    planned->cap_min = caps;
    return AM_OK;
}

/* ---- one of them ---- */

static am_status finish(struct people *people, struct am_planned *planned, int first, am_date due,
                        struct am_err *err)
{
    add_offer(people, planned);
    am_status status = add_start(people, planned, due, err);
    if (status == AM_OK)
        status = add_weeks(people, planned, first, err);
    if (status == AM_OK)
        status = add_caps(people, planned, err);
    return status == AM_OK ? add_options(people, planned, first, err) : status;
}

static am_status plan_person(struct people *people, int person, struct am_err *err)
{
    const struct am_horizon_work *work = people->work;
    int credited = work->orders->people[person].order;
    struct am_planned *planned = &work->horizon->planned[work->horizon->planned_of[person]];
    int first = first_day(people, work->caseload->orders[credited].sentence_date);
    *planned = (struct am_planned){.person = person, .arrival = -1, .sentence = AM_NO_DATE};
    look_at_fixed(people, person);
    am_status status = add_targets(people, planned, first, err);
    if (status != AM_OK)
        return status;
    planned->ete_min = ete_of(people, person);
    const struct am_order_state *state = &work->orders->orders[credited];
    return finish(people, planned, first, state->started ? AM_NO_DATE : state->start_due, err);
}

static am_status plan_arrival(struct people *people, int number, struct am_err *err)
{
    const struct am_horizon_work *work = people->work;
    const struct arrival *arrival = &people->arrivals[number];
    const struct am_policy *policy = &work->caseload->policy;
    int percent = work->caseload->people[arrival->like].attendance_percent;
    int own = work->horizon->planned_count - work->horizon->arrival_count + number;
    struct am_planned *planned = &work->horizon->planned[own];
    struct am_plan_target *target = AM_ARENA_NEW(work->arena, 1, struct am_plan_target);
    if (!target)
        return am_fail_memory(err);
    *planned = (struct am_planned){
        .person = arrival->like, .arrival = number, .sentence = arrival->sentence};
    int first = first_day(people, arrival->sentence);
    forget_fixed(people);
    planned->to_book_min = am_minutes_to_book(arrival->ordered_min, percent);
    *target = (struct am_plan_target){.order = -1,
                                      .until_min = planned->to_book_min,
                                      .week = -1,
                                      .short_cost = short_cost(people, -1)};
    if (policy->completion_months != AM_NO_LIMIT && first < work->days)
        set_deadline(people, arrival->like, first,
                     am_months_end(arrival->sentence, policy->completion_months), target);
    planned->targets = target;
    planned->target_count = 1;
    if (work->caseload->people[arrival->like].wants_ete && policy->ete_percent != AM_NO_LIMIT)
        planned->ete_min = (int32_t)((int64_t)arrival->ordered_min * policy->ete_percent / percent);
    am_date due = policy->start_business_days == AM_NO_LIMIT
                      ? AM_NO_DATE
                      : am_business_days_after(arrival->sentence, policy->start_business_days,
                                               work->caseload->bank_holidays);
    return finish(people, planned, first, due, err);
}

/* ---- all of them ---- */

static am_status number_people(struct people *people, struct am_err *err)
{
    struct am_horizon_work *work = people->work;
    struct am_horizon *horizon = work->horizon;
    int persons = work->caseload->person_count;
    horizon->planned_of = AM_ARENA_NEW(work->arena, (size_t)persons, int32_t);
    if (!horizon->planned_of)
        return am_fail_memory(err);
    for (int p = 0; p < persons; p++)
        horizon->planned_of[p] = work->orders->people[p].order >= 0 ? horizon->planned_count++ : -1;
    horizon->planned_count += horizon->arrival_count;
    horizon->planned = AM_ARENA_NEW(work->arena, (size_t)horizon->planned_count, struct am_planned);
    return horizon->planned ? AM_OK : am_fail_memory(err);
}

static am_status plan_like(struct people *people, int person, struct am_err *err)
{
    const struct am_members *like = &people->arrivals_like;
    bool has_arrivals = like->first[person] < like->first[person + 1];
    if (people->work->horizon->planned_of[person] < 0 && !has_arrivals)
        return AM_OK;
    am_status status = AM_OK;
    am_horizon_reach_look(people->work, person, &people->reach);
    if (people->work->horizon->planned_of[person] >= 0)
        status = plan_person(people, person, err);
    for (int i = like->first[person]; i < like->first[person + 1] && status == AM_OK; i++)
        status = plan_arrival(people, like->at[i], err);
    return status;
}

static am_status prepare(struct people *people, const struct am_horizon_wishes *wishes,
                         struct am_err *err)
{
    struct am_horizon_work *work = people->work;
    size_t days = (size_t)am_caseload_days(work->caseload);
    people->fixed_day = AM_ARENA_NEW(&work->scratch, days, bool);
    people->fixed_min = AM_ARENA_NEW(&work->scratch, days, int32_t);
    people->done = AM_ARENA_NEW(&work->scratch, (size_t)work->caseload->order_count, bool);
    if (!people->fixed_day || !people->fixed_min || !people->done)
        return am_fail_memory(err);
    am_status status =
        list_arrivals(people,
                      wishes->arrivals_per_week >= 0 ? wishes->arrivals_per_week
                                                     : work->caseload->arrivals_per_week,
                      err);
    if (status == AM_OK)
        status = group_arrivals(people, err);
    if (status == AM_OK)
        status = number_people(people, err);
    return status == AM_OK ? am_horizon_reach_init(work, &people->reach, err) : status;
}

am_status am_horizon_people(struct am_horizon_work *work, const struct am_horizon_wishes *wishes,
                            struct am_err *err)
{
    struct people people = {.work = work};
    int32_t *order = NULL;
    am_status status = prepare(&people, wishes, err);
    if (status == AM_OK)
        status = am_people_by_home(work->caseload, &work->scratch, &order, err);
    for (int i = 0; i < work->caseload->person_count && status == AM_OK; i++)
        status = plan_like(&people, order[i], err);
    return status;
}
