import { type Side, SIDES, sideSign, type TapeChannel, type TapeRow } from "./rows.ts";
import { MAX_WIRE_SYMBOLS, type TapeQuery, type WireFilters } from "./tape_query.ts";

/** Figures that can be bounded, with the words of the filter form. */
export const RANGES = {
  premium: "Premium, USD",
  size: "Size",
  dte: "Days to expiry",
  delta: "Delta",
  iv: "Volatility, %",
  moneyness: "Strike / spot",
  price: "Price, USD",
  probability: "P",
} as const;
export type RangeName = keyof typeof RANGES;

/** Bounds, both inclusive; null: open. */
export interface Bounds {
  readonly min: number | null;
  readonly max: number | null;
}

export type GroupBy = "none" | "contract" | "symbol" | "profile";
export const GROUP_BY: readonly GroupBy[] = ["none", "contract", "symbol", "profile"];

/** What one tape shows, and in which order. Saved with the layout and carried by links. */
export interface TapeFilter {
  readonly view: "signal" | "raw";
  readonly sides: readonly Side[];
  readonly right: "both" | "call" | "put";
  readonly security: "all" | "stock" | "etf";
  /** USD; 0: none. */
  readonly minPremium: number;
  /** Prints of a recognised event only; of events: those that did not abstain. */
  readonly smartOnly: boolean;
  readonly offOnly: boolean;
  readonly contract: string | null;
  readonly profile: string | null;
  readonly severity: "all" | "medium" | "high";
  readonly ranges: Readonly<Partial<Record<RangeName, Bounds>>>;
  readonly sort: { readonly column: string; readonly isDown: boolean } | null;
  readonly group: GroupBy;
  /** Columns that the reader chose; null: what fits. */
  readonly columns: readonly string[] | null;
}

/** Sides that the options tape shows at first. */
const FIRST_SIDES: readonly Side[] = ["AA", "A", "MID"];

/** Named choices of sides. */
export const SIDE_PRESETS: readonly (readonly [string, readonly Side[]])[] = [
  ["AA+A+MID", FIRST_SIDES],
  ["All sides", SIDES],
  ["AA", ["AA"]],
  ["A", ["A"]],
  ["Ask side", ["AA", "A"]],
  ["Mid", ["MID"]],
  ["Bid side", ["B", "BB"]],
  ["B", ["B"]],
  ["BB", ["BB"]],
];

/** The filter of a new tape. */
export const FIRST_FILTER: TapeFilter = {
  view: "signal",
  sides: FIRST_SIDES,
  right: "both",
  security: "all",
  minPremium: 0,
  smartOnly: false,
  offOnly: false,
  contract: null,
  profile: null,
  severity: "all",
  ranges: {},
  sort: null,
  group: "none",
  columns: null,
};

function one<T extends string>(value: string | null, among: readonly T[], other: T): T {
  return among.find((item) => item === value) ?? other;
}

