import { compact, exchangeClock } from "../../text/mod.ts";
import type { GroupRow } from "../groups.ts";
import { toneOf } from "../side.ts";
import { figureColumn, type TableColumn } from "../../table/mod.ts";
import { premiumColumn } from "../premium_column.ts";
import { contractText, PROFILE_TEXT, signedMoney } from "../words.ts";

/** Columns of the rows of a grouped tape. */
export const GROUP_COLUMNS: readonly TableColumn<GroupRow>[] = [
  {
    id: "key",
    label: "Group",
    title: "Contract, underlying or profile",
    width: 140,
    rank: 0,
    isText: true,
    text: (row) => PROFILE_TEXT[row.id] ?? contractText(row.id),
    tone: () => "name",
    figure: () => 0,
  },
  figureColumn({
    id: "count",
    label: "Rows",
    title: "Rows of the group on this tape",
    width: 46,
    rank: 4,
  }, (row) => row.count),
  figureColumn(
    { id: "size", label: "Size", title: "Contracts or shares", width: 60, rank: 5 },
    (row) => row.size,
    compact,
  ),
  premiumColumn("Sum of premium, USD", 62),
  {
    id: "net",
    label: "Net prem",
    title: "Running net premium: bought at the ask minus sold at the bid, USD. " +
      "Colour: bullish against bearish; a put bought is bearish",
    width: 70,
    rank: 1,
    text: (row) => signedMoney(row.netPremium),
    tone: (row) => toneOf(row.leaningPremium),
    figure: (row) => row.netPremium,
  },
  {
    id: "netdelta",
    label: "Net Δ",
    title: "Running net delta: side × delta × size × 100, shares of the underlying",
    width: 70,
    rank: 3,
    text: (row) => signedMoney(row.netDelta),
    tone: (row) => toneOf(row.netDelta),
    figure: (row) => row.netDelta,
  },
  figureColumn(
    { id: "time", label: "Last", title: "Newest row, New York time", width: 66, rank: 6 },
    (row) => row.lastTs,
    (value) => exchangeClock(value),
  ),
];
