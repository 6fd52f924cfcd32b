/*
 * prices_words - what the table and the files of prices share.
 */
#ifndef AM_IO_PRICES_WORDS_H
#define AM_IO_PRICES_WORDS_H

#include "io/prices_report.h"

/* "one more place", "10 more minutes of travel". */
void am_text_price_thing(struct am_text *text, const struct am_prices *prices,
                         const struct am_price_row *row);

/* The Monday of the row's week. */
am_date am_price_monday(const struct am_prices *prices, const struct am_price_row *row);

#endif
