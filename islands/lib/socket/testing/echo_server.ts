import { PATIENCE_MS } from "../../../../jobs/testing/patience.ts";

/** Waits for calls of the function that `listen` is given until something is so. @throws When it never is. */
export async function until(
  isSo: () => boolean,
  listen: (onChange: () => void) => void,
): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error("Cannot wait longer")), PATIENCE_MS);
  try {
    while (!isSo()) await Promise.race([late.promise, new Promise<void>(listen)]);
  } finally {
    clearTimeout(timer);
  }
}

/** A server whose sockets a test holds in its hands. */
export class EchoServer implements AsyncDisposable {
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #sockets: WebSocket[] = [];
  readonly #heard: string[] = [];
  #onChange: () => void = () => {};

  /** @param greet What a socket is told first; nothing when null. */
  constructor(greet: string | null) {
    this.#server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
      const { socket, response } = Deno.upgradeWebSocket(request);
      socket.onopen = () => {
        this.#sockets.push(socket);
        if (greet !== null) socket.send(greet);
        this.#onChange();
      };
      socket.onmessage = ({ data }) => {
        this.#heard.push(String(data));
        this.#onChange();
      };
      return response;
    });
  }

  get url(): string {
    return `ws://127.0.0.1:${this.#server.addr.port}`;
  }

  /** The n-th socket, once it was opened. */
  async socket(n: number): Promise<WebSocket> {
    await this.#until(() => this.#sockets.length > n);
    return this.#sockets[n] as WebSocket;
  }

  /** Texts that were said to the server, once a test of them holds. */
  async heard(test: (texts: readonly string[]) => boolean): Promise<readonly string[]> {
    await this.#until(() => test(this.#heard));
    return this.#heard;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) if (socket.readyState <= WebSocket.OPEN) socket.close();
    await this.#server.shutdown();
  }

  async #until(isSo: () => boolean): Promise<void> {
    await until(isSo, (onChange) => this.#onChange = onChange);
  }
}
