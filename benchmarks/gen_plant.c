/*
 * A caseload whose optimum is known before anything is solved.
 *
 * Everybody may work one day of 420 minutes in the week (weekly maximum 420),
 * has long orders with neither deadline nor start limit, is inducted, and
 * nothing has happened or is booked before. Then a person booked to a session
 * of day d with journeys there and back of t minutes in all costs
 *
 *     travel_minute * t + later_day * d - booked_minute * 420  =  5 (t + d) - 420
 *
 * and one who is not booked costs offer_minute * (420 - 60) = 7200. All
 * journeys are made with t >= B - d, B = 60, so that nobody costs less than
 * 5 B - 420 = -120. Sessions cost nothing or more: everything has quality 5 and
 * nobody has preferences; heads short of five and stand-downs only add. So
 * -120 a person is a lower bound, by adding up what each costs at the least.
 *
 * It is attained: people are dealt out to sessions, filling each to its last
 * place, and t = B - d is planted between everybody's home and their session;
 * a supervisor for each of these sessions is free on its day; people to be
 * kept apart are taken from different sessions. As many other journeys are
 * made as short, other sessions stand beside these without a supervisor to
 * spare, and there is no place too many: to find the optimum, a roster must
 * fill every place and yet give everybody a journey of the shortest kind.
 */
#include "benchmarks/gen.h"

enum {
    BLOCK_PEOPLE = 250,
    SESSION_PEOPLE = 8,
    HOME_PEOPLE = 6,
    SESSION_MIN = 420,
    SHORTEST_MIN = 60, /* B: there, back and the day's number */
    COST_EACH = 5 * SHORTEST_MIN - SESSION_MIN,
    FAR_MIN = 25, /* how much longer other journeys can be, each way */
    WORKDAYS = 5
};

/* Sessions first..: planted ones, then the others; homes likewise by block. */
struct block {
    struct gen_range people, homes, sessions;
    int planted;
    uint8_t *extra; /* minutes beyond the shortest, [home * sessions.count + session] */
};

struct planted {
    struct am_arena arena;
    uint64_t seed;
    struct block *blocks;
    int block_count;
    int *session_of; /* of each person, within the block */
};

static int day_of(int session)
{
    return session % WORKDAYS;
}

static int places_of(const struct block *block, int session)
{
    if (session >= block->planted)
        return SESSION_PEOPLE;
    return block->people.count / block->planted + (session < block->people.count % block->planted);
}

static int home_of(const struct block *block, int person)
{
    return person % block->homes.count;
}

/* Deal the places of the planted sessions out in a random order. */
static void deal(struct planted *plant, const struct block *block, struct gen_random *random)
{
    int *session_of = &plant->session_of[block->people.first], dealt = 0;
    for (int s = 0; s < block->planted; s++)
        for (int i = 0; i < places_of(block, s); i++)
            session_of[dealt++] = s;
    for (int i = block->people.count - 1; i > 0; i--) {
        int j = gen_below(random, i + 1), kept = session_of[i];
        session_of[i] = session_of[j];
        session_of[j] = kept;
    }
}

static bool plant_journeys(struct planted *plant, struct block *block, struct gen_random *random)
{
    size_t cells = (size_t)block->homes.count * (size_t)block->sessions.count;
    block->extra = AM_ARENA_NEW(&plant->arena, cells, uint8_t);
    if (block->extra == NULL)
        return false;
    for (size_t i = 0; i < cells; i++)
        block->extra[i] = gen_chance(random, 150) ? 0 : (uint8_t)gen_between(random, 1, FAR_MIN);
    for (int p = 0; p < block->people.count; p++)
        block->extra[home_of(block, p) * block->sessions.count +
                     plant->session_of[block->people.first + p]] = 0;
    return true;
}

static bool lay_out(struct planted *plant, const struct gen_options *options)
{
    int count = options->people < BLOCK_PEOPLE ? 1 : options->people / BLOCK_PEOPLE;
    struct gen_range people = {0, 0}, homes = {0, 0}, sessions = {0, 0};
    plant->block_count = count;
    plant->blocks = AM_ARENA_NEW(&plant->arena, (size_t)count, struct block);
    plant->session_of = AM_ARENA_NEW(&plant->arena, (size_t)options->people, int);
    if (plant->blocks == NULL || plant->session_of == NULL)
        return false;
    for (int b = 0; b < count; b++) {
        struct gen_random random = gen_stream(options->seed, GEN_PEOPLE, b);
        struct block *block = &plant->blocks[b];
        people.count = options->people / count + (b < options->people % count);
        homes.count = 1 + people.count / HOME_PEOPLE;
        block->planted = people.count / SESSION_PEOPLE + 1;
        sessions.count = block->planted + block->planted / 3;
        block->people = people, block->homes = homes, block->sessions = sessions;
        deal(plant, block, &random);
        if (!plant_journeys(plant, block, &random))
            return false;
        people.first += people.count, homes.first += homes.count, sessions.first += sessions.count;
    }
    return true;
}

