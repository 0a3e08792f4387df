const waiting = new Set<() => void>();
let frame = 0;

/** Calls back in the next animation frame, once: one loop for all scopes of a page, asleep while none asks. */
export function inNextFrame(draw: () => void): void {
  waiting.add(draw);
  if (frame === 0) frame = requestAnimationFrame(runFrame);
}

/** Takes a call back. */
export function notInNextFrame(draw: () => void): void {
  waiting.delete(draw);
}

function runFrame(): void {
  frame = 0;
  const now = [...waiting];
  waiting.clear();
  for (const draw of now) draw();
}
