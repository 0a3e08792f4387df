import type { RawOptionPrint } from "../frames/mod.ts";
import { parseContractId } from "../options/mod.ts";
import type { Label } from "../tape/options/mod.ts";
import type { Meter, MeteredSession } from "./meter.ts";
import { autocorrelation } from "./series.ts";
import type { Tallies } from "./tallies.ts";

const BIN_MS = 100;
/** Prints of which the distinct gaps are counted. */
const GAP_PRINTS = 1_001;
/** Fewest gaps of a symbol for a coefficient of variation. */
const LEAST_GAPS = 100;

/** Sums of one symbol's gaps. */
interface Gaps {
  lastTs: number;
  n: number;
  sum: number;
  squares: number;
}

/** Gaps between background prints symbol by symbol, counts per 100 ms, silences, parents' arrivals. */
export class TimingMeter implements Meter {
  readonly #of: MeteredSession;
  readonly #tallies: Tallies;
  readonly #counts: Uint16Array;
  readonly #gaps = new Map<string, Gaps>();
  readonly #distinct = new Set<number>();
  readonly #fromTs: number;
  #prints = 0;
  #lastTs: number;

  /** @param fromTs Epoch ms from which the session is read. */
  constructor(of: MeteredSession, tallies: Tallies, fromTs: number) {
    this.#of = of;
    this.#tallies = tallies;
    this.#fromTs = fromTs;
    this.#lastTs = fromTs;
    this.#counts = new Uint16Array(Math.ceil((of.session.closeTs - fromTs) / BIN_MS));
  }

  optionPrint(print: RawOptionPrint, label: Label | null): void {
    const bin = Math.floor((print.ts - this.#fromTs) / BIN_MS);
    this.#counts[bin] = (this.#counts[bin] ?? 0) + 1;
    const gap = print.ts - this.#lastTs;
    if (this.#prints > 0 && this.#prints < GAP_PRINTS) this.#distinct.add(gap);
    this.#prints++;
    this.#tallies.add("T6.gap", gap);
    this.#lastTs = print.ts;
    const isLabelled = label !== null && label.slot >= 0;
    this.#tallies.share("T5", isLabelled ? 1 : 0, 1);
    if (!isLabelled) this.#background(print);
  }

  #background({ option_contract_id, ts }: RawOptionPrint): void {
    const root = parseContractId(option_contract_id)?.root ?? "";
    const known = this.#gaps.get(root);
    if (known === undefined) {
      this.#gaps.set(root, { lastTs: ts, n: 0, sum: 0, squares: 0 });
      return;
    }
    const gap = ts - known.lastTs;
    known.lastTs = ts;
    known.n++;
    known.sum += gap;
    known.squares += gap * gap;
  }

  addTo(tallies: Tallies, untilMs: number): void {
    for (const { n, sum, squares } of this.#gaps.values()) {
      if (n < LEAST_GAPS) continue;
      const mean = sum / n;
      tallies.add("T2", Math.sqrt(squares / n - mean * mean) / mean);
    }
    if (this.#prints >= GAP_PRINTS) tallies.add("T3", this.#distinct.size);
    const seen = this.#counts.subarray(0, Math.floor((untilMs - this.#fromTs) / BIN_MS));
    if (seen.length > 6_000) {
      tallies.add("T4.1", autocorrelation(seen, 1_000 / BIN_MS));
      tallies.add("T4.5", autocorrelation(seen, 5_000 / BIN_MS));
    }
    tallies.add("T6.gap", untilMs - this.#lastTs);
    let last = this.#fromTs;
    for (const { ts } of this.#of.schedule.parents) {
      if (ts < this.#fromTs || ts >= untilMs) continue;
      tallies.add("T1", ts - last);
      tallies.count("T6.parents", Math.round((ts - last) / 1_000));
      last = ts;
    }
  }
}
