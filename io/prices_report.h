/*
 * prices_report - what a little more of something is worth, for people, for a
 * spreadsheet, and as JSON (amends-prices/1).
 *
 * docs/prices.md says what each figure means and what of it is proven.
 */
#ifndef AM_IO_PRICES_REPORT_H
#define AM_IO_PRICES_REPORT_H

#include "base/settings.h"
#include "io/text.h"
#include "model/roster.h"
#include "model/yield.h"

enum am_price_kind {
    AM_PRICE_PLACE,
    AM_PRICE_SESSION,
    AM_PRICE_SUPERVISOR_DAY,
    AM_PRICE_TRAVEL,
    AM_PRICE_KIND_COUNT
};

const char *am_price_kind_word(enum am_price_kind kind); /* "supervisor_day" */

/* One thing more, at one site in one week. */
struct am_price_row {
    enum am_price_kind kind;
    int project;      /* -1: any (a supervisor day) */
    int week;         /* of the window */
    am_date date;     /* AM_NO_DATE: any day of the week (travel) */
    int session;      /* of the caseload: where the place is, what a new session is like; -1 */
    int people;       /* travel: how many more could come; else -1 */
    int64_t estimate; /* points that the bound falls by */
    int64_t at_most;  /* proven: points gained are no more */
    /* solved again with it, if checked */
    bool checked;
    int64_t gain; /* points between the two rosters found */
    bool has_at_least;
    int64_t at_least;     /* proven: points gained are no fewer */
    bool proven;          /* both rosters are the best there are: gain is exact */
    struct am_yield more; /* of the roster with it, less that without */
};

struct am_prices {
    const struct am_caseload *caseload;
    struct am_proof base; /* of the roster compared with */
    bool base_proven;
    int64_t given;             /* points of the roster that was given */
    struct am_yield yield;     /* of the roster compared with */
    struct am_price_row *rows; /* most worth first, by the estimates */
    int row_count;
    int checked;
    int32_t minutes; /* of travel, over the limit */
    const struct am_settings *settings;
    const char *version;
};

/* Each into *text, which the caller releases. shown: rows of each kind. */
AM_MUST_CHECK am_status am_prices_text(const struct am_prices *prices, int shown,
                                       struct am_text *text, struct am_err *err);
AM_MUST_CHECK am_status am_prices_csv(const struct am_prices *prices, struct am_text *text,
                                      struct am_err *err);
AM_MUST_CHECK am_status am_prices_json(const struct am_prices *prices, struct am_text *text,
                                       struct am_err *err);

#endif
