#include "solver/auction.h"

#include <stdlib.h>
#include <string.h>

#include "solver/heads.h"

/* Bids a person may make on average before the rest take what is left; and how
 * much each is above what the place is worth to the bidder, in points: the
 * larger, the quicker, and the farther from the best. */
enum { BIDS_PER_PERSON = 30, RAISE = 1, COMPANY_ROUNDS = 10 };

/* A pair that the person in hand may bid for. */
struct candidate {
    int64_t reduced; /* cost, fixed-point */
    int32_t pair;    /* less the person's first */
    int32_t klass;
};

/* A place that is held. Those of a session are a list. */
struct holding {
    int64_t bid; /* of the price of the session's places, fixed-point; higher holds longer */
    int32_t next;
};

struct auction {
    struct am_search *search;
    const struct am_instance *instance;
    const struct am_coupling *coupling;
    int64_t *prices;
    struct am_room *room;
    struct am_path path;
    struct candidate *candidates; /* of the person in hand */
    int64_t candidate_count;
    int32_t *chosen;         /* of the person in hand, by day */
    int32_t *places_row;     /* of a session; -1: none */
    int32_t *first_holding;  /* of a session: person * days + day, -1: none */
    struct holding *holding; /* [person * days + day] */
    int32_t *queue;          /* people without a pattern, a ring */
    int32_t head, waiting;
    struct am_heads *heads; /* of the sessions, as held */
    bool mind_company;      /* nobody bids for a place that would leave a woman alone (R11) */
};

/* ---- the best pattern ---- */

/* R11: is there one woman too few at the session, with these heads? */
static bool is_company_wrong(const struct auction *auction, int32_t session,
                             const struct am_heads *heads)
{
    return am_is_lone_woman(&auction->instance->sessions[session], heads->men, heads->women,
                            heads->lone_women);
}

static bool spoils_company(const struct auction *auction, int p, int64_t k)
{
    int32_t session = auction->instance->pairs[k].session;
    struct am_heads with = auction->heads[session];
    am_heads_add(auction->instance, k, p, 1, &with);
    return is_company_wrong(auction, session, &with);
}

static bool is_full(const struct auction *auction, int32_t session)
{
    const struct am_entry one_more = {auction->places_row[session], 1};
    return !am_room_in(auction->room, one_more, 1);
}

static bool is_open(const struct auction *auction, int p, int64_t k, bool places_too)
{
    const struct am_entries of = am_entries_of_pair(auction->coupling, k);
    int32_t session = auction->instance->pairs[k].session;
    if (!auction->search->scratch.runs[session] ||
        (is_full(auction, session) && auction->first_holding[session] < 0) ||
        (auction->mind_company && spoils_company(auction, p, k)))
        return false;
    for (int64_t e = 0; e < of.count; e++)
        if ((places_too || of.at[e].row != auction->places_row[session]) &&
            !am_room_in(auction->room, of.at[e], 1))
            return false;
    return true;
}

/* What the person may bid for at the prices as they are; full sessions are left out
 * only where places_too. */
static void list_candidates(struct auction *auction, int p, bool places_too)
{
    const struct am_iperson *person = &auction->instance->people[p];
    const int32_t *klass = auction->search->networks.pair_class;
    auction->candidate_count = 0;
    for (int64_t i = 0; i < person->pair_count; i++) {
        int64_t k = person->first_pair + i;
        if (is_open(auction, p, k, places_too))
            auction->candidates[auction->candidate_count++] = (struct candidate){
                am_pair_reduced(auction->instance, auction->coupling, auction->prices, k),
                (int32_t)i, klass[k]};
    }
}

/* The best pattern of the candidates but `without` (less the first pair; -1: none). */
static int64_t best_pattern(struct auction *auction, int p, int32_t without)
{
    const struct am_network *network = &auction->search->networks.people[p];
    am_path_clear(&auction->path, network);
    for (int64_t i = 0; i < auction->candidate_count; i++) {
        struct candidate candidate = auction->candidates[i];
        if (candidate.pair != without)
            am_path_offer(&auction->path, candidate.klass, candidate.reduced, candidate.pair);
    }
    return am_path_sweep(&auction->path, network, false);
}

static void read_pattern(struct auction *auction, int p)
{
    am_path_read(&auction->path, &auction->search->networks.people[p], auction->instance->days,
                 auction->chosen);
}

