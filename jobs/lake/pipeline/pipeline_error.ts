/** Work of the pipeline that cannot be done, with one line for people. */
export class PipelineError extends RangeError {
  override readonly name = "PipelineError";
  readonly code:
    | "bad_task"
    | "no_raw_files"
    | "wrong_source"
    | "no_contract"
    | "no_options"
    | "no_rows"
    | "stale";

  constructor(code: PipelineError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
