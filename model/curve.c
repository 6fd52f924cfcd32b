#include "model/curve.h"

enum { PENCE = 100 };

/* Is point b's best roster proven better than point a's? */
static bool is_better(const struct am_curve_point *points, int b, int a)
{
    return am_compare_proofs(points[b].proof, points[a].proof) == AM_VERDICT_BETTER;
}

static int first_proven(const struct am_curve_point *points, int count)
{
    for (int i = 1; i < count; i++)
        if (is_better(points, i, 0))
            return i;
    return -1;
}

static int first_enough(const struct am_curve_point *points, int count)
{
    for (int i = 0; i < count; i++) {
        bool more = false;
        for (int k = i + 1; k < count && !more; k++)
            more = is_better(points, k, i);
        if (!more)
            return i;
    }
    return -1;
}

static int first_best(const struct am_curve_point *points, int count, int better)
{
    int best = 0;
    for (int i = 1; i < count; i++)
        if (better * points[i].figure > better * points[best].figure)
            best = i;
    return best;
}

/* What a point brings against the start, less what it costs more. */
static int64_t net_of(const struct am_curve_point *points, int i, struct am_curve_question question)
{
    int64_t gain = question.better * (points[i].figure - points[0].figure);
    return gain * question.worth_pence - (points[i].cost_pounds - points[0].cost_pounds) * PENCE;
}

/* Against the start; where nothing changed there is nothing to cover. */
static bool is_change(const struct am_curve_point *points, int i)
{
    return points[i].figure != points[0].figure || points[i].cost_pounds != points[0].cost_pounds;
}

static void weigh(const struct am_curve_point *points, int count, struct am_curve_question question,
                  struct am_curve_finding *finding)
{
    finding->net = 0;
    for (int i = 1; i < count; i++) {
        int64_t net = net_of(points, i, question);
        if (net >= 0 && finding->covers < 0 && is_change(points, i))
            finding->covers = i;
        if (net > finding->net_pence) {
            finding->net = i;
            finding->net_pence = net;
        }
    }
}

struct am_curve_finding am_curve_study(const struct am_curve_point *points, int count,
                                       struct am_curve_question question)
{
    struct am_curve_finding finding = {-1, -1, -1, -1, -1, 0};
    if (count > 0 && question.comparable) {
        finding.proven = first_proven(points, count);
        finding.enough = first_enough(points, count);
    }
    if (count > 0 && question.better != 0) {
        finding.best = first_best(points, count, question.better);
        if (question.worth_pence >= 0)
            weigh(points, count, question, &finding);
    }
    return finding;
}
