import {
  ArrowDecoder,
  LayoutError,
  PRINT,
  TRADE_PRINTS,
} from "../../../../engine/frames/contract.ts";
import { Ring } from "../../table/mod.ts";
import { fixed, nsToMs, spanText } from "../../text/mod.ts";
import { type TradesHead, WireError } from "../wire.ts";
import type { Aggressor, PrintRow } from "./print.ts";

/** Rows kept; beyond it the oldest go. */
const KEPT_PRINTS = 5_000;

/** Cumulative delta of the kept prints: bought less sold, contracts. */
export interface Delta {
  /** First print that counts, epoch ms; null before the first. */
  readonly sinceMs: number | null;
  readonly now: number;
}

/** The newest prints of one market, with what is missing among them. */
export class PrintBook {
  readonly rows = new Ring<PrintRow>(KEPT_PRINTS);
  readonly #decoder = new ArrowDecoder(TRADE_PRINTS);
  readonly #cellMs: number;
  #lastEndMs = NaN;
  #nextId = 0;
  #version = 0;

  /** @param cellMs Width of a bin. */
  constructor(cellMs: number) {
    this.#cellMs = cellMs;
  }

  /** Goes up with every change. */
  get version(): number {
    return this.#version;
  }

  /** End of the newest bin that was told of, epoch ms; NaN before the first. */
  get lastEndMs(): number {
    return this.#lastEndMs;
  }

  clear(): void {
    this.rows.clear();
    this.#lastEndMs = NaN;
    this.#version++;
  }

  /**
   * Takes what a bin's head says. Returns whether its rows are wanted: those of a bin that was told of
   * before, as after a reconnect, are not.
   */
  begin(head: TradesHead): boolean {
    const endMs = nsToMs(head.binEndNs);
    if (endMs <= this.#lastEndMs) return false;
    const missingMs = endMs - this.#lastEndMs - this.#cellMs;
    if (missingMs > this.#cellMs / 2) {
      this.#push({
        kind: "gap",
        ts: endMs - this.#cellMs,
        text: `No prints of ${spanText(missingMs)}: bins are missing`,
      });
    }
    this.#lastEndMs = endMs;
    if (head.leftOut > 0) {
      const text = `${fixed(head.leftOut, 0)} prints of a bin are in the picture alone`;
      this.#push({ kind: "gap", ts: endMs, text });
    }
    return true;
  }

  /** Adds the prints of a bin. @throws {WireError} When the Arrow rows break the contract. */
  add(bytes: Uint8Array): void {
    const { columns } = this.#decoded(bytes);
    const rows = columns[PRINT.TS_NS]!.length;
    for (let row = 0; row < rows; row++) {
      this.#push({
        kind: "print",
        ts: nsToMs(columns[PRINT.TS_NS]![row] as bigint),
        priceInt: Number(columns[PRINT.PRICE_INT]![row]),
        size: Number(columns[PRINT.SIZE]![row]),
        aggressor: Math.sign(Number(columns[PRINT.AGGRESSOR]![row])) as Aggressor,
      });
    }
  }

  /** Bought less sold over the kept prints up to a time, from the newest gap on. */
  delta(untilMs: number): Delta {
    let [now, sinceMs]: [number, number | null] = [0, null];
    for (let i = 0; i < this.rows.size; i++) {
      const row = this.rows.newest(i)!;
      if (row.ts > untilMs) continue;
      if (row.kind === "gap") break;
      now += row.aggressor * row.size;
      sinceMs = row.ts;
    }
    return { sinceMs, now };
  }

  #push(row: Omit<PrintRow & { kind: "print" }, "id"> | Omit<PrintRow & { kind: "gap" }, "id">) {
    this.rows.push({ ...row, id: this.#nextId++ });
    this.#version++;
  }

  #decoded(bytes: Uint8Array) {
    try {
      return this.#decoder.decode(bytes);
    } catch (error) {
      if (!(error instanceof LayoutError)) throw error;
      throw new WireError(`trade_prints.${error.subject}`, error.expected, error.found ?? null);
    }
  }
}
