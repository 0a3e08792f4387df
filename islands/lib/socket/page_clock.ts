/**
 * Ms of a clock that never jumps, the same in a page and its workers. Near the epoch, but a reader's
 * clock that is set while the page is open does not move it.
 */
export function pageMs(): number {
  return performance.timeOrigin + performance.now();
}
