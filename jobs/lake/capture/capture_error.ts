/** A capture that cannot be made, with one line for people. */
export class CaptureError extends RangeError {
  override readonly name = "CaptureError";
  /** `usage` when the request itself breaks a rule. */
  readonly code: "usage" | "outside" | "no_bins" | "content" | "instrument" | "cancelled";

  constructor(code: CaptureError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
