#include "solver/hours.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

/* Counts are cells of a box, one side a class. */
enum { MOST_CELLS = 8192, MOST_OF_DAY = 128, MOST_DAYS = 7, SIDES = AM_HOURS_CLASSES };

/* The largest weight that is tried, by the number of classes: as many as take
 * no longer than building the rest. */
static const int largest_weight[SIDES + 1] = {0, 1, 12, 12, 8, 7, 5};

struct counts {
    int32_t of[SIDES];
    int32_t minutes;
    int32_t end;  /* of the last session of the day, at the earliest */
    int32_t cell; /* in the box */
};

struct day {
    struct counts can[MOST_OF_DAY]; /* what can be led on it */
    int count;
};

struct hull {
    struct am_hours_cuts *cuts;
    struct am_hours_cut *found;
    size_t found_room;
    int found_count;
    int classes;
    int32_t limit;
    struct day days[MOST_DAYS];
    int day_count;
    int32_t side[SIDES], stride[SIDES]; /* of the box: counts 0 .. side - 1 */
    int32_t cells;
    bool reached[2][MOST_CELLS]; /* before a day, and with it */
    int32_t minutes[MOST_CELLS];
    int32_t (*points)[SIDES]; /* the largest counts: no session more fits */
    int point_count;
    int32_t *value[SIDES + 1]; /* of each point: the weights up to a class times its counts */
    int32_t weight[SIDES];
};

static int by_day_and_end(const void *left, const void *right)
{
    const struct am_hours_session *a = left, *b = right;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    int32_t a_end = a->start + a->minutes, b_end = b->start + b->minutes;
    return (a_end > b_end) - (a_end < b_end);
}

static int descending(const void *left, const void *right)
{
    int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;
    return (a < b) - (a > b);
}

/* ---- classes of length ---- */

static int class_of(const struct am_hours_cuts *cuts, int32_t minutes)
{
    int c = 0;
    while (c < cuts->class_count && minutes < cuts->shortest[c])
        c++;
    return c;
}

/* The two neighbours that differ least become one. Returns how many are left. */
static int merge_closest(int32_t *lengths, int count)
{
    int at = 0;
    for (int i = 1; i + 1 < count; i++)
        if (lengths[i] - lengths[i + 1] < lengths[at] - lengths[at + 1])
            at = i;
    memmove(lengths + at, lengths + at + 1, (size_t)(count - at - 1) * sizeof *lengths);
    return count - 1;
}

/* The lengths that fit, at most so many. */
static void find_classes(struct hull *hull, const struct am_hours_session *sessions, int count,
                         int32_t *lengths, int most)
{
    int found = 0;
    for (int i = 0; i < count; i++)
        if (sessions[i].minutes > 0 && sessions[i].minutes <= hull->limit)
            lengths[found++] = sessions[i].minutes;
    if (found > 1)
        qsort(lengths, (size_t)found, sizeof *lengths, descending);
    int distinct = 0;
    for (int i = 0; i < found; i++)
        if (distinct == 0 || lengths[i] != lengths[distinct - 1])
            lengths[distinct++] = lengths[i];
    while (distinct > most)
        distinct = merge_closest(lengths, distinct);
    hull->classes = hull->cuts->class_count = distinct;
    if (distinct > 0)
        memcpy(hull->cuts->shortest, lengths, (size_t)distinct * sizeof *lengths);
}

/* ---- what can be led on a day ---- */

static bool day_has(const struct day *day, const struct counts *counts)
{
    for (int i = 0; i < day->count; i++)
        if (memcmp(day->can[i].of, counts->of, sizeof counts->of) == 0)
            return true;
    return false;
}

/* Sessions come in the order of their ends, so what reaches some counts first
 * ends first. False where there are too many. */
static bool lead_on(struct hull *hull, struct day *day, const struct am_hours_session *session)
{
    int before = day->count, c = class_of(hull->cuts, session->minutes);
    for (int i = 0; i < before; i++) {
        struct counts more = day->can[i];
        if (more.end > session->start)
            continue;
        more.of[c]++;
        more.minutes += hull->cuts->shortest[c];
        more.end = session->start + session->minutes;
        if (more.minutes > hull->limit || day_has(day, &more))
            continue;
        if (day->count == MOST_OF_DAY)
            return false;
        day->can[day->count++] = more;
    }
    return true;
}

static bool fill_days(struct hull *hull, const struct am_hours_session *sessions, int count)
{
    hull->day_count = 0;
    for (int i = 0; i < count; i++) {
        if (i == 0 || sessions[i].day != sessions[i - 1].day) {
            if (hull->day_count == MOST_DAYS)
                return false;
            hull->days[hull->day_count++] = (struct day){.count = 1};
            hull->days[hull->day_count - 1].can[0] = (struct counts){.end = INT32_MIN};
        }
        if (sessions[i].minutes <= 0 || sessions[i].minutes > hull->limit)
            continue;
        if (!lead_on(hull, &hull->days[hull->day_count - 1], &sessions[i]))
            return false;
    }
    return true;
}