/* ---- writing ---- */

static void write_places(const struct planted *plant, FILE *out)
{
    const struct block *last = &plant->blocks[plant->block_count - 1];
    int homes = last->homes.first + last->homes.count;
    int sites = last->sessions.first + last->sessions.count;
    fputs("  \"places\": [\n", out);
    for (int h = 0; h < homes; h++)
        fprintf(out, "    {\"id\": \"H%d\"},\n", h + 1);
    for (int s = 0; s < sites; s++)
        fprintf(out, "    {\"id\": \"S%d\"}%s\n", s + 1, s + 1 < sites ? "," : "");
    fputs("  ],\n", out);
}

/* Somebody of another session, now and then: nobody who shares the planted one. */
static int kept_apart(const struct planted *plant, const struct block *block, int p,
                      struct gen_random *random)
{
    int other = gen_below(random, block->people.count);
    const int *session_of = &plant->session_of[block->people.first];
    return gen_chance(random, 30) && session_of[other] != session_of[p] ? other : -1;
}

static void write_person(const struct planted *plant, const struct block *block, int p, FILE *out)
{
    int number = block->people.first + p;
    struct gen_random random = gen_stream(plant->seed, GEN_SPECIALS, number);
    am_weekdays days = (am_weekdays)(1 << day_of(plant->session_of[number]));
    int often = gen_below(&random, 32), others = often & gen_below(&random, 32);
    days = (am_weekdays)(days | others);
    int other = kept_apart(plant, block, p, &random);
    fprintf(out,
            "    {\"crn\": \"X%06d\", \"gender\": \"male\", \"placement\": [\"mixed_group\"], "
            "\"home\": \"H%d\", \"travel_modes\": [\"public_transport\"], \"orders\": [{\"event\": "
            "\"1\", \"sentence_date\": \"2025-12-01\", \"ordered_minutes\": 12000, "
            "\"adjustment_minutes\": 0, \"worked_minutes\": 0, \"ete_minutes\": 0, \"status\": "
            "\"active\"}], \"inducted_on\": \"2025-12-10\", \"available\": [{\"days\": ",
            100001 + number, block->homes.first + home_of(block, p) + 1);
    gen_write_days(days, out);
    fputs(", \"from\": \"08:00\", \"to\": \"18:00\"}]", out);
    if (other >= 0)
        fprintf(out, ", \"keep_apart\": [\"X%06d\"]", 100001 + block->people.first + other);
    fputs(", \"wants_ete\": false}", out);
}

static void write_people(const struct planted *plant, FILE *out)
{
    fputs("  \"people\": [\n", out);
    for (int b = 0; b < plant->block_count; b++) {
        for (int p = 0; p < plant->blocks[b].people.count; p++) {
            fputs(b + p > 0 ? ",\n" : "", out);
            write_person(plant, &plant->blocks[b], p, out);
        }
    }
    fputs("\n  ],\n", out);
}

static void write_project(const struct block *block, int s, FILE *out)
{
    int number = block->sessions.first + s + 1, day = day_of(s);
    fprintf(out,
            "    {\"code\": \"P%d\", \"name\": \"Project %d\", \"type\": \"group\", \"place\": "
            "\"S%d\", \"women_only\": false, \"quality\": 5, \"sessions\": [{\"id\": \"P%d-A\", "
            "\"start\": \"2026-03-%02dT09:00\", \"minutes\": %d, \"places\": %d, \"min_group\": 5, "
            "\"supervised\": true}]}",
            number, number, number, number, 2 + day, SESSION_MIN, places_of(block, s));
}

static void write_projects(const struct planted *plant, FILE *out)
{
    fputs("  \"projects\": [\n", out);
    for (int b = 0; b < plant->block_count; b++) {
        for (int s = 0; s < plant->blocks[b].sessions.count; s++) {
            fputs(b + s > 0 ? ",\n" : "", out);
            write_project(&plant->blocks[b], s, out);
        }
    }
    fputs("\n  ],\n", out);
}

/* For each planted session one supervisor, free on its day alone, who could
 * also lead a few others. */
