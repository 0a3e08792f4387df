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
    | "form"
    | "not_restored"
    | "disk";

  constructor(code: DatasetError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** A failure to write as a dataset's own: a full disk is told as one. */
export function writeFailure(folder: string, error: unknown): DatasetError {
  const text = error instanceof Error ? error.message : String(error);
  const isFull = /ENOSPC|No space|os error (28|122)/i.test(text);
  return new DatasetError(
    "disk",
    isFull
      ? `Cannot write the dataset as the disk is full: "${folder}"`
      : `Cannot write the dataset: ${text}`,
  );
}