static int32_t most_on(const struct day *day, int c)
{
    int32_t most = 0;
    for (int i = 0; i < day->count; i++)
        most = day->can[i].of[c] > most ? day->can[i].of[c] : most;
    return most;
}

/* False where the box is too large. */
static bool shape_box(struct hull *hull)
{
    int64_t cells = 1;
    for (int c = 0; c < hull->classes; c++) {
        int32_t most = 0, fit = hull->limit / hull->cuts->shortest[c];
        for (int d = 0; d < hull->day_count; d++)
            most += most_on(&hull->days[d], c);
        hull->side[c] = 1 + (most < fit ? most : fit);
        hull->stride[c] = (int32_t)cells;
        cells *= hull->side[c];
        if (cells > MOST_CELLS)
            return false;
    }
    hull->cells = (int32_t)cells;
    for (int d = 0; d < hull->day_count; d++)
        for (int i = 0; i < hull->days[d].count; i++) {
            struct counts *can = &hull->days[d].can[i];
            can->cell = 0;
            for (int c = 0; c < hull->classes; c++)
                can->cell += can->of[c] * hull->stride[c];
        }
    return true;
}

/* ---- what can be led in the week ---- */

/* Day by day. Counts beyond a side of the box would be beyond the limit. */
static const bool *fill_week(struct hull *hull)
{
    bool *now = hull->reached[0], *next = hull->reached[1];
    memset(now, 0, (size_t)hull->cells);
    now[0] = true;
    hull->minutes[0] = 0;
    for (int d = 0; d < hull->day_count; d++) {
        const struct day *day = &hull->days[d];
        memset(next, 0, (size_t)hull->cells);
        for (int32_t cell = 0; cell < hull->cells; cell++)
            for (int i = 0; now[cell] && i < day->count; i++) {
                int32_t minutes = hull->minutes[cell] + day->can[i].minutes;
                if (minutes > hull->limit)
                    continue;
                next[cell + day->can[i].cell] = true;
                hull->minutes[cell + day->can[i].cell] = minutes;
            }
        bool *other = now;
        now = next;
        next = other;
    }
    return now;
}

static int32_t count_in(const struct hull *hull, int32_t cell, int c)
{
    return cell / hull->stride[c] % hull->side[c];
}

static bool is_largest(const struct hull *hull, const bool *reached, int32_t cell)
{
    for (int c = 0; c < hull->classes; c++)
        if (count_in(hull, cell, c) + 1 < hull->side[c] && reached[cell + hull->stride[c]])
            return false;
    return reached[cell];
}

static bool list_points(struct hull *hull)
{
    const bool *reached = fill_week(hull);
    size_t count = 0;
    for (int32_t cell = 0; cell < hull->cells; cell++)
        count += is_largest(hull, reached, cell);
    hull->points = calloc(count + 1, sizeof *hull->points);
    int32_t *values = calloc(((size_t)hull->classes + 1) * (count + 1), sizeof *values);
    hull->value[0] = values;
    if (!hull->points || !values)
        return false;
    for (int c = 1; c <= hull->classes; c++)
        hull->value[c] = values + (size_t)c * (count + 1);
    hull->point_count = 0;
    for (int32_t cell = 0; cell < hull->cells; cell++) {
        if (!is_largest(hull, reached, cell))
            continue;
        for (int c = 0; c < hull->classes; c++)
            hull->points[hull->point_count][c] = count_in(hull, cell, c);
        hull->point_count++;
    }
    return true;
}

/* ---- facets ---- */

static int64_t divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

/* Vectors in echelon form, whole: a vector's pivot is its first entry. */
struct echelon {
    int64_t rows[SIDES][SIDES]; /* rows[c]: with pivot c */
    bool has[SIDES];
    int rank;
};

/* Reduce by what is there; what remains, without its common divisor, is new. */
static void add_vector(struct echelon *echelon, int64_t *vector, int classes)
{
    for (int c = 0; c < classes; c++) {
        int64_t common = 0, entry = vector[c];
        if (entry == 0)
            continue;
        if (!echelon->has[c]) {
            memcpy(echelon->rows[c], vector, sizeof echelon->rows[c]);
            echelon->has[c] = true;
            echelon->rank++;
            return;
        }
        int64_t pivot = echelon->rows[c][c];
        for (int i = 0; i < classes; i++) {
            vector[i] = vector[i] * pivot - echelon->rows[c][i] * entry;
            common = divisor(vector[i], common);
        }
        for (int i = 0; i < classes && common > 1; i++)
            vector[i] /= common;
    }
}

