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
  /** Inks over a picture, whose ground stays dark where the reader's own colours are forced. */
  readonly picture: {
    readonly ground: string;
    readonly bid: string;
    readonly ask: string;
    readonly spot: string;
  };
  readonly sans: string;
  readonly mono: string;
}

/** Reads the theme from the tokens in force on the document. */
export function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const own = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const token = matchMedia("(forced-colors: active)").matches
    ? (name: string) => resolved(own(name))
    : own;
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
    picture: {
      ground: token("picture-ground"),
      bid: token("picture-bid"),
      ask: token("picture-ask"),
      spot: token("picture-spot"),
    },
    sans: token("sans"),
    mono: token("mono"),
  };
}

/** What a system colour is on this reader's machine: a canvas does not know them all. Other values stay as they are. */
function resolved(value: string): string {
  if (!/^[A-Z]\w+$/.test(value)) return value;
  const probe = document.createElement("span");
  probe.style.color = value;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color.replaceAll(",", ""); // so that fade() may add its alpha
}

/** Returns a colour with an alpha, 0..1, for a canvas. */
export function fade(colour: string, alpha: number): string {
  return colour.replace(/\)$/, ` / ${alpha.toFixed(3)})`);
}
