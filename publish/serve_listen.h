/*
 * serve_listen - the address at which the server is reached.
 */
#ifndef AM_PUBLISH_SERVE_LISTEN_H
#define AM_PUBLISH_SERVE_LISTEN_H

#include <stdbool.h>
#include <sys/socket.h>

#include "base/err.h"

struct am_serve_address {
    struct sockaddr_storage storage;
    socklen_t size;
    bool loopback; /* reached from this computer alone */
};

/* Read "127.0.0.1:8480" or "[::1]:8480"; names are not looked up. Port 0 is any
 * free one. Fails with AM_EINVALID. */
AM_MUST_CHECK am_status am_serve_address_read(const char *text, struct am_serve_address *address,
                                              struct am_err *err);

enum { AM_SERVE_ADDRESS_TEXT = 64 };
/* As am_serve_address_read reads it. Returns the buffer. */
char *am_serve_address_format(const struct am_serve_address *address,
                              char text[AM_SERVE_ADDRESS_TEXT]);

/* Open a socket that listens there; *address then has its true port. The caller
 * closes it. Fails with AM_EIO. */
AM_MUST_CHECK am_status am_serve_listen(struct am_serve_address *address, int *descriptor,
                                        struct am_err *err);

#endif
