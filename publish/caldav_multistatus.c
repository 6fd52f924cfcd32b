#include "publish/caldav_multistatus.h"

#include <expat.h>
#include <string.h>

enum { DEPTH_MOST = 50, TEXT_MOST = 4000, RESOURCES_MOST = 1000000 };

/* Names as expat gives them: the namespace, a blank, the local name. */
#define DAV "DAV: "
#define CALDAV "urn:ietf:params:xml:ns:caldav "

struct reading {
    XML_Parser parser;
    struct am_arena *arena;
    struct am_caldav_listing *listing;
    struct am_caldav_resource resource; /* the one being read */
    const char *etag;                   /* of the propstat being read */
    bool is_calendar, found;            /* of the propstat being read */
    int depth, in_propstat;             /* in_propstat: its depth, or 0 */
    bool in_response;
    char text[TEXT_MOST + 1]; /* of the innermost element so far */
    size_t size;
    am_status status; /* why reading stopped */
    const char *reason;
};

static void stop(struct reading *reading, am_status status, const char *reason)
{
    if (reading->status == AM_OK) {
        reading->status = status;
        reading->reason = reason;
    }
    (void)XML_StopParser(reading->parser, XML_FALSE);
}

static void XMLCALL on_doctype(void *context, const XML_Char *name, const XML_Char *system,
                               const XML_Char *public, int has_subset)
{
    (void)name;
    (void)system;
    (void)public;
    (void)has_subset;
    stop(context, AM_EPARSE, "a document type, which such an answer never needs");
}

static void XMLCALL on_start(void *context, const XML_Char *name, const XML_Char **attributes)
{
    struct reading *reading = context;
    (void)attributes;
    reading->size = 0;
    if (++reading->depth > DEPTH_MOST) {
        stop(reading, AM_EPARSE, "elements too deep in each other");
    } else if (reading->depth == 1 && strcmp(name, DAV "multistatus") != 0) {
        stop(reading, AM_EPARSE, "no multistatus at its top");
    } else if (reading->depth == 2 && strcmp(name, DAV "response") == 0) {
        reading->in_response = true;
        reading->resource = (struct am_caldav_resource){NULL, "", false, false};
    } else if (reading->depth == 3 && strcmp(name, DAV "propstat") == 0) {
        reading->in_propstat = 1;
        reading->etag = "";
        reading->is_calendar = false;
        reading->found = true;
    } else if (reading->in_propstat && strcmp(name, CALDAV "calendar") == 0) {
        reading->is_calendar = true;
    }
}

static void XMLCALL on_text(void *context, const XML_Char *text, int length)
{
    struct reading *reading = context;
    size_t more = (size_t)length;
    if (reading->size + more > TEXT_MOST) {
        /* long texts are in what is skipped; an address or tag that long is refused at its end */
        reading->size = TEXT_MOST + 1;
        return;
    }
    memcpy(reading->text + reading->size, text, more);
    reading->size += more;
}

/* The text of the element that ends, without blanks around it; NULL when it is
 * too long or there is no memory. */
static const char *take_text(struct reading *reading)
{
    if (reading->size > TEXT_MOST) {
        stop(reading, AM_EPARSE, "an address or tag that is far too long");
        return NULL;
    }
    reading->text[reading->size] = '\0';
    while (reading->size > 0 && strchr(" \t\r\n", reading->text[reading->size - 1]))
        reading->text[--reading->size] = '\0';
    const char *copy =
        am_arena_strdup(reading->arena, reading->text + strspn(reading->text, " \t\r\n"));
    if (!copy)
        stop(reading, AM_ENOMEM, "");
    return copy;
}

/* "HTTP/1.1 200 OK" */
static bool is_success(const char *status)
{
    const char *blank = status ? strchr(status, ' ') : NULL;
    return blank && blank[1] == '2';
}

