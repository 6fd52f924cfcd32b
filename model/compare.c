#include "model/compare.h"

#include <string.h>

const struct am_figure_row am_figure_table[AM_FIGURE_COUNT] = {
#define AM_FIGURE(name, better, title, unit) [AM_FIGURE_##name] = {#name, title, unit, better},
#include "model/compare.def"
#undef AM_FIGURE
};

const char *am_verdict_word(enum am_verdict verdict)
{
    static const char *const words[AM_VERDICT_COUNT] = {
        [AM_VERDICT_SAME] = "same",
        [AM_VERDICT_BETTER] = "better",
        [AM_VERDICT_WORSE] = "worse",
        [AM_VERDICT_WITHIN_GAP] = "within_gap",
    };
    return words[verdict];
}

enum am_verdict am_compare_proofs(const struct am_proof *proof, const struct am_proof *other)
{
    if (proof->objective < other->bound)
        return AM_VERDICT_BETTER;
    if (proof->bound > other->objective)
        return AM_VERDICT_WORSE;
    if (proof->objective == proof->bound && other->objective == other->bound)
        return AM_VERDICT_SAME; /* neither less nor more */
    return AM_VERDICT_WITHIN_GAP;
}

const char *am_effect_word(enum am_effect effect)
{
    static const char *const words[] = {
        [AM_EFFECT_GAINS] = "gains",
        [AM_EFFECT_LOSES] = "loses",
        [AM_EFFECT_COMES] = "comes",
        [AM_EFFECT_GOES] = "goes",
    };
    return words[effect];
}

/* What became of somebody who is in one of the two at least. False: nothing. */
static bool effect_of(const struct am_share *now, const struct am_share *before,
                      struct am_person_effect *effect)
{
    static const struct am_share none = {0};
    const struct am_share *there = now ? now : &none, *here = before ? before : &none;
    *effect = (struct am_person_effect){.crn = now ? now->crn : here->crn,
                                        .minutes = there->minutes - here->minutes,
                                        .late_days = there->late_days - here->late_days};
    if (!now || !before)
        effect->effect = now ? AM_EFFECT_COMES : AM_EFFECT_GOES;
    else if (effect->late_days != 0)
        effect->effect = effect->late_days < 0 ? AM_EFFECT_GAINS : AM_EFFECT_LOSES;
    else
        effect->effect = effect->minutes > 0 ? AM_EFFECT_GAINS : AM_EFFECT_LOSES;
    return !now || !before || effect->minutes != 0 || effect->late_days != 0;
}

am_status am_compare_people(const struct am_tally *tally, const struct am_tally *other,
                            struct am_arena *arena, struct am_person_effect **effects, int *count,
                            struct am_err *err)
{
    size_t room = (size_t)tally->people_count + (size_t)other->people_count;
    int i = 0, j = 0;
    *count = 0;
    *effects = AM_ARENA_NEW(arena, room, struct am_person_effect);
    if (!*effects)
        return am_fail_memory(err);
    while (i < tally->people_count || j < other->people_count) {
        const struct am_share *now = i < tally->people_count ? &tally->people[i] : NULL;
        const struct am_share *before = j < other->people_count ? &other->people[j] : NULL;
        int order = !now ? 1 : !before ? -1 : strcmp(now->crn, before->crn);
        i += order <= 0;
        j += order >= 0;
        *count +=
            effect_of(order <= 0 ? now : NULL, order >= 0 ? before : NULL, &(*effects)[*count]);
    }
    return AM_OK;
}
