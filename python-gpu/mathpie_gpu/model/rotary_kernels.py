"""What rotary_attention.py launches: a program turns some heads of one token, and reads and writes each number once."""

import triton
import triton.language as tl


@triton.jit
def rotate_heads(
    source, out, cosine, sine, source_stride, out_stride, heads, direction, half: tl.constexpr, block: tl.constexpr, width: tl.constexpr
):
    """Pairs (i, i + half) of each head, turned by the token's angles; direction 1, or -1 for back. `out` may be `source`."""
    row = tl.program_id(0).to(tl.int64)
    head, place = tl.program_id(1) * block + tl.arange(0, block), tl.arange(0, width)
    is_angle = place < half
    across = tl.load(cosine + row * half + place, mask=is_angle)[None, :]
    up = tl.load(sine + row * half + place, mask=is_angle)[None, :] * direction
    is_inside = (head < heads)[:, None] & is_angle[None, :]
    places = head[:, None] * 2 * half + place[None, :]
    first = tl.load(source + row * source_stride + places, mask=is_inside).to(tl.float32)
    second = tl.load(source + row * source_stride + half + places, mask=is_inside).to(tl.float32)
    kind = out.dtype.element_ty
    tl.store(out + row * out_stride + places, (first * across - second * up).to(kind), mask=is_inside)
    tl.store(out + row * out_stride + half + places, (second * across + first * up).to(kind), mask=is_inside)
