#include "solver/plan_weeks.h"

#include <stdlib.h>
#include <string.h>

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

/* Options by cost, ties as they stand: prices are at least 0, so that who has
 * what a week holds need not look at dearer ones. */
static void sort_options(const struct am_planned *who, int32_t *by_cost)
{
    for (int o = 0; o < who->option_count; o++) {
        int at = o;
        for (; at > 0 && who->options[by_cost[at - 1]].cost > who->options[o].cost; at--)
            by_cost[at] = by_cost[at - 1];
        by_cost[at] = o;
    }
}

static am_status list_options(struct am_weeks *weeks, struct am_err *err)
{
    const struct am_horizon *horizon = weeks->horizon;
    weeks->first = calloc((size_t)horizon->planned_count + 1, sizeof *weeks->first);
    if (!weeks->first)
        return am_fail_memory(err);
    for (int i = 0; i < horizon->planned_count; i++)
        weeks->first[i + 1] = weeks->first[i] + (size_t)horizon->planned[i].option_count;
    weeks->by_cost = calloc(weeks->first[horizon->planned_count] + 1, sizeof *weeks->by_cost);
    if (!weeks->by_cost)
        return am_fail_memory(err);
    for (int i = 0; i < horizon->planned_count; i++)
        sort_options(&horizon->planned[i], weeks->by_cost + weeks->first[i]);
    return AM_OK;
}

am_status am_weeks_init(struct am_weeks *weeks, const struct am_horizon *horizon,
                        struct am_err *err)
{
    size_t count = (size_t)horizon->weeks + 1;
    *weeks = (struct am_weeks){.horizon = horizon};
    weeks->before = calloc(count, sizeof *weeks->before);
    weeks->week = calloc(count, sizeof *weeks->week);
    weeks->had = calloc(count, sizeof *weeks->had);
    weeks->most = calloc(count, sizeof *weeks->most);
    if (!weeks->before || !weeks->week || !weeks->had || !weeks->most)
        return am_fail_memory(err);
    return list_options(weeks, err);
}

void am_weeks_release(struct am_weeks *weeks)
{
    for (int w = 0; weeks->horizon && w <= weeks->horizon->weeks; w++) {
        if (weeks->before)
            free(weeks->before[w].at);
        if (weeks->week)
            free(weeks->week[w].at);
    }
    for (int i = 0; i < 4; i++)
        free(weeks->scratch[i].at);
    free(weeks->before);
    free(weeks->week);
    free(weeks->had);
    free(weeks->most);
    free(weeks->first);
    free(weeks->by_cost);
    *weeks = (struct am_weeks){0};
}

/* ---- one person ---- */

struct ask {
    struct am_weeks *weeks;
    const struct am_planned *who;
    const struct am_weeks_prices *prices;
    int planned;
};

static int32_t taken_at(const struct ask *ask, int w, int o)
{
    return ask->prices->taken ? ask->prices->taken[w * ask->who->option_count + o] : 0;
}

/* What is there already, and what may come, by the end of each week. */
static void look_at_caps(const struct ask *ask)
{
    const struct am_horizon *horizon = ask->weeks->horizon;
    int32_t had = 0, taken = 0;
    for (int w = 0; w < horizon->weeks; w++) {
        had += ask->who->fixed_min[w];
        for (int o = 0; ask->prices->taken && o < ask->who->option_count; o++)
            taken += taken_at(ask, w, o);
        ask->weeks->had[w] = had + taken;
    }
    int32_t most = INT32_MAX;
    for (int w = horizon->weeks - 1; w >= 0; w--) {
        int32_t room = ask->who->cap_min[w] - ask->weeks->had[w];
        most = least(most, room > 0 ? room : 0);
        ask->weeks->most[w] = most;
    }
}

