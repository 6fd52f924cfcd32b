#include "solver/plan_fit.h"

#include <string.h>

static const int64_t forbidding = INT64_C(1) << 40; /* a price that nobody pays */

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

am_status am_plan_fit_init(struct am_plan_fit *fit, struct am_plan_board *board, struct am_err *err)
{
    const struct am_horizon *horizon = board->horizon;
    size_t cells = (size_t)board->rows.supervisors, people = (size_t)horizon->planned_count;
    size_t most = 1;
    *fit = (struct am_plan_fit){.board = board};
    am_arena_init(&fit->arena);
    for (size_t i = 0; i < people; i++)
        if (board->first[i + 1] - board->first[i] > most)
            most = board->first[i + 1] - board->first[i];
    fit->minutes = AM_ARENA_NEW(&fit->arena, board->table_size, int32_t);
    fit->seats = AM_ARENA_NEW(&fit->arena, cells, int64_t);
    fit->led = AM_ARENA_NEW(&fit->arena, (size_t)horizon->weeks * AM_SUPERVISED_ROWS, int64_t);
    fit->cost = AM_ARENA_NEW(&fit->arena, people, int64_t);
    fit->kept = AM_ARENA_NEW(&fit->arena, most, int32_t);
    fit->found = AM_ARENA_NEW(&fit->arena, most, int32_t);
    if (!fit->minutes || !fit->seats || !fit->led || !fit->cost || !fit->kept || !fit->found)
        return am_fail_memory(err);
    return AM_OK;
}

void am_plan_fit_release(struct am_plan_fit *fit)
{
    am_arena_release(&fit->arena);
}

/* ---- room ---- */

static int64_t run_of(const struct am_plan_fit *fit, int k, int w)
{
    const struct am_horizon *horizon = fit->board->horizon;
    int32_t seats = horizon->kinds[k].seats;
    return (fit->seats[k * horizon->weeks + w] + seats - 1) / seats;
}

static struct am_weeks_room room_of(const struct am_plan_fit *fit)
{
    return (struct am_weeks_room){fit->seats, fit->led};
}

/* Book so many minutes more (or fewer) of a kind. */
static void book(struct am_plan_fit *fit, int k, int w, int32_t minutes)
{
    const struct am_horizon *horizon = fit->board->horizon;
    const struct am_place_kind *kind = &horizon->kinds[k];
    int64_t before = run_of(fit, k, w);
    fit->seats[k * horizon->weeks + w] += minutes;
    int64_t more = run_of(fit, k, w) - before;
    if (kind->supervised) {
        fit->led[w * AM_SUPERVISED_ROWS + (int)kind->part] += more;
        fit->led[w * AM_SUPERVISED_ROWS + AM_SUPERVISED_WEEK] += more;
    }
}

static void clear(struct am_plan_fit *fit)
{
    const struct am_horizon *horizon = fit->board->horizon;
    memset(fit->minutes, 0, fit->board->table_size * sizeof *fit->minutes);
    memset(fit->seats, 0, (size_t)fit->board->rows.supervisors * sizeof *fit->seats);
    memset(fit->led, 0, (size_t)horizon->weeks * AM_SUPERVISED_ROWS * sizeof *fit->led);
}

/* ---- one person ---- */

static int32_t *table_of(const struct am_plan_fit *fit, int i)
{
    return fit->minutes + fit->board->first[i];
}

/* Take from the person's table whatever they have booked. */
static void take_out(struct am_plan_fit *fit, int i)
{
    const struct am_horizon *horizon = fit->board->horizon;
    const struct am_planned *who = &horizon->planned[i];
    int32_t *table = table_of(fit, i);
    for (int w = 0; w < horizon->weeks; w++)
        for (int o = 0; o < who->option_count; o++) {
            int32_t *at = &table[w * who->option_count + o];
            if (*at == 0)
                continue;
            book(fit, who->options[o].kind, w, -*at);
            *at = 0;
        }
}

