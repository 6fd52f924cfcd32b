#include "solver/price_step.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "solver/crew.h"

/* Sessions of a stripe, at least; stripes at most. A unit with few sessions is one
 * stripe: its steps are too short to be shared out. */
enum { STRIPE_SESSIONS = 32, MOST_STRIPES = 64 };
/* Shares in which the people's bookings are listed, where there are several stripes. */
enum { MOST_LISTINGS = 32 };

/* A pair's two links, to its session's running and to the presence there: what
 * a step needs of them, side by side. */
struct live_pair {
    int64_t pair;
    int64_t price[2];
    double way[2];
    int32_t session;
    uint8_t links, demand;
    bool booked; /* in the answer */
};

/* Sessions from first to before end. */
struct stripe {
    int32_t first, end;
    const int32_t *rows; /* theirs, ascending */
    int32_t row_count;
    /* Pairs whose links may have a price: those that are booked, and those that
     * were and whose links are not slack yet. */
    struct live_pair *live;
    size_t live_count, live_room;
    int64_t *kept; /* pairs whose links have a price in the best prices */
    size_t kept_count, kept_room;
    double square; /* of its part of the way */
    bool short_of_memory;
};

struct am_price_step {
    const struct am_instance *instance;
    const struct am_coupling *coupling;
    struct am_leading *leading;
    struct am_pricer *pricer;
    struct am_arena arena;
    double deflection;
    struct am_answer answer;
    int64_t *prices;
    double *value;             /* of each variable, in the relaxation's answer */
    double *share;             /* of the options that supervisors share out */
    double *activity;          /* of each row in the relaxation's answer */
    double *way;               /* the direction, of each row */
    double *runs;              /* of each session and demand: how much of it runs for such people */
    double *present[2];        /* likewise its variables of presence */
    struct am_link_sums *sums; /* of the links' prices */
    int32_t *live_at;          /* of each pair: where it is in its stripe's, -1: nowhere */
    struct stripe stripes[MOST_STRIPES];
    int stripe_count;
    uint8_t *stripe_of; /* a session's */
    /* What people book in the answer: a listing of each share of the people, by stripe.
     * Those of share i and stripe j are booked[listed[i][j]] to before [listed[i][j + 1]]. */
    int64_t *booked;
    int64_t listed[MOST_LISTINGS][MOST_STRIPES + 1];
    int listing_count;
    /* the work in hand */
    struct am_best_prices *best; /* NULL: the present prices are no better */
    double *mean;
    double weight, length;
};

/* ---- live pairs ---- */

/* There is room for it. */
static struct live_pair *enliven(struct am_price_step *step, struct stripe *stripe, int64_t k)
{
    const struct am_coupling *coupling = step->coupling;
    struct live_pair *live = &stripe->live[stripe->live_count];
    *live = (struct live_pair){.pair = k,
                               .price = {step->prices[am_link_runs(coupling, k)],
                                         step->prices[am_link_presence(coupling, k)]},
                               .session = step->instance->pairs[k].session,
                               .links = coupling->links[k],
                               .demand = (uint8_t)am_demand_of(step->instance, k)};
    step->live_at[k] = (int32_t)stripe->live_count++;
    return live;
}

static bool make_room(struct stripe *stripe, size_t more)
{
    return am_grow((void **)&stripe->live, &stripe->live_room, stripe->live_count + more,
                   sizeof *stripe->live);
}

/* The live pairs are those whose links have a price in the best prices. */
static bool keep_live(struct stripe *stripe)
{
    if (!am_grow((void **)&stripe->kept, &stripe->kept_room, stripe->live_count + 1,
                 sizeof *stripe->kept))
        return false;
    for (size_t i = 0; i < stripe->live_count; i++)
        stripe->kept[i] = stripe->live[i].pair;
    stripe->kept_count = stripe->live_count;
    return true;
}

static int stripe_of_pair(const struct am_price_step *step, int64_t k)
{
    return step->stripe_of[step->instance->pairs[k].session];
}

static bool list_priced(struct am_price_step *step)
{
    bool held = true;
    for (int64_t k = 0; k < step->coupling->pair_count && held; k++) {
        step->live_at[k] = -1;
        if (!am_links_have_price(step->coupling, step->prices, k))
            continue;
        struct stripe *stripe = &step->stripes[stripe_of_pair(step, k)];
        held = make_room(stripe, 1);
        if (held)
            (void)enliven(step, stripe, k);
    }
    for (int i = 0; i < step->stripe_count && held; i++)
        held = keep_live(&step->stripes[i]);
    return held;
}