int32_t am_weeks_room_at(const struct am_horizon *horizon, const struct am_weeks_room *room,
                         int kind, int week)
{
    const struct am_place_kind *of = &horizon->kinds[kind];
    int64_t seats = room->seats[kind * horizon->weeks + week];
    int64_t most = horizon->held_min[kind * horizon->weeks + week];
    if (of->supervised) {
        const int32_t *limits = horizon->supervised_min + week * AM_SUPERVISED_ROWS;
        const int64_t *led = room->led + week * AM_SUPERVISED_ROWS;
        int part = (int)of->part;
        int64_t a = limits[part] - led[part];
        int64_t b = limits[AM_SUPERVISED_WEEK] - led[AM_SUPERVISED_WEEK];
        int64_t can_run = (seats + of->seats - 1) / of->seats + (a < b ? a : b);
        most = can_run < most ? can_run : most;
    }
    int64_t left = most * of->seats - seats;
    return left > INT32_MAX ? INT32_MAX : (int32_t)left;
}

/* Minutes of option o that may be booked anew in week w. */
static int32_t room_at(const struct ask *ask, int w, int o)
{
    const struct am_horizon *horizon = ask->weeks->horizon;
    int32_t most = am_option_most(horizon, ask->who, w, o) - taken_at(ask, w, o);
    if (ask->prices->room)
        most =
            least(most, am_weeks_room_at(horizon, ask->prices->room, ask->who->options[o].kind, w));
    return most;
}

/* The minutes of a week, the cheapest first. */
static bool list_week(const struct ask *ask, int w)
{
    struct am_pieces *pieces = &ask->weeks->week[w];
    int count = ask->who->option_count;
    int32_t most = ask->who->most_min[w], sum = 0;
    pieces->count = 0;
    for (int o = 0; ask->prices->taken && o < count; o++)
        most -= taken_at(ask, w, o);
    if (!am_pieces_reserve(&ask->weeks->no_memory, pieces, count + 1))
        return false;
    const int32_t *by_cost = ask->weeks->by_cost + ask->weeks->first[ask->planned];
    const uint8_t *days = ask->who->days + (size_t)w * (size_t)count;
    const int64_t *seat =
        ask->prices->seat ? ask->prices->seat + am_seat_index(ask->weeks->horizon, 0, w) : NULL;
    for (int i = 0; i < count && most > 0; i++) {
        int o = by_cost[i];
        const struct am_plan_option *option = &ask->who->options[o];
        if (sum >= most && option->cost * AM_PLAN_ONE >= pieces->at[pieces->count - 1].slope)
            break;
        if (!days[o])
            continue;
        int64_t slope = option->cost * AM_PLAN_ONE + (seat ? seat[option->kind] : 0) +
                        (option->ete ? ask->prices->ete : 0);
        if (sum >= most && slope >= pieces->at[pieces->count - 1].slope)
            continue;
        int32_t room = least(room_at(ask, w, o), most);
        if (room <= 0)
            continue;
        am_pieces_insert(pieces, (struct am_piece){slope, room, o}, most);
        sum += room;
    }
    return true;
}

/* ---- deadlines in the middle of a week ---- */

/*
 * short(c, x) = slope * max(0, short_min - c - min(x, by_day)), where c is booked
 * before the week and x in it: by u = c + x, where u >= short_min it is
 * slope * max(0, short_min - by_day - c), a penalty on c, and where u < short_min
 * it is slope * (short_min - u) + slope * max(0, x - by_day), one on x and one on
 * u. So between two thresholds of u it is an infimal convolution again.
 */
struct deadline {
    int64_t short_min; /* what new minutes are wanted by then */
    int32_t by_day;    /* the most of the week's new minutes that count */
    int64_t slope;
};

