/*
 * serve_headers - what two request headers ask for (RFC 9110).
 *
 * Both take whatever a client sends; what is malformed asks for nothing.
 */
#ifndef AM_PUBLISH_SERVE_HEADERS_H
#define AM_PUBLISH_SERVE_HEADERS_H

#include <stdbool.h>

/* Does an If-None-Match list name this entity tag? Weak comparison, as the RFC
 * asks for here: W/ is not looked at. "*" names every tag. etag has its quotes;
 * list may be NULL. */
bool am_serve_etag_listed(const char *list, const char *etag);

/* Does an Accept-Encoding list take gzip, by name or by "*"? q=0 refuses it.
 * list may be NULL. */
bool am_serve_takes_gzip(const char *list);

#endif
