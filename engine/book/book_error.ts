/** A book that cannot go on: a price outside a strict grid, or depth below zero. */
export class BookError extends RangeError {
  override readonly name = "BookError";
  readonly code: "out_of_range" | "depth_underflow" | "anchor";

  constructor(code: BookError["code"], message: string) {
    super(message);
    this.code = code;
  }
}
