#include "solver/opening.h"

#include "model/eligible.h"
#include "model/score.h"

enum {
    ROOT_ROUNDS = 12, /* of multipliers, at the first node */
    NODE_ROUNDS = 3,  /* at each later one */
};

/* A set of candidates that is decided in part: those that are neither in nor
 * out are free, and each of them alone is still within the budget. */
struct node {
    am_set in, free;
    int64_t bound; /* of every set of the node */
    int64_t *w;    /* multipliers, one a session */
    struct node *next;
};

struct choice {
    const struct am_opening_problem *problem;
    const struct am_settings *settings;
    const volatile sig_atomic_t *stop;
    struct am_opening *opening;
    struct am_arena arena;   /* of nodes and of the next two */
    enum am_closed *closed;  /* of each session, as the caseload had it */
    struct am_opened *tried; /* sets that were solved as they are */
    int tried_count;
    struct am_roster start; /* the best roster so far: searches start from it */
    struct node *queue;     /* nodes to look at, the lowest bound first */
    int64_t left;           /* the lowest bound of a node that came to one set */
    int64_t most;           /* that a multiplier may be */
};

/* What one search came to. */
struct answer {
    struct am_proof proof;
    const bool *runs; /* one a session */
};

static int64_t cost_of(const struct am_opening_problem *problem, am_set set)
{
    int64_t cost = 0;
    for (int c = 0; c < problem->candidate_count; c++)
        if (am_set_has(set, c))
            cost += problem->costs[c];
    return cost;
}

static bool is_stopped(struct choice *choice)
{
    const struct am_opening_problem *problem = choice->problem;
    if (choice->opening->solves >= problem->solve_limit || (choice->stop && *choice->stop))
        choice->opening->stopped = true;
    return choice->opening->stopped;
}

/* ---- one roster ---- */

/* Only the sessions of these candidates are held. */
static void hold(struct choice *choice, am_set set)
{
    struct am_caseload *caseload = choice->problem->caseload;
    for (int s = 0; s < caseload->window_session_count; s++) {
        int c = choice->problem->candidate_of[s];
        caseload->sessions[s].closed =
            c < 0 || am_set_has(set, c) ? choice->closed[s] : AM_CANCELLED;
    }
}

static void charge(struct am_instance *instance, const struct choice *choice, const int64_t *w)
{
    for (int s = 0; w && s < instance->session_count; s++)
        if (choice->problem->candidate_of[s] >= 0)
            instance->sessions[s].run_cost += w[s];
}

/* The roster that was found becomes the one to start from. */
static am_status keep_start(struct choice *choice, const struct am_instance *instance,
                            const struct am_eligibility *eligibility,
                            const struct am_decision *decision, struct am_err *err)
{
    am_roster_release(&choice->start);
    am_status status = am_roster_init(&choice->start, choice->problem->caseload, err);
    if (status == AM_OK)
        status = am_decision_roster(instance, choice->problem->orders, eligibility, decision,
                                    &choice->start, err);
    return status;
}

static am_status solve(struct choice *choice, const struct am_instance *instance,
                       struct am_arena *scratch, struct am_solution *solution, struct am_err *err)
{
    struct am_solve_hooks hooks = {.stop = choice->stop,
                                   .warm = choice->start.caseload ? &choice->start : NULL};
    am_status status = choice->problem->solver(
        instance, choice->settings, choice->problem->fixed_only, hooks, scratch, solution, err);
    if (status == AM_OK && solution->outcome == AM_OUTCOME_NONE)
        status = am_fail(err, AM_EINTERRUPTED, "stopped before there was any roster");
    if (status == AM_OK && solution->out_of_memory)
        status = am_fail_memory(err);
    choice->opening->solves += status == AM_OK;
    return status;
}

/* The best roster with the sessions of `set` held, running session s costing
 * w[s] more (NULL: nothing). One of fewer points than keep_below is kept. What
 * is answered is in scratch. */
static am_status search(struct choice *choice, am_set set, const int64_t *w, int64_t keep_below,
                        struct am_arena *scratch, struct answer *answer, struct am_err *err)
{
    const struct am_opening_problem *problem = choice->problem;
    struct am_eligibility eligibility;
    struct am_instance instance;
    struct am_solution solution;
    hold(choice, set);
    am_status status =
        am_eligibility_build(problem->caseload, problem->orders, scratch, &eligibility, err);
    if (status == AM_OK)
        status = am_instance_build(problem->caseload, problem->orders, &eligibility,
                                   problem->clocks, scratch, &instance, err);
    if (status != AM_OK)
        return status;
    charge(&instance, choice, w);
    status = solve(choice, &instance, scratch, &solution, err);
    if (status == AM_OK && solution.proof.objective < keep_below)
        status = keep_start(choice, &instance, &eligibility, &solution.decision, err);
    if (status == AM_OK)
        *answer = (struct answer){solution.proof, solution.decision.runs};
    return status;
}

