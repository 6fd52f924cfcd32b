/*
 * Projects and the sessions they hold.
 *
 * About 60 to a borough: six in ten are groups of 8 to 12 led by a supervisor,
 * most open two to six days a week for a day of seven hours, some in the
 * evening; a quarter are individual placements with one or two places; a few
 * are education courses; one is the weekly induction at the office.
 */
#include "benchmarks/gen.h"

#define BIT(n) (1u << (n))

const char *const gen_tag_names[] = {"children", "vulnerable_adults", "internet",      "alcohol",
                                     "animals",  "outdoor",           "public_facing", "machinery"};
const char *const gen_offer_names[] = {"step_free", "light_duty", "indoors", "toilets", "quiet"};

struct kind {
    const char *name;
    uint32_t tags, offers;
};

static const struct kind group_kinds[] = {
    {"Canal towpath", BIT(GEN_OUTDOOR), 0},
    {"Park clean-up", BIT(GEN_OUTDOOR) | BIT(GEN_PUBLIC_FACING), BIT(GEN_TOILETS)},
    {"Cemetery grounds", BIT(GEN_OUTDOOR) | BIT(GEN_MACHINERY), BIT(GEN_QUIET)},
    {"Allotments", BIT(GEN_OUTDOOR), BIT(GEN_LIGHT_DUTY) | BIT(GEN_TOILETS)},
    {"Community centre painting", BIT(GEN_CHILDREN),
     BIT(GEN_INDOORS) | BIT(GEN_TOILETS) | BIT(GEN_LIGHT_DUTY)},
    {"Litter picking", BIT(GEN_OUTDOOR) | BIT(GEN_PUBLIC_FACING), 0},
    {"Graffiti removal", BIT(GEN_OUTDOOR) | BIT(GEN_PUBLIC_FACING), 0},
    {"Playing fields", BIT(GEN_OUTDOOR) | BIT(GEN_MACHINERY), BIT(GEN_TOILETS)},
    {"Nature reserve", BIT(GEN_OUTDOOR) | BIT(GEN_ANIMALS), BIT(GEN_QUIET)},
    {"Church hall repairs", BIT(GEN_MACHINERY), BIT(GEN_INDOORS) | BIT(GEN_TOILETS)},
    {"Recycling depot", BIT(GEN_MACHINERY), BIT(GEN_INDOORS) | BIT(GEN_TOILETS)},
    {"Furniture workshop", BIT(GEN_MACHINERY),
     BIT(GEN_INDOORS) | BIT(GEN_LIGHT_DUTY) | BIT(GEN_STEP_FREE) | BIT(GEN_TOILETS)},
    {"School fence painting", BIT(GEN_CHILDREN) | BIT(GEN_OUTDOOR), BIT(GEN_TOILETS)},
    {"Street planting", BIT(GEN_OUTDOOR) | BIT(GEN_PUBLIC_FACING), BIT(GEN_LIGHT_DUTY)},
    {"Sports club grounds", BIT(GEN_OUTDOOR) | BIT(GEN_ALCOHOL) | BIT(GEN_CHILDREN),
     BIT(GEN_TOILETS)},
    {"Food bank warehouse", BIT(GEN_VULNERABLE_ADULTS),
     BIT(GEN_INDOORS) | BIT(GEN_LIGHT_DUTY) | BIT(GEN_STEP_FREE) | BIT(GEN_TOILETS)},
};
static const struct kind women_kinds[] = {
    {"Women's garden", BIT(GEN_OUTDOOR), BIT(GEN_LIGHT_DUTY) | BIT(GEN_TOILETS)},
    {"Women's workshop", 0,
     BIT(GEN_INDOORS) | BIT(GEN_LIGHT_DUTY) | BIT(GEN_STEP_FREE) | BIT(GEN_TOILETS)},
};
static const struct kind individual_kinds[] = {
    {"Charity shop", BIT(GEN_PUBLIC_FACING) | BIT(GEN_VULNERABLE_ADULTS),
     BIT(GEN_INDOORS) | BIT(GEN_LIGHT_DUTY) | BIT(GEN_STEP_FREE) | BIT(GEN_TOILETS)},
    {"Hospice shop", BIT(GEN_PUBLIC_FACING) | BIT(GEN_VULNERABLE_ADULTS),
     BIT(GEN_INDOORS) | BIT(GEN_LIGHT_DUTY) | BIT(GEN_TOILETS)},
    {"Community kitchen", BIT(GEN_VULNERABLE_ADULTS) | BIT(GEN_CHILDREN),
     BIT(GEN_INDOORS) | BIT(GEN_STEP_FREE) | BIT(GEN_TOILETS)},
    {"Animal sanctuary", BIT(GEN_ANIMALS) | BIT(GEN_OUTDOOR), BIT(GEN_QUIET) | BIT(GEN_TOILETS)},
    {"Toy library", BIT(GEN_CHILDREN) | BIT(GEN_INTERNET),
     BIT(GEN_INDOORS) | BIT(GEN_LIGHT_DUTY) | BIT(GEN_QUIET) | BIT(GEN_TOILETS)},
    {"Bicycle workshop", BIT(GEN_MACHINERY), BIT(GEN_INDOORS) | BIT(GEN_TOILETS)},
};
static const struct kind ete_kinds[] = {
    {"Skills workshop", 0,
     BIT(GEN_INDOORS) | BIT(GEN_LIGHT_DUTY) | BIT(GEN_STEP_FREE) | BIT(GEN_TOILETS) |
         BIT(GEN_QUIET)},
    {"Computer course", BIT(GEN_INTERNET),
     BIT(GEN_INDOORS) | BIT(GEN_LIGHT_DUTY) | BIT(GEN_STEP_FREE) | BIT(GEN_TOILETS) |
         BIT(GEN_QUIET)},
};
static const struct kind induction_kind = {"Induction", 0,
                                           BIT(GEN_INDOORS) | BIT(GEN_LIGHT_DUTY) |
                                               BIT(GEN_STEP_FREE) | BIT(GEN_TOILETS) |
                                               BIT(GEN_QUIET)};

