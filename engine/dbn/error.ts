/** Why bytes could not be read as DBN or Zstandard. */
export type DbnErrorCode =
  | "magic"
  | "dbz"
  | "version"
  | "metadata"
  | "record-length"
  | "truncated"
  | "upgrade"
  | "field"
  | "zstd"
  | "zstd-window";

/** Where and after how much a {@linkcode DbnError} arose. */
export interface DbnErrorPlace {
  /** Offset of the offending byte in `stream`. */
  readonly byteOffset: number;
  /** `dbn`: the uncompressed stream, `zstd`: the compressed one. Default `dbn`. */
  readonly stream?: "dbn" | "zstd";
  /** Records read before the error; 0 inside the metadata. */
  readonly recordIndex?: number;
  /** With code `truncated`: bytes of the incomplete tail. */
  readonly trailingBytes?: number;
  readonly cause?: unknown;
}

/**
 * Bytes that are not DBN, are damaged, or end too early. Everything that was read before the error
 * has been delivered to the sink.
 *
 * @see docs/methods/dbn.md, "Errors".
 */
export class DbnError extends SyntaxError {
  override readonly name = "DbnError";
  readonly code: DbnErrorCode;
  readonly byteOffset: number;
  readonly stream: "dbn" | "zstd";
  readonly recordIndex: number;
  readonly trailingBytes: number;

  constructor(code: DbnErrorCode, message: string, place: DbnErrorPlace) {
    super(message, place.cause === undefined ? undefined : { cause: place.cause });
    this.code = code;
    this.byteOffset = place.byteOffset;
    this.stream = place.stream ?? "dbn";
    this.recordIndex = place.recordIndex ?? 0;
    this.trailingBytes = place.trailingBytes ?? 0;
  }
}
