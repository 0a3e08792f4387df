import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { pressKey } from "../canvas/mod.ts";
import { exchangeClock, exchangeDate, fixed, keyName, signed } from "../text/mod.ts";
import type { ScreenAge } from "../clock/mod.ts";
import {
  type Desk,
  PaneFrame,
  type PaneNode,
  type PaneProps,
  rowProvenance,
  rowScreen,
  savePicture,
} from "../pane/mod.ts";
import { ChartController, type ChartReadout, type ChartState } from "./chart_controller.ts";
import { CHART_KEYS, type ChartActs } from "./chart_keys.ts";
import {
  type ChartSettings,
  chartSettingsText,
  chartWords,
  INTERVALS,
  LOWER_MODES,
  readChartSettings,
} from "./chart_settings.ts";

const FIRST_SYMBOL = "SPY";
/** Candles of one underlying with the events of the flow over them. */
export function ChartPane({ desk, node }: PaneProps) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useMemo(() => new ChartController(), []);
  const screen = useMemo(() => chartScreen(desk, node, chart), [chart]);
  const settings = useMemo(() => readChartSettings(node.settings), [node.settings]);
  const symbol = desk.symbolsOf(node)[0] ?? FIRST_SYMBOL;
  const isPaused = desk.isPaused(node);
  const url = desk.link.url.value;
  useEffect(() => chart.show(symbol, settings), [chart, symbol, settings]);
  useEffect(() => {
    const [drawn, around] = [canvas.current, box.current];
    if (drawn === null || around === null || url === "") return;
    return chart.attach(drawn, around, desk.link);
  }, [chart, url]);
  useEffect(() => chart.pause(isPaused), [chart, isPaused]);
  const change = (next: Partial<ChartSettings>) =>
    desk.update(node.key, { settings: chartSettingsText({ ...settings, ...next }) });
  const openMark = () => {
    const mark = chart.cursor?.mark;
    if (mark === null || mark === undefined) return;
    const kind = mark.kind === "smart-money" ? "smart-money" : "dark";
    desk.openEvidence({ kind, id: mark.id, symbol, ts: mark.ts, row: mark.row });
  };
  const save = () => {
    const [of, untilMs] = [rowProvenance(desk, symbol), chart.untilMs];
    if (of === null || untilMs === null || canvas.current === null) return;
    const { word, detail } = screen.state();
    const what = [...chartWords(settings), `${word}${detail}`];
    savePicture({ layers: [canvas.current], of, what, untilMs, scale: null });
  };
  const state = chart.state.value;
  return (
    <PaneFrame
      desk={desk}
      node={node}
      screen={screen}
      instrument={symbol}
      hasPause
      exports={[["Save picture", save]]}
      status={<span class="note">{symbol}</span>}
      filter={
        <Tools
          settings={settings}
          hasHidden={(chart.outline.value?.hidden ?? null) !== null}
          change={change}
        />
      }
    >
      <div
        class="chart"
        ref={box}
        tabIndex={0}
        data-focus
        role="application"
        aria-label={`Chart of ${symbol}. Arrow keys move the crosshair, plus and minus zoom, Enter opens the event.`}
        onKeyDown={(event) => onKey(event, chart, { open: openMark, save })}
      >
        <canvas ref={canvas} aria-hidden="true" onClick={openMark} />
        <ReadoutLine chart={chart} settings={settings} />
        <Waiting state={state} symbol={symbol} making={desk.link.health.value.making?.message} />
      </div>
    </PaneFrame>
  );
}

/** How old the candles are that a chart draws. */
function chartScreen(desk: Desk, node: PaneNode, chart: ChartController): ScreenAge {
  const screen = rowScreen(desk, node, {
    channel: null,
    lateAfterMs: () => chart.lateAfterMs,
    isHeld: () => chart.isBack,
    hasRows: () => chart.state.peek() !== "loading",
  });
  chart.onDrawn = (newestTs) => screen.drawn(newestTs);
  return screen;
}

function onKey(event: KeyboardEvent, chart: ChartController, acts: ChartActs): void {
  if (!pressKey(CHART_KEYS, keyName(event), chart, acts)) return;
  event.preventDefault();
  event.stopPropagation();
}

/** What stands in place of the candles while there are none. */
function Waiting(
  { state, symbol, making }: {
    readonly state: ChartState;
    readonly symbol: string;
    /** How far the making of the tape's past is, while it is made. */
    readonly making: string | undefined;
  },
) {
  if (state !== "loading" && state !== "empty") return null;
  return (
    <p class="chart-state" role="status">
      {state === "loading"
        ? `Loading candles of ${symbol}…`
        : making ?? `No print of ${symbol} yet. A candle comes with the first one.`}
    </p>
  );
}

