const OFFSET = 0x811c_9dc5;
const PRIME = 0x0100_0193;
const GRID = 1e4;

/** Returns the FNV-1a hash of a text's UTF-8 bytes as 8 hexadecimal digits. */
export function fnv1a(text: string): string {
  return hex(chain(OFFSET, new TextEncoder().encode(text)));
}

function chain(state: number, bytes: Uint8Array): number {
  let hash = state;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, PRIME);
  return hash >>> 0;
}

function hex(hash: number): string {
  return hash.toString(16).padStart(8, "0");
}

/**
 * A chained hash of what the lab said, a line a tick, rounded to 1e-4: two runs of one log must end
 * with the same.
 */
export class ReplayDigest {
  #hash = OFFSET;

  /**
   * Takes a tick.
   *
   * @param spot Ticks.
   * @param x Shape [H], forecasts of the physics, ticks.
   * @param theta Shape [7], weights after learning.
   * @param y Shape [H], published forecasts, ticks.
   */
  take(
    tick: number,
    spot: number,
    x: Float64Array,
    theta: Float64Array,
    y: Float64Array,
  ): void {
    let line = `${tick}|${grid(spot)}|`;
    line += `${row(x)}|${row(theta)}|${row(y)}\n`;
    let hash = this.#hash;
    // The line has ASCII alone, so its code units are its UTF-8 bytes.
    for (let i = 0; i < line.length; i++) hash = Math.imul(hash ^ line.charCodeAt(i), PRIME);
    this.#hash = hash >>> 0;
  }

  /** Eight hexadecimal digits. */
  get hex(): string {
    return hex(this.#hash);
  }

  /** Whole state. */
  save(): number {
    return this.#hash;
  }

  /** Goes on from a state. */
  restore(hash: number): void {
    this.#hash = hash;
  }
}

function grid(value: number): number {
  return Math.floor(value * GRID + 0.5);
}

function row(values: Float64Array): string {
  let text = "";
  for (let i = 0; i < values.length; i++) text += (i === 0 ? "" : ",") + grid(values[i]!);
  return text;
}
