/* The same work in plain C: Rosenbrock inlined, seven columns recorded, the same stopping test. */
#include <math.h>

enum { TOLERANCE, CENTRE_X, CENTRE_Y, REACH_X, REACH_Y, NOISE, SEED, REASON };
enum { CONVERGED, NOT_FINITE, FAR_ABOVE, FAR_BELOW, UNCHANGED, NO_STEP, SINGULAR, BUDGET };

static inline void surface(double x, double y, const double *p, double *f, double *gx, double *gy)
{
    double u = p[0] - x, w = y - x * x;
    *f = u * u + p[1] * w * w;
    *gx = -2 * u - 4 * p[1] * x * w;
    *gy = 2 * p[1] * w;
}

static int falls_away(double x, double y, const double *p)
{
    double xx = 2 - 4 * p[1] * (y - 3 * x * x), xy = -4 * p[1] * x, yy = 2 * p[1];
    double mean = (xx + yy) / 2, radius = sqrt((xx - yy) * (xx - yy) / 4 + xy * xy);
    return mean - radius < -1e-12 * (fabs(mean) + radius);
}

static inline int arrive(long k, long steps, double x, double y, double f, double gx, double gy,
                         const double *p, double *rule, double *out)
{
    double norm = sqrt(gx * gx + gy * gy), *row = out + 7 * k;
    row[0] = x; row[1] = y; row[2] = f; row[3] = norm; row[4] = 0; row[5] = k; row[6] = 0;
    if (!(fabs(f) < INFINITY && norm < INFINITY)) return rule[REASON] = NOT_FINITE, 1;
    if (norm < rule[TOLERANCE] && !falls_away(x, y, p)) return rule[REASON] = CONVERGED, 1;
    if (fabs(x - rule[CENTRE_X]) > rule[REACH_X] || fabs(y - rule[CENTRE_Y]) > rule[REACH_Y])
        return rule[REASON] = f > out[2] ? FAR_ABOVE : FAR_BELOW, 1;
    if (k > 0 && x == row[-7] && y == row[-6]) return rule[REASON] = UNCHANGED, 1;
    if (k == steps) return rule[REASON] = BUDGET, 1;
    return 0;
}

long gradient_descent(const double *p, const double *h, double x, double y, long steps,
                      double *rule, double *out)
{
    double lr = h[0], f, gx, gy;
    for (long k = 0; k <= steps; k++) {
        surface(x, y, p, &f, &gx, &gy);
        if (arrive(k, steps, x, y, f, gx, gy, p, rule, out)) return k;
        x -= lr * gx;
        y -= lr * gy;
    }
    return steps;
}

long momentum(const double *p, const double *h, double x, double y, long steps,
              double *rule, double *out)
{
    double lr = h[0], beta = h[1], fresh = beta != 0 ? 1 - h[2] : 1, bx = 0, by = 0, f, gx, gy;
    for (long k = 0; k <= steps; k++) {
        surface(x, y, p, &f, &gx, &gy);
        if (arrive(k, steps, x, y, f, gx, gy, p, rule, out)) return k;
        bx = k ? beta * bx + fresh * gx : gx;
        by = k ? beta * by + fresh * gy : gy;
        x -= lr * bx;
        y -= lr * by;
    }
    return steps;
}

long adam(const double *p, const double *h, double x, double y, long steps,
          double *rule, double *out)
{
    double lr = h[0], b1 = h[1], b2 = h[2], eps = h[3];
    double mx = 0, my = 0, vx = 0, vy = 0, p1 = 1, p2 = 1, f, gx, gy;
    for (long k = 0; k <= steps; k++) {
        surface(x, y, p, &f, &gx, &gy);
        if (arrive(k, steps, x, y, f, gx, gy, p, rule, out)) return k;
        mx += (1 - b1) * (gx - mx);
        my += (1 - b1) * (gy - my);
        vx = b2 * vx + (1 - b2) * gx * gx;
        vy = b2 * vy + (1 - b2) * gy * gy;
        p1 *= b1;
        p2 *= b2;
        if (p1 < 1e-300) p1 = 0;
        if (p2 < 1e-300) p2 = 0;
        double rate = lr / (1 - p1), scale = sqrt(1 - p2);
        x -= rate * mx / (sqrt(vx) / scale + eps);
        y -= rate * my / (sqrt(vy) / scale + eps);
    }
    return steps;
}
