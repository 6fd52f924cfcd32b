#include "solver/pricing.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "solver/crew.h"

/* What some of the sessions cost at best. */
struct session_share {
    int64_t cost;
    bool held; /* false: it left the range of 64 bits */
    bool infeasible;
};

/* Shares of the sessions and of the profiles, where a unit has many; else one. */
enum { SESSION_SHARES = 32 };

struct am_pricer {
    const struct am_instance *instance;
    const struct am_networks *networks;
    const struct am_coupling *coupling;
    struct am_crew *crew;
    struct am_path *paths; /* a member's */
    int path_count;
    /* People of share i: from share_first[i] to before share_first[i + 1]. */
    int *share_first;
    int share_count;
    struct session_share session_shares[SESSION_SHARES];
    int session_share_count;
    /* what is priced now */
    const int64_t *prices;
    struct am_limits limits;
    struct am_answer *answer;
    int64_t *loss;                   /* wanted too; NULL: not */
    int64_t *profile_price;          /* at the prices: the sum over a profile's entries */
    struct am_link_sums *scratch;    /* where the caller has no sums */
    const struct am_link_sums *sums; /* of the links' prices */
};

/* ---- one person ---- */

static int64_t price_entries(struct am_entries of, const int64_t *prices)
{
    int64_t price = 0;
    for (int64_t e = 0; e < of.count; e++)
        price += of.at[e].value * prices[of.at[e].row];
    return price;
}

int64_t am_pair_reduced(const struct am_instance *instance, const struct am_coupling *coupling,
                        const int64_t *prices, int64_t pair)
{
    return instance->pairs[pair].cost * AM_PRICE_ONE -
           price_entries(am_entries_of_pair(coupling, pair), prices) -
           prices[am_link_runs(coupling, pair)] - prices[am_link_presence(coupling, pair)];
}

/* The same, the profiles having been priced. */
static int64_t reduced_cost(const struct am_pricer *pricer, int64_t pair)
{
    const struct am_coupling *coupling = pricer->coupling;
    return pricer->instance->pairs[pair].cost * AM_PRICE_ONE -
           pricer->profile_price[coupling->profile_of[pair]] -
           pricer->prices[am_link_runs(coupling, pair)] -
           pricer->prices[am_link_presence(coupling, pair)];
}

/* On a day with a pair that branching demands, staying away and every other
 * pair of the day are ruled out. */
static void find_demands(const struct am_pricer *pricer, const struct am_iperson *person,
                         struct am_path *path)
{
    for (int d = 0; d < pricer->instance->days; d++)
        path->must_book[d] = false;
    for (int64_t k = person->first_pair; k < person->first_pair + person->pair_count; k++)
        if (pricer->limits.pair[k] == 1)
            path->must_book[pricer->instance->pairs[k].day] = true;
}

static bool ruled_out(const struct am_pricer *pricer, const struct am_path *path, int64_t k)
{
    int8_t decided = pricer->limits.pair[k];
    return decided == 0 || (decided < 0 && path->must_book[pricer->instance->pairs[k].day]);
}

static void price_person(const struct am_pricer *pricer, int p, struct am_path *path)
{
    const struct am_instance *instance = pricer->instance;
    const struct am_iperson *person = &instance->people[p];
    const struct am_network *network = &pricer->networks->people[p];
    struct am_answer *answer = pricer->answer;
    bool limited = pricer->limits.pair != NULL;
    am_path_clear(path, network);
    if (limited)
        find_demands(pricer, person, path);
    for (int64_t i = 0; i < person->pair_count; i++) {
        int64_t k = person->first_pair + i;
        if (!limited || !ruled_out(pricer, path, k))
            am_path_offer(path, pricer->networks->pair_class[k], reduced_cost(pricer, k),
                          (int32_t)i);
    }
    answer->value[p] = am_path_sweep(path, network, limited);
    am_path_read(path, network, instance->days, answer->chosen + (int64_t)p * instance->days);
}

