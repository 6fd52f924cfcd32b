/*
 * gen - seeded caseloads from twenty to fifty thousand people, made up but
 * shaped like real ones.
 *
 * The same options give the same bytes with every compiler: whole numbers
 * only, and a generator of random numbers of our own. Each topic draws from a
 * stream of its own, so that a change to one leaves the others as they were;
 * no two draws stand in one expression, where compilers may choose the order.
 *
 * The country is made of regions (a city and its towns), each of boroughs (a
 * delivery unit of about 500 people). Homes, sites, projects, supervisors and
 * people are kept by borough, one borough after the other.
 */
#ifndef AM_BENCHMARKS_GEN_H
#define AM_BENCHMARKS_GEN_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"
#include "model/caseload.h"

struct gen_options {
    int people;
    uint64_t seed;
    int weeks;
    int supervisors_percent; /* of the usual number; 0: no session is supervised */
    bool plant;
    const char *output; /* NULL: stdout */
};

/* ---- random numbers (splitmix64) ---- */

enum gen_topic {
    GEN_HOMES,
    GEN_SITES,
    GEN_PROJECTS,
    GEN_SUPERVISORS,
    GEN_PEOPLE,
    GEN_ALLOCATIONS,
    GEN_OUTCOMES,
    GEN_SPECIALS,
    GEN_ROADS
};

struct gen_random {
    uint64_t state;
};

struct gen_random gen_stream(uint64_t seed, enum gen_topic topic, int64_t index);
uint64_t gen_next(struct gen_random *random);
int gen_below(struct gen_random *random, int count); /* 0 .. count - 1 */
int gen_between(struct gen_random *random, int low, int high);
bool gen_chance(struct gen_random *random, int per_mille);
/* An index, weighted; the weights end with -1. */
int gen_pick(struct gen_random *random, const int *weights);
/* A number that depends on nothing but these, 0 .. count - 1. */
int gen_hash(uint64_t seed, int64_t a, int64_t b, int count);

/* ---- the country ---- */

struct gen_town {
    int region, borough; /* borough within the region */
    const char *name;
    int32_t lat, lon; /* ten-thousandths of a degree */
    bool hub;         /* where the region's lines meet */
};

extern const struct gen_town gen_towns[];
extern const int gen_town_count;

enum { GEN_REGION_COUNT = 20, GEN_REGION_PEOPLE = 2500, GEN_BOROUGH_PEOPLE = 500 };

/* Metres between two points given in millionths of a degree. */
int gen_metres(int32_t lat1, int32_t lon1, int32_t lat2, int32_t lon2);

struct gen_place {
    int town;
    int number; /* within its borough */
    int32_t lat, lon;
    int access_min; /* on foot to the nearest stop */
};

/* first and count of a borough's share of an array */
struct gen_range {
    int first, count;
};

struct gen_borough {
    int region;
    struct gen_range towns, people, homes, sites, projects, supervisors;
};

/* ---- projects ---- */

enum gen_tag {
    GEN_CHILDREN,
    GEN_VULNERABLE_ADULTS,
    GEN_INTERNET,
    GEN_ALCOHOL,
    GEN_ANIMALS,
    GEN_OUTDOOR,
    GEN_PUBLIC_FACING,
    GEN_MACHINERY,
    GEN_TAG_COUNT
};

enum gen_offer {
    GEN_STEP_FREE,
    GEN_LIGHT_DUTY,
    GEN_INDOORS,
    GEN_TOILETS,
    GEN_QUIET,
    GEN_OFFER_COUNT
};

extern const char *const gen_tag_names[];
extern const char *const gen_offer_names[];

/* A session as it recurs: on these weekdays, every n-th week. */
struct gen_slot {
    int project;
    char letter;
    am_weekdays days;
    int every_weeks;
    int start, minutes;
    int places, min_group;
    bool supervised;
    am_date since;       /* its first date */
    int16_t leader[7];   /* standing supervisor by weekday, -1: does not usually run */
    int16_t standing[7]; /* people with an allocation, by weekday */
    am_date exdate;      /* AM_NO_DATE: none */
    am_date cancelled;   /* likewise */
    int pinned_weekday;  /* -1: none; its standing supervisor is pinned in the window */
};

struct gen_project {
    int borough, site;
    enum am_project_type type;
    const char *kind; /* "Canal towpath" */
    uint32_t tags, offers;
    bool women_only;
    int quality;
    int first_slot, slot_count;
};

/* ---- supervisors ---- */

struct gen_supervisor {
    int borough;
    enum am_gender gender;
    am_weekdays days, evenings;
    int group_limit, weekly_max_min;
    bool any_project;
    am_date away_from; /* AM_NO_DATE: no leave */
    int away_days;
    uint64_t skipped; /* bit n: not qualified for the borough's n-th project */
};

