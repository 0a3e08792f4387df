import { packPixel, type TokenReader } from "./palettes.ts";
import { parseOklch } from "./colour.ts";

/** Colours and faces that canvases take from the design tokens. */
export interface Theme {
  readonly token: TokenReader;
  readonly voidPixel: number;
  readonly bg0: string;
  readonly bg1: string;
  readonly bg2: string;
  readonly line: string;
  readonly text1: string;
  readonly text2: string;
  readonly text3: string;
  readonly bid: string;
  readonly ask: string;
  /** Trades by a buying and by a selling aggressor. */
  readonly buy: string;
  readonly sell: string;
  readonly spot: string;
  readonly warn: string;
  readonly stale: string;
  readonly forecast: string;
  readonly scaleVoid: string;
  readonly sans: string;
  readonly mono: string;
}

/** Reads the theme from the tokens in force on the document. */
export function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    token,
    voidPixel: packPixel(parseOklch(token("scale-void"))),
    bg0: token("bg-0"),
    bg1: token("bg-1"),
    bg2: token("bg-2"),
    line: token("line"),
    text1: token("text-1"),
    text2: token("text-2"),
    text3: token("text-3"),
    bid: token("bid"),
    ask: token("ask"),
    buy: token("buy"),
    sell: token("sell"),
    spot: token("spot"),
    warn: token("warn"),
    stale: token("stale"),
    forecast: token("forecast"),
    scaleVoid: token("scale-void"),
    sans: token("sans"),
    mono: token("mono"),
  };
}

/** Returns a colour with an alpha, 0..1, for a canvas. */
export function fade(oklch: string, alpha: number): string {
  return oklch.replace(/\)$/, ` / ${alpha.toFixed(3)})`);
}
