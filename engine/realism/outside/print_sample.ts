import { type BoostRows } from "./boosting.ts";
import type { SeenOptionPrint } from "./part.ts";

/** Conditions of prints that belong to an order of several legs. */
const LEGS: ReadonlySet<string> = new Set(["COMPLEX", "SPREAD", "STRADDLE", "COMBO", "BUYWRITE"]);

/** Whether a print says that it belongs to an order of several legs. */
export function isMultiLeg({ conditions }: Pick<SeenOptionPrint, "conditions">): boolean {
  return conditions.some((code) => LEGS.has(code));
}

/** Numbers for texts, in order of appearance. */
export class Names {
  readonly #known = new Map<string, number>();

  of(name: string): number {
    let found = this.#known.get(name);
    if (found === undefined) this.#known.set(name, found = this.#known.size);
    return found;
  }

  get size(): number {
    return this.#known.size;
  }
}

/** What a print shows besides price, amount and time. */
export const KINDS = ["condition", "venue", "size digits", "sequence digits"] as const;
export type Kind = typeof KINDS[number];

const COLUMNS: readonly Kind[] = [
  "condition",
  "venue",
  "size digits",
  "size digits",
  "sequence digits",
  "sequence digits",
  "sequence digits",
  "sequence digits",
];
/** Level of a size without digits besides the amount itself. */
const NO_DIGITS = 15;

/** How round a size is: 5 multiple of 100, 4 of 50, 3 of 25, 2 of 10, 1 of 5, else 0. */
function roundness(size: number): number {
  return [100, 50, 25, 10, 5].findIndex((unit) => size % unit === 0);
}

/** Greatest level that a column holds; more conditions or venues than that are one. */
const MOST_LEVEL = 255;

/**
 * A sample of prints in order, of bounded size: when it is full, every second one at random leaves, and only as
 * many of the later ones come in.
 */
export class PrintSample {
  readonly #conditions = new Names();
  readonly #venues = new Names();
  readonly #levels: readonly Uint8Array[];
  readonly #classes: Uint8Array;
  /** What decides whether a row stays, 0 to 1. */
  readonly #luck: Float64Array;
  #size = 0;
  #share = 1;
  #state = 0x9e3779b9;

  /** @param most Rows that are kept. */
  constructor(most: number) {
    this.#levels = COLUMNS.map(() => new Uint8Array(most));
    this.#classes = new Uint8Array(most);
    this.#luck = new Float64Array(most);
  }

  get size(): number {
    return this.#size;
  }

  /** Adds a print of a class. */
  add(print: SeenOptionPrint, of: number): void {
    const luck = this.#draw();
    if (luck >= this.#share) return;
    const row = this.#size++;
    this.#luck[row] = luck;
    this.#classes[row] = of;
    this.#levelsOf(print).forEach((level, i) => {
      const column = this.#levels[i];
      if (column !== undefined) column[row] = Math.min(level, MOST_LEVEL);
    });
    if (this.#size === this.#luck.length) this.#thin();
  }

  #thin(): void {
    this.#share /= 2;
    let kept = 0;
    for (let row = 0; row < this.#size; row++) {
      if ((this.#luck[row] ?? 1) >= this.#share) continue;
      for (const column of [this.#luck, this.#classes, ...this.#levels]) {
        column[kept] = column[row] ?? 0;
      }
      kept++;
    }
    this.#size = kept;
  }

  #levelsOf({ conditions, exchange, size, seq, trace_id }: SeenOptionPrint): readonly number[] {
    const isSmall = size < 10;
    return [
      this.#conditions.of(
        conditions.length < 2 ? conditions[0] ?? "" : conditions.toSorted().join("+"),
      ),
      this.#venues.of(exchange),
      // A size of one digit is an amount.
      isSmall ? NO_DIGITS : size % 10,
      isSmall ? NO_DIGITS : roundness(size) + 1,
      seq % 10,
      Math.floor(seq / 10) % 10,
      trace_id.charCodeAt(trace_id.length - 1) & 0x7f,
      trace_id.charCodeAt(trace_id.length - 2) & 0x7f,
    ];
  }

  /** The columns of one kind, or of all. Sizes of one digit are left out where digits of sizes are asked for. */
  rows(kind: Kind | null): BoostRows {
    const columns = COLUMNS.flatMap((of, i) => kind === null || of === kind ? [i] : []);
    const sized = kind === "size digits" ? this.#levels[columns[0] ?? 0] : undefined;
    const isKept = (_: number, row: number) => sized?.[row] !== NO_DIGITS;
    return {
      features: columns.map((i) =>
        Uint16Array.from(this.#levels[i]?.subarray(0, this.#size).filter(isKept) ?? [])
      ),
      classes: this.#classes.subarray(0, this.#size).filter(isKept),
    };
  }

  /** Marsaglia's xorshift, 0 to 1. */
  #draw(): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    return (x >>> 0) / 4_294_967_296;
  }
}
