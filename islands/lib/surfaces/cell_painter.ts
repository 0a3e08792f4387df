import {
  type ColumnPainter,
  packPixel,
  parseOklch,
  type PixelColumn,
  type Theme,
} from "../canvas/mod.ts";
import {
  HALF_BUCKETS,
  HALF_STRIKES,
  HALF_TICKS,
  LADDER,
  PLANE,
  ROWS,
  STRIKE_TICKS,
  STRIKES,
} from "./cell_planes.ts";
import type { Layer } from "./layers.ts";
import { type Assumption, exposureAt, exposureSize, type SurfaceStore } from "./surface_store.ts";

/** Less is not drawn. */
const LEAST_VELOCITY = 0.001;
const LEAST_EASE = 0.05;
const LEAST_VACUUM = 0.1;
const LEAST_RADAR = 0.05;
/** Logarithm of the depth that is drawn in full. */
const FULL_WALL = 12;
/** How much light the strongest gamma adds: what lies below it must stay readable. */
const GAMMA_LIGHT = 0.55;
/** Height of a bar of options, ticks. */
const BAR_TICKS = 8;

type Rgb = readonly [number, number, number];

const INKS = [
  "build",
  "erode",
  "option-build",
  "option-erode",
  "calls",
  "puts",
  "ask-wall",
  "bid-wall",
  "vacuum",
  "up",
  "down",
  "blocked",
  "cavitation",
  "stiff",
] as const;
type Ink = (typeof INKS)[number];

/** Which layers are painted, and whose gamma. */
export interface SurfaceLook {
  readonly layers: ReadonlySet<Layer>;
  readonly assumption: Assumption;
}

/**
 * Paints the layers of a second over each other, each value at its absolute tick. Of several seconds in a
 * column the strongest value of a layer stands.
 */
export class CellPainter implements ColumnPainter {
  /** Bitmaps hold four times as many levels: what the spot moves through in half an hour. */
  readonly rows = 512;
  readonly #store: SurfaceStore;
  readonly #look: SurfaceLook;
  readonly #inks: Readonly<Record<Ink, Rgb>>;
  readonly #ground: Rgb;
  readonly #voidPixel: number;
  #red = new Float32Array(0);
  #green = new Float32Array(0);
  #blue = new Float32Array(0);
  #values = new Float32Array(0);
  #top = 0;

  constructor(store: SurfaceStore, look: SurfaceLook, theme: Theme) {
    this.#store = store;
    this.#look = look;
    this.#voidPixel = theme.voidPixel;
    this.#ground = rgbOf(theme.voidPixel);
    const inkOf = (ink: Ink) => rgbOf(packPixel(parseOklch(theme.token(`surface-${ink}`))));
    this.#inks = Object.fromEntries(INKS.map((ink) => [ink, inkOf(ink)])) as Record<Ink, Rgb>;
  }

