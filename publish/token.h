/*
 * token - the secret part of an address.
 */
#ifndef AM_PUBLISH_TOKEN_H
#define AM_PUBLISH_TOKEN_H

#include "io/digest.h"
#include "publish/feed.h"

/* 256 bits from the system's generator, as text. Fails with AM_EIO. */
AM_MUST_CHECK am_status am_token_make(char token[AM_TOKEN_TEXT], struct am_err *err);

/* What the ledger holds of a token. */
void am_token_hash(const char *token, char hash[AM_DIGEST_TEXT]);

#endif
