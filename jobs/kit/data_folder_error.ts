/** The data folder, or a file in it, cannot be used. The message is one line for the operator. */
export class DataFolderError extends Error {
  override readonly name = "DataFolderError";
  readonly code = "bad_data_folder";

  /**
   * @param path What cannot be used.
   * @param cause Why.
   * @param advice What the operator can do, as a sentence without its end.
   */
  constructor(path: string, cause: unknown, advice: string) {
    const why = (cause instanceof Error ? cause.message : String(cause)).split("\n", 1)[0];
    super(`Cannot use ${JSON.stringify(path)}: ${why}. ${advice}.`, { cause });
  }
}
