import { PAGES } from "./pages.ts";

/** Where a key works: on every page that listens to keys, in the workspace, or in panes of a kind. */
export type ChordPlace =
  | "every page"
  | "workspace"
  | "tape"
  | "alerts"
  | "chart"
  | "chain"
  | "heatmap"
  | "surfaces"
  | "lab";

/** A key, or several that do the same, with the one thing that it means wherever it works. */
export interface Chord {
  /** Names as `keyName()` gives them; a pair is written "g w". */
  readonly keys: readonly string[];
  readonly label: string;
  readonly places: readonly ChordPlace[];
}

function chord(keys: readonly string[], label: string, ...places: readonly ChordPlace[]): Chord {
  return { keys, label, places };
}

/**
 * Every key of the terminal but those of the kinds of panes, which stand with their kinds. What
 * listens to keys takes them from here, and so do the sheets of keys: no key may stand twice.
 */
export const CHORDS = {
  sheet: chord(["?"], "This sheet", "every page"),
  close: chord(["Escape"], "Close the topmost, let go", "every page"),
  pause: chord([" "], "Pause, resume", "every page"),

  palette: chord(["Ctrl+k"], "Command palette", "workspace"),
  filter: chord(["/"], "Filter symbols", "workspace"),
  whole: chord(["f"], "Whole page, back", "workspace"),
  nextPane: chord(["."], "Next pane", "workspace"),
  paneBefore: chord([","], "Pane before", "workspace"),
  swapLeft: chord(["w ArrowLeft"], "Swap with the pane at the left", "workspace"),
  swapRight: chord(["w ArrowRight"], "Swap with the pane at the right", "workspace"),
  swapUp: chord(["w ArrowUp"], "Swap with the pane above", "workspace"),
  swapDown: chord(["w ArrowDown"], "Swap with the pane below", "workspace"),

  up: chord(["ArrowUp"], "Cursor up", "tape", "chain", "heatmap", "surfaces"),
  down: chord(["ArrowDown"], "Cursor down", "tape", "chain", "heatmap", "surfaces"),
  left: chord(["ArrowLeft"], "Cursor left", "chart", "chain", "heatmap", "surfaces"),
  right: chord(["ArrowRight"], "Cursor right", "chart", "chain", "heatmap", "surfaces"),
  pageUp: chord(["PageUp"], "Up by a page", "tape", "chain"),
  pageDown: chord(["PageDown"], "Down by a page", "tape", "chain"),
  start: chord(["Home"], "To the start", "tape", "chain", "heatmap", "surfaces"),
  end: chord(["End"], "To the end", "tape", "chart", "chain", "heatmap", "surfaces"),
  open: chord(["Enter"], "Open what the cursor is on", "tape", "chart", "chain", "surfaces"),

  seen: chord(["x"], "Seen, or not", "alerts"),
  mute: chord(["m"], "Mute the symbol's profile for 15 minutes", "alerts"),
  nextExpiry: chord(["]"], "Next expiry", "chain", "lab"),
  expiryBefore: chord(["["], "Expiry before", "chain", "lab"),

  panLeft: chord(
    ["Shift+ArrowLeft"],
    "Pan back; a paused feed: one bin",
    "chart",
    "heatmap",
    "surfaces",
  ),
  panRight: chord(
    ["Shift+ArrowRight"],
    "Pan on; a paused feed: one bin",
    "chart",
    "heatmap",
    "surfaces",
  ),
  panUp: chord(["Shift+ArrowUp"], "Pan up", "heatmap", "surfaces"),
  panDown: chord(["Shift+ArrowDown"], "Pan down", "heatmap", "surfaces"),
  zoomIn: chord(["+", "="], "Zoom in, time", "chart", "heatmap", "surfaces", "lab"),
  zoomOut: chord(["-"], "Zoom out, time", "chart", "heatmap", "surfaces", "lab"),
  zoomInPrice: chord(["}"], "Zoom in, price", "heatmap", "surfaces"),
  zoomOutPrice: chord(["{"], "Zoom out, price", "heatmap", "surfaces"),
  firstView: chord(["0"], "First view", "heatmap", "surfaces", "lab"),
  score: chord(["1"], "Draw score", "heatmap"),
  pressure: chord(["2"], "Draw pressure", "heatmap"),
  vacuum: chord(["3"], "Draw vacuum", "heatmap"),
  net: chord(["4"], "Draw net", "heatmap"),
  depth: chord(["5"], "Draw depth", "heatmap"),
  nextPalette: chord(["p"], "Next palette", "heatmap"),
  followSpot: chord(["l"], "Follow spot", "heatmap", "surfaces"),
  past: chord(["b"], "What was said of the past", "heatmap", "lab"),
  ahead: chord(["v"], "Cone, or the original bands", "heatmap"),
  fit: chord(["z"], "Fit the colour range", "heatmap"),
  table: chord(["t"], "Table or signals", "heatmap", "lab"),
  experiment: chord(["y"], "Experiment with the signals", "heatmap"),
  trades: chord(["u"], "Draw trades", "heatmap"),
  prints: chord(["d"], "Time and sales", "heatmap"),
  nextWall: chord(["n"], "Next wall", "lab"),
  picture: chord(["q"], "Save the picture as PNG", "chart", "heatmap", "surfaces"),
  feed: chord(["j"], "Choose a feed", "heatmap"),

  layerVelocity: chord(["7"], "Draw velocity", "surfaces"),
  layerOptions: chord(["8"], "Draw options", "surfaces"),
  layerGamma: chord(["9"], "Draw gamma", "surfaces"),
  layerWalls: chord(["("], "Draw walls", "surfaces"),
  layerVacuum: chord([")"], "Draw vacuum of the walls", "surfaces"),
  layerPhysics: chord([";"], "Draw ease of movement", "surfaces"),
  layerRadar: chord(["'"], "Draw the radar", "surfaces"),
  assumption: chord(["\\"], "Next assumption about dealers", "surfaces"),
} as const satisfies Readonly<Record<string, Chord>>;

/** The keys that lead to the pages. */
export const PAGE_CHORDS: readonly (Chord & { readonly run: () => void })[] = PAGES.map(
  ({ href, place, letter }) => ({
    ...chord([`g ${letter}`], `Go to ${place}`, "every page"),
    run: () => location.assign(href),
  }),
);

const SHARED: ReadonlySet<string> = new Set(
  Object.values<Chord>(CHORDS).filter(({ places }) => places.includes("every page"))
    .flatMap(({ keys }) => keys).concat("g"),
);

/** True for keys that stay the page's own while a pane with keys of its own has the focus. */
export function isPageKey(key: string): boolean {
  return SHARED.has(key);
}