enum { MORNING = 9 * 60, HALF_PAST_NINE = 9 * 60 + 30, SLOTS_A_PROJECT = 4 };

/* Working days of the week at a project, more often fewer than six. */
static am_weekdays some_weekdays(struct gen_random *random, int count)
{
    am_weekdays days = 0;
    while (count > 0) {
        int day = gen_below(random, 5);
        if (days >> day & 1)
            continue;
        days = (am_weekdays)(days | 1 << day);
        count--;
    }
    return days;
}

/* The first date at or after a day on which the slot's days fall. */
static am_date first_on(am_weekdays days, am_date after)
{
    while ((days >> am_weekday_of(after) & 1) == 0)
        after++;
    return after;
}

struct hours {
    am_weekdays days;
    int start, minutes;
};

static void add_slot(struct gen_world *world, struct gen_random *random, struct hours hours,
                     const struct gen_slot *like)
{
    struct gen_project *project = &world->projects[world->project_count];
    struct gen_slot slot = *like;
    slot.project = world->project_count;
    slot.letter = (char)('A' + project->slot_count++);
    slot.days = hours.days;
    slot.start = hours.start;
    slot.minutes = hours.minutes;
    slot.every_weeks = 1;
    slot.since = first_on(hours.days, world->from - 7 * gen_between(random, 8, 70));
    slot.exdate = slot.cancelled = AM_NO_DATE;
    slot.pinned_weekday = -1;
    for (int day = 0; day < 7; day++)
        slot.leader[day] = -1;
    world->slots[world->slot_count++] = slot;
}

static void weekend_slots(struct gen_world *world, struct gen_random *random, int saturday,
                          int sunday, const struct gen_slot *like)
{
    if (gen_chance(random, saturday))
        add_slot(world, random, (struct hours){1 << AM_SA, HALF_PAST_NINE, 420}, like);
    if (gen_chance(random, sunday))
        add_slot(world, random, (struct hours){1 << AM_SU, 10 * 60, 420}, like);
}

static void group_slots(struct gen_world *world, struct gen_random *random)
{
    static const int day_weights[] = {29, 36, 22, 9, 4, -1};
    static const int place_weights[] = {20, 10, 35, 5, 30, -1}; /* 8 .. 12 */
    struct gen_slot like = {.places = 8 + gen_pick(random, place_weights),
                            .min_group = 3,
                            .supervised = world->options.supervisors_percent > 0};
    am_weekdays days = some_weekdays(random, 1 + gen_pick(random, day_weights));
    struct hours hours = {days, gen_chance(random, 600) ? MORNING : HALF_PAST_NINE, 420};
    if (gen_chance(random, 120))
        hours = (struct hours){days, 10 * 60, 360};
    add_slot(world, random, hours, &like);
    weekend_slots(world, random, 400, 250, &like);
    if (gen_chance(random, 130))
        add_slot(world, random,
                 gen_chance(random, 500)
                     ? (struct hours){some_weekdays(random, 2), 17 * 60 + 30, 210}
                     : (struct hours){some_weekdays(random, 1), 18 * 60, 180},
                 &like);
}

static void women_slots(struct gen_world *world, struct gen_random *random)
{
    struct gen_slot like = {
        .places = 8, .min_group = 3, .supervised = world->options.supervisors_percent > 0};
    add_slot(world, random, (struct hours){some_weekdays(random, 2), HALF_PAST_NINE, 300}, &like);
    weekend_slots(world, random, 700, 0, &like);
}

static void individual_slots(struct gen_world *world, struct gen_random *random)
{
    static const int day_weights[] = {15, 35, 30, 20, -1};
    struct gen_slot like = {.places = gen_between(random, 1, 2), .min_group = 1};
    am_weekdays days = some_weekdays(random, 1 + gen_pick(random, day_weights));
    bool school_hours = gen_chance(random, 400);
    add_slot(world, random,
             school_hours ? (struct hours){days, HALF_PAST_NINE, 300}
                          : (struct hours){days, HALF_PAST_NINE, 420},
             &like);
    weekend_slots(world, random, 500, 200, &like);
}