static int32_t ete_of(const struct am_planned *who, int weeks, const int32_t *table)
{
    int32_t sum = 0;
    for (int w = 0; w < weeks; w++)
        for (int o = 0; o < who->option_count; o++)
            sum += who->options[o].ete ? table[w * who->option_count + o] : 0;
    return sum;
}

/* Add to the person's table what fits of the wanted minutes; false where some
 * did not. */
static bool put_in(struct am_plan_fit *fit, int i, const int32_t *wanted)
{
    const struct am_horizon *horizon = fit->board->horizon;
    const struct am_planned *who = &horizon->planned[i];
    int32_t *table = table_of(fit, i), ete = who->ete_min - ete_of(who, horizon->weeks, table);
    const struct am_weeks_room room = room_of(fit);
    bool all = true;
    for (int w = 0; w < horizon->weeks; w++)
        for (int o = 0; o < who->option_count; o++) {
            int at = w * who->option_count + o, kind = who->options[o].kind;
            if (wanted[at] == 0)
                continue;
            int32_t minutes = least(wanted[at], am_weeks_room_at(horizon, &room, kind, w));
            if (who->options[o].ete) {
                minutes = least(minutes, ete);
                ete -= minutes;
            }
            all = all && minutes == wanted[at];
            book(fit, kind, w, minutes);
            table[at] += minutes;
        }
    return all;
}

/* Book what is best for the person of what is left, beside what they have. */
static void choose(struct am_plan_fit *fit, int i, const int64_t *seat, int64_t ete)
{
    const struct am_planned *who = &fit->board->horizon->planned[i];
    const struct am_weeks_room room = room_of(fit);
    struct am_weeks_prices prices = {
        .seat = seat, .ete = ete, .room = &room, .taken = table_of(fit, i)};
    for (int tries = 0; tries < 3; tries++) {
        if (ete_of(who, fit->board->horizon->weeks, prices.taken) >= who->ete_min)
            prices.ete = forbidding;
        (void)am_weeks_best(&fit->board->weeks[0], i, &prices, fit->found);
        if (put_in(fit, i, fit->found))
            return;
    }
}

/* ---- from the mean ---- */

/* Shares by kind and week at which the mean fits its rows. */
static void set_shares(const struct am_plan_fit *fit, const double *load, double *share)
{
    const struct am_horizon *horizon = fit->board->horizon;
    for (int w = 0; w < horizon->weeks; w++) {
        double led[AM_SUPERVISED_ROWS] = {0};
        for (int k = 0; k < horizon->kind_count; k++) {
            int at = k * horizon->weeks + w;
            const struct am_place_kind *kind = &horizon->kinds[k];
            double most = (double)horizon->held_min[at] * kind->seats;
            share[at] = load[at] > most ? most / load[at] : 1;
            if (!kind->supervised)
                continue;
            led[kind->part] += load[at] * share[at] / kind->seats;
            led[AM_SUPERVISED_WEEK] += load[at] * share[at] / kind->seats;
        }
        for (int k = 0; k < horizon->kind_count; k++) {
            const struct am_place_kind *kind = &horizon->kinds[k];
            const int32_t *limits = horizon->supervised_min + w * AM_SUPERVISED_ROWS;
            double cut = 1;
            if (kind->supervised && led[kind->part] > limits[kind->part])
                cut = limits[kind->part] / led[kind->part];
            if (kind->supervised && led[AM_SUPERVISED_WEEK] * cut > limits[AM_SUPERVISED_WEEK])
                cut = limits[AM_SUPERVISED_WEEK] / led[AM_SUPERVISED_WEEK];
            share[k * horizon->weeks + w] *= cut;
        }
    }
}

static void add_load(const struct am_plan_fit *fit, double *load)
{
    const struct am_horizon *horizon = fit->board->horizon;
    for (int i = 0; i < horizon->planned_count; i++) {
        const struct am_planned *who = &horizon->planned[i];
        const double *mean = fit->board->mean + fit->board->first[i];
        for (int w = 0; w < horizon->weeks; w++)
            for (int o = 0; o < who->option_count; o++)
                load[who->options[o].kind * horizon->weeks + w] += mean[w * who->option_count + o];
    }
}

