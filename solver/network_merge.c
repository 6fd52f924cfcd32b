#include "solver/network_merge.h"

#include <stdlib.h>
#include <string.h>

/* ---- room ---- */

static bool make_room(struct am_merger *merger, size_t nodes)
{
    if (merger->node_room < nodes) {
        am_merger_release(merger);
        size_t size = 64;
        while (size < 2 * nodes)
            size *= 2;
        merger->first_step = calloc(size, sizeof *merger->first_step);
        merger->same = calloc(size, sizeof *merger->same);
        merger->ahead = calloc(size, sizeof *merger->ahead);
        merger->hash = calloc(size, sizeof *merger->hash);
        merger->table = calloc(size, sizeof *merger->table);
        merger->node_room = size / 2;
        merger->table_size = size;
        return merger->first_step && merger->same && merger->ahead && merger->hash && merger->table;
    }
    memset(merger->table, 0, merger->table_size * sizeof *merger->table);
    return true;
}

void am_merger_release(struct am_merger *merger)
{
    free(merger->first_step);
    free(merger->same);
    free(merger->ahead);
    free(merger->hash);
    free(merger->table);
    *merger = (struct am_merger){0};
}

/* ---- what is alike ---- */

static void find_first_steps(const struct am_draft *draft, int32_t *first_step)
{
    size_t at = 0;
    for (int32_t n = 0; n <= draft->node_count; n++) {
        while (at < draft->step_count && draft->steps[at].from < n)
            at++;
        first_step[n] = (int32_t)at;
    }
}

/* Its steps lead to nodes that stand for themselves, and take over what was moved
 * from there; what the first of them costs is moved on, to the steps to this node. */
static void push_points(struct am_merger *merger, struct am_draft *draft, int32_t node)
{
    int32_t first = merger->first_step[node], end = merger->first_step[node + 1];
    for (int32_t i = first; i < end; i++) {
        struct am_step *step = &draft->steps[i];
        step->kind.points += merger->ahead[step->to];
        step->to = merger->same[step->to];
    }
    merger->ahead[node] = node > 0 ? draft->steps[first].kind.points : 0;
    for (int32_t i = first; i < end; i++)
        draft->steps[i].kind.points -= merger->ahead[node];
}

static uint64_t hash_steps(const struct am_step *step, int32_t count)
{
    uint64_t hash = (uint64_t)count;
    for (int32_t i = 0; i < count; i++) {
        hash = am_random_mix(hash ^ (uint64_t)step[i].to);
        hash = am_random_mix(hash ^ am_kind_hash(&step[i].kind));
    }
    return hash;
}

static bool same_steps(const struct am_step *a, const struct am_step *b, int32_t count)
{
    for (int32_t i = 0; i < count; i++)
        if (a[i].to != b[i].to || !am_same_kind(&a[i].kind, &b[i].kind))
            return false;
    return true;
}

static bool alike(const struct am_merger *merger, const struct am_draft *draft, int32_t a,
                  int32_t b)
{
    const int32_t *first = merger->first_step;
    int32_t count = first[a + 1] - first[a];
    return merger->hash[a] == merger->hash[b] && count == first[b + 1] - first[b] &&
           same_steps(draft->steps + first[a], draft->steps + first[b], count);
}

/* A node from which the same steps lead; this one, if there was none. */
static int32_t find_alike(struct am_merger *merger, const struct am_draft *draft, int32_t node)
{
    int32_t first = merger->first_step[node];
    merger->hash[node] = hash_steps(draft->steps + first, merger->first_step[node + 1] - first);
    size_t at = (size_t)merger->hash[node] & (merger->table_size - 1);
    for (; merger->table[at]; at = (at + 1) & (merger->table_size - 1))
        if (alike(merger, draft, merger->table[at] - 1, node))
            return merger->table[at] - 1;
    merger->table[at] = node + 1;
    return node;
}

/* The one way on that there is, which nothing can close: as good as being there. */
static bool only_goes_on(const struct am_merger *merger, const struct am_draft *draft, int32_t node)
{
    int32_t first = merger->first_step[node];
    return merger->first_step[node + 1] == first + 1 && draft->steps[first].kind.day < 0;
}

/* From the sink back, so that what lies ahead of a node is known. The source stays:
 * the points that were moved end up in the steps that leave it. */
static void find_same(struct am_merger *merger, struct am_draft *draft)
{
    int32_t sink = draft->node_count - 1;
    merger->same[sink] = sink;
    merger->ahead[sink] = 0;
    for (int32_t n = sink - 1; n >= 0; n--) {
        push_points(merger, draft, n);
        if (n == 0)
            merger->same[n] = n;
        else if (only_goes_on(merger, draft, n))
            merger->same[n] = draft->steps[merger->first_step[n]].to;
        else
            merger->same[n] = find_alike(merger, draft, n);
    }
}

/* ---- what is left ---- */

/* Nodes that stand for themselves are numbered anew, in the same order. */
static void keep_same(const struct am_merger *merger, struct am_draft *draft)
{
    int32_t *number = merger->table; /* no longer needed for what it was */
    int32_t nodes = 0;
    size_t steps = 0;
    for (int32_t n = 0; n < draft->node_count; n++)
        if (merger->same[n] == n)
            number[n] = nodes++;
    for (size_t i = 0; i < draft->step_count; i++) {
        struct am_step step = draft->steps[i];
        if (merger->same[step.from] != step.from)
            continue;
        step.from = number[step.from];
        step.to = number[step.to];
        draft->steps[steps++] = step;
    }
    draft->node_count = nodes;
    draft->step_count = steps;
}

bool am_network_merge(struct am_merger *merger, struct am_draft *draft)
{
    if (!make_room(merger, (size_t)draft->node_count + 1))
        return false;
    find_first_steps(draft, merger->first_step);
    find_same(merger, draft);
    keep_same(merger, draft);
    return true;
}
