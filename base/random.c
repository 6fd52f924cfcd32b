#include "base/random.h"

uint64_t am_random_stream(uint64_t seed, uint64_t first, uint64_t second)
{
    uint64_t stream = am_random_at(seed, 0);
    stream = am_random_at(stream ^ first, 1);
    return am_random_at(stream ^ second, 2);
}

uint64_t am_random_name(const char *text)
{
    uint64_t name = UINT64_C(0xcbf29ce484222325);
    for (; *text != '\0'; text++)
        name = (name ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
    return name;
}
