#include "solver/branch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "solver/marks.h"
#include "solver/tolerance.h"

/* What a decision is about. */
enum subject { SESSION, VARIABLE, PAIR };

/* One decision; a node is the decisions from it up to the root. */
struct node {
    int64_t bound;  /* fixed-point, of the node itself once solved, else of its parent */
    int64_t index;  /* of a session, variable or pair; -1: the root */
    int32_t parent; /* node, -1 */
    int32_t depth;
    enum subject subject;
    int8_t value;
    bool open;
};

struct tree {
    struct am_search *search;
    struct node *nodes;
    size_t count, room;
    struct am_marks marks;      /* the present node's decisions */
    struct am_best_prices best; /* of the present node */
};

static am_status tree_init(struct tree *tree, struct am_err *err)
{
    struct am_search *search = tree->search;
    size_t rows = (size_t)am_price_count(&search->coupling) + 1;
    tree->best.row = calloc(rows, sizeof *tree->best.row);
    if (!tree->best.row)
        return am_fail_memory(err);
    memcpy(tree->best.row, search->best.row, (rows - 1) * sizeof *tree->best.row);
    return am_marks_init(&tree->marks, search->instance, &search->coupling, err);
}

static void tree_release(struct tree *tree)
{
    free(tree->nodes);
    am_marks_release(&tree->marks);
    free(tree->best.row);
}

static am_status add_node(struct tree *tree, struct node node, struct am_err *err)
{
    if (!am_grow((void **)&tree->nodes, &tree->room, tree->count + 1, sizeof node))
        return am_fail_memory(err);
    tree->nodes[tree->count++] = node;
    return AM_OK;
}

/* ---- the present node in pricing and in the LP ---- */

static void mark_decisions(struct tree *tree, size_t at, bool set)
{
    for (int32_t n = (int32_t)at; n >= 0 && tree->nodes[n].index >= 0; n = tree->nodes[n].parent) {
        const struct node *node = &tree->nodes[n];
        int8_t value = set ? node->value : -1;
        switch (node->subject) {
        case SESSION:
            tree->marks.session[node->index] = value;
            break;
        case VARIABLE:
            tree->marks.var[node->index] = value;
            break;
        case PAIR:
            tree->marks.pair[node->index] = value;
            break;
        }
    }
}

/* ---- what to branch on ---- */

struct choice {
    bool found;
    enum subject subject;
    int64_t index;
    double distance; /* from one half */
};

static void consider(struct choice *choice, enum subject subject, int64_t index, double value)
{
    double distance = fabs(value - 0.5);
    if (value < AM_TOL_INTEGRAL || value > 1 - AM_TOL_INTEGRAL)
        return;
    if (choice->found && distance >= choice->distance)
        return;
    *choice = (struct choice){true, subject, index, distance};
}

/* The most fractional of one kind of variable. */
static void choose_var(const struct tree *tree, bool options, struct choice *choice)
{
    const struct am_search *search = tree->search;
    for (int32_t v = 0; v < search->coupling.var_count; v++) {
        const struct am_var *var = &search->coupling.vars[v];
        if (var->integer && tree->marks.var[v] < 0 && (var->kind == AM_VAR_OPTION) == options)
            consider(choice, VARIABLE, v, am_master_var(&search->master, v));
    }
}

/* Does the session run, under whomever? */
static void choose_session(const struct tree *tree, struct choice *choice)
{
    const struct am_search *search = tree->search;
    const struct am_coupling *coupling = &search->coupling;
    for (int s = 0; s < search->instance->session_count; s++) {
        double value = 0;
        if (tree->marks.session[s] >= 0)
            continue;
        for (int32_t v = coupling->first_var[s];
             v < coupling->first_var[s] + coupling->option_count[s]; v++)
            value += am_master_var(&search->master, v);
        consider(choice, SESSION, s, value);
    }
}

/* x_k = sum of the weights of the patterns with k. */
static am_status choose_pair(const struct tree *tree, struct choice *choice, struct am_err *err)
{
    const struct am_search *search = tree->search;
    double *share = calloc((size_t)search->instance->pair_count + 1, sizeof *share);
    if (!share)
        return am_fail_memory(err);
    for (size_t i = 0; i < search->master.column_count; i++) {
        const struct am_column *column = &search->columns.at[search->master.column_of[i]];
        double weight = am_master_weight(&search->master, i);
        for (int32_t k = 0; k < column->pick_count; k++)
            share[search->columns.picks[column->first_pick + k]] += weight;
    }
    for (int64_t k = 0; k < search->instance->pair_count; k++)
        if (tree->marks.pair[k] < 0)
            consider(choice, PAIR, k, share[k]);
    free(share);
    return AM_OK;
}

/* The LP's solution as a decision, where it is whole. */
static void offer_whole(struct tree *tree)
{
    struct am_search *search = tree->search;
    am_master_read(&search->master, false, &search->scratch);
    am_search_offer(search);
}

/* Where nothing is left to decide there is one decision, a roster or not. */
static void offer_decided(struct tree *tree)
{
    struct am_search *search = tree->search;
    am_marks_read(&tree->marks, search->instance, &search->coupling, &search->scratch);
    am_search_offer(search);
}

/* ---- one node ---- */

static int64_t cutoff(const struct tree *tree)
{
    return tree->search->objective - am_search_tolerance(tree->search);
}