static int deadlines_in(const struct ask *ask, int w, struct deadline *deadlines, int room)
{
    int count = 0;
    int32_t before = w > 0 ? ask->weeks->had[w - 1] : 0;
    int32_t week = ask->weeks->had[w] - before;
    for (int t = 0; t < ask->who->target_count; t++) {
        const struct am_plan_target *target = &ask->who->targets[t];
        int32_t counted = least(week, target->by_day_min);
        if (target->week != w || target->short_cost == 0)
            continue;
        struct deadline deadline = {(int64_t)target->until_min - before - counted,
                                    target->by_day_min - counted, target->short_cost * AM_PLAN_ONE};
        if (deadline.short_min > 0 && count < room)
            deadlines[count++] = deadline;
    }
    return count;
}

enum { DEADLINES_MOST = 16 };

/* The two functions whose convolution holds where u lies in from .. to. */
static bool between(const struct ask *ask, int w, const struct deadline *deadlines, int count,
                    int64_t from)
{
    struct am_weeks *weeks = ask->weeks;
    const struct am_pieces *of[2] = {&weeks->before[w], &weeks->week[w]};
    for (int side = 0; side < 2; side++) {
        struct am_pieces *to = &weeks->scratch[side];
        if (!am_pieces_reserve(&weeks->no_memory, to, of[side]->count + 1))
            return false;
        if (of[side]->count > 0)
            memcpy(to->at, of[side]->at, (size_t)of[side]->count * sizeof *to->at);
        to->count = of[side]->count;
    }
    for (int i = 0; i < count; i++) {
        const struct deadline *at = &deadlines[i];
        bool held = true;
        if (from >= at->short_min)
            (void)am_pieces_penalise(&weeks->no_memory, &weeks->scratch[0],
                                     at->short_min - at->by_day, at->slope);
        else
            held = am_pieces_tilt(&weeks->no_memory, &weeks->scratch[1], &weeks->scratch[3],
                                  at->by_day, INT32_MAX, at->slope);
        if (!held || weeks->no_memory)
            return false;
    }
    return true;
}

static int64_t next_threshold(const struct deadline *deadlines, int count, int64_t from)
{
    int64_t next = INT64_MAX;
    for (int i = 0; i < count; i++)
        if (deadlines[i].short_min > from && deadlines[i].short_min < next)
            next = deadlines[i].short_min;
    return next;
}

static bool add_deadline_week(const struct ask *ask, int w, const struct deadline *deadlines,
                              int count)
{
    struct am_weeks *weeks = ask->weeks;
    struct am_pieces *out = &weeks->before[w + 1];
    out->count = 0;
    for (int64_t from = 0; from < weeks->most[w] || from == 0;) {
        int64_t to = next_threshold(deadlines, count, from), slope = 0;
        for (int i = 0; i < count; i++)
            slope += from < deadlines[i].short_min ? deadlines[i].slope : 0;
        if (!between(ask, w, deadlines, count, from) ||
            !am_pieces_convolve(&weeks->no_memory, &weeks->scratch[0], &weeks->scratch[1],
                                weeks->most[w], &weeks->scratch[2]) ||
            !am_pieces_take(&weeks->no_memory, &weeks->scratch[2], from, to, slope, out))
            return false;
        from = to;
    }
    return true;
}

static bool is_split(const struct ask *ask, int w, const struct deadline *deadlines, int count)
{
    int32_t longest = 0;
    for (int i = 0; i < ask->weeks->week[w].count; i++)
        longest += ask->weeks->week[w].at[i].length;
    for (int i = 0; i < count; i++)
        if (deadlines[i].by_day < longest)
            return true;
    return false;
}

/* ---- forward, and back ---- */

static int64_t offered_by(const struct am_planned *who, int w)
{
    int64_t offered = (int64_t)who->offer_min * (w + 1 - who->first_week);
    return offered < who->to_book_min ? offered : who->to_book_min;
}