/* Do the counts where it is tight lie in no smaller space? Those with less of what
 * weighs nothing are tight as well. */
static bool is_facet(const struct hull *hull, int32_t most)
{
    const int32_t *value = hull->value[hull->classes];
    struct echelon echelon = {.rank = 0};
    for (int p = 0; p < hull->point_count && echelon.rank < hull->classes; p++) {
        if (value[p] != most)
            continue;
        int64_t vector[SIDES] = {0};
        for (int c = 0; c < hull->classes; c++)
            vector[c] = hull->points[p][c];
        add_vector(&echelon, vector, hull->classes);
        for (int c = 0; c < hull->classes; c++) {
            if (hull->weight[c] > 0 || hull->points[p][c] == 0)
                continue;
            int64_t unit[SIDES] = {0};
            unit[c] = 1;
            add_vector(&echelon, unit, hull->classes);
        }
    }
    return echelon.rank == hull->classes;
}

/* What the days would allow without the limit. */
static int32_t most_of_days(const struct hull *hull)
{
    int32_t sum = 0;
    for (int d = 0; d < hull->day_count; d++) {
        int32_t most = 0;
        for (int i = 0; i < hull->days[d].count; i++) {
            int32_t value = 0;
            for (int c = 0; c < hull->classes; c++)
                value += hull->weight[c] * hull->days[d].can[i].of[c];
            most = value > most ? value : most;
        }
        sum += most;
    }
    return sum;
}

/* With all weights chosen. False without memory. */
static bool judge(struct hull *hull)
{
    const int32_t *value = hull->value[hull->classes];
    int64_t common = 0;
    int32_t most = 0;
    for (int c = 0; c < hull->classes; c++)
        common = divisor(hull->weight[c], common);
    if (common != 1)
        return true;
    for (int p = 0; p < hull->point_count; p++)
        most = value[p] > most ? value[p] : most;
    if (!is_facet(hull, most) || most_of_days(hull) <= most)
        return true;
    if (!am_grow((void **)&hull->found, &hull->found_room, (size_t)hull->found_count + 1,
                 sizeof *hull->found))
        return false;
    struct am_hours_cut *cut = &hull->found[hull->found_count++];
    *cut = (struct am_hours_cut){.most = most};
    memcpy(cut->weight, hull->weight, sizeof cut->weight);
    return true;
}

/* All weights of the classes from c on. */
static bool try_weights(struct hull *hull, int c)
{
    if (c == hull->classes)
        return judge(hull);
    bool room = true;
    for (int32_t w = 0; w <= largest_weight[hull->classes] && room; w++) {
        hull->weight[c] = w;
        for (int p = 0; p < hull->point_count; p++)
            hull->value[c + 1][p] = hull->value[c][p] + w * hull->points[p][c];
        room = try_weights(hull, c + 1);
    }
    return room;
}

/* As many classes as there is room for. False without memory. */
static bool find_cuts(struct hull *hull, const struct am_hours_session *sessions, int count)
{
    int32_t *lengths = calloc((size_t)count + 1, sizeof *lengths);
    bool room = lengths != NULL, fits = false;
    for (int most = SIDES; most > 0 && room && !fits; most--) {
        find_classes(hull, sessions, count, lengths, most);
        fits = fill_days(hull, sessions, count) && shape_box(hull);
    }
    free(lengths);
    if (room && fits && hull->classes > 0)
        room = list_points(hull) && try_weights(hull, 0);
    return room;
}

am_status am_hours_find(struct am_hours_session *sessions, int count, int32_t limit,
                        struct am_arena *arena, struct am_hours_cuts *cuts, struct am_err *err)
{
    *cuts = (struct am_hours_cuts){0};
    struct hull *hull = calloc(1, sizeof *hull);
    if (!hull)
        return am_fail_memory(err);
    hull->cuts = cuts;
    hull->limit = limit;
    if (count > 1)
        qsort(sessions, (size_t)count, sizeof *sessions, by_day_and_end);
    bool found = find_cuts(hull, sessions, count);
    cuts->at = AM_ARENA_NEW(arena, (size_t)hull->found_count, struct am_hours_cut);
    if (found && cuts->at && hull->found_count > 0) {
        memcpy(cuts->at, hull->found, (size_t)hull->found_count * sizeof *cuts->at);
        cuts->count = hull->found_count;
    }
    free(hull->points);
    free(hull->value[0]);
    free(hull->found);
    free(hull);
    return found && cuts->at ? AM_OK : am_fail_memory(err);
}

int32_t am_hours_weight(const struct am_hours_cuts *cuts, const struct am_hours_cut *cut,
                        int32_t minutes)
{
    int c = class_of(cuts, minutes);
    return c < cuts->class_count ? cut->weight[c] : 0;
}
