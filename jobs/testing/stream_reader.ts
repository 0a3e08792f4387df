import { PATIENCE_MS } from "./patience.ts";

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
  /** Resolves when the socket is open. */
  readonly opened: Promise<void>;
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
    this.opened = new Promise((resolve) => this.#socket.onopen = () => resolve());
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

  /** Sends a text. */
  send(text: string): void {
    this.#socket.send(text);
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
  #bytes = new Uint8Array(0);

  private constructor(connection: Deno.TcpConn) {
    this.#connection = connection;
  }

  /**
   * @param client Address that the request says it comes from.
   * @throws When the server does not upgrade.
   */
  static async connect(url: string, client = "10.99.0.1"): Promise<StuckReader> {
    const { hostname, port, pathname, search, host } = new URL(url);
    const connection = await Deno.connect({ hostname, port: Number(port) });
    const request = `GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\n` +
      `X-Forwarded-For: ${client}\r\n` +
      "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" +
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    await connection.write(new TextEncoder().encode(request));
    const reader = new StuckReader(connection);
    await reader.#head();
    return reader;
  }

  /** The next text or close frame; skips binary frames and pings. @throws After five seconds. */
  async next(): Promise<StuckFrame> {
    while (true) {
      const first = await this.#take(2);
      const opcode = (first[0] ?? 0) & 15;
      const short = (first[1] ?? 0) & 127;
      const wide = short === 126 ? await this.#take(2) : short === 127 ? await this.#take(8) : null;
      const length = wide === null ? short : wide.reduce((sum, byte) => sum * 256 + byte, 0);
      const body = await this.#take(length);
      if (opcode === 1) return { text: new TextDecoder().decode(body), closed: null };
      if (opcode === 8) return { text: "", closed: (body[0] ?? 0) * 256 + (body[1] ?? 0) };
    }
  }

  /** Skips to the next text frame that `wanted` accepts. @throws When the socket closes before. */
  async until(wanted: (text: string) => boolean): Promise<string> {
    while (true) {
      const { text, closed } = await this.next();
      if (closed !== null) throw new Error(`Cannot read on as the socket closed with ${closed}`);
      if (wanted(text)) return text;
    }
  }

  /** Skips every text frame. @returns The code that the server closes with. */
  async untilClosed(): Promise<number> {
    while (true) {
      const { closed } = await this.next();
      if (closed !== null) return closed;
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

  /** Sends bytes as they are. */
  async sendBytes(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      at += await this.#connection.write(bytes.subarray(at));
    }
  }

  close(): void {
    this.#connection.close();
  }

  /** Reads the answer to the handshake. */
  async #head(): Promise<void> {
    const end = new TextEncoder().encode("\r\n\r\n");
    let head = "";
    while (!head.endsWith("\r\n\r\n")) {
      head += new TextDecoder("latin1").decode(await this.#take(head === "" ? end.length : 1));
    }
    if (!head.startsWith("HTTP/1.1 101")) throw new Error(`Cannot open a socket: ${head}`);
  }

  async #take(count: number): Promise<Uint8Array> {
    while (this.#bytes.length < count) {
      const more = await this.#read();
      const joined = new Uint8Array(this.#bytes.length + more.length);
      joined.set(this.#bytes);
      joined.set(more, this.#bytes.length);
      this.#bytes = joined;
    }
    const taken = this.#bytes.subarray(0, count);
    this.#bytes = this.#bytes.subarray(count);
    return taken;
  }

  async #read(): Promise<Uint8Array> {
    const buffer = new Uint8Array(262_144);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error("Cannot wait longer for a frame")), PATIENCE_MS);
    });
    try {
      const read = await Promise.race([this.#connection.read(buffer), late]);
      if (read === null) throw new Error("Cannot read on as the connection ended");
      return buffer.subarray(0, read);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** What a stuck reader read: a text, or the code of the close. */
export interface StuckFrame {
  readonly text: string;
  readonly closed: number | null;
}