/* S1 and S3 at the end of a week; answers their value where nothing is booked. */
static int64_t penalise_week(const struct ask *ask, int w, struct am_pieces *pieces)
{
    const struct am_horizon *horizon = ask->weeks->horizon;
    const struct am_planned *who = ask->who;
    int32_t had = ask->weeks->had[w];
    int64_t value = 0;
    if (who->start_cost)
        value += am_pieces_penalise(&ask->weeks->no_memory, pieces, (int64_t)who->start_min - had,
                                    who->start_cost[w] * AM_PLAN_ONE);
    value += am_pieces_penalise(&ask->weeks->no_memory, pieces, offered_by(who, w) - had,
                                horizon->backlog_cost * AM_PLAN_ONE);
    if (w == horizon->weeks - 1)
        value += am_pieces_penalise(&ask->weeks->no_memory, pieces, (int64_t)who->to_book_min - had,
                                    horizon->left_cost * AM_PLAN_ONE);
    return value;
}

/* One week more; answers what its wishes cost where nothing is booked. */
static int64_t add_week(const struct ask *ask, int w)
{
    struct am_weeks *weeks = ask->weeks;
    struct am_pieces *after = &weeks->before[w + 1];
    struct deadline deadlines[DEADLINES_MOST];
    int64_t value = 0;
    if (!list_week(ask, w))
        return 0;
    int count = deadlines_in(ask, w, deadlines, DEADLINES_MOST);
    for (int i = 0; i < count; i++)
        value += deadlines[i].short_min * deadlines[i].slope;
    if (count > 0 && is_split(ask, w, deadlines, count)) {
        if (!add_deadline_week(ask, w, deadlines, count))
            return 0;
    } else {
        if (!am_pieces_convolve(&weeks->no_memory, &weeks->before[w], &weeks->week[w],
                                weeks->most[w], after))
            return 0;
        for (int i = 0; i < count; i++)
            (void)am_pieces_penalise(&weeks->no_memory, after, deadlines[i].short_min,
                                     deadlines[i].slope);
    }
    return value + penalise_week(ask, w, after);
}

/* Of the minutes booked by the end of week w, those booked in it. */
static int32_t minutes_in(const struct ask *ask, int w, int32_t booked)
{
    struct am_weeks *weeks = ask->weeks;
    struct deadline deadlines[DEADLINES_MOST];
    int count = deadlines_in(ask, w, deadlines, DEADLINES_MOST);
    if (count == 0 || !is_split(ask, w, deadlines, count))
        return am_pieces_share(&weeks->before[w], &weeks->week[w], booked);
    if (!between(ask, w, deadlines, count, booked))
        return 0;
    return am_pieces_share(&weeks->scratch[0], &weeks->scratch[1], booked);
}

static void give(const struct ask *ask, int w, int32_t minutes, int32_t *table)
{
    const struct am_pieces *week = &ask->weeks->week[w];
    for (int i = 0; i < week->count && minutes > 0; i++) {
        int32_t length = least(week->at[i].length, minutes);
        table[w * ask->who->option_count + week->at[i].option] += length;
        minutes -= length;
    }
}

int64_t am_weeks_best(struct am_weeks *weeks, int planned, const struct am_weeks_prices *prices,
                      int32_t *minutes)
{
    const struct am_horizon *horizon = weeks->horizon;
    const struct ask ask = {weeks, &horizon->planned[planned], prices, planned};
    int last = horizon->weeks;
    int64_t value = 0;
    memset(minutes, 0, (size_t)ask.who->option_count * (size_t)last * sizeof *minutes);
    look_at_caps(&ask);
    weeks->before[0].count = 0;
    for (int w = 0; w < last && !weeks->no_memory; w++)
        value += add_week(&ask, w);
    int32_t booked = 0;
    for (int i = 0; i < weeks->before[last].count && weeks->before[last].at[i].slope < 0; i++) {
        booked += weeks->before[last].at[i].length;
        value += weeks->before[last].at[i].slope * weeks->before[last].at[i].length;
    }
    for (int w = last - 1; w >= 0 && booked > 0 && !weeks->no_memory; w--) {
        int32_t in_week = minutes_in(&ask, w, booked);
        give(&ask, w, in_week, minutes);
        booked -= in_week;
    }
    return weeks->no_memory ? 0 : value;
}
