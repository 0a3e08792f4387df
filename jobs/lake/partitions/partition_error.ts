/** A partition that cannot be written, found or trusted, with one line for people. */
export class PartitionError extends RangeError {
  override readonly name = "PartitionError";
  readonly code:
    | "bad_name"
    | "input_not_ready"
    | "not_there"
    | "damaged"
    | "contract"
    | "order"
    | "folder_value"
    | "not_finite"
    | "no_rows";

  constructor(code: PartitionError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
