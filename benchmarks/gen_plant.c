/* filled next */
#include "benchmarks/gen.h"
void gen_write_planted(const struct gen_options *options, FILE *out)
{
    (void)options;
    (void)out;
}
