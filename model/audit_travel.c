/*
 * Journeys (R3, docs/formulation.md section 3), looked up from the raw tables.
 */
#include "model/audit_parts.h"

enum { WALK_M_PER_24_MIN = 1000, CAR_BASE_MIN = 10, CAR_LIMIT_M = 33000, CAR_M_PER_HOUR = 25000 };

/* Where to look: among the tables around a home, or (NULL) among all. */
struct lookup {
    const struct am_caseload *caseload;
    struct am_audit_around *around;
};

struct leg_query {
    enum am_direction direction;
    int home, site;
    enum am_weekday day;
    int minute; /* the start of the session, or its end */
};

/* ---- tables ---- */

/* Minutes between the hour of the table and the session, -1: does not serve. */
static int gap_of(const struct am_caseload *caseload, const struct am_travel_table *table,
                  const struct leg_query *query)
{
    if (table->hour < 0)
        return 0;
    int gap =
        query->direction == AM_THERE ? query->minute - table->hour : table->hour - query->minute;
    return gap >= 0 && gap <= caseload->policy.travel_gap_minutes ? gap : -1;
}

static int table_minutes(const struct am_travel_table *table, const struct leg_query *query)
{
    bool from_site = table->directions == AM_BACK;
    int a = from_site ? query->site : query->home;
    int b = from_site ? query->home : query->site;
    int row = table->row_of[a], column = table->column_of[b];
    if (row < 0 || column < 0)
        return AM_UNKNOWN_JOURNEY;
    return table->minutes[(int64_t)row * table->columns + column];
}

/* ---- metres as the crow flies ---- */

/* Fractions of 2^62. */
enum { FRACTION_BITS = 62 };
#define HALF_PI 7244019458077122842u /* pi / 2 in fractions of 2^62, to the nearest */

/* a * b / 2^62, rounded down; a, b < 2^63. */
static uint64_t times(uint64_t a, uint64_t b)
{
    uint64_t low = UINT32_MAX, a1 = a >> 32, a0 = a & low, b1 = b >> 32, b0 = b & low;
    uint64_t cross = a1 * b0 + (a0 * b0 >> 32); /* < 2^63 + 2^32 */
    uint64_t middle = (cross & low) + a0 * b1;
    uint64_t high = a1 * b1 + (cross >> 32) + (middle >> 32);
    uint64_t rest = (middle & low) << 32 | (a0 * b0 & low);
    return high << (64 - FRACTION_BITS) | rest >> FRACTION_BITS;
}

/* The cosine in millionths, to the nearest, of an angle in half millionths of
 * a degree: its series, 1 - x2/2! + x4/4! - ... The angle lies within 90 degrees. */
static int64_t cosine_millionths(int64_t angle)
{
    enum { QUARTER = 180000000 }; /* 90 degrees */
    uint64_t n = (uint64_t)(angle < 0 ? -angle : angle);
    uint64_t x = HALF_PI / QUARTER * n + HALF_PI % QUARTER * n / QUARTER;
    uint64_t term = (uint64_t)1 << FRACTION_BITS, more = 0, less = 0;
    for (uint64_t k = 0; term > 0; k += 2) {
        if (k % 4 == 0)
            more += term;
        else
            less += term;
        term = times(times(term, x) / (k + 1), x) / (k + 2);
    }
    uint64_t value = more > less ? more - less : 0, half = (uint64_t)1 << (FRACTION_BITS - 1);
    /* value * 10^6 overflows: in two parts of 31 bits */
    uint64_t part = (value & 0x7fffffff) * 1000000;
    uint64_t whole = (value >> 31) * 1000000 + (part >> 31);
    return (int64_t)((whole + (half >> 31)) >> 31);
}

static int64_t ceiling(int64_t number, int64_t by)
{
    return (number + by - 1) / by;
}

int64_t am_audit_metres(int32_t lat_a, int32_t lon_a, int32_t lat_b, int32_t lon_b)
{
    enum { MM_PER_1000_MICRO = 111195, MILLION = 1000000 };
    int64_t north = (int64_t)lat_a - lat_b, east = (int64_t)lon_a - lon_b;
    int64_t c = cosine_millionths((int64_t)lat_a + lat_b);
    int64_t y = ceiling((int64_t)MM_PER_1000_MICRO * (north < 0 ? -north : north), 1000);
    int64_t x = ceiling((int64_t)MM_PER_1000_MICRO * (east < 0 ? -east : east), 1000);
    x = ceiling(x * c, MILLION);
    /* a million metres and more are beyond every estimate, and their squares beyond 64 bits */
    if (x > 1000 * (int64_t)MILLION || y > 1000 * (int64_t)MILLION)
        return MILLION;
    int64_t square = x * x + y * y, low = 0, high = 2 * (int64_t)MILLION;
    while (low < high) { /* the least d with (1000 d)^2 >= square */
        int64_t d = (low + high) / 2;
        if ((int64_t)MILLION * d * d >= square)
            high = d;
        else
            low = d + 1;
    }
    return low;
}

/* ---- estimates ---- */

static int64_t distance(int64_t a, int64_t b)
{
    return a < b ? b - a : a - b;
}

/* Is it surely beyond every estimate (33 km by car; 10 km, the longest walk
 * that policy can allow)? Most pairs of places are, and the cosine takes time;
 * here it is estimated from below, by 1 - x2/2. */