  paint(first: number, positions: number, top: number, into: PixelColumn): void {
    const { pixels, at, stride, height } = into;
    const seconds = this.#secondsOf(first, positions);
    if (seconds.length === 0) {
      for (let y = 0; y < height; y++) pixels[y * stride + at] = this.#voidPixel;
      return;
    }
    this.#begin(top, height);
    const { layers } = this.#look;
    if (layers.has("physics")) this.#physics(seconds);
    if (layers.has("walls")) this.#walls(seconds);
    if (layers.has("radar")) this.#radar(seconds);
    if (layers.has("vacuum")) this.#vacuum(seconds);
    if (layers.has("velocity")) this.#velocity(seconds);
    if (layers.has("gamma")) this.#gamma(seconds);
    if (layers.has("options")) this.#options(seconds);
    const [red, green, blue] = [this.#red, this.#green, this.#blue];
    for (let y = 0; y < height; y++) {
      pixels[y * stride + at] =
        ((255 << 24) | (byteOf(blue[y]!) << 16) | (byteOf(green[y]!) << 8) | byteOf(red[y]!)) >>> 0;
    }
  }

  #secondsOf(first: number, positions: number): readonly number[] {
    const seconds: number[] = [];
    for (let second = first; second < first + positions; second++) {
      if (!Number.isNaN(this.#store.spot(second))) seconds.push(second);
    }
    return seconds;
  }

  #begin(top: number, height: number): void {
    this.#top = top;
    if (this.#values.length !== height) {
      this.#red = new Float32Array(height);
      this.#green = new Float32Array(height);
      this.#blue = new Float32Array(height);
      this.#values = new Float32Array(height);
    }
    this.#red.fill(this.#ground[0]);
    this.#green.fill(this.#ground[1]);
    this.#blue.fill(this.#ground[2]);
  }

  /** Gathers a plane of ticks by pixels. @returns The first pixel that may have a value, and the one after the last. */
  #gather(plane: number, seconds: readonly number[]): readonly [number, number] {
    const [store, values] = [this.#store, this.#values];
    const { cells } = store;
    values.fill(0);
    let [low, high] = [values.length, 0];
    for (const second of seconds) {
      const from = store.cellsAt(second) + plane;
      const bottom = this.#top - (store.spot(second) - HALF_TICKS);
      const [start, end] = [Math.max(0, bottom - ROWS + 1), Math.min(values.length, bottom + 1)];
      for (let y = start; y < end; y++) {
        const value = cells[from + bottom - y]!;
        // NaN is stronger than nothing.
        if (Math.abs(value) > Math.abs(values[y]!)) values[y] = value;
      }
      low = Math.min(low, start);
      high = Math.max(high, end);
    }
    return [low, high];
  }

  #blend(y: number, [red, green, blue]: Rgb, alpha: number): void {
    this.#red[y]! += (red - this.#red[y]!) * alpha;
    this.#green[y]! += (green - this.#green[y]!) * alpha;
    this.#blue[y]! += (blue - this.#blue[y]!) * alpha;
  }

