"""What row_attention.py launches: FlashAttention 2's passes (Dao 2023, arXiv:2307.08691) over documents that lie one after another.

Every program writes what no other writes, so results do not depend on which of them is done first. `bounds`: where documents begin and
end; strides in numbers; `width`: the head size, filled up to a power of two. Exponentials are of base 2, as the GPU has them.
"""

import triton
import triton.language as tl


@triton.jit
def attend(
    q, k, v, out, sums, bounds, q_stride, k_stride, v_stride, tokens, heads, group, scale,
    size: tl.constexpr, width: tl.constexpr, block_q: tl.constexpr, block_k: tl.constexpr,
):  # fmt: skip
    """Some queries of one head of one document against all keys up to theirs; `sums`: logarithms (base 2) of what the weights were divided
    by, (heads, tokens). Long stretches begin first."""
    document, head = tl.program_id(0) // heads, tl.program_id(0) % heads
    start = tl.load(bounds + document)
    length = tl.load(bounds + document + 1) - start
    first = (tl.num_programs(1) - 1 - tl.program_id(1)) * block_q
    if first < length:
        place, row, column = tl.arange(0, width), first + tl.arange(0, block_q), tl.arange(0, block_k)
        is_there, is_place = row < length, place < size
        token, key_head = start.to(tl.int64), head // group
        query = load_rows(q + token * q_stride + head * size, row, place, q_stride, is_there, is_place)
        k += token * k_stride + key_head * size
        v += token * v_stride + key_head * size
        largest = tl.full([block_q], float("-inf"), tl.float32)
        total = tl.zeros([block_q], tl.float32)
        result = tl.zeros([block_q, width], tl.float32)
        whole = first // block_k * block_k  # keys in front of all these queries
        for begin in range(0, whole, block_k):
            key = load_rows(k, begin + column, place, k_stride, begin + column < length, is_place)
            value = load_rows(v, begin + column, place, v_stride, begin + column < length, is_place)
            result, total, largest = add_keys(query, key, value, result, total, largest, scale, row, begin + column, False)
        for begin in range(whole, tl.minimum(first + block_q, length), block_k):
            key = load_rows(k, begin + column, place, k_stride, begin + column < length, is_place)
            value = load_rows(v, begin + column, place, v_stride, begin + column < length, is_place)
            result, total, largest = add_keys(query, key, value, result, total, largest, scale, row, begin + column, True)
        out += token * heads * size + head * size
        is_stored = is_there[:, None] & is_place[None, :]
        result = (result / total[:, None]).to(out.dtype.element_ty)
        tl.store(out + row[:, None] * heads * size + place[None, :], result, mask=is_stored)
        tl.store(sums + head * tokens + token + row, largest + tl.log2(total), mask=is_there)


@triton.jit
def add_keys(query, key, value, result, total, largest, scale, row, column, is_edge: tl.constexpr):
    score = tl.dot(query, tl.trans(key)) * scale
    if is_edge:
        score = tl.where(row[:, None] >= column[None, :], score, float("-inf"))
    greater = tl.maximum(largest, tl.max(score, 1))
    weight = tl.exp2(score - greater[:, None])
    shrunk = tl.exp2(largest - greater)
    result = tl.dot(weight.to(value.dtype), value, result * shrunk[:, None])
    return result, total * shrunk + tl.sum(weight, 1), greater


@triton.jit
def load_rows(origin, row, place, stride, is_row, is_place):
    return tl.load(origin + row[:, None] * stride + place[None, :], mask=is_row[:, None] & is_place[None, :], other=0.0)