static bool is_far(const struct am_place *a, const struct am_place *b)
{
    enum { FAR_MICRO = 300000, MICRO_RAD_PER_1000_MICRO = 18 };
    int64_t north = distance(a->lat_micro, b->lat_micro);
    int64_t south = distance(a->lat_micro, 0), other = distance(b->lat_micro, 0);
    int64_t x = (south > other ? south : other) * MICRO_RAD_PER_1000_MICRO / 1000;
    int64_t cosine = 1000000 - x * x / 2000000;
    int64_t east = distance(a->lon_micro, b->lon_micro);
    return north > FAR_MICRO || (cosine > 0 && east / 1000 * cosine / 1000 > FAR_MICRO);
}

bool am_audit_may_estimate(const struct am_caseload *caseload, int home, int site)
{
    const struct am_place *a = &caseload->places[home], *b = &caseload->places[site];
    return caseload->policy.travel_estimates && a->has_point && b->has_point && !is_far(a, b);
}

static int64_t metres_between(const struct am_caseload *caseload, int home, int site)
{
    const struct am_place *a = &caseload->places[home], *b = &caseload->places[site];
    return am_audit_metres(a->lat_micro, a->lon_micro, b->lat_micro, b->lon_micro);
}

/* Measured once a home: every slot at the place, leg and mode asks for it. */
static int64_t metres_to(const struct lookup *lookup, int home, int site)
{
    struct am_audit_around *around = lookup->around;
    if (!around)
        return metres_between(lookup->caseload, home, site);
    if (around->measured[site] != around->turn) {
        around->measured[site] = around->turn;
        around->metres[site] = metres_between(lookup->caseload, home, site);
    }
    return around->metres[site];
}

static int estimate(const struct lookup *lookup, enum am_mode mode, int home, int site)
{
    const struct am_caseload *caseload = lookup->caseload;
    if (!am_audit_may_estimate(caseload, home, site))
        return AM_UNKNOWN_JOURNEY;
    int64_t metres = metres_to(lookup, home, site);
    if (mode == AM_CAR) {
        if (metres > CAR_LIMIT_M)
            return AM_UNKNOWN_JOURNEY;
        return CAR_BASE_MIN + (int)ceiling(60 * metres, CAR_M_PER_HOUR);
    }
    int64_t walk = ceiling(24 * metres, WALK_M_PER_24_MIN);
    return walk <= caseload->policy.walk_limit_minutes ? (int)walk : AM_UNKNOWN_JOURNEY;
}

/* ---- legs and journeys ---- */

/* Minutes, the waiting included, or one of the two negative answers. */
static int leg(const struct lookup *lookup, enum am_mode mode, const struct leg_query *query)
{
    const struct am_caseload *caseload = lookup->caseload;
    const struct am_audit_around *around = lookup->around;
    int count = around ? around->table_count : caseload->travel_count;
    if (query->home == query->site)
        return 0;
    const struct am_travel_table *best = NULL;
    int best_gap = 0, answer = AM_UNKNOWN_JOURNEY;
    for (int i = 0; i < count; i++) {
        const struct am_travel_table *table = &caseload->travel[around ? around->tables[i] : i];
        if (table->mode != mode || !(table->directions & query->direction) ||
            !(table->days >> query->day & 1))
            continue;
        int gap = gap_of(caseload, table, query), minutes = table_minutes(table, query);
        if (gap < 0 || minutes == AM_UNKNOWN_JOURNEY)
            continue;
        if (best && (table->quality > best->quality ||
                     (table->quality == best->quality && gap >= best_gap)))
            continue;
        best = table;
        best_gap = gap;
        answer = minutes == AM_NO_JOURNEY ? AM_NO_JOURNEY : minutes + gap;
    }
    return best ? answer : estimate(lookup, mode, query->home, query->site);
}

static struct am_audit_journey journey_by(const struct lookup *lookup, int person, int session)
{
    const struct am_caseload *caseload = lookup->caseload;
    const struct am_session *s = &caseload->sessions[session];
    const struct am_person *p = &caseload->people[person];
    struct am_audit_journey best = {0};
    if (p->home < 0 || s->place < 0)
        return best;
    int32_t limit = caseload->policy.travel_limit_minutes;
    enum am_weekday day = am_weekday_of(s->date);
    struct leg_query out = {AM_THERE, p->home, s->place, day, s->start};
    struct leg_query home = {AM_BACK, p->home, s->place, day, s->start + s->minutes};
    for (int m = 0; m < AM_MODE_COUNT; m++) {
        if (!(p->modes >> m & 1))
            continue;
        struct am_audit_journey journey = {.mode = (enum am_mode)m};
        journey.there = leg(lookup, journey.mode, &out);
        journey.back = journey.there >= 0 ? leg(lookup, journey.mode, &home) : AM_NO_JOURNEY;
        journey.known = journey.there >= 0 && journey.back >= 0;
        journey.allowed = journey.known && (limit == AM_NO_LIMIT ||
                                            (journey.there <= limit && journey.back <= limit));
        /* an allowed mode before any other, then the least sum */
        bool less = journey.there + journey.back < best.there + best.back;
        if (journey.known && (!best.known || (journey.allowed && !best.allowed) ||
                              (journey.allowed == best.allowed && less)))
            best = journey;
    }
    return best;
}

struct am_audit_journey am_audit_journey_of(const struct am_caseload *caseload, int person,
                                            int session)
{
    const struct lookup all = {caseload, NULL};
    return journey_by(&all, person, session);
}

struct am_audit_journey am_audit_journey_around(struct am_audit_around *around, int person,
                                                int session)
{
    const struct lookup near = {around->caseload, around};
    return journey_by(&near, person, session);
}
