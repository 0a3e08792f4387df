import { PROFILE_IDS } from "../regime/mod.ts";
import type { RawOptionPrint, StreamName, StreamRecords } from "../frames/mod.ts";
import type { Label } from "../tape/options/mod.ts";
import { leakScore, leaksIn } from "./leaks.ts";
import type { Meter } from "./meter.ts";
import type { LabelledPrint } from "./option_sample.ts";
import type { Tallies } from "./tallies.ts";

/** Streams whose records name the public profiles. */
const NAMING: ReadonlySet<StreamName> = new Set(["smart-money", "classifier-hits", "alerts"]);
const PROFILES: ReadonlySet<string> = new Set(PROFILE_IDS);

/** How much a leak meter looks at. */
export interface LeakScope {
  /** Of the records of each stream, every so many are searched. */
  readonly every: number;
  /** Newest prints that the tree is grown on, of labelled ones and of all. */
  readonly prints: number;
}

/** Forbidden words in what goes out, and how well prints give their family away. */
export class LeakMeter implements Meter {
  readonly #scope: LeakScope;
  readonly #tallies: Tallies;
  readonly #labelled: LabelledPrint[] = [];
  readonly #all: LabelledPrint[] = [];
  readonly #seen = new Map<StreamName, number>();

  constructor(scope: LeakScope, tallies: Tallies) {
    this.#scope = scope;
    this.#tallies = tallies;
  }

  optionPrint(print: RawOptionPrint, label: Label | null): void {
    const row: LabelledPrint = {
      print,
      slot: label?.slot ?? -1,
      family: label?.family ?? "neutral_noise",
      subtype: label?.subtype ?? "",
    };
    keep(this.#all, row, this.#scope.prints);
    if (row.slot >= 0) keep(this.#labelled, row, this.#scope.prints);
  }

  derived<S extends StreamName>(stream: S, record: StreamRecords[S]): void {
    const seen = this.#seen.get(stream) ?? 0;
    this.#seen.set(stream, seen + 1);
    if (seen % this.#scope.every !== 0) return;
    const words = leaksIn(record).filter((word) => !(NAMING.has(stream) && PROFILES.has(word)));
    this.#tallies.share("L1", words.length > 0 ? 1 : 0, 1);
  }

  addTo(tallies: Tallies): void {
    if (this.#labelled.length < 500) return;
    for (const [key, rows] of [["L2.all", this.#all], ["L2.labelled", this.#labelled]] as const) {
      const { majority, tree } = leakScore(rows);
      tallies.share(`${key}.majority`, majority * rows.length, rows.length);
      tallies.share(`${key}.tree`, tree * rows.length, rows.length);
    }
  }
}

/** Adds a row to a list that forgets its oldest half when it is twice too long. */
function keep(rows: LabelledPrint[], row: LabelledPrint, most: number): void {
  rows.push(row);
  if (rows.length >= 2 * most) rows.splice(0, rows.length - most);
}
