import { ok, strictEqual } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { contrast, luminance, type Oklch, oklchToLinear, parseOklch } from "./colour.ts";
import {
  divergingStops,
  LUT_SIZE,
  LUT_ZERO,
  type PaletteName,
  PALETTES,
  sequentialStops,
} from "./palettes.ts";
import { lutIndex, type Scale, scaleLut } from "./scale.ts";

const css = Deno.readTextFileSync(
  fileURLToPath(new URL("../../../static/css/tokens.css", import.meta.url)),
);
const tokens = new Map(
  [...css.matchAll(/--([\w-]+):\s*([^;]+);/g)].map((match) => [match[1]!, match[2]!]),
);

function token(name: string): string {
  const value = tokens.get(name);
  if (value === undefined) throw new RangeError(`Cannot find the token: "${name}"`);
  return value;
}

function diverging(palette: PaletteName, end = 1): Scale {
  return { kind: "diverging", lo: -end, hi: end, unit: "", stops: divergingStops(palette) };
}

function sequential(stops: readonly string[], hi = 1): Scale {
  return { kind: "sequential", lo: 0, hi, unit: "", stops };
}

function channels(pixel: number): [number, number, number] {
  const linear = (byte: number) => {
    const v = byte / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  };
  return [linear(pixel & 255), linear((pixel >> 8) & 255), linear((pixel >> 16) & 255)];
}

/** Colours as a person without one cone type sees them, in linear sRGB. */
const DEFICIENCIES: Readonly<Record<string, readonly (readonly number[])[]>> = {
  protanopia: [[0.1122, 0.8877, 0], [0.1122, 0.8877, 0], [0.004, -0.004, 1]],
  deuteranopia: [[0.292, 0.708, 0], [0.292, 0.708, 0], [-0.0223, 0.0223, 1]],
  tritanopia: [[1.0126, 0.1323, -0.1449], [-0.0112, 0.8669, 0.1444], [-0.0112, 0.8669, 0.1444]],
};

Deno.test("every text colour stands at least 4.5 to 1 against every ground", () => {
  for (
    const text of [
      "text-1",
      "text-2",
      "text-3",
      "ok",
      "warn",
      "bad",
      "bid",
      "ask",
      "buy",
      "sell",
      "accent",
    ]
  ) {
    for (const ground of ["bg-0", "bg-1", "bg-2"]) {
      const ratio = contrast(parseOklch(token(text)), parseOklch(token(ground)));
      ok(ratio >= 4.5, `${text} on ${ground} has ${ratio.toFixed(2)}`);
    }
  }
});

Deno.test("contrast() is 21 for black and white and 1 for a colour and itself", () => {
  const grey: Oklch = { l: 0.5, c: 0, h: 0 };
  ok(Math.abs(contrast({ l: 0, c: 0, h: 0 }, { l: 1, c: 0, h: 0 }) - 21) < 0.01);
  strictEqual(contrast(grey, grey), 1);
});

Deno.test("pressure and vacuum stay apart under each common colour-vision deficiency", () => {
  for (const palette of PALETTES) {
    const lut = scaleLut(diverging(palette), token);
    for (const [name, matrix] of Object.entries(DEFICIENCIES)) {
      const seen = [0, LUT_SIZE - 1].map((i) => {
        const rgb = channels(lut[i]!);
        return matrix.map((row) => row.reduce((sum, m, c) => sum + m * rgb[c]!, 0));
      });
      const apart = Math.hypot(...seen[0]!.map((v, c) => v - seen[1]![c]!));
      ok(apart > 0.3, `${palette} under ${name}: ${apart.toFixed(2)}`);
    }
  }
});

Deno.test("bought and sold stay apart under each common colour-vision deficiency", () => {
  const [buy, sell] = ["buy", "sell"].map((name) => oklchToLinear(parseOklch(token(name))));
  for (const [name, matrix] of Object.entries(DEFICIENCIES)) {
    const seen = [buy!, sell!].map((rgb) =>
      matrix.map((row) => row.reduce((sum, m, c) => sum + m * rgb[c]!, 0))
    );
    const apart = Math.hypot(...seen[0]!.map((v, c) => v - seen[1]![c]!));
    ok(apart > 0.3, `under ${name}: ${apart.toFixed(2)}`);
  }
});

Deno.test("pressure ends lighter than vacuum, and zero is the darkest of the scale", () => {
  for (const palette of PALETTES) {
    const lut = scaleLut(diverging(palette), token);
    const light = Array.from(lut, (pixel) => luminance(channels(pixel)));
    ok(light[LUT_SIZE - 1]! > 1.3 * light[0]!);
    strictEqual(Math.min(...light), light[LUT_ZERO]);
  }
});

Deno.test("each half of every scale grows lighter away from zero, without a step back", () => {
  for (const palette of PALETTES) {
    const scales = [
      diverging(palette),
      sequential(sequentialStops(palette, "neg")),
      sequential(sequentialStops(palette, "pos")),
      sequential(["scale-zero", "scale-depth-1", "scale-depth-2"]),
    ];
    for (const scale of scales) {
      const light = Array.from(scaleLut(scale, token), (p) => luminance(channels(p)));
      const zero = scale.kind === "diverging" ? LUT_ZERO : 0;
      for (let i = zero + 1; i < LUT_SIZE; i++) ok(light[i]! >= light[i - 1]! - 2e-3);
      for (let i = zero - 1; i >= 0; i--) ok(light[i]! >= light[i + 1]! - 2e-3);
    }
  }
});

Deno.test("zero of a scale can be told from where no window reaches", () => {
  const zero = luminance(oklchToLinear(parseOklch(token("scale-zero"))));
  const empty = luminance(oklchToLinear(parseOklch(token("scale-void"))));
  ok(zero > 1.5 * empty);
});

Deno.test("lutIndex() puts the neutral value, the ends and what lies beyond them in the table", () => {
  strictEqual(lutIndex(diverging("tide"), 0), LUT_ZERO);
  strictEqual(lutIndex(diverging("tide"), -3), 0);
  strictEqual(lutIndex(diverging("tide", 5), 9), LUT_SIZE - 1);
  const around = { ...diverging("tide"), lo: 40, hi: 60 };
  strictEqual(lutIndex(around, 50), LUT_ZERO);
  strictEqual(lutIndex(around, 45), LUT_ZERO / 2);
  const stops = sequentialStops("tide", "pos");
  strictEqual(lutIndex(sequential(stops, 100), 0), 0);
  strictEqual(lutIndex(sequential(stops, 100), 100), LUT_SIZE - 1);
  strictEqual(lutIndex(sequential(stops, 100), 50), 128);
  strictEqual(lutIndex({ ...sequential(stops), lo: 10, hi: 20 }, 5), 0);
});
