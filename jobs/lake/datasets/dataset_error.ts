/** A dataset that cannot be made, found or trusted, with one line for people. */
export class DatasetError extends RangeError {
  override readonly name = "DatasetError";
  readonly code:
    | "not_empty"
    | "incomplete"
    | "in_use"
    | "no_bins"
    | "missing"
    | "bad_name"
    | "exists"
    | "damaged"
    | "newer_format"
    | "disk";

  constructor(code: DatasetError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
