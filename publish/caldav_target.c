#include "publish/caldav_target.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Only this computer: then nobody else hears what is said without TLS. */
static bool is_loopback(const char *host)
{
    struct in_addr address;
    if (strcasecmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0)
        return true;
    return inet_pton(AF_INET, host, &address) == 1 && ntohl(address.s_addr) >> 24 == 127;
}

/* A part of an address, or NULL where there is none; freed with curl_free. */
static char *part_of(CURLU *url, CURLUPart part)
{
    char *text = NULL;
    unsigned flags = part == CURLUPART_PORT ? CURLU_DEFAULT_PORT : 0;
    return curl_url_get(url, part, &text, flags) == CURLUE_OK ? text : NULL;
}

static bool has_part(CURLU *url, CURLUPart part)
{
    char *text = part_of(url, part);
    bool there = text != NULL;
    curl_free(text);
    return there;
}

static am_status check(CURLU *url, bool *secure, struct am_err *err)
{
    char *scheme = part_of(url, CURLUPART_SCHEME), *host = part_of(url, CURLUPART_HOST);
    am_status status = AM_OK;
    *secure = scheme && strcmp(scheme, "https") == 0;
    if (has_part(url, CURLUPART_USER) || has_part(url, CURLUPART_PASSWORD))
        status = am_fail(err, AM_EINVALID,
                         "the address holds a user name or password, which other users of this "
                         "computer can see there; put them into a file for --credentials");
    else if (!host || (!*secure && !(scheme && strcmp(scheme, "http") == 0)))
        status = am_fail(err, AM_EINVALID, "the address of a calendar begins with https://");
    else if (!*secure && !is_loopback(host))
        status = am_fail(err, AM_EINVALID,
                         "%s is not asked without TLS: the address must begin with https:// "
                         "(http:// is for this computer alone)",
                         host);
    else if (has_part(url, CURLUPART_QUERY) || has_part(url, CURLUPART_FRAGMENT))
        status = am_fail(err, AM_EINVALID, "the address of a calendar has no ? or # in it");
    curl_free(scheme);
    curl_free(host);
    return status;
}

/* The address with a slash at its end. */
static char *with_slash(CURLU *url)
{
    char *text = part_of(url, CURLUPART_URL), *copy = NULL;
    size_t size = text ? strlen(text) : 0;
    if (size > 0 && (copy = malloc(size + 2))) {
        memcpy(copy, text, size + 1);
        if (text[size - 1] != '/')
            memcpy(copy + size, "/", 2);
    }
    curl_free(text);
    return copy;
}

static am_status finish(CURLU *url, struct am_caldav_target *target, struct am_err *err)
{
    am_status status = check(url, &target->secure, err);
    if (status)
        return status;
    target->url = with_slash(url);
    return target->url ? AM_OK : am_fail_memory(err);
}

am_status am_caldav_target_read(const char *text, struct am_caldav_target *target,
                                struct am_err *err)
{
    CURLU *url = curl_url();
    am_status status;
    *target = (struct am_caldav_target){0};
    if (!url)
        return am_fail_memory(err);
    if (curl_url_set(url, CURLUPART_URL, text, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK)
        status = finish(url, target, err);
    else /* the text is not repeated: it may hold a password */
        status = am_fail(err, AM_EINVALID,
                         "this is no address; one is https://example.org/calendars/team/");
    curl_url_cleanup(url);
    return status;
}

void am_caldav_target_release(struct am_caldav_target *target)
{
    free(target->url);
    *target = (struct am_caldav_target){0};
}

static bool same_part(CURLU *a, CURLU *b, CURLUPart part)
{
    char *left = part_of(a, part), *right = part_of(b, part);
    bool same = left && right && strcasecmp(left, right) == 0;
    curl_free(left);
    curl_free(right);
    return same;
}

am_status am_caldav_target_follow(const struct am_caldav_target *target, const char *location,
                                  struct am_caldav_target *moved, struct am_err *err)
{
    CURLU *old = curl_url(), *new = curl_url();
    am_status status;
    *moved = (struct am_caldav_target){0};
    if (!old || !new || curl_url_set(old, CURLUPART_URL, target->url, 0) != CURLUE_OK ||
        curl_url_set(new, CURLUPART_URL, target->url, 0) != CURLUE_OK)
        status = am_fail_memory(err);
    else if (curl_url_set(new, CURLUPART_URL, location, 0) != CURLUE_OK)
        status = am_fail(err, AM_EINVALID,
                         "the server sends us on to something that is no "
                         "address");
    else if (!same_part(old, new, CURLUPART_SCHEME) || !same_part(old, new, CURLUPART_HOST) ||
             !same_part(old, new, CURLUPART_PORT))
        status = am_fail(err, AM_EINVALID,
                         "the server sends us on to another server, %.300s; the user name and "
                         "password are not sent there. If that is right, give that address",
                         location);
    else
        status = finish(new, moved, err);
    curl_url_cleanup(old);
    curl_url_cleanup(new);
    return status;
}

const char *am_caldav_name_of(const char *href)
{
    const char *slash = strrchr(href, '/');
    const char *name = slash ? slash + 1 : href;
    size_t size = strlen(name);
    if (size == 0 || size > 255 || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return NULL;
    for (const char *at = name; *at; at++)
        if (*at <= ' ' || *at > '~' || strchr("?#\\\"<>", *at))
            return NULL;
    return name;
}
