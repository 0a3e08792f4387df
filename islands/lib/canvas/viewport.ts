import type { HoverCell } from "./crosshair.ts";
import type { PlotArea } from "./plot_area.ts";
import {
  centreOn,
  columnAt,
  followLevel,
  followSlack,
  LEVEL_ZOOM,
  levelAt,
  panTime,
  type Span,
  type View,
  zoomLevels,
  zoomTime,
} from "./view.ts";

/** Height of the first view as a multiple of the window, so that it can move and all stay seen. */
const FIRST_MARGIN = 1.14;
/** Rows that are fitted before there is a grid. */
const FIRST_ROWS = 101;
/** Widest column of the first view, in pixels. */
const FIRST_COLUMN_PX = 4;
/** Positions that are searched for a level to follow. */
const LEVEL_REACH = 600;

/** What a viewport asks of the grid that it shows. */
export interface Extent extends Span {
  readonly rows: number;
  /**
   * Part of the height, around the middle, in which the level may move before the picture moves after it;
   * when omitted, as far as the whole window stays on screen.
   */
  readonly restShare?: number;
}

/** The part of a grid on screen. It follows the newest column and a level until it is moved by hand. */
export class Viewport {
  #area: PlotArea;
  #extent: Extent | null = null;
  #view: View = { right: 0, columnPx: 2, perColumn: 1, top: 0, rowPx: 7 };
  #isPlaced = false;
  #isFitted = false;
  #followsTime = true;
  #followsLevel = true;

  constructor(area: PlotArea) {
    this.#area = area;
  }

  get view(): View {
    return this.#view;
  }

  get followsTime(): boolean {
    return this.#followsTime;
  }

  get followsLevel(): boolean {
    return this.#followsLevel;
  }

  /** Newest position at the right edge, -1 when there is none. */
  get edge(): number {
    const extent = this.#extent;
    if (extent === null || extent.last < 0) return -1;
    const { right, perColumn } = this.#view;
    return Math.max(extent.first, Math.min(extent.last, right * perColumn + perColumn - 1));
  }

  /** Shows another grid, or none. */
  show(extent: Extent | null): void {
    const sameRows = extent?.rows === this.#extent?.rows;
    this.#extent = extent;
    if (!sameRows) this.#fit();
    this.restart();
  }

  /** Begins anew, as when the grid was emptied. */
  restart(): void {
    this.#isPlaced = false;
    this.#followsTime = true;
  }

  resize(area: PlotArea): void {
    this.#area = area;
    if (!this.#isFitted) this.#fit();
  }

  /** Follows the level, or lets the level axis rest. */
  setFollowsLevel(on: boolean): void {
    this.#followsLevel = on;
    if (on) this.#isPlaced = false;
  }

  /** Moves by display columns (positive shows older) and levels (positive shows higher). */
  pan(columns: number, levels: number): void {
    const [oldest, newest] = this.#columns();
    if (newest < 0) return;
    this.#view = panTime(this.#view, columns, oldest, newest);
    this.#view = { ...this.#view, top: this.#view.top + levels };
    this.#followsTime = this.#view.right >= newest;
    if (levels !== 0) this.#followsLevel = false;
  }

  /** Shows the newest (true) or the oldest column. */
  jump(isNewest: boolean): void {
    const [oldest, newest] = this.#columns();
    if (newest < 0) return;
    this.#followsTime = isNewest;
    const across = Math.floor(this.#area.dataWidth / this.#view.columnPx) - 1;
    this.#view = { ...this.#view, right: isNewest ? newest : Math.min(newest, oldest + across) };
  }

  /** Zooms by steps around a point; the newest column stays put while the view follows it. */
  zoom(timeSteps: number, levelSteps: number, x: number, y: number): void {
    const { dataWidth } = this.#area;
    if (timeSteps !== 0) {
      const fixedX = this.#followsTime ? dataWidth - 1 : x;
      this.#view = zoomTime(this.#view, timeSteps, dataWidth, fixedX);
    }
    if (levelSteps !== 0) this.#view = zoomLevels(this.#view, levelSteps, y);
  }

  /** Returns to the first view. */
  reset(): void {
    this.#fit();
    this.#followsTime = true;
    this.setFollowsLevel(true);
  }

  /**
   * Moves the view after what it follows; called before every picture.
   *
   * @param levelOf Level to keep in sight at a position, NaN where there is none.
   */
  follow(levelOf: (position: number) => number): void {
    const extent = this.#extent;
    const [oldest, newest] = this.#columns();
    if (extent === null || newest < 0) return;
    if (this.#followsTime) this.#view = { ...this.#view, right: newest };
    else if (this.#view.right < oldest) this.#view = { ...this.#view, right: oldest };
    const level = this.#levelNear(extent, levelOf);
    if (Number.isNaN(level)) return;
    const { plotHeight } = this.#area;
    if (!this.#isPlaced) {
      this.#view = centreOn(this.#view, level, plotHeight);
      this.#isPlaced = true;
    } else if (this.#followsLevel) {
      const { restShare } = extent;
      const slack = restShare === undefined
        ? followSlack(this.#view, plotHeight, extent.rows)
        : Math.floor((plotHeight / this.#view.rowPx) * restShare / 2);
      this.#view = followLevel(this.#view, level, plotHeight, slack);
    }
  }

  /** The cell at a point, null when there is none. */
  cellAt(x: number, y: number): HoverCell | null {
    const extent = this.#extent;
    const { dataWidth, plotHeight } = this.#area;
    if (extent === null || x < 0 || x >= dataWidth || y < 0 || y >= plotHeight) return null;
    const { perColumn } = this.#view;
    const column = columnAt(this.#view, dataWidth, x);
    const position = Math.min(extent.last, column * perColumn + perColumn - 1);
    const isKept = position >= extent.first && position <= extent.last;
    if (!isKept || Math.floor(position / perColumn) !== column) return null;
    return { position, level: levelAt(this.#view, y) };
  }

  /** Oldest and newest display column; the newest is -1 when there is none. */
  #columns(): readonly [number, number] {
    const extent = this.#extent;
    if (extent === null || extent.last < 0) return [0, -1];
    const { perColumn } = this.#view;
    return [Math.floor(extent.first / perColumn), Math.floor(extent.last / perColumn)];
  }

  #levelNear(extent: Extent, levelOf: (position: number) => number): number {
    const { edge } = this;
    for (let position = edge; position >= Math.max(extent.first, edge - LEVEL_REACH); position--) {
      const level = levelOf(position);
      if (!Number.isNaN(level)) return level;
    }
    return NaN;
  }

  /** Chooses the largest row that shows the whole window, and a column of about 1.5 CSS pixels. */
  #fit(): void {
    const { plotHeight, dpr } = this.#area;
    const rows = (this.#extent?.rows ?? FIRST_ROWS) * FIRST_MARGIN;
    const rowPx = LEVEL_ZOOM.findLast((px) => px * rows <= plotHeight) ?? 1;
    const columnPx = Math.min(FIRST_COLUMN_PX, Math.max(1, Math.round(1.5 * dpr)));
    this.#view = { ...this.#view, rowPx, columnPx, perColumn: 1 };
    this.#isPlaced = false;
    this.#isFitted = this.#extent !== null && plotHeight > 0;
  }
}
