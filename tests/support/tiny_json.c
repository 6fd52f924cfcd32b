#include "tests/support/tiny_json.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "model/time.h"
#include "tests/support/tiny_random.h"

/* Each thing has a stream of its own, so that a caseload told without one
 * person is otherwise the same. */
enum { FRAME, PROJECT, DEFINITION, SUPERVISOR, PERSON, BOOKED, TRAVEL, WAIVER, PUBLISHED, ORDER };

enum { DEFINITIONS_MOST = 6, WEEKS_MOST = 2, PLACES = 4, SUPERVISORS_MOST = 3 };

const struct tiny_telling tiny_plain = {.left_out = -1};

struct definition {
    int project, weekday, first_week, count; /* weeks from the window's; occurrences */
    int start, minutes, places, min_group;
    bool supervised;
    int cancelled_week, pinned_week, pinned_supervisor; /* -1: none */
    int moved_week;                                     /* starts half an hour later */
};

struct tiny {
    uint64_t seed;
    const struct tiny_telling *telling;
    FILE *out;
    int weeks, people, projects, definition_count, supervisors;
    am_date from, as_of;
    struct definition definitions[DEFINITIONS_MOST];
    bool listed; /* an element of the list at hand was written */
};

/* ---- writing ---- */

static void put(const struct tiny *tiny, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static void put(const struct tiny *tiny, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    (void)vfprintf(tiny->out, fmt, args); /* the stream's error is looked at in the end */
    va_end(args);
}

static void put_date(const struct tiny *tiny, const char *key, am_date date)
{
    char text[AM_DATE_TEXT];
    put(tiny, ",\"%s\":\"%s\"", key, am_date_format(date, text));
}

static void next_element(struct tiny *tiny)
{
    put(tiny, tiny->listed ? ",\n " : "\n ");
    tiny->listed = true;
}

static void open_list(struct tiny *tiny, const char *key)
{
    put(tiny, ",\n\"%s\":[", key);
    tiny->listed = false;
}

static void close_list(const struct tiny *tiny)
{
    put(tiny, "]");
}

static const char *pick(struct tiny_random *random, const char *const *words, int count)
{
    return words[tiny_below(random, count)];
}

#define PICK(random, words) pick((random), (words), (int)(sizeof(words) / sizeof((words)[0])))

static int pick_number(struct tiny_random *random, const int *numbers, int count)
{
    return numbers[tiny_below(random, count)];
}

#define PICK_NUMBER(random, numbers)                                                               \
    pick_number((random), (numbers), (int)(sizeof(numbers) / sizeof((numbers)[0])))

static const char *const day_codes[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

/* Some of the days, at least one. */
static void put_days(const struct tiny *tiny, struct tiny_random *random, int percent)
{
    bool any = false;
    put(tiny, "\"days\":[");
    for (int d = 0; d < 7; d++) {
        if (!tiny_chance(random, percent) && !(d == 6 && !any))
            continue;
        put(tiny, "%s\"%s\"", any ? "," : "", day_codes[d]);
        any = true;
    }
    put(tiny, "]");
}

/* ---- ids, as they are told ---- */

struct id {
    char text[16];
};

/* Of a place P, a project J, a session D, a supervisor S. Renamed ones sort the other way. */
static struct id id_of(const struct tiny *tiny, char kind, int number)
{
    struct id id;
    (void)snprintf(id.text, sizeof id.text, tiny->telling->renamed ? "%c-%03d" : "%c%d", kind,
                   tiny->telling->renamed ? 900 - 7 * number : number);
    return id;
}

static struct id crn_of(const struct tiny *tiny, int person)
{
    struct id id;
    (void)snprintf(id.text, sizeof id.text, "%c%06d", tiny->telling->renamed ? 'Y' : 'X',
                   tiny->telling->renamed ? 900 - 7 * person : 101 + person);
    return id;
}

static void put_id(const struct tiny *tiny, const char *key, char kind, int number)
{
    put(tiny, "\"%s\":\"%s\"", key, id_of(tiny, kind, number).text);
}

static void put_crn(const struct tiny *tiny, int person)
{
    put(tiny, "\"crn\":\"%s\"", crn_of(tiny, person).text);
}

/* The i-th of so many that is told. */
static int told(const struct tiny *tiny, int i, int count)
{
    return tiny->telling->turned ? count - 1 - i : i;
}

/* ---- the frame and the policy ---- */

static void put_limits(const struct tiny *tiny, struct tiny_random *random)
{
    static const char *const lone[] = {"hard", "hard", "soft", "off"};
    static const int over[] = {100, 100, 100, 150, 120, 70};
    static const int heads[] = {0, 2, 3, 5};
    put(tiny, "\"lone_woman\":\"%s\",\"over_instruction_percent\":%d,\"near_empty_heads\":%d",
        PICK(random, lone), PICK_NUMBER(random, over), PICK_NUMBER(random, heads));
    if (tiny_chance(random, 20))
        put(tiny, ",\"availability_means\":\"leaves_home\"");
    if (tiny_chance(random, 15))
        put(tiny, ",\"induction_first\":false");
    if (tiny_chance(random, 10))
        put(tiny, ",\"ete_percent\":null");
    if (tiny_chance(random, 10))
        put(tiny, ",\"completion_months\":null");
    if (tiny_chance(random, 10))
        put(tiny, ",\"start_business_days\":null");
    if (tiny_chance(random, 10))
        put(tiny, ",\"travel_limit_minutes\":%s", tiny_chance(random, 50) ? "null" : "40");
    if (tiny_chance(random, 15))
        put(tiny, ",\"travel_estimates\":false");
    if (tiny_chance(random, 30))
        put(tiny, ",\"weekly_max_minutes\":%d", 300 + 60 * tiny_below(random, 9));
    if (tiny_chance(random, 20))
        put(tiny, ",\"shortest_appointment_minutes\":%d", 1 + tiny_below(random, 200));
    if (tiny_chance(random, 20))
        put(tiny, ",\"offer_minutes\":%d,\"offer_tolerance_minutes\":%d", tiny_below(random, 600),
            tiny_below(random, 100));
}

static void put_weights(const struct tiny *tiny, struct tiny_random *random)
{
    static const char *const names[] = {"start_late_day",   "must_minute",       "intensive_minute",
                                        "pace_minute",      "travel_minute",     "continuity_break",
                                        "supervisor_break", "person_disturbed",  "session_changed",
                                        "quality_point",    "preference_missed", "near_empty_head",
                                        "booked_minute",    "later_day",         "stand_down",
                                        "lone_woman_soft",  "unsupervised"};
    put(tiny, ",\"weights\":{\"offer_minute\":%d,\"ete_minute\":%d", 8 + tiny_below(random, 40),
        tiny_below(random, 8));
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (tiny_chance(random, 25))
            put(tiny, ",\"%s\":%d", names[i],
                tiny_chance(random, 25) ? 0 : tiny_below(random, 3000));
    put(tiny, "}");
}

static void put_frame(const struct tiny *tiny)
{
    struct tiny_random random = tiny_stream(tiny->seed, FRAME, 1);
    put(tiny, "{\"format\":\"amends-caseload/1\"");
    put_date(tiny, "as_of", tiny->as_of);
    char from[AM_DATE_TEXT], day[AM_DATE_TEXT];
    put(tiny, ",\"window\":{\"from\":\"%s\",\"weeks\":%d}", am_date_format(tiny->from, from),
        tiny->weeks);
    put(tiny, ",\"division\":\"england-and-wales\",\"bank_holidays\":[");
    if (tiny_chance(&random, 12))
        put(tiny, "\"%s\"", am_date_format(tiny->from + tiny_below(&random, 14) - 7, day));
    put(tiny, "],\n\"policy\":{");
    put_limits(tiny, &random);
    put_weights(tiny, &random);
    put(tiny, "}");
}

/* ---- places and journeys ---- */

static void put_places(struct tiny *tiny)
{
    open_list(tiny, "places");
    for (int n = 0; n < PLACES; n++) {
        int i = told(tiny, n, PLACES);
        struct tiny_random random = tiny_stream(tiny->seed, TRAVEL, i);
        next_element(tiny);
        put(tiny, "{");
        put_id(tiny, "id", 'P', i);
        if (tiny_chance(&random, 70)) /* within some kilometres of each other */
            put(tiny, ",\"lat\":53.%06d,\"lon\":-2.%06d", 450000 + tiny_below(&random, 40000),
                200000 + tiny_below(&random, 60000));
        put(tiny, "}");
    }
    close_list(tiny);
}

static void put_table(struct tiny *tiny, int index)
{
    static const char *const modes[] = {"car", "public_transport", "public_transport", "cycle"};
    static const char *const qualities[] = {"planner", "timetable", "routed", "estimated"};
    static const char *const directions[] = {"there", "back", "both"};
    struct tiny_random random = tiny_stream(tiny->seed, TRAVEL, 100 + index);
    int direction = index == 0 ? 2 : tiny_below(&random, 3);
    next_element(tiny);
    put(tiny, "{\"mode\":\"%s\",\"direction\":\"%s\",\"quality\":\"%s\"",
        index == 0 ? "public_transport" : PICK(&random, modes), directions[direction],
        PICK(&random, qualities));
    if (tiny_chance(&random, 30)) {
        put(tiny, ",");
        put_days(tiny, &random, 60);
    }
    if (direction == 0 && tiny_chance(&random, 60))
        put(tiny, ",\"arrive_by\":\"%s\"", tiny_chance(&random, 50) ? "09:00" : "08:45");
    if (direction == 1 && tiny_chance(&random, 60))
        put(tiny, ",\"depart_after\":\"%s\"", tiny_chance(&random, 50) ? "16:30" : "15:00");
    int places = index == 0 ? PLACES : 1 + tiny_below(&random, PLACES);
    for (int side = 0; side < 2; side++) {
        put(tiny, side == 0 ? ",\"from\":[" : "],\"to\":[");
        for (int i = 0; i < places; i++)
            put(tiny, "%s\"%s\"", i > 0 ? "," : "", id_of(tiny, 'P', i).text);
    }
    put(tiny, "],\"minutes\":[");
    for (int i = 0; i < places; i++) {
        put(tiny, i > 0 ? ",[" : "[");
        for (int k = 0; k < places; k++)
            if (tiny_chance(&random, 10))
                put(tiny, k > 0 ? ",null" : "null");
            else
                put(tiny, k > 0 ? ",%d" : "%d", 5 + tiny_below(&random, 86));
        put(tiny, "]");
    }
    put(tiny, "]}");
}

static void put_travel(struct tiny *tiny)
{
    struct tiny_random random = tiny_stream(tiny->seed, TRAVEL, 99);
    int tables = 1 + tiny_below(&random, 4);
    open_list(tiny, "travel");
    for (int i = 0; i < tables; i++)
        put_table(tiny, i);
    close_list(tiny);
}

/* ---- projects and their sessions ---- */

static struct definition draw_definition(const struct tiny *tiny, int index)
{
    static const int starts[] = {540, 540, 570, 600, 780};
    static const int lengths[] = {45, 90, 180, 240, 300, 360, 420, 480};
    struct tiny_random random = tiny_stream(tiny->seed, DEFINITION, index);
    struct definition d = {
        .project = index < tiny->projects ? index : tiny_below(&random, tiny->projects),
        .weekday = tiny_below(&random, tiny_chance(&random, 60) ? 3 : 7),
        .first_week = tiny_chance(&random, 50) ? -1 : 0,
        .start = PICK_NUMBER(&random, starts),
        .minutes = PICK_NUMBER(&random, lengths),
        .places = 1 + tiny_below(&random, 4),
        .min_group = tiny_below(&random, 4),
        .supervised = tiny_chance(&random, 50),
        .cancelled_week = tiny_chance(&random, 5) ? tiny_below(&random, tiny->weeks) : -1,
        .pinned_week = -1,
        .moved_week = tiny_chance(&random, 8) ? tiny_below(&random, tiny->weeks) : -1,
    };
    if (d.min_group > d.places)
        d.min_group = d.places;
    if (tiny_chance(&random, 3))
        d.places = 0;
    d.count = tiny_chance(&random, 30) ? 1 - d.first_week
                                       : tiny->weeks - d.first_week + tiny_below(&random, 4);
    /* of one definition alone, since pins may not contradict each other */
    if (index == 0 && d.supervised && tiny->supervisors > 0 && tiny_chance(&random, 40)) {
        d.pinned_week = tiny_below(&random, tiny->weeks);
        d.pinned_supervisor = tiny_below(&random, tiny->supervisors);
    }
    return d;
}

/* Does the definition have an occurrence in this week (from the window's)? */
static bool occurs(const struct definition *d, int week)
{
    return week >= d->first_week && week < d->first_week + d->count;
}

static am_date occurrence(const struct tiny *tiny, const struct definition *d, int week)
{
    return tiny->from + 7 * week + d->weekday;
}

static void put_override(const struct tiny *tiny, const struct definition *d, int week, bool *any)
{
    char date[AM_DATE_TEXT], time[AM_MINUTE_TEXT];
    bool cancelled = week == d->cancelled_week, pinned = week == d->pinned_week,
         moved = week == d->moved_week;
    if (!occurs(d, week) || (!cancelled && !pinned && !moved))
        return;
    (void)am_date_format(occurrence(tiny, d, week), date);
    put(tiny, "%s{\"date\":\"%s\"", *any ? "," : "", date);
    if (cancelled)
        put(tiny, ",\"cancelled\":true");
    if (pinned)
        put(tiny, ",\"supervisor\":\"%s\"", id_of(tiny, 'S', d->pinned_supervisor).text);
    if (moved)
        put(tiny, ",\"start\":\"%sT%s\"", date, am_minute_format(d->start + 30, time));
    put(tiny, "}");
    *any = true;
}

static void put_definition(const struct tiny *tiny, int index)
{
    const struct definition *d = &tiny->definitions[index];
    char date[AM_DATE_TEXT], time[AM_MINUTE_TEXT];
    put(tiny,
        "{\"id\":\"%s\",\"start\":\"%sT%s\",\"minutes\":%d,\"places\":%d,\"min_group\":%d,"
        "\"supervised\":%s,\"rrule\":\"FREQ=WEEKLY;COUNT=%d\",\"overrides\":[",
        id_of(tiny, 'D', index).text, am_date_format(occurrence(tiny, d, d->first_week), date),
        am_minute_format(d->start, time), d->minutes, d->places, d->min_group,
        d->supervised ? "true" : "false", d->count);
    bool any = false;
    for (int w = 0; w < tiny->weeks; w++)
        put_override(tiny, d, w, &any);
    put(tiny, "]}");
}

static const char *project_type(const struct tiny *tiny, int project)
{
    static const char *const types[] = {"group",      "group", "group",    "group",
                                        "individual", "ete",   "induction"};
    struct tiny_random random = tiny_stream(tiny->seed, PROJECT, project);
    return project == 0 ? "group" : PICK(&random, types);
}

static void put_project(struct tiny *tiny, int index)
{
    struct tiny_random random = tiny_stream(tiny->seed, PROJECT, 50 + index);
    next_element(tiny);
    put(tiny, "{");
    put_id(tiny, "code", 'J', index);
    put(tiny, ",\"name\":\"Project %d\",\"type\":\"%s\",", index, project_type(tiny, index));
    put_id(tiny, "place", 'P', tiny_below(&random, PLACES));
    put(tiny, ",\"quality\":%d,\"women_only\":%s,\"tags\":[%s],\"offers\":[%s],\"sessions\":[",
        tiny_below(&random, 6), tiny_chance(&random, 8) ? "true" : "false",
        tiny_chance(&random, 25) ? "\"children\"" : "",
        tiny_chance(&random, 60) ? "\"step_free\"" : "");
    bool any = false;
    for (int n = 0; n < tiny->definition_count; n++) {
        int i = told(tiny, n, tiny->definition_count);
        if (tiny->definitions[i].project != index)
            continue;
        put(tiny, any ? ",\n   " : "\n   ");
        put_definition(tiny, i);
        any = true;
    }
    put(tiny, "]}");
}

/* ---- availability ---- */

static void put_windows(const struct tiny *tiny, struct tiny_random *random, int percent)
{
    put(tiny, ",\"available\":[{");
    put_days(tiny, random, percent);
    put(tiny, ",\"from\":\"%s\",\"to\":\"%s\"}", tiny_chance(random, 80) ? "07:00" : "09:00",
        tiny_chance(random, 80) ? "20:00" : "16:00");
    if (tiny_chance(random, 30)) {
        char date[AM_DATE_TEXT];
        put(tiny, ",{");
        put_days(tiny, random, 50);
        put(tiny, ",\"from\":\"08:00\",\"to\":\"17:00\",\"every_weeks\":2,\"valid_from\":\"%s\"}",
            am_date_format(tiny->from - 7 * tiny_below(random, 4) + tiny_below(random, 4), date));
    }
    put(tiny, "]");
}

static void put_absences(const struct tiny *tiny, struct tiny_random *random, int percent)
{
    char date[AM_DATE_TEXT], until[AM_DATE_TEXT];
    if (!tiny_chance(random, percent))
        return;
    am_date day = tiny->from + tiny_below(random, 7 * tiny->weeks);
    (void)am_date_format(day, date);
    if (tiny_chance(random, 50))
        put(tiny, ",\"unavailable\":[{\"from\":\"%s\",\"to\":\"%s\"}]", date,
            am_date_format(day + tiny_below(random, 3), until));
    else
        put(tiny, ",\"unavailable\":[{\"from\":\"%sT12:00\",\"to\":\"%sT14:00\"}]", date, date);
}

static void put_supervisor(struct tiny *tiny, int index)
{
    struct tiny_random random = tiny_stream(tiny->seed, SUPERVISOR, index);
    next_element(tiny);
    put(tiny, "{");
    put_id(tiny, "code", 'S', index);
    put(tiny, ",\"gender\":\"%s\",\"group_limit\":%d", tiny_chance(&random, 50) ? "female" : "male",
        1 + tiny_below(&random, 5));
    if (tiny_chance(&random, 50))
        put(tiny, ",\"weekly_max_minutes\":%d", 240 + 120 * tiny_below(&random, 12));
    if (tiny_chance(&random, 15))
        put(tiny, ",\"projects\":[\"%s\",\"%s\"]", id_of(tiny, 'J', 0).text,
            id_of(tiny, 'J', 1 + tiny_below(&random, tiny->projects - 1)).text);
    put_windows(tiny, &random, 97);
    put_absences(tiny, &random, 10);
    put(tiny, "}");
}

/* ---- people ---- */

static int order_count(const struct tiny *tiny, int person)
{
    struct tiny_random random = tiny_stream(tiny->seed, PERSON, 100 + person);
    return tiny_chance(&random, 30) ? 2 + tiny_below(&random, 2) : 1;
}

static const char *event_of(const struct tiny *tiny, int person, int order)
{
    static const char *const events[3][3] = {{"2", "10", "1"}, {"1", "2", "A3"}, {"7", "01", "3"}};
    struct tiny_random random = tiny_stream(tiny->seed, PERSON, 200 + person);
    return events[tiny_below(&random, 3)][order];
}

static void put_status(const struct tiny *tiny, struct tiny_random *random, int person, int index)
{
    static const char *const statuses[] = {"suspended", "completed", "revoked"};
    if (tiny_chance(random, 5))
        put(tiny, ",\"status\":\"%s\"", PICK(random, statuses));
    if (index > 0 && tiny_chance(random, 50)) /* the earlier ones, so that there is no circle */
        put(tiny, ",\"runs\":{\"%s\":\"%s\"}",
            tiny_chance(random, 50) ? "after" : "concurrent_with",
            event_of(tiny, person, tiny_below(random, index)));
}

static void put_order(const struct tiny *tiny, int person, int index)
{
    static const int lefts[] = {30, 90, 200, 400, 500, 700, 1000, 1500, 3000, 3000};
    static const int ages[] = {3, 20, 26, 28, 29, 200, 330, 358, 363, 400};
    struct tiny_random draw = tiny_stream(tiny->seed, ORDER, 10 * person + index);
    struct tiny_random *random = &draw;
    int left = PICK_NUMBER(random, lefts), worked = 0;
    if (tiny_chance(random, 60))
        worked = 60 * tiny_below(random, 30);
    int adjustment = tiny_chance(random, 20) ? 30 * tiny_below(random, 4) - 30 : 0;
    put(tiny, "{\"event\":\"%s\",\"ordered_minutes\":%d,\"adjustment_minutes\":%d",
        event_of(tiny, person, index), left + worked, adjustment);
    put(tiny, ",\"worked_minutes\":%d,\"ete_minutes\":%d", worked,
        worked > 0 ? tiny_below(random, 1 + worked / 6) : 0);
    am_date sentence = tiny->from - PICK_NUMBER(random, ages) + (tiny_chance(random, 10) ? 6 : 0);
    am_date deadline = tiny->from - 4 + tiny_below(random, 40);
    put_date(tiny, "sentence_date", sentence);
    if (tiny_chance(random, 35))
        put_date(tiny, "deadline", deadline > sentence ? deadline : sentence);
    put_status(tiny, random, person, index);
    put(tiny, "}");
}

static void put_allocation(const struct tiny *tiny, struct tiny_random *random)
{
    static const char *const frequencies[] = {"once", "weekly", "weekly", "fortnightly"};
    if (!tiny_chance(random, 40))
        return;
    int project = tiny_below(random, tiny->projects);
    put(tiny, ",\"allocations\":[{\"project\":\"%s\",\"frequency\":\"%s\",",
        id_of(tiny, 'J', project).text, PICK(random, frequencies));
    put_days(tiny, random, 40);
    am_date from = tiny->from - 14 + tiny_below(random, 21);
    put_date(tiny, "from", from);
    if (tiny_chance(random, 40))
        put_date(tiny, "to", from + tiny_below(random, 21));
    put(tiny, "}]");
}

static void put_restrictions(const struct tiny *tiny, struct tiny_random *random, int person)
{
    if (tiny_chance(random, 10))
        put(tiny, ",\"must_avoid\":[\"children\"]");
    if (tiny_chance(random, 10))
        put(tiny, ",\"needs\":[\"step_free\"]");
    if (tiny_chance(random, 8))
        put(tiny, ",\"barred_projects\":[\"%s\"]",
            id_of(tiny, 'J', tiny_below(random, tiny->projects)).text);
    if (tiny_chance(random, 8))
        put(tiny, ",\"barred_places\":[\"%s\"]", id_of(tiny, 'P', tiny_below(random, PLACES)).text);
    if (tiny_chance(random, 20))
        put(tiny, ",\"prefers\":[\"%s\"]",
            id_of(tiny, 'J', tiny_below(random, tiny->projects)).text);
    if (tiny_chance(random, 9))
        put(tiny, ",\"supervisor_gender\":\"%s\"", tiny_chance(random, 50) ? "female" : "male");
    int other = tiny_below(random, tiny->people);
    bool apart = tiny_chance(random, 20) && other != person;
    if (!apart || other == tiny->telling->left_out)
        return;
    put(tiny, ",\"keep_apart\":[\"%s\"]", crn_of(tiny, other).text);
}

static void put_work(const struct tiny *tiny, struct tiny_random *random)
{
    if (tiny_chance(random, 65))
        put_date(tiny, "inducted_on", tiny->from - 20);
    if (tiny_chance(random, 25))
        put(tiny, ",\"intensive\":{\"agreed\":true,\"target_minutes\":%d}",
            600 + 60 * tiny_below(random, 18));
    if (tiny_chance(random, 25))
        put(tiny, ",\"weekly_max_minutes\":%d", 240 + 60 * tiny_below(random, 20));
    if (tiny_chance(random, 50))
        put(tiny, ",\"wants_ete\":true");
    if (tiny_chance(random, 50))
        put(tiny, ",\"attendance\":%d", 20 + tiny_below(random, 81));
}

static void put_person(struct tiny *tiny, int person)
{
    static const char *const genders[] = {"female", "female", "male",   "male",
                                          "male",   "other",  "unknown"};
    static const char *const placements[] = {"\"mixed_group\",\"women_only\",\"individual\"",
                                             "\"mixed_group\",\"individual\"",
                                             "\"mixed_group\",\"women_only\",\"individual\"",
                                             "\"mixed_group\"", "\"women_only\",\"individual\""};
    static const char *const modes[] = {"\"walk\",\"public_transport\"",
                                        "\"walk\",\"car\",\"public_transport\"",
                                        "\"public_transport\"", "\"car\",\"public_transport\"",
                                        "\"walk\",\"cycle\",\"public_transport\""};
    struct tiny_random random = tiny_stream(tiny->seed, PERSON, person);
    if (person == tiny->telling->left_out)
        return;
    next_element(tiny);
    put(tiny, "{");
    put_crn(tiny, person);
    put(tiny, ",\"gender\":\"%s\",\"placement\":[%s],\"travel_modes\":[%s]", PICK(&random, genders),
        PICK(&random, placements), PICK(&random, modes));
    put(tiny, ",");
    put_id(tiny, "home", 'P', tiny_below(&random, PLACES));
    put(tiny, ",\"consents_alone\":%s,\"may_join_women_only\":%s",
        tiny_chance(&random, 30) ? "true" : "false", tiny_chance(&random, 30) ? "true" : "false");
    put_windows(tiny, &random, 92);
    put_absences(tiny, &random, 12);
    put_work(tiny, &random);
    put_restrictions(tiny, &random, person);
    put_allocation(tiny, &random);
    put(tiny, ",\"orders\":[");
    int orders = order_count(tiny, person);
    for (int i = 0; i < orders; i++) {
        if (i > 0)
            put(tiny, ",");
        put_order(tiny, person, told(tiny, i, orders));
    }
    put(tiny, "]}");
}

/* ---- what is booked ---- */

struct booking {
    int person, definition, week;
};

static void put_booking(struct tiny *tiny, struct tiny_random *random, struct booking booking,
                        const char *state, bool pinned)
{
    const struct definition *d = &tiny->definitions[booking.definition];
    char date[AM_DATE_TEXT], time[AM_MINUTE_TEXT];
    int start = d->start + (booking.week == d->moved_week ? 30 : 0);
    next_element(tiny);
    put(tiny, "{");
    put_crn(tiny, booking.person);
    put(tiny,
        ",\"event\":\"%s\",\"session\":\"%s\",\"date\":\"%s\",\"start\":\"%s\",\"minutes\":%d,"
        "\"state\":\"%s\"",
        event_of(tiny, booking.person, tiny_below(random, order_count(tiny, booking.person))),
        id_of(tiny, 'D', booking.definition).text,
        am_date_format(occurrence(tiny, d, booking.week), date), am_minute_format(start, time),
        tiny_chance(random, 80) ? d->minutes : 40, state);
    if (state[0] == 'a')
        put(tiny, ",\"credited\":%d", tiny_chance(random, 70) ? d->minutes : 20);
    if (pinned)
        put(tiny, ",\"pinned\":true");
    /* a pin without a supervisor, since pins may not contradict each other */
    if (tiny->supervisors > 0 && !pinned && tiny_chance(random, 60))
        put(tiny, ",\"supervisor\":\"%s\"",
            id_of(tiny, 'S', tiny_below(random, tiny->supervisors)).text);
    put(tiny, "}");
}

/* Booked the week before the window, with an outcome or yet without. */
static void put_last_week(struct tiny *tiny, int person)
{
    static const char *const states[] = {"attended",   "attended", "missed", "missed_unacceptable",
                                         "stood_down", "booked"};
    struct tiny_random random = tiny_stream(tiny->seed, BOOKED, 100 + person);
    int definition = tiny_below(&random, tiny->definition_count);
    if (occurs(&tiny->definitions[definition], -1) && tiny_chance(&random, 60))
        put_booking(tiny, &random, (struct booking){person, definition, -1}, PICK(&random, states),
                    false);
}

/* Booked in the window, at most one: pinned, past, recorded, or merely booked. */
static void put_this_window(struct tiny *tiny, int person)
{
    static const char *const states[] = {"attended", "attended", "missed", "stood_down", "booked"};
    struct tiny_random random = tiny_stream(tiny->seed, BOOKED, 200 + person);
    int definition = tiny_below(&random, tiny->definition_count);
    int week = tiny_below(&random, tiny->weeks);
    const struct definition *d = &tiny->definitions[definition];
    if (!occurs(d, week) || !tiny_chance(&random, 35))
        return;
    am_date date = occurrence(tiny, d, week);
    struct booking booking = {person, definition, week};
    if (date <= tiny->as_of)
        put_booking(tiny, &random, booking, PICK(&random, states), false);
    else
        put_booking(tiny, &random, booking, "booked", tiny_chance(&random, 60));
}

/* In one order however the people are told, since it breaks ties. */
static void put_appointments(struct tiny *tiny)
{
    open_list(tiny, "appointments");
    for (int p = 0; p < tiny->people; p++) {
        if (p == tiny->telling->left_out)
            continue;
        put_last_week(tiny, p);
        put_this_window(tiny, p);
    }
    close_list(tiny);
}

static void put_published(struct tiny *tiny)
{
    struct tiny_random random = tiny_stream(tiny->seed, PUBLISHED, 0);
    char date[AM_DATE_TEXT];
    if (!tiny_chance(&random, 35))
        return;
    put(tiny, ",\n\"published\":{\"appointments\":[");
    tiny->listed = false;
    for (int p = 0; p < tiny->people; p++) {
        struct tiny_random draw = tiny_stream(tiny->seed, PUBLISHED, 10 + p);
        int definition = tiny_below(&draw, tiny->definition_count);
        int week = tiny_below(&draw, tiny->weeks);
        const struct definition *d = &tiny->definitions[definition];
        if (!occurs(d, week) || p == tiny->telling->left_out || !tiny_chance(&draw, 70))
            continue;
        next_element(tiny);
        put(tiny, "{");
        put_crn(tiny, p);
        put(tiny, ",\"session\":\"%s\",\"date\":\"%s\"}", id_of(tiny, 'D', definition).text,
            am_date_format(occurrence(tiny, d, week), date));
    }
    put(tiny, "],\"sessions\":[");
    tiny->listed = false;
    for (int i = 0; i < tiny->definition_count; i++) {
        const struct definition *d = &tiny->definitions[i];
        if (!occurs(d, 0) || !tiny_chance(&random, 50))
            continue;
        next_element(tiny);
        put(tiny, "{\"session\":\"%s\",\"date\":\"%s\"", id_of(tiny, 'D', i).text,
            am_date_format(occurrence(tiny, d, 0), date));
        if (tiny->supervisors > 0 && tiny_chance(&random, 70))
            put(tiny, ",\"supervisor\":\"%s\"",
                id_of(tiny, 'S', tiny_below(&random, tiny->supervisors)).text);
        put(tiny, "}");
    }
    put(tiny, "]}");
}

static void put_waivers(struct tiny *tiny)
{
    static const char *const rules[] = {"R2", "R3", "R5", "R7", "R10", "R11", "R12", "R13", "R16"};
    open_list(tiny, "waivers");
    for (int p = 0; p < tiny->people; p++) {
        struct tiny_random random = tiny_stream(tiny->seed, WAIVER, p);
        if (!tiny_chance(&random, 20) || p == tiny->telling->left_out)
            continue;
        const char *rule = PICK(&random, rules);
        next_element(tiny);
        put(tiny, "{\"rule\":\"%s\",\"by\":\"the manager\",", rule);
        put_crn(tiny, p);
        put_date(tiny, "until", tiny->from - 3 + tiny_below(&random, 23)); /* ended, too */
        bool whole = rule[1] == '5' || rule[1] == '7' || rule[2] == '6';   /* R5, R7, R16 */
        if (!whole && tiny_chance(&random, 40))
            put(tiny, ",\"session\":\"%s\"",
                id_of(tiny, 'D', tiny_below(&random, tiny->definition_count)).text);
        else if (!whole && tiny_chance(&random, 40))
            put(tiny, ",\"project\":\"%s\"",
                id_of(tiny, 'J', tiny_below(&random, tiny->projects)).text);
        put(tiny, "}");
    }
    close_list(tiny);
}

/* ---- the whole ---- */

static void draw_frame(struct tiny *tiny)
{
    struct tiny_random random = tiny_stream(tiny->seed, FRAME, 0);
    tiny->from = am_date_of(2026, 3, 2);
    tiny->weeks = tiny_chance(&random, 25) ? 2 : 1;
    tiny->as_of = tiny_chance(&random, 30) ? tiny->from + tiny_below(&random, 4) : tiny->from - 4;
    tiny->people = tiny_people(tiny->seed) + tiny->telling->more_people;
    tiny->projects = 2 + tiny_below(&random, 3);
    tiny->supervisors = tiny_chance(&random, 10) ? 0 : 1 + tiny_below(&random, SUPERVISORS_MOST);
    tiny->definition_count = tiny->weeks == 2 ? 2 + tiny_below(&random, 2)
                                              : 2 + tiny_below(&random, DEFINITIONS_MOST - 1);
    if (tiny->projects > tiny->definition_count)
        tiny->projects = tiny->definition_count;
    for (int i = 0; i < tiny->definition_count; i++)
        tiny->definitions[i] = draw_definition(tiny, i);
}

int tiny_people(uint64_t seed)
{
    static const int counts[] = {3, 3, 4, 4, 5, 5, 6, 7};
    struct tiny_random random = tiny_stream(seed, FRAME, 2);
    return PICK_NUMBER(&random, counts);
}

static void put_all(struct tiny *tiny)
{
    put_frame(tiny);
    put_places(tiny);
    put_travel(tiny);
    open_list(tiny, "projects");
    for (int i = 0; i < tiny->projects; i++)
        put_project(tiny, told(tiny, i, tiny->projects));
    close_list(tiny);
    open_list(tiny, "supervisors");
    for (int i = 0; i < tiny->supervisors; i++)
        put_supervisor(tiny, told(tiny, i, tiny->supervisors));
    close_list(tiny);
    open_list(tiny, "people");
    for (int i = 0; i < tiny->people; i++)
        put_person(tiny, told(tiny, i, tiny->people));
    close_list(tiny);
    put_appointments(tiny);
    put_published(tiny);
    put_waivers(tiny);
    put(tiny, "}\n");
}

char *tiny_json(uint64_t seed, const struct tiny_telling *telling)
{
    char *text = NULL;
    size_t size = 0;
    struct tiny tiny = {.seed = seed, .telling = telling};
    tiny.out = open_memstream(&text, &size);
    if (!tiny.out)
        return NULL;
    draw_frame(&tiny);
    put_all(&tiny);
    bool failed = ferror(tiny.out) != 0;
    failed = fclose(tiny.out) != 0 || failed;
    if (failed) {
        free(text);
        return NULL;
    }
    return text;
}
