/** A colour in OKLCH: lightness 0..1, chroma ≥ 0, hue in degrees. */
export interface Oklch {
  readonly l: number;
  readonly c: number;
  readonly h: number;
}

/** Linear-light sRGB, each channel nominally 0..1 (outside when the colour is out of gamut). */
export type LinearRgb = readonly [number, number, number];

const OKLCH_TEXT = /^\s*oklch\(\s*([\d.]+)(%?)\s+([\d.]+)\s+(-?[\d.]+)(?:deg)?\s*\)\s*$/;

/**
 * Returns the colour that a CSS `oklch(L C H)` text names.
 *
 * @throws {SyntaxError} When the text is anything else, an alpha included.
 */
export function parseOklch(text: string): Oklch {
  const match = OKLCH_TEXT.exec(text);
  if (match === null) {
    throw new SyntaxError(`Cannot parse colour as it is not oklch(L C H): "${text}"`);
  }
  const scale = match[2] === "%" ? 0.01 : 1;
  return { l: Number(match[1]) * scale, c: Number(match[3]), h: Number(match[4]) };
}

/**
 * Returns linear-light sRGB of an OKLab triple.
 *
 * @see Ottosson (2020), "A perceptual color space for image processing".
 */
export function oklabToLinear(lightness: number, a: number, b: number): LinearRgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

/** Returns linear-light sRGB of an OKLCH colour. */
export function oklchToLinear(colour: Oklch): LinearRgb {
  const hue = (colour.h * Math.PI) / 180;
  return oklabToLinear(colour.l, colour.c * Math.cos(hue), colour.c * Math.sin(hue));
}

/** Returns the 0..255 byte of one linear-light channel, clipped to the gamut. */
export function encodeChannel(linear: number): number {
  const v = linear < 0 ? 0 : linear > 1 ? 1 : linear;
  return Math.round(255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055));
}

/** Returns WCAG relative luminance, 0 black to 1 white, of a colour as a screen shows it. */
export function luminance([r, g, b]: LinearRgb): number {
  const clip = (v: number) => Math.min(1, Math.max(0, v));
  return 0.2126 * clip(r) + 0.7152 * clip(g) + 0.0722 * clip(b);
}

/** Returns the WCAG contrast ratio, 1..21, of two colours; the order does not matter. */
export function contrast(one: Oklch, other: Oklch): number {
  const a = luminance(oklchToLinear(one));
  const b = luminance(oklchToLinear(other));
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}