/* The candidates of which a session runs. */
static am_set used(const struct choice *choice, const bool *runs)
{
    const struct am_opening_problem *problem = choice->problem;
    am_set set = 0;
    for (int s = 0; s < problem->caseload->window_session_count; s++)
        if (problem->candidate_of[s] >= 0 && runs[s])
            set = am_set_with(set, problem->candidate_of[s]);
    return set;
}

/* ---- a set as it is ---- */

static const struct am_opened *tried(const struct choice *choice, am_set set)
{
    for (int i = 0; i < choice->tried_count; i++)
        if (choice->tried[i].set == set)
            return &choice->tried[i];
    return NULL;
}

/* The set of the best roster, less what that roster makes no use of; of equal
 * rosters the first stays. */
static void take_better(struct choice *choice, const struct am_opened *opened, const bool *runs)
{
    struct am_opened *best = &choice->opening->best;
    if (opened->objective >= best->objective ||
        cost_of(choice->problem, opened->set) > choice->problem->budget)
        return;
    *best = *opened;
    best->set &= used(choice, runs);
}

/* The best roster of a set, without multipliers; once each. */
static am_status try_set(struct choice *choice, am_set set, struct am_opened *opened,
                         struct am_err *err)
{
    const struct am_opened *known = tried(choice, set);
    if (known) {
        *opened = *known;
        return AM_OK;
    }
    struct am_arena scratch;
    struct answer answer = {0};
    bool within = cost_of(choice->problem, set) <= choice->problem->budget;
    am_arena_init(&scratch);
    am_status status =
        search(choice, set, NULL, within ? choice->opening->best.objective : INT64_MIN, &scratch,
               &answer, err);
    if (status == AM_OK) {
        *opened = (struct am_opened){set, answer.proof.objective, answer.proof.bound};
        choice->tried[choice->tried_count++] = *opened;
        take_better(choice, opened, answer.runs);
    }
    am_arena_release(&scratch);
    return status;
}

/* ---- multipliers ---- */

/* The knapsack of a node's free candidates at these multipliers: the best set
 * of them within what is left of the budget, and its worth. */
static int64_t pack(const struct choice *choice, const struct node *node, am_set *best)
{
    const struct am_opening_problem *problem = choice->problem;
    struct am_knapsack knapsack = {.budget = problem->budget - cost_of(problem, node->in)};
    int index[AM_KNAPSACK_MOST];
    am_set taken;
    for (int c = 0; c < problem->candidate_count; c++) {
        if (!am_set_has(node->free, c))
            continue;
        int64_t worth = 0;
        for (int s = 0; s < problem->caseload->window_session_count; s++)
            worth += problem->candidate_of[s] == c ? node->w[s] : 0;
        index[knapsack.count] = c;
        knapsack.costs[knapsack.count] = problem->costs[c];
        knapsack.worths[knapsack.count++] = worth;
    }
    int64_t worth = am_knapsack_best(&knapsack, &taken);
    *best = 0;
    for (int i = 0; i < knapsack.count; i++)
        if (am_set_has(taken, i))
            *best = am_set_with(*best, index[i]);
    return worth;
}

/* Which way the multiplier of a session goes: along y_s - o_c; 0: it stays. */
static int direction(const struct choice *choice, const struct node *node, int s, bool runs,
                     am_set packed)
{
    int c = choice->problem->candidate_of[s];
    if (c < 0 || !am_set_has(node->free, c))
        return 0;
    int way = (runs ? 1 : 0) - (am_set_has(packed, c) ? 1 : 0);
    return way < 0 && node->w[s] == 0 ? 0 : way;
}

static int64_t between(int64_t value, int64_t low, int64_t high)
{
    return value < low ? low : value > high ? high : value;
}

/* A step of Polyak's length: what is unproven, over the number of sessions that
 * disagree. False: none does. */
static bool step(const struct choice *choice, struct node *node, const bool *runs, am_set packed)
{
    int sessions = choice->problem->caseload->window_session_count, disagreeing = 0;
    for (int s = 0; s < sessions; s++)
        disagreeing += direction(choice, node, s, runs[s], packed) != 0;
    if (disagreeing == 0)
        return false;
    int64_t length =
        between((choice->opening->best.objective - node->bound) / disagreeing, 1, choice->most);
    for (int s = 0; s < sessions; s++)
        node->w[s] = between(node->w[s] + direction(choice, node, s, runs[s], packed) * length, 0,
                             choice->most);
    return true;
}

