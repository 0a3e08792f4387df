/** An error that ends a request with a given HTTP status; the message is shown to the client. */
export class HttpError extends Error {
  override readonly name: string = "HttpError";
  /** HTTP status code, 100 to 599. */
  readonly status: number;

  /**
   * @param status HTTP status code.
   * @param message Text for the client; the status alone when left out.
   * @param options The cause, never shown to the client.
   */
  constructor(status: number, message: string = "", options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}