/* What each session's variables answer for. */
static void sum_links(struct am_price_step *step, const struct stripe *stripe)
{
    memset(step->sums + stripe->first, 0,
           (size_t)(stripe->end - stripe->first) * sizeof *step->sums);
    for (size_t i = 0; i < stripe->live_count; i++) {
        const struct live_pair *live = &stripe->live[i];
        struct am_link_sums *sums = &step->sums[live->session];
        sums->runs[live->demand] += live->price[0];
        sums->presence[live->links & AM_LINK_MAN ? 0 : 1] += live->price[1];
    }
}

/* ---- to begin with ---- */

static bool take_room(struct am_price_step *step)
{
    struct am_arena *arena = &step->arena;
    const struct am_coupling *coupling = step->coupling;
    size_t rows = (size_t)coupling->row_count, vars = (size_t)coupling->var_count;
    size_t sessions = (size_t)step->instance->session_count;
    size_t cells = (size_t)step->instance->person_count * (size_t)step->instance->days;
    step->prices = AM_ARENA_NEW(arena, (size_t)am_price_count(coupling), int64_t);
    step->way = AM_ARENA_NEW(arena, rows, double);
    step->activity = AM_ARENA_NEW(arena, rows, double);
    step->share = AM_ARENA_NEW(arena, vars, double);
    step->value = AM_ARENA_NEW(arena, vars, double);
    step->runs = AM_ARENA_NEW(arena, sessions * AM_DEMANDS, double);
    step->present[0] = AM_ARENA_NEW(arena, sessions, double);
    step->present[1] = AM_ARENA_NEW(arena, sessions, double);
    step->sums = AM_ARENA_NEW(arena, sessions, struct am_link_sums);
    step->live_at = AM_ARENA_NEW(arena, (size_t)coupling->pair_count, int32_t);
    step->stripe_of = AM_ARENA_NEW(arena, sessions, uint8_t);
    step->booked = AM_ARENA_NEW(arena, cells, int64_t);
    return step->prices && step->way && step->activity && step->share && step->value &&
           step->runs && step->present[0] && step->present[1] && step->sums && step->live_at &&
           step->stripe_of && step->booked;
}

/* About equally many sessions in each; the rows by stripe, as they are numbered. */
static bool make_stripes(struct am_price_step *step)
{
    const struct am_coupling *coupling = step->coupling;
    int sessions = step->instance->session_count, count = sessions / STRIPE_SESSIONS;
    int32_t *rows = AM_ARENA_NEW(&step->arena, (size_t)coupling->row_count, int32_t);
    int32_t from[MOST_STRIPES + 1] = {0};
    if (!rows)
        return false;
    if (count > MOST_STRIPES)
        count = MOST_STRIPES;
    step->stripe_count = sessions < AM_MANY_SESSIONS ? 1 : count;
    step->listing_count = step->stripe_count == 1 ? 1 : MOST_LISTINGS;
    for (int i = 0; i < step->stripe_count; i++) {
        struct stripe *stripe = &step->stripes[i];
        stripe->first = (int32_t)((int64_t)sessions * i / step->stripe_count);
        stripe->end = (int32_t)((int64_t)sessions * (i + 1) / step->stripe_count);
        for (int32_t s = stripe->first; s < stripe->end; s++)
            step->stripe_of[s] = (uint8_t)i;
    }
    for (int32_t r = 0; r < coupling->row_count; r++)
        if (coupling->rows[r].session >= 0)
            step->stripes[step->stripe_of[coupling->rows[r].session]].row_count++;
    for (int i = 0; i < step->stripe_count; i++) {
        step->stripes[i].rows = rows + from[i];
        from[i + 1] = from[i] + step->stripes[i].row_count;
    }
    for (int32_t r = 0; r < coupling->row_count; r++)
        if (coupling->rows[r].session >= 0)
            rows[from[step->stripe_of[coupling->rows[r].session]]++] = r;
    return true;
}