function numberIn(text: string | undefined): number | null {
  if (text === undefined || text.trim() === "") return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/** Writes a filter as a query string; what is as at first is left out. */
export function filterText(filter: TapeFilter): string {
  const params = new URLSearchParams();
  const set = (name: string, value: string, first: string) => {
    if (value !== first) params.set(name, value);
  };
  set("view", filter.view, FIRST_FILTER.view);
  set("side", filter.sides.join(","), FIRST_SIDES.join(","));
  set("type", filter.right, "both");
  set("security", filter.security, "all");
  set("min", `${filter.minPremium}`, "0");
  set("smart", filter.smartOnly ? "1" : "0", "0");
  set("off", filter.offOnly ? "1" : "0", "0");
  set("contract", filter.contract ?? "", "");
  set("profile", filter.profile ?? "", "");
  set("severity", filter.severity, "all");
  for (const [name, range] of Object.entries(filter.ranges)) {
    set(`r.${name}`, `${range.min ?? ""}..${range.max ?? ""}`, "..");
  }
  set(
    "sort",
    filter.sort === null ? "" : `${filter.sort.column}${filter.sort.isDown ? "-" : "+"}`,
    "",
  );
  set("group", filter.group, "none");
  set("cols", filter.columns?.join(",") ?? "", "");
  return params.toString();
}

/** Reads what {@link filterText} wrote; anything unknown is as at first. */
export function readFilter(text: string): TapeFilter {
  const params = new URLSearchParams(text);
  const sides = params.get("side");
  const ranges: Partial<Record<RangeName, Bounds>> = {};
  for (const name of Object.keys(RANGES) as RangeName[]) {
    const range = params.get(`r.${name}`);
    if (range === null) continue;
    const [min, max] = range.split("..");
    ranges[name] = { min: numberIn(min), max: numberIn(max) };
  }
  const sort = /^([a-z]+)([+\s-])$/.exec(params.get("sort") ?? "");
  const contract = params.get("contract");
  const profile = params.get("profile");
  const columns = params.get("cols");
  return {
    view: one(params.get("view"), ["signal", "raw"], "signal"),
    sides: sides === null ? FIRST_SIDES : SIDES.filter((side) => sides.split(",").includes(side)),
    right: one(params.get("type"), ["both", "call", "put"], "both"),
    security: one(params.get("security"), ["all", "stock", "etf"], "all"),
    minPremium: Math.max(0, numberIn(params.get("min") ?? undefined) ?? 0),
    smartOnly: params.get("smart") === "1",
    offOnly: params.get("off") === "1",
    contract: contract !== null && /^[\w.:|+-]{1,64}$/.test(contract) ? contract : null,
    profile: profile !== null && /^[a-z_]{1,64}$/.test(profile) ? profile : null,
    severity: one(params.get("severity"), ["all", "medium", "high"], "all"),
    ranges,
    sort: sort === null ? null : { column: sort[1] ?? "", isDown: sort[2] === "-" },
    group: one(params.get("group"), GROUP_BY, "none"),
    columns: columns === null || columns === "" ? null : columns.split(",").slice(0, 32),
  };
}

/** The part of a filter that the server applies. A contract is always looked at raw. */
export function queryOf(
  channel: TapeChannel,
  filter: TapeFilter,
  symbols: readonly string[],
): TapeQuery {
  const few = symbols.length <= MAX_WIRE_SYMBOLS ? symbols : [];
  if (channel !== "options") return { channel, filters: {}, symbols: few, contract: null };
  if (filter.contract !== null) {
    const filters: WireFilters = { view: "raw", security: "all" };
    return { channel, filters, symbols: [], contract: filter.contract };
  }
  const filters: WireFilters = {
    view: filter.view,
    security: filter.security,
    ...(filter.sides.length === SIDES.length ? {} : { side: filter.sides }),
    ...(filter.right === "both" ? {} : { type: [filter.right] }),
    ...(filter.minPremium > 0 ? { min_notional: filter.minPremium } : {}),
  };
  return { channel, filters, symbols: few, contract: null };
}

/** A bounded figure of a row; null when the row has none. Volatility in percent. */
function figureOf(row: TapeRow, name: RangeName): number | null {
  if (row.kind === "gap") return null;
  const record: Readonly<Record<string, unknown>> = { ...row };
  const value =
    record[name === "probability" && row.kind === "inferred-dark" ? "confidence" : name];
  if (typeof value !== "number") return null;
  return name === "iv" ? value * 100 : value;
}

function inRanges(row: TapeRow, ranges: [RangeName, Bounds][]): boolean {
  for (const [name, { min, max }] of ranges) {
    const value = figureOf(row, name);
    if (value === null || (min !== null && value < min) || (max !== null && value > max)) {
      return false;
    }
  }
  return true;
}

/**
 * Returns the test of a filter on the page's side: what the server cannot do, and what it does too, as
 * streams may be shared.
 *
 * @param isMarked Whether a print belongs to a recognised event, by its id.
 */
export function rowTest(
  filter: TapeFilter,
  symbols: readonly string[],
  isMarked: (id: string) => boolean,
): (row: TapeRow) => boolean {
  const wanted = symbols.length === 0 || filter.contract !== null ? null : new Set(symbols);
  const sides = filter.contract !== null ? null : new Set(filter.sides);
  const ranges = (Object.entries(filter.ranges) as [RangeName, Bounds][])
    .filter(([, { min, max }]) => min !== null || max !== null);
  return (row) => {
    if (row.kind === "gap") return true;
    if (wanted !== null && !wanted.has(row.symbol)) return false;
    if (ranges.length > 0 && !inRanges(row, ranges)) return false;
    switch (row.kind) {
      case "options":
        if (sides !== null && !sides.has(row.side)) return false;
        return !filter.smartOnly || isMarked(row.id);
      case "equities":
        return (!filter.offOnly || row.isOff) && row.premium >= filter.minPremium;
      case "smart-money":
        if (filter.smartOnly && row.profile === null) return false;
        return (filter.profile === null || row.profile === filter.profile) &&
          row.premium >= filter.minPremium;
      case "flow":
        return row.premium >= filter.minPremium;
      case "alerts":
        if (filter.profile !== null && row.profile !== filter.profile) return false;
        return filter.severity === "all" || row.severity === "high" ||
          row.severity === filter.severity;
      default:
        return true;
    }
  };
}

/** Premium of a print with its sign: bought +, sold −, neither 0. USD. */
export function signedPremium(row: TapeRow): number {
  if (row.kind === "options") return sideSign(row.side) * row.premium;
  if (row.kind === "smart-money") return directionSign(row.direction) * row.premium;
  if (row.kind === "flow") return row.premium * ((row.buy ?? 0) - (row.sell ?? 0));
  return 0;
}

/** Delta that a print added for its aggressor, in shares of the underlying. */
export function signedDelta(row: TapeRow): number {
  if (row.kind !== "options" || row.delta === null) return 0;
  return sideSign(row.side) * row.delta * row.size * 100;
}

function directionSign(direction: string): number {
  return direction === "bullish" ? 1 : direction === "bearish" ? -1 : 0;
}