/* ---- places ---- */

static int64_t *choice_of(const struct auction *auction, int p)
{
    return auction->search->scratch.chosen + (int64_t)p * auction->instance->days;
}

static int64_t price_of_place(const struct auction *auction, int32_t session)
{
    return -auction->prices[auction->places_row[session]];
}

/* Where the lowest bid of a session stands in its list. */
static int32_t *lowest(struct auction *auction, int32_t session)
{
    int32_t *least = &auction->first_holding[session];
    for (int32_t *at = least; *at >= 0; at = &auction->holding[*at].next)
        if (auction->holding[*at].bid < auction->holding[*least].bid)
            least = at;
    return least;
}

static void leave_list(struct auction *auction, int32_t session, int32_t holding)
{
    int32_t *at = &auction->first_holding[session];
    while (*at != holding)
        at = &auction->holding[*at].next;
    *at = auction->holding[holding].next;
}

/* The person gives back every place, and waits to bid anew. */
static void evict(struct auction *auction, int p)
{
    int days = auction->instance->days;
    int64_t *choice = choice_of(auction, p);
    for (int d = 0; d < days; d++) {
        if (choice[d] < 0)
            continue;
        leave_list(auction, auction->instance->pairs[choice[d]].session, p * days + d);
        am_room_take(auction->room, am_entries_of_pair(auction->coupling, choice[d]), -1);
        am_heads_add(auction->instance, choice[d], p, -1,
                     &auction->heads[auction->instance->pairs[choice[d]].session]);
        choice[d] = -1;
    }
    auction->queue[(auction->head + auction->waiting++) % auction->instance->person_count] = p;
}

/* Hold a place of the session, if need be that of the lowest bid. */
static void hold(struct auction *auction, int p, int64_t k, int64_t bid)
{
    const struct am_ipair *pair = &auction->instance->pairs[k];
    int32_t place = p * auction->instance->days + pair->day;
    if (is_full(auction, pair->session))
        evict(auction, *lowest(auction, pair->session) / auction->instance->days);
    auction->holding[place] = (struct holding){bid, auction->first_holding[pair->session]};
    auction->first_holding[pair->session] = place;
    am_room_take(auction->room, am_entries_of_pair(auction->coupling, k), 1);
    am_heads_add(auction->instance, k, p, 1, &auction->heads[pair->session]);
    choice_of(auction, p)[pair->day] = k;
    if (!is_full(auction, pair->session))
        return;
    int64_t price = auction->holding[*lowest(auction, pair->session)].bid;
    if (price > price_of_place(auction, pair->session))
        auction->prices[auction->places_row[pair->session]] = -price;
}

/* ---- one person's turn ---- */

/* What may be bid for a pair's place: its price, and what the person would lose
 * without it. */
static int64_t bid_for(struct auction *auction, int p, int32_t wanted, int64_t value)
{
    int64_t k = auction->instance->people[p].first_pair + wanted;
    int64_t without = best_pattern(auction, p, wanted);
    int64_t loss = without >= AM_NO_PATH ? AM_NO_PATH / 4 : without - value;
    return price_of_place(auction, auction->instance->pairs[k].session) + loss +
           RAISE * AM_PRICE_ONE;
}

/* All bids of a turn are at the prices before it. */
static void bid(struct auction *auction, int p)
{
    int days = auction->instance->days;
    int64_t first = auction->instance->people[p].first_pair, bids[7 * AM_WEEKS_MAX];
    const int32_t *wanted = auction->chosen;
    list_candidates(auction, p, false);
    int64_t value = best_pattern(auction, p, -1);
    if (value >= AM_NO_PATH)
        return;
    read_pattern(auction, p);
    for (int d = 0; d < days; d++)
        if (wanted[d] >= 0)
            bids[d] = bid_for(auction, p, wanted[d], value);
    for (int d = 0; d < days; d++)
        if (wanted[d] >= 0)
            hold(auction, p, first + wanted[d], bids[d]);
}

/* Whoever is left takes what is left. */
static void take_what_is_left(struct auction *auction, int p)
{
    int64_t first = auction->instance->people[p].first_pair;
    list_candidates(auction, p, true);
    if (best_pattern(auction, p, -1) >= AM_NO_PATH)
        return;
    read_pattern(auction, p);
    for (int d = 0; d < auction->instance->days; d++)
        if (auction->chosen[d] >= 0)
            hold(auction, p, first + auction->chosen[d], 0);
}

