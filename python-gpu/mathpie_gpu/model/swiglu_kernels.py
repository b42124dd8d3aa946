"""What swiglu.py launches: a program computes `block` numbers of a row, in float32, and reads and writes each number once."""

import triton
import triton.language as tl


@triton.jit
def swiglu_forward(gate_up, out, width, block: tl.constexpr):
    row, place = tl.program_id(0).to(tl.int64), tl.program_id(1) * block + tl.arange(0, block)
    is_inside = place < width
    gate = tl.load(gate_up + row * 2 * width + place, mask=is_inside).to(tl.float32)
    up = tl.load(gate_up + row * 2 * width + width + place, mask=is_inside).to(tl.float32)
    tl.store(out + row * width + place, (gate * tl.sigmoid(gate) * up).to(out.dtype.element_ty), mask=is_inside)


@triton.jit
def swiglu_backward(upstream, gate_up, gradient, again, width, block: tl.constexpr, has_again: tl.constexpr):
    """`again`: where the forward result goes once more, if `has_again`."""
    row, place = tl.program_id(0).to(tl.int64), tl.program_id(1) * block + tl.arange(0, block)
    is_inside = place < width
    given = tl.load(upstream + row * width + place, mask=is_inside).to(tl.float32)
    gate = tl.load(gate_up + row * 2 * width + place, mask=is_inside).to(tl.float32)
    up = tl.load(gate_up + row * 2 * width + width + place, mask=is_inside).to(tl.float32)
    share = tl.sigmoid(gate)
    of_gate = given * up * share * (1 + gate * (1 - share))
    kind = gradient.dtype.element_ty
    tl.store(gradient + row * 2 * width + place, of_gate.to(kind), mask=is_inside)
    tl.store(gradient + row * 2 * width + width + place, (given * gate * share).to(kind), mask=is_inside)
    if has_again:
        tl.store(again + row * width + place, (gate * share * up).to(kind), mask=is_inside)
