import { bound, type RealismRow, rowOf } from "../row.ts";
import { EventJudge } from "./event_judge.ts";
import {
  type OutsidePart,
  type SeenEvent,
  type SeenOptionPrint,
  type SeenSession,
  told,
} from "./part.ts";

const BINS = 10;
const LEAST_EVENTS = 200;

/** What was said of events and what was right, by tenth of what was said. */
class Curve {
  readonly #n = new Float64Array(BINS);
  readonly #right = new Float64Array(BINS);
  readonly #said = new Float64Array(BINS);

  add(said: number, isRight: boolean): void {
    const bin = Math.min(BINS - 1, Math.floor(said * BINS + 1e-9));
    this.#n[bin] = (this.#n[bin] ?? 0) + 1;
    this.#said[bin] = (this.#said[bin] ?? 0) + said;
    if (isRight) this.#right[bin] = (this.#right[bin] ?? 0) + 1;
  }

  get total(): number {
    return this.#n.reduce((a, b) => a + b, 0);
  }

  /** Mean distance of what was said from what was right; NaN without events. */
  get error(): number {
    let sum = 0;
    this.#n.forEach((n, bin) => {
      sum += n === 0 ? 0 : Math.abs((this.#right[bin] ?? 0) - (this.#said[bin] ?? 0));
    });
    return sum / this.total;
  }

  /** Share right of each tenth that had events. */
  bounds(of: string) {
    return [...this.#n].flatMap((n, bin) =>
      n === 0 ? [] : [told(`${of} ${(bin / BINS).toFixed(1)}`, (this.#right[bin] ?? 0) / n)]
    );
  }
}

/**
 * Whether what an event says of itself as a probability is the share of such events that are right. Events that
 * say nothing, as on a tape whose makers nobody knows, are not judged; the curve of the scores is told besides.
 *
 * @see Guo et al. (2017), "On calibration of modern neural networks", for the error.
 */
export class Calibration implements OutsidePart {
  readonly #judge = new EventJudge();
  readonly #said = new Curve();
  readonly #scores = new Curve();

  begin(session: SeenSession): void {
    this.#judge.begin(session);
  }

  optionPrint(print: SeenOptionPrint): void {
    this.#judge.optionPrint(print);
  }

  event(event: SeenEvent): void {
    const judged = this.#judge.judge(event);
    if (judged === null) return;
    this.#scores.add(judged.score, judged.isRight);
    if (judged.probability !== null) this.#said.add(judged.probability, judged.isRight);
  }

  rows(): RealismRow[] {
    return [
      rowOf({
        id: "X8",
        name:
          "The probability that a named event gives itself against the share that is right: mean error, and " +
          "share right by tenth of the probability and of the score",
        target: "error ≤ 0.02",
        basis: "judged",
        needs: ["options", "smart-money", "labels"],
        unit: "named events",
        n: this.#said.total,
        least: LEAST_EVENTS,
      }, [
        bound("error", this.#said.error, 0, 0.02),
        ...this.#said.bounds("right at"),
        ...this.#scores.bounds("right at score"),
      ]),
    ];
  }
}
