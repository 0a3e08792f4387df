import type { LowerMode } from "./chart_model.ts";

/** Bar lengths that a chart offers, with the interval that is asked of the server. */
export const INTERVALS = [
  { label: "1m", ms: 60_000, asked: 60_000 },
  { label: "5m", ms: 300_000, asked: 300_000 },
  { label: "15m", ms: 900_000, asked: 900_000 },
  { label: "30m", ms: 1_800_000, asked: 900_000 },
  { label: "1h", ms: 3_600_000, asked: 900_000 },
] as const;

/** What the lower part can show. */
export const LOWER_MODES: readonly (readonly [LowerMode, string])[] = [
  ["volume", "Volume"],
  ["direction", "Flow direction"],
  ["flow", "All flow"],
];

/** What a chart pane remembers. */
export interface ChartSettings {
  readonly intervalMs: number;
  readonly style: "candles" | "heikin-ashi";
  readonly lower: LowerMode;
  /** Symbol drawn beside the own one; empty: none. */
  readonly compare: string;
  /** Draws regimes and moves of the latent market; operators only. */
  readonly hidden: boolean;
}

/** Reads the settings of a pane; what is missing or wrong takes its default. */
export function readChartSettings(text: string): ChartSettings {
  const params = new URLSearchParams(text);
  const ms = Number(params.get("interval"));
  const compare = (params.get("compare") ?? "").toUpperCase();
  return {
    intervalMs: INTERVALS.find((interval) => interval.ms === ms)?.ms ?? 60_000,
    style: params.get("style") === "heikin-ashi" ? "heikin-ashi" : "candles",
    lower: LOWER_MODES.find(([mode]) => mode === params.get("lower"))?.[0] ?? "volume",
    compare: /^[A-Z0-9._-]{1,16}$/.test(compare) ? compare : "",
    hidden: params.get("hidden") === "1",
  };
}

/** What a chart shows, in words for a picture that stands alone. */
export function chartWords(
  { intervalMs, style, lower, compare, hidden }: ChartSettings,
): readonly string[] {
  const interval = INTERVALS.find(({ ms }) => ms === intervalMs)?.label ?? "";
  return [
    `${interval} ${style === "candles" ? "candles" : "Heikin Ashi"}, VWAP`,
    LOWER_MODES.find(([mode]) => mode === lower)?.[1] ?? "",
    ...(compare === "" ? [] : [`${compare} scaled to start together`]),
    ...(hidden ? ["latent market"] : []),
  ];
}

/** The settings as a pane keeps them. */
export function chartSettingsText(settings: ChartSettings): string {
  const params = new URLSearchParams({
    interval: `${settings.intervalMs}`,
    style: settings.style,
    lower: settings.lower,
  });
  if (settings.compare !== "") params.set("compare", settings.compare);
  if (settings.hidden) params.set("hidden", "1");
  return params.toString();
}