@triton.jit
def differentiate_queries(
    q, k, v, upstream, out, sums, products, query_gradient, bounds,
    q_stride, k_stride, v_stride, query_gradient_stride, tokens, heads, group, scale, factor,
    size: tl.constexpr, width: tl.constexpr, block_q: tl.constexpr, block_k: tl.constexpr,
):  # fmt: skip
    """Some queries of one head of one document; `products`: each result times its gradient, summed up, (heads, tokens)."""
    document, head = tl.program_id(0) // heads, tl.program_id(0) % heads
    start = tl.load(bounds + document)
    length = tl.load(bounds + document + 1) - start
    first = (tl.num_programs(1) - 1 - tl.program_id(1)) * block_q
    if first < length:
        place, row, offset = tl.arange(0, width), first + tl.arange(0, block_q), tl.arange(0, block_k)
        is_there, is_place = row < length, place < size
        token, key_head = start.to(tl.int64), head // group
        query = load_rows(q + token * q_stride + head * size, row, place, q_stride, is_there, is_place)
        gradient = load_rows(upstream + (token * heads + head) * size, row, place, heads * size, is_there, is_place)
        result = load_rows(out + (token * heads + head) * size, row, place, heads * size, is_there, is_place)
        product = tl.sum(result.to(tl.float32) * gradient.to(tl.float32), 1)
        tl.store(products + head * tokens + token + row, product, mask=is_there)
        total = tl.load(sums + head * tokens + token + row, mask=is_there, other=float("inf"))
        k += token * k_stride + key_head * size
        v += token * v_stride + key_head * size
        query_sum = tl.zeros([block_q, width], tl.float32)
        for begin in range(0, tl.minimum(first + block_q, length), block_k):
            column = begin + offset
            key = load_rows(k, column, place, k_stride, column < length, is_place)
            value = load_rows(v, column, place, v_stride, column < length, is_place)
            weight = tl.exp2(tl.dot(query, tl.trans(key)) * scale - total[:, None])
            weight = tl.where(row[:, None] >= column[None, :], weight, 0.0)
            change = weight * (tl.dot(gradient, tl.trans(value)) - product[:, None])
            query_sum = tl.dot(change.to(key.dtype), key, query_sum)
        query_sum = (query_sum * factor).to(query_gradient.dtype.element_ty)
        places = (token + row)[:, None] * query_gradient_stride + head * size + place[None, :]
        tl.store(query_gradient + places, query_sum, mask=is_there[:, None] & is_place[None, :])


@triton.jit
def differentiate_keys(
    q, k, v, upstream, sums, products, key_gradient, value_gradient, bounds,
    q_stride, k_stride, v_stride, key_gradient_stride, value_gradient_stride, tokens, heads, group, scale, factor,
    size: tl.constexpr, width: tl.constexpr, block_q: tl.constexpr, block_k: tl.constexpr,
):  # fmt: skip
    """Some keys and values of one head of one document: what all later queries of the heads that share them add up to."""
    key_heads = heads // group
    document, key_head = tl.program_id(0) // key_heads, tl.program_id(0) % key_heads
    start = tl.load(bounds + document)
    length = tl.load(bounds + document + 1) - start
    first = tl.program_id(1) * block_k
    if first < length:
        place, column, offset = tl.arange(0, width), first + tl.arange(0, block_k), tl.arange(0, block_q)
        is_there, is_place = column < length, place < size
        token = start.to(tl.int64)
        key = load_rows(k + token * k_stride + key_head * size, column, place, k_stride, is_there, is_place)
        value = load_rows(v + token * v_stride + key_head * size, column, place, v_stride, is_there, is_place)
        key_sum = tl.zeros([block_k, width], tl.float32)
        value_sum = tl.zeros([block_k, width], tl.float32)
        begin = first // block_q * block_q
        steps = tl.cdiv(length - begin, block_q)
        for step in range(group * steps):
            head = key_head * group + step // steps
            row = begin + step % steps * block_q + offset
            is_row = row < length
            query = load_rows(q + token * q_stride + head * size, row, place, q_stride, is_row, is_place)
            gradient = load_rows(upstream + (token * heads + head) * size, row, place, heads * size, is_row, is_place)
            total = tl.load(sums + head * tokens + token + row, mask=is_row, other=float("inf"))
            product = tl.load(products + head * tokens + token + row, mask=is_row, other=0.0)
            weight = tl.exp2(tl.dot(key, tl.trans(query)) * scale - total[None, :])
            weight = tl.where(row[None, :] >= column[:, None], weight, 0.0)
            value_sum = tl.dot(weight.to(gradient.dtype), gradient, value_sum)
            change = weight * (tl.dot(value, tl.trans(gradient)) - product[None, :])
            key_sum = tl.dot(change.to(query.dtype), query, key_sum)
        is_stored = is_there[:, None] & is_place[None, :]
        rows, within = (token + column)[:, None], key_head * size + place[None, :]
        key_sum = (key_sum * factor).to(key_gradient.dtype.element_ty)
        tl.store(key_gradient + rows * key_gradient_stride + within, key_sum, mask=is_stored)
        value_sum = value_sum.to(value_gradient.dtype.element_ty)
        tl.store(value_gradient + rows * value_gradient_stride + within, value_sum, mask=is_stored)
