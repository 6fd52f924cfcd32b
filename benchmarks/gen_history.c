/*
 * Standing allocations of those under way, and last week's appointments that
 * came of them: with outcomes up to the day before the data, merely booked
 * after it. Besides, a few pinned appointments of the window, some of which
 * break a rule, and a few waivers.
 */
#include "benchmarks/gen.h"

enum { TRIES = 120, NEAR_ENOUGH_MIN = 50, LIMIT_MIN = 90 };

static bool takes(const struct gen_world *world, const struct gen_person *person,
                  const struct gen_slot *slot, int weekday)
{
    enum am_project_type type = world->projects[slot->project].type;
    return (type == AM_GROUP || type == AM_INDIVIDUAL) && (slot->days >> weekday & 1) &&
           slot->every_weeks == 1 && slot->standing[weekday] < slot->places &&
           (!slot->supervised || slot->leader[weekday] >= 0) &&
           gen_person_suits(world, person, slot) &&
           gen_person_free(person, slot, world->from - 7 + weekday);
}

/* The first session that is near, or the nearest of those tried within the limit. */
static void allocate(struct gen_world *world, struct gen_person *person, struct gen_random *random)
{
    const struct gen_borough *borough = &world->boroughs[person->borough];
    int best = LIMIT_MIN + 1;
    for (int i = 0; i < TRIES && best > NEAR_ENOUGH_MIN; i++) {
        int p = borough->projects.first + gen_below(random, borough->projects.count);
        int s = world->projects[p].first_slot + gen_below(random, world->projects[p].slot_count);
        int weekday = gen_below(random, 7);
        if (!takes(world, person, &world->slots[s], weekday))
            continue;
        int leg = gen_longest_leg(world, person, &world->slots[s], weekday);
        if (leg < 0 || leg >= best)
            continue;
        best = leg;
        person->slot = s;
        person->weekday = weekday;
    }
    if (person->slot < 0)
        return;
    world->slots[person->slot].standing[person->weekday]++;
    person->fortnightly = gen_chance(random, 60);
    am_date monday = am_monday_of(world->from - 7 * gen_between(random, 2, 20));
    person->allocated_from =
        monday > person->inducted_on ? monday : am_monday_of(person->inducted_on);
}

void gen_make_allocations(struct gen_world *world)
{
    for (int p = 0; p < world->person_count; p++) {
        struct gen_person *person = &world->people[p];
        struct gen_random random = gen_stream(world->options.seed, GEN_ALLOCATIONS, p);
        if (person->inducted_on != AM_NO_DATE && !person->orders[0].suspended &&
            gen_chance(&random, 780))
            allocate(world, person, &random);
    }
}

/* ---- writing ---- */

static void write_start(const struct gen_world *world, int p, const struct gen_slot *slot,
                        am_date date, FILE *out)
{
    char day[AM_DATE_TEXT];
    (void)world;
    am_date_format(date, day);
    fprintf(out,
            "    {\"crn\": \"X%06d\", \"event\": \"1\", \"session\": \"P%d-%c\", \"date\": \"%s\", "
            "\"start\": \"%02d:%02d\", \"minutes\": ",
            100001 + p, slot->project + 1, slot->letter, day, slot->start / 60, slot->start % 60);
}

static void write_leader(const struct gen_world *world, const struct gen_slot *slot, int weekday,
                         FILE *out)
{
    int leader = slot->leader[weekday];
    if (leader >= 0)
        fprintf(out, ", \"supervisor\": \"SV%d\"",
                world->boroughs[world->projects[slot->project].borough].supervisors.first + leader +
                    1);
}

static int left_min(const struct gen_person *person)
{
    const struct gen_order *order = &person->orders[0];
    return order->ordered_min + order->adjustment_min - order->worked_min;
}

static const char *outcome(struct gen_random *random, const struct gen_person *person)
{
    int attendance = person->attendance > 0 ? person->attendance : 65;
    if (gen_chance(random, 10 * attendance))
        return "attended";
    if (gen_chance(random, 80))
        return "stood_down";
    return gen_chance(random, 500) ? "missed" : "missed_unacceptable";
}

