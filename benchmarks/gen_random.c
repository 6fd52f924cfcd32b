#include "benchmarks/gen.h"

/* splitmix64 (Steele, Lea, Flood 2014): a counter through a mixing function. */
static uint64_t mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

uint64_t gen_next(struct gen_random *random)
{
    random->state += UINT64_C(0x9e3779b97f4a7c15);
    return mix(random->state);
}

struct gen_random gen_stream(uint64_t seed, enum gen_topic topic, int64_t index)
{
    uint64_t start = mix(seed + UINT64_C(0x632be59bd9b4e019));
    start = mix(start + (uint64_t)topic * UINT64_C(0x9e3779b97f4a7c15));
    return (struct gen_random){mix(start + (uint64_t)index * UINT64_C(0xd1342543de82ef95))};
}

/* The high bits times the count: no modulo bias worth a name at these counts. */
static int scale(uint64_t bits, int count)
{
    return (int)(((bits >> 32) * (uint64_t)count) >> 32);
}

int gen_below(struct gen_random *random, int count)
{
    return scale(gen_next(random), count);
}

int gen_between(struct gen_random *random, int low, int high)
{
    return low + gen_below(random, high - low + 1);
}

bool gen_chance(struct gen_random *random, int per_mille)
{
    return gen_below(random, 1000) < per_mille;
}

int gen_pick(struct gen_random *random, const int *weights)
{
    int total = 0;
    for (int i = 0; weights[i] >= 0; i++)
        total += weights[i];
    int left = gen_below(random, total), i = 0;
    while (left >= weights[i])
        left -= weights[i++];
    return i;
}

int gen_hash(uint64_t seed, int64_t a, int64_t b, int count)
{
    uint64_t x = mix(seed + (uint64_t)a * UINT64_C(0x9e3779b97f4a7c15));
    return scale(mix(x + (uint64_t)b * UINT64_C(0xd1342543de82ef95)), count);
}