/** Open, high, low, close, volume and flow of the bar under the crosshair. */
function ReadoutLine(
  { chart, settings }: { readonly chart: ChartController; readonly settings: ChartSettings },
) {
  const readout = chart.readout.value;
  if (readout === null) return null;
  const { bar, pick } = readout;
  return (
    <div class="chart-readout mono" aria-live="off">
      <span>
        {exchangeDate(bar.ts)} {exchangeClock(bar.ts).slice(0, 5)} ET
        {settings.style === "heikin-ashi" && " HA"}
      </span>
      <Figure name="O" value={bar.open} />
      <Figure name="H" value={bar.high} />
      <Figure name="L" value={bar.low} />
      <Figure name="C" value={bar.close} />
      <span>
        <abbr title="Shares traded">V</abbr> {fixed(bar.volume, 0)}
      </span>
      <Off readout={readout} />
      <span class="vwap">
        <abbr title="Volume-weighted average price of the session">VWAP</abbr>{" "}
        {fixed(readout.vwap, 2)}
      </span>
      <span>
        <abbr title="Premium of bullish minus bearish events in this bar, USD">Flow</abbr>{" "}
        {signed(readout.net / 1_000, 0)}k
      </span>
      {settings.compare !== "" && (
        <span class="compare" title="Scaled so that both start together at the left edge">
          — {settings.compare}
        </span>
      )}
      {pick?.mark !== null && pick?.mark !== undefined && (
        <span class="mark">{pick.mark.label} · Enter opens</span>
      )}
    </div>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: number }) {
  return <span>{name} {fixed(value, 2)}</span>;
}

function Off({ readout }: { readonly readout: ChartReadout }) {
  const { volume, offVolume } = readout.bar;
  const share = volume === 0 ? 0 : offVolume / volume * 100;
  return (
    <span>
      <abbr title="Share of the volume printed off exchange">Off</abbr> {fixed(share, 0)} %
    </span>
  );
}

interface ToolsProps {
  readonly settings: ChartSettings;
  /** Whether the reader may see what the generator hides. */
  readonly hasHidden: boolean;
  readonly change: (next: Partial<ChartSettings>) => void;
}

function Tools({ settings, hasHidden, change }: ToolsProps) {
  const [compare, setCompare] = useState(settings.compare);
  return (
    <div class="chart-tools">
      <div class="segments" role="group" aria-label="Interval">
        {INTERVALS.map(({ label, ms }) => (
          <button
            key={label}
            type="button"
            aria-pressed={settings.intervalMs === ms ? "true" : "false"}
            onClick={() => change({ intervalMs: ms })}
          >
            {label}
          </button>
        ))}
      </div>
      <div class="segments" role="group" aria-label="Style">
        <button
          type="button"
          aria-pressed={settings.style === "candles" ? "true" : "false"}
          onClick={() => change({ style: "candles" })}
        >
          Candles
        </button>
        <button
          type="button"
          aria-pressed={settings.style === "heikin-ashi" ? "true" : "false"}
          onClick={() => change({ style: "heikin-ashi" })}
        >
          Heikin Ashi
        </button>
      </div>
      <div class="segments" role="group" aria-label="Lower part">
        {LOWER_MODES.map(([mode, label]) => (
          <button
            key={mode}
            type="button"
            aria-pressed={settings.lower === mode ? "true" : "false"}
            onClick={() => change({ lower: mode })}
          >
            {label}
          </button>
        ))}
      </div>
      {hasHidden && <LatentButton settings={settings} change={change} />}
      <label>
        Compare{" "}
        <input
          class="mono"
          size={6}
          maxLength={16}
          placeholder="QQQ"
          value={compare}
          onInput={(event) => setCompare(event.currentTarget.value)}
          onChange={() => change({ compare: compare.trim().toUpperCase() })}
        />
      </label>
    </div>
  );
}

/** What the generator knows and the tape does not tell; operators have it. */
function LatentButton({ settings, change }: Omit<ToolsProps, "hasHidden">) {
  return (
    <div class="segments">
      <button
        type="button"
        aria-pressed={settings.hidden ? "true" : "false"}
        title="Regimes, and the moves that labelled flow needs or causes; operators only"
        onClick={() => change({ hidden: !settings.hidden })}
      >
        Latent market
      </button>
    </div>
  );
}
