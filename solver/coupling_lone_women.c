/*
 * R11: where a man is booked and one woman, who must not be alone, she is not.
 *
 * Where nobody who is fixed decides it already, a session that runs is of one of
 * three kinds:
 *
 *     a   nobody comes who must not be alone
 *     b   no man comes                        (so the session fills without men)
 *     d   both come, and two women at least
 *
 * With y = a + b + d the session runs, h = a + d a man may be booked, w = b + d a
 * woman who must not be alone may be:
 *
 *     sum_{women} x_ps >= b + 2 d,  sum_{not men} x_ps >= m b + 2 d
 *
 * m: as many as must come (R9), at least 1. Without the kinds, half a session of men
 * and half a session of one woman and nobody else would do for the relaxation. Where
 * the rule is hard, d needs room for three, and two women who could come.
 */
#include "solver/coupling_build.h"

/* A 0-1 variable without which none of these people is booked:
 * sum x_ps <= N t, N the most of them that there can be, and a link each. */
static int32_t add_presence(struct am_coupling_build *build, int s, enum am_var_kind kind,
                            enum am_who who)
{
    const struct am_isession *at = &build->instance->sessions[s];
    struct am_coupling *coupling = build->coupling;
    bool men = kind == AM_VAR_MAN;
    int32_t count = am_build_count_who(build, s, who), room = at->capacity - at->fixed_heads;
    int32_t var = am_build_var(build, (struct am_var){kind, s, -1, 1, true, 0});
    int32_t row = am_build_row(
        build, (struct am_row){-AM_ROW_FREE, 0, AM_R11, s, men ? AM_ROW_MAN : AM_ROW_LONE_WOMAN});
    am_build_heads(build, s, who, row);
    am_build_var_entry(build, var, row, -(count < room ? count : room));
    coupling->presence[men ? 0 : 1][s] = var;
    for (int64_t i = coupling->session_first[s]; i < coupling->session_first[s + 1]; i++)
        if (am_build_is_who(build, coupling->by_session[i], who))
            coupling->links[coupling->by_session[i]] |= men ? AM_LINK_MAN : AM_LINK_LONE_WOMAN;
    return var;
}

/* alone_s, where policy makes the rule soft; -1: there is none. */
static int32_t add_alone(struct am_coupling_build *build, int s)
{
    const struct am_policy *policy = build->instance->policy;
    if (policy->lone_woman != AM_LONE_WOMAN_SOFT)
        return -1;
    return am_build_var(
        build, (struct am_var){AM_VAR_ALONE, s, -1, 1, true, policy->weights.lone_woman_soft});
}

/* At least nothing: a row that the caller goes on with, of these heads and alone_s. */
static int32_t add_company_row(struct am_coupling_build *build, int s, int family, enum am_who who,
                               int32_t alone)
{
    int32_t row = am_build_row(build, (struct am_row){0, AM_ROW_FREE, AM_R11, s, family});
    am_build_heads(build, s, who, row);
    if (alone >= 0)
        am_build_var_entry(build, alone, row, 1);
    return row;
}

/* A woman who must not be alone is fixed: sum_{women} x_ps + alone_s >= h. */
static void add_for_fixed_woman(struct am_coupling_build *build, int s)
{
    int32_t man = add_presence(build, s, AM_VAR_MAN, AM_WHO_MEN);
    int32_t alone = add_alone(build, s);
    int32_t row = add_company_row(build, s, AM_ROW_WOMEN, AM_WHO_WOMEN, alone);
    am_build_var_entry(build, man, row, -1);
}

/* A man is fixed: sum_{women} x_ps + alone_s >= 2 w. */
static void add_for_fixed_man(struct am_coupling_build *build, int s)
{
    int32_t woman = add_presence(build, s, AM_VAR_LONE_WOMAN, AM_WHO_LONE_WOMEN);
    int32_t alone = add_alone(build, s);
    int32_t row = add_company_row(build, s, AM_ROW_WOMEN, AM_WHO_WOMEN, alone);
    am_build_var_entry(build, woman, row, -2);
}

