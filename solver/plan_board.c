#include "solver/plan_board.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* Fewer people are not worth a thread more. */
enum { PEOPLE_A_THREAD = 16, THREADS_MOST = 256 };

/* ---- rows ---- */

static struct am_plan_rows rows_of(const struct am_horizon *horizon)
{
    struct am_plan_rows rows = {.places = 0};
    rows.supervisors = (int64_t)horizon->kind_count * horizon->weeks;
    rows.education = rows.supervisors + (int64_t)horizon->weeks * AM_SUPERVISED_ROWS;
    rows.count = rows.education + horizon->planned_count;
    return rows;
}

int64_t am_plan_row_limit(const struct am_plan_board *board, int64_t r)
{
    const struct am_horizon *horizon = board->horizon;
    if (r < board->rows.supervisors)
        return horizon->held_min[r];
    if (r < board->rows.education)
        return horizon->supervised_min[r - board->rows.supervisors];
    return horizon->planned[r - board->rows.education].ete_min;
}

void am_plan_seat_prices(const struct am_plan_board *board, const int64_t *prices, int64_t *seat)
{
    const struct am_horizon *horizon = board->horizon;
    const int64_t *sigma = prices + board->rows.supervisors;
    for (int k = 0; k < horizon->kind_count; k++) {
        const struct am_place_kind *kind = &horizon->kinds[k];
        for (int w = 0; w < horizon->weeks; w++) {
            int64_t minute = prices[(int64_t)k * horizon->weeks + w];
            if (kind->supervised)
                minute += sigma[w * AM_SUPERVISED_ROWS + (int)kind->part] +
                          sigma[w * AM_SUPERVISED_ROWS + AM_SUPERVISED_WEEK];
            seat[am_seat_index(horizon, k, w)] = minute / kind->seats;
        }
    }
}

/* ---- memory ---- */

static am_status take_threads(struct am_plan_board *board, struct am_err *err)
{
    size_t cells = (size_t)board->rows.supervisors;
    board->weeks = AM_ARENA_NEW(&board->arena, (size_t)board->threads, struct am_weeks);
    board->seats = AM_ARENA_NEW(&board->arena, (size_t)board->threads, int64_t *);
    board->values = AM_ARENA_NEW(&board->arena, (size_t)board->threads, int64_t);
    if (!board->weeks || !board->seats || !board->values)
        return am_fail_memory(err);
    for (int t = 0; t < board->threads; t++) {
        board->seats[t] = AM_ARENA_NEW(&board->arena, cells, int64_t);
        if (!board->seats[t])
            return am_fail_memory(err);
        am_status status = am_weeks_init(&board->weeks[t], board->horizon, err);
        if (status != AM_OK)
            return status;
    }
    return AM_OK;
}

static am_status take_tables(struct am_plan_board *board, struct am_err *err)
{
    const struct am_horizon *horizon = board->horizon;
    struct am_arena *arena = &board->arena;
    board->first = AM_ARENA_NEW(arena, (size_t)horizon->planned_count + 1, size_t);
    if (!board->first)
        return am_fail_memory(err);
    for (int i = 0; i < horizon->planned_count; i++) {
        board->first[i] = board->table_size;
        board->table_size += (size_t)horizon->planned[i].option_count * (size_t)horizon->weeks;
    }
    board->first[horizon->planned_count] = board->table_size;
    board->minutes = AM_ARENA_NEW(arena, board->table_size, int32_t);
    board->mean = AM_ARENA_NEW(arena, board->table_size, double);
    board->seat_price = AM_ARENA_NEW(arena, (size_t)board->rows.supervisors, int64_t);
    board->used = AM_ARENA_NEW(arena, (size_t)board->rows.count, int64_t);
    return board->minutes && board->mean && board->seat_price && board->used ? AM_OK
                                                                             : am_fail_memory(err);
}

