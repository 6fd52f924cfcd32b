/*
 * People on probation: their orders at every age, when they are free, what
 * suits them and what does not.
 */
#include "benchmarks/gen.h"

enum { SESSION_MIN = 420, YEAR_DAYS = 365, OLDEST_DAYS = 425, WEEKDAYS = 0x1f };

/* ---- orders ---- */

static int ordered_hours(struct gen_random *random)
{
    static const int hours[] = {40, 60, 80, 100, 120, 150, 180, 200, 240, 300};
    static const int weights[] = {10, 14, 17, 17, 14, 10, 7, 6, 4, 2, -1};
    return hours[gen_pick(random, weights)];
}

/* Worked so far: a day a week from the fifth week on, at the person's own
 * rate of coming, some weeks off. */
static int worked_by(struct gen_random *random, int age_days, int rate_percent)
{
    int weeks = age_days / 7 - 4;
    if (weeks <= 0)
        return 0;
    int days = weeks * rate_percent / 100 + gen_between(random, -1, 2);
    return days <= 0 ? 0 : days * SESSION_MIN - 30 * gen_below(random, 5);
}

/* An order under way; drawn again until it is neither finished nor, but for a
 * few, overdue. */
static struct gen_order order_under_way(const struct gen_world *world, struct gen_random *random,
                                        int attendance)
{
    for (;;) {
        int age = gen_between(random, 25, OLDEST_DAYS);
        if (age > YEAR_DAYS && !gen_chance(random, 400))
            continue;
        struct gen_order order = {.sentence_date = world->from - age,
                                  .deadline = AM_NO_DATE,
                                  .ordered_min = 60 * ordered_hours(random)};
        int rate = attendance - 5 + gen_between(random, -25, 20);
        order.worked_min = worked_by(random, age, rate);
        /* few of those who finish only late are left behind on purpose */
        int left = order.ordered_min - order.worked_min, weeks_left = (YEAR_DAYS - age) / 7;
        bool hopeless = weeks_left >= 0 && left > (weeks_left + 1) * 2 * SESSION_MIN;
        if (left < 60 || (hopeless && !gen_chance(random, 150)))
            continue;
        return order;
    }
}

static void adjust_order(struct gen_random *random, struct gen_person *person,
                         struct gen_order *order)
{
    if (gen_chance(random, 60))
        order->adjustment_min = gen_chance(random, 800) ? -30 * gen_between(random, 1, 6) : 240;
    if (order->ordered_min + order->adjustment_min <= order->worked_min)
        order->adjustment_min = 0;
    if (person->wants_ete && order->worked_min > 0 && gen_chance(random, 500)) {
        int cap = order->ordered_min / 5, used = 60 * gen_between(random, 1, 12);
        used = used < cap ? used : cap;
        order->ete_min = used < order->worked_min ? used : order->worked_min;
    }
    if (gen_chance(random, 20))
        order->deadline = order->sentence_date + YEAR_DAYS + 30 * gen_between(random, 2, 5);
}

static void second_order(const struct gen_world *world, struct gen_random *random,
                         struct gen_person *person)
{
    am_date sentenced = world->from - gen_between(random, 5, 150);
    struct gen_order order = {.sentence_date = sentenced,
                              .deadline = AM_NO_DATE,
                              .ordered_min = 60 * ordered_hours(random)};
    if (order.sentence_date < person->orders[0].sentence_date)
        order.sentence_date = person->orders[0].sentence_date + 1;
    order.runs = gen_chance(random, 450) ? AM_RUNS_CONCURRENT : AM_RUNS_AFTER;
    person->orders[person->order_count++] = order;
}

static void draw_orders(const struct gen_world *world, struct gen_random *random,
                        struct gen_person *person)
{
    int attendance = person->attendance > 0 ? person->attendance : 65;
    bool fresh = gen_chance(random, 80);
    person->order_count = 1;
    person->inducted_on = AM_NO_DATE;
    if (fresh) {
        int age =
            gen_chance(random, 850) ? gen_between(random, 5, 28) : gen_between(random, 29, 50);
        person->orders[0] = (struct gen_order){.sentence_date = world->from - age,
                                               .deadline = AM_NO_DATE,
                                               .ordered_min = 60 * ordered_hours(random)};
        return;
    }
    person->orders[0] = order_under_way(world, random, attendance);
    adjust_order(random, person, &person->orders[0]);
    am_date inducted = person->orders[0].sentence_date + gen_between(random, 6, 24);
    person->inducted_on = inducted < world->as_of ? inducted : world->as_of - 1;
    person->orders[0].suspended = gen_chance(random, 15);
    if (gen_chance(random, 60))
        second_order(world, random, person);
}

/* ---- when they are free ---- */

static void add_window(struct gen_person *person, int days, int from, int to)
{
    person->windows[person->window_count++] = (struct gen_window){.days = (am_weekdays)days,
                                                                  .from = from,
                                                                  .to = to,
                                                                  .every_weeks = 1,
                                                                  .valid_from = AM_NO_DATE};
}