am_status am_price_step_new(struct am_price_step **out, struct am_pricer *pricer,
                            const struct am_instance *instance, const struct am_coupling *coupling,
                            struct am_leading *leading, const int64_t *prices, double deflection,
                            struct am_err *err)
{
    struct am_price_step *step = calloc(1, sizeof *step);
    *out = step;
    if (!step)
        return am_fail_memory(err);
    step->instance = instance;
    step->coupling = coupling;
    step->leading = leading;
    step->pricer = pricer;
    step->deflection = deflection;
    am_arena_init(&step->arena);
    if (!take_room(step) || !make_stripes(step))
        return am_fail_memory(err);
    if (am_price_count(coupling) > 0)
        memcpy(step->prices, prices, (size_t)am_price_count(coupling) * sizeof *prices);
    if (!list_priced(step))
        return am_fail_memory(err);
    for (int i = 0; i < step->stripe_count; i++)
        sum_links(step, &step->stripes[i]);
    return am_answer_init(&step->answer, instance, coupling, &step->arena, err);
}

void am_price_step_free(struct am_price_step *step)
{
    if (!step)
        return;
    for (int i = 0; i < step->stripe_count; i++) {
        free(step->stripes[i].live);
        free(step->stripes[i].kept);
    }
    am_arena_release(&step->arena);
    free(step);
}

/* ---- the answer ---- */

am_status am_price_step_solve(struct am_price_step *step, struct am_limits branch,
                              struct am_err *err)
{
    am_price_begin(step->pricer, step->prices, step->sums, branch, &step->answer);
    am_status status = am_leading_solve(step->leading, step->prices, step->sums, step->share, err);
    am_price_end(step->pricer);
    return status;
}

const struct am_answer *am_price_step_answer(const struct am_price_step *step)
{
    return &step->answer;
}

/* ---- what is booked ---- */

/* The first person of a share. */
static int32_t first_person(const struct am_price_step *step, int share)
{
    return (int32_t)((int64_t)step->instance->person_count * share / step->listing_count);
}

/* The pair that the answer books; -1: none. */
static int64_t booked_on(const struct am_price_step *step, int32_t p, int day)
{
    int32_t chosen = step->answer.chosen[(int64_t)p * step->instance->days + day];
    return chosen < 0 ? -1 : step->instance->people[p].first_pair + chosen;
}

/* By counting: how many of each stripe, then where they go. */
static void list_booked(void *context, int member, int share)
{
    struct am_price_step *step = context;
    int days = step->instance->days;
    int32_t begin = first_person(step, share), end = first_person(step, share + 1);
    int64_t *first = step->listed[share], at[MOST_STRIPES] = {0};
    (void)member;
    for (int32_t p = begin; p < end; p++)
        for (int d = 0; d < days; d++) {
            int64_t k = booked_on(step, p, d);
            if (k >= 0)
                at[stripe_of_pair(step, k)]++;
        }
    first[0] = (int64_t)begin * days;
    for (int i = 0; i < step->stripe_count; i++) {
        first[i + 1] = first[i] + at[i];
        at[i] = first[i];
    }
    for (int32_t p = begin; p < end; p++)
        for (int d = 0; d < days; d++) {
            int64_t k = booked_on(step, p, d);
            if (k >= 0)
                step->booked[at[stripe_of_pair(step, k)]++] = k;
        }
}

static void visit_pair(struct am_price_step *step, struct stripe *stripe, int64_t k)
{
    const struct am_entries of = am_entries_of_pair(step->coupling, k);
    for (int64_t e = 0; e < of.count; e++)
        step->activity[of.at[e].row] += of.at[e].value;
    if (!step->coupling->links[k])
        return;
    struct live_pair *live =
        step->live_at[k] < 0 ? enliven(step, stripe, k) : &stripe->live[step->live_at[k]];
    live->booked = true;
}

static void visit_booked(struct am_price_step *step, struct stripe *stripe)
{
    int i = (int)(stripe - step->stripes);
    size_t most = 0;
    for (int share = 0; share < step->listing_count; share++)
        most += (size_t)(step->listed[share][i + 1] - step->listed[share][i]);
    if (!make_room(stripe, most)) {
        stripe->short_of_memory = true;
        return;
    }
    for (int share = 0; share < step->listing_count; share++)
        for (int64_t at = step->listed[share][i]; at < step->listed[share][i + 1]; at++)
            visit_pair(step, stripe, step->booked[at]);
}

/* ---- where the answer stands ---- */