static void price_losses(const struct am_pricer *pricer, int p, struct am_path *path)
{
    const struct am_iperson *person = &pricer->instance->people[p];
    const struct am_network *network = &pricer->networks->people[p];
    const int32_t *klass = pricer->networks->pair_class;
    price_person(pricer, p, path);
    am_path_through(path, network, path->through);
    for (int64_t k = person->first_pair; k < person->first_pair + person->pair_count; k++) {
        int64_t through = klass[k] < 0 ? AM_NO_PATH : path->through[klass[k]];
        pricer->loss[k] = AM_NO_PATH;
        if (through < AM_NO_PATH)
            pricer->loss[k] = through - path->class_price[klass[k]] -
                              path->length[network->node_count - 1] + reduced_cost(pricer, k);
    }
}

/* ---- threads ---- */

static void price_share(void *context, int member, int share)
{
    struct am_pricer *pricer = context;
    struct am_path *path = &pricer->paths[member];
    for (int p = pricer->share_first[share]; p < pricer->share_first[share + 1]; p++)
        if (pricer->loss)
            price_losses(pricer, p, path);
        else
            price_person(pricer, p, path);
}

/* People a thread should have before another is worth its while; shares of a thread. */
enum { PEOPLE_PER_THREAD = 64, SHARES_PER_THREAD = 16 };

/* Shares of about equally many arcs. */
static void share_people(struct am_pricer *pricer)
{
    int64_t total = 0, sum = 0;
    int share = 0;
    for (int p = 0; p < pricer->instance->person_count; p++)
        total += pricer->networks->people[p].arc_count;
    for (int p = 0; p < pricer->instance->person_count; p++) {
        while (share < pricer->share_count && sum * pricer->share_count >= total * share)
            pricer->share_first[share++] = p;
        sum += pricer->networks->people[p].arc_count;
    }
    while (share <= pricer->share_count)
        pricer->share_first[share++] = pricer->instance->person_count;
}

static am_status take_room(struct am_pricer *pricer, int threads, struct am_err *err)
{
    const struct am_instance *instance = pricer->instance;
    int useful = 1 + instance->person_count / PEOPLE_PER_THREAD;
    am_status status = am_crew_new(&pricer->crew, threads < useful ? threads : useful, err);
    if (status != AM_OK)
        return status;
    int members = am_crew_size(pricer->crew);
    pricer->share_count = members > 1 ? members * SHARES_PER_THREAD : 1;
    pricer->session_share_count =
        members > 1 && instance->session_count >= AM_MANY_SESSIONS ? SESSION_SHARES : 1;
    pricer->share_first = calloc((size_t)pricer->share_count + 1, sizeof *pricer->share_first);
    pricer->scratch = calloc((size_t)instance->session_count + 1, sizeof *pricer->scratch);
    pricer->profile_price =
        calloc((size_t)pricer->coupling->profile_count + 1, sizeof *pricer->profile_price);
    pricer->paths = calloc((size_t)members, sizeof *pricer->paths);
    if (!pricer->share_first || !pricer->scratch || !pricer->profile_price || !pricer->paths)
        return am_fail_memory(err);
    for (; pricer->path_count < members && status == AM_OK; pricer->path_count++)
        status = am_path_init(&pricer->paths[pricer->path_count], instance, pricer->networks, err);
    return status;
}

am_status am_pricer_new(struct am_pricer **pricer_out, const struct am_instance *instance,
                        const struct am_networks *networks, const struct am_coupling *coupling,
                        int threads, struct am_err *err)
{
    struct am_pricer *pricer = calloc(1, sizeof *pricer);
    if (!pricer)
        return am_fail_memory(err);
    pricer->instance = instance;
    pricer->networks = networks;
    pricer->coupling = coupling;
    am_status status = take_room(pricer, threads, err);
    if (status != AM_OK) {
        am_pricer_free(pricer);
        return status;
    }
    share_people(pricer);
    *pricer_out = pricer;
    return AM_OK;
}

void am_pricer_free(struct am_pricer *pricer)
{
    if (!pricer)
        return;
    am_crew_free(pricer->crew);
    for (int i = 0; i < pricer->path_count; i++)
        am_path_release(&pricer->paths[i]);
    free(pricer->paths);
    free(pricer->scratch);
    free(pricer->profile_price);
    free(pricer->share_first);
    free(pricer);
}

struct am_crew *am_pricer_crew(const struct am_pricer *pricer)
{
    return pricer->crew;
}

/* ---- the session side, and the bound ---- */

static bool add_checked(int64_t *sum, int64_t value)
{
    return !__builtin_add_overflow(*sum, value, sum);
}