/* ---- company ---- */

static int next_in_queue(struct auction *auction)
{
    int p = auction->queue[auction->head];
    auction->head = (auction->head + 1) % auction->instance->person_count;
    auction->waiting--;
    return p;
}

/* The women who would be alone at a session bid anew. True: there were some. */
static bool free_lone_women(struct auction *auction, int32_t session)
{
    int days = auction->instance->days;
    if (!is_company_wrong(auction, session, &auction->heads[session]))
        return false;
    for (int32_t at = auction->first_holding[session]; at >= 0;) {
        int p = at / days;
        at = auction->holding[at].next;
        if (auction->instance->people[p].woman)
            evict(auction, p);
    }
    return true;
}

static void settle_bids(struct auction *auction, long bids)
{
    while (auction->waiting > 0 && bids-- > 0 && !am_search_stop(auction->search))
        bid(auction, next_in_queue(auction));
    while (auction->waiting > 0)
        take_what_is_left(auction, next_in_queue(auction));
}

/* First whoever comes, then with an eye to R11: who would be alone goes where
 * there is company. That may leave another alone, so it is done some times. */
static void hold_auction(struct auction *auction)
{
    long people = auction->instance->person_count;
    bool wrong = true;
    settle_bids(auction, BIDS_PER_PERSON * people);
    auction->mind_company = true;
    for (int round = 0; round < COMPANY_ROUNDS && wrong; round++) {
        wrong = false;
        for (int32_t s = 0; s < auction->instance->session_count; s++)
            wrong = free_lone_women(auction, s) || wrong;
        settle_bids(auction, people);
    }
}

/* ---- all of it ---- */

static am_status auction_init(struct auction *auction, struct am_arena *arena, struct am_err *err)
{
    const struct am_instance *instance = auction->instance;
    size_t people = (size_t)instance->person_count, sessions = (size_t)instance->session_count;
    size_t most = 0;
    for (size_t p = 0; p < people; p++)
        if (instance->people[p].pair_count > (int64_t)most)
            most = (size_t)instance->people[p].pair_count;
    auction->candidates = AM_ARENA_NEW(arena, most, struct candidate);
    auction->chosen = AM_ARENA_NEW(arena, (size_t)instance->days, int32_t);
    auction->places_row = AM_ARENA_NEW(arena, sessions, int32_t);
    auction->first_holding = AM_ARENA_NEW(arena, sessions, int32_t);
    auction->holding = AM_ARENA_NEW(arena, people * (size_t)instance->days, struct holding);
    auction->queue = AM_ARENA_NEW(arena, people, int32_t);
    auction->heads = AM_ARENA_NEW(arena, sessions, struct am_heads);
    if (!auction->candidates || !auction->chosen || !auction->places_row ||
        !auction->first_holding || !auction->holding || !auction->queue || !auction->heads)
        return am_fail_memory(err);
    for (size_t s = 0; s < sessions; s++)
        auction->places_row[s] = auction->first_holding[s] = -1;
    for (int32_t r = 0; r < auction->coupling->row_count; r++)
        if (auction->coupling->rows[r].family == AM_ROW_PLACES)
            auction->places_row[auction->coupling->rows[r].session] = r;
    for (int64_t i = 0; i < (int64_t)instance->person_count * instance->days; i++)
        auction->search->scratch.chosen[i] = -1;
    for (int p = 0; p < instance->person_count; p++)
        auction->queue[auction->waiting++] = p;
    am_heads_count(instance, &auction->search->scratch, auction->heads);
    return am_path_init(&auction->path, instance, &auction->search->networks, err);
}

am_status am_auction(struct am_search *search, int64_t *prices, struct am_room *room,
                     struct am_err *err)
{
    const struct am_instance *instance = search->instance;
    struct auction auction = {.search = search,
                              .instance = instance,
                              .coupling = &search->coupling,
                              .prices = prices,
                              .room = room};
    struct am_arena arena;
    am_arena_init(&arena);
    am_status status = auction_init(&auction, &arena, err);
    if (status == AM_OK)
        hold_auction(&auction);
    am_path_release(&auction.path);
    am_arena_release(&arena);
    return status;
}
