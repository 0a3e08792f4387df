import type { Contract } from "./_contract.ts";

interface Entry {
  readonly ts: number;
  readonly contract: Contract;
}

/** Moments of contracts that are still to come, in order of time and contract. There are never many. */
export class MomentQueue {
  readonly #entries: Entry[] = [];

  /** Epoch ms of the next moment; Infinity when there is none. */
  get nextTs(): number {
    return this.#entries[0]?.ts ?? Infinity;
  }

  add(ts: number, contract: Contract): void {
    const entries = this.#entries;
    let at = entries.length;
    for (; at > 0; at--) {
      const before = entries[at - 1];
      if (before === undefined) break;
      if (before.ts < ts || (before.ts === ts && before.contract.key <= contract.key)) break;
    }
    entries.splice(at, 0, { ts, contract });
  }

  /** Takes the next moment's contract out. */
  take(): Contract | null {
    return this.#entries.shift()?.contract ?? null;
  }

  clear(): void {
    this.#entries.length = 0;
  }
}
