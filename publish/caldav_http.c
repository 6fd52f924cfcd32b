#include "publish/caldav_http.h"

#include <curl/curl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "command/command.h"

struct am_caldav_curl {
    CURL *handle;
    struct am_caldav_curl_settings settings;
    struct am_caldav_reply *reply; /* of the request under way */
};

/* ---- what comes back ---- */

static size_t on_body(char *bytes, size_t one, size_t size, void *context)
{
    struct am_caldav_curl *curl = context;
    (void)one; /* always 1 */
    if (curl->reply->body.size + size > AM_CALDAV_BODY_MOST)
        return 0;
    am_text_bytes(&curl->reply->body, bytes, size);
    return curl->reply->body.failed ? 0 : size;
}

/* The value of a header line of this name into text; one that has no room, or
 * holds controls, is as good as none. */
static void take_header(const char *line, size_t size, const char *name, char *text, size_t room)
{
    size_t length = strlen(name);
    if (size <= length || line[length] != ':' || strncasecmp(line, name, length) != 0)
        return;
    const char *at = line + length + 1, *end = line + size;
    while (at < end && (*at == ' ' || *at == '\t'))
        at++;
    while (end > at && strchr(" \t\r\n", end[-1]))
        end--;
    text[0] = '\0';
    if ((size_t)(end - at) >= room)
        return;
    for (const char *c = at; c < end; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7f)
            return;
    memcpy(text, at, (size_t)(end - at));
    text[end - at] = '\0';
}

static size_t on_header(char *line, size_t one, size_t size, void *context)
{
    struct am_caldav_curl *curl = context;
    (void)one;
    take_header(line, size, "ETag", curl->reply->etag, sizeof curl->reply->etag);
    take_header(line, size, "Location", curl->reply->location, sizeof curl->reply->location);
    return size;
}

static int on_progress(void *context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    const struct am_caldav_curl *curl = context;
    (void)a;
    (void)b;
    (void)c;
    (void)d;
    return curl->settings.stopped && curl->settings.stopped();
}

/* ---- setting up ---- */

static bool set_security(CURL *handle, const struct am_caldav_curl_settings *settings)
{
    CURLcode failed = CURLE_OK;
    failed |= curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    failed |= curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    failed |= curl_easy_setopt(handle, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    failed |= curl_easy_setopt(handle, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    failed |= curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 1L);
    failed |= curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 2L);
    if (settings->authorities)
        failed |= curl_easy_setopt(handle, CURLOPT_CAINFO, settings->authorities);
    if (settings->secret->user) {
        failed |= curl_easy_setopt(handle, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
        failed |= curl_easy_setopt(handle, CURLOPT_USERNAME, settings->secret->user);
        failed |= curl_easy_setopt(handle, CURLOPT_PASSWORD, settings->secret->password);
    }
    return failed == CURLE_OK;
}

static bool set_up(struct am_caldav_curl *curl)
{
    CURL *handle = curl->handle;
    CURLcode failed = CURLE_OK;
    failed |= curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    failed |= curl_easy_setopt(handle, CURLOPT_USERAGENT, "amends-publish/" AM_VERSION);
    failed |= curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, 10L);
    failed |= curl_easy_setopt(handle, CURLOPT_TIMEOUT, (long)curl->settings.timeout_s);
    failed |= curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, on_body);
    failed |= curl_easy_setopt(handle, CURLOPT_WRITEDATA, curl);
    failed |= curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, on_header);
    failed |= curl_easy_setopt(handle, CURLOPT_HEADERDATA, curl);
    failed |= curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
    failed |= curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, on_progress);
    failed |= curl_easy_setopt(handle, CURLOPT_XFERINFODATA, curl);
    return failed == CURLE_OK && set_security(handle, &curl->settings);
}

