/** Quantiles of delays, ms, as the clients of a bench print them. Sorts in place. */
export function delayFigures(delaysMs: number[]) {
  delaysMs.sort((a, b) => a - b);
  const at = (share: number) =>
    delaysMs[Math.min(delaysMs.length - 1, Math.floor(share * delaysMs.length))];
  return { leastMs: at(0), p50Ms: at(0.5), p99Ms: at(0.99), mostMs: at(1) };
}
