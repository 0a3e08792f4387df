import { FrameStats, readTheme, type WheelTarget } from "../canvas/mod.ts";
import { layerOps, listHash } from "./display_list.ts";
import { inNextFrame, notInNextFrame } from "./frame_loop.ts";
import { GateMotion } from "./gate_motion.ts";
import { type MediumSample, MediumSampler, wallAt, wallBeside } from "./medium_sampler.ts";
import { type Op, SCOPE_LAYERS, type ScopeLayer } from "./ops.ts";
import { ScopeAxis } from "./scope_axis.ts";
import { type ScopeGeometry, scopeGeometry } from "./scope_geometry.ts";
import { ScopePainter, scopeTheme } from "./scope_painter.ts";
import {
  clamp,
  FIRST_ZOOM,
  type ScopeSnapshot,
  type ScopeView,
  type ScopeWall,
  zoomedBy,
} from "./scope_snapshot.ts";

/** Pixels of a canvas per CSS pixel, at most. */
const MOST_DPR = 2;

/** The four canvases of a scope, each painted when what it shows has changed. */
export class MediumScopeView {
  readonly #canvases: readonly HTMLCanvasElement[];
  readonly #painters: readonly ScopePainter[];
  readonly #onPaint: (view: MediumScopeView) => void;
  readonly #motion: GateMotion;
  readonly #dirty = new Set<ScopeLayer>();
  readonly #draw = () => this.draw(performance.now());
  /** What painting cost. */
  readonly stats = new FrameStats();
  /** Whether the reader wants no motion. */
  readonly isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  /** Times that anything was painted. */
  frameSeq = 0;
  #shown: Readonly<Record<ScopeLayer, readonly Op[]>> = {
    static: [],
    field: [],
    dynamic: [],
    cursor: [],
  };
  /** Hash of what is shown; null where it has changed since. */
  #hash: string | null = null;
  #isMoving = false;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #snapshot: ScopeSnapshot;
  #view: ScopeView = { w: 1_120, h: 630, zoom: FIRST_ZOOM };
  #geometry: ScopeGeometry;
  #dpr = 1;
  #crosshair: number | null = null;
  #sampler: MediumSampler | null = null;

  /**
   * @param canvases One for each of {@link SCOPE_LAYERS}, the lowest first.
   * @param onPaint Called in the task of every paint.
   */
  constructor(
    canvases: readonly HTMLCanvasElement[],
    snapshot: ScopeSnapshot,
    onPaint: (view: MediumScopeView) => void = () => {},
  ) {
    const theme = scopeTheme(readTheme());
    this.#motion = new GateMotion(this.isStill);
    this.#canvases = canvases;
    this.#painters = canvases.map((canvas) => new ScopePainter(canvas, theme));
    this.#onPaint = onPaint;
    this.#snapshot = snapshot;
    this.#geometry = scopeGeometry(snapshot, this.#view);
  }

  get snapshot(): ScopeSnapshot {
    return this.#snapshot;
  }

  get view(): ScopeView {
    return this.#view;
  }

  get geometry(): ScopeGeometry {
    return this.#geometry;
  }

  /** Place of the crosshair, ticks from the spot; null while it is away. */
  get crosshair(): number | null {
    return this.#crosshair;
  }

  /** The wall that the crosshair stands in. */
  get selected(): ScopeWall | null {
    return this.#crosshair === null ? null : wallAt(this.#snapshot, this.#crosshair);
  }

  /** The medium under the crosshair; null while it is away. */
  get reading(): MediumSample | null {
    if (this.#crosshair === null) return null;
    this.#sampler ??= new MediumSampler(this.#snapshot);
    return this.#sampler.at(this.#crosshair);
  }

  /** Hash of the display list that was painted last; what is on its way is not part of it. */
  get listHash(): string {
    return this.#hash ??= listHash(SCOPE_LAYERS.flatMap((layer) => this.#shown[layer]));
  }

  /** Fits the canvases to a box. @param w CSS pixels. @param dpr Pixels of the screen per CSS pixel. */
  resize(w: number, h: number, dpr: number): void {
    this.#dpr = Math.min(MOST_DPR, dpr);
    for (const canvas of this.#canvases) {
      canvas.width = Math.round(w * this.#dpr);
      canvas.height = Math.round(h * this.#dpr);
    }
    this.#change({ ...this.#view, w, h });
  }

  /** Zooms by steps about the spot: positive is nearer. */
  zoomBy(steps: number): void {
    this.#change({ ...this.#view, zoom: zoomedBy(this.#view.zoom, steps) });
  }

  /** Sets the zoom, 1 to 64. */
  zoomTo(zoom: number): void {
    this.#change({ ...this.#view, zoom });
  }

  #change(view: ScopeView): void {
    this.#view = view;
    this.#layOut(SCOPE_LAYERS);
    this.setCrosshair(this.#crosshair);
  }

  /** Shows another tick. */
  show(snapshot: ScopeSnapshot): void {
    this.#motion.note(this.#snapshot, snapshot, performance.now());
    const isSameGrid = snapshot.N === this.#snapshot.N && snapshot.dx === this.#snapshot.dx;
    this.#snapshot = snapshot;
    this.#sampler = null;
    this.#layOut(isSameGrid ? ["field", "dynamic", "cursor"] : SCOPE_LAYERS);
  }

  #layOut(layers: readonly ScopeLayer[]): void {
    this.#geometry = scopeGeometry(this.#snapshot, this.#view);
    this.#paintSoon(...layers);
  }

  /** Moves the crosshair; null takes it away. @param x Ticks from the spot, held within the view. */
  setCrosshair(x: number | null): void {
    const { xVis } = this.#geometry;
    const before = this.selected;
    this.#crosshair = x === null ? null : clamp(x, -xVis, xVis);
    if (this.selected !== before) this.#paintSoon("dynamic");
    this.#paintSoon("cursor");
  }

  /** Puts the crosshair where a pointer is, CSS pixels from the left; outside the plot it goes away. */
  #pointAt(px: number): void {
    const axis = new ScopeAxis(this.#snapshot, this.#view);
    this.setCrosshair(px < axis.left || px > axis.right ? null : axis.ticks(px));
  }

  /** What mouse, fingers and wheel work: they zoom about the spot, and there is nothing to pan. */
  hand(): WheelTarget {
    return {
      dpr: 1,
      view: { columnPx: 1, rowPx: 1 },
      pointer: null,
      setPointer: (at) => at === null ? this.setCrosshair(null) : this.#pointAt(at.x),
      pan: () => {},
      zoom: (steps, otherSteps) => this.zoomBy(steps === 0 ? otherSteps : steps),
      reset: () => this.zoomTo(FIRST_ZOOM),
    };
  }

  /** Moves the crosshair by nodes; it starts at the spot. */
  stepCrosshair(nodes: number): void {
    const { dx } = this.#snapshot;
    this.setCrosshair((this.#crosshair ?? 0) + nodes * dx);
  }

  /** Puts the crosshair on the next wall in view, 1 above or −1 below. */
  stepGate(step: 1 | -1): void {
    const wall = wallBeside(this.#snapshot, this.#crosshair ?? 0, step);
    const x = wall === null ? NaN : wall.center - this.#snapshot.spot;
    if (Math.abs(x) <= this.#geometry.xVis) this.setCrosshair(x);
  }

  #paintSoon(...layers: readonly ScopeLayer[]): void {
    for (const layer of layers) this.#dirty.add(layer);
    inNextFrame(this.#draw);
  }

  /** Paints what has changed. @param nowMs Time of the page. */
  draw(nowMs: number): void {
    const begunMs = performance.now();
    const axis = new ScopeAxis(this.#snapshot, this.#view);
    const scene = {
      snapshot: this.#snapshot,
      view: this.#view,
      geometry: this.#geometry,
      crosshairPx: this.#crosshair === null ? null : axis.px(this.#crosshair),
      selected: this.selected,
    };
    SCOPE_LAYERS.forEach((layer, i) => {
      const isChanged = this.#dirty.delete(layer);
      const isMoved = layer === "dynamic" && this.#isMoving;
      if (isChanged) {
        this.#shown = { ...this.#shown, [layer]: layerOps(layer, scene) };
        this.#hash = null;
      }
      if (!isChanged && !isMoved) return;
      const moving = layer === "dynamic" ? this.#motion.ops(scene, nowMs) : [];
      const ops = [...moving, ...this.#shown[layer]];
      this.#painters[i]?.paint(ops, this.#geometry.plot, this.#dpr);
    });
    this.stats.add(performance.now() - begunMs);
    this.frameSeq++;
    this.#onPaint(this);
    this.#goOn(nowMs);
  }

  /** Comes back while a gate moves. */
  #goOn(nowMs: number): void {
    clearTimeout(this.#rest);
    const restMs = this.#motion.restMs(nowMs);
    if (restMs === 0) inNextFrame(this.#draw);
    else if (restMs !== null) this.#rest = setTimeout(this.#draw, restMs);
    this.#isMoving = restMs !== null;
  }

  /** Draws no more. */
  close(): void {
    clearTimeout(this.#rest);
    notInNextFrame(this.#draw);
  }
}
