/*
 * Journeys (R3) by table, or by an estimate that is too long rather than too short.
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

struct am_leg am_travel_estimate(const struct am_caseload *caseload, int home, int site,
                                 enum am_mode mode, int64_t *metres)
{
    const struct am_leg unknown = {AM_UNKNOWN_JOURNEY, AM_ESTIMATED};
    const struct am_place *a = &caseload->places[home], *b = &caseload->places[site];
    if (!caseload->policy.travel_estimates || !a->has_point || !b->has_point)
        return unknown;
    if (*metres < 0)
        *metres = crow_metres(a, b);
    if (*metres == FAR_METRES)
        return unknown;
    if (mode == AM_CAR) {
        if (*metres > LONGEST_DRIVE_METRES)
            return unknown;
        return (struct am_leg){(int16_t)(10 + divide_up(60 * *metres, 25000)), AM_ESTIMATED};
    }
    int64_t walk_min = divide_up(24 * *metres, 1000);
    if (walk_min > caseload->policy.walk_limit_minutes)
        return unknown;
    return (struct am_leg){(int16_t)walk_min, AM_ESTIMATED};
}

struct am_reach am_travel_reach(const struct am_place *home)
{
    /* LONGEST_DRIVE_METRES, which no walk exceeds, are under 0.3 degrees of
     * latitude, with room for rounding */
    const int32_t far_micro = 300000, whole_circle = 360 * MICRO;
    int64_t lat = home->lat_micro < 0 ? -(int64_t)home->lat_micro : home->lat_micro;
    int64_t sum = 2 * lat + far_micro; /* the mean is at its furthest from the equator */
    int64_t cosine = sum < 180 * (int64_t)MICRO ? cosine_of_mean((uint64_t)sum) : 0;
    int64_t lon = cosine > 0 ? (int64_t)far_micro * MICRO / cosine : whole_circle;
    return (struct am_reach){far_micro, lon < whole_circle ? (int32_t)lon : whole_circle};
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

int am_travel_minutes(const struct am_travel_table *table, enum am_direction direction, int home,
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

struct am_leg am_travel_leg(const struct am_caseload *caseload, enum am_direction direction,
                            int home, int site, enum am_mode mode, enum am_weekday day, int minute)
{
    struct am_leg best = {AM_UNKNOWN_JOURNEY, AM_ESTIMATED};
    int best_gap = -1;
    int64_t metres = -1;
    if (home < 0 || site < 0)
        return best;
    if (home == site)
        return (struct am_leg){0, AM_PLANNER};
    for (int i = 0; i < caseload->travel_count; i++) {
        const struct am_travel_table *table = &caseload->travel[i];
        if (table->mode != mode || (best_gap >= 0 && table->quality > best.quality))
            continue;
        int gap = am_travel_gap(caseload, table, direction, day, minute);
        if (gap < 0 || (best_gap >= 0 && table->quality == best.quality && gap >= best_gap))
            continue;
        int minutes = am_travel_minutes(table, direction, home, site);
        if (minutes == AM_UNKNOWN_JOURNEY)
            continue;
        best = am_travel_with_gap(minutes, gap, table->quality);
        best_gap = gap;
    }
    return best_gap >= 0 ? best : am_travel_estimate(caseload, home, site, mode, &metres);
}

struct am_leg am_travel_with_gap(int minutes, int gap, enum am_travel_quality quality)
{
    return (struct am_leg){(int16_t)(minutes == AM_NO_JOURNEY ? AM_NO_JOURNEY : minutes + gap),
                           quality};
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

void am_travel_offer(const struct am_policy *policy, enum am_mode mode, struct am_leg there,
                     struct am_leg back, struct am_journey *best)
{
    if (there.minutes < 0 || back.minutes < 0)
        return;
    struct am_journey journey = {.known = true,
                                 .allowed = is_within(policy, there) && is_within(policy, back),
                                 .mode = mode,
                                 .there = there.minutes,
                                 .back = back.minutes,
                                 .quality =
                                     there.quality > back.quality ? there.quality : back.quality};
    if (is_better(&journey, best))
        *best = journey;
}

struct am_journey am_travel_journey(const struct am_caseload *caseload, int home, int site,
                                    am_modes modes, enum am_weekday day, int start, int end)
{
    struct am_journey best = AM_JOURNEY_UNKNOWN;
    for (int m = 0; m < AM_MODE_COUNT; m++) {
        enum am_mode mode = (enum am_mode)m;
        if (!(modes & (1U << m)))
            continue;
        am_travel_offer(&caseload->policy, mode,
                        am_travel_leg(caseload, AM_THERE, home, site, mode, day, start),
                        am_travel_leg(caseload, AM_BACK, home, site, mode, day, end), &best);
    }
    return best;
}
