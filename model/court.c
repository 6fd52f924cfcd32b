#include "model/court.h"

#include <stdlib.h>

static const char *const reason_words[] = {"overdue", "cannot_finish", "unlikely"};

const char *am_court_reason_word(enum am_court_reason reason)
{
    return reason_words[reason];
}

/* What entries are sorted by; the least first. */
struct ranked {
    struct am_court_entry of;
    int64_t key;
};

static int compare_ranked(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->of.reason != y->of.reason)
        return x->of.reason < y->of.reason ? -1 : 1;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->of.entry < y->of.entry ? -1 : x->of.entry > y->of.entry;
}

static bool is_unlikely(const struct am_futures *futures, int order)
{
    return futures && (int64_t)futures->orders[order].on_time * 100 <
                          (int64_t)futures->count * AM_COURT_PERCENT;
}

/* Does the entry belong on the list, and why? */
static bool rank_entry(const struct am_orders *orders, const struct am_ledger_entry *entry,
                       const struct am_futures *futures, struct ranked *ranked)
{
    const struct am_order_state *state = &orders->orders[entry->order];
    bool limited = state->open && state->deadline != AM_NO_DATE;
    if (entry->outlook == AM_OVERDUE)
        *ranked = (struct ranked){{.reason = AM_COURT_OVERDUE}, state->deadline};
    else if (entry->outlook == AM_CANNOT_FINISH)
        *ranked = (struct ranked){{.reason = AM_COURT_CANNOT_FINISH}, entry->slack_min};
    else if (limited && is_unlikely(futures, entry->order))
        *ranked =
            (struct ranked){{.reason = AM_COURT_UNLIKELY}, futures->orders[entry->order].on_time};
    else
        return false;
    ranked->of.on_time = futures ? futures->orders[entry->order].on_time : -1;
    ranked->of.at90 = futures ? futures->orders[entry->order].at90 : AM_NO_DATE;
    return true;
}

am_status am_court_build(const struct am_orders *orders, const struct am_order_ledger *ledger,
                         const struct am_futures *futures, struct am_arena *arena,
                         struct am_court *court, struct am_err *err)
{
    struct am_arena scratch;
    *court = (struct am_court){0};
    court->entries = AM_ARENA_NEW(arena, (size_t)ledger->count, struct am_court_entry);
    if (!court->entries)
        return am_fail_memory(err);
    am_arena_init(&scratch);
    struct ranked *ranked = AM_ARENA_NEW(&scratch, (size_t)ledger->count, struct ranked);
    for (int i = 0; ranked && i < ledger->count; i++) {
        if (!rank_entry(orders, &ledger->entries[i], futures, &ranked[court->count]))
            continue;
        ranked[court->count++].of.entry = i;
    }
    if (ranked)
        qsort(ranked, (size_t)court->count, sizeof *ranked, compare_ranked);
    for (int i = 0; ranked && i < court->count; i++) {
        court->entries[i] = ranked[i].of;
        court->of_reason[ranked[i].of.reason]++;
    }
    am_arena_release(&scratch);
    return ranked ? AM_OK : am_fail_memory(err);
}
