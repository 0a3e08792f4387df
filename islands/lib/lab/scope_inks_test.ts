import { ok } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { luminance } from "../canvas/colour.ts";
import { SCOPE_INKS, type ScopeInk } from "./ops.ts";

type Rgb = readonly [number, number, number];

const CSS = Deno.readTextFileSync(
  fileURLToPath(new URL("../../../static/css/tokens.css", import.meta.url)),
);
/** Marks that carry figures; the grid, fills and hazes are told by their edges and texts. */
const MARKS: readonly ScopeInk[] = [
  "terrain-line",
  "gate-edge",
  "wear-fill",
  "arrow",
  "probe",
  "velocity",
  "force",
  "predicted",
  "actual",
  "error",
  "highlight",
];
const MOST_HAZE = 0.14;

/** Channels and alpha of a token, each 0 to 255 and 0 to 1. */
function inkOf(name: ScopeInk): readonly [Rgb, number] {
  const value = new RegExp(`--scope-${name}: ([^;]+);`).exec(CSS)?.[1] ?? "";
  const hex = /^#(..)(..)(..)$/.exec(value)?.slice(1).map((part) => parseInt(part, 16));
  const [r, g, b, alpha = 1] = hex ?? value.match(/[\d.]+/g)?.map(Number) ?? [];
  ok([r, g, b].every((channel) => channel !== undefined), `no token --scope-${name}`);
  return [[r!, g!, b!], alpha];
}

/** An ink over a ground. */
function over(ground: Rgb, [ink, alpha]: readonly [Rgb, number]): Rgb {
  const mix = (i: 0 | 1 | 2) => ground[i] + (ink[i] - ground[i]) * alpha;
  return [mix(0), mix(1), mix(2)];
}

function contrastOf(one: Rgb, other: Rgb): number {
  const light = ([r, g, b]: Rgb) => {
    const linear = (byte: number) => ((byte / 255 + 0.055) / 1.055) ** 2.4;
    return luminance([linear(r), linear(g), linear(b)]) + 0.05;
  };
  const [a, b] = [light(one), light(other)];
  return Math.max(a, b) / Math.min(a, b);
}

const [GROUND] = inkOf("bg");

Deno.test("every ink of the scope is a token", () => {
  for (const name of SCOPE_INKS) inkOf(name);
});

Deno.test("texts of the scope stand at least 7 to 1, marks 4.5 to 1, against its ground", () => {
  ok(contrastOf(over(GROUND, inkOf("text")), GROUND) >= 7);
  for (const name of MARKS) {
    const ratio = contrastOf(over(GROUND, inkOf(name)), GROUND);
    ok(ratio >= 4.5, `${name}: ${ratio.toFixed(2)}`);
  }
});

Deno.test("the line of the terrain stands at least 7 to 1 in the thickest haze", () => {
  const [haze] = inkOf("haze");
  const inHaze = (rgb: Rgb) => over(rgb, [haze, MOST_HAZE]);
  const ratio = contrastOf(inHaze(inkOf("terrain-line")[0]), inHaze(GROUND));
  ok(ratio >= 7, ratio.toFixed(2));
});
