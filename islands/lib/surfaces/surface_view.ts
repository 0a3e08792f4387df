import {
  CellTexture,
  drawCrosshair,
  drawLevelAxis,
  drawTimeAxis,
  HeatLayer,
  type HoverCell,
  type LevelMark,
  type Point,
  type Theme,
  type View,
  Viewport,
} from "../canvas/mod.ts";
import { CellPainter, type SurfaceLook } from "./cell_painter.ts";
import { GammaProfilePainter, markText, type ProfileMark } from "./gamma_profile.ts";
import { drawSpot, drawSpotLevel, drawStrikeLines, drawZeroGamma, middleY } from "./price_lines.ts";
import { type SurfaceLayout, surfaceLayout } from "./surface_layout.ts";
import type { SurfaceStore } from "./surface_store.ts";
import type { ProfileRows } from "./surface_window.ts";

/** What the page computes of the gamma itself. */
export interface ComputedGamma {
  readonly curve: ProfileRows;
  readonly zeroGammaPoints: number;
  /** Where the spot is supposed to be; null while it is where it is. */
  readonly spotPoints: number | null;
}

const SECOND_MS = 1_000;

/** Draws the kept half hour on two canvases and answers what lies under a pixel. */
export class SurfaceView {
  readonly #base: HTMLCanvasElement;
  readonly #overlay: HTMLCanvasElement;
  readonly #basePen: CanvasRenderingContext2D;
  readonly #pen: CanvasRenderingContext2D;
  readonly #heat: HeatLayer;
  readonly #theme: Theme;
  readonly #store: SurfaceStore;
  readonly #profile = new GammaProfilePainter();
  readonly #texture: CellTexture;
  #layout: SurfaceLayout = surfaceLayout(0, 0, 1);
  readonly #viewport = new Viewport(this.#layout);
  #look: SurfaceLook;
  #computed: ComputedGamma | null = null;
  #pointer: Point | null = null;
  #pinned: number | null = null;
  #isShown = false;
  #dirty = true;
  /** Whether cells changed since they were drawn, and the view that they were drawn in. */
  #isBaseDirty = true;
  #drawnView: View | null = null;
  /** Told when there is something to draw; {@link draw} is to follow. */
  onStale: () => void = () => {};

  constructor(
    base: HTMLCanvasElement,
    overlay: HTMLCanvasElement,
    theme: Theme,
    store: SurfaceStore,
    look: SurfaceLook,
  ) {
    const basePen = base.getContext("2d", { alpha: false }); // nothing shows through it
    const overlayPen = overlay.getContext("2d");
    if (basePen === null || overlayPen === null) {
      throw new TypeError("Cannot draw the surfaces without a 2D canvas");
    }
    this.#base = base;
    this.#overlay = overlay;
    this.#basePen = basePen;
    this.#pen = overlayPen;
    this.#theme = theme;
    this.#store = store;
    this.#look = look;
    this.#heat = new HeatLayer(basePen, theme);
    this.#texture = new CellTexture(new CellPainter(store, look, theme));
  }