static void ete_slots(struct gen_world *world, struct gen_random *random)
{
    struct gen_slot like = {.places = 12, .min_group = 1};
    am_weekdays days = some_weekdays(random, 2);
    add_slot(world, random,
             gen_chance(random, 500) ? (struct hours){days, HALF_PAST_NINE, 180}
                                     : (struct hours){days, 13 * 60, 180},
             &like);
    add_slot(world, random, (struct hours){some_weekdays(random, 1), 18 * 60, 180}, &like);
}

static void induction_slots(struct gen_world *world, struct gen_random *random)
{
    struct gen_slot like = {.places = 15, .min_group = 1};
    add_slot(world, random, (struct hours){1 << AM_TU, 13 * 60, 180}, &like);
    add_slot(world, random, (struct hours){1 << AM_TH, 18 * 60, 180}, &like);
    add_slot(world, random, (struct hours){1 << AM_SA, HALF_PAST_NINE, 180}, &like);
}

/* Now and then a session is called off, skipped or held every other week. */
static void irregular(const struct gen_world *world, struct gen_random *random,
                      struct gen_slot *slot)
{
    am_date first = first_on(slot->days, world->from);
    if (gen_chance(random, 12))
        slot->exdate = first;
    else if (gen_chance(random, 10))
        slot->cancelled = first;
    else if (slot->days == 1 << AM_SU && gen_chance(random, 100))
        slot->every_weeks = 2;
}

static void add_project(struct gen_world *world, struct gen_random *random, int borough,
                        enum am_project_type type, const struct kind *kind)
{
    static const int quality_weights[] = {2, 6, 15, 35, 30, 12, -1};
    const struct gen_borough *place = &world->boroughs[borough];
    bool at_office = type == AM_INDUCTION || type == AM_ETE;
    int first_slot = world->slot_count;
    int site = place->sites.first + (at_office ? 0 : gen_below(random, place->sites.count));
    int quality = gen_pick(random, quality_weights);
    world->projects[world->project_count] = (struct gen_project){.borough = borough,
                                                                 .site = site,
                                                                 .type = type,
                                                                 .kind = kind->name,
                                                                 .tags = kind->tags,
                                                                 .offers = kind->offers,
                                                                 .quality = quality,
                                                                 .first_slot = first_slot};
    if (type == AM_INDUCTION)
        induction_slots(world, random);
    else if (type == AM_ETE)
        ete_slots(world, random);
    else if (type == AM_INDIVIDUAL)
        individual_slots(world, random);
    else if (kind == &women_kinds[0] || kind == &women_kinds[1])
        women_slots(world, random);
    else
        group_slots(world, random);
    world->projects[world->project_count].women_only =
        kind == &women_kinds[0] || kind == &women_kinds[1];
    for (int s = first_slot; s < world->slot_count; s++)
        irregular(world, random, &world->slots[s]);
    world->project_count++;
}

#define ANY_OF(random, kinds) (&(kinds)[gen_below(random, (int)(sizeof(kinds) / sizeof *(kinds)))])

/* 60 projects to 500 people: 1 induction, 3 education, 14 individual, 2 women's groups, 40 mixed.
 */
static void settle_borough(struct gen_world *world, int b)
{
    struct gen_borough *borough = &world->boroughs[b];
    struct gen_random random = gen_stream(world->options.seed, GEN_PROJECTS, b);
    int people = borough->people.count;
    int women = 1 + people / 450, ete = 1 + people / 250, alone = 1 + people * 13 / 500;
    int groups = 2 + people * 38 / 500;
    borough->projects.first = world->project_count;
    add_project(world, &random, b, AM_INDUCTION, &induction_kind);
    for (int i = 0; i < ete; i++)
        add_project(world, &random, b, AM_ETE, &ete_kinds[i % 2]);
    for (int i = 0; i < women; i++)
        add_project(world, &random, b, AM_GROUP, &women_kinds[i % 2]);
    for (int i = 0; i < alone; i++)
        add_project(world, &random, b, AM_INDIVIDUAL, ANY_OF(&random, individual_kinds));
    for (int i = 0; i < groups; i++)
        add_project(world, &random, b, AM_GROUP, ANY_OF(&random, group_kinds));
    borough->projects.count = world->project_count - borough->projects.first;
}

bool gen_make_projects(struct gen_world *world)
{
    size_t room = (size_t)world->options.people * 13 / 100 + 10 * (size_t)world->borough_count;
    world->projects = AM_ARENA_NEW(&world->arena, room, struct gen_project);
    world->slots = AM_ARENA_NEW(&world->arena, room * SLOTS_A_PROJECT, struct gen_slot);
    if (world->projects == NULL || world->slots == NULL)
        return false;
    for (int b = 0; b < world->borough_count; b++)
        settle_borough(world, b);
    return true;
}

bool gen_slot_runs(const struct gen_slot *slot, am_date date)
{
    int weeks = am_week_of(date, am_monday_of(slot->since));
    return date >= slot->since && (slot->days >> am_weekday_of(date) & 1) &&
           weeks % slot->every_weeks == 0 && date != slot->exdate && date != slot->cancelled;
}
