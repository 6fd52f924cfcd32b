#include "solver/ejection.h"

#include <stdlib.h>
#include <string.h>

#include "solver/regret.h"
#include "solver/trial.h"

/* People of a chain who may take what they would rather have; vain chains from one
 * person: the second asks for what the first one's evictions really cost; times that
 * everybody is gone through, and the share of all that was gained (its inverse) below
 * which there is no other time. */
enum { LONGEST = 8, VAIN = 2, PASSES = 20, LITTLE = 100 };

/* How a person can come to a session that has no place for them as it is. */
enum access {
    SHUT,
    FOR_A_PLACE, /* somebody has to go */
    IN_COMPANY   /* R11: another woman has to come, perhaps somebody to go */
};

struct wish {
    int64_t regret;
    int person;
};

struct ejection {
    struct am_search *search;
    const struct am_instance *instance;
    struct am_seats seats;
    struct am_trial trial;
    int64_t *loss;       /* of each pair, am_price_losses */
    int64_t most_loss;   /* what is beyond it is not looked at */
    int32_t *places_row; /* of each session, -1: none */
    /* What a session's place really costs where a chain began with it; AM_NO_PATH: it
     * can't be had. The next chain from the same person, in the same round, knows it. */
    int64_t *asked;
    int32_t *asked_in; /* the round */
    int32_t round;
    int link; /* of the chain in hand */
    /* A person's chains were in vain when `time` was so much, and a session changed:
     * not to be tried again where nothing has changed since. */
    int32_t *vain, *changed;
    int32_t time;
    struct wish *wishes;
};

/* ---- places ---- */

static int64_t price_of_place(const struct ejection *ejection, int32_t session)
{
    if (ejection->asked_in[session] == ejection->round)
        return ejection->asked[session];
    int32_t row = ejection->places_row[session];
    return row < 0 ? 0 : -ejection->search->best.row[row];
}

/* May the person have the place of whoever has the cell (-1: one that is free)?
 * company: another woman is to come too. */
static bool may_have_place(const struct ejection *ejection, int p, int64_t k, int32_t cell,
                           bool company)
{
    const struct am_instance *instance = ejection->instance;
    const struct am_decision *decision = ejection->seats.decision;
    int32_t session = instance->pairs[k].session;
    struct am_heads heads = ejection->seats.heads[session];
    int holder = cell < 0 ? -1 : cell / instance->days;
    if (holder == p || (holder >= 0 && am_trial_has(&ejection->trial, holder)))
        return false;
    if (holder >= 0)
        am_heads_add(instance, decision->chosen[cell], holder, -1, &heads);
    am_heads_add(instance, k, p, 1, &heads);
    if (company)
        heads.lone_women = 0;
    return am_session_points(instance, session, true, decision->supervisor[session], &heads) !=
           INT64_MAX;
}

static bool somebody_can_go(const struct ejection *ejection, int p, int64_t k, bool company)
{
    const struct am_lists *booked = &ejection->trial.booked;
    for (int32_t cell = booked->first[ejection->instance->pairs[k].session]; cell >= 0;
         cell = booked->next[cell])
        if (may_have_place(ejection, p, k, cell, company))
            return true;
    return false;
}

/* The pair of another woman who would lose least by coming to the session; -1: there
 * is none. */
static int64_t company_for(const struct ejection *ejection, int p, int64_t k)
{
    const struct am_instance *instance = ejection->instance;
    const struct am_coupling *coupling = &ejection->search->coupling;
    int32_t session = instance->pairs[k].session;
    int64_t best = -1;
    for (int64_t i = coupling->session_first[session]; i < coupling->session_first[session + 1];
         i++) {
        int64_t other = coupling->by_session[i];
        int who = am_pair_person(instance, other);
        if (who != p && instance->people[who].woman && !am_trial_has(&ejection->trial, who) &&
            ejection->loss[other] < AM_NO_PATH &&
            (best < 0 || ejection->loss[other] < ejection->loss[best]))
            best = other;
    }
    return best;
}

static enum access access_to(const struct ejection *ejection, int p, int64_t k)
{
    const struct am_ipair *pair = &ejection->instance->pairs[k];
    if (!ejection->seats.decision->runs[pair->session] || am_seats_rival_there(&ejection->seats, k))
        return SHUT;
    if (somebody_can_go(ejection, p, k, false))
        return FOR_A_PLACE;
    if (!pair->lone_woman || ejection->seats.heads[pair->session].women > 0 ||
        company_for(ejection, p, k) < 0)
        return SHUT;
    return may_have_place(ejection, p, k, -1, true) || somebody_can_go(ejection, p, k, true)
               ? IN_COMPANY
               : SHUT;
}