  /** The canvases, the lower one first. */
  get layers(): readonly HTMLCanvasElement[] {
    return [this.#base, this.#overlay];
  }

  get layout(): SurfaceLayout {
    return this.#layout;
  }

  get view(): View {
    return this.#viewport.view;
  }

  /** Device pixels per CSS pixel. */
  get dpr(): number {
    return this.#layout.dpr;
  }

  get followsSpot(): boolean {
    return this.#viewport.followsLevel;
  }

  /** Pointer in device pixels, null when away. */
  get pointer(): Point | null {
    return this.#pointer;
  }

  /** Draws other layers, or the gamma of dealers of whom something else is assumed. */
  setLook(look: SurfaceLook): void {
    this.#look = look;
    this.#texture.repaint(new CellPainter(this.#store, look, this.#theme));
    this.#stale();
  }

  /** Shows what the page computed; null: what the server sent. */
  setComputed(computed: ComputedGamma | null): void {
    this.#computed = computed;
    this.#stale(false);
  }

  /** Marks a second, or none. */
  setPinned(second: number | null): void {
    this.#pinned = second;
    this.#stale(false);
  }

  /** Takes the size of the pane in CSS pixels. */
  resize(cssWidth: number, cssHeight: number, dpr: number): void {
    this.#layout = surfaceLayout(cssWidth, cssHeight, dpr);
    for (const canvas of [this.#base, this.#overlay]) {
      canvas.width = this.#layout.width;
      canvas.height = this.#layout.height;
    }
    this.#viewport.resize(this.#layout);
    if (!this.#isShown) this.#viewport.show(this.#store); // only now there is room to fit it to
    this.#isShown = true;
    this.#stale();
  }

  /** Tells that windows of these seconds came, or that more or fewer are shown. */
  added(from: number, to: number): void {
    for (let second = from; second <= to; second++) this.#texture.touch(second);
    this.#stale();
  }

  /** Tells that any column may be another one. */
  changed(): void {
    this.#texture.invalidate();
    this.#stale();
  }

  /** Tells that the history was emptied. */
  cleared(): void {
    this.#texture.invalidate();
    this.#viewport.restart();
    this.#stale();
  }

  setPointer(pointer: Point | null): void {
    this.#pointer = pointer;
    this.#stale(false);
  }

  setFollowSpot(on: boolean): void {
    this.#viewport.setFollowsLevel(on);
    this.#stale();
  }

  /** Moves the view by display columns (positive shows older) and ticks (positive shows higher). */
  pan(columns: number, ticks: number): void {
    this.#viewport.pan(columns, ticks);
    this.#stale();
  }

  /** Shows the newest (true) or the oldest column. */
  jump(isNewest: boolean): void {
    this.#viewport.jump(isNewest);
    this.#stale();
  }

  zoom(timeSteps: number, priceSteps: number, x: number, y: number): void {
    this.#viewport.zoom(timeSteps, priceSteps, x, y);
    this.#stale();
  }

  /** Back to the newest column with the spot in the middle. */
  reset(): void {
    this.#viewport.reset();
    this.#stale();
  }

  /** The cell under the pointer, null when there is none. */
  hover(): HoverCell | null {
    const at = this.#pointer;
    return at === null ? null : this.#viewport.cellAt(at.x, at.y);
  }

  /** Second whose profile and facts are shown: the hovered one, else the rightmost on screen; -1 for none. */
  focus(): number {
    return this.hover()?.position ?? this.#viewport.edge;
  }

  /** Ms between the right edge and the newest column; 0 while the view follows. */
  behindMs(): number {
    const { edge, followsTime } = this.#viewport;
    return followsTime || edge < 0 ? 0 : (this.#store.last - edge) * SECOND_MS;
  }

  /** End of the newest column in sight, epoch ms; null while there is none. */
  newestMs(): number | null {
    const { edge } = this.#viewport;
    return edge < 0 ? null : edge * SECOND_MS;
  }

  /** Values at the ends of the profile's scale, USD/point². */
  get profileEnds(): { readonly bars: number; readonly curve: number } {
    return this.#profile.ends;
  }

  /** Whether anything changed since the last {@link draw}. */
  get isStale(): boolean {
    return this.#dirty;
  }

  /** Draws if anything changed since the last call. Returns whether it did. */
  draw(): boolean {
    if (!this.#dirty) return false;
    this.#dirty = false;
    const store = this.#store;
    this.#pen.clearRect(0, 0, this.#layout.width, this.#layout.height);
    this.#viewport.follow((second) => store.spot(second));
    if (this.#isBaseDirty || !isSameView(this.#drawnView, this.view)) {
      this.#drawBase(store);
      this.#isBaseDirty = false;
      this.#drawnView = this.view;
    }
    if (store.last >= 0) this.#drawOverlay(this.#pen, store);
    return true;
  }

  /** @param isBase Whether cells, or where they lie, may be other ones. */
  #stale(isBase = true): void {
    this.#dirty = true;
    this.#isBaseDirty ||= isBase;
    this.onStale();
  }

  #tickOf = (points: number): number =>
    this.#store.latest === null ? NaN : points * 1e9 / this.#store.latest.tickInt;

  /** Cells, and the lines that move with them: what the crosshair leaves as it is. */
  #drawBase(store: SurfaceStore): void {
    const [theme, layout, view, pen] = [this.#theme, this.#layout, this.view, this.#basePen];
    this.#heat.draw(store, this.#texture, view, layout);
    if (store.last < 0) return;
    drawStrikeLines(pen, view, layout, theme);
    if (this.#look.layers.has("gamma") && this.#look.assumption === "naive") {
      drawZeroGamma(pen, store, view, layout, theme, this.#tickOf);
    }
    drawSpot(pen, store, view, layout, theme);
  }

  #drawOverlay(pen: CanvasRenderingContext2D, store: SurfaceStore): void {
    const [theme, layout, view] = [this.#theme, this.#layout, this.view];
    const edge = this.#viewport.edge;
    this.#drawPin(pen);
    this.#drawProfile(pen);
    drawSpotLevel(pen, store.spot(edge), view, layout, theme);
    const textOf = (tick: number) => this.priceText(tick);
    const cell = this.hover();
    const crossY = cell === null ? null : middleY(view, cell.level);
    drawLevelAxis(pen, this.#marks(edge), view, layout, theme, textOf, crossY);
    // A column is named by its end, which is when it was closed.
    const times = { startMs: (second: number) => second * SECOND_MS, stepMs: SECOND_MS };
    drawTimeAxis(pen, store, times, view, layout, theme);
    if (cell !== null) drawCrosshair(pen, cell, view, layout, theme, textOf);
  }

  /** Price of a tick, with the decimals of the instrument; a dash where there is none. */
  priceText(tick: number): string {
    const tickInt = this.#store.latest?.tickInt ?? 250_000_000;
    const decimals = Math.max(0, 9 - (/0*$/.exec(String(tickInt))?.[0].length ?? 0));
    return (tick * tickInt / 1e9).toFixed(Number.isInteger(tick) ? decimals : decimals + 1)
      .replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, "\u2009");
  }

  #marks(edge: number): readonly LevelMark[] {
    const { view } = this;
    const spot = this.#store.spot(edge);
    const theme = this.#theme;
    const marks: LevelMark[] = [];
    if (!Number.isNaN(spot)) {
      marks.push({
        level: spot,
        y: middleY(view, spot),
        letter: "S",
        ink: theme.spot,
        strong: true,
      });
    }
    const supposed = this.#computed?.spotPoints ?? null;
    if (supposed !== null) {
      const level = this.#tickOf(supposed);
      const ink = theme.warn;
      marks.push({ level, y: middleY(view, level), letter: "?", ink, strong: false });
    }
    return marks.toSorted((a, b) => b.level - a.level);
  }

  #drawPin(pen: CanvasRenderingContext2D): void {
    const [second, view, { dataWidth, plotHeight, dpr }] = [this.#pinned, this.view, this.#layout];
    if (second === null || second < this.#store.first || second > this.#store.last) return;
    const columns = view.right + 1 - Math.floor(second / view.perColumn);
    const x = dataWidth - columns * view.columnPx;
    pen.fillStyle = this.#theme.warn;
    pen.fillRect(x, 0, Math.max(1, Math.round(dpr)), plotHeight);
  }

  #drawProfile(pen: CanvasRenderingContext2D): void {
    const [store, layout] = [this.#store, this.#layout];
    const second = this.focus();
    const isNewest = second === store.newest && store.latest !== null;
    const computed = this.#computed;
    const served = this.#look.assumption === "naive" ? store.latest?.chain?.profile ?? null : null;
    const curve = isNewest ? computed?.curve ?? served : null;
    const isNarrow = layout.profileWidth < 120 * layout.dpr;
    this.#profile.draw(
      pen,
      {
        store,
        second,
        assumption: this.#look.assumption,
        curve,
        tickOf: this.#tickOf,
        marks: this.#profileMarks(second, isNewest ? computed : null, isNarrow),
      },
      this.view,
      layout,
      this.#theme,
    );
  }

  #profileMarks(
    second: number,
    computed: ComputedGamma | null,
    isNarrow: boolean,
  ): readonly ProfileMark[] {
    const [store, theme] = [this.#store, this.#theme];
    const mark = (name: string, points: number, ink: string, isDashed: boolean): ProfileMark => ({
      points,
      text: markText(name, points, isNarrow),
      ink,
      isDashed,
    });
    const isNaive = this.#look.assumption === "naive";
    const zero = computed?.zeroGammaPoints ??
      (isNaive ? store.fact(second, "zeroGamma") : NaN);
    const marks = [
      mark("γ=0", zero, theme.forecast, true),
      mark("call wall", store.fact(second, "callWall"), theme.token("surface-calls"), false),
      mark("put wall", store.fact(second, "putWall"), theme.token("surface-puts"), false),
    ];
    const supposed = computed?.spotPoints ?? null;
    return supposed === null ? marks : [...marks, mark("what if", supposed, theme.warn, true)];
  }
}

function isSameView(a: View | null, b: View): boolean {
  return a !== null && a.right === b.right && a.top === b.top && a.rowPx === b.rowPx &&
    a.columnPx === b.columnPx && a.perColumn === b.perColumn;
}