am_status am_caldav_curl_new(const struct am_caldav_curl_settings *settings,
                             struct am_caldav_curl **curl, struct am_err *err)
{
    *curl = NULL;
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return am_fail_memory(err);
    struct am_caldav_curl *made = calloc(1, sizeof *made);
    if (made) {
        made->settings = *settings;
        made->handle = curl_easy_init();
    }
    if (!made || !made->handle || !set_up(made)) {
        am_caldav_curl_free(made);
        return am_fail_memory(err);
    }
    made->settings.secret = NULL; /* curl has copies */
    *curl = made;
    return AM_OK;
}

void am_caldav_curl_free(struct am_caldav_curl *curl)
{
    if (curl) {
        curl_easy_cleanup(curl->handle);
        free(curl);
    }
    curl_global_cleanup();
}

/* ---- asking ---- */

/* Append a header to *list. False when there is no memory; *list stays as it was. */
static bool add_header(struct curl_slist **list, const char *name, const char *value)
{
    char line[AM_CALDAV_ETAG_TEXT + 64];
    (void)snprintf(line, sizeof line, "%s: %s", name, value);
    struct curl_slist *more = curl_slist_append(*list, line);
    if (!more)
        return false;
    *list = more;
    return true;
}

static bool make_headers(const struct am_caldav_request *request, struct curl_slist **list)
{
    *list = NULL;
    return (!request->depth || add_header(list, "Depth", request->depth)) &&
           (!request->if_match || add_header(list, "If-Match", request->if_match)) &&
           (!request->if_none_match || add_header(list, "If-None-Match", "*")) &&
           (!request->content_type || add_header(list, "Content-Type", request->content_type));
}

static bool set_request(CURL *handle, const struct am_caldav_request *request,
                        struct curl_slist *headers)
{
    CURLcode failed = CURLE_OK;
    bool secure = strncmp(request->url, "https:", 6) == 0;
    failed |= curl_easy_setopt(handle, CURLOPT_URL, request->url);
    failed |= curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
    /* without TLS (to this computer) no proxy may come between and read the password */
    failed |= curl_easy_setopt(handle, CURLOPT_PROXY, secure ? NULL : "");
    if (request->body) {
        failed |= curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request->body);
        failed |=
            curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_size);
    } else {
        failed |= curl_easy_setopt(handle, CURLOPT_HTTPGET, 1L);
    }
    failed |= curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, request->method);
    return failed == CURLE_OK;
}

static bool is_passing(CURLcode code)
{
    switch ((int)code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_PARTIAL_FILE:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
        return true;
    default:
        return false;
    }
}

static void take_answer(struct am_caldav_curl *curl)
{
    long status = 0;
    curl_off_t wait_s = 0;
    (void)curl_easy_getinfo(curl->handle, CURLINFO_RESPONSE_CODE, &status);
    (void)curl_easy_getinfo(curl->handle, CURLINFO_RETRY_AFTER, &wait_s);
    curl->reply->status = (int)status;
    curl->reply->wait_s = wait_s > INT32_MAX ? INT32_MAX : (int32_t)wait_s;
}

static am_status ask(void *context, const struct am_caldav_request *request,
                     struct am_caldav_reply *reply, struct am_err *err)
{
    struct am_caldav_curl *curl = context;
    struct curl_slist *headers;
    *reply = (struct am_caldav_reply){0};
    curl->reply = reply;
    if (!make_headers(request, &headers) || !set_request(curl->handle, request, headers)) {
        curl_slist_free_all(headers);
        return am_fail_memory(err);
    }
    CURLcode code = curl_easy_perform(curl->handle);
    (void)curl_easy_setopt(curl->handle, CURLOPT_HTTPHEADER, NULL);
    curl_slist_free_all(headers);
    if (code == CURLE_OUT_OF_MEMORY || reply->body.failed)
        return am_fail_memory(err);
    if (code == CURLE_OK) {
        take_answer(curl);
        return AM_OK;
    }
    reply->passing = is_passing(code);
    (void)snprintf(reply->reason, sizeof reply->reason, "%s", curl_easy_strerror(code));
    return AM_OK;
}

struct am_caldav_sender am_caldav_curl_sender(struct am_caldav_curl *curl)
{
    return (struct am_caldav_sender){ask, curl};
}
