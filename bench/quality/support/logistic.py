"""Logistic regression with a quadratic penalty, fitted by Newton's method, and what probabilities are worth. Only the standard library."""
import math

BINS = 10


def solve(matrix, right):
    """Gauss with pivoting."""
    size = len(right)
    rows = [row[:] + [value] for row, value in zip(matrix, right)]
    for column in range(size):
        pivot = max(range(column, size), key=lambda r: abs(rows[r][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for other in range(size):
            if other != column:
                factor = rows[other][column] / rows[column][column]
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[column])]
    return [rows[r][size] / rows[r][r] for r in range(size)]


def logit(weights, measures):
    return weights[0] + sum(w * m for w, m in zip(weights[1:], measures))


def probability(value):
    return 1 / (1 + math.exp(-max(-35.0, min(35.0, value))))


def fit(samples, penalty):
    """`samples`: (measures, right, importance). The intercept comes first and is not held back."""
    size = len(samples[0][0]) + 1
    weights = [0.0] * size
    for _ in range(30):
        gradient = [0.0] + [-penalty * w for w in weights[1:]]
        hessian = [[(penalty if r == c and r > 0 else 0.0) for c in range(size)] for r in range(size)]
        for measures, right, importance in samples:
            row = [1.0, *measures]
            p = probability(logit(weights, measures))
            slope = importance * p * (1 - p)
            for r, value in enumerate(row):
                if value:
                    gradient[r] += importance * (right - p) * value
                    line, product = hessian[r], slope * value
                    for c in range(r + 1):
                        line[c] += product * row[c]
        for r in range(size):
            for c in range(r):
                hessian[c][r] = hessian[r][c]
        step = solve(hessian, gradient)
        weights = [w + s for w, s in zip(weights, step)]
        if max(abs(s) for s in step) < 1e-9:
            break
    return weights


def log_loss(judged):
    """`judged`: (probability, right). The mean surprise."""
    return -sum(math.log(max(1e-9, p if right else 1 - p)) for p, right in judged) / len(judged)


def bins(judged):
    """(questions, mean probability, share right) of each bin of equal width that holds any."""
    full = [[] for _ in range(BINS)]
    for p, right in judged:
        full[min(BINS - 1, int(p * BINS))].append((p, right))
    return [(len(part), sum(p for p, _ in part) / len(part), sum(right for _, right in part) / len(part)) for part in full if part]


def calibration_error(judged):
    return sum(count * abs(mean - share) for count, mean, share in bins(judged)) / len(judged)