static bool add_product(int64_t *sum, int64_t a, int64_t b)
{
    int64_t product = 0;
    return !__builtin_mul_overflow(a, b, &product) && add_checked(sum, product);
}

/* The best option of a session (none, where it need not run), with the best
 * there is of its other variables. */
static bool price_session(const struct am_pricer *pricer, int s, int64_t *bound, bool *infeasible)
{
    const struct am_coupling *coupling = pricer->coupling;
    const int8_t *decided = pricer->limits.var;
    int8_t *value = pricer->answer->var;
    int32_t first = coupling->first_var[s], options = first + coupling->option_count[s];
    int32_t best = -1, demanded = -1;
    int8_t runs = pricer->limits.session ? pricer->limits.session[s] : -1;
    struct am_rest rest =
        am_session_rest(coupling, pricer->prices, pricer->sums, decided, s, value);
    bool must = pricer->instance->sessions[s].must_run || runs == 1 || rest.must_run;
    bool exists = coupling->option_count[s] > 0, held = rest.held;
    int64_t least = must && exists ? AM_NO_PATH : 0;
    for (int32_t v = first; v < options; v++) {
        value[v] = 0;
        must = must || (decided && decided[v] == 1);
        if (runs == 0 || rest.least == AM_NO_PATH || (decided && decided[v] == 0))
            continue;
        int64_t reduced = am_var_reduced(coupling, pricer->prices, pricer->sums, v);
        held = add_checked(&reduced, rest.least) && held;
        if (decided && decided[v] == 1) {
            if (demanded >= 0) /* two at once */
                *infeasible = true;
            demanded = v;
        }
        if (demanded == v || (demanded < 0 && reduced < least)) {
            least = reduced;
            best = v;
        }
    }
    if (best >= 0)
        value[best] = 1;
    if (least == AM_NO_PATH || (must && exists && best < 0))
        *infeasible = true;
    return held && add_checked(bound, least == AM_NO_PATH ? 0 : least);
}

/* The first of share i, of so many. */
static int32_t first_of(const struct am_pricer *pricer, int32_t count, int i)
{
    return (int32_t)((int64_t)count * i / pricer->session_share_count);
}

static void price_sessions(void *context, int member, int i)
{
    struct am_pricer *pricer = context;
    int32_t sessions = pricer->instance->session_count;
    struct session_share share = {.held = true};
    (void)member;
    for (int32_t s = first_of(pricer, sessions, i); s < first_of(pricer, sessions, i + 1); s++)
        share.held = price_session(pricer, s, &share.cost, &share.infeasible) && share.held;
    pricer->session_shares[i] = share;
}

static void reckon_bound(struct am_pricer *pricer)
{
    const struct am_coupling *coupling = pricer->coupling;
    const struct am_instance *instance = pricer->instance;
    int64_t bound = 0;
    bool held = add_product(&bound, instance->constant_points, AM_PRICE_ONE);
    pricer->answer->infeasible = false;
    for (int32_t r = 0; r < coupling->row_count; r++) {
        int64_t price = pricer->prices[r];
        if (price != 0)
            held =
                held && add_product(&bound, price,
                                    price > 0 ? coupling->rows[r].lower : coupling->rows[r].upper);
    }
    for (int p = 0; p < instance->person_count; p++) {
        if (pricer->answer->value[p] >= AM_NO_PATH)
            pricer->answer->infeasible = true;
        held = held && add_checked(&bound, pricer->answer->value[p]);
    }
    am_crew_share(pricer->crew, pricer->session_share_count, price_sessions, pricer);
    for (int i = 0; i < pricer->session_share_count; i++) {
        const struct session_share *share = &pricer->session_shares[i];
        held = held && share->held && add_checked(&bound, share->cost);
        pricer->answer->infeasible = pricer->answer->infeasible || share->infeasible;
    }
    pricer->answer->bound = held && !pricer->answer->infeasible ? bound : AM_NO_BOUND;
}

static void price_profile(struct am_pricer *pricer, int32_t f)
{
    const struct am_coupling *coupling = pricer->coupling;
    pricer->profile_price[f] = price_entries(
        (struct am_entries){coupling->profile_entries + coupling->profile_first[f],
                            coupling->profile_first[f + 1] - coupling->profile_first[f]},
        pricer->prices);
}

