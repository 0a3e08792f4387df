import { SurfaceBatches, SurfacePass } from "../../engine/surfaces/pass/mod.ts";
import { packWindow, type SurfaceFrames, type SurfaceWindow } from "../market/mod.ts";
import { KeptWindow, UnpackedWindow } from "../serve/surfaces/kept_window.ts";
import { DEFAULTS } from "../serve/surfaces/params.ts";
import { SurfaceEncoder, surfacesNamed } from "../serve/surfaces/surface_encoder.ts";
import type { SessionFile } from "./surface_session.ts";

/** What clients get of both endpoints who ask for nothing. */
const SENT = Object.values(DEFAULTS).map(({ surfaces, anchor }) => ({
  surfaces: surfacesNamed(surfaces),
  form: { isExtended: false, anchor },
}));

/** Everything that a market's worker makes of a window, and what the server sends of it by default. */
export class SurfaceReader {
  readonly pass: SurfacePass;
  /** Encoded so far, bytes. */
  sentBytes = 0;
  windows = 0;
  readonly #isSent: boolean;
  readonly #encoder = new SurfaceEncoder();
  readonly #unpacked = new UnpackedWindow();
  #batches: SurfaceBatches | null = null;

  /** @param isSent Whether windows are encoded, or only packed for the server's thread. */
  constructor({ baseNs, future, chain }: SessionFile, isSent: boolean) {
    this.#isSent = isSent;
    this.pass = new SurfacePass({
      baseNs,
      future,
      chain,
      isGenerated: true,
      onWindow: (closed) => this.#close(closed),
    });
  }

  #close(pass: SurfacePass): void {
    const batches = this.#batches ??= SurfaceBatches.ofStreams(pass);
    batches.clear();
    batches.take(pass);
    const { spotRefInt, strikeRefInt } = pass.windows.future.row;
    const window = packWindow({
      endNs: pass.endNs,
      symbol: "ESH6",
      spotRefInt,
      strikeRefInt,
      tickInt: pass.tickNano,
      hasOptions: pass.hasOptions,
      isPast: false,
    }, framesOf(batches));
    this.windows++;
    if (this.#isSent) this.#send(window);
  }

  #send(window: SurfaceWindow): void {
    const kept = new KeptWindow(window, this.#unpacked);
    for (const { surfaces, form } of SENT) {
      for (const surface of surfaces) {
        this.sentBytes += this.#encoder.encode(kept, surface, form).length;
      }
    }
  }
}

function framesOf({ batches }: SurfaceBatches): SurfaceFrames {
  return Object.fromEntries([...batches].map(([name, batch]) => [name, batch.frame()]));
}
