/** How colours look to most eyes, and to those that lack one kind of cone, after Machado, Oliveira and Fernandes (2009), in linear RGB. */
const matrices = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const;

export type Vision = keyof typeof matrices;
export const visions = Object.keys(matrices) as Vision[];

/** How far two colours (`#rrggbb`) are apart to such eyes, in CIELAB (ΔE*ab 1976): 2 is just seen, 100 is black and white. */
export function colorDistance(one: string, other: string, vision: Vision): number {
  const [left, right] = [one, other].map((color) => toLab(times(matrices[vision], toLinear(color))));
  return Math.hypot(...(left ?? []).map((value, at) => value - (right?.[at] ?? 0)));
}

const toLinear = (color: string): number[] =>
  [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });

const times = (matrix: readonly (readonly number[])[], vector: readonly number[]): number[] =>
  matrix.map((row) => row.reduce((sum, factor, at) => sum + factor * (vector[at] ?? 0), 0));

function toLab(channels: readonly number[]): number[] {
  const xyz = times(
    [
      [0.4124 / 0.95047, 0.3576 / 0.95047, 0.1805 / 0.95047],
      [0.2126, 0.7152, 0.0722],
      [0.0193 / 1.08883, 0.1192 / 1.08883, 0.9505 / 1.08883],
    ],
    channels.map((channel) => Math.min(1, Math.max(0, channel))),
  );
  const [x = 0, y = 0, z = 0] = xyz.map((value) => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
