/*
 * folder_files - what those share that read and those that write the folder.
 */
#ifndef AM_PUBLISH_FOLDER_FILES_H
#define AM_PUBLISH_FOLDER_FILES_H

#include <stdio.h>
#include <string.h>

#include "publish/feed.h"

#define AM_FEED_ENDING ".ics"

enum { AM_FEED_MOST = 1 << 30 };

/* What stands in AM_FOLDER_MARK. */
static const char am_folder_mark[] = "amends-feeds/1\n";

/* folder/name in the arena, or NULL. */
static inline char *am_folder_path(const char *folder, const char *name, struct am_arena *arena)
{
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = (char *)am_arena_alloc(arena, size, 1);
    if (path)
        (void)snprintf(path, size, "%s/%s", folder, name);
    return path;
}

struct am_token_file {
    char token[AM_TOKEN_TEXT], hash[AM_DIGEST_TEXT];
};

struct am_token_files {
    struct am_token_file *at; /* by hash */
    int count, room;
};

/* The files <token><ending> of a part of the folder ("feeds"); other files are
 * passed over, and a part that is missing has none. */
AM_MUST_CHECK am_status am_token_files_read(const char *folder, const char *part,
                                            const char *ending, struct am_arena *arena,
                                            struct am_token_files *files, struct am_err *err);

/* By the token's hash; NULL: there is none. */
const struct am_token_file *am_token_files_find(const struct am_token_files *files,
                                                const char *hash);

/* "S1" of "supervisor:S1". */
const char *am_folder_code(const char *name);

/* The feed of a token. Errors do not tell the token. */
AM_MUST_CHECK am_status am_folder_read_token(const char *folder, const char *token,
                                             struct am_arena *arena, struct am_feed *feed,
                                             struct am_err *err);

#endif
