#include "model/jams.h"

#include <stdlib.h>
#include <string.h>

static uint64_t offer_bit(const struct am_caseload *caseload, const char *name)
{
    for (int b = 0; b < caseload->offer_count; b++)
        if (strcmp(caseload->offer_names[b], name) == 0)
            return UINT64_C(1) << b;
    return 0;
}

static unsigned features_of(const struct am_caseload *caseload, const struct am_place_kind *kind)
{
    const struct am_project *project = &caseload->projects[kind->project];
    unsigned features = 0;
    if (project->women_only)
        features |= AM_JAM_WOMEN_ONLY;
    if (kind->part != AM_PART_WEEKDAYS)
        features |= AM_JAM_WEEKEND;
    if (project->type == AM_ETE)
        features |= AM_JAM_ETE;
    if (project->offers & offer_bit(caseload, "light_duty"))
        features |= AM_JAM_LIGHT_DUTY;
    return features;
}

/* The weeks of a kind with a price. */
static struct am_jam jam_of(const struct am_plan *plan, int k)
{
    const struct am_horizon *horizon = plan->horizon;
    const struct am_place_kind *kind = &horizon->kinds[k];
    struct am_jam jam = {.kind = k, .first_week = -1, .orders_hundredths = -1};
    for (int w = 0; w < horizon->weeks; w++) {
        const struct am_plan_use *use = &plan->uses[(size_t)k * (size_t)horizon->weeks + (size_t)w];
        int64_t held = horizon->held_min[(size_t)k * (size_t)horizon->weeks + (size_t)w];
        if (use->price <= 0)
            continue;
        jam.first_week = jam.first_week < 0 ? w : jam.first_week;
        jam.last_week = w;
        jam.weeks++;
        jam.places_min += held * kind->seats;
        jam.used_min += use->seat_min;
        jam.worth += use->price * held;
    }
    jam.features = features_of(horizon->caseload, kind);
    return jam;
}

static int compare_jams(const void *a, const void *b)
{
    const struct am_jam *x = a, *y = b;
    if (x->worth != y->worth)
        return x->worth > y->worth ? -1 : 1;
    return x->kind < y->kind ? -1 : x->kind > y->kind;
}

am_status am_jams_find(const struct am_plan *plan, struct am_arena *arena, struct am_jam_list *list,
                       struct am_err *err)
{
    *list = (struct am_jam_list){0};
    list->jams = AM_ARENA_NEW(arena, (size_t)plan->horizon->kind_count, struct am_jam);
    if (!list->jams)
        return am_fail_memory(err);
    for (int k = 0; k < plan->horizon->kind_count; k++) {
        struct am_jam jam = jam_of(plan, k);
        if (jam.weeks > 0)
            list->jams[list->count++] = jam;
    }
    qsort(list->jams, (size_t)list->count, sizeof *list->jams, compare_jams);
    return AM_OK;
}

/* ---- one more place ---- */

/* What the simulation of a jam changes, in arrays of its own. */
struct widening {
    int32_t *seats, *led_min;
};

static am_status copy_setup(const struct am_futures_setup *setup, struct am_arena *arena,
                            struct widening *wide, struct am_err *err)
{
    size_t weeks = (size_t)setup->weeks, seats = weeks * (size_t)setup->kind_count;
    wide->seats = AM_ARENA_NEW(arena, seats, int32_t);
    wide->led_min = AM_ARENA_NEW(arena, weeks * AM_FUTURES_LED_ROWS, int32_t);
    if (!wide->seats || !wide->led_min)
        return am_fail_memory(err);
    memcpy(wide->seats, setup->seats, seats * sizeof *wide->seats);
    memcpy(wide->led_min, setup->led_min, weeks * AM_FUTURES_LED_ROWS * sizeof *wide->led_min);
    return AM_OK;
}

/* A seat more in each session of the weeks that bind; it takes no more of a
 * supervisor, so what a seat counts there is added too. */
static void add_places(const struct am_plan *plan, const struct am_futures_setup *setup, int k,
                       struct widening *wide)
{
    const struct am_horizon *horizon = plan->horizon;
    const struct am_futures_kind *kind = &setup->kinds[k];
    for (int w = 0; w < horizon->weeks; w++) {
        size_t at = (size_t)k * (size_t)horizon->weeks + (size_t)w;
        int32_t sessions = horizon->held_min[at] / kind->minutes;
        if (plan->uses[at].price <= 0)
            continue;
        wide->seats[w * setup->kind_count + k] += sessions;
        if (!kind->supervised)
            continue;
        int32_t led_min = sessions * ((kind->minutes + kind->places - 1) / kind->places);
        wide->led_min[w * AM_FUTURES_LED_ROWS + kind->part] += led_min;
        wide->led_min[w * AM_FUTURES_LED_ROWS + AM_FUTURES_LED_ALL] += led_min;
    }
}

/* Orders of the caseload finished in time, summed over the futures. */
static am_status sum_on_time(const struct am_plan *plan, const struct am_futures_setup *setup,
                             const struct am_futures_options *options, int64_t *sum,
                             struct am_err *err)
{
    struct am_arena arena;
    struct am_futures futures;
    *sum = 0;
    am_arena_init(&arena);
    am_status status = am_futures_run(setup, options, &arena, &futures, err);
    for (int j = 0; !status && j < plan->horizon->caseload->order_count; j++)
        *sum += futures.orders[j].on_time;
    am_arena_release(&arena);
    return status;
}

static am_status try_one(const struct am_plan *plan, const struct am_futures_setup *setup,
                         const struct am_futures_options *options, int64_t before,
                         struct am_jam *jam, struct am_err *err)
{
    struct am_arena arena;
    struct widening wide;
    int64_t after = 0;
    am_arena_init(&arena);
    am_status status = copy_setup(setup, &arena, &wide, err);
    if (!status) {
        struct am_futures_setup wider = *setup;
        add_places(plan, setup, jam->kind, &wide);
        wider.seats = wide.seats;
        wider.led_min = wide.led_min;
        status = sum_on_time(plan, &wider, options, &after, err);
    }
    if (!status)
        jam->orders_hundredths =
            after > before ? (int32_t)((after - before) * 100 / options->count) : 0;
    am_arena_release(&arena);
    return status;
}

am_status am_jams_try(const struct am_plan *plan, const struct am_futures_setup *setup,
                      const struct am_futures_options *options, int most, struct am_jam_list *list,
                      struct am_err *err)
{
    int64_t before = 0;
    am_status status = AM_OK;
    if (list->count > 0 && most > 0)
        status = sum_on_time(plan, setup, options, &before, err);
    for (int i = 0; i < list->count && i < most && !status; i++)
        status = try_one(plan, setup, options, before, &list->jams[i], err);
    return status;
}
