import { QUALITY } from "./surface_window.ts";

/** What is to be known of a window besides its values. */
export interface QualityWord {
  readonly word: string;
  readonly title: string;
  /** Values may be wrong, not only of another kind. */
  readonly isBad: boolean;
}

const BITS: readonly (readonly [number, QualityWord])[] = [
  [QUALITY.BAD_BOOK, {
    word: "maybe a bad book",
    title: "The exchange flagged records of this second as maybe of a bad book",
    isBad: true,
  }],
  [QUALITY.CROSSED, {
    word: "crossed book",
    title: "The best bid was not below the best ask when this second ended",
    isBad: true,
  }],
  [QUALITY.LATE, {
    word: "late records",
    title: "Records of earlier seconds came in this one: what they changed is counted here",
    isBad: true,
  }],
  [QUALITY.SNAPSHOT, {
    word: "snapshot",
    title: "The book was rebuilt from a snapshot: its orders count as added in this second",
    isBad: false,
  }],
  [QUALITY.NO_OPTION_BOOK, {
    word: "no option book",
    title:
      "No option has a two-sided book: gamma stands on volatilities of earlier seconds or on none",
    isBad: true,
  }],
  [QUALITY.BOOTSTRAP, {
    word: "bootstrap calibration",
    title: "Scores from 0 to 1 are held to fixed bounds: fewer than 300 seconds were seen so far",
    isBad: false,
  }],
  [QUALITY.GENERATED, {
    word: "generated data",
    title: "The market was made by the generator",
    isBad: false,
  }],
];

/** What the bits of a window's quality say. */
export function qualityWords(quality: number, isBookValid: boolean): readonly QualityWord[] {
  const found = BITS.filter(([bit]) => (quality & bit) !== 0).map(([, word]) => word);
  if (isBookValid) return found;
  const invalid = {
    word: "book not whole",
    title: "A record was missing: levels may lack orders until the book is rebuilt",
    isBad: true,
  };
  return [invalid, ...found];
}
