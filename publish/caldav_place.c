#include "publish/caldav_place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/atomic_file.h"
#include "io/digest.h"
#include "io/text.h"

enum { NAME_DIGITS = 16 };

static void name_of(const char *url, const char *feed_id, char name[AM_DIGEST_TEXT])
{
    struct am_digest digest;
    am_digest_init(&digest);
    am_digest_add(&digest, url, strlen(url) + 1);
    am_digest_add(&digest, feed_id, strlen(feed_id));
    am_digest_finish(&digest, name);
    name[NAME_DIGITS] = '\0';
}

/* A string to be freed, or NULL. */
static char *join(const char *folder, const char *name, const char *ending)
{
    struct am_text text = {0};
    am_text_format(&text, "%s/caldav%s%s%s", folder, name ? "/" : "", name ? name : "", ending);
    if (!text.failed)
        return text.bytes;
    am_text_release(&text);
    return NULL;
}

static am_status lock(struct am_caldav_place *place, struct am_err *err)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    place->descriptor = open(place->lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (place->descriptor < 0)
        return am_fail(err, AM_EIO, "%s: cannot be made: %s", place->lock, strerror(errno));
    if (fcntl(place->descriptor, F_SETLK, &whole) == 0)
        return AM_OK;
    if (errno == EACCES || errno == EAGAIN)
        return am_fail(err, AM_EIO, "another run is sending this feed to this calendar just now");
    return am_fail(err, AM_EIO, "%s: cannot be locked: %s", place->lock, strerror(errno));
}

am_status am_caldav_place_take(const char *folder, const char *url, const char *feed_id,
                               struct am_caldav_place *place, struct am_err *err)
{
    char name[AM_DIGEST_TEXT], *inside = join(folder, NULL, "");
    name_of(url, feed_id, name);
    *place =
        (struct am_caldav_place){join(folder, name, ".ledger"), join(folder, name, ".lock"), -1};
    if (!inside || !place->ledger || !place->lock) {
        free(inside);
        am_caldav_place_leave(place);
        return am_fail_memory(err);
    }
    am_status status = am_make_folder(inside, err);
    free(inside);
    if (!status)
        status = lock(place, err);
    if (status)
        am_caldav_place_leave(place);
    return status;
}

void am_caldav_place_leave(struct am_caldav_place *place)
{
    if (place->descriptor >= 0)
        (void)close(place->descriptor); /* which unlocks; the file stays, for the next to lock */
    free(place->ledger);
    free(place->lock);
    *place = (struct am_caldav_place){NULL, NULL, -1};
}
