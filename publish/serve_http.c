#include "publish/serve_http.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "io/text.h"
#include "publish/serve_answer.h"

enum { TURN_MS = 250, SPARE_DESCRIPTORS = 64, ADDRESS_TEXT = INET6_ADDRSTRLEN };

/* A connection, for as long as it is open. */
struct guest {
    int socket;
    int64_t since_ms; /* it was opened, the last answer was out, or the request had arrived */
    bool answering;
    struct guest *next, **here;
};

struct server {
    const struct am_serve_settings *settings;
    struct am_serve_files *files;
    struct am_serve_limit *limit;
    struct MHD_Daemon *daemon;
    struct guest *guests;
    int64_t hurried_ms; /* when guests were last looked at */
    struct am_text line;
};

/* A request that is being answered. */
struct exchange {
    struct am_serve_answer answer;
    char client[ADDRESS_TEXT];
    size_t bytes;
};

static int64_t now_ms(void)
{
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- who asks ---- */

static bool client_of_text(const char *text, struct am_serve_client *client)
{
    uint8_t bytes[16];
    if (inet_pton(AF_INET, text, bytes) == 1)
        *client = am_serve_client_ipv4(bytes);
    else if (inet_pton(AF_INET6, text, bytes) == 1)
        *client = am_serve_client_ipv6(bytes);
    else
        return false;
    return true;
}

static bool is_this_computer(const char *text)
{
    return strncmp(text, "127.", 4) == 0 || strcmp(text, "::1") == 0;
}

/* The last address of X-Forwarded-For: the one that our own proxy added. */
static bool forwarded_for(struct MHD_Connection *connection, char text[ADDRESS_TEXT])
{
    const char *list = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "X-Forwarded-For");
    const char *comma = list ? strrchr(list, ',') : NULL;
    const char *last = comma ? comma + 1 : list;
    struct am_serve_client ignored;
    if (!last)
        return false;
    last += strspn(last, " \t");
    size_t size = strcspn(last, " \t");
    if (size == 0 || size >= ADDRESS_TEXT)
        return false;
    char copy[ADDRESS_TEXT];
    memcpy(copy, last, size);
    copy[size] = '\0';
    if (!client_of_text(copy, &ignored))
        return false; /* not an address: it must not reach the log */
    memcpy(text, copy, size + 1);
    return true;
}

static void find_client(const struct server *server, struct MHD_Connection *connection,
                        char text[ADDRESS_TEXT], struct am_serve_client *client)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *address = info ? info->client_addr : NULL;
    memcpy(text, "-", 2);
    if (address && address->sa_family == AF_INET)
        (void)inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)address)->sin_addr,
                        text, ADDRESS_TEXT);
    else if (address && address->sa_family == AF_INET6)
        (void)inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr,
                        text, ADDRESS_TEXT);
    if (server->settings->behind_proxy && is_this_computer(text))
        (void)forwarded_for(connection, text);
    *client = (struct am_serve_client){{0}};
    (void)client_of_text(text, client);
}

/* ---- connections ---- */

static void on_connection(void *context, struct MHD_Connection *connection, void **place,
                          enum MHD_ConnectionNotificationCode code)
{
    struct server *server = context;
    struct guest *guest = *place;
    if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
        if (!guest)
            return;
        *guest->here = guest->next;
        if (guest->next)
            guest->next->here = guest->here;
        free(guest);
        *place = NULL;
        return;
    }
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    guest = info ? calloc(1, sizeof *guest) : NULL;
    if (!guest)
        return; /* without a guest the connection has its idle time as a limit */
    *guest = (struct guest){info->connect_fd, now_ms(), false, server->guests, &server->guests};
    if (guest->next)
        guest->next->here = &guest->next;
    server->guests = guest;
    *place = guest;
}

static void set_answering(struct MHD_Connection *connection, bool answering)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    struct guest *guest = info ? info->socket_context : NULL;
    if (!guest)
        return;
    guest->answering = answering;
    guest->since_ms = now_ms();
}

/* End connections that take too long; all that wait for a request, when
 * nothing more is answered. Closing is left to libmicrohttpd, which notices. */
