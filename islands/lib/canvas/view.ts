/**
 * How a grid or a row of bars lies on its canvas. A *display column* is `perColumn` consecutive positions;
 * its number is the position divided by that, rounded down. A *level* is what the vertical axis counts:
 * rows of a grid, as price ticks, or a currency. Pixels are the pen's.
 */
export interface View {
  /** Display column at the right edge of the data. */
  readonly right: number;
  /** Pixels per display column; an integer ≥ 1 for a grid. */
  readonly columnPx: number;
  /** Positions per display column, a power of two ≥ 1; above 1 only when columnPx is 1. */
  readonly perColumn: number;
  /** Level at the top edge: that of the topmost row of a grid. */
  readonly top: number;
  /** Pixels per level; an integer ≥ 1 for a grid. */
  readonly rowPx: number;
}

/** Oldest and newest position that there is; none when the newest is less. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** Time zoom of a grid, coarse to fine: [positions per column, pixels per column]. */
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

/** Level zoom of a grid, pixels per level. */
export const LEVEL_ZOOM: readonly number[] = [
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

/** Left edge, in pixels, of a display column. */
export function columnX(view: View, width: number, column: number): number {
  return width - (view.right - column + 1) * view.columnPx;
}

/** Display column at `x`; a column begins at its left edge. */
export function columnAt(view: View, width: number, x: number): number {
  return view.right + 1 - Math.ceil((width - x) / view.columnPx);
}

/** Where the middle of a position (fractions allowed) lies on the time axis. */
export function positionX(view: View, width: number, position: number): number {
  return width - (view.right + 1 - (position + 0.5) / view.perColumn) * view.columnPx;
}

/** Height of a level: of the top edge of its row, where levels are rows. */
export function levelY(view: View, level: number): number {
  return (view.top - level) * view.rowPx;
}

/** Level of the row at `y`, an integer where `top` is one. */
export function levelAt(view: View, y: number): number {
  return view.top - Math.floor(y / view.rowPx);
}

/** First and last display column on screen that there are positions of; none when first > last. */
export function visibleColumns(span: Span, view: View, width: number): Span {
  const newest = span.last < 0 ? -1 : Math.floor(span.last / view.perColumn);
  const oldest = Math.ceil(span.first / view.perColumn);
  const left = view.right - Math.ceil(width / view.columnPx) + 1;
  return { first: Math.max(left, oldest), last: Math.min(view.right, newest) };
}

/** Returns the number of whole and part rows that fit in a height. */
export function visibleRows(view: View, height: number): number {
  return Math.ceil(height / view.rowPx);
}

/** Returns the view whose middle row is `level`. */
export function centreOn(view: View, level: number, height: number): View {
  return { ...view, top: level + Math.floor(visibleRows(view, height) / 2) };
}

/**
 * Returns the view with a level kept near the middle: unchanged while it is at most `slack` rows away,
 * otherwise centred on it, so that the picture rests most of the time.
 */
export function followLevel(view: View, level: number, height: number, slack: number): View {
  const centre = view.top - Math.floor(visibleRows(view, height) / 2);
  return Math.abs(level - centre) > slack ? centreOn(view, level, height) : view;
}

/**
 * Returns how far, in rows, a level may stray before {@link followLevel} moves the picture: as far as
 * the whole window around it stays on screen, or a part of the height when the window is larger.
 */
export function followSlack(view: View, height: number, windowRows: number): number {
  const visible = Math.floor(height / view.rowPx);
  const spare = Math.floor((visible - windowRows) / 2);
  return spare >= 3 ? spare : Math.max(3, Math.floor(0.25 * visible));
}

/** Returns the view moved by columns, back in time when positive, its right edge within bounds. */
export function panTime(view: View, columns: number, oldest: number, newest: number): View {
  return { ...view, right: Math.min(newest, Math.max(oldest, view.right - columns)) };
}

/** Index of the view's entry in {@link TIME_ZOOM}. */
function timeZoomIndex(view: View): number {
  const index = TIME_ZOOM.findIndex(([positions, px]) =>
    positions === view.perColumn && px === view.columnPx
  );
  return index < 0 ? 3 : index;
}

/**
 * Returns the view one or more steps finer (positive) or coarser (negative) in time. The position
 * at `x` stays there, to within one column.
 */
export function zoomTime(view: View, steps: number, width: number, x: number): View {
  const index = timeZoomIndex(view);
  const next = Math.min(TIME_ZOOM.length - 1, Math.max(0, index + steps));
  if (next === index) return view;
  const [perColumn, columnPx] = TIME_ZOOM[next]!;
  const position = (columnAt(view, width, x) + 0.5) * view.perColumn;
  const columnsRight = Math.ceil((width - x) / columnPx) - 1;
  return {
    ...view,
    perColumn,
    columnPx,
    right: Math.floor(position / perColumn) + columnsRight,
  };
}

/** Returns the view one or more steps finer or coarser in level, the row under `y` staying there. */
export function zoomLevels(view: View, steps: number, y: number): View {
  let index = LEVEL_ZOOM.findIndex((px) => px >= view.rowPx);
  if (index < 0) index = LEVEL_ZOOM.length - 1;
  const rowPx = LEVEL_ZOOM[Math.min(LEVEL_ZOOM.length - 1, Math.max(0, index + steps))]!;
  if (rowPx === view.rowPx) return view;
  return { ...view, rowPx, top: levelAt(view, y) + Math.floor(y / rowPx) };
}
