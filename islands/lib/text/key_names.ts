/** Returns the name of a key press as the tables of shortcuts write it. */
export function keyName(event: {
  readonly key: string;
  readonly shiftKey: boolean;
}): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.shiftKey && key.startsWith("Arrow") ? `Shift+${key}` : key;
}

/** Milliseconds within which the second key of a pair must follow. */
const PAIR_MS = 1_500;

/** Joins keys to pairs: a first key and what follows it within 1.5 s are one key, as "g w". */
export class KeyPairs {
  readonly #firsts: readonly string[];
  #first = "";
  #beganAt = -Infinity;

  /** @param firsts Keys that begin pairs. */
  constructor(firsts: readonly string[]) {
    this.#firsts = firsts;
  }

  /** True while the next key ends a pair. */
  isOpen(atMs: number): boolean {
    return atMs - this.#beganAt < PAIR_MS;
  }

  /** Name of a pressed key, or of the pair that it ends; null where it begins one. */
  take(key: string, atMs: number): string | null {
    const isSecond = this.isOpen(atMs);
    const before = this.#first;
    const begins = this.#firsts.includes(key) && (!isSecond || key === before);
    this.#first = begins ? key : "";
    this.#beganAt = begins ? atMs : -Infinity;
    if (begins) return null;
    return isSecond ? `${before} ${key}` : key;
  }
}

/** True where a key belongs to the control that has the focus. */
export function isTyping(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement) || key === "Escape" || key === "?") return false;
  if (target.closest("dialog[open]") !== null) return true;
  if (target.matches("input:not([type=range]), select, textarea")) return true;
  if (target.matches("input[type=range]")) return key.startsWith("Arrow") || key.length > 1;
  return target.matches("button, a, summary") && (key === " " || key === "Enter");
}