  #physics(seconds: readonly number[]): void {
    const [low, high] = this.#gather(PLANE.PHYSICS, seconds);
    for (let y = low; y < high; y++) {
      const ease = this.#values[y]!;
      const size = Math.abs(ease);
      if (size < LEAST_EASE) continue;
      this.#blend(y, ease > 0 ? this.#inks.up : this.#inks.down, Math.min(1, 1.5 * size));
    }
  }

  #walls(seconds: readonly number[]): void {
    const [low, high] = this.#gather(PLANE.WALL, seconds);
    for (let y = low; y < high; y++) {
      const depth = this.#values[y]!;
      if (depth === 0) continue;
      const strength = Math.min(1, Math.log1p(Math.abs(depth)) / FULL_WALL);
      this.#blend(y, depth > 0 ? this.#inks["ask-wall"] : this.#inks["bid-wall"], 0.95 * strength);
    }
  }

  #vacuum(seconds: readonly number[]): void {
    const [low, high] = this.#gather(PLANE.VACUUM, seconds);
    for (let y = low; y < high; y++) {
      const darkness = 0.9 * this.#values[y]!;
      if (darkness >= LEAST_VACUUM) this.#blend(y, this.#inks.vacuum, Math.min(1, darkness));
    }
  }

  #velocity(seconds: readonly number[]): void {
    const [low, high] = this.#gather(PLANE.VELOCITY, seconds);
    for (let y = low; y < high; y++) {
      const velocity = this.#values[y]!;
      const size = Math.abs(velocity);
      if (size < LEAST_VELOCITY) continue;
      const ink = velocity > 0 ? this.#inks.build : this.#inks.erode;
      this.#blend(y, ink, 0.8 * Math.tanh(2 * size));
    }
  }

  #radar(seconds: readonly number[]): void {
    const { cells } = this.#store;
    const second = seconds.at(-1)!;
    const at = this.#store.cellsAt(second);
    const middle = Math.floor(this.#store.spot(second) / 2);
    const { blocked, cavitation, stiff } = this.#inks;
    for (let i = 0; i <= 2 * HALF_BUCKETS; i++) {
      const level = cells[at + PLANE.BLOCKED + i]!;
      if (Number.isNaN(level)) continue;
      const parts = [
        level / 5,
        cells[at + PLANE.CAVITATION + i]!,
        0.3 * cells[at + PLANE.STIFFNESS + i]!,
      ];
      const sum = parts[0]! + parts[1]! + parts[2]!;
      if (sum < LEAST_RADAR) continue;
      const mixed = [0, 1, 2].map((channel) =>
        (blocked[channel]! * parts[0]! + cavitation[channel]! * parts[1]! +
          stiff[channel]! * parts[2]!) / sum
      ) as unknown as Rgb;
      const y = this.#top - 2 * (middle + i - HALF_BUCKETS);
      for (const row of [y, y - 1]) {
        if (row >= 0 && row < this.#red.length) this.#blend(row, mixed, Math.min(0.95, sum));
      }
    }
  }

  #gamma(seconds: readonly number[]): void {
    const { assumption } = this.#look;
    const { ladder } = this.#store;
    const second = this.#lastWithStrikes(seconds);
    if (second === null) return;
    const at = this.#store.ladderAt(second);
    const middle = this.#store.middleStrike(second);
    const peak = this.#store.peak(second, assumption);
    for (let place = 0; place < STRIKES; place++) {
      const size = exposureSize(ladder, at, place, assumption);
      if (!(size > 0 && peak > 0)) continue;
      const isLong = exposureAt(ladder, at, place, assumption) > 0;
      const density = Math.sqrt(Math.min(1, size / peak));
      const reach = Math.max(1, Math.round(3 * density));
      const y = this.#top - (middle + (place - HALF_STRIKES) * STRIKE_TICKS);
      const ink = isLong ? this.#inks.calls : this.#inks.puts;
      for (let away = -reach; away <= reach; away++) {
        const nearness = 1 - Math.abs(away) / (reach + 1);
        this.#add(y + away, ink, GAMMA_LIGHT * (0.4 + 0.6 * density) * density * nearness);
      }
    }
  }

  #add(y: number, [red, green, blue]: Rgb, part: number): void {
    if (y < 0 || y >= this.#red.length) return;
    this.#red[y]! += red * part;
    this.#green[y]! += green * part;
    this.#blue[y]! += blue * part;
  }

  #options(seconds: readonly number[]): void {
    const { ladder } = this.#store;
    const second = this.#lastWithStrikes(seconds);
    if (second === null) return;
    const at = this.#store.ladderAt(second) + LADDER.OPTIONS;
    const middle = this.#store.middleStrike(second);
    const spot = this.#store.spot(second);
    for (let place = 0; place < STRIKES; place++) {
      const velocity = ladder[at + place]!;
      const size = Math.abs(velocity);
      if (!(size >= LEAST_VELOCITY)) continue;
      const strike = middle + (place - HALF_STRIKES) * STRIKE_TICKS;
      const ink = velocity > 0 ? this.#inks["option-build"] : this.#inks["option-erode"];
      const low = barOf(strike, spot);
      for (let i = 0; i < BAR_TICKS; i++) {
        const y = this.#top - (low + i);
        if (y < 0 || y >= this.#red.length) continue;
        this.#blend(y, ink, 0.85 * Math.tanh(0.3 * size) * BAR_EDGE[i]!);
      }
    }
  }

  #lastWithStrikes(seconds: readonly number[]): number | null {
    return seconds.findLast((second) => !Number.isNaN(this.#store.middleStrike(second))) ?? null;
  }
}

/** Lowest tick of the bar of a strike: from its line away from the spot, around it where both are one. */
export function barOf(strike: number, spot: number): number {
  if (strike > spot) return strike;
  return strike < spot ? strike - BAR_TICKS + 1 : strike - BAR_TICKS / 2;
}

/** How much of a bar is seen at its ticks: it fades at both edges. */
const BAR_EDGE: readonly number[] = Array.from({ length: BAR_TICKS }, (_, i) => {
  const away = Math.abs(i + 0.5 - BAR_TICKS / 2) / BAR_TICKS;
  const t = Math.min(1, Math.max(0, (away - 0.35) / 0.15));
  return 1 - t * t * (3 - 2 * t);
});

function rgbOf(pixel: number): Rgb {
  return [pixel & 255, (pixel >>> 8) & 255, (pixel >>> 16) & 255];
}

function byteOf(value: number): number {
  return value > 255 ? 255 : Math.round(value);
}
