import { ArrowEncoder, type Frame, TRADE_CELLS } from "../../engine/frames/mod.ts";
import { openDrawingPage } from "../testing/drawing_page.ts";
import { ScriptedMarket } from "../testing/scripted_market.ts";
import { hasChromium, withPage } from "./browser.ts";
import type { BenchRow } from "./row.ts";

const BINS = 1_200;
/** Prices of every bin at which something trades: enough for 4,000 marks after merging. */
const CELLS_A_BIN = 8;
const BUBBLES = 4_000;
const FRAMES_MS = 12_000;
const FILES = ["heatmap/heatmap.ts", "heatmap/history.ts", "heatmap/wire.ts", "canvas/theme.ts"];

/** What the page measured. */
interface Measured {
  /** Drawing with its pixels read back, ms. */
  readonly drawMs: readonly number[];
  readonly gapMs: readonly number[];
  readonly bubbles: number;
}

/** What drawing costs a frame with thousands of trades on the heatmap. */
export async function bubbleRows(): Promise<BenchRow[]> {
  if (!hasChromium()) return [];
  const { drawMs, gapMs, bubbles } = await withPage(async (page) => {
    await openDrawingPage(page, FILES.map((file) => `islands/lib/${file}`));
    const config = JSON.stringify(new ScriptedMarket().config());
    return await page.evaluate(measure, { config, cells: bins(), ms: FRAMES_MS });
  });
  if (bubbles < BUBBLES) throw new Error(`Cannot measure as only so many are drawn: ${bubbles}`);
  const at = (values: readonly number[], share: number) =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;
  return [{
    name: "frame",
    what: `drawing a frame with ${BUBBLES} trades or more on 1,200 bins, 1440 × 900, p95`,
    unit: "ms",
    measured: at(drawMs, 0.95),
    baseline: null,
    reach: { bound: "at most", value: 16 },
    note: `${bubbles} marks, ${drawMs.length} drawn frames, a new bin ten times a second, p50 ` +
      `${at(drawMs, 0.5).toFixed(1)} ms with the pixels read back; gap between frames p95 ` +
      `${at(gapMs, 0.95).toFixed(1)} ms, drawn without a GPU`,
  }];
}

const SPOT = 85_000;

/** Arrow rows of as many bins as are on screen and as come while it is measured, as plain bytes. */
function bins(): readonly (readonly number[])[] {
  const encoder = new ArrowEncoder(TRADE_CELLS);
  let seed = 7;
  const next = () => (seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  return Array.from({ length: BINS + FRAMES_MS / 100 + 100 }, (_, bin) => {
    const ticks = new Set<number>();
    while (ticks.size < CELLS_A_BIN) ticks.add(SPOT - 60 + Math.floor(next() * 120));
    return [...encoder.encode(cellsOf(bin, [...ticks].sort((a, b) => a - b), next))];
  });
}

function cellsOf(
  bin: number,
  ticks: readonly number[],
  next: () => number,
): Pick<Frame, "columns" | "valid"> {
  const size = () => 1 + Math.floor(60 * next() ** 3);
  const buys = ticks.map(() => next() < 0.5 ? size() : 0);
  const sells = buys.map((buy) => buy === 0 ? size() : 0);
  const ones = () => new Int32Array(ticks.length).fill(1);
  return {
    columns: [
      new Float64Array(ticks.length).fill(bin),
      new BigInt64Array(ticks.length).fill(1n),
      ones(),
      Float64Array.from(ticks),
      ones(),
      Float64Array.from(buys),
      Float64Array.from(sells),
      new Float64Array(ticks.length),
      ones(),
      Float64Array.from(buys, (buy, i) => Math.max(buy, sells[i] ?? 0)),
    ],
    valid: TRADE_CELLS.columns.map(() => null),
  };
}

/** Runs in the page: draws every frame, with a new bin ten times a second. */
async function measure(
  { config, cells, ms }: {
    readonly config: string;
    readonly cells: readonly (readonly number[])[];
    readonly ms: number;
  },
): Promise<Measured> {
  // Names of the modules are the page's own.
  const load = (path: string) => import(path);
  const { Heatmap } = await load("/heatmap.js");
  const { BinHistory } = await load("/history.js");
  const { readMessage } = await load("/wire.js");
  const { readTheme } = await load("/theme.js");
  const history = new BinHistory(readMessage(config).config);
  const [screen, binNs, spot] = [1_200, 1e8, 85_000];
  let bin = 0;
  const push = () => {
    history.store.pushBin({
      spotTick: spot,
      bidTick: spot - 1,
      askTick: spot,
      startNs: bin * binNs,
      endNs: (bin + 1) * binNs,
      binSeq: bin,
      eventCount: 1,
      eventId: bin,
      halfTick: true,
      bookValid: true,
      live: true,
    });
    history.acceptTrades(bin, new Uint8Array(cells[bin] ?? []));
    bin++;
  };
  while (bin < screen) push();
  const base = document.querySelector<HTMLCanvasElement>("#canvas")!;
  const overlay = document.body.appendChild(document.createElement("canvas"));
  const heatmap = new Heatmap({ base, overlay, theme: readTheme() }, {
    quantity: "net",
    palette: "tide",
    clip: 10,
  });
  heatmap.resize(innerWidth, innerHeight, devicePixelRatio);
  heatmap.setHistory(history);
  heatmap.setTrades(1);
  while (heatmap.layout.dataWidth * heatmap.view.perColumn < screen * heatmap.view.columnPx) {
    heatmap.zoom(-1, 0, heatmap.layout.dataWidth - 1, 0);
  }
  const pen = overlay.getContext("2d")!;
  const drawMs: number[] = [];
  const gapMs: number[] = [];
  const begin = performance.now();
  for (let last = begin; last - begin < ms;) {
    const now: number = await new Promise((resolve) => requestAnimationFrame(resolve));
    gapMs.push(now - last);
    last = now;
    const from = performance.now();
    if ((from - begin) / 100 > bin - screen && bin < cells.length) {
      push();
      heatmap.added(history.store.last, history.store.last);
    }
    heatmap.setPointer({ x: 300 + (now % 300), y: 300 });
    heatmap.draw();
    pen.getImageData(0, 0, 1, 1); // waits for the pixels, which else are made after the frame
    drawMs.push(performance.now() - from);
  }
  return { drawMs, gapMs, bubbles: heatmap.tradeSummary().bubbles };
}
