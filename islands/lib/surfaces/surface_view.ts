import {
  CellTexture,
  drawCrosshair,
  drawLevelAxis,
  drawTimeAxis,
  type GridCanvases,
  GridPicture,
  HeatLayer,
  type LevelMark,
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
export class SurfaceView extends GridPicture<SurfaceLayout> {
  readonly #heat: HeatLayer;
  readonly #store: SurfaceStore;
  readonly #profile = new GammaProfilePainter();
  readonly #texture: CellTexture;
  #look: SurfaceLook;
  #computed: ComputedGamma | null = null;
  #pinned: number | null = null;
  #isShown = false;

  constructor(
    canvases: Omit<GridCanvases<SurfaceLayout>, "layoutOf">,
    store: SurfaceStore,
    look: SurfaceLook,
  ) {
    super({ ...canvases, layoutOf: surfaceLayout });
    this.#store = store;
    this.#look = look;
    this.#heat = new HeatLayer(this.basePen, this.theme);
    this.#texture = new CellTexture(new CellPainter(store, look, this.theme));
  }

  /** Draws other layers, or the gamma of dealers of whom something else is assumed. */
  setLook(look: SurfaceLook): void {
    this.#look = look;
    this.#texture.repaint(new CellPainter(this.#store, look, this.theme));
    this.stale();
  }

  /** Shows what the page computed; null: what the server sent. */
  setComputed(computed: ComputedGamma | null): void {
    this.#computed = computed;
    this.stale(false);
  }

  /** Marks a second, or none. */
  setPinned(second: number | null): void {
    this.#pinned = second;
    this.stale(false);
  }

  override resize(cssWidth: number, cssHeight: number, dpr: number): void {
    super.resize(cssWidth, cssHeight, dpr);
    if (!this.#isShown) this.viewport.show(this.#store); // only now there is room to fit it to
    this.#isShown = true;
  }

  /** Tells that windows of these seconds came, or that more or fewer are shown. */
  added(from: number, to: number): void {
    for (let second = from; second <= to; second++) this.#texture.touch(second);
    this.stale();
  }

  /** Tells that any column may be another one. */
  changed(): void {
    this.#texture.invalidate();
    this.stale();
  }

  /** Tells that the history was emptied. */
  cleared(): void {
    this.#texture.invalidate();
    this.viewport.restart();
    this.stale();
  }

  override behindMs(): number {
    const { edge, followsTime } = this.viewport;
    return followsTime || edge < 0 ? 0 : (this.#store.last - edge) * SECOND_MS;
  }

  override newestMs(): number | null {
    const { edge } = this.viewport;
    return edge < 0 ? null : edge * SECOND_MS;
  }

  /** Values at the ends of the profile's scale, USD/point². */
  get profileEnds(): { readonly bars: number; readonly curve: number } {
    return this.#profile.ends;
  }

  protected override spotAt(second: number): number {
    return this.#store.spot(second);
  }

  #tickOf = (points: number): number =>
    this.#store.latest === null ? NaN : points * 1e9 / this.#store.latest.tickInt;

  protected override drawBase(): void {
    const [store, pen] = [this.#store, this.basePen];
    const { theme, layout, view } = this;
    this.#heat.draw(store, this.#texture, view, layout);
    if (store.last < 0) return;
    drawStrikeLines(pen, view, layout, theme);
    if (this.#look.layers.has("gamma") && this.#look.assumption === "naive") {
      drawZeroGamma(pen, store, view, layout, theme, this.#tickOf);
    }
    drawSpot(pen, store, view, layout, theme);
  }

  protected override drawOverlay(pen: CanvasRenderingContext2D): void {
    const store = this.#store;
    if (store.last < 0) return;
    const { theme, layout, view } = this;
    const { edge } = this.viewport;
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
    const theme = this.theme;
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
    const [second, view, { dataWidth, plotHeight, dpr }] = [this.#pinned, this.view, this.layout];
    if (second === null || second < this.#store.first || second > this.#store.last) return;
    const columns = view.right + 1 - Math.floor(second / view.perColumn);
    const x = dataWidth - columns * view.columnPx;
    pen.fillStyle = this.theme.warn;
    pen.fillRect(x, 0, Math.max(1, Math.round(dpr)), plotHeight);
  }

  #drawProfile(pen: CanvasRenderingContext2D): void {
    const [store, layout] = [this.#store, this.layout];
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
      this.theme,
    );
  }

  #profileMarks(
    second: number,
    computed: ComputedGamma | null,
    isNarrow: boolean,
  ): readonly ProfileMark[] {
    const [store, theme] = [this.#store, this.theme];
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