/* ---- patterns ---- */

/* What a pair costs beside its own cost; AM_NO_PATH: it can't be had. */
static int64_t price_of(const struct ejection *ejection, int p, int64_t k, bool evicting)
{
    int64_t price = am_seats_price(&ejection->seats, p, k);
    if (price != AM_NO_PATH || !evicting)
        return price;
    enum access access = access_to(ejection, p, k);
    int64_t place = price_of_place(ejection, ejection->instance->pairs[k].session);
    if (access == SHUT || place == AM_NO_PATH)
        return AM_NO_PATH;
    return access == IN_COMPANY ? place + ejection->loss[company_for(ejection, p, k)] : place;
}

/* The person's best pattern without the session `barred` (-1: none), the others staying,
 * or evicting them at the price of a place. Beside what they have, only pairs with no
 * more loss than the chain could make up for. */
static int64_t best_pattern(struct ejection *ejection, int p, int32_t barred, bool evicting)
{
    const struct am_instance *instance = ejection->instance;
    const struct am_iperson *person = &instance->people[p];
    const struct am_networks *networks = ejection->seats.networks;
    const int64_t *mine = am_seats_of(&ejection->seats, p);
    struct am_path *path = &ejection->seats.path;
    am_path_clear(path, &networks->people[p]);
    for (int64_t i = 0; i < person->pair_count; i++) {
        int64_t k = person->first_pair + i;
        const struct am_ipair *pair = &instance->pairs[k];
        bool has = mine[pair->day] == k;
        if (pair->session == barred || (!has && ejection->loss[k] > ejection->most_loss))
            continue;
        int64_t price = price_of(ejection, p, k, evicting && !has);
        if (price != AM_NO_PATH)
            am_path_offer(path, networks->pair_class[k], pair->cost * AM_PRICE_ONE + price,
                          (int32_t)i);
    }
    return am_path_sweep(path, &networks->people[p], false);
}

static void read_pattern(struct ejection *ejection, int p)
{
    am_path_read(&ejection->seats.path, &ejection->seats.networks->people[p],
                 ejection->instance->days, ejection->seats.chosen);
}

/* ---- one link of a chain ---- */

/* Of those whose place the person may have, the one who loses least goes. False: nobody
 * can. */
static bool evict(struct ejection *ejection, int p, int64_t k, bool company, int64_t *loss)
{
    const struct am_lists *booked = &ejection->trial.booked;
    const struct am_ipair *pair = &ejection->instance->pairs[k];
    int going = -1;
    for (int32_t cell = booked->first[pair->session]; cell >= 0; cell = booked->next[cell]) {
        int holder = cell / ejection->instance->days;
        if (!may_have_place(ejection, p, k, cell, company))
            continue;
        int64_t without = best_pattern(ejection, holder, pair->session, false);
        if (without >= AM_NO_PATH)
            continue;
        int64_t theirs = without - am_seats_present(&ejection->seats, holder);
        if (going < 0 || theirs < *loss) {
            *loss = theirs;
            going = holder;
        }
    }
    return going >= 0 && am_trial_leave(&ejection->trial, going, pair->day);
}

/* The pair's person comes, whatever it costs them. */
static bool bring(struct ejection *ejection, int64_t k)
{
    const struct am_instance *instance = ejection->instance;
    const struct am_ipair *pair = &instance->pairs[k];
    int who = am_pair_person(instance, k);
    int32_t index = (int32_t)(k - instance->people[who].first_pair);
    int64_t loss = 0;
    if (am_seats_rival_there(&ejection->seats, k) ||
        (am_seats_price(&ejection->seats, who, k) == AM_NO_PATH &&
         !evict(ejection, who, k, false, &loss)))
        return false;
    (void)best_pattern(ejection, who, -1, false);
    am_path_offer(&ejection->seats.path, ejection->seats.networks->pair_class[k],
                  pair->cost * AM_PRICE_ONE + AM_STAY_PRICE, index);
    if (am_path_sweep(&ejection->seats.path, &ejection->seats.networks->people[who], false) >=
        AM_NO_PATH)
        return false;
    read_pattern(ejection, who);
    return ejection->seats.chosen[pair->day] == index && am_trial_seat(&ejection->trial, who);
}

