/**
 * How the heatmap lies on its canvas. Pixels are device pixels. A *display column* is `binsPerColumn`
 * consecutive positions; its number is the position divided by that, rounded down.
 */
export interface View {
  /** Display column at the right edge of the data zone. */
  readonly right: number;
  /** Device pixels per display column, an integer ≥ 1. */
  readonly columnPx: number;
  /** Positions per display column, a power of two ≥ 1; above 1 only when columnPx is 1. */
  readonly binsPerColumn: number;
  /** Absolute tick of the topmost row. */
  readonly topTick: number;
  /** Device pixels per tick, an integer ≥ 1. */
  readonly rowPx: number;
}

/** Time zoom, coarse to fine: [bins per column, device pixels per column]. */
export const TIME_ZOOM: readonly (readonly [number, number])[] = [
  [8, 1],
  [4, 1],
  [2, 1],
  [1, 1],
  [1, 2],
  [1, 3],
  [1, 4],
  [1, 6],
  [1, 8],
  [1, 12],
  [1, 16],
  [1, 24],
];

/** Price zoom, device pixels per tick. */
export const PRICE_ZOOM: readonly number[] = [
  1,
  2,
  3,
  4,
  5,
  6,
  7,
  8,
  10,
  12,
  14,
  16,
  20,
  24,
  32,
  40,
];

/** Left edge, in device pixels, of a display column. */
export function columnX(view: View, width: number, column: number): number {
  return width - (view.right - column + 1) * view.columnPx;
}

/** Display column under a device pixel. */
export function columnAt(view: View, width: number, x: number): number {
  return view.right - Math.floor((width - 1 - x) / view.columnPx);
}

/** Device-pixel position of the middle of a position (fractions allowed) on the time axis. */
export function positionX(view: View, width: number, position: number): number {
  return width - (view.right + 1 - (position + 0.5) / view.binsPerColumn) * view.columnPx;
}

/** Top edge, in device pixels, of a tick's row. */
export function tickY(view: View, tick: number): number {
  return (view.topTick - tick) * view.rowPx;
}

/** Absolute tick under a device pixel. */
export function tickAt(view: View, y: number): number {
  return view.topTick - Math.floor(y / view.rowPx);
}

/** Returns the number of whole and part rows that fit in a height. */
export function visibleRows(view: View, height: number): number {
  return Math.ceil(height / view.rowPx);
}

/** Returns the view whose middle row is `tick`. */
export function centreOn(view: View, tick: number, height: number): View {
  return { ...view, topTick: tick + Math.floor(visibleRows(view, height) / 2) };
}

/**
 * Returns the view with spot kept near the middle: unchanged while it is at most `slack` rows away,
 * otherwise centred on it, so that the picture rests most of the time.
 */
export function followTick(view: View, tick: number, height: number, slack: number): View {
  const centre = view.topTick - Math.floor(visibleRows(view, height) / 2);
  return Math.abs(tick - centre) > slack ? centreOn(view, tick, height) : view;
}

/**
 * Returns how far, in rows, spot may stray before {@link followTick} moves the picture: as far as
 * the whole window stays on screen, or a part of the height when the window is larger than that.
 */
export function followSlack(view: View, height: number, windowRows: number): number {
  const visible = Math.floor(height / view.rowPx);
  const spare = Math.floor((visible - windowRows) / 2);
  return spare >= 3 ? spare : Math.max(3, Math.floor(0.25 * visible));
}

/** Index of the view's entry in {@link TIME_ZOOM}. */
export function timeZoomIndex(view: View): number {
  const index = TIME_ZOOM.findIndex(([bins, px]) =>
    bins === view.binsPerColumn && px === view.columnPx
  );
  return index < 0 ? 3 : index;
}

/**
 * Returns the view one or more steps finer (positive) or coarser (negative) in time. The position
 * under device pixel `x` stays there, to within one column.
 */
export function zoomTime(view: View, steps: number, width: number, x: number): View {
  const index = timeZoomIndex(view);
  const next = Math.min(TIME_ZOOM.length - 1, Math.max(0, index + steps));
  if (next === index) return view;
  const [binsPerColumn, columnPx] = TIME_ZOOM[next]!;
  const position = (columnAt(view, width, x) + 0.5) * view.binsPerColumn;
  const columnsRight = Math.floor((width - 1 - x) / columnPx);
  return {
    ...view,
    binsPerColumn,
    columnPx,
    right: Math.floor(position / binsPerColumn) + columnsRight,
  };
}

/** Returns the view one or more steps finer or coarser in price, the tick under `y` staying there. */
export function zoomPrice(view: View, steps: number, y: number): View {
  let index = PRICE_ZOOM.findIndex((px) => px >= view.rowPx);
  if (index < 0) index = PRICE_ZOOM.length - 1;
  const rowPx = PRICE_ZOOM[Math.min(PRICE_ZOOM.length - 1, Math.max(0, index + steps))]!;
  if (rowPx === view.rowPx) return view;
  return { ...view, rowPx, topTick: tickAt(view, y) + Math.floor(y / rowPx) };
}
