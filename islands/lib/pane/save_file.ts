import { type Provenance, stampSlug, stampText } from "../../../modules/kit/contract.ts";
import { pictureOf, type PictureWords, readTheme } from "../canvas/mod.ts";
import { EXCHANGE_ZONE_LABEL, exchangeClock } from "../text/mod.ts";

/** Gives the browser a file to save. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000); // after the browser has read it
}

/** A picture that can be saved. */
export interface SavedPicture {
  /** Canvases, the lowest first. */
  readonly layers: readonly HTMLCanvasElement[];
  readonly of: Provenance;
  /** What is drawn, and what is true of it now. */
  readonly what: readonly string[];
  /** Time of the newest thing drawn, epoch ms. */
  readonly untilMs: number;
  readonly scale: PictureWords["scale"];
}

/** Gives the browser what canvases show as a PNG, below words that say whose market it is and until when. */
export function savePicture({ layers, of, what, untilMs, scale }: SavedPicture): void {
  const until = `to ${exchangeClock(untilMs)} ${EXCHANGE_ZONE_LABEL}`;
  const lines = [stampText(of), [...what, until].join(" · ")];
  const clock = exchangeClock(untilMs).replaceAll(":", "");
  const name = [of.instrument, of.date, clock, stampSlug(of)].filter((part) => part !== null)
    .join("-");
  pictureOf(layers, { lines, scale }, readTheme()).toBlob((png) => {
    if (png !== null) saveFile(`${name}.png`, png);
  });
}
