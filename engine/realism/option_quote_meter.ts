import type { OptionNbbo, RawOptionPrint } from "../frames/mod.ts";
import { type ContractTerms, parseContractId } from "../options/mod.ts";
import type { Label } from "../tape/options/mod.ts";
import type { Meter, MeteredSession } from "./meter.ts";
import {
  bySecond,
  callShapeBroken,
  lockedShares,
  parityKept,
  updatesWithoutPrint,
} from "./option_quotes.ts";
import type { LabelledPrint, OptionSample } from "./option_sample.ts";
import { listingViolations } from "./option_timing.ts";
import type { Tallies } from "./tallies.ts";

const MINUTE_MS = 60_000;

/** Measures option quotes minute by minute, so that it holds no more than a minute of them. */
export class OptionQuoteMeter implements Meter {
  readonly #of: MeteredSession;
  readonly #tallies: Tallies;
  /** Terms of the session's contracts by id: each is quoted again and again. */
  readonly #terms = new Map<string, ContractTerms | null>();
  #fromTs: number;
  #nbbo: OptionNbbo[] = [];
  #prints: LabelledPrint[] = [];

  /** @param fromTs Epoch ms from which the session is read. */
  constructor(of: MeteredSession, tallies: Tallies, fromTs: number) {
    this.#of = of;
    this.#tallies = tallies;
    this.#fromTs = fromTs;
  }

  optionNbbo(quote: OptionNbbo): void {
    this.#nbbo.push(quote);
  }

  optionPrint(print: RawOptionPrint, label: Label | null): void {
    this.#prints.push({
      print,
      slot: label?.slot ?? -1,
      family: label?.family ?? "neutral_noise",
      subtype: label?.subtype ?? "",
    });
  }

  second(tsMs: number): void {
    if (tsMs - this.#fromTs < MINUTE_MS) return;
    const sample: OptionSample = {
      tape: { path: () => this.#of.path },
      termsOf: (id) => this.#termsOf(id),
      fromTs: this.#fromTs,
      untilTs: tsMs,
      nbbo: this.#nbbo,
      prints: this.#prints,
      equityQuoteTs: [],
      equityPrintTs: [],
    };
    this.#measure(sample);
    this.#fromTs = tsMs;
    this.#nbbo = [];
    this.#prints = [];
  }

  #termsOf(id: string): ContractTerms | null {
    let terms = this.#terms.get(id);
    if (terms === undefined) this.#terms.set(id, terms = parseContractId(id));
    return terms;
  }

  #measure(sample: OptionSample): void {
    const quotes = sample.nbbo.length;
    if (quotes === 0) return;
    const tallies = this.#tallies;
    tallies.share("Q2.nbbo", updatesWithoutPrint(sample) * quotes, quotes);
    const { byCount, byTime } = lockedShares(sample);
    tallies.share("Q4.option", byCount * quotes, quotes);
    tallies.add("Q4.time", byTime);
    const seconds = bySecond(sample);
    const parity = parityKept(sample, seconds);
    if (parity.cases > 0) tallies.share("Q5", parity.share * parity.cases, parity.cases);
    const shape = callShapeBroken(sample, seconds);
    tallies.share("Q6", shape.share * shape.cases, shape.cases);
    const records = quotes + sample.prints.length;
    tallies.share("T8", listingViolations(sample).length, records);
  }
}
