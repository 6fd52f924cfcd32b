/*
 * The caseload as JSON, straight to the file: one person, one session
 * definition, one supervisor a line.
 */
#include "benchmarks/gen.h"

static const char *const women_names[] = {"Amara",  "Bethan", "Carol",  "Daria", "Elsie",
                                          "Fatima", "Grace",  "Hannah", "Iris",  "Joanne"};
static const char *const men_names[] = {"Adam", "Brian",  "Callum", "Declan", "Edward",
                                        "Femi", "Gareth", "Hassan", "Ivan",   "Jamie"};
static const char *const surnames[] = {"Alderly",  "Brackton",  "Cawdrey",  "Dunmere",  "Eastholm",
                                       "Farrowby", "Greythorn", "Holmside", "Inskip",   "Jarrold",
                                       "Kelbrook", "Lathom",    "Marsdale", "Netherby", "Oxley"};

void gen_write_days(am_weekdays days, FILE *out)
{
    static const char *const codes[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    const char *gap = "[";
    for (int day = 0; day < 7; day++) {
        if ((days >> day & 1) == 0)
            continue;
        fprintf(out, "%s\"%s\"", gap, codes[day]);
        gap = ", ";
    }
    fputs("]", out);
}

static void write_date(const char *before, am_date date, const char *after, FILE *out)
{
    char text[AM_DATE_TEXT];
    fprintf(out, "%s\"%s\"%s", before, am_date_format(date, text), after);
}

static void write_name(uint64_t seed, int topic, int index, enum am_gender gender, FILE *out)
{
    const char *const *names = gender == AM_FEMALE ? women_names : men_names;
    fprintf(out, "\"name\": \"%s %s\", ", names[gen_hash(seed, topic, index, 10)],
            surnames[gen_hash(seed, topic + 1, index, 15)]);
}

static void write_words(const char *key, uint32_t bits, const char *const *words, int count,
                        FILE *out)
{
    if (bits == 0)
        return;
    const char *gap = "";
    fprintf(out, ", \"%s\": [", key);
    for (int i = 0; i < count; i++) {
        if ((bits >> i & 1) == 0)
            continue;
        fprintf(out, "%s\"%s\"", gap, words[i]);
        gap = ", ";
    }
    fputs("]", out);
}

/* ---- places ---- */

static void write_place(const struct gen_world *world, const struct gen_place *place, bool home,
                        int index, FILE *out)
{
    (void)world;
    bool west = place->lon < 0;
    int32_t lon = west ? -place->lon : place->lon;
    fprintf(out,
            "    {\"id\": \"%c%d\", \"name\": \"%s %d, %s\", \"lat\": %d.%06d, \"lon\": %s%d.%06d}",
            home ? 'H' : 'S', index + 1, home ? "Area" : "Site", place->number,
            gen_towns[place->town].name, place->lat / 1000000, place->lat % 1000000,
            west ? "-" : "", lon / 1000000, lon % 1000000);
}

static void write_places(const struct gen_world *world, FILE *out)
{
    fputs("  \"places\": [\n", out);
    for (int h = 0; h < world->home_count; h++) {
        write_place(world, &world->homes[h], true, h, out);
        fputs(",\n", out);
    }
    for (int s = 0; s < world->site_count; s++) {
        write_place(world, &world->sites[s], false, s, out);
        fputs(s + 1 < world->site_count ? ",\n" : "\n", out);
    }
    fputs("  ],\n", out);
}

/* ---- people ---- */

static void write_order(const struct gen_order *order, int event, FILE *out)
{
    fprintf(out, "%s{\"event\": \"%d\", \"sentence_date\": ", event == 1 ? "" : ", ", event);
    write_date("", order->sentence_date, "", out);
    fprintf(out,
            ", \"ordered_minutes\": %d, \"adjustment_minutes\": %d, \"worked_minutes\": %d, "
            "\"ete_minutes\": %d",
            order->ordered_min, order->adjustment_min, order->worked_min, order->ete_min);
    if (order->deadline != AM_NO_DATE)
        write_date(", \"deadline\": ", order->deadline, "", out);
    fprintf(out, ", \"status\": \"%s\"", order->suspended ? "suspended" : "active");
    if (order->runs != AM_RUNS_ALONE)
        fprintf(out, ", \"runs\": {\"%s\": \"%d\"}",
                order->runs == AM_RUNS_AFTER ? "after" : "concurrent_with", event - 1);
    fputs("}", out);
}

static void write_windows(const struct gen_person *person, FILE *out)
{
    fputs(", \"available\": [", out);
    for (int w = 0; w < person->window_count; w++) {
        const struct gen_window *window = &person->windows[w];
        fputs(w == 0 ? "{\"days\": " : ", {\"days\": ", out);
        gen_write_days(window->days, out);
        fprintf(out, ", \"from\": \"%02d:%02d\", \"to\": \"%02d:%02d\"", window->from / 60,
                window->from % 60, window->to / 60, window->to % 60);
        if (window->every_weeks > 1) {
            write_date(", \"valid_from\": ", window->valid_from, "", out);
            fprintf(out, ", \"every_weeks\": %d", window->every_weeks);
        }
        fputs("}", out);
    }
    fputs("]", out);
}

static void write_stamp(const char *key, am_stamp stamp, FILE *out)
{
    char day[AM_DATE_TEXT];
    int minute = (int)(stamp % AM_DAY_MINUTES);
    fprintf(out, "\"%s\": \"%sT%02d:%02d\"", key,
            am_date_format((am_date)(stamp / AM_DAY_MINUTES), day), minute / 60, minute % 60);
}

static void write_limits(const struct gen_person *person, FILE *out)
{
    if (person->away_to > person->away_from) {
        fputs(", \"unavailable\": [{", out);
        write_stamp("from", person->away_from, out);
        fputs(", ", out);
        write_stamp("to", person->away_to, out);
        fputs("}]", out);
    }
    if (person->intensive)
        fprintf(out, ", \"intensive\": {\"agreed\": true, \"target_minutes\": %d}",
                person->intensive_target_min);
    write_words("needs", person->needs, gen_offer_names, GEN_OFFER_COUNT, out);
    write_words("must_avoid", person->must_avoid, gen_tag_names, GEN_TAG_COUNT, out);
    if (person->barred_project >= 0)
        fprintf(out, ", \"barred_projects\": [\"P%d\"]", person->barred_project + 1);
    if (person->barred_site >= 0)
        fprintf(out, ", \"barred_places\": [\"S%d\"]", person->barred_site + 1);
    if (person->keep_apart >= 0)
        fprintf(out, ", \"keep_apart\": [\"X%06d\"]", 100001 + person->keep_apart);
    if (person->supervisor_gender >= 0)
        fprintf(out, ", \"supervisor_gender\": \"%s\"",
                am_gender_word((enum am_gender)person->supervisor_gender));
    if (person->prefers >= 0)
        fprintf(out, ", \"prefers\": [\"P%d\"]", person->prefers + 1);
    if (person->attendance > 0)
        fprintf(out, ", \"attendance\": %d", person->attendance);
}

static void write_allocation(const struct gen_world *world, const struct gen_person *person,
                             FILE *out)
{
    if (person->slot < 0)
        return;
    fprintf(out, ", \"allocations\": [{\"project\": \"P%d\", \"days\": ",
            world->slots[person->slot].project + 1);
    gen_write_days((am_weekdays)(1 << person->weekday), out);
    fprintf(out, ", \"frequency\": \"%s\"", person->fortnightly ? "fortnightly" : "weekly");
    write_date(", \"from\": ", person->allocated_from, "}]", out);
}

static void write_person(const struct gen_world *world, int p, FILE *out)
{
    static const char *const placements[] = {"mixed_group", "women_only", "individual"};
    static const char *const modes[] = {"walk", "cycle", "car", "public_transport"};
    const struct gen_person *person = &world->people[p];
    fprintf(out, "    {\"crn\": \"X%06d\", ", 100001 + p);
    if (!person->limited_access)
        write_name(world->options.seed, 11, p, person->gender, out);
    fprintf(out, "\"gender\": \"%s\"", am_gender_word(person->gender));
    if (person->limited_access)
        fputs(", \"limited_access\": true", out);
    if (person->may_join_women_only)
        fputs(", \"may_join_women_only\": true", out);
    if (person->consents_alone)
        fputs(", \"consents_alone\": true", out);
    write_words("placement", person->placement, placements, 3, out);
    fprintf(out, ", \"home\": \"H%d\"", person->home + 1);
    write_words("travel_modes", person->modes, modes, 4, out);
    fputs(", \"orders\": [", out);
    for (int o = 0; o < person->order_count; o++)
        write_order(&person->orders[o], o + 1, out);
    fputs("]", out);
    if (person->inducted_on != AM_NO_DATE)
        write_date(", \"inducted_on\": ", person->inducted_on, "", out);
    write_windows(person, out);
    write_limits(person, out);
    fprintf(out, ", \"wants_ete\": %s", person->wants_ete ? "true" : "false");
    write_allocation(world, person, out);
    fputs("}", out);
}

void gen_write_people(const struct gen_world *world, FILE *out)
{
    fputs("  \"people\": [\n", out);
    for (int p = 0; p < world->person_count; p++) {
        write_person(world, p, out);
        fputs(p + 1 < world->person_count ? ",\n" : "\n", out);
    }
    fputs("  ],\n", out);
}

/* ---- projects and supervisors ---- */

static void write_overrides(const struct gen_world *world, const struct gen_slot *slot, FILE *out)
{
    if (slot->exdate != AM_NO_DATE)
        write_date(", \"exdates\": [", slot->exdate, "]", out);
    if (slot->cancelled != AM_NO_DATE)
        write_date(", \"overrides\": [{\"date\": ", slot->cancelled, ", \"cancelled\": true}]",
                   out);
    if (slot->pinned_weekday >= 0) {
        const struct gen_borough *borough =
            &world->boroughs[world->projects[slot->project].borough];
        write_date(", \"overrides\": [{\"date\": ", world->from + slot->pinned_weekday, "", out);
        fprintf(out, ", \"supervisor\": \"SV%d\"}]",
                borough->supervisors.first + slot->leader[slot->pinned_weekday] + 1);
    }
}

static void write_slot(const struct gen_world *world, const struct gen_slot *slot, FILE *out)
{
    char day[AM_DATE_TEXT];
    static const char *const codes[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    fprintf(out,
            "\n      {\"id\": \"P%d-%c\", \"start\": \"%sT%02d:%02d\", \"minutes\": %d, "
            "\"rrule\": \"FREQ=WEEKLY",
            slot->project + 1, slot->letter, am_date_format(slot->since, day), slot->start / 60,
            slot->start % 60, slot->minutes);
    if (slot->every_weeks > 1)
        fprintf(out, ";INTERVAL=%d", slot->every_weeks);
    const char *gap = ";BYDAY=";
    for (int d = 0; d < 7; d++) {
        if ((slot->days >> d & 1) == 0)
            continue;
        fprintf(out, "%s%s", gap, codes[d]);
        gap = ",";
    }
    fputs("\"", out);
    write_overrides(world, slot, out);
    fprintf(out, ", \"places\": %d, \"min_group\": %d, \"supervised\": %s}", slot->places,
            slot->min_group, slot->supervised ? "true" : "false");
}

static void write_project(const struct gen_world *world, int p, FILE *out)
{
    const struct gen_project *project = &world->projects[p];
    const char *town = gen_towns[world->sites[project->site].town].name;
    fprintf(out,
            "    {\"code\": \"P%d\", \"name\": \"%s, %s\", \"type\": \"%s\", \"place\": \"S%d\"",
            p + 1, project->kind, town, am_project_type_word(project->type), project->site + 1);
    if (project->type == AM_GROUP || project->type == AM_INDIVIDUAL)
        fprintf(out, ", \"beneficiary\": \"%s\"",
                project->type == AM_GROUP ? "Council" : "Charity");
    write_words("tags", project->tags, gen_tag_names, GEN_TAG_COUNT, out);
    write_words("offers", project->offers, gen_offer_names, GEN_OFFER_COUNT, out);
    fprintf(out, ", \"women_only\": %s, \"quality\": %d, \"sessions\": [",
            project->women_only ? "true" : "false", project->quality);
    for (int s = 0; s < project->slot_count; s++) {
        write_slot(world, &world->slots[project->first_slot + s], out);
        if (s + 1 < project->slot_count)
            fputs(",", out);
    }
    fputs("\n    ]}", out);
}

static void write_projects(const struct gen_world *world, FILE *out)
{
    fputs("  \"projects\": [\n", out);
    for (int p = 0; p < world->project_count; p++) {
        write_project(world, p, out);
        fputs(p + 1 < world->project_count ? ",\n" : "\n", out);
    }
    fputs("  ],\n", out);
}

static void write_qualified(const struct gen_world *world, const struct gen_supervisor *supervisor,
                            FILE *out)
{
    const struct gen_borough *borough = &world->boroughs[supervisor->borough];
    const char *gap = ", \"projects\": [";
    if (supervisor->any_project)
        return;
    for (int n = 0; n < borough->projects.count; n++) {
        const struct gen_project *project = &world->projects[borough->projects.first + n];
        if (project->type != AM_GROUP || (supervisor->skipped >> (n & 63) & 1))
            continue;
        fprintf(out, "%s\"P%d\"", gap, borough->projects.first + n + 1);
        gap = ", ";
    }
    fputs("]", out);
}

static void write_supervisor(const struct gen_world *world, int s, FILE *out)
{
    const struct gen_supervisor *supervisor = &world->supervisors[s];
    fprintf(out, "    {\"code\": \"SV%d\", ", s + 1);
    write_name(world->options.seed, 21, s, supervisor->gender, out);
    fprintf(out,
            "\"gender\": \"%s\", \"available\": [{\"days\": ", am_gender_word(supervisor->gender));
    gen_write_days(supervisor->days, out);
    fputs(", \"from\": \"08:00\", \"to\": \"18:00\"}", out);
    if (supervisor->evenings != 0) {
        fputs(", {\"days\": ", out);
        gen_write_days(supervisor->evenings, out);
        fputs(", \"from\": \"17:00\", \"to\": \"21:30\"}", out);
    }
    fputs("]", out);
    if (supervisor->away_from != AM_NO_DATE) {
        fputs(", \"unavailable\": [{", out);
        write_stamp("from", am_stamp_of(supervisor->away_from, 0), out);
        fputs(", ", out);
        write_stamp("to", am_stamp_of(supervisor->away_from + supervisor->away_days, 0), out);
        fputs("}]", out);
    }
    fprintf(out, ", \"group_limit\": %d, \"weekly_max_minutes\": %d", supervisor->group_limit,
            supervisor->weekly_max_min);
    write_qualified(world, supervisor, out);
    fputs("}", out);
}

static void write_supervisors(const struct gen_world *world, FILE *out)
{
    fputs("  \"supervisors\": [\n", out);
    for (int s = 0; s < world->supervisor_count; s++) {
        write_supervisor(world, s, out);
        fputs(s + 1 < world->supervisor_count ? ",\n" : "\n", out);
    }
    fputs("  ],\n", out);
}

/* ---- the whole ---- */

/* England and Wales, for as long as any order made before the window can run. */
static void write_bank_holidays(FILE *out)
{
    static const char *const days[] = {
        "2025-01-01", "2025-04-18", "2025-04-21", "2025-05-05", "2025-05-26", "2025-08-25",
        "2025-12-25", "2025-12-26", "2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04",
        "2026-05-25", "2026-08-31", "2026-12-25", "2026-12-28", "2027-01-01", "2027-03-26",
        "2027-03-29", "2027-05-03", "2027-05-31", "2027-08-30", "2027-12-27", "2027-12-28"};
    fputs("  \"bank_holidays\": [", out);
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        fprintf(out, "%s\"%s\"", i == 0 ? "" : i % 6 == 0 ? ",\n    " : ", ", days[i]);
    fputs("],\n", out);
}

void gen_write(const struct gen_world *world, FILE *out)
{
    fputs("{\n  \"format\": \"amends-caseload/1\",\n", out);
    write_date("  \"as_of\": ", world->as_of, ",\n", out);
    write_date("  \"window\": {\"from\": ", world->from, "", out);
    fprintf(out, ", \"weeks\": %d},\n  \"division\": \"england-and-wales\",\n",
            world->options.weeks);
    write_bank_holidays(out);
    write_places(world, out);
    gen_write_people(world, out);
    write_projects(world, out);
    write_supervisors(world, out);
    gen_write_travel(world, out);
    gen_write_history(world, out);
    fputs("}\n", out);
}
