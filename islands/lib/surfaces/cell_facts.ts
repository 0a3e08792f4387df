import { DASH, EXCHANGE_ZONE_LABEL, exchangeClock, fixed, signed } from "../text/mod.ts";
import { barOf } from "./cell_painter.ts";
import { HALF_BUCKETS, LADDER, PLANE, STRIKE_TICKS } from "./cell_planes.ts";
import { qualityWords } from "./quality_words.ts";
import { type Assumption, planeOf, type SurfaceStore } from "./surface_store.ts";
import type { OptionalSurface } from "./surface_window.ts";

/** The past has only what is drawn until the crosshair rests on a second. */
const NOT_LOADED = "coming: rest here";

/** What stands under the crosshair: one text per value, with its unit. */
export type CellTexts = ReadonlyMap<string, string>;

/** Every layer's value at a second and a tick. */
export function cellFacts(
  store: SurfaceStore,
  second: number,
  tick: number,
  assumption: Assumption,
  priceText: (tick: number) => string,
): CellTexts {
  const spot = store.spot(second);
  const cell = (plane: number) => store.cell(second, plane, tick);
  const away = tick - spot;
  const loaded = (surface: OptionalSurface, text: () => string) =>
    store.isLoaded(second, surface) || !store.has(second) ? text() : NOT_LOADED;
  const strike = strikeNear(store, second, tick, spot);
  const at = (plane: number) => store.strike(second, plane, strike);
  const dealers = () => {
    const text = () => unit(signed(at(planeOf(assumption)), 0), "USD/pt²");
    return assumption === "flow" ? loaded("exposure", text) : text();
  };
  const utc = new Date(second * 1_000).toISOString();
  return new Map([
    ["price", priceText(tick)],
    ["away", Number.isNaN(away) ? DASH : `${away === 0 ? "0" : signed(away, 0)} ticks from spot`],
    ["time", `${exchangeClock(second * 1_000)} ${EXCHANGE_ZONE_LABEL} · ${utc.slice(11, 19)} UTC`],
    ["velocity", unit(signed(cell(PLANE.VELOCITY), 3), "of depth/s")],
    ["wall", loaded("wall", () => wallText(cell(PLANE.WALL), cell(PLANE.WALL_CHANGE)))],
    ["vacuum", loaded("vacuum", () => unit(fixed(cell(PLANE.VACUUM), 2), "of 1"))],
    ["physics", loaded("physics", () => unit(signed(cell(PLANE.PHYSICS), 2), "of ±1"))],
    ["radar", loaded("bucket_radar", () => radarText(store, second, tick, spot))],
    ["strike", Number.isNaN(strike) ? DASH : priceText(strike)],
    ["options", unit(signed(at(LADDER.OPTIONS), 2), "of depth/s, 4 sides")],
    ["calls", unit(fixed(at(LADDER.CALLS), 0), "USD/pt²")],
    ["puts", unit(fixed(at(LADDER.PUTS), 0), "USD/pt²")],
    ["dealers", dealers()],
    ["zero", zeroText(store, second)],
    ["source", sourceText(store, second)],
  ]);
}

/** The same in a sentence, for those who hear it. */
export function cellSentence(texts: CellTexts): string {
  const of = (name: string) => texts.get(name) ?? DASH;
  return `${of("price")}, ${of("away")}, ${of("time")}. Velocity ${of("velocity")}. ` +
    `Wall ${of("wall")}. Strike ${of("strike")}: options ${of("options")}, ` +
    `dealers' gamma ${of("dealers")}. ${of("source")}`;
}

function wallText(wall: number, change: number): string {
  if (wall === 0 || Number.isNaN(wall)) return DASH;
  const grown = Math.round(change) === 0 ? "no change" : `${signed(change, 0)} in 1 s`;
  return `${fixed(Math.abs(wall), 0)} ${wall > 0 ? "ask" : "bid"} contracts, ${grown}`;
}

function unit(text: string, of: string): string {
  return text === DASH ? DASH : `${text} ${of}`;
}

/** The strike whose bar covers a tick, else the nearest one. */
function strikeNear(store: SurfaceStore, second: number, tick: number, spot: number): number {
  const middle = store.middleStrike(second);
  if (Number.isNaN(middle)) return NaN;
  const nearest = middle + Math.round((tick - middle) / STRIKE_TICKS) * STRIKE_TICKS;
  const isIn = (strike: number) => {
    const low = barOf(strike, spot);
    return tick >= low && tick < low + 8;
  };
  return [nearest, nearest - STRIKE_TICKS, nearest + STRIKE_TICKS].find(isIn) ?? nearest;
}

function radarText(store: SurfaceStore, second: number, tick: number, spot: number): string {
  const place = Math.floor(tick / 2) - Math.floor(spot / 2) + HALF_BUCKETS;
  if (!(place >= 0 && place <= 2 * HALF_BUCKETS)) return DASH;
  const at = store.cellsAt(second) + place;
  const level = store.cells[at + PLANE.BLOCKED]!;
  if (Number.isNaN(level)) return DASH;
  return `blocked ${fixed(level, 0)} of 5, cavitation ${
    fixed(store.cells[at + PLANE.CAVITATION]!, 2)
  }, gamma ${fixed(store.cells[at + PLANE.STIFFNESS]!, 2)}`;
}

function zeroText(store: SurfaceStore, second: number): string {
  const zero = store.fact(second, "zeroGamma");
  if (Number.isNaN(zero)) return "none within 60 points";
  const [low, high] = [store.fact(second, "zeroGammaLow"), store.fact(second, "zeroGammaHigh")];
  const range = Number.isNaN(low) || Number.isNaN(high)
    ? ""
    : ` (${fixed(low, 1)} to ${fixed(high, 1)})`;
  return `${fixed(zero, 1)}${range}`;
}

function sourceText(store: SurfaceStore, second: number): string {
  if (store.isOnTheWay(second)) return "Not here yet: the past is still coming";
  if (!store.has(second)) return "No data: this second did not come";
  const words = qualityWords(store.quality(second), store.isBookValid(second));
  const said = words.map(({ word }) => word).join(", ");
  return `${fixed(store.fact(second, "events"), 0)} records in this second${
    said === "" ? "" : `; ${said}`
  }`;
}
