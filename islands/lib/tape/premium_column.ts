import { moneyTone, type TableColumn } from "../table/mod.ts";
import { money } from "./words.ts";

/** Premium of a row, USD. @param title What it is a sum or product of. */
export function premiumColumn<R extends { readonly premium: number }>(
  title: string,
  width = 58,
): TableColumn<R> {
  return {
    id: "premium",
    label: "Prem",
    title,
    width,
    rank: 2,
    text: (row) => money(row.premium),
    tone: (row) => moneyTone(row.premium),
    figure: (row) => row.premium,
  };
}