static void hurry(struct server *server, bool stopping)
{
    int64_t now = now_ms();
    if (!stopping && now - server->hurried_ms < TURN_MS)
        return;
    server->hurried_ms = now;
    for (struct guest *guest = server->guests; guest; guest = guest->next) {
        int64_t most_s = guest->answering ? AM_SERVE_SEND_S : AM_SERVE_ASK_S;
        if ((stopping && !guest->answering) || now - guest->since_ms > most_s * 1000)
            (void)shutdown(guest->socket, SHUT_RDWR);
    }
}

/* ---- requests ---- */

static void free_body(void *body)
{
    am_serve_body_drop(body);
}

static ssize_t end_at_once(void *context, uint64_t at, char *bytes, size_t room)
{
    (void)context;
    (void)at;
    (void)bytes;
    (void)room;
    return MHD_CONTENT_READER_END_OF_STREAM;
}

/* A 304 has no body and needs no length: 0 would be wrong, and with the feed's
 * own some clients wait for a body. libmicrohttpd leaves it out only of an
 * answer of unknown length without chunks, and then ends the connection. */
static struct MHD_Response *response_without_length(void)
{
    struct MHD_Response *response =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 64, end_at_once, NULL, NULL);
    if (response && MHD_set_response_options(response, MHD_RF_HTTP_1_0_COMPATIBLE_STRICT,
                                             MHD_RO_END) == MHD_YES)
        return response;
    if (response)
        MHD_destroy_response(response);
    return NULL;
}

/* libmicrohttpd only reads it, but takes it as a pointer to what may be written. */
static struct MHD_Response *response_of_text(const char *text)
{
    union {
        const char *read;
        void *written;
    } bytes = {text};
    return MHD_create_response_from_buffer(strlen(text), bytes.written, MHD_RESPMEM_PERSISTENT);
}

static struct MHD_Response *response_of(struct am_serve_answer *answer)
{
    struct MHD_Response *response;
    if (answer->status == 304) {
        response = response_without_length();
    } else if (answer->body) {
        response = MHD_create_response_from_buffer_with_free_callback_cls(
            answer->body->size, answer->body->bytes, free_body, answer->body);
        if (response)
            answer->body = NULL; /* the response holds it now */
    } else {
        response = response_of_text(answer->text);
    }
    for (int i = 0; response && i < answer->header_count; i++)
        if (MHD_add_response_header(response, answer->headers[i].name, answer->headers[i].value) !=
            MHD_YES) {
            MHD_destroy_response(response);
            response = NULL;
        }
    return response;
}

static enum MHD_Result answer_request(const struct server *server,
                                      struct MHD_Connection *connection,
                                      const struct am_serve_request *request,
                                      struct exchange *exchange)
{
    am_serve_answer(server->files, server->limit, request, &exchange->answer);
    if (exchange->answer.status != 304 && strcmp(exchange->answer.method, "HEAD") != 0)
        exchange->bytes =
            exchange->answer.body ? exchange->answer.body->size : strlen(exchange->answer.text);
    struct MHD_Response *response = response_of(&exchange->answer);
    if (!response)
        return MHD_NO;
    enum MHD_Result queued =
        MHD_queue_response(connection, (unsigned)exchange->answer.status, response);
    MHD_destroy_response(response);
    return queued;
}

/* Called when the head of a request is there, and again for each part of a body
 * and at its end. A GET is answered at its end, anything else at once. */
static enum MHD_Result on_request(void *context, struct MHD_Connection *connection,
                                  const char *path, const char *method, const char *version,
                                  const char *body, size_t *body_size, void **place)
{
    const struct server *server = context;
    bool reads = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
    (void)version;
    (void)body;
    if (!*place) {
        struct exchange *exchange = calloc(1, sizeof *exchange);
        *place = exchange;
        if (!exchange)
            return MHD_NO;
        exchange->answer.text = "";
        if (reads)
            return MHD_YES;
    } else if (*body_size > 0) {
        *body_size = 0;
        return MHD_YES;
    }
    struct exchange *exchange = *place;
    if (exchange->answer.status)
        return MHD_YES;
    struct am_serve_request request = {
        .method = method,
        .path = path,
        .if_none_match = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "If-None-Match"),
        .accept_encoding =
            MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Accept-Encoding"),
        .now_ms = now_ms()};
    find_client(server, connection, exchange->client, &request.client);
    set_answering(connection, true);
    return answer_request(server, connection, &request, exchange);
}

