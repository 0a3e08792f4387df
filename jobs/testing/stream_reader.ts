/** A frame of the pressure stream: a JSON text, or the bytes of a bin. */
export type StreamFrame = { readonly type: string; readonly [key: string]: unknown } | {
  readonly type: "arrow";
  readonly bytes: Uint8Array<ArrayBuffer>;
};

/** Reads the frames of a pressure stream in order. */
export class StreamReader {
  readonly #socket: WebSocket;
  readonly #frames: StreamFrame[] = [];
  readonly #closed: Promise<CloseEvent>;
  #isClosed = false;
  #onFrame: (() => void) | null = null;

  constructor(url: string) {
    this.#socket = new WebSocket(url);
    this.#socket.binaryType = "arraybuffer";
    this.#socket.onmessage = ({ data }) => {
      this.#frames.push(
        typeof data === "string"
          ? JSON.parse(data)
          : { type: "arrow", bytes: new Uint8Array(data) },
      );
      this.#onFrame?.();
    };
    this.#closed = new Promise((resolve) => {
      this.#socket.onclose = (event) => {
        this.#isClosed = true;
        this.#onFrame?.();
        resolve(event);
      };
    });
  }

  /** The next frame, or null when the socket closed. */
  async next(): Promise<StreamFrame | null> {
    while (this.#frames.length === 0) {
      if (this.#isClosed) return null;
      await new Promise<void>((resolve) => this.#onFrame = resolve);
    }
    return this.#frames.shift() ?? null;
  }

  /** Skips to the next frame that `wanted` accepts. */
  async until(wanted: (frame: StreamFrame) => boolean): Promise<StreamFrame> {
    while (true) {
      const frame = await this.next();
      if (frame === null) throw new Error("Cannot read on as the stream closed");
      if (wanted(frame)) return frame;
    }
  }

  /** Code and reason of the close, once it happens. */
  async closed(): Promise<readonly [number, string]> {
    const { code, reason } = await this.#closed;
    return [code, reason];
  }

  async close(): Promise<void> {
    this.#socket.close();
    await this.#closed;
  }
}

/** A socket that does the handshake and then reads only when told: a page on a stuck machine. */
export class StuckReader {
  readonly #connection: Deno.TcpConn;
  /** Bytes of the stream read so far, ASCII parts readable. */
  readonly #decoder = new TextDecoder("latin1");

  private constructor(connection: Deno.TcpConn) {
    this.#connection = connection;
  }

  static async connect(url: string): Promise<StuckReader> {
    const { hostname, port, pathname, search, host } = new URL(url);
    const connection = await Deno.connect({ hostname, port: Number(port) });
    const request = `GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\n` +
      "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" +
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    await connection.write(new TextEncoder().encode(request));
    return new StuckReader(connection);
  }

  /** Reads until the text matches; returns the match. */
  async readUntil(pattern: RegExp): Promise<RegExpMatchArray> {
    const buffer = new Uint8Array(262_144);
    let tail = "";
    while (true) {
      const bytes = await this.#connection.read(buffer);
      if (bytes === null) throw new Error("Cannot read on as the connection ended");
      tail = tail.slice(-1_000) + this.#decoder.decode(buffer.subarray(0, bytes));
      const found = tail.match(pattern);
      if (found !== null) return found;
    }
  }

  /** Sends a short text. */
  async send(text: string): Promise<void> {
    const bytes = new TextEncoder().encode(text);
    if (bytes.length > 65_535) {
      throw new RangeError(`Cannot send as it is too long: ${bytes.length}`);
    }
    const length = bytes.length < 126
      ? [0x80 | bytes.length]
      : [0x80 | 126, bytes.length >> 8, bytes.length & 255];
    // Clients have to mask; a mask of zeros leaves the text as it is.
    await this.#connection.write(new Uint8Array([0x81, ...length, 0, 0, 0, 0, ...bytes]));
  }

  close(): void {
    this.#connection.close();
  }
}
