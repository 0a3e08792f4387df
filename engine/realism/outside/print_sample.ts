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

/**
 * A sample of prints in order, of bounded size: when it is full, every second one at random leaves, and only as
 * many of the later ones come in.
 */
export class PrintSample {
  readonly #most: number;
  readonly #conditions = new Names();
  readonly #venues = new Names();
  #rows: { readonly luck: number; readonly levels: readonly number[]; readonly of: number }[] = [];
  #share = 1;
  #state = 0x9e3779b9;

  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#rows.length;
  }

  /** Adds a print of a class. */
  add(print: SeenOptionPrint, of: number): void {
    const luck = this.#draw();
    if (luck >= this.#share) return;
    this.#rows.push({ luck, levels: this.#levels(print), of });
    if (this.#rows.length < this.#most) return;
    this.#share /= 2;
    this.#rows = this.#rows.filter((row) => row.luck < this.#share);
  }

  #levels({ conditions, exchange, size, seq, trace_id }: SeenOptionPrint): readonly number[] {
    const isSmall = size < 10;
    return [
      this.#conditions.of([...conditions].sort().join("+")),
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
    const sized = columns[0] ?? 0;
    const rows = kind === "size digits"
      ? this.#rows.filter(({ levels }) => levels[sized] !== NO_DIGITS)
      : this.#rows;
    return {
      features: columns.map((i) => Uint16Array.from(rows, ({ levels }) => levels[i] ?? 0)),
      classes: Uint8Array.from(rows, ({ of }) => of),
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
