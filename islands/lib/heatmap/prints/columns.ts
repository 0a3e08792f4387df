import { type TableColumn, timeColumn } from "../../table/mod.ts";
import { fixed } from "../../text/mod.ts";
import type { PriceScale } from "../price_text.ts";
import type { Aggressor, Print, PrintRow } from "./print.ts";

/** Aggressors as rows and chips name them: with a shape, so that none is told by colour alone. */
export const SIDE_TEXT: Readonly<
  Record<Aggressor, { readonly text: string; readonly tone: string }>
> = {
  [1]: { text: "● bought", tone: "buy" },
  [-1]: { text: "◆ sold", tone: "sell" },
  [0]: { text: "□ no side", tone: "faint" },
};

/** Columns of time and sales. @param decimals Decimals of a price. */
export function printColumns(
  { decimals }: PriceScale,
  qtyUnit: string,
): readonly TableColumn<PrintRow>[] {
  const of = (text: (print: Print) => string) => (row: PrintRow) =>
    row.kind === "print" ? text(row) : "";
  return [
    timeColumn<PrintRow>(),
    {
      id: "price",
      label: "Price",
      title: "Traded price",
      width: 80,
      rank: 1,
      text: of(({ priceInt }) => fixed(priceInt * 1e-9, decimals)),
    },
    {
      id: "size",
      label: "Size",
      title: `Traded quantity, ${qtyUnit}`,
      width: 48,
      rank: 2,
      text: of(({ size }) => fixed(size, 0)),
    },
    {
      id: "side",
      label: "Aggressor",
      title:
        "Who took the other's order: bought at the ask, sold at the bid; no side where the venue names none",
      width: 72,
      rank: 3,
      isText: true,
      text: of(({ aggressor }) => SIDE_TEXT[aggressor].text),
      tone: (row) => row.kind === "print" ? SIDE_TEXT[row.aggressor].tone : "",
    },
  ];
}
