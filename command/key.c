#include "command/key.h"

#include "io/atomic_file.h"

enum { KEY_LIMIT = 4096 };

am_status am_key_read(const char *path, char **key, struct am_output_options *outputs,
                      struct am_err *err)
{
    if (!path)
        return AM_OK;
    am_status status = am_read_file(path, KEY_LIMIT, key, &outputs->key_size, err);
    outputs->key = *key;
    if (status == AM_OK && outputs->key_size == 0)
        return am_fail(err, AM_EINVALID, "%s: the key is empty", path);
    return status;
}
