#include "publish/serve_listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { BACKLOG = 512, PORT_MOST = 65535 };

static struct sockaddr_in *ipv4(struct am_serve_address *address)
{
    return (struct sockaddr_in *)(void *)&address->storage;
}

static struct sockaddr_in6 *ipv6(struct am_serve_address *address)
{
    return (struct sockaddr_in6 *)(void *)&address->storage;
}

/* -1 when it is none. */
static int32_t port_of(const char *text)
{
    int32_t port = 0;
    if (!*text || strlen(text) > 5)
        return -1;
    for (; *text; text++) {
        if (*text < '0' || *text > '9')
            return -1;
        port = port * 10 + (*text - '0');
    }
    return port <= PORT_MOST ? port : -1;
}

static bool set_ipv4(struct am_serve_address *address, const char *host, uint16_t port)
{
    struct sockaddr_in *in = ipv4(address);
    if (inet_pton(AF_INET, host, &in->sin_addr) != 1)
        return false;
    in->sin_family = AF_INET;
    in->sin_port = htons(port);
    address->size = sizeof *in;
    address->loopback = ntohl(in->sin_addr.s_addr) >> 24 == 127;
    return true;
}

static bool set_ipv6(struct am_serve_address *address, const char *host, uint16_t port)
{
    struct sockaddr_in6 *in = ipv6(address);
    if (inet_pton(AF_INET6, host, &in->sin6_addr) != 1)
        return false;
    in->sin6_family = AF_INET6;
    in->sin6_port = htons(port);
    address->size = sizeof *in;
    address->loopback = IN6_IS_ADDR_LOOPBACK(&in->sin6_addr);
    return true;
}

am_status am_serve_address_read(const char *text, struct am_serve_address *address,
                                struct am_err *err)
{
    char host[AM_SERVE_ADDRESS_TEXT];
    const char *colon = strrchr(text, ':');
    int32_t port = colon ? port_of(colon + 1) : -1;
    bool bracketed = text[0] == '[' && colon && colon > text + 1 && colon[-1] == ']';
    size_t length = colon ? (size_t)(colon - text) - (bracketed ? 2 : 0) : 0;
    *address = (struct am_serve_address){0};
    if (port >= 0 && length > 0 && length < sizeof host) {
        memcpy(host, text + bracketed, length);
        host[length] = '\0';
        if (bracketed ? set_ipv6(address, host, (uint16_t)port)
                      : set_ipv4(address, host, (uint16_t)port))
            return AM_OK;
    }
    return am_fail(err, AM_EINVALID,
                   "%s is no address to listen at; write it as 127.0.0.1:8480 or [::1]:8480", text);
}

char *am_serve_address_format(const struct am_serve_address *address,
                              char text[AM_SERVE_ADDRESS_TEXT])
{
    struct am_serve_address copy = *address;
    char host[INET6_ADDRSTRLEN] = "";
    if (copy.storage.ss_family == AF_INET6) {
        (void)inet_ntop(AF_INET6, &ipv6(&copy)->sin6_addr, host, sizeof host);
        (void)snprintf(text, AM_SERVE_ADDRESS_TEXT, "[%s]:%u", host,
                       (unsigned)ntohs(ipv6(&copy)->sin6_port));
    } else {
        (void)inet_ntop(AF_INET, &ipv4(&copy)->sin_addr, host, sizeof host);
        (void)snprintf(text, AM_SERVE_ADDRESS_TEXT, "%s:%u", host,
                       (unsigned)ntohs(ipv4(&copy)->sin_port));
    }
    return text;
}

/* The rest of am_serve_listen, which closes the socket where this fails. */
static bool bind_and_listen(int descriptor, struct am_serve_address *address)
{
    int yes = 1;
    struct sockaddr *place = (struct sockaddr *)(void *)&address->storage;
    int flags = fcntl(descriptor, F_GETFL);
    if (setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0)
        return false;
    if (address->storage.ss_family == AF_INET6 &&
        setsockopt(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof yes) != 0)
        return false;
    if (flags < 0 || fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) != 0 ||
        fcntl(descriptor, F_SETFD, FD_CLOEXEC) != 0)
        return false;
    return bind(descriptor, place, address->size) == 0 && listen(descriptor, BACKLOG) == 0 &&
           getsockname(descriptor, place, &address->size) == 0;
}

am_status am_serve_listen(struct am_serve_address *address, int *descriptor, struct am_err *err)
{
    char text[AM_SERVE_ADDRESS_TEXT];
    *descriptor = socket(address->storage.ss_family, SOCK_STREAM, 0);
    if (*descriptor >= 0 && bind_and_listen(*descriptor, address))
        return AM_OK;
    am_status status = am_fail(err, AM_EIO, "%s: cannot be listened at: %s",
                               am_serve_address_format(address, text), strerror(errno));
    if (*descriptor >= 0)
        (void)close(*descriptor);
    *descriptor = -1;
    return status;
}