static void log_exchange(struct server *server, const struct exchange *exchange, bool cut)
{
    am_text_clear(&server->line);
    am_serve_log_line(&server->line, &exchange->answer, exchange->client, (int64_t)time(NULL),
                      exchange->bytes, cut);
    if (!server->line.failed && server->settings->log)
        server->settings->log(server->settings->context, am_text_string(&server->line));
}

static void on_completed(void *context, struct MHD_Connection *connection, void **place,
                         enum MHD_RequestTerminationCode code)
{
    struct exchange *exchange = *place;
    set_answering(connection, false);
    if (!exchange)
        return;
    if (exchange->answer.status)
        log_exchange(context, exchange, code != MHD_REQUEST_TERMINATED_COMPLETED_OK);
    am_serve_body_drop(exchange->answer.body);
    free(exchange);
    *place = NULL;
}

/* Paths are looked at as they were sent: what is encoded is no token. */
static size_t leave_encoded(void *context, struct MHD_Connection *connection, char *text)
{
    (void)context;
    (void)connection;
    return strlen(text);
}

/* ---- running ---- */

/* How many connections there may be: of the descriptors that we may have, some
 * are for files. */
static unsigned connections_possible(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return AM_SERVE_FROM_ONE;
    rlim_t wanted = AM_SERVE_CONNECTIONS + SPARE_DESCRIPTORS;
    if (limit.rlim_cur < wanted) {
        limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
        (void)setrlimit(RLIMIT_NOFILE, &limit);
    }
    if (limit.rlim_cur >= wanted)
        return AM_SERVE_CONNECTIONS;
    return limit.rlim_cur > 2 * SPARE_DESCRIPTORS ? (unsigned)limit.rlim_cur - SPARE_DESCRIPTORS
                                                  : SPARE_DESCRIPTORS;
}

static am_status start(struct server *server, struct am_err *err)
{
    errno = 0;
    server->daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_USE_ITC, 0, NULL, NULL, on_request, server, MHD_OPTION_LISTEN_SOCKET,
        server->settings->socket, MHD_OPTION_CONNECTION_LIMIT, connections_possible(),
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)AM_SERVE_FROM_ONE,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)AM_SERVE_IDLE_S,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)AM_SERVE_HEAD_MOST,
        MHD_OPTION_UNESCAPE_CALLBACK, leave_encoded, NULL, MHD_OPTION_NOTIFY_CONNECTION,
        on_connection, server, MHD_OPTION_NOTIFY_COMPLETED, on_completed, server, MHD_OPTION_END);
    if (server->daemon)
        return AM_OK;
    return am_fail(err, AM_EIO, "the server cannot be started: %s",
                   errno ? strerror(errno) : "libmicrohttpd does not say why");
}

/* No new connections; what is being answered goes out, for a while. */
static void finish(struct server *server)
{
    int64_t until = now_ms() + AM_SERVE_STOP_S * 1000;
    MHD_socket listening = MHD_quiesce_daemon(server->daemon);
    while (server->guests && now_ms() < until) {
        hurry(server, true);
        if (MHD_run_wait(server->daemon, TURN_MS) != MHD_YES)
            break;
    }
    MHD_stop_daemon(server->daemon);
    if (listening != MHD_INVALID_SOCKET)
        (void)close(listening);
}

am_status am_serve_run(const struct am_serve_settings *settings, const volatile sig_atomic_t *stop,
                       struct am_err *err)
{
    struct server server = {.settings = settings};
    am_status status = am_serve_files_new(settings->folder, AM_SERVE_KEPT_MOST, &server.files, err);
    if (!status)
        status = am_serve_limit_new(settings->per_minute, &server.limit, err);
    if (!status)
        status = start(&server, err);
    if (status) {
        (void)close(settings->socket);
    } else {
        while (!*stop && MHD_run_wait(server.daemon, TURN_MS) == MHD_YES)
            hurry(&server, false);
        finish(&server);
    }
    am_serve_limit_free(server.limit);
    am_serve_files_free(server.files);
    am_text_release(&server.line);
    return status;
}
