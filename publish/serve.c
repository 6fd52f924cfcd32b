/*
 * serve - a small web server for the feeds of a folder.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command/options.h"
#include "publish/feed.h"
#include "publish/serve_http.h"
#include "publish/serve_listen.h"

enum { PER_MINUTE = 300, PER_MINUTE_MOST = 1000000 };
#define DEFAULT_LISTEN "127.0.0.1:8480"

struct options {
    const char *from, *listen, *rate;
    bool allow_network, behind_proxy, quiet;
};

static const struct am_option option_table[] = {
    {"from", 0, AM_OPTION_TEXT, offsetof(struct options, from), "FOLDER",
     "the folder that 'amends-publish folder' keeps"},
    {"listen", 0, AM_OPTION_TEXT, offsetof(struct options, listen), "ADDRESS:PORT",
     "where to be reached (default " DEFAULT_LISTEN "); port 0 takes a free one"},
    {"allow-network", 0, AM_OPTION_FLAG, offsetof(struct options, allow_network), NULL,
     "let --listen be an address that other computers reach"},
    {"behind-proxy", 0, AM_OPTION_FLAG, offsetof(struct options, behind_proxy), NULL,
     "a proxy on this computer says who asks (X-Forwarded-For)"},
    {"rate", 0, AM_OPTION_TEXT, offsetof(struct options, rate), "N",
     "requests a minute that one address may make (default 300; 0: any)"},
    {"quiet", 'q', AM_OPTION_FLAG, offsetof(struct options, quiet), NULL, "keep no log"},
    {0},
};

static volatile sig_atomic_t told_to_stop;

static void on_signal(int number)
{
    (void)number;
    told_to_stop = 1;
}

static bool catch_signals(void)
{
    struct sigaction stop = {.sa_handler = on_signal}, ignore = {.sa_handler = SIG_IGN};
    return sigemptyset(&stop.sa_mask) == 0 && sigaction(SIGTERM, &stop, NULL) == 0 &&
           sigaction(SIGINT, &stop, NULL) == 0 && sigaction(SIGHUP, &stop, NULL) == 0 &&
           sigaction(SIGPIPE, &ignore, NULL) == 0;
}

static void write_line(void *context, const char *line)
{
    (void)context;
    (void)fputs(line, stderr); /* a log that cannot be written must not end the server */
}

static bool read_rate(const char *text, int32_t *rate)
{
    char *end;
    errno = 0;
    long value = strtol(text, &end, 10);
    if (errno || end == text || *end || value < 0 || value > PER_MINUTE_MOST)
        return false;
    *rate = (int32_t)value;
    return true;
}

static int serve(const struct options *options, struct am_serve_address *address, int32_t rate)
{
    struct am_serve_settings settings = {.folder = options->from,
                                         .per_minute = rate,
                                         .behind_proxy = options->behind_proxy,
                                         .log = options->quiet ? NULL : write_line};
    char text[AM_SERVE_ADDRESS_TEXT];
    struct am_err err;
    if (am_folder_check(options->from, &err) != AM_OK)
        return am_report_error(&err);
    if (!catch_signals()) {
        (void)am_fail(&err, AM_EIO, "signals cannot be caught: %s", strerror(errno));
        return am_report_error(&err);
    }
    if (am_serve_listen(address, &settings.socket, &err) != AM_OK)
        return am_report_error(&err);
    if (!address->loopback)
        (void)fprintf(stderr,
                      "%s: warning: other computers can reach this without TLS, and read "
                      "along; put a web server with TLS in front\n",
                      am_program_name);
    printf("Serving at http://%s/\n", am_serve_address_format(address, text));
    (void)fflush(stdout);
    if (am_serve_run(&settings, &told_to_stop, &err) != AM_OK)
        return am_report_error(&err);
    return AM_EXIT_DONE;
}

static int run(const struct am_command *command, int argc, char **argv)
{
    struct options options = {.listen = DEFAULT_LISTEN};
    struct am_operands operands;
    struct am_serve_address address;
    struct am_err err;
    int32_t rate = PER_MINUTE;
    int stop = am_options_read(command, argc, argv, &options, &operands);
    if (stop >= 0)
        return stop;
    if (!options.from)
        return am_usage_error(command, "--from names the folder to serve");
    if (options.rate && !read_rate(options.rate, &rate))
        return am_usage_error(command, "--rate is a number from 0 to %d, not %s", PER_MINUTE_MOST,
                              options.rate);
    if (am_serve_address_read(options.listen, &address, &err) != AM_OK)
        return am_usage_error(command, "--listen: %s", err.msg);
    if (!address.loopback && !options.allow_network)
        return am_usage_error(command,
                              "--listen %s is reached from other computers, without TLS: put a web "
                              "server with TLS in front, or say --allow-network",
                              options.listen);
    return serve(&options, &address, rate);
}

const struct am_command am_cmd_serve = {
    .name = "serve",
    .usage = "--from FOLDER [options]",
    .summary = "serve the feeds of a folder on this computer",
    .help = "Serves the feeds of a folder to those who subscribed, until it is told to stop\n"
            "(SIGTERM, Ctrl-C). It keeps serving while the folder is brought up to date. It\n"
            "speaks HTTP without TLS and so, by default, to this computer alone: a web server\n"
            "with TLS stands in front (see docs/publish.md). The log, on standard error, has a\n"
            "line for each request: when, who, what, the first 12 digits of the hash of the\n"
            "feed's token, status, bytes. It never has a token.\n",
    .options = option_table,
    .run = run,
};