static void start_from(struct am_plan_fit *fit, const double *share, double part)
{
    const struct am_horizon *horizon = fit->board->horizon;
    for (int i = 0; i < horizon->planned_count; i++) {
        const struct am_planned *who = &horizon->planned[i];
        const double *mean = fit->board->mean + fit->board->first[i];
        for (int w = 0; w < horizon->weeks; w++)
            for (int o = 0; o < who->option_count; o++) {
                int at = w * who->option_count + o;
                fit->found[at] =
                    (int32_t)(mean[at] * part * share[who->options[o].kind * horizon->weeks + w]);
            }
        (void)put_in(fit, i, fit->found);
    }
}

static void reckon(struct am_plan_fit *fit)
{
    fit->total = 0;
    for (int i = 0; i < fit->board->horizon->planned_count; i++) {
        fit->cost[i] = am_planned_cost(fit->board->horizon, i, table_of(fit, i)).total;
        fit->total += fit->cost[i];
    }
}

am_status am_plan_fit_mean(struct am_plan_fit *fit, const int64_t *prices, double share,
                           struct am_err *err)
{
    const struct am_plan_board *board = fit->board;
    size_t cells = (size_t)board->rows.supervisors;
    struct am_arena scratch;
    am_arena_init(&scratch);
    double *load = AM_ARENA_NEW(&scratch, cells, double);
    double *shares = AM_ARENA_NEW(&scratch, cells, double);
    if (!load || !shares) {
        am_arena_release(&scratch);
        return am_fail_memory(err);
    }
    clear(fit);
    if (share > 0) {
        add_load(fit, load);
        set_shares(fit, load, shares);
        start_from(fit, shares, share);
    }
    am_plan_seat_prices(board, prices, board->seat_price);
    for (int i = 0; i < board->horizon->planned_count; i++)
        choose(fit, i, board->seat_price, prices[board->rows.education + i]);
    reckon(fit);
    am_arena_release(&scratch);
    return board->weeks[0].no_memory ? am_fail_memory(err) : AM_OK;
}

/* ---- rounds ---- */

/* What the person's weeks cost, and what they take at these prices. */
static int64_t worth(const struct am_plan_fit *fit, int i, const int64_t *seat, int64_t *cost)
{
    const struct am_horizon *horizon = fit->board->horizon;
    const struct am_planned *who = &horizon->planned[i];
    const int32_t *table = table_of(fit, i);
    int64_t taken = 0;
    *cost = am_planned_cost(horizon, i, table).total;
    for (int w = 0; w < horizon->weeks; w++)
        for (int o = 0; o < who->option_count; o++)
            taken += seat[am_seat_index(horizon, who->options[o].kind, w)] *
                     table[w * who->option_count + o];
    return *cost * AM_PLAN_ONE + taken;
}

static void choose_anew(struct am_plan_fit *fit, int i, const int64_t *seat, int64_t ete)
{
    size_t size = fit->board->first[i + 1] - fit->board->first[i];
    int64_t cost = 0, before = worth(fit, i, seat, &cost);
    memcpy(fit->kept, table_of(fit, i), size * sizeof *fit->kept);
    take_out(fit, i);
    choose(fit, i, seat, ete);
    int64_t after = worth(fit, i, seat, &cost);
    if (after < before) {
        fit->total += cost - fit->cost[i];
        fit->cost[i] = cost;
        return;
    }
    take_out(fit, i);
    (void)put_in(fit, i, fit->kept);
}

am_status am_plan_fit_round(struct am_plan_fit *fit, const int64_t *prices, int percent,
                            struct am_err *err)
{
    const struct am_plan_board *board = fit->board;
    am_plan_seat_prices(board, prices, board->seat_price);
    for (int64_t at = 0; at < board->rows.supervisors; at++)
        board->seat_price[at] = board->seat_price[at] * percent / 100;
    for (int i = 0; i < board->horizon->planned_count; i++)
        choose_anew(fit, i, board->seat_price, prices[board->rows.education + i] * percent / 100);
    return board->weeks[0].no_memory ? am_fail_memory(err) : AM_OK;
}