static void price_profiles(void *context, int member, int i)
{
    struct am_pricer *pricer = context;
    int32_t profiles = pricer->coupling->profile_count;
    (void)member;
    for (int32_t f = first_of(pricer, profiles, i); f < first_of(pricer, profiles, i + 1); f++)
        price_profile(pricer, f);
}

void am_price_begin(struct am_pricer *pricer, const int64_t *prices,
                    const struct am_link_sums *sums, struct am_limits limits,
                    struct am_answer *answer)
{
    pricer->prices = prices;
    pricer->sums = sums;
    pricer->limits = limits;
    pricer->answer = answer;
    am_crew_share(pricer->crew, pricer->session_share_count, price_profiles, pricer);
    am_crew_share_begin(pricer->crew, pricer->share_count, price_share, pricer);
}

void am_price_end(struct am_pricer *pricer)
{
    am_crew_end(pricer->crew);
    reckon_bound(pricer);
}

void am_price_summed(struct am_pricer *pricer, const int64_t *prices,
                     const struct am_link_sums *sums, struct am_limits limits,
                     struct am_answer *answer)
{
    am_price_begin(pricer, prices, sums, limits, answer);
    am_price_end(pricer);
}

void am_price(struct am_pricer *pricer, const int64_t *prices, struct am_limits limits,
              struct am_answer *answer)
{
    am_link_sums(pricer->coupling, pricer->instance, prices, pricer->scratch);
    am_price_summed(pricer, prices, pricer->scratch, limits, answer);
}

/* ---- one at a time ---- */

/* Profiles are numbered by session. */
void am_price_touch(struct am_pricer *pricer, int s)
{
    const struct am_coupling *coupling = pricer->coupling;
    int32_t last = -1;
    pricer->scratch[s] = (struct am_link_sums){0};
    for (int64_t i = coupling->session_first[s]; i < coupling->session_first[s + 1]; i++) {
        int64_t k = coupling->by_session[i];
        am_link_add(coupling, pricer->instance, pricer->prices, k, pricer->scratch);
        if (coupling->profile_of[k] != last)
            price_profile(pricer, last = coupling->profile_of[k]);
    }
}

int64_t am_price_person(struct am_pricer *pricer, int person)
{
    price_person(pricer, person, &pricer->paths[0]);
    return pricer->answer->value[person];
}

bool am_price_session(struct am_pricer *pricer, int session, int64_t *cost)
{
    return price_session(pricer, session, cost, &pricer->answer->infeasible);
}

void am_price_losses(struct am_pricer *pricer, const int64_t *prices, struct am_limits limits,
                     struct am_answer *answer, int64_t *loss)
{
    pricer->loss = loss;
    am_price(pricer, prices, limits, answer);
    pricer->loss = NULL;
}

am_status am_answer_init(struct am_answer *answer, const struct am_instance *instance,
                         const struct am_coupling *coupling, struct am_arena *arena,
                         struct am_err *err)
{
    size_t people = (size_t)instance->person_count;
    answer->value = AM_ARENA_NEW(arena, people, int64_t);
    answer->chosen = AM_ARENA_NEW(arena, people * (size_t)instance->days, int32_t);
    answer->var = AM_ARENA_NEW(arena, (size_t)coupling->var_count, int8_t);
    answer->bound = AM_NO_BOUND;
    return answer->value && answer->chosen && answer->var ? AM_OK : am_fail_memory(err);
}

int64_t am_bound_points(int64_t bound)
{
    int64_t points = bound / AM_PRICE_ONE;
    return points + (bound % AM_PRICE_ONE > 0);
}

/* The nearest fixed-point number; 0 for what is out of range, or no number. */
static int64_t fixed_point(double value)
{
    double scaled = value * (double)AM_PRICE_ONE;
    if (!(fabs(scaled) < (double)AM_PRICE_MAX)) /* also NaN */
        return 0;
    return (int64_t)(scaled + (scaled < 0 ? -0.5 : 0.5));
}

int64_t am_price_of(const struct am_row *row, double value)
{
    int64_t price = fixed_point(value);
    if (price > 0 && row->lower == -AM_ROW_FREE)
        return 0;
    if (price < 0 && row->upper == AM_ROW_FREE)
        return 0;
    return price;
}

int64_t am_link_price_of(double value)
{
    int64_t price = fixed_point(value);
    return price < 0 ? price : 0;
}
