#include "cli/prices_check.h"

struct check {
    const struct am_pricing_base *base;
    struct am_prices *prices;
    const struct am_roster *warm; /* what rows are compared with */
    struct am_settings settings;  /* of each search */
    int *rows;                    /* to be checked */
    int count;
};

/* ---- the base ---- */

static am_status take_base(struct check *check, const struct am_roster *roster, bool proven,
                           struct am_err *err)
{
    const struct am_pricing_base *base = check->base;
    struct am_prices *prices = check->prices;
    int64_t better = base->roster->score.total - roster->score.total;
    check->warm = roster;
    prices->base.objective = roster->score.total;
    prices->base_proven = proven || prices->base.objective <= prices->base.bound;
    for (int i = 0; i < prices->row_count; i++)
        prices->rows[i].at_most -= better;
    return am_yield_of(roster, &base->derived->orders, &base->derived->clocks, &prices->yield, err);
}

/* Search on from the given roster, unless it is known to be the best. */
static am_status solve_base(struct check *check, struct am_solved *solved, struct am_err *err)
{
    const struct am_pricing_base *base = check->base;
    struct am_prices *prices = check->prices;
    prices->given = base->roster->score.total;
    prices->base =
        (struct am_proof){.objective = prices->given, .bound = am_worth_bound(base->worth)};
    if (check->count == 0 || prices->given <= prices->base.bound)
        return take_base(check, base->roster, false, err);
    am_status status =
        am_solved_make(solved, base->derived, base->settings, base->roster, base->stop, err);
    if (status == AM_EINTERRUPTED)
        return take_base(check, base->roster, false, err);
    if (status != AM_OK)
        return status;
    if (solved->roster.proof.bound > prices->base.bound)
        prices->base.bound = solved->roster.proof.bound;
    bool better = solved->roster.score.total < prices->given;
    return take_base(check, better ? &solved->roster : base->roster,
                     solved->roster.outcome == AM_OUTCOME_OPTIMAL, err);
}

/* ---- a row ---- */

static struct am_yield less(struct am_yield a, const struct am_yield *b)
{
    return (struct am_yield){a.placed - b->placed, a.starting_on_time - b->starting_on_time,
                             a.minutes - b->minutes, a.orders_finished - b->orders_finished,
                             a.orders_on_track - b->orders_on_track};
}

static am_status compare(const struct check *check, const struct am_derived *more,
                         const struct am_roster *roster, struct am_price_row *row,
                         struct am_err *err)
{
    const struct am_prices *prices = check->prices;
    struct am_yield yield;
    am_status status = am_yield_of(roster, &more->orders, &more->clocks, &yield, err);
    if (status != AM_OK)
        return status;
    int64_t most = prices->base.objective - roster->proof.bound;
    row->checked = true;
    row->gain = prices->base.objective - roster->score.total;
    row->proven = prices->base_proven && roster->outcome == AM_OUTCOME_OPTIMAL;
    row->at_least = prices->base.bound - roster->score.total;
    row->has_at_least = row->proven || row->at_least > 0;
    row->at_most = most < row->at_most ? most : row->at_most;
    row->more = less(yield, &prices->yield);
    return AM_OK;
}

static am_status solve_row(void *context, int i, struct am_err *err)
{
    struct check *check = context;
    const struct am_pricing_base *base = check->base;
    struct am_price_row *row = &check->prices->rows[check->rows[i]];
    struct am_derived more = {0};
    struct am_solved solved = {0};
    if (base->stop && *base->stop)
        return AM_OK;
    am_status status = am_prices_enlarge(base, row, &more, NULL, err);
    if (status == AM_OK)
        status = am_solved_make(&solved, &more, &check->settings, check->warm, base->stop, err);
    if (status == AM_OK)
        status = compare(check, &more, &solved.roster, row, err);
    am_solved_release(&solved);
    am_derived_release(&more);
    return status == AM_EINTERRUPTED ? AM_OK : status;
}

/* The first of each kind. */
static am_status list_rows(struct check *check, int each, struct am_arena *arena,
                           struct am_err *err)
{
    const struct am_prices *prices = check->prices;
    int seen[AM_PRICE_KIND_COUNT] = {0};
    check->rows = AM_ARENA_NEW(arena, (size_t)prices->row_count, int);
    if (!check->rows)
        return am_fail_memory(err);
    for (int i = 0; i < prices->row_count; i++)
        if (seen[prices->rows[i].kind]++ < each)
            check->rows[check->count++] = i;
    return AM_OK;
}

am_status am_prices_check(const struct am_pricing_base *base, int each, struct am_prices *prices,
                          struct am_err *err)
{
    struct check check = {.base = base, .prices = prices, .settings = *base->settings};
    struct am_solved solved = {0};
    struct am_arena arena;
    check.settings.threads = 1;
    am_arena_init(&arena);
    am_status status = list_rows(&check, each, &arena, err);
    if (status == AM_OK)
        status = solve_base(&check, &solved, err);
    if (status == AM_OK)
        status =
            am_prices_side_by_side(base->settings->threads, check.count, solve_row, &check, err);
    for (int i = 0; i < prices->row_count; i++)
        prices->checked += prices->rows[i].checked;
    am_solved_release(&solved);
    am_arena_release(&arena);
    return status;
}
