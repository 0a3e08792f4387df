import type { Leg } from "./_measured.ts";
import type { Packet } from "./_packet.ts";
import { findStructure, type Found, type StockMatch } from "./_structure_search.ts";
import type { TimerQueue } from "./_timers.ts";

/** Largest difference of the starts of a structure's legs, ms. */
const START_SPREAD_MS = 1_000;
/**
 * Legs whose starts a whole multiple of this parts are no structure: who is whose partner would else hang on
 * who was taken before, and so on back to the start of the process.
 */
const CUT_MS = 60_000;
/** Least ratio of the sizes of two legs. */
const LEAST_SIZE_RATIO = 0.85;
/** How long a closed leg waits for partners that are closing too. */
const WAIT_MS = 400;
/** A partner that is still printing is looked for again so often, and at most so long after the close. */
const AGAIN_MS = 100;
const LONGEST_WAIT_MS = 1_500;

/** After so long a reading of whole packets, ms, structures are those of any longer one. */
export const LINK_MEMORY_MS = CUT_MS + START_SPREAD_MS;
/** Longest time from a packet's end to the row that it makes, ms, besides the gap that ends it. */
export const LINK_WAIT_MS = LONGEST_WAIT_MS;
/** Most closed legs that wait per root; the rest are scored alone. */
const WAITING_CAP = 256;

interface Root {
  readonly open: Packet[];
  readonly waiting: Leg[];
}

/** What the linker gives its results to, and where it asks for stock prints. */
export interface LinkerPorts {
  alone(leg: Leg): void;
  structure(found: Found): void;
  readonly stockMatch: StockMatch;
}

function isClose(startTs: number, otherTs: number): boolean {
  return Math.abs(startTs - otherTs) <= START_SPREAD_MS &&
    Math.floor(startTs / CUT_MS) === Math.floor(otherTs / CUT_MS);
}

function isAlike(a: Leg, b: Leg): boolean {
  return isClose(a.startTs, b.startTs) && a.contractId !== b.contractId &&
    Math.min(a.size, b.size) >= LEAST_SIZE_RATIO * Math.max(a.size, b.size);
}

/**
 * Finds the legs of structures among the packets of a root. A closed packet waits only when it, or a
 * packet that started close to it, says that it was part of a larger order; every packet comes out
 * exactly once, alone or in one structure.
 */
export class Linker {
  readonly #roots = new Map<string, Root>();
  readonly #timers: TimerQueue;
  readonly #ports: LinkerPorts;
  #waiting = 0;

  constructor(timers: TimerQueue, ports: LinkerPorts) {
    this.#timers = timers;
    this.#ports = ports;
  }

  get waiting(): number {
    return this.#waiting;
  }

  opened(packet: Packet): void {
    const name = packet.contract.root;
    let root = this.#roots.get(name);
    if (root === undefined) {
      root = { open: [], waiting: [] };
      this.#roots.set(name, root);
    }
    root.open.push(packet);
  }

  /** The packet of `leg` has closed. */
  closed(leg: Leg): void {
    const root = this.#roots.get(leg.underlyingId);
    if (root === undefined) {
      this.#ports.alone(leg);
      return;
    }
    const at = root.open.indexOf(leg.packet);
    if (at >= 0) root.open.splice(at, 1);
    if (root.waiting.length >= WAITING_CAP || !mustWait(leg, root)) {
      this.#ports.alone(leg);
      this.#dropIfEmpty(leg.underlyingId, root);
      return;
    }
    root.waiting.push(leg);
    this.#waiting++;
    this.#timers.set(leg.closeTs + WAIT_MS, () => this.#due(leg, root, leg.closeTs + WAIT_MS));
  }

  #due(leg: Leg, root: Root, nowMs: number): void {
    if (!root.waiting.includes(leg)) return;
    const again = nowMs + AGAIN_MS;
    if (again <= leg.closeTs + LONGEST_WAIT_MS && hasOpenPartner(leg, root)) {
      this.#timers.set(again, () => this.#due(leg, root, again));
      return;
    }
    const others = root.waiting.filter((other) => isAlike(leg, other));
    others.sort((a, b) => mismatch(leg, a) - mismatch(leg, b));
    const found = others.length === 0 || !(leg.complex || others.some((other) => other.complex))
      ? null
      : findStructure(leg, others, this.#ports.stockMatch);
    if (found === null) {
      this.#take(root, leg);
      this.#ports.alone(leg);
    } else {
      for (const one of found.legs) this.#take(root, one);
      this.#ports.structure(found);
    }
    this.#dropIfEmpty(leg.underlyingId, root);
  }

  #take(root: Root, leg: Leg): void {
    const at = root.waiting.indexOf(leg);
    if (at < 0) return;
    root.waiting.splice(at, 1);
    this.#waiting--;
  }

  #dropIfEmpty(name: string, root: Root): void {
    if (root.open.length === 0 && root.waiting.length === 0) this.#roots.delete(name);
  }
}

/** How ill a partner suits a leg: marked ones first, then by size, then by start. */
function mismatch(leg: Leg, other: Leg): number {
  const size = 1 - Math.min(leg.size, other.size) / Math.max(leg.size, other.size);
  return (other.complex ? 0 : 10) + size + Math.abs(leg.startTs - other.startTs) * 1e-5;
}

function mustWait(leg: Leg, root: Root): boolean {
  if (leg.complex) return true;
  return root.open.some((packet) => packet.complex > 0 && isClose(packet.startTs, leg.startTs)) ||
    root.waiting.some((other) => other.complex && isClose(other.startTs, leg.startTs));
}

/** Whether a packet that may yet be a partner of the leg is still printing. */
function hasOpenPartner(leg: Leg, root: Root): boolean {
  return root.open.some((packet) =>
    packet.contract.id !== leg.contractId && isClose(packet.startTs, leg.startTs) &&
    (leg.complex || packet.complex > 0)
  );
}
