/*
 * Supervisors, fewer than the sessions that could run: about ten to 500
 * people, so that some 40 of 130 group sessions a week have somebody to lead
 * them. Each has a standing week: the sessions that people are used to.
 */
#include "benchmarks/gen.h"

enum { FULL_WEEK_MIN = 2220, PART_WEEK_MIN = 1320, DAY_END = 18 * 60 };

static const am_weekdays full_weeks[] = {0x1f, 0x3e, 0x7c, 0x67}; /* Mo-Fr, Tu-Sa, We-Su, Sa-We */
static const am_weekdays part_weeks[] = {0x62, 0x70, 0x0b, 0x34}; /* mostly around the weekend */

static struct gen_supervisor one_supervisor(const struct gen_world *world,
                                            struct gen_random *random, int borough)
{
    static const int full_weights[] = {14, 28, 32, 26, -1};
    static const int limit_weights[] = {15, 10, 35, 10, 30, -1};
    bool full = gen_chance(random, 720);
    struct gen_supervisor supervisor = {.borough = borough, .away_from = AM_NO_DATE};
    supervisor.gender = gen_chance(random, 380) ? AM_FEMALE : AM_MALE;
    supervisor.days =
        full ? full_weeks[gen_pick(random, full_weights)] : part_weeks[gen_below(random, 4)];
    supervisor.group_limit = 8 + gen_pick(random, limit_weights);
    supervisor.weekly_max_min = full ? FULL_WEEK_MIN : PART_WEEK_MIN;
    supervisor.any_project = world->borough_count == 1 && gen_chance(random, 450);
    if (gen_chance(random, 260)) {
        int evening = gen_below(random, 5), another = gen_below(random, 5);
        supervisor.evenings = (am_weekdays)(1 << evening | 1 << another);
    }
    if (gen_chance(random, 140)) {
        supervisor.away_from = world->from + gen_below(random, 5);
        supervisor.away_days = gen_between(random, 1, 4);
    }
    if (gen_chance(random, 350)) {
        supervisor.skipped = gen_next(random);
        supervisor.skipped &= gen_next(random); /* one in four */
    }
    return supervisor;
}

static bool qualified(const struct gen_world *world, const struct gen_supervisor *supervisor,
                      int project)
{
    const struct gen_borough *borough = &world->boroughs[supervisor->borough];
    int n = project - borough->projects.first;
    return supervisor->any_project || (supervisor->skipped >> (n & 63) & 1) == 0;
}

/* Give each supervisor of a borough a session on each of their days, where one
 * is left: the standing week. */
static void plan_day(struct gen_world *world, struct gen_random *random, int s, int weekday)
{
    const struct gen_supervisor *supervisor = &world->supervisors[s];
    const struct gen_borough *borough = &world->boroughs[supervisor->borough];
    for (int attempt = 0; attempt < 60; attempt++) {
        int p = borough->projects.first + gen_below(random, borough->projects.count);
        const struct gen_project *project = &world->projects[p];
        struct gen_slot *slot =
            &world->slots[project->first_slot + gen_below(random, project->slot_count)];
        bool day_time = slot->start + slot->minutes <= DAY_END;
        if (!slot->supervised || !day_time || slot->leader[weekday] >= 0 ||
            (slot->days >> weekday & 1) == 0 || !qualified(world, supervisor, p))
            continue;
        slot->leader[weekday] = (int16_t)(s - borough->supervisors.first);
        return;
    }
}

bool gen_leader_there(const struct gen_world *world, const struct gen_slot *slot, int weekday)
{
    const struct gen_borough *borough = &world->boroughs[world->projects[slot->project].borough];
    if (slot->leader[weekday] < 0)
        return false;
    const struct gen_supervisor *leader =
        &world->supervisors[borough->supervisors.first + slot->leader[weekday]];
    am_date date = world->from + weekday;
    return leader->away_from == AM_NO_DATE || date < leader->away_from ||
           date >= leader->away_from + leader->away_days;
}

/* A few sessions of the window have their usual supervisor pinned. */
static void pin_some(struct gen_world *world, struct gen_random *random,
                     const struct gen_borough *borough)
{
    const struct gen_project *last =
        &world->projects[borough->projects.first + borough->projects.count - 1];
    int first_slot = world->projects[borough->projects.first].first_slot;
    for (int s = first_slot; s < last->first_slot + last->slot_count; s++) {
        struct gen_slot *slot = &world->slots[s];
        for (int weekday = 0; weekday < 7; weekday++)
            if (gen_leader_there(world, slot, weekday) && slot->cancelled == AM_NO_DATE &&
                gen_slot_runs(slot, world->from + weekday) && gen_chance(random, 80))
                slot->pinned_weekday = weekday;
    }
}

static void settle_borough(struct gen_world *world, int b)
{
    struct gen_borough *borough = &world->boroughs[b];
    struct gen_random random = gen_stream(world->options.seed, GEN_SUPERVISORS, b);
    int percent = world->options.supervisors_percent;
    int count = borough->people.count * 10 * percent / 50000;
    if (percent > 0 && count < 1)
        count = 1;
    borough->supervisors = (struct gen_range){world->supervisor_count, count};
    for (int i = 0; i < borough->supervisors.count; i++)
        world->supervisors[world->supervisor_count++] = one_supervisor(world, &random, b);
    for (int s = borough->supervisors.first; s < world->supervisor_count; s++)
        for (int weekday = 0; weekday < 7; weekday++)
            if (world->supervisors[s].days >> weekday & 1)
                plan_day(world, &random, s, weekday);
    pin_some(world, &random, borough);
}

bool gen_make_supervisors(struct gen_world *world)
{
    int64_t room = (int64_t)world->options.people * 10 * world->options.supervisors_percent / 50000;
    room += world->borough_count;
    world->supervisors = AM_ARENA_NEW(&world->arena, (size_t)room, struct gen_supervisor);
    if (world->supervisors == NULL)
        return false;
    for (int b = 0; b < world->borough_count; b++)
        settle_borough(world, b);
    return true;
}
