/** Who was the aggressor of a trade: 1 bought, −1 sold, 0 where the venue names none. */
export type Aggressor = 1 | -1 | 0;

/** One trade. */
export interface Print {
  readonly kind: "print";
  /** Unique on the page. */
  readonly id: number;
  /** Exchange time, epoch ms. */
  readonly ts: number;
  /** 1e-9 currency. */
  readonly priceInt: number;
  readonly size: number;
  readonly aggressor: Aggressor;
}

/** Time of which the page has no prints, or prints that a bin had too many of. */
export interface PrintGap {
  readonly kind: "gap";
  readonly id: number;
  /** Its end, epoch ms. */
  readonly ts: number;
  readonly text: string;
}

/** A row of time and sales. */
export type PrintRow = Print | PrintGap;

/** Aggressors in the order of the chips. */
export const AGGRESSORS: readonly Aggressor[] = [1, -1, 0];

/** Sizes that the chips offer, contracts. */
export const LEAST_SIZES: readonly number[] = [1, 5, 10, 25, 50, 100];

/** Which prints are shown. */
export interface PrintFilter {
  readonly aggressors: readonly Aggressor[];
  /** Least size, one of {@link LEAST_SIZES}. */
  readonly leastSize: number;
}

/** Everything. */
export const ALL_PRINTS: PrintFilter = { aggressors: AGGRESSORS, leastSize: 1 };

/** Whether a filter lets a print through. */
export function passes({ aggressors, leastSize }: PrintFilter, print: Print): boolean {
  return print.size >= leastSize && aggressors.includes(print.aggressor);
}

const LETTERS: Readonly<Record<string, Aggressor>> = { b: 1, s: -1, n: 0 };

/** A filter as the settings of a pane; empty for everything. */
export function printFilterText({ aggressors, leastSize }: PrintFilter): string {
  const params = new URLSearchParams();
  if (aggressors.length !== AGGRESSORS.length) {
    const letters = Object.keys(LETTERS).filter((key) => aggressors.includes(LETTERS[key]!));
    params.set("side", letters.join(""));
  }
  if (leastSize > 1) params.set("min", `${leastSize}`);
  return params.toString();
}

/** Reads what {@link printFilterText} wrote; what it does not know lets everything through. */
export function readPrintFilter(settings: string): PrintFilter {
  const params = new URLSearchParams(settings);
  const side = params.get("side");
  const letters = [...side ?? ""].flatMap((letter) => LETTERS[letter] ?? []);
  const leastSize = LEAST_SIZES.find((size) => `${size}` === params.get("min")) ?? 1;
  return { aggressors: side === null ? AGGRESSORS : letters, leastSize };
}
