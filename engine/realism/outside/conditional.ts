import { type Bound, bound, type RealismRow, rowOf } from "../row.ts";
import { tellClasses, type Told } from "./boosting.ts";
import type { SeenContract } from "./contracts.ts";
import {
  type LabelOf,
  type OutsidePart,
  type SeenOptionPrint,
  type SeenSession,
  told,
} from "./part.ts";
import { isMultiLeg, type Kind, KINDS, Names, PrintSample } from "./print_sample.ts";

/** Fewest prints of orders for a row. */
const LEAST_LABELLED = 1_500;
const MOST_ACCURACY = 0.02;
const MOST_LOSS_PERCENT = 5;
/** More families than this are one. */
const MOST_FAMILIES = 16;

/** What is asked of a sample. */
interface Question {
  readonly id: string;
  readonly name: string;
  readonly sample: PrintSample;
  readonly classes: number;
  /** Prints of orders. */
  readonly n: number;
}

/** How much better than the frequencies alone: share of right guesses, and log-loss in %. */
function gains({ accuracy, baseAccuracy, loss, baseLoss }: Told) {
  return { accuracy: accuracy - baseAccuracy, lossPercent: 100 * (1 - loss / baseLoss) };
}

/**
 * What condition, venue, digits of sizes and digits of sequence numbers tell of what was meant: each alone
 * fitted by boosted trees to the earlier prints, tried on the later ones.
 */
export class Conditional implements OutsidePart {
  readonly #families = new Names();
  readonly #all: PrintSample;
  readonly #single: PrintSample;
  readonly #multi: PrintSample;
  readonly #either: PrintSample;
  #labelled = 0;
  #labelOf: LabelOf | null = null;

  /** @param mostPrints Prints that are kept of each kind of sample. */
  constructor(mostPrints: number) {
    this.#all = new PrintSample(mostPrints);
    this.#single = new PrintSample(mostPrints);
    this.#multi = new PrintSample(mostPrints);
    this.#either = new PrintSample(mostPrints);
  }

  begin({ labelOf }: SeenSession): void {
    this.#labelOf = labelOf;
  }

  optionPrint(print: SeenOptionPrint, _: SeenContract): void {
    if (this.#labelOf === null) return;
    const label = this.#labelOf(print.trace_id);
    this.#all.add(print, label === null ? 0 : 1);
    if (label === null) return;
    this.#labelled++;
    const family = Math.min(this.#families.of(label.family), MOST_FAMILIES - 1);
    (isMultiLeg(print) ? this.#multi : this.#single).add(print, family);
    this.#either.add(print, family);
  }

  rows(): RealismRow[] {
    const families = Math.max(1, Math.min(this.#families.size, MOST_FAMILIES));
    const family = "Family told within";
    return [
      this.#row({
        id: "X3",
        name: "Prints of orders told from background prints",
        sample: this.#all,
        classes: 2,
        n: this.#labelled,
      }),
      this.#row({
        id: "X3b",
        name: `${family} single-leg prints of orders`,
        sample: this.#single,
        classes: families,
        n: this.#single.size,
      }, this.#either.size < LEAST_LABELLED ? [] : this.#ofEither(families)),
      this.#row({
        id: "X3c",
        name: `${family} multi-leg prints of orders`,
        sample: this.#multi,
        classes: families,
        n: this.#multi.size,
      }),
    ];
  }

  /** What the condition tells of all prints of orders, which sees that orders of several legs say so. */
  #ofEither(families: number): readonly Bound[] {
    const { accuracy, baseAccuracy } = tellClasses(this.#either.rows("condition"), families);
    return [
      told("with several legs from the condition: right", accuracy),
      told("most frequent", baseAccuracy),
    ];
  }

  #row({ id, name, sample, classes, n }: Question, more: readonly Bound[] = []): RealismRow {
    const isEnough = n >= LEAST_LABELLED;
    const found = (kind: Kind | null) =>
      isEnough
        ? gains(tellClasses(sample.rows(kind), classes))
        : { accuracy: NaN, lossPercent: NaN };
    const bounds = KINDS.flatMap((kind) => {
      const { accuracy, lossPercent } = found(kind);
      return [
        bound(`${kind}: accuracy`, accuracy, -1, MOST_ACCURACY),
        bound("loss %", lossPercent, -Infinity, MOST_LOSS_PERCENT),
      ];
    });
    const together = found(null);
    return rowOf({
      id,
      name:
        `${name}, from one kind of mark: gain in accuracy, and in log-loss (%), over frequencies`,
      target: `each ≤ ${MOST_ACCURACY} and ≤ ${MOST_LOSS_PERCENT} %`,
      basis: "judged",
      needs: ["options", "labels"],
      unit: "prints of orders",
      n,
      least: LEAST_LABELLED,
    }, [
      ...bounds,
      told("together: accuracy", together.accuracy),
      told("loss %", together.lossPercent),
      ...more,
    ]);
  }
}