/* How much of an option there is. */
static double option_share(const struct am_price_step *step, int32_t v)
{
    return am_leading_has(step->leading, v) ? step->share[v] : step->answer.var[v];
}

static void visit_entries(struct am_price_step *step, int32_t v, double value)
{
    const struct am_entries of = am_entries_of_var(step->coupling, v);
    for (int64_t e = 0; e < of.count; e++)
        if (step->coupling->rows[of.at[e].row].session >= 0)
            step->activity[of.at[e].row] += value * of.at[e].value;
}

/* A session's variables: its options, and as much of the others as it runs. */
static void visit_vars(struct am_price_step *step, int s)
{
    const struct am_coupling *coupling = step->coupling;
    int32_t first = coupling->first_var[s], options = first + coupling->option_count[s];
    double all = 0;
    for (int32_t v = first; v < coupling->first_var[s + 1]; v++) {
        double value = v < options ? option_share(step, v)
                                   : all * step->answer.var[v] * coupling->vars[v].upper;
        step->value[v] = value;
        if (value == 0)
            continue;
        if (v < options)
            all += value;
        for (int demand = 0; coupling->opens[v] >> demand; demand++)
            step->runs[s * AM_DEMANDS + demand] += am_opens_to(coupling, v, demand) ? value : 0;
        visit_entries(step, v, value);
    }
    for (int i = 0; i < 2; i++)
        if (coupling->presence[i][s] >= 0)
            step->present[i][s] = step->value[coupling->presence[i][s]];
}

/* A x + B t of the relaxation's answer, and what its links hang on. */
static void reckon_activity(struct am_price_step *step, struct stripe *stripe)
{
    for (int32_t i = 0; i < stripe->row_count; i++)
        step->activity[stripe->rows[i]] = 0;
    memset(step->runs + (size_t)stripe->first * AM_DEMANDS, 0,
           (size_t)(stripe->end - stripe->first) * AM_DEMANDS * sizeof *step->runs);
    visit_booked(step, stripe);
    for (int32_t s = stripe->first; s < stripe->end; s++)
        visit_vars(step, s);
}

/* The mean share so far (Barahona and Anbil 2000). */
static void average(const struct am_price_step *step, const struct stripe *stripe)
{
    const int32_t *first_var = step->coupling->first_var;
    for (int32_t v = first_var[stripe->first]; v < first_var[stripe->end]; v++)
        step->mean[v] = (1 - step->weight) * step->mean[v] + step->weight * step->value[v];
}

/* ---- which way ---- */

double am_row_pull(const struct am_row *row, double activity, int64_t price)
{
    bool is_lower = row->lower != -AM_ROW_FREE;
    double missing = (double)(is_lower ? row->lower : row->upper) - activity;
    bool outward = is_lower ? missing < 0 : missing > 0;
    return outward && price == 0 ? 0 : missing;
}

double am_link_pull(double there, bool booked, int64_t price)
{
    double missing = there - booked;
    return missing > 0 && price == 0 ? 0 : missing;
}

/* The new direction of a pair's links; returns its squared length. */
static double turn_links(const struct am_price_step *step, struct live_pair *live)
{
    const double there[2] = {step->runs[live->session * AM_DEMANDS + live->demand],
                             step->present[live->links & AM_LINK_MAN ? 0 : 1][live->session]};
    const bool exists[2] = {live->links & AM_LINK_RUNS,
                            live->links & (AM_LINK_MAN | AM_LINK_LONE_WOMAN)};
    for (int i = 0; i < 2; i++)
        if (exists[i])
            live->way[i] = am_link_pull(there[i], live->booked, live->price[i]) +
                           step->deflection * live->way[i];
    return live->way[0] * live->way[0] + live->way[1] * live->way[1];
}

/* The new direction, the last one fading. */
static void turn(struct am_price_step *step, struct stripe *stripe)
{
    stripe->square = 0;
    for (int32_t i = 0; i < stripe->row_count; i++) {
        int32_t r = stripe->rows[i];
        step->way[r] = am_row_pull(&step->coupling->rows[r], step->activity[r], step->prices[r]) +
                       step->deflection * step->way[r];
        stripe->square += step->way[r] * step->way[r];
    }
    for (size_t i = 0; i < stripe->live_count; i++)
        stripe->square += turn_links(step, &stripe->live[i]);
}

/* ---- the best prices ---- */