/* What the kinds of a session are told from: its variables. */
struct kinds {
    int s;
    int32_t first_option, man, woman, alone;
};

/* sum_{who} x_ps + alone_s >= m b + 2 d = (m - 2) (y - h) + 2 w. */
static void add_kinds_row(struct am_coupling_build *build, const struct kinds *kinds, int family,
                          enum am_who who, int32_t m)
{
    int32_t row = add_company_row(build, kinds->s, family, who, kinds->alone);
    am_build_options(build, kinds->s, kinds->first_option, row, 2 - m);
    am_build_var_entry(build, kinds->man, row, m - 2);
    am_build_var_entry(build, kinds->woman, row, -2);
}

/* h + w - y within these limits. */
static void add_both_row(struct am_coupling_build *build, const struct kinds *kinds,
                         struct am_row limits)
{
    int32_t row = am_build_row(build, limits);
    am_build_options(build, kinds->s, kinds->first_option, row, -1);
    am_build_var_entry(build, kinds->man, row, 1);
    am_build_var_entry(build, kinds->woman, row, 1);
}

/* h <= y <= h + w, or y = h + w where a man and two women do not fit or are not
 * there. */
static void add_which_kind(struct am_coupling_build *build, const struct kinds *kinds,
                           bool never_both)
{
    int s = kinds->s;
    int32_t men =
        am_build_row(build, (struct am_row){0, AM_ROW_FREE, AM_R11, s, AM_ROW_MEN_IF_RUNS});
    am_build_options(build, s, kinds->first_option, men, 1);
    am_build_var_entry(build, kinds->man, men, -1);
    add_both_row(build, kinds, (struct am_row){0, AM_ROW_FREE, AM_R11, s, AM_ROW_SOME_KIND});
    if (never_both)
        add_both_row(build, kinds, (struct am_row){-AM_ROW_FREE, 0, AM_R11, s, AM_ROW_NEVER_BOTH});
    build->coupling->never_both[s] = never_both;
}

static void add_kinds(struct am_coupling_build *build, int s, int32_t first_option)
{
    const struct am_isession *at = &build->instance->sessions[s];
    int32_t needed = at->min_heads - at->fixed_heads, room = at->capacity - at->fixed_heads;
    bool hard = build->instance->policy->lone_woman == AM_LONE_WOMAN_HARD;
    if (room < 2) /* whoever comes has nobody to be alone with */
        return;
    int32_t women = am_build_count_who(build, s, AM_WHO_WOMEN);
    bool others = am_build_count_who(build, s, AM_WHO_NOT_MEN) > women;
    struct kinds kinds = {s, first_option, -1, -1, -1};
    kinds.man = add_presence(build, s, AM_VAR_MAN, AM_WHO_MEN);
    kinds.woman = add_presence(build, s, AM_VAR_LONE_WOMAN, AM_WHO_LONE_WOMEN);
    kinds.alone = add_alone(build, s);
    add_which_kind(build, &kinds, hard && (room < 3 || women < 2));
    /* without men come women, and those of whom it is not known whether they are */
    add_kinds_row(build, &kinds, AM_ROW_WOMEN, AM_WHO_WOMEN, others || needed < 1 ? 1 : needed);
    if (others && needed > 1)
        add_kinds_row(build, &kinds, AM_ROW_NOT_MEN, AM_WHO_NOT_MEN, needed);
}

void am_coupling_lone_women(struct am_coupling_build *build, int s, int32_t first_option)
{
    const struct am_isession *at = &build->instance->sessions[s];
    bool men = am_build_count_who(build, s, AM_WHO_MEN) > 0;
    bool lone = am_build_count_who(build, s, AM_WHO_LONE_WOMEN) > 0;
    if (!at->lone_woman_rule)
        return;
    if (at->fixed_lone_women == 1) {
        if (men)
            add_for_fixed_woman(build, s);
    } else if (at->fixed_men > 0) {
        if (lone)
            add_for_fixed_man(build, s);
    } else if (men && lone) {
        add_kinds(build, s, first_option);
    }
}