/* Room for the person at a session that they want. *company: the pair of whoever has to
 * come too, -1: nobody has to. */
static bool make_way(struct ejection *ejection, int p, int64_t k, int64_t *company)
{
    int32_t session = ejection->instance->pairs[k].session;
    enum access access = access_to(ejection, p, k);
    int64_t loss = 0;
    *company = access == IN_COMPANY ? company_for(ejection, p, k) : -1;
    if (access == IN_COMPANY && may_have_place(ejection, p, k, -1, true))
        return true;
    bool way = access != SHUT && evict(ejection, p, k, access == IN_COMPANY, &loss);
    if (ejection->link == 0) {
        ejection->asked[session] = !way ? AM_NO_PATH : loss > 0 ? loss : 0;
        ejection->asked_in[session] = ejection->round;
    }
    return way;
}

/* The person takes the best pattern of all, and whoever is in the way goes. False: it is
 * none better, or can't be had. */
static bool claim(struct ejection *ejection, int p)
{
    const struct am_instance *instance = ejection->instance;
    int32_t wanted[7 * AM_WEEKS_MAX];
    int64_t company[7 * AM_WEEKS_MAX];
    if (!am_trial_take_in(&ejection->trial, p) ||
        best_pattern(ejection, p, -1, true) >= am_seats_present(&ejection->seats, p))
        return false;
    read_pattern(ejection, p);
    memcpy(wanted, ejection->seats.chosen, (size_t)instance->days * sizeof *wanted);
    for (int d = 0; d < instance->days; d++) {
        int64_t k = wanted[d] < 0 ? -1 : instance->people[p].first_pair + wanted[d];
        company[d] = -1;
        if (k >= 0 && am_seats_price(&ejection->seats, p, k) == AM_NO_PATH &&
            !make_way(ejection, p, k, &company[d]))
            return false;
    }
    memcpy(ejection->seats.chosen, wanted, (size_t)instance->days * sizeof *wanted);
    bool seated = am_trial_seat(&ejection->trial, p);
    for (int d = 0; d < instance->days && seated; d++)
        seated = company[d] < 0 || bring(ejection, company[d]);
    return seated;
}

/* Those who came into the trial from the i-th on take what is left. False: somebody
 * cannot. */
static bool take_what_is_left(struct ejection *ejection, int i)
{
    for (; i < ejection->trial.person_count; i++) {
        int p = ejection->trial.people[i];
        if (best_pattern(ejection, p, -1, false) >= AM_NO_PATH)
            return false;
        read_pattern(ejection, p);
        if (!am_trial_seat(&ejection->trial, p))
            return false;
    }
    return true;
}

/* ---- chains ---- */

/* Of those from the i-th on; -1: there is none. */
static int who_lost_most(const struct ejection *ejection, int i)
{
    int64_t most = INT64_MIN;
    int who = -1;
    for (; i < ejection->trial.person_count; i++) {
        int64_t loss = am_trial_loss(&ejection->trial, i);
        if (loss > most) {
            most = loss;
            who = ejection->trial.people[i];
        }
    }
    return who;
}

/* Returns by how much the roster is better; 0: it is as it was. */
static int64_t chain(struct ejection *ejection, int p)
{
    struct am_trial *trial = &ejection->trial;
    am_trial_begin(trial);
    for (ejection->link = 0; ejection->link < LONGEST && p >= 0; ejection->link++) {
        int pushed = ejection->link == 0 ? 1 : trial->person_count;
        if (!claim(ejection, p) || !take_what_is_left(ejection, pushed))
            break;
        int64_t points = am_trial_points(trial);
        if (points < 0)
            return -points;
        p = who_lost_most(ejection, pushed);
    }
    am_trial_undo(trial);
    return 0;
}

static void note_changes(struct ejection *ejection)
{
    ejection->time++;
    for (int i = 0; i < ejection->trial.session_count; i++)
        ejection->changed[ejection->trial.sessions[i].session] = ejection->time;
}

/* Has anything changed, where the person could be, since their chains were in vain? */
static bool is_worth_trying(const struct ejection *ejection, int p)
{
    const struct am_iperson *person = &ejection->instance->people[p];
    bool worth = ejection->vain[p] == 0;
    for (int64_t k = person->first_pair; k < person->first_pair + person->pair_count && !worth; k++)
        worth = ejection->changed[ejection->instance->pairs[k].session] >= ejection->vain[p];
    return worth;
}

