#include "solver/greedy.h"

#include <stdlib.h>

#include "solver/auction.h"
#include "solver/improve.h"

/* A way to run a session, and what it is worth at the prices. */
struct offer {
    int64_t reduced;
    int32_t var;
};

struct greedy {
    struct am_search *search;
    const int64_t *prices;
    struct am_room room;
};

static int by_worth(const void *left, const void *right)
{
    const struct offer *a = left, *b = right;
    if (a->reduced != b->reduced)
        return a->reduced < b->reduced ? -1 : 1;
    return (a->var > b->var) - (a->var < b->var);
}

/* Run a session this way, if there is room for it beside what is decided. */
static void open_session(struct greedy *greedy, int32_t v)
{
    struct am_search *search = greedy->search;
    const struct am_coupling *coupling = &search->coupling;
    const struct am_entries of = am_entries_of_var(coupling, v);
    int32_t s = coupling->vars[v].session;
    if (search->scratch.runs[s] || !am_room_for(&greedy->room, of, 1))
        return;
    am_room_take(&greedy->room, of, 1);
    search->scratch.runs[s] = true;
    search->scratch.supervisor[s] = coupling->vars[v].supervisor;
}

/* Open what is settled; put the other ways to run the session behind the offers
 * there are, where they are worth it. Their number. */
static size_t offer_ways(struct greedy *greedy, const struct am_link_sums *sums, int s,
                         struct offer *offers, size_t count)
{
    const struct am_search *search = greedy->search;
    const struct am_coupling *coupling = &search->coupling;
    int64_t rest = am_session_rest(coupling, greedy->prices, sums, NULL, s, NULL).least;
    for (int32_t v = coupling->first_var[s]; v < coupling->first_var[s] + coupling->option_count[s];
         v++) {
        int64_t reduced = rest + am_var_reduced(coupling, greedy->prices, sums, v);
        int8_t settled = search->settled ? search->settled[v] : -1;
        if (settled == 1)
            open_session(greedy, v);
        if (settled != 0 && (reduced <= 0 || search->instance->sessions[s].must_run))
            offers[count++] = (struct offer){reduced, v};
    }
    return count;
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
    for (int s = 0; s < search->instance->session_count && status == AM_OK; s++)
        count = offer_ways(greedy, sums, s, offers, count);
    if (count > 0)
        qsort(offers, count, sizeof *offers, by_worth);
    for (size_t i = 0; i < count; i++)
        open_session(greedy, offers[i].var);
    free(offers);
    free(sums);
    return status;
}

am_status am_greedy(struct am_search *search, int64_t *prices, struct am_err *err)
{
    struct greedy greedy = {.search = search, .prices = prices};
    greedy.room.coupling = &search->coupling;
    greedy.room.used = calloc((size_t)search->coupling.row_count + 1, sizeof *greedy.room.used);
    am_status status = greedy.room.used ? AM_OK : am_fail_memory(err);
    for (int s = 0; s < search->instance->session_count; s++) {
        search->scratch.runs[s] = false;
        search->scratch.supervisor[s] = -1;
    }
    if (status == AM_OK)
        status = open_sessions(&greedy, err);
    if (status == AM_OK)
        status = am_auction(search, prices, &greedy.room, err);
    if (status == AM_OK)
        status = am_improve(search, err);
    free(greedy.room.used);
    return status;
}
