#include "base/grow.h"

#include <stdint.h>
#include <stdlib.h>

enum { FIRST_ROOM = 16 };

bool am_grow(void **data, size_t *room, size_t need, size_t size)
{
    if (need <= *room)
        return true;
    size_t wanted = *room < FIRST_ROOM ? FIRST_ROOM : *room + *room / 2;
    if (wanted < need)
        wanted = need;
    if (size == 0 || wanted > SIZE_MAX / size)
        return false;
    void *larger = realloc(*data, wanted * size);
    if (!larger)
        return false;
    *data = larger;
    *room = wanted;
    return true;
}
