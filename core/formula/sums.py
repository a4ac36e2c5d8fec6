"""LLVM IR of a finite sum: a loop over rows of data around the function of one term.

f = 1/n Σ term, and where a step k ≥ 0 asks for a minibatch of b rows, 1/b Σ over b of them, drawn
without replacement: every set of b rows is equally likely (Algorithm S in D. E. Knuth, The Art of
Computer Programming 2, section 3.4.2). The draw is a function of (seed, k) alone, so that whatever
is evaluated within one step sees the same rows, and so does every optimizer.

Behind the parameters, p holds b (0: all rows), the seed, and then the rows.
"""

from collections.abc import Sequence

BATCH, SEED, ROWS = range(3)  # slots after the parameters

SIGNATURE = "(double %x0, double %x1, i64 %k, ptr noalias readonly %p, ptr noalias %o)"
TERM_SIGNATURE = (
    "(double %x0, double %x1, i64 %k, ptr noalias readonly %p, ptr noalias %o, "
    "ptr noalias readonly %r)"
)

# splitmix64 (Steele, Lea & Flood 2014), as in `core.optimizers.noise`.
MIX = """
define private i64 @thalweg.mix(i64 %state) alwaysinline {
  %a = add i64 %state, -7046029254386353131
  %a1 = lshr i64 %a, 30
  %a2 = xor i64 %a, %a1
  %b = mul i64 %a2, -4658895280553007687
  %b1 = lshr i64 %b, 27
  %b2 = xor i64 %b, %b1
  %c = mul i64 %b2, -7723592293110705685
  %c1 = lshr i64 %c, 31
  %c2 = xor i64 %c, %c1
  ret i64 %c2
}
"""
# The draws of rows are no relatives of the gradient noise, which scrambles the plain seed.
STREAM = 0x6261746368  # "batch"


def mean(name: str, outputs: int, parameters: Sequence[str], columns: int, rows: int) -> str:
    """IR of the function `name`, the mean of @term.`name` over rows; `outputs` numbers each."""
    slots = range(outputs)
    first = len(parameters)
    lines = [
        f"define void @{name}{SIGNATURE} nounwind {{",
        "entry:",
        f"  %t = alloca [{outputs} x double]",
        f"  %pb = getelementptr double, ptr %p, i64 {first + BATCH}",
        "  %fb = load double, ptr %pb",
        "  %b = fptosi double %fb to i64",
        f"  %ps = getelementptr double, ptr %p, i64 {first + SEED}",
        "  %fs = load double, ptr %ps",
        "  %s = fptoui double %fs to i64",
        "  %recorded = icmp slt i64 %k, 0",
        "  %unasked = icmp eq i64 %b, 0",
        "  %whole = or i1 %recorded, %unasked",
        f"  %size = select i1 %whole, i64 {rows}, i64 %b",
        f"  %s1 = xor i64 %s, {STREAM}",
        "  %s2 = call i64 @thalweg.mix(i64 %s1)",
        "  %s3 = xor i64 %s2, %k",
        "  %key = call i64 @thalweg.mix(i64 %s3)",
        "  br label %loop",
        "loop:",
        "  %i = phi i64 [0, %entry], [%i1, %next]",
        "  %need = phi i64 [%size, %entry], [%need1, %next]",
        *(f"  %a{at} = phi double [0.0, %entry], [%n{at}, %next]" for at in slots),
        f"  %left = sub i64 {rows}, %i",
        "  %all = icmp eq i64 %need, %left",
        "  br i1 %all, label %take, label %draw",
        "draw:",
        "  %si = add i64 %key, %i",
        "  %h = call i64 @thalweg.mix(i64 %si)",
        "  %h1 = lshr i64 %h, 11",
        "  %u = uitofp i64 %h1 to double",
        f"  %u1 = fmul double %u, {2.0**-53:.17e}",
        "  %fl = uitofp i64 %left to double",
        "  %fn = uitofp i64 %need to double",
        "  %at = fmul double %u1, %fl",
        "  %hit = fcmp olt double %at, %fn",
        "  br i1 %hit, label %take, label %next",
        "take:",
        f"  %offset = mul i64 %i, {columns}",
        f"  %begin = add i64 %offset, {first + ROWS}",
        "  %r = getelementptr double, ptr %p, i64 %begin",
        f"  call void @term.{name}(double %x0, double %x1, i64 %k, ptr %p, ptr %t, ptr %r)",
    ]
    for at in slots:
        lines += [
            f"  %q{at} = getelementptr double, ptr %t, i64 {at}",
            f"  %v{at} = load double, ptr %q{at}",
            f"  %w{at} = fadd double %a{at}, %v{at}",
        ]
    lines += [
        "  %less = sub i64 %need, 1",
        "  br label %next",
        "next:",
        "  %need1 = phi i64 [%less, %take], [%need, %draw]",
        *(f"  %n{at} = phi double [%w{at}, %take], [%a{at}, %draw]" for at in slots),
        "  %i1 = add i64 %i, 1",
        "  %done = icmp eq i64 %need1, 0",
        "  br i1 %done, label %end, label %loop",
        "end:",
        "  %count = uitofp i64 %size to double",
    ]
    for at in slots:
        lines += [
            f"  %m{at} = fdiv double %n{at}, %count",
            f"  %o{at} = getelementptr double, ptr %o, i64 {at}",
            f"  store double %m{at}, ptr %o{at}",
        ]
    return "\n".join([*lines, "  ret void", "}"])
