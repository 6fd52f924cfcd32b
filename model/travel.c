/*
 * Journeys by table, or by an estimate that is too long rather than too short.
 *
 * The distance of an estimate is measured on a sphere of 111,195 metres a
 * degree, as if the land between were flat and its parallels as long as at the
 * mean latitude. Between 49 and 61 degrees north, up to 40 km, that is within
 * one metre of the great circle of that sphere: it is rounded up, and falls
 * short by under a metre (the flat land's error is under 0.2 m, the cosine's,
 * half a millionth, under 0.04 m). The earth's true shape adds at most 0.4 %.
 */
#include "model/travel.h"

enum {
    DEGREE_METRES = 111195,
    LONGEST_DRIVE_METRES = 33000,
    FAR_METRES = 50000, /* beyond what any estimate clears */
    MICRO = 1000000,
};

/* ---- estimates ---- */

/* Fixed point with 62 bits after the point, in halves of 31 bits. */
enum { HALF = 31 };
#define ONE ((uint64_t)1 << 2 * HALF)
#define LOW_HALF (((uint64_t)1 << HALF) - 1)

/* The product, short by at most two units of the last bit; neither factor is
 * over 2.5, nor are both over 1.6. */
static uint64_t times(uint64_t a, uint64_t b)
{
    uint64_t a_high = a >> HALF, a_low = a & LOW_HALF;
    uint64_t b_high = b >> HALF, b_low = b & LOW_HALF;
    return a_high * b_high + ((a_high * b_low + a_low * b_high) >> HALF);
}

/* The cosine of half an angle given in millionths of a degree (the sum of two
 * latitudes, without sign, up to 180 degrees), in millionths to the nearest:
 * 1 - x^2/2 (1 - x^2/12 (1 - x^2/30 ...)), from the inside out. */
static int64_t cosine_of_mean(uint64_t sum_micro)
{
    static const uint64_t inverses[] = {ONE / 2,   ONE / 12,  ONE / 30,  ONE / 56,
                                        ONE / 90,  ONE / 132, ONE / 182, ONE / 240,
                                        ONE / 306, ONE / 380, ONE / 462};
    const uint64_t half_pi = 7244019458077122842U, right_angle = 180000000;
    uint64_t angle =
        half_pi / right_angle * sum_micro + half_pi % right_angle * sum_micro / right_angle;
    uint64_t square = times(angle, angle), rest = ONE;
    for (int i = (int)(sizeof inverses / sizeof inverses[0]) - 1; i >= 0; i--) {
        uint64_t part = times(times(square, inverses[i]), rest);
        rest = part < ONE ? ONE - part : 0;
    }
    uint64_t millionths = (rest >> HALF) * MICRO + ((rest & LOW_HALF) * MICRO >> HALF);
    return (int64_t)((millionths + ((uint64_t)1 << (HALF - 1))) >> HALF);
}

static int64_t distance_between(int64_t a, int64_t b)
{
    return a < b ? b - a : a - b;
}

static int64_t divide_up(int64_t a, int64_t b)
{
    return (a + b - 1) / b;
}

/* The least whole number whose square is not below the value (under 2^62), by
 * Newton's steps down from a power of two that is not below it. */
static int64_t root_up(int64_t value)
{
    int64_t root = 1;
    if (value <= 1)
        return value;
    while (root * root < value)
        root *= 2;
    for (int64_t next = (root + value / root) / 2; next < root; next = (root + value / root) / 2)
        root = next;
    return root * root < value ? root + 1 : root;
}

/* Whole metres as the crow flies; FAR_METRES for anything beyond. */
static int64_t crow_metres(const struct am_place *a, const struct am_place *b)
{
    const int64_t far_mm = 1000 * (int64_t)FAR_METRES;
    int64_t north_mm =
        divide_up(DEGREE_METRES * distance_between(a->lat_micro, b->lat_micro), 1000);
    int64_t east_mm = divide_up(DEGREE_METRES * distance_between(a->lon_micro, b->lon_micro), 1000);
    if (north_mm > far_mm)
        return FAR_METRES;
    int64_t sum = (int64_t)a->lat_micro + b->lat_micro;
    east_mm = divide_up(east_mm * cosine_of_mean((uint64_t)(sum < 0 ? -sum : sum)), MICRO);
    if (east_mm > far_mm)
        return FAR_METRES;
    int64_t metres = divide_up(root_up(north_mm * north_mm + east_mm * east_mm), 1000);
    return metres < FAR_METRES ? metres : FAR_METRES;
}

/* A home and a site, and the distance between once it was asked for. */
struct ends {
    int home, site;
    int64_t metres;           /* -1: not asked yet */
    struct am_indices tables; /* those that have the home, in file order; at NULL: all */
};

static struct am_leg estimate(const struct am_caseload *caseload, struct ends *ends,
                              enum am_mode mode)
{
    const struct am_leg unknown = {AM_UNKNOWN_JOURNEY, AM_ESTIMATED};
    const struct am_place *a = &caseload->places[ends->home], *b = &caseload->places[ends->site];
    if (!caseload->policy.travel_estimates || !a->has_point || !b->has_point)
        return unknown;
    if (ends->metres < 0)
        ends->metres = crow_metres(a, b);
    if (ends->metres == FAR_METRES)
        return unknown;
    if (mode == AM_CAR) {
        if (ends->metres > LONGEST_DRIVE_METRES)
            return unknown;
        return (struct am_leg){(int16_t)(10 + divide_up(60 * ends->metres, 25000)), AM_ESTIMATED};
    }
    int64_t walk_min = divide_up(24 * ends->metres, 1000);
    if (walk_min > caseload->policy.walk_limit_minutes)
        return unknown;
    return (struct am_leg){(int16_t)walk_min, AM_ESTIMATED};
}

