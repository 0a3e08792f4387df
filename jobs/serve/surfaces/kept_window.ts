import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { Frame } from "../../../engine/frames/mod.ts";
import {
  LARGEST_SURFACE,
  packOf,
  type SurfaceName,
  type SurfaceWindow,
  type WindowHead,
} from "../../market/mod.ts";

/** Fast, as this runs on the thread that serves. */
const ZSTD = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Rows of a surface as they lie in a window. */
export type KeptRows = Pick<Frame, "columns" | "valid"> & { readonly rows: number };

/** A window in the ring: as it came, and packed when it is not among the newest any more. */
export class KeptWindow {
  readonly head: WindowHead;
  readonly #unpacked: UnpackedWindow;
  #surfaces: SurfaceWindow["surfaces"];
  #buffer: ArrayBuffer | null;
  #packed: Uint8Array<ArrayBuffer> | null = null;

  /** @param unpacked Shared by the windows of a ring. */
  constructor(window: SurfaceWindow, unpacked: UnpackedWindow) {
    this.#unpacked = unpacked;
    const { buffer, surfaces, ...head } = window;
    this.head = head;
    this.#buffer = buffer;
    this.#surfaces = surfaces;
  }

  /** Memory that its rows take, bytes. */
  get bytes(): number {
    return this.#buffer?.byteLength ?? this.#packed?.byteLength ?? 0;
  }

  /** Rows of a surface; null where the window has none of it. They are read before anything is awaited. */
  rowsOf(name: SurfaceName): KeptRows | null {
    const place = this.#surfaces[name];
    if (place === undefined) return null;
    return { rows: place.rows, ...packOf(name).views(this.#raw(), place.at, place.rows) };
  }

  /** Keeps it in less memory, from now on without the largest of its surfaces. */
  pack(): void {
    const buffer = this.#buffer;
    if (buffer === null) return;
    const { [LARGEST_SURFACE]: left, ...others } = this.#surfaces;
    this.#surfaces = others;
    this.#packed = ownBytes(zstdCompressSync(new Uint8Array(buffer, 0, left?.at), ZSTD));
    this.#buffer = null;
  }

  #raw(): ArrayBuffer {
    if (this.#buffer !== null) return this.#buffer;
    return this.#unpacked.of(this, this.#packed ?? new Uint8Array());
  }
}

/** The packed window that was asked for last, unpacked: its surfaces are encoded one after another. */
export class UnpackedWindow {
  #window: KeptWindow | null = null;
  #buffer = new ArrayBuffer(0);

  /** What is in `packed`, which is the window's. */
  of(window: KeptWindow, packed: Uint8Array): ArrayBuffer {
    if (this.#window !== window) {
      this.#buffer = ownBytes(zstdDecompressSync(packed)).buffer;
      this.#window = window;
    }
    return this.#buffer;
  }
}

/** A copy in a buffer of its own: the library's may be larger than what is in it. */
function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