static void remember(const struct am_price_step *step, struct stripe *stripe)
{
    const struct am_coupling *coupling = step->coupling;
    int64_t *best = step->best->row;
    for (int32_t i = 0; i < stripe->row_count; i++)
        best[stripe->rows[i]] = step->prices[stripe->rows[i]];
    for (size_t i = 0; i < stripe->kept_count; i++)
        best[am_link_runs(coupling, stripe->kept[i])] =
            best[am_link_presence(coupling, stripe->kept[i])] = 0;
    for (size_t i = 0; i < stripe->live_count; i++) {
        best[am_link_runs(coupling, stripe->live[i].pair)] = stripe->live[i].price[0];
        best[am_link_presence(coupling, stripe->live[i].pair)] = stripe->live[i].price[1];
    }
    if (!keep_live(stripe))
        stripe->short_of_memory = true;
}

static void remember_supervisors(const struct am_price_step *step)
{
    for (int32_t r = 0; r < step->coupling->row_count; r++)
        if (step->coupling->rows[r].session < 0)
            step->best->row[r] = step->prices[r];
}

static void turn_stripe(void *context, int member, int i)
{
    struct am_price_step *step = context;
    struct stripe *stripe = &step->stripes[i];
    (void)member;
    if (step->best)
        remember(step, stripe);
    reckon_activity(step, stripe);
    if (step->mean)
        average(step, stripe);
    turn(step, stripe);
}

am_status am_price_step_turn(struct am_price_step *step, bool better, struct am_best_prices *best,
                             double *mean, double weight, double *square, struct am_err *err)
{
    step->best = better ? best : NULL;
    step->mean = mean;
    step->weight = weight;
    if (better)
        remember_supervisors(step);
    struct am_crew *crew = am_pricer_crew(step->pricer);
    am_crew_share(crew, step->listing_count, list_booked, step);
    am_crew_share(crew, step->stripe_count, turn_stripe, step);
    *square = 0;
    for (int i = 0; i < step->stripe_count; i++) {
        if (step->stripes[i].short_of_memory)
            return am_fail_memory(err);
        *square += step->stripes[i].square;
    }
    return AM_OK;
}

/* ---- going there ---- */

/* Most stay at zero, and what is not written need not leave the memory of the
 * threads that read it. */
static void move_link(struct am_price_step *step, int64_t link, int64_t *price, double change)
{
    int64_t moved = am_link_price_of(am_in_points(*price) + change);
    if (moved != *price)
        step->prices[link] = *price = moved;
}

/* A link without a price that pulls nowhere, of a pair that is not booked, is
 * left until the pair is booked again. */
static bool is_slack(const struct live_pair *live)
{
    return !live->booked && live->price[0] == 0 && live->way[0] >= 0 && live->price[1] == 0 &&
           live->way[1] >= 0;
}

static void move_links(struct am_price_step *step, struct stripe *stripe)
{
    const struct am_coupling *coupling = step->coupling;
    size_t left = 0;
    for (size_t i = 0; i < stripe->live_count; i++) {
        struct live_pair *live = &stripe->live[i];
        move_link(step, am_link_runs(coupling, live->pair), &live->price[0],
                  step->length * live->way[0]);
        move_link(step, am_link_presence(coupling, live->pair), &live->price[1],
                  step->length * live->way[1]);
        if (is_slack(live)) {
            step->live_at[live->pair] = -1;
            continue;
        }
        live->booked = false; /* so far, in the next answer */
        if (left < i) {
            step->live_at[live->pair] = (int32_t)left;
            stripe->live[left] = *live;
        }
        left++;
    }
    stripe->live_count = left;
}

static void move_stripe(void *context, int member, int i)
{
    struct am_price_step *step = context;
    struct stripe *stripe = &step->stripes[i];
    (void)member;
    for (int32_t at = 0; at < stripe->row_count; at++) {
        int32_t r = stripe->rows[at];
        double price = am_in_points(step->prices[r]) + step->length * step->way[r];
        step->prices[r] = am_price_of(&step->coupling->rows[r], price);
    }
    move_links(step, stripe);
    sum_links(step, stripe);
}

void am_price_step_move(struct am_price_step *step, double length)
{
    step->length = length;
    am_crew_share(am_pricer_crew(step->pricer), step->stripe_count, move_stripe, step);
}
