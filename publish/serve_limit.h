/*
 * serve_limit - how often one client may ask.
 *
 * A bucket for each address: it holds a minute's worth of requests, a request
 * takes one, and it fills again evenly. IPv6 addresses count by their first 64
 * bits, which is what one client is given. The table has a fixed size; where it
 * is full, the address of its row that was quiet for longest is forgotten.
 */
#ifndef AM_PUBLISH_SERVE_LIMIT_H
#define AM_PUBLISH_SERVE_LIMIT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* An address to count by; two clients are one where the bytes are the same. */
struct am_serve_client {
    uint8_t bytes[16];
};

/* From the 4 bytes of an IPv4 address, or the 16 of an IPv6 address (one that
 * stands for an IPv4 address is the same client as that). */
struct am_serve_client am_serve_client_ipv4(const uint8_t address[4]);
struct am_serve_client am_serve_client_ipv6(const uint8_t address[16]);

struct am_serve_limit;

/* per_minute 0 sets no limit. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_serve_limit_new(int32_t per_minute, struct am_serve_limit **limit,
                                           struct am_err *err);
void am_serve_limit_free(struct am_serve_limit *limit); /* NULL is accepted */

/* Take one request of a client at a time in milliseconds that never goes back.
 * 0 when it is granted, or the seconds to wait, at least 1. */
int32_t am_serve_limit_take(struct am_serve_limit *limit, struct am_serve_client client,
                            int64_t now_ms);

#endif
