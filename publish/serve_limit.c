#include "publish/serve_limit.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS = 1024, IN_ROW = 8, MINUTE_MS = 60000 };

struct bucket {
    struct am_serve_client client;
    int64_t seen_ms; /* of the last request; -1: not in use */
    /* Parts of a request, MINUTE_MS to one: a bucket gains per_minute of them in a millisecond. */
    int64_t parts;
};

struct am_serve_limit {
    int32_t per_minute;
    struct bucket rows[ROWS][IN_ROW];
};

struct am_serve_client am_serve_client_ipv4(const uint8_t address[4])
{
    struct am_serve_client client = {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}};
    memcpy(client.bytes + 12, address, 4);
    return client;
}

struct am_serve_client am_serve_client_ipv6(const uint8_t address[16])
{
    static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    struct am_serve_client client = {{0}};
    if (memcmp(address, mapped, sizeof mapped) == 0)
        return am_serve_client_ipv4(address + 12);
    memcpy(client.bytes, address, 8);
    return client;
}

am_status am_serve_limit_new(int32_t per_minute, struct am_serve_limit **limit, struct am_err *err)
{
    *limit = calloc(1, sizeof **limit);
    if (!*limit)
        return am_fail_memory(err);
    (*limit)->per_minute = per_minute;
    for (int row = 0; row < ROWS; row++)
        for (int i = 0; i < IN_ROW; i++)
            (*limit)->rows[row][i].seen_ms = -1;
    return AM_OK;
}

void am_serve_limit_free(struct am_serve_limit *limit)
{
    free(limit);
}

/* FNV-1a: spreading is enough, since all that a collision does is to forget. */
static struct bucket *row_of(struct am_serve_limit *limit, struct am_serve_client client)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < sizeof client.bytes; i++)
        hash = (hash ^ client.bytes[i]) * 16777619u;
    return limit->rows[(hash ^ (hash >> 16)) % ROWS];
}

/* The client's bucket, or the one of its row that is given to it, full. */
static struct bucket *bucket_of(struct am_serve_limit *limit, struct am_serve_client client,
                                int64_t now_ms)
{
    struct bucket *row = row_of(limit, client), *quiet = row;
    for (int i = 0; i < IN_ROW; i++) {
        if (row[i].seen_ms >= 0 && memcmp(&row[i].client, &client, sizeof client) == 0)
            return &row[i];
        if (row[i].seen_ms < quiet->seen_ms)
            quiet = &row[i];
    }
    *quiet = (struct bucket){client, now_ms, (int64_t)limit->per_minute * MINUTE_MS};
    return quiet;
}

int32_t am_serve_limit_take(struct am_serve_limit *limit, struct am_serve_client client,
                            int64_t now_ms)
{
    if (limit->per_minute == 0)
        return 0;
    struct bucket *bucket = bucket_of(limit, client, now_ms);
    int64_t most = (int64_t)limit->per_minute * MINUTE_MS;
    int64_t passed_ms = now_ms - bucket->seen_ms;
    bucket->seen_ms = now_ms;
    if (passed_ms >= MINUTE_MS || bucket->parts + passed_ms * limit->per_minute > most)
        bucket->parts = most;
    else
        bucket->parts += passed_ms * limit->per_minute;
    if (bucket->parts >= MINUTE_MS) {
        bucket->parts -= MINUTE_MS;
        return 0;
    }
    int64_t wait_ms = (MINUTE_MS - bucket->parts + limit->per_minute - 1) / limit->per_minute;
    return (int32_t)((wait_ms + 999) / 1000);
}