static am_status split(struct tree *tree, size_t at, int64_t bound, struct choice choice,
                       struct am_err *err)
{
    int32_t depth = tree->nodes[at].depth + 1;
    am_status status = AM_OK;
    for (int8_t value = 0; value <= 1 && status == AM_OK; value++)
        status = add_node(tree,
                          (struct node){.bound = bound,
                                        .index = choice.index,
                                        .parent = (int32_t)at,
                                        .depth = depth,
                                        .subject = choice.subject,
                                        .value = value,
                                        .open = true},
                          err);
    return status;
}

/* Something undecided where the LP is whole but its bound is not tight (its
 * last patterns were not priced out), so that the tree always goes on. */
static void choose_undecided(const struct tree *tree, struct choice *choice)
{
    const struct am_search *search = tree->search;
    for (int32_t v = 0; v < search->coupling.var_count && !choice->found; v++)
        if (search->coupling.vars[v].integer && tree->marks.var[v] < 0)
            *choice = (struct choice){true, VARIABLE, v, 0};
    for (int64_t k = 0; k < search->instance->pair_count && !choice->found; k++)
        if (tree->marks.pair[k] < 0)
            *choice = (struct choice){true, PAIR, k, 0};
}

static am_status branch_on(struct tree *tree, size_t at, bool solved, struct am_err *err)
{
    struct choice choice = {0};
    am_status status = AM_OK;
    int64_t bound = tree->best.bound != AM_NO_BOUND ? tree->best.bound : tree->nodes[at].bound;
    if (bound < tree->nodes[at].bound)
        bound = tree->nodes[at].bound;
    if (solved) {
        choose_session(tree, &choice);
        if (!choice.found)
            choose_var(tree, true, &choice);
        if (!choice.found)
            choose_var(tree, false, &choice);
        if (!choice.found)
            status = choose_pair(tree, &choice, err);
        if (status == AM_OK && !choice.found && !am_master_uses_artificial(&tree->search->master))
            offer_whole(tree);
    }
    if (am_bound_points(bound) >= cutoff(tree))
        return status;
    if (!choice.found)
        choose_undecided(tree, &choice);
    if (status == AM_OK && choice.found)
        return split(tree, at, bound, choice, err);
    if (status == AM_OK)
        offer_decided(tree);
    return status;
}

static am_status solve_node(struct tree *tree, size_t at, struct am_err *err)
{
    struct am_search *search = tree->search;
    bool solved = false;
    mark_decisions(tree, at, true);
    am_status status = am_marks_apply(&tree->marks, &search->master, err);
    tree->best.bound = AM_NO_BOUND;
    if (status == AM_OK)
        status = am_generate(&search->master, search->pricer, &search->columns, &search->answer,
                             (struct am_generate_limits){.rounds = 200,
                                                         .enough = 0.01,
                                                         .insist = true,
                                                         .cutoff = cutoff(tree),
                                                         .branch = am_marks_limits(&tree->marks),
                                                         .lp = am_search_lp_limits(search, 0),
                                                         .stop = am_search_stop,
                                                         .context = search},
                             &tree->best, &solved, err);
    if (status == AM_OK && !search->answer.infeasible)
        status = branch_on(tree, at, solved, err);
    mark_decisions(tree, at, false);
    return status;
}

/* ---- the tree ---- */

/* The open node of least bound (the deepest of equals); -1: none. */
static int32_t next_node(const struct tree *tree)
{
    int32_t best = -1;
    for (size_t n = 0; n < tree->count; n++) {
        const struct node *node = &tree->nodes[n];
        if (!node->open)
            continue;
        if (best < 0 || node->bound < tree->nodes[best].bound ||
            (node->bound == tree->nodes[best].bound && node->depth > tree->nodes[best].depth))
            best = (int32_t)n;
    }
    return best;
}

/* The least that is still open; the objective, where nothing is. */
static void raise_bound(struct tree *tree, int32_t next)
{
    struct am_search *search = tree->search;
    int64_t points = next < 0 ? INT64_MAX : am_bound_points(tree->nodes[next].bound);
    int64_t given_up = cutoff(tree); /* nodes are pruned there */
    if (points > given_up)
        points = given_up;
    if (points > search->bound)
        search->bound = points;
}

/* A node of a unit takes some ten times as long as one of half the size. What is
 * solved at once seldom needs as many, and neither does what is cut out of a whole: with
 * a unit's nodes, two of a nation's parts took half a minute and found nothing. */
static long most_nodes(const struct am_search *search)
{
    int people = search->instance->person_count;
    long nodes = am_search_nodes(search);
    if (search->part || people <= AM_AT_ONCE || people >= AM_UNIT_PEOPLE)
        return nodes;
    return nodes * AM_UNIT_PEOPLE / people * AM_UNIT_PEOPLE / people;
}

am_status am_branch(struct am_search *search, struct am_err *err)
{
    struct tree tree = {.search = search};
    am_status status = tree_init(&tree, err);
    search->phase = "branch";
    if (status == AM_OK)
        status = add_node(
            &tree,
            (struct node){.bound = search->best.bound, .index = -1, .parent = -1, .open = true},
            err);
    int32_t at = 0;
    for (long solved = 0; status == AM_OK && at >= 0; solved++) {
        long most = most_nodes(search);
        bool enough = most > 0 && solved >= most;
        if (enough || am_search_done(search) || am_search_stop(search))
            break;
        tree.nodes[at].open = false;
        status = solve_node(&tree, (size_t)at, err);
        if (search->stopped && status == AM_OK)
            tree.nodes[at].open = true; /* perhaps cut short: its bound stays open */
        at = next_node(&tree);
        if (status == AM_OK)
            raise_bound(&tree, at);
    }
    tree_release(&tree);
    return status;
}