/* Chains from one person, until some were in vain. */
static int64_t chains_from(struct ejection *ejection, const struct wish *wish)
{
    int64_t gained = 0;
    if (!is_worth_trying(ejection, wish->person))
        return 0;
    ejection->most_loss = wish->regret;
    ejection->round++;
    for (int vain = 0; vain < VAIN;) {
        int64_t gain = chain(ejection, wish->person);
        gained += gain;
        if (gain == 0) {
            vain++;
            continue;
        }
        note_changes(ejection);
        ejection->round++;
        vain = 0;
    }
    ejection->vain[wish->person] = ejection->time + 1;
    return gained;
}

/* ---- all of them ---- */

static int by_regret(const void *left, const void *right)
{
    const struct wish *a = left, *b = right;
    if (a->regret != b->regret)
        return a->regret > b->regret ? -1 : 1;
    return (a->person > b->person) - (a->person < b->person);
}

/* Who has a point of regret or more, those with most first. Their number. */
static int list_wishes(struct ejection *ejection)
{
    int count = 0;
    for (int p = 0; p < ejection->instance->person_count; p++) {
        int64_t regret = am_regret_of(ejection->search, &ejection->search->scratch,
                                      ejection->search->best.row, p);
        if (regret >= AM_PRICE_ONE)
            ejection->wishes[count++] = (struct wish){regret, p};
    }
    if (count > 0)
        qsort(ejection->wishes, (size_t)count, sizeof *ejection->wishes, by_regret);
    return count;
}

static void eject_all(struct ejection *ejection)
{
    int64_t all = 0, gained = 1;
    for (int pass = 0; pass < PASSES && gained > all / LITTLE; pass++) {
        int count = list_wishes(ejection);
        gained = 0;
        for (int i = 0; i < count && !am_search_stop(ejection->search); i++)
            gained += chains_from(ejection, &ejection->wishes[i]);
        all += gained;
    }
}

static am_status ejection_init(struct ejection *ejection, struct am_arena *arena,
                               struct am_err *err)
{
    struct am_search *search = ejection->search;
    const struct am_instance *instance = search->instance;
    size_t sessions = (size_t)instance->session_count, people = (size_t)instance->person_count;
    ejection->loss = AM_ARENA_NEW(arena, (size_t)instance->pair_count, int64_t);
    ejection->places_row = AM_ARENA_NEW(arena, sessions, int32_t);
    ejection->asked = AM_ARENA_NEW(arena, sessions, int64_t);
    ejection->asked_in = AM_ARENA_NEW(arena, sessions, int32_t);
    ejection->changed = AM_ARENA_NEW(arena, sessions, int32_t);
    ejection->vain = AM_ARENA_NEW(arena, people, int32_t);
    ejection->wishes = AM_ARENA_NEW(arena, people, struct wish);
    if (!ejection->loss || !ejection->places_row || !ejection->asked || !ejection->asked_in ||
        !ejection->changed || !ejection->vain || !ejection->wishes)
        return am_fail_memory(err);
    for (size_t s = 0; s < sessions; s++)
        ejection->places_row[s] = -1;
    for (int32_t r = 0; r < search->coupling.row_count; r++)
        if (search->coupling.rows[r].family == AM_ROW_PLACES)
            ejection->places_row[search->coupling.rows[r].session] = r;
    am_decision_copy(instance, &search->scratch, &search->incumbent);
    am_heads_count(instance, &search->scratch, ejection->seats.heads);
    am_price_losses(search->pricer, search->best.row, (struct am_limits){0}, &search->answer,
                    ejection->loss);
    return am_trial_init(&ejection->trial, &ejection->seats, arena, err);
}

am_status am_eject(struct am_search *search, struct am_err *err)
{
    struct ejection ejection = {.search = search, .instance = search->instance};
    struct am_arena arena;
    am_arena_init(&arena);
    am_status status = am_seats_init(&ejection.seats, search, err);
    if (status == AM_OK)
        status = ejection_init(&ejection, &arena, err);
    if (status == AM_OK) {
        eject_all(&ejection);
        am_search_offer(search);
    }
    am_seats_release(&ejection.seats);
    am_arena_release(&arena);
    return status;
}
