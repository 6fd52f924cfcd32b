#include "solver/greedy.h"

#include <stdlib.h>

#include "solver/improve.h"

/* A way to run a session, and what it is worth at the prices. */
struct offer {
    int64_t reduced;
    int32_t var;
};

struct greedy {
    struct am_search *search;
    const int64_t *prices;
    int64_t *used; /* of each row, by what is decided so far */
    struct am_path path;
    int32_t *chosen;
};

static int by_worth(const void *left, const void *right)
{
    const struct offer *a = left, *b = right;
    if (a->reduced != b->reduced)
        return a->reduced < b->reduced ? -1 : 1;
    return (a->var > b->var) - (a->var < b->var);
}

/* Is there room in every row with an upper limit? R11's rows hang on other
 * variables, and are mended at the end. */
static bool fits(const struct greedy *greedy, const struct am_entry *entries, int64_t count)
{
    const struct am_row *rows = greedy->search->coupling.rows;
    for (int64_t e = 0; e < count; e++) {
        const struct am_row *row = &rows[entries[e].row];
        if (row->upper != AM_ROW_FREE && row->rule != AM_R11 &&
            greedy->used[entries[e].row] + entries[e].value > row->upper)
            return false;
    }
    return true;
}

static void take(struct greedy *greedy, const struct am_entry *entries, int64_t count)
{
    for (int64_t e = 0; e < count; e++)
        greedy->used[entries[e].row] += entries[e].value;
}

/* Run a session this way, if there is room for it beside what is decided. */
static void open_session(struct greedy *greedy, int32_t v)
{
    struct am_search *search = greedy->search;
    const struct am_coupling *coupling = &search->coupling;
    const struct am_entry *entries = coupling->var_entries + coupling->var_first[v];
    int64_t count = coupling->var_first[v + 1] - coupling->var_first[v];
    int32_t s = coupling->vars[v].session;
    if (search->scratch.runs[s] || !fits(greedy, entries, count))
        return;
    take(greedy, entries, count);
    search->scratch.runs[s] = true;
    search->scratch.supervisor[s] = coupling->vars[v].supervisor;
}

/* First what supervisors lead, shared out as well as the prices allow; then the
 * best ways first, for sessions without a supervisor and what is left over. A
 * session that must run takes its last way, unled, where it has no other. */
static am_status open_sessions(struct greedy *greedy, struct am_err *err)
{
    struct am_search *search = greedy->search;
    const struct am_coupling *coupling = &search->coupling;
    struct offer *offers = calloc((size_t)coupling->var_count + 1, sizeof *offers);
    struct am_link_sums *sums = calloc((size_t)search->instance->session_count + 1, sizeof *sums);
    size_t count = 0;
    if (sums)
        am_link_sums(coupling, search->instance, greedy->prices, sums);
    am_status status = offers && sums ? AM_OK : am_fail_memory(err);
    for (int32_t v = 0; v < coupling->var_count && status == AM_OK; v++) {
        int64_t reduced = am_var_reduced(coupling, greedy->prices, sums, v);
        if (search->settled && search->settled[v] == 1)
            open_session(greedy, v);
        if (search->settled && search->settled[v] == 0)
            continue;
        if (coupling->vars[v].kind == AM_VAR_OPTION &&
            (reduced <= 0 || search->instance->sessions[coupling->vars[v].session].must_run))
            offers[count++] = (struct offer){reduced, v};
    }
    if (count > 0)
        qsort(offers, count, sizeof *offers, by_worth);
    for (size_t i = 0; i < count; i++)
        open_session(greedy, offers[i].var);
    free(offers);
    free(sums);
    return status;
}

static void place_person(struct greedy *greedy, int p)
{
    struct am_search *search = greedy->search;
    const struct am_instance *instance = search->instance;
    const struct am_coupling *coupling = &search->coupling;
    const struct am_iperson *person = &instance->people[p];
    am_path_clear(&greedy->path, &search->networks.people[p]);
    for (int64_t i = 0; i < person->pair_count; i++) {
        int64_t k = person->first_pair + i;
        int64_t count = coupling->pair_first[k + 1] - coupling->pair_first[k];
        if (search->scratch.runs[instance->pairs[k].session] &&
            fits(greedy, coupling->pair_entries + coupling->pair_first[k], count))
            am_path_offer(&greedy->path, search->networks.pair_class[k],
                          am_pair_reduced(instance, coupling, greedy->prices, k), (int32_t)i);
    }
    (void)am_path_sweep(&greedy->path, &search->networks.people[p], false);
    am_path_read(&greedy->path, &search->networks.people[p], instance->days, greedy->chosen);
    for (int d = 0; d < instance->days; d++) {
        int64_t k = greedy->chosen[d] < 0 ? -1 : person->first_pair + greedy->chosen[d];
        search->scratch.chosen[(int64_t)p * instance->days + d] = k;
        if (k >= 0)
            take(greedy, coupling->pair_entries + coupling->pair_first[k],
                 coupling->pair_first[k + 1] - coupling->pair_first[k]);
    }
}

am_status am_greedy(struct am_search *search, const int64_t *prices, struct am_err *err)
{
    const struct am_instance *instance = search->instance;
    struct greedy greedy = {.search = search, .prices = prices};
    greedy.used = calloc((size_t)search->coupling.row_count + 1, sizeof *greedy.used);
    greedy.chosen = calloc((size_t)instance->days + 1, sizeof *greedy.chosen);
    am_status status = am_path_init(&greedy.path, instance, &search->networks, err);
    if (status == AM_OK && (!greedy.used || !greedy.chosen))
        status = am_fail_memory(err);
    for (int s = 0; s < instance->session_count; s++) {
        search->scratch.runs[s] = false;
        search->scratch.supervisor[s] = -1;
    }
    if (status == AM_OK)
        status = open_sessions(&greedy, err);
    for (int p = 0; p < instance->person_count && status == AM_OK; p++)
        place_person(&greedy, p);
    if (status == AM_OK)
        status = am_improve(search, err);
    am_path_release(&greedy.path);
    free(greedy.used);
    free(greedy.chosen);
    return status;
}