am_status am_plan_board_init(struct am_plan_board *board, const struct am_horizon *horizon,
                             int threads, struct am_err *err)
{
    int most = horizon->planned_count / PEOPLE_A_THREAD + 1;
    most = most < THREADS_MOST ? most : THREADS_MOST;
    *board = (struct am_plan_board){
        .horizon = horizon, .rows = rows_of(horizon), .threads = threads < most ? threads : most};
    am_arena_init(&board->arena);
    am_status status = take_threads(board, err);
    return status == AM_OK ? take_tables(board, err) : status;
}

void am_plan_board_release(struct am_plan_board *board)
{
    for (int t = 0; board->weeks && t < board->threads; t++)
        am_weeks_release(&board->weeks[t]);
    am_arena_release(&board->arena);
}

/* ---- asking ---- */

struct share {
    struct am_plan_board *board;
    const int64_t *prices;
    double share;
    int thread;
    pthread_t id;
    bool started;
};

static void count_answer(const struct share *share, int i)
{
    struct am_plan_board *board = share->board;
    const struct am_planned *who = &board->horizon->planned[i];
    const int32_t *minutes = board->minutes + board->first[i];
    double *mean = board->mean + board->first[i];
    int64_t *seats = board->seats[share->thread], ete = 0;
    int weeks = board->horizon->weeks;
    double keep = 1 - share->share;
    for (int w = 0; w < weeks; w++)
        for (int o = 0; o < who->option_count; o++) {
            int at = w * who->option_count + o;
            mean[at] = keep * mean[at] + share->share * minutes[at];
            if (minutes[at] == 0)
                continue;
            seats[(int64_t)who->options[o].kind * weeks + w] += minutes[at];
            ete += who->options[o].ete ? minutes[at] : 0;
        }
    board->used[board->rows.education + i] = ete;
}

static void *work(void *argument)
{
    const struct share *share = argument;
    struct am_plan_board *board = share->board;
    int64_t sum = 0;
    memset(board->seats[share->thread], 0, (size_t)board->rows.supervisors * sizeof **board->seats);
    for (int i = share->thread; i < board->horizon->planned_count; i += board->threads) {
        struct am_weeks_prices prices = {.seat = board->seat_price,
                                         .ete = share->prices[board->rows.education + i]};
        sum += am_weeks_best(&board->weeks[share->thread], i, &prices,
                             board->minutes + board->first[i]);
        count_answer(share, i);
    }
    board->values[share->thread] = sum;
    return NULL;
}

/* What the threads counted, together. */
static int64_t gather(struct am_plan_board *board)
{
    int64_t sum = 0;
    memset(board->used, 0, (size_t)board->rows.supervisors * sizeof *board->used);
    for (int t = 0; t < board->threads; t++) {
        sum += board->values[t];
        for (int64_t r = 0; r < board->rows.supervisors; r++)
            board->used[r] += board->seats[t][r];
    }
    return sum;
}

static bool ran_out(const struct am_plan_board *board)
{
    for (int t = 0; t < board->threads; t++)
        if (board->weeks[t].no_memory)
            return true;
    return false;
}

am_status am_plan_board_ask(struct am_plan_board *board, const int64_t *prices, double share,
                            int64_t *bound, struct am_err *err)
{
    struct share shares[THREADS_MOST] = {{0}};
    bool all = true;
    am_plan_seat_prices(board, prices, board->seat_price);
    for (int t = 0; t < board->threads; t++)
        shares[t] = (struct share){.board = board, .prices = prices, .share = share, .thread = t};
    for (int t = 1; t < board->threads; t++) {
        shares[t].started = pthread_create(&shares[t].id, NULL, work, &shares[t]) == 0;
        if (!shares[t].started) /* what no thread could be had for is done here */
            (void)work(&shares[t]);
    }
    (void)work(&shares[0]);
    for (int t = 1; t < board->threads; t++)
        if (shares[t].started)
            all = pthread_join(shares[t].id, NULL) == 0 && all;
    if (!all || ran_out(board))
        return am_fail_memory(err);
    int64_t sum = gather(board);
    for (int64_t r = 0; r < board->rows.count; r++)
        sum -= prices[r] * am_plan_row_limit(board, r);
    *bound = sum;
    return AM_OK;
}
