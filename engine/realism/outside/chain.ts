import { bound, type RealismRow, rowOf } from "../row.ts";
import { AgeHistogram } from "./age_histogram.ts";
import { ChainCompleteness } from "./chain_completeness.ts";
import type { SeenContract } from "./contracts.ts";
import {
  judgedOn,
  type OutsidePart,
  type SeenEquityQuote,
  type SeenOptionPrint,
  type SeenOptionQuote,
  type SeenSession,
  told,
} from "./part.ts";

const MINUTE_MS = 60_000;
/** Minutes of a session that is as good as whole: how concentrated prints are depends on the length. */
const WHOLE_MINUTES = 180;
const MANY = 1_000;
const BUSIEST = 3_000;

/** What is kept of a contract. */
interface Kept {
  prints: number;
  quoteTs: number;
  readonly ages: AgeHistogram;
}

/** Figures of sessions that add up. */
class Sums {
  readonly ages = new AgeHistogram();
  ms = 0;
  prints = 0;
  printsOfMany = 0;
  longestMinutes = 0;

  add(other: Sums): void {
    this.ages.add(other.ages);
    this.ms += other.ms;
    this.prints += other.prints;
    this.printsOfMany += other.printsOfMany;
    this.longestMinutes = Math.max(this.longestMinutes, other.longestMinutes);
  }
}

/** Which contracts trade and how fresh their quotes are. */
export class Chain implements OutsidePart {
  readonly #completeness = new ChainCompleteness();
  readonly #ended = new Sums();
  #kept: Kept[] = [];
  #fromTs = 0;
  #lastTs = 0;
  #quotes = 0;

  begin({ fromTs }: SeenSession): void {
    this.#kept = [];
    this.#fromTs = fromTs;
    this.#lastTs = fromTs;
    this.#completeness.begin(fromTs);
  }

  equityQuote(quote: SeenEquityQuote): void {
    this.#completeness.spot(quote);
  }

  optionQuote({ ts }: SeenOptionQuote, contract: SeenContract): void {
    const kept = this.#of(contract);
    kept.ages.addGap(ts - kept.quoteTs);
    kept.quoteTs = ts;
    this.#lastTs = ts;
    this.#quotes++;
    this.#completeness.quote(ts, contract);
  }

  optionPrint(_: SeenOptionPrint, contract: SeenContract): void {
    this.#of(contract).prints++;
    this.#completeness.print(contract);
  }

  #of({ number }: SeenContract): Kept {
    return this.#kept[number] ??= { prints: 0, quoteTs: this.#fromTs, ages: new AgeHistogram() };
  }

  end(untilTs: number): void {
    this.#ended.add(this.#sumsUntil(untilTs));
    this.#kept = [];
    this.#fromTs = this.#lastTs = untilTs;
    this.#completeness.end();
  }

  /** Figures of the session under way. */
  #sumsUntil(untilTs: number): Sums {
    const sums = new Sums();
    const byPrints = this.#kept.filter(Boolean).sort((a, b) => b.prints - a.prints);
    for (const { ages, quoteTs } of byPrints.slice(0, BUSIEST)) {
      sums.ages.add(ages);
      sums.ages.addGap(untilTs - quoteTs);
    }
    const count = (of: readonly Kept[]) => of.reduce((all, { prints }) => all + prints, 0);
    sums.prints = count(byPrints);
    sums.printsOfMany = count(byPrints.slice(0, MANY));
    sums.ms = untilTs - this.#fromTs;
    sums.longestMinutes = sums.ms / MINUTE_MS;
    return sums;
  }

  rows(): RealismRow[] {
    const head = { basis: "judged" as const, needs: ["nbbo", "options"] as const };
    const sums = new Sums();
    sums.add(this.#ended);
    sums.add(this.#sumsUntil(this.#lastTs));
    const minutes = sums.longestMinutes;
    return [
      rowOf({
        ...head,
        id: "X5",
        name:
          "Share of option prints in the 1,000 busiest contracts of a session; option quotes a second",
        target: "≥ 0.45; ≤ 250",
        unit: "prints",
        n: sums.prints,
        least: 5_000,
      }, [
        judgedOn(
          minutes,
          WHOLE_MINUTES,
          bound("busiest", sums.printsOfMany / sums.prints, 0.45, 1),
        ),
        bound("quotes/s", 1_000 * this.#quotes / sums.ms, 0, 250),
      ]),
      rowOf({
        ...head,
        id: "X5b",
        name: "Age (s) of the quotes of the 3,000 busiest contracts of a session, over time",
        target: "median ≤ 10, p95 ≤ 40",
        unit: "minutes, longest session",
        n: Math.round(minutes),
        least: WHOLE_MINUTES,
      }, [
        bound("median", sums.ages.quantile(0.5) / 1_000, 0, 10),
        bound("p95", sums.ages.quantile(0.95) / 1_000, 0, 40),
      ]),
      this.#completeness.row(told),
    ];
  }
}