static int some_days(struct gen_random *random, int leave_out)
{
    int days = WEEKDAYS;
    for (int i = 0; i < leave_out; i++)
        days &= ~(1 << gen_below(random, 5));
    return days;
}

/* In work by day: evenings and one or both days of the weekend, now and then
 * every other Saturday only. */
static void draw_day_work(const struct gen_world *world, struct gen_random *random,
                          struct gen_person *person)
{
    static const int weekend_weights[] = {45, 15, 40, -1};
    static const int weekends[] = {1 << AM_SA, 1 << AM_SU, 1 << AM_SA | 1 << AM_SU};
    add_window(person, weekends[gen_pick(random, weekend_weights)], 8 * 60, 18 * 60);
    if (gen_chance(random, 90)) {
        person->windows[0].every_weeks = 2;
        person->windows[0].valid_from = world->from - 7 * gen_between(random, 10, 25);
    }
    if (gen_chance(random, 550))
        add_window(person, some_days(random, gen_between(random, 0, 2)), 17 * 60 + 15, 22 * 60);
}

static void draw_windows(const struct gen_world *world, struct gen_random *random,
                         struct gen_person *person)
{
    if (person->life == GEN_DAY_WORK) {
        draw_day_work(world, random, person);
    } else if (person->life == GEN_CARER) {
        add_window(person, some_days(random, 1), 9 * 60 + 15, 14 * 60 + 45);
        if (gen_chance(random, 250))
            add_window(person, 1 << AM_SA, 9 * 60, 17 * 60);
    } else if (person->life == GEN_SHIFT_WORK) {
        int weekday = gen_below(random, 5), any_day = gen_below(random, 7);
        add_window(person, 1 << weekday | 1 << any_day, 8 * 60, 18 * 60);
    } else {
        add_window(person, some_days(random, gen_between(random, 1, 3)), 8 * 60 + 30, 17 * 60 + 30);
        if (gen_chance(random, 250))
            add_window(person, 1 << AM_SA | (gen_chance(random, 500) ? 1 << AM_SU : 0), 9 * 60,
                       17 * 60 + 30);
    }
}

static void draw_absence(const struct gen_world *world, struct gen_random *random,
                         struct gen_person *person)
{
    if (gen_chance(random, 70)) {
        am_date first = world->from + gen_between(random, -3, 4);
        person->away_from = am_stamp_of(first, 0);
        person->away_to = am_stamp_of(first + gen_between(random, 1, 9), 0);
    } else if (gen_chance(random, 50)) {
        am_date day = world->from + gen_below(random, 7 * world->options.weeks);
        int start = 60 * gen_between(random, 9, 11);
        person->away_from = am_stamp_of(day, start);
        person->away_to = am_stamp_of(day, start + 60 * gen_between(random, 2, 4));
    }
}

/* ---- what suits them ---- */

static void draw_placement(struct gen_random *random, struct gen_person *person)
{
    bool woman = person->gender == AM_FEMALE;
    if (gen_chance(random, woman ? 620 : 975))
        person->placement |= AM_MIXED_GROUP;
    if (woman && gen_chance(random, 850))
        person->placement |= AM_WOMEN_ONLY;
    if (gen_chance(random, woman ? 850 : 560))
        person->placement |= AM_INDIVIDUAL_PLACEMENT;
    if (person->placement == 0)
        person->placement = woman ? AM_WOMEN_ONLY : AM_MIXED_GROUP;
    person->consents_alone = woman && gen_chance(random, 350);
    if (person->gender == AM_GENDER_OTHER && gen_chance(random, 400)) {
        person->may_join_women_only = true;
        person->placement |= AM_WOMEN_ONLY;
    }
}

static void draw_restrictions(struct gen_random *random, struct gen_person *person)
{
    static const int avoids[GEN_TAG_COUNT] = {90, 60, 22, 30, 12, 5, 12, 20};
    static const int needs[GEN_OFFER_COUNT] = {18, 65, 10, 18, 6};
    for (int tag = 0; tag < GEN_TAG_COUNT; tag++)
        if (gen_chance(random, avoids[tag]))
            person->must_avoid |= 1u << tag;
    for (int offer = 0; offer < GEN_OFFER_COUNT; offer++)
        if (gen_chance(random, needs[offer]))
            person->needs |= 1u << offer;
    bool inducted = person->inducted_on != AM_NO_DATE;
    if (inducted && gen_chance(random, person->gender == AM_FEMALE ? 90 : 8))
        person->supervisor_gender = person->gender == AM_FEMALE ? AM_FEMALE : AM_MALE;
}

static void draw_bars(const struct gen_world *world, struct gen_random *random,
                      struct gen_person *person)
{
    const struct gen_borough *borough = &world->boroughs[person->borough];
    if (gen_chance(random, 25)) /* not the office's */
        person->barred_project =
            borough->projects.first + 3 + gen_below(random, borough->projects.count - 3);
    if (gen_chance(random, 15))
        person->barred_site =
            borough->sites.first + 1 + gen_below(random, borough->sites.count - 1);
    if (gen_chance(random, 50))
        person->prefers =
            borough->projects.first + 3 + gen_below(random, borough->projects.count - 3);
}

