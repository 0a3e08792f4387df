import type { Frame } from "../../../engine/frames/mod.ts";

/** Turns bins into the bytes of a file. */
export interface BinFormat {
  /** Writes one bin; nothing of it is kept. */
  write(bin: Frame): void;
  /** Writes what ends the file. */
  end(): void;
}