/* ---- nodes ---- */

static struct node *node_new(struct choice *choice, const struct node *parent, struct am_err *err)
{
    size_t sessions = (size_t)choice->problem->caseload->window_session_count;
    struct node *node = AM_ARENA_NEW(&choice->arena, 1, struct node);
    int64_t *w = AM_ARENA_NEW(&choice->arena, sessions, int64_t);
    if (!node || !w) {
        (void)am_fail_memory(err);
        return NULL;
    }
    if (parent)
        *node = *parent;
    for (size_t s = 0; parent && s < sessions; s++)
        w[s] = parent->w[s];
    node->w = w;
    return node;
}

/* Candidates that no longer fit the budget are out. */
static void tidy(const struct choice *choice, struct node *node)
{
    const struct am_opening_problem *problem = choice->problem;
    int64_t room = problem->budget - cost_of(problem, node->in);
    for (int c = 0; c < problem->candidate_count; c++)
        if (am_set_has(node->free, c) && problem->costs[c] > room)
            node->free &= ~((am_set)1 << c);
}

/* Into the queue: by bound, the latest of equal ones first. */
static void push(struct choice *choice, struct node *node)
{
    struct node **at = &choice->queue;
    while (*at && (*at)->bound < node->bound)
        at = &(*at)->next;
    node->next = *at;
    *at = node;
}

static bool is_ruled_out(const struct choice *choice, const struct node *node)
{
    return node->bound >= choice->opening->best.objective;
}

/* With everything in that still fits, in the order of the file. */
static am_set filled(const struct choice *choice, const struct node *node, am_set set)
{
    const struct am_opening_problem *problem = choice->problem;
    int64_t room = problem->budget - cost_of(problem, set);
    for (int c = 0; c < problem->candidate_count; c++) {
        if (am_set_has(set, c) || !am_set_has(node->free, c) || problem->costs[c] > room)
            continue;
        set = am_set_with(set, c);
        room -= problem->costs[c];
    }
    return set;
}

/* What a round at a node showed. */
struct round {
    am_set running, packed; /* free candidates: those of which a session runs; the best knapsack */
    bool goes_on;           /* another one may show more */
};

/* One round: a roster and a knapsack at the node's multipliers, then the set
 * that they suggest. */
static am_status round_of(struct choice *choice, struct node *node, struct round *round,
                          struct am_err *err)
{
    struct am_arena scratch;
    struct answer answer = {0};
    struct am_opened opened;
    am_arena_init(&scratch);
    round->goes_on = false;
    am_status status =
        search(choice, node->in | node->free, node->w, INT64_MIN, &scratch, &answer, err);
    if (status == AM_OK) {
        int64_t bound = answer.proof.bound - pack(choice, node, &round->packed);
        node->bound = bound > node->bound ? bound : node->bound;
        round->running = used(choice, answer.runs) & node->free;
        am_set set = node->in | round->running;
        if (cost_of(choice->problem, set) > choice->problem->budget)
            set = node->in | round->packed;
        status = try_set(choice, filled(choice, node, set), &opened, err);
    }
    if (status == AM_OK && !is_ruled_out(choice, node))
        round->goes_on = step(choice, node, answer.runs, round->packed);
    am_arena_release(&scratch);
    return status;
}

/* The free candidate on which roster and knapsack differ, or else any. */
static int split_of(const struct node *node, const struct round *round)
{
    am_set differ = (round->running ^ round->packed) & node->free;
    am_set among = differ ? differ : node->free;
    int c = 0;
    while (!am_set_has(among, c))
        c++;
    return c;
}

/* What is decided has no multipliers. */
static void forget(const struct choice *choice, struct node *node, int c)
{
    for (int s = 0; s < choice->problem->caseload->window_session_count; s++)
        if (choice->problem->candidate_of[s] == c)
            node->w[s] = 0;
}

static am_status branch(struct choice *choice, const struct node *node, int c, struct am_err *err)
{
    for (int in = 0; in < 2; in++) {
        struct node *child = node_new(choice, node, err);
        if (!child)
            return AM_ENOMEM;
        child->free &= ~((am_set)1 << c);
        child->in = in ? am_set_with(node->in, c) : node->in;
        forget(choice, child, c);
        tidy(choice, child);
        push(choice, child);
    }
    return AM_OK;
}

/* The node comes to one set: all that is free fits, and more sessions never make
 * the best roster worse. */
