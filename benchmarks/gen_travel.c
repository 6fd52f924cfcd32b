/*
 * Journeys between homes and sites.
 *
 * Public transport is slow to reach (a walk and a wait), quick along the lines
 * that meet in the region's hub and slow across them, thinner in the evening
 * and on Saturdays, much thinner on Sundays. There and back differ. Cars have
 * one table each way. All of it depends on the seed and the two places alone.
 */
#include "benchmarks/gen.h"

enum { WORKDAYS = 0x1f, SATURDAY = 1 << AM_SA, SUNDAY = 1 << AM_SU };
enum { DAY, EVENING, SATURDAYS, SUNDAYS };

/* In the order of the file; hours at which sessions start and end. */
const struct gen_timetable gen_timetables[] = {
    {AM_THERE, WORKDAYS, 9 * 60, DAY},
    {AM_THERE, WORKDAYS, 9 * 60 + 30, DAY},
    {AM_THERE, WORKDAYS, 13 * 60, DAY},
    {AM_THERE, WORKDAYS, 17 * 60 + 30, EVENING},
    {AM_THERE, SATURDAY, 9 * 60 + 30, SATURDAYS},
    {AM_THERE, SUNDAY, 10 * 60, SUNDAYS},
    {AM_BACK, WORKDAYS, 12 * 60 + 30, DAY},
    {AM_BACK, WORKDAYS, 14 * 60 + 30, DAY},
    {AM_BACK, WORKDAYS, 16 * 60, DAY},
    {AM_BACK, WORKDAYS, 16 * 60 + 30, DAY},
    {AM_BACK, WORKDAYS, 21 * 60, EVENING},
    {AM_BACK, SATURDAY, 12 * 60 + 30, SATURDAYS},
    {AM_BACK, SATURDAY, 16 * 60 + 30, SATURDAYS},
    {AM_BACK, SUNDAY, 17 * 60, SUNDAYS},
};
const int gen_timetable_count = (int)(sizeof gen_timetables / sizeof *gen_timetables);

enum { LONGEST_JOURNEY_MIN = 150, TABLE_GAP_MIN = 60, WALK_M = 1300 };

static int hub_of(int region)
{
    for (int t = 0; t < gen_town_count; t++)
        if (gen_towns[t].region == region && gen_towns[t].hub)
            return t;
    return 0;
}

static int metres(const struct gen_place *a, const struct gen_place *b)
{
    return gen_metres(a->lat, a->lon, b->lat, b->lon);
}

/* Minutes in vehicles: metres as the crow flies, by lines that wind a little. */
static int ride_min(int distance_m, int detour_percent, int km_h)
{
    return (int)((int64_t)distance_m * detour_percent * 60 / (100000 * (int64_t)km_h));
}

static int between_towns_min(const struct gen_world *world, const struct gen_place *home,
                             const struct gen_place *site, int *changes)
{
    const struct gen_town *hub = &gen_towns[hub_of(gen_towns[home->town].region)];
    struct gen_place middle = {.lat = hub->lat * 100, .lon = hub->lon * 100};
    int direct = metres(home, site), via = metres(home, &middle) + metres(&middle, site);
    int a = home->town < site->town ? home->town : site->town, b = home->town + site->town - a;
    bool bus = gen_hash(world->options.seed, a, b, 100) < 45;
    int by_hub = ride_min(via, 125, 16) + 10, across = ride_min(direct, 135, bus ? 13 : 11);
    if (gen_towns[home->town].hub || gen_towns[site->town].hub)
        by_hub = ride_min(direct, 130, 14);
    *changes = by_hub < across || !bus;
    return by_hub < across ? by_hub : across;
}

int gen_transit_min(const struct gen_world *world, int home_index, int site_index,
                    const struct gen_timetable *table)
{
    const struct gen_place *home = &world->homes[home_index], *site = &world->sites[site_index];
    static const int wait_percent[] = {100, 160, 120, 210};
    uint64_t seed = world->options.seed + (uint64_t)(table - gen_timetables + 1) * 7919;
    int distance = metres(home, site), changes = 0;
    if (distance < WALK_M)
        return 2 + distance * 16 / 1000;
    int ride = home->town == site->town ? ride_min(distance, 130, 14)
                                        : between_towns_min(world, home, site, &changes);
    int wait = 4 + gen_hash(world->options.seed, home->town + 1000, site->town, 7) + 6 * changes;
    if (table->kind == SUNDAYS && gen_hash(seed, home->town, site->town, 100) < 12)
        return -1;
    int total = home->access_min + site->access_min / 2 + ride +
                wait * wait_percent[table->kind] / 100 + gen_hash(seed, home_index, site_index, 9) +
                (table->direction == AM_BACK ? gen_hash(seed, site_index, home_index, 8) : 0);
    return total > LONGEST_JOURNEY_MIN ? -1 : total;
}