static enum am_gender draw_gender(struct gen_random *random)
{
    static const enum am_gender genders[] = {AM_FEMALE, AM_MALE, AM_GENDER_OTHER,
                                             AM_GENDER_UNKNOWN};
    static const int weights[] = {130, 860, 6, 4, -1};
    return genders[gen_pick(random, weights)];
}

static am_modes draw_modes(struct gen_random *random)
{
    int modes = 1 << AM_WALK;
    if (gen_chance(random, 130))
        modes |= 1 << AM_CAR;
    if (modes == 1 << AM_WALK || gen_chance(random, 500))
        modes |= 1 << AM_PUBLIC_TRANSPORT;
    if (gen_chance(random, 60))
        modes |= 1 << AM_CYCLE;
    return (am_modes)modes;
}

static struct gen_person one_person(const struct gen_world *world, int borough, int index)
{
    struct gen_random random = gen_stream(world->options.seed, GEN_PEOPLE, index);
    static const int men[] = {400, 500, 60, 40, -1}, women[] = {380, 330, 40, 250, -1};
    const struct gen_borough *place = &world->boroughs[borough];
    int home = place->homes.first + gen_below(&random, place->homes.count);
    enum am_gender gender = draw_gender(&random);
    struct gen_person person = {.borough = borough,
                                .home = home,
                                .gender = gender,
                                .barred_project = -1,
                                .barred_site = -1,
                                .keep_apart = -1,
                                .supervisor_gender = -1,
                                .prefers = -1,
                                .slot = -1};
    person.life = (enum gen_life)gen_pick(&random, person.gender == AM_FEMALE ? women : men);
    person.attendance = gen_chance(&random, 600) ? gen_between(&random, 50, 80) : 0;
    person.wants_ete = gen_chance(&random, 350);
    person.modes = draw_modes(&random);
    draw_orders(world, &random, &person);
    draw_windows(world, &random, &person);
    draw_absence(world, &random, &person);
    draw_placement(&random, &person);
    draw_restrictions(&random, &person);
    draw_bars(world, &random, &person);
    person.limited_access = gen_chance(&random, 10);
    person.intensive = person.life == GEN_UNEMPLOYED && gen_chance(&random, 300);
    if (person.intensive)
        person.intensive_target_min = SESSION_MIN * gen_between(&random, 2, 4);
    return person;
}

/* About one in fifty is to be kept apart from somebody of the same borough. */
static void keep_some_apart(struct gen_world *world)
{
    for (int p = 0; p < world->person_count; p++) {
        struct gen_random random = gen_stream(world->options.seed, GEN_SPECIALS, p);
        const struct gen_range *people = &world->boroughs[world->people[p].borough].people;
        int other = people->first + gen_below(&random, people->count);
        if (gen_chance(&random, 11) && other != p)
            world->people[p].keep_apart = other;
    }
}

bool gen_make_people(struct gen_world *world)
{
    world->people = AM_ARENA_NEW(&world->arena, (size_t)world->person_count, struct gen_person);
    if (world->people == NULL)
        return false;
    for (int b = 0; b < world->borough_count; b++) {
        const struct gen_range *people = &world->boroughs[b].people;
        for (int p = people->first; p < people->first + people->count; p++)
            world->people[p] = one_person(world, b, p);
    }
    keep_some_apart(world);
    return true;
}

/* ---- may this person be at this session? ---- */

bool gen_person_free(const struct gen_person *person, const struct gen_slot *slot, am_date date)
{
    am_stamp start = am_stamp_of(date, slot->start), end = start + slot->minutes;
    if (start < person->away_to && person->away_from < end)
        return false;
    for (int w = 0; w < person->window_count; w++) {
        const struct gen_window *window = &person->windows[w];
        if ((window->days >> am_weekday_of(date) & 1) && window->from <= slot->start &&
            slot->start + slot->minutes <= window->to &&
            (window->every_weeks == 1 ||
             am_week_of(date, am_monday_of(window->valid_from)) % window->every_weeks == 0))
            return true;
    }
    return false;
}

bool gen_person_suits(const struct gen_world *world, const struct gen_person *person,
                      const struct gen_slot *slot)
{
    const struct gen_project *project = &world->projects[slot->project];
    bool woman = person->gender == AM_FEMALE || person->may_join_women_only;
    uint8_t kind = project->type == AM_INDIVIDUAL ? AM_INDIVIDUAL_PLACEMENT
                   : project->women_only          ? AM_WOMEN_ONLY
                                                  : AM_MIXED_GROUP;
    return (person->placement & kind) && (woman || !project->women_only) &&
           (person->must_avoid & project->tags) == 0 && (person->needs & ~project->offers) == 0 &&
           person->barred_project != slot->project && person->barred_site != project->site &&
           person->supervisor_gender < 0;
}