/* What became of the standing allocation in the week before the window. */
static bool write_last_week(const struct gen_world *world, int p, bool first, FILE *out)
{
    const struct gen_person *person = &world->people[p];
    if (person->slot < 0)
        return false;
    struct gen_random random = gen_stream(world->options.seed, GEN_OUTCOMES, p);
    const struct gen_slot *slot = &world->slots[person->slot];
    am_date date = world->from - 7 + person->weekday;
    int week = am_week_of(date, person->allocated_from);
    if (!gen_slot_runs(slot, date) || date < person->allocated_from ||
        (person->fortnightly && week % 2 != 0))
        return false;
    bool happened = date < world->as_of;
    int minutes = slot->minutes;
    if (!happened && minutes > left_min(person))
        minutes = left_min(person);
    fputs(first ? "" : ",\n", out);
    write_start(world, p, slot, date, out);
    fprintf(out, "%d", minutes);
    write_leader(world, slot, person->weekday, out);
    const char *state = happened ? outcome(&random, person) : "booked";
    fprintf(out, ", \"state\": \"%s\"", state);
    if (happened && state[0] == 'a')
        fprintf(out, ", \"credited\": %d", minutes - (gen_chance(&random, 100) ? 30 : 0));
    fputs("}", out);
    return true;
}

/* A session of the standing week that somebody leads and that runs in the window. */
static int pin_slot(const struct gen_world *world, const struct gen_person *person,
                    struct gen_random *random, int *weekday)
{
    const struct gen_borough *borough = &world->boroughs[person->borough];
    for (int i = 0; i < TRIES; i++) {
        int p = borough->projects.first + gen_below(random, borough->projects.count);
        int s = world->projects[p].first_slot + gen_below(random, world->projects[p].slot_count);
        *weekday = gen_below(random, 7);
        const struct gen_slot *slot = &world->slots[s];
        if (slot->supervised && gen_leader_there(world, slot, *weekday) &&
            gen_slot_runs(slot, world->from + *weekday) && (slot->minutes <= left_min(person)) &&
            gen_person_suits(world, person, slot))
            return s;
    }
    return -1;
}

/* About one in 150 has an appointment that the practitioner insists on, right or wrong. */
static bool write_pin(const struct gen_world *world, int p, bool first, FILE *out)
{
    const struct gen_person *person = &world->people[p];
    struct gen_random random = gen_stream(world->options.seed, GEN_SPECIALS, p + 1000000);
    if (!gen_chance(&random, 7) || person->inducted_on == AM_NO_DATE || person->orders[0].suspended)
        return false;
    int weekday = 0, s = pin_slot(world, person, &random, &weekday);
    if (s < 0)
        return false;
    fputs(first ? "" : ",\n", out);
    write_start(world, p, &world->slots[s], world->from + weekday, out);
    fprintf(out, "%d, \"state\": \"booked\", \"pinned\": true}", world->slots[s].minutes);
    return true;
}

static bool write_waiver(const struct gen_world *world, int p, bool first, FILE *out)
{
    static const char *const rules[] = {"R3", "R2", "R11", "R13"};
    const struct gen_person *person = &world->people[p];
    struct gen_random random = gen_stream(world->options.seed, GEN_SPECIALS, p + 2000000);
    if (!gen_chance(&random, 9))
        return false;
    const struct gen_borough *borough = &world->boroughs[person->borough];
    int project = borough->projects.first + gen_below(&random, borough->projects.count);
    char until[AM_DATE_TEXT];
    am_date_format(world->from + 7 * gen_between(&random, 1, 8) - 1, until);
    fprintf(out,
            "%s    {\"rule\": \"%s\", \"crn\": \"X%06d\", \"project\": \"P%d\", \"until\": \"%s\", "
            "\"by\": \"Placement manager\"}",
            first ? "" : ",\n", rules[gen_below(&random, 4)], 100001 + p, project + 1, until);
    return true;
}

static void write_list(const struct gen_world *world, const char *key,
                       bool (*write_one)(const struct gen_world *, int, bool, FILE *), FILE *out)
{
    fprintf(out, "  \"%s\": [\n", key);
    bool first = true;
    for (int p = 0; p < world->person_count; p++)
        if (write_one(world, p, first, out))
            first = false;
    fputs("\n  ]", out);
}

static bool write_appointments_of(const struct gen_world *world, int p, bool first, FILE *out)
{
    bool before = write_last_week(world, p, first, out);
    return write_pin(world, p, first && !before, out) || before;
}

void gen_write_history(const struct gen_world *world, FILE *out)
{
    write_list(world, "appointments", write_appointments_of, out);
    fputs(",\n", out);
    write_list(world, "waivers", write_waiver, out);
    fputs("\n", out);
}
