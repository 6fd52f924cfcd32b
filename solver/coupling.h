/*
 * coupling - the rows that tie people together (R8-R12, S9, S11), and the
 * session side of the model: which sessions run, under whom.
 *
 *     min  sum c_k l_k + sum f_v t_v
 *     s.t. lower_r <= sum a_rk x_k + sum b_rv t_v <= upper_r      every row r
 *          at most one option t_v of a session (exactly one: must_run)
 *
 * x_k: pair k is booked. Options are the ways in which a session can run: under
 * each candidate, unled, or (unsupervised) simply. The other variables of a
 * session help to state its rules: heads short of company, expected
 * stand-downs, a man is booked, a lone woman may be booked. All coefficients
 * are whole, so that a bound reckoned from whole multipliers is exact.
 *
 * Beside the rows written out there are two links a pair, which follow from
 * them for whole values but not for fractions:
 *
 *     x_k <= sum of the options that let this person in      (the session runs)
 *     x_k <= man_s, or lone_woman_s                         (R11: such a one may be)
 *
 * They are millions in a large unit and few of them matter, so they are not
 * written out: a price array has row_count prices of rows, then one a pair for
 * its first link, then one a pair for its second.
 */
#ifndef AM_SOLVER_COUPLING_H
#define AM_SOLVER_COUPLING_H

#include "solver/instance.h"

enum am_var_kind {
    AM_VAR_OPTION,     /* the session runs this way */
    AM_VAR_SHORT,      /* S9: heads short of company */
    AM_VAR_OVER,       /* S11: hundredths of people expected over the places */
    AM_VAR_MAN,        /* R11: men may be newly booked */
    AM_VAR_LONE_WOMAN, /* R11: women who must not be alone may be booked */
    AM_VAR_ALONE       /* R11 soft: a woman is alone */
};

struct am_var {
    enum am_var_kind kind;
    int32_t session;
    int32_t supervisor; /* of an option; -1: none */
    int32_t upper;      /* 0 .. upper */
    bool integer;
    int64_t cost;
};

struct am_entry {
    int32_t row;
    int32_t value;
};

/* What a row is about; with its session (and pair) it names the row. */
enum am_row_family {
    AM_ROW_PLACES,
    AM_ROW_MINIMUM,
    AM_ROW_COMPANY,
    AM_ROW_STAND_DOWN,
    AM_ROW_GENDER, /* AM_ROW_GENDER + the gender */
    AM_ROW_MAN = AM_ROW_GENDER + AM_GENDER_UNKNOWN + 1,
    AM_ROW_LONE_WOMAN,
    AM_ROW_WOMEN,
    AM_ROW_NOT_MEN,
    AM_ROW_MEN_IF_RUNS,
    AM_ROW_SOME_KIND,
    AM_ROW_NEVER_BOTH,
    AM_ROW_APART,
    AM_ROW_SUPERVISOR
};

enum { AM_ROW_FREE = INT32_MAX }; /* lower = -AM_ROW_FREE or upper = AM_ROW_FREE: no bound */

struct am_row {
    int32_t lower, upper;
    enum am_rule rule; /* whose row it is (R8 for S9 and S11) */
    int32_t session;   /* -1: of a supervisor */
    int family;        /* enum am_row_family */
};

struct am_coupling {
    struct am_row *rows;
    int32_t row_count;
    struct am_var *vars; /* by session; a session's options first */
    int32_t var_count;
    int32_t *first_var;    /* session_count + 1 */
    int32_t *option_count; /* a session's */
    int64_t *var_first;    /* entries of a var: var_entries[var_first[v]] .. [var_first[v + 1]] */
    struct am_entry *var_entries;
    int64_t pair_count;
    /* Entries of a pair: most pairs of a session have the same, a profile. */
    int32_t *profile_of; /* a pair's */
    int32_t profile_count;
    int32_t *profile_first; /* entries of profile f: from [f] to before [f + 1] */
    struct am_entry *profile_entries;
    uint8_t *links;         /* of a pair: enum am_link, together */
    uint8_t *opens;         /* of a variable: bits of the demands whose pairs it lets in */
    int32_t *presence[2];   /* a session's variable: of men, of lone women; -1: none */
    bool *never_both;       /* a session's: not both presences at once */
    int64_t *session_first; /* pairs of a session: by_session[session_first[s]] .. */
    int64_t *by_session;
};

/* Entries of a pair or a variable: `count` from `at` on. */
struct am_entries {
    const struct am_entry *at;
    int64_t count;
};

static inline struct am_entries am_entries_of_pair(const struct am_coupling *coupling, int64_t pair)
{
    const int32_t *first = coupling->profile_first + coupling->profile_of[pair];
    return (struct am_entries){coupling->profile_entries + first[0], first[1] - first[0]};
}

static inline struct am_entries am_entries_of_var(const struct am_coupling *coupling, int32_t var)
{
    const int64_t *first = coupling->var_first + var;
    return (struct am_entries){coupling->var_entries + first[0], first[1] - first[0]};
}

/* What a pair demands of who leads: 0 nothing, or 1 + the gender (R10). */
enum { AM_DEMANDS = AM_GENDER_UNKNOWN + 2 };
static inline int am_demand_of(const struct am_instance *instance, int64_t pair)
{
    return 1 + instance->pairs[pair].supervisor_gender;
}
static inline bool am_opens_to(const struct am_coupling *coupling, int32_t var, int demand)
{
    return coupling->opens[var] >> demand & 1;
}

enum am_link { AM_LINK_RUNS = 1, AM_LINK_MAN = 2, AM_LINK_LONE_WOMAN = 4 };

/* The links' places in a price array. */
static inline int64_t am_link_runs(const struct am_coupling *coupling, int64_t pair)
{
    return coupling->row_count + pair;
}
static inline int64_t am_link_presence(const struct am_coupling *coupling, int64_t pair)
{
    return coupling->row_count + coupling->pair_count + pair;
}
/* Is there such a link? The others' prices stay 0. */
static inline bool am_link_exists(const struct am_coupling *coupling, int64_t link)
{
    int64_t at = link - coupling->row_count;
    if (at < coupling->pair_count)
        return coupling->links[at] & AM_LINK_RUNS;
    return coupling->links[at - coupling->pair_count] & (AM_LINK_MAN | AM_LINK_LONE_WOMAN);
}
/* Has one of the pair's links a price? */
static inline bool am_links_have_price(const struct am_coupling *coupling, const int64_t *prices,
                                       int64_t pair)
{
    return prices[am_link_runs(coupling, pair)] != 0 ||
           prices[am_link_presence(coupling, pair)] != 0;
}
static inline int64_t am_price_count(const struct am_coupling *coupling)
{
    return coupling->row_count + 2 * coupling->pair_count;
}

/* All memory is in arena. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_coupling_build(const struct am_instance *instance,
                                          struct am_arena *arena, struct am_coupling *coupling,
                                          struct am_err *err);

#endif