int gen_car_sec(const struct gen_world *world, int home, int site, enum am_direction direction)
{
    int distance = metres(&world->homes[home], &world->sites[site]);
    int km_h = 19 + (distance > 20000 ? 10 : distance * 10 / 20000);
    int64_t seconds = (int64_t)distance * 135 * 36 / (1000 * (int64_t)km_h);
    seconds += 180 + gen_hash(world->options.seed + (uint64_t)direction, home, site, 240);
    return (int)seconds;
}

int gen_table_gap(const struct gen_timetable *table, const struct gen_slot *slot, int weekday)
{
    if ((table->days >> weekday & 1) == 0)
        return -1;
    int gap = table->direction == AM_THERE ? slot->start - table->hour
                                           : table->hour - (slot->start + slot->minutes);
    return gap >= 0 && gap <= TABLE_GAP_MIN ? gap : -1;
}

static int transit_leg(const struct gen_world *world, const struct gen_person *person,
                       const struct gen_slot *slot, int weekday, enum am_direction direction)
{
    int best_gap = TABLE_GAP_MIN + 1, minutes = -1;
    for (int t = 0; t < gen_timetable_count; t++) {
        const struct gen_timetable *table = &gen_timetables[t];
        int gap = table->direction == direction ? gen_table_gap(table, slot, weekday) : -1;
        if (gap < 0 || gap >= best_gap)
            continue;
        best_gap = gap;
        minutes = gen_transit_min(world, person->home, world->projects[slot->project].site, table);
        minutes = minutes < 0 ? -1 : minutes + gap;
    }
    return minutes;
}

int gen_longest_leg(const struct gen_world *world, const struct gen_person *person,
                    const struct gen_slot *slot, int weekday)
{
    int best = -1, site = world->projects[slot->project].site;
    if (person->modes & 1 << AM_CAR) {
        int there = gen_car_sec(world, person->home, site, AM_THERE);
        int back = gen_car_sec(world, person->home, site, AM_BACK);
        best = ((there > back ? there : back) + 59) / 60;
    }
    if (person->modes & 1 << AM_PUBLIC_TRANSPORT) {
        int there = transit_leg(world, person, slot, weekday, AM_THERE);
        int back = transit_leg(world, person, slot, weekday, AM_BACK);
        int longer = there > back ? there : back;
        if (there >= 0 && back >= 0 && (best < 0 || longer < best))
            best = longer;
    }
    return best;
}

/* ---- writing ---- */

static bool table_serves_site(const struct gen_world *world, const struct gen_timetable *table,
                              const bool *served, int site)
{
    return served[(ptrdiff_t)(table - gen_timetables) * world->site_count + site];
}

/* Which sites some session makes each table necessary for. */
static bool *find_served(const struct gen_world *world)
{
    bool *served = calloc((size_t)gen_timetable_count * (size_t)world->site_count, sizeof *served);
    if (served == NULL)
        return NULL;
    for (int t = 0; t < gen_timetable_count; t++) {
        for (int s = 0; s < world->slot_count; s++) {
            const struct gen_slot *slot = &world->slots[s];
            for (int day = 0; day < 7; day++)
                if ((slot->days >> day & 1) && gen_table_gap(&gen_timetables[t], slot, day) >= 0)
                    served[t * world->site_count + world->projects[slot->project].site] = true;
        }
    }
    return served;
}

static struct gen_range region_homes(const struct gen_world *world, int region)
{
    const struct gen_borough *first = &world->boroughs[world->regions[region].first];
    const struct gen_borough *last = first + world->regions[region].count - 1;
    return (struct gen_range){first->homes.first,
                              last->homes.first + last->homes.count - first->homes.first};
}

static struct gen_range region_sites(const struct gen_world *world, int region)
{
    const struct gen_borough *first = &world->boroughs[world->regions[region].first];
    const struct gen_borough *last = first + world->regions[region].count - 1;
    return (struct gen_range){first->sites.first,
                              last->sites.first + last->sites.count - first->sites.first};
}

static void write_ids(const char *key, char letter, struct gen_range range, FILE *out)
{
    fprintf(out, ",\n      \"%s\": [", key);
    for (int i = 0; i < range.count; i++)
        fprintf(out, "%s\"%c%d\"", i == 0 ? "" : ", ", letter, range.first + i + 1);
    fputs("]", out);
}

