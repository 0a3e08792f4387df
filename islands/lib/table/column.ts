import { DASH, exchangeClock } from "../text/mod.ts";

/** A column of a table. */
export interface TableColumn<R> {
  readonly id: string;
  readonly label: string;
  /** Meaning and unit, for the header's tooltip. */
  readonly title: string;
  /** Least width, px. */
  readonly width: number;
  /** Low numbers stay longest when a pane becomes narrow. */
  readonly rank: number;
  readonly isText?: boolean;
  readonly text: (row: R) => string;
  /** Class of the cell; the text must say the same. */
  readonly tone?: (row: R) => string;
  /** Figure to sort by; none: not sortable. */
  readonly figure?: (row: R) => number;
}

/** Short name of a band of scores. */
export const BAND: Readonly<Record<string, string>> = { high: "H", medium: "M", low: "L" };

/** A share as whole percent. */
export function shareText(value: number | null): string {
  return value === null ? DASH : `${Math.round(value * 100)}`;
}

/** Emphasis of an amount of USD. */
export function moneyTone(value: number): string {
  return value >= 1e6 ? "strong" : "";
}

/** Time of a row. */
export function timeColumn<R extends { readonly ts: number }>(): TableColumn<R> {
  return {
    id: "time",
    label: "Time",
    title: "Exchange time, New York",
    width: 88,
    rank: 0,
    text: (row) => exchangeClock(row.ts, true),
    figure: (row) => row.ts,
  };
}

/** Underlying of a row. */
export function symbolColumn<R extends { readonly symbol: string }>(rank = 1): TableColumn<R> {
  return {
    id: "symbol",
    label: "Symbol",
    title: "Underlying",
    width: 48,
    rank,
    isText: true,
    text: (row) => row.symbol,
    tone: () => "name",
  };
}

/**
 * A column of a figure that rows can be sorted by.
 *
 * @param of The figure; null where there is none, which shows as a dash.
 * @param show Its text; the plain number when omitted.
 * @param none What a row without it sorts as.
 */
export function figureColumn<R>(
  head: Pick<TableColumn<R>, "id" | "label" | "title" | "width" | "rank">,
  of: (row: R) => number | null,
  show: (value: number) => string = String,
  none = -1,
): TableColumn<R> {
  return {
    ...head,
    text: (row) => {
      const value = of(row);
      return value === null ? DASH : show(value);
    },
    figure: (row) => of(row) ?? none,
  };
}