static void write_supervisor(const struct planted *plant, const struct block *block, int s,
                             FILE *out)
{
    int number = block->sessions.first + s;
    struct gen_random random = gen_stream(plant->seed, GEN_SUPERVISORS, number);
    fprintf(out,
            "    {\"code\": \"SV%d\", \"name\": \"Supervisor %d\", \"gender\": \"%s\", "
            "\"available\": [{\"days\": ",
            number + 1, number + 1, gen_chance(&random, 400) ? "female" : "male");
    gen_write_days((am_weekdays)(1 << day_of(s)), out);
    fprintf(out,
            ", \"from\": \"08:00\", \"to\": \"18:00\"}], \"group_limit\": 12, "
            "\"weekly_max_minutes\": %d, \"projects\": [\"P%d\"",
            SESSION_MIN, number + 1);
    for (int other = 0; other < block->sessions.count; other++)
        if (other != s && day_of(other) == day_of(s) && gen_chance(&random, 300))
            fprintf(out, ", \"P%d\"", block->sessions.first + other + 1);
    fputs("]}", out);
}

static void write_supervisors(const struct planted *plant, FILE *out)
{
    fputs("  \"supervisors\": [\n", out);
    for (int b = 0; b < plant->block_count; b++) {
        for (int s = 0; s < plant->blocks[b].planted; s++) {
            fputs(b + s > 0 ? ",\n" : "", out);
            write_supervisor(plant, &plant->blocks[b], s, out);
        }
    }
    fputs("\n  ],\n", out);
}

static void write_ids(const char *key, char letter, struct gen_range range, FILE *out)
{
    fprintf(out, "\"%s\": [", key);
    for (int i = 0; i < range.count; i++)
        fprintf(out, "%s\"%c%d\"", i == 0 ? "" : ", ", letter, range.first + i + 1);
    fputs("], ", out);
}

/* B - d minutes in all, half of them there, and what the other journeys have more each way. */
static int leg_min(const struct block *block, int home, int session, bool there)
{
    int both = SHORTEST_MIN - day_of(session), half = both / 2;
    return (there ? half : both - half) + block->extra[home * block->sessions.count + session];
}

static void write_table(const struct block *block, bool there, FILE *out)
{
    struct gen_range rows = there ? block->homes : block->sessions;
    struct gen_range columns = there ? block->sessions : block->homes;
    fprintf(out, "    {\"mode\": \"public_transport\", \"direction\": \"%s\", ",
            there ? "there" : "back");
    fputs("\"quality\": \"timetable\", ", out);
    write_ids("from", there ? 'H' : 'S', rows, out);
    write_ids("to", there ? 'S' : 'H', columns, out);
    fputs("\"minutes\": [", out);
    for (int r = 0; r < rows.count; r++) {
        fputs(r == 0 ? "\n      [" : "],\n      [", out);
        for (int c = 0; c < columns.count; c++)
            fprintf(out, "%s%d", c == 0 ? "" : ",",
                    leg_min(block, there ? r : c, there ? c : r, there));
    }
    fputs("]]}", out);
}

static void write_travel(const struct planted *plant, FILE *out)
{
    fputs("  \"travel\": [\n", out);
    for (int b = 0; b < plant->block_count; b++) {
        fputs(b > 0 ? ",\n" : "", out);
        write_table(&plant->blocks[b], true, out);
        fputs(",\n", out);
        write_table(&plant->blocks[b], false, out);
    }
    fputs("\n  ],\n", out);
}

bool gen_write_planted(const struct gen_options *options, FILE *out)
{
    struct planted plant = {.seed = options->seed};
    am_arena_init(&plant.arena);
    bool laid_out = lay_out(&plant, options);
    if (laid_out) {
        fprintf(out,
                "{\n  \"format\": \"amends-caseload/1\",\n  \"x-planted\": {\"objective\": %d},\n"
                "  \"as_of\": \"2026-02-26\",\n  \"window\": {\"from\": \"2026-03-02\", \"weeks\": "
                "1},\n  \"policy\": {\"weekly_max_minutes\": %d, \"completion_months\": null, "
                "\"start_business_days\": null},\n  \"bank_holidays\": [],\n",
                COST_EACH * options->people, SESSION_MIN);
        write_places(&plant, out);
        write_people(&plant, out);
        write_projects(&plant, out);
        write_supervisors(&plant, out);
        write_travel(&plant, out);
        fputs("  \"appointments\": []\n}\n", out);
    }
    am_arena_release(&plant.arena);
    return laid_out;
}