/* ---- people ---- */

enum gen_life { GEN_UNEMPLOYED, GEN_DAY_WORK, GEN_SHIFT_WORK, GEN_CARER, GEN_LIFE_COUNT };

struct gen_window {
    am_weekdays days;
    int from, to;
    int every_weeks;
    am_date valid_from; /* AM_NO_DATE: none */
};

struct gen_order {
    am_date sentence_date, deadline; /* AM_NO_DATE: by policy */
    int ordered_min, adjustment_min, worked_min, ete_min;
    enum am_runs runs;
    bool suspended;
};

enum { GEN_WINDOWS = 4, GEN_ORDERS = 2 };

struct gen_person {
    int borough, home;
    enum am_gender gender;
    enum gen_life life;
    bool limited_access, consents_alone, may_join_women_only, wants_ete, intensive;
    uint8_t placement;
    am_modes modes;
    struct gen_order orders[GEN_ORDERS];
    int order_count;
    am_date inducted_on;
    struct gen_window windows[GEN_WINDOWS];
    int window_count;
    am_stamp away_from, away_to; /* equal: none */
    int intensive_target_min;
    uint32_t needs, must_avoid;
    int barred_project, barred_site; /* -1: none */
    int keep_apart;                  /* a person, -1: none */
    int supervisor_gender;           /* -1: no demand */
    int attendance;                  /* 0: not given */
    int prefers;                     /* a project, -1: none */
    int slot, weekday;               /* standing allocation, -1: none */
    bool fortnightly;
    am_date allocated_from;
};

/* ---- the whole ---- */

struct gen_world {
    struct am_arena arena;
    struct gen_options options;
    am_date from, as_of;
    struct gen_borough *boroughs;
    int borough_count;
    struct gen_range regions[GEN_REGION_COUNT]; /* of boroughs */
    int region_count;
    struct gen_place *homes, *sites;
    int home_count, site_count;
    struct gen_project *projects;
    int project_count;
    struct gen_slot *slots;
    int slot_count, slot_room;
    struct gen_supervisor *supervisors;
    int supervisor_count;
    struct gen_person *people;
    int person_count;
};

/* In this order, each from what the earlier ones made. False: no memory. */
AM_MUST_CHECK bool gen_make_country(struct gen_world *world);
AM_MUST_CHECK bool gen_make_projects(struct gen_world *world);
AM_MUST_CHECK bool gen_make_supervisors(struct gen_world *world);
AM_MUST_CHECK bool gen_make_people(struct gen_world *world);
void gen_make_allocations(struct gen_world *world);

bool gen_slot_runs(const struct gen_slot *slot, am_date date);
/* Does the session's standing supervisor work on that day of the window's first week? */
bool gen_leader_there(const struct gen_world *world, const struct gen_slot *slot, int weekday);
bool gen_person_free(const struct gen_person *person, const struct gen_slot *slot, am_date date);
/* Types of placement, restrictions, needs and bars; not time, not travel. */
bool gen_person_suits(const struct gen_world *world, const struct gen_person *person,
                      const struct gen_slot *slot);

/* ---- journeys ---- */

/* One table of public transport; hour in minutes of the day. */
struct gen_timetable {
    enum am_direction direction;
    am_weekdays days;
    int hour;
    int kind; /* how thin the service is: 0 day, 1 evening, 2 Saturday, 3 Sunday */
};

extern const struct gen_timetable gen_timetables[];
extern const int gen_timetable_count;

/* Minutes by public transport, -1 where there is no journey. */
int gen_transit_min(const struct gen_world *world, int home, int site,
                    const struct gen_timetable *table);
/* Seconds by car. */
int gen_car_sec(const struct gen_world *world, int home, int site, enum am_direction direction);
/* Does this table serve this session on some day, and with how much waiting (-1: not)? */
int gen_table_gap(const struct gen_timetable *table, const struct gen_slot *slot, int weekday);
/* The longer leg in minutes by the person's best mode, -1 where none is known. */
int gen_longest_leg(const struct gen_world *world, const struct gen_person *person,
                    const struct gen_slot *slot, int weekday);

/* ---- writing ---- */

void gen_write(const struct gen_world *world, FILE *out);
void gen_write_travel(const struct gen_world *world, FILE *out);
void gen_write_people(const struct gen_world *world, FILE *out);
void gen_write_history(const struct gen_world *world, FILE *out);
void gen_write_days(am_weekdays days, FILE *out); /* ["MO","TU"] */

/* A caseload of which the optimum is known (gen_plant.c). */
AM_MUST_CHECK bool gen_write_planted(const struct gen_options *options, FILE *out);

#endif
