import { type Side, SIDES } from "./side.ts";

/** Figures that can be bounded, with the words of the filter form. */
export const RANGES = {
  premium: "Premium, USD",
  size: "Size",
  dte: "Days to expiry",
  delta: "Delta",
  iv: "Volatility, %",
  moneyness: "Strike / spot",
  price: "Price, USD",
  score: "Score",
} as const;
export type RangeName = keyof typeof RANGES;
/** What saved layouts and links of older releases call a figure. */
const OLD_NAMES: Readonly<Partial<Record<RangeName, string>>> = { score: "probability" };

/** Bounds, both inclusive; null: open. */
export interface Bounds {
  readonly min: number | null;
  readonly max: number | null;
}

/** Profile of rows that belong to no recognised event. */
export const UNRECOGNISED = "unrecognised";

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

/** Named choices of sides. */
export const SIDE_PRESETS: readonly (readonly [string, readonly Side[]])[] = [
  ["All sides", SIDES],
  ["AA+A+MID", ["AA", "A", "MID"]],
  ["AA", ["AA"]],
  ["A", ["A"]],
  ["Ask side", ["AA", "A"]],
  ["Mid", ["MID"]],
  ["Bid side", ["B", "BB"]],
  ["B", ["B"]],
  ["BB", ["BB"]],
];

/** The filter of a new tape: everything passes. */
export const OPEN_FILTER: TapeFilter = {
  view: "raw",
  sides: SIDES,
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
  set("view", filter.view, OPEN_FILTER.view);
  set("side", filter.sides.join(","), SIDES.join(","));
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
    const range = params.get(`r.${name}`) ?? params.get(`r.${OLD_NAMES[name] ?? name}`);
    if (range === null) continue;
    const [min, max] = range.split("..");
    ranges[name] = { min: numberIn(min), max: numberIn(max) };
  }
  const sort = /^([a-z]+)([+\s-])$/.exec(params.get("sort") ?? "");
  const contract = params.get("contract");
  const profile = params.get("profile");
  const columns = params.get("cols");
  return {
    view: one(params.get("view"), ["signal", "raw"], OPEN_FILTER.view),
    sides: sides === null ? SIDES : SIDES.filter((side) => sides.split(",").includes(side)),
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
