/**
 * Fourier transform in place of a complex series whose length is a power of two.
 *
 * @see Cooley and Tukey (1965), "An algorithm for the machine calculation of complex Fourier series".
 */
export function transform(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  reverseBits(re, im);
  for (let size = 2; size <= n; size *= 2) {
    const half = size / 2;
    for (let k = 0; k < half; k++) {
      const angle = -2 * Math.PI * k / size;
      const [wr, wi] = [Math.cos(angle), Math.sin(angle)];
      for (let at = k; at < n; at += size) {
        const to = at + half;
        const [ar, ai, br, bi] = [re[at] ?? 0, im[at] ?? 0, re[to] ?? 0, im[to] ?? 0];
        const tr = br * wr - bi * wi;
        const ti = br * wi + bi * wr;
        re[at] = ar + tr;
        im[at] = ai + ti;
        re[to] = ar - tr;
        im[to] = ai - ti;
      }
    }
  }
}

function reverseBits(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; (j & bit) !== 0; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    for (const x of [re, im]) {
      const kept = x[i] ?? 0;
      x[i] = x[j] ?? 0;
      x[j] = kept;
    }
  }
}