static void add_resource(struct reading *reading)
{
    struct am_caldav_listing *listing = reading->listing;
    if (!reading->resource.href)
        return;
    if (listing->count == RESOURCES_MOST) {
        stop(reading, AM_EPARSE, "more resources than a calendar can have");
        return;
    }
    if (listing->count == listing->room) {
        int room = listing->room ? 2 * listing->room : 64;
        struct am_caldav_resource *more =
            AM_ARENA_NEW(reading->arena, (size_t)room, struct am_caldav_resource);
        if (!more) {
            stop(reading, AM_ENOMEM, "");
            return;
        }
        if (listing->count > 0)
            memcpy(more, listing->resources, (size_t)listing->count * sizeof *more);
        listing->resources = more;
        listing->room = room;
    }
    listing->resources[listing->count++] = reading->resource;
}

static void end_propstat(struct reading *reading)
{
    reading->in_propstat = 0;
    if (!reading->found)
        return;
    if (*reading->etag)
        reading->resource.etag = reading->etag;
    if (reading->is_calendar)
        reading->resource.is_calendar = true;
}

static void XMLCALL on_end(void *context, const XML_Char *name)
{
    struct reading *reading = context;
    const char *text;
    if (reading->depth == 2 && reading->in_response) {
        add_resource(reading);
        reading->in_response = false;
    } else if (reading->depth == 3 && strcmp(name, DAV "href") == 0) {
        reading->resource.href = take_text(reading);
    } else if (reading->depth == 3 && strcmp(name, DAV "status") == 0) {
        text = take_text(reading);
        reading->resource.missing = !is_success(text);
    } else if (reading->depth == 3 && reading->in_propstat) {
        end_propstat(reading);
    } else if (reading->depth == 4 && reading->in_propstat && strcmp(name, DAV "status") == 0) {
        text = take_text(reading);
        reading->found = is_success(text);
    } else if (reading->depth == 5 && reading->in_propstat && strcmp(name, DAV "getetag") == 0) {
        text = take_text(reading);
        reading->etag = text ? text : "";
    }
    reading->size = 0;
    reading->depth--;
}

/* Expat takes lengths as int: in parts that fit, whatever the size. */
static bool parse(XML_Parser parser, const char *bytes, size_t size)
{
    enum { PART = 1 << 20 };
    for (; size > PART; bytes += PART, size -= PART)
        if (XML_Parse(parser, bytes, PART, XML_FALSE) != XML_STATUS_OK)
            return false;
    return XML_Parse(parser, bytes, (int)size, XML_TRUE) == XML_STATUS_OK;
}

static am_status explain(struct reading *reading, struct am_err *err)
{
    enum XML_Error error = XML_GetErrorCode(reading->parser);
    if (reading->status == AM_ENOMEM || error == XML_ERROR_NO_MEMORY)
        return am_fail_memory(err);
    if (reading->status)
        return am_fail(err, reading->status, "the server's answer has %s", reading->reason);
    return am_fail(err, AM_EPARSE, "the server's answer is no proper XML: %s, line %lu",
                   XML_ErrorString(error),
                   (unsigned long)XML_GetCurrentLineNumber(reading->parser));
}

am_status am_caldav_listing_read(const char *bytes, size_t size, struct am_arena *arena,
                                 struct am_caldav_listing *listing, struct am_err *err)
{
    struct reading reading = {.arena = arena, .listing = listing};
    *listing = (struct am_caldav_listing){0};
    reading.parser = XML_ParserCreateNS(NULL, ' ');
    if (!reading.parser)
        return am_fail_memory(err);
    XML_SetUserData(reading.parser, &reading);
    XML_SetStartDoctypeDeclHandler(reading.parser, on_doctype);
    XML_SetElementHandler(reading.parser, on_start, on_end);
    XML_SetCharacterDataHandler(reading.parser, on_text);
    am_status status = AM_OK;
    if (!parse(reading.parser, bytes, size) || reading.status)
        status = explain(&reading, err);
    XML_ParserFree(reading.parser);
    return status;
}