static am_status close_node(struct choice *choice, const struct node *node, struct am_err *err)
{
    struct am_opened opened;
    am_status status = try_set(choice, node->in | node->free, &opened, err);
    if (status != AM_OK)
        return status;
    int64_t bound = opened.bound > node->bound ? opened.bound : node->bound;
    choice->left = bound < choice->left ? bound : choice->left;
    return AM_OK;
}

/* Look at one node: it comes to one set, is ruled out, or falls into two. Where
 * time is up it goes back into the queue, for its bound. */
static am_status look_at(struct choice *choice, struct node *node, int rounds, struct am_err *err)
{
    struct round round = {.goes_on = true};
    am_status status = AM_OK;
    if (cost_of(choice->problem, node->in | node->free) <= choice->problem->budget)
        return close_node(choice, node, err);
    for (int i = 0; i < rounds && round.goes_on && status == AM_OK && !is_stopped(choice); i++)
        status = round_of(choice, node, &round, err);
    if (status != AM_OK || is_ruled_out(choice, node))
        return status;
    if (is_stopped(choice)) {
        push(choice, node);
        return AM_OK;
    }
    return branch(choice, node, split_of(node, &round), err);
}

/* ---- the whole ---- */

static am_status look_at_all(struct choice *choice, struct node *root, struct am_err *err)
{
    am_status status = AM_OK;
    push(choice, root);
    for (int rounds = ROOT_ROUNDS; choice->queue && status == AM_OK; rounds = NODE_ROUNDS) {
        struct node *node = choice->queue;
        if (is_ruled_out(choice, node) || is_stopped(choice))
            break;
        choice->queue = node->next;
        status = look_at(choice, node, rounds, err);
    }
    return status;
}

/* What the nodes that are left, and those that came to one set, allow. */
static int64_t proven(const struct choice *choice)
{
    int64_t bound = choice->opening->best.objective;
    if (choice->left < bound)
        bound = choice->left;
    if (choice->queue && choice->queue->bound < bound)
        bound = choice->queue->bound;
    return bound;
}

static am_status choose(struct choice *choice, struct am_err *err)
{
    const struct am_opening_problem *problem = choice->problem;
    struct am_opening *opening = choice->opening;
    struct node *root = node_new(choice, NULL, err);
    if (!root)
        return AM_ENOMEM;
    for (int c = 0; c < problem->candidate_count; c++)
        root->free = am_set_with(root->free, c);
    am_status status = try_set(choice, 0, &opening->none, err);
    if (status == AM_OK)
        status = try_set(choice, root->free, &opening->all, err);
    if (status != AM_OK)
        return status;
    choice->most = between(opening->none.objective - opening->all.bound, 1, choice->most);
    root->bound = opening->all.bound;
    tidy(choice, root);
    status = look_at_all(choice, root, err);
    opening->bound = proven(choice);
    opening->cost = cost_of(problem, opening->best.set);
    return status;
}

static am_status make_room(struct choice *choice, struct am_err *err)
{
    const struct am_opening_problem *problem = choice->problem;
    const struct am_caseload *caseload = problem->caseload;
    size_t sessions = (size_t)caseload->window_session_count;
    /* a round that has begun goes over the limit by two, and the first two are always made */
    choice->closed = AM_ARENA_NEW(&choice->arena, sessions, enum am_closed);
    choice->tried =
        AM_ARENA_NEW(&choice->arena, (size_t)problem->solve_limit + 4, struct am_opened);
    if (!choice->closed || !choice->tried)
        return am_fail_memory(err);
    for (size_t s = 0; s < sessions; s++)
        choice->closed[s] = caseload->sessions[s].closed;
    /* so that all points stay below the limit that sums rely on */
    choice->most = (AM_POINTS_LIMIT - am_score_ceiling(caseload)) / (int64_t)(sessions + 1);
    choice->most = between(choice->most, 1, AM_POINTS_LIMIT);
    return AM_OK;
}

am_status am_opening_choose(const struct am_opening_problem *problem,
                            const struct am_settings *settings, const volatile sig_atomic_t *stop,
                            struct am_opening *opening, struct am_err *err)
{
    struct choice choice = {.problem = problem,
                            .settings = settings,
                            .stop = stop,
                            .opening = opening,
                            .left = INT64_MAX};
    am_arena_init(&choice.arena);
    *opening = (struct am_opening){.best.objective = INT64_MAX};
    am_status status = make_room(&choice, err);
    if (status == AM_OK) {
        status = choose(&choice, err);
        for (int s = 0; s < problem->caseload->window_session_count; s++)
            problem->caseload->sessions[s].closed = choice.closed[s];
    }
    am_roster_release(&choice.start);
    am_arena_release(&choice.arena);
    return status;
}
