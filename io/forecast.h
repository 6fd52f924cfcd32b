/*
 * forecast - what `amends forecast` writes.
 *
 *   forecast.json  everything below, for other programs (amends-forecast/1)
 *   forecast.html  a page to read and print: summary, fan, ledger, jams
 *   ledger.csv     every order: deadline, slack, point of no return, chance
 *   court.csv      orders to return to court, worst first
 *   court.html     the same, one printed page an order, with the evidence
 *   ete.csv        education allowance to spare, and sessions that could take it
 *   fan.csv        open and overdue orders by week: 10, 50 and 90 % of futures
 *   jams.csv       where places are short, and what one more is worth
 *   plan.json      the completion plan (io/plan_json.h)
 *
 * By CRN; names only where the detail says so, never of limited-access cases.
 * Restrictions are not told. Written as one set (io/staged_set.h).
 */
#ifndef AM_IO_FORECAST_H
#define AM_IO_FORECAST_H

#include "io/detail.h"
#include "io/text.h"
#include "model/court.h"
#include "model/eligible.h"
#include "model/ete_use.h"
#include "model/futures.h"
#include "model/jams.h"
#include "model/order_ledger.h"
#include "model/plan.h"

/* All that the files tell. */
struct am_forecast {
    const struct am_caseload *caseload;
    const struct am_orders *orders;
    const struct am_eligibility *eligibility;
    const struct am_clocks *clocks;
    const struct am_order_ledger *ledger;
    const struct am_ete_use *ete;
    const struct am_court *court;
    const struct am_plan *plan;
    const struct am_futures *futures; /* NULL: none were asked for */
    const struct am_jam_list *jams;
    const char *plan_json; /* the bytes of plan.json */
    const char *version;   /* of the program */
    enum am_detail detail;
    int arrivals_per_week; /* -1: as the caseload says */
    int weeks_beyond;      /* the last deadline */
    bool stopped;          /* the plan was cut short by a limit or an interrupt */
};

/* folder is made (0700) where it is missing; files have mode 0600. */
AM_MUST_CHECK am_status am_forecast_write(const struct am_forecast *forecast, const char *folder,
                                          struct am_err *err);

/* One file's bytes each, into *text (freed by the caller with free). */
AM_MUST_CHECK am_status am_forecast_json(const struct am_forecast *forecast, char **text,
                                         struct am_err *err);
AM_MUST_CHECK am_status am_forecast_html(const struct am_forecast *forecast, char **text,
                                         struct am_err *err);
AM_MUST_CHECK am_status am_forecast_court_html(const struct am_forecast *forecast, char **text,
                                               struct am_err *err);
AM_MUST_CHECK am_status am_forecast_ledger_csv(const struct am_forecast *forecast, char **text,
                                               struct am_err *err);
AM_MUST_CHECK am_status am_forecast_court_csv(const struct am_forecast *forecast, char **text,
                                              struct am_err *err);
AM_MUST_CHECK am_status am_forecast_ete_csv(const struct am_forecast *forecast, char **text,
                                            struct am_err *err);
AM_MUST_CHECK am_status am_forecast_fan_csv(const struct am_forecast *forecast, char **text,
                                            struct am_err *err);
AM_MUST_CHECK am_status am_forecast_jams_csv(const struct am_forecast *forecast, char **text,
                                             struct am_err *err);

/* What the terminal shows. */
AM_MUST_CHECK am_status am_forecast_summary(const struct am_forecast *forecast, char **text,
                                            struct am_err *err);

#endif