/* ---- tables ---- */

int am_travel_gap(const struct am_caseload *caseload, const struct am_travel_table *table,
                  enum am_direction direction, enum am_weekday day, int minute)
{
    if (!(table->directions & direction) || !(table->days & (1U << day)))
        return -1;
    if (table->hour < 0)
        return 0;
    int gap = direction == AM_THERE ? minute - table->hour : table->hour - minute;
    return gap >= 0 && gap <= caseload->policy.travel_gap_minutes ? gap : -1;
}

static int table_minutes(const struct am_travel_table *table, enum am_direction direction, int home,
                         int site)
{
    /* a table for both directions is read home to site for either leg */
    bool from_site = direction == AM_BACK && !(table->directions & AM_THERE);
    int32_t row = table->row_of[from_site ? site : home];
    int32_t column = table->column_of[from_site ? home : site];
    if (row < 0 || column < 0)
        return AM_UNKNOWN_JOURNEY;
    return table->minutes[(int64_t)row * table->columns + column];
}

static struct am_leg leg_between(const struct am_caseload *caseload, enum am_direction direction,
                                 struct ends *ends, enum am_mode mode, enum am_weekday day,
                                 int minute)
{
    int home = ends->home, site = ends->site;
    if (home < 0 || site < 0)
        return (struct am_leg){AM_UNKNOWN_JOURNEY, AM_ESTIMATED};
    if (home == site)
        return (struct am_leg){0, AM_PLANNER};
    struct am_leg best = {AM_UNKNOWN_JOURNEY, AM_ESTIMATED};
    int best_gap = -1;
    int count = ends->tables.at ? ends->tables.count : caseload->travel_count;
    for (int i = 0; i < count; i++) {
        const struct am_travel_table *table =
            &caseload->travel[ends->tables.at ? ends->tables.at[i] : i];
        if (table->mode != mode || (best_gap >= 0 && table->quality > best.quality))
            continue;
        int gap = am_travel_gap(caseload, table, direction, day, minute);
        if (gap < 0 || (best_gap >= 0 && table->quality == best.quality && gap >= best_gap))
            continue;
        int minutes = table_minutes(table, direction, home, site);
        if (minutes == AM_UNKNOWN_JOURNEY)
            continue;
        best.minutes = (int16_t)(minutes == AM_NO_JOURNEY ? AM_NO_JOURNEY : minutes + gap);
        best.quality = table->quality;
        best_gap = gap;
    }
    return best_gap >= 0 ? best : estimate(caseload, ends, mode);
}

struct am_leg am_travel_leg(const struct am_caseload *caseload, enum am_direction direction,
                            int home, int site, enum am_mode mode, enum am_weekday day, int minute)
{
    struct ends ends = {home, site, -1, {NULL, 0}};
    return leg_between(caseload, direction, &ends, mode, day, minute);
}

/* ---- journeys ---- */

static bool is_within(const struct am_policy *policy, struct am_leg leg)
{
    return policy->travel_limit_minutes == AM_NO_LIMIT ||
           leg.minutes <= policy->travel_limit_minutes;
}

static bool is_better(const struct am_journey *a, const struct am_journey *b)
{
    if (!b->known)
        return true;
    if (a->allowed != b->allowed)
        return a->allowed;
    return a->there + a->back < b->there + b->back;
}

static struct am_journey best_journey(const struct am_caseload *caseload, struct ends *ends,
                                      am_modes modes, enum am_weekday day, int start, int end)
{
    struct am_journey best = {.quality = AM_ESTIMATED};
    for (int m = 0; m < AM_MODE_COUNT; m++) {
        enum am_mode mode = (enum am_mode)m;
        if (!(modes & (1U << m)))
            continue;
        struct am_leg there = leg_between(caseload, AM_THERE, ends, mode, day, start);
        if (there.minutes < 0)
            continue;
        struct am_leg back = leg_between(caseload, AM_BACK, ends, mode, day, end);
        if (back.minutes < 0)
            continue;
        struct am_journey journey = {
            .known = true,
            .allowed = is_within(&caseload->policy, there) && is_within(&caseload->policy, back),
            .mode = mode,
            .there = there.minutes,
            .back = back.minutes,
            .quality = there.quality > back.quality ? there.quality : back.quality};
        if (is_better(&journey, &best))
            best = journey;
    }
    return best;
}

struct am_journey am_travel_journey(const struct am_caseload *caseload, int home, int site,
                                    am_modes modes, enum am_weekday day, int start, int end)
{
    struct ends ends = {home, site, -1, {NULL, 0}};
    return best_journey(caseload, &ends, modes, day, start, end);
}

struct am_journey am_travel_journey_to(const struct am_caseload *caseload, struct am_indices tables,
                                       int home, am_modes modes, const struct am_session *session)
{
    struct ends ends = {home, session->place, -1, tables};
    return best_journey(caseload, &ends, modes, am_weekday_of(session->date), session->start,
                        session->start + session->minutes);
}