static void write_served_ids(const struct gen_world *world, const struct gen_timetable *table,
                             const bool *served, struct gen_range sites, FILE *out)
{
    const char *gap = "";
    fprintf(out, ",\n      \"%s\": [", table->direction == AM_THERE ? "to" : "from");
    for (int s = sites.first; s < sites.first + sites.count; s++) {
        if (!table_serves_site(world, table, served, s))
            continue;
        fprintf(out, "%s\"S%d\"", gap, s + 1);
        gap = ", ";
    }
    fputs("]", out);
}

static void write_cell(int value, bool first, FILE *out)
{
    if (!first)
        fputc(',', out);
    if (value < 0)
        fputs("null", out);
    else
        fprintf(out, "%d", value);
}

/* One row a home on the way there, one a site on the way back. */
static void write_rows(const struct gen_world *world, const struct gen_timetable *table,
                       const bool *served, int region, FILE *out)
{
    struct gen_range homes = region_homes(world, region), sites = region_sites(world, region);
    bool there = table->direction == AM_THERE, first_row = true;
    struct gen_range rows = there ? homes : sites, columns = there ? sites : homes;
    fputs(",\n      \"minutes\": [", out);
    for (int r = rows.first; r < rows.first + rows.count; r++) {
        if (!there && !table_serves_site(world, table, served, r))
            continue;
        fprintf(out, "%s\n        [", first_row ? "" : ",");
        bool first = true;
        for (int c = columns.first; c < columns.first + columns.count; c++) {
            int home = there ? r : c, site = there ? c : r;
            if (!table_serves_site(world, table, served, site))
                continue;
            write_cell(gen_transit_min(world, home, site, table), first, out);
            first = false;
        }
        fputs("]", out);
        first_row = false;
    }
    fputs("\n      ]\n    }", out);
}

static bool any_served(const struct gen_world *world, const struct gen_timetable *table,
                       const bool *served, struct gen_range sites)
{
    for (int s = sites.first; s < sites.first + sites.count; s++)
        if (table_serves_site(world, table, served, s))
            return true;
    return false;
}

static void write_timetable(const struct gen_world *world, const struct gen_timetable *table,
                            const bool *served, int region, FILE *out)
{
    bool there = table->direction == AM_THERE;
    fprintf(out, ",\n    {\n      \"mode\": \"public_transport\",\n      \"direction\": \"%s\",\n",
            there ? "there" : "back");
    fputs("      \"days\": ", out);
    gen_write_days(table->days, out);
    fprintf(out, ",\n      \"%s\": \"%02d:%02d\",\n      \"quality\": \"timetable\"",
            there ? "arrive_by" : "depart_after", table->hour / 60, table->hour % 60);
    if (there)
        write_ids("from", 'H', region_homes(world, region), out);
    write_served_ids(world, table, served, region_sites(world, region), out);
    if (!there)
        write_ids("to", 'H', region_homes(world, region), out);
    write_rows(world, table, served, region, out);
}

static void write_car(const struct gen_world *world, int region, enum am_direction direction,
                      FILE *out)
{
    struct gen_range homes = region_homes(world, region), sites = region_sites(world, region);
    bool there = direction == AM_THERE;
    struct gen_range rows = there ? homes : sites, columns = there ? sites : homes;
    fprintf(out,
            "    {\n      \"mode\": \"car\",\n      \"direction\": \"%s\",\n"
            "      \"quality\": \"routed\"",
            there ? "there" : "back");
    write_ids("from", there ? 'H' : 'S', rows, out);
    write_ids("to", there ? 'S' : 'H', columns, out);
    fputs(",\n      \"seconds\": [", out);
    for (int r = 0; r < rows.count; r++) {
        fprintf(out, "%s\n        [", r == 0 ? "" : ",");
        for (int c = 0; c < columns.count; c++) {
            int home = homes.first + (there ? r : c), site = sites.first + (there ? c : r);
            write_cell(gen_car_sec(world, home, site, direction), c == 0, out);
        }
        fputs("]", out);
    }
    fputs("\n      ]\n    }", out);
}

void gen_write_travel(const struct gen_world *world, FILE *out)
{
    bool *served = find_served(world);
    if (served == NULL) {
        fprintf(stderr, "gen: out of memory\n");
        exit(1);
    }
    fputs("  \"travel\": [\n", out);
    for (int region = 0; region < world->region_count; region++) {
        if (region > 0)
            fputs(",\n", out);
        write_car(world, region, AM_THERE, out);
        fputs(",\n", out);
        write_car(world, region, AM_BACK, out);
        for (int t = 0; t < gen_timetable_count; t++)
            if (any_served(world, &gen_timetables[t], served, region_sites(world, region)))
                write_timetable(world, &gen_timetables[t], served, region, out);
    }
    fputs("\n  ],\n", out);
    free(served);
}
