import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { LIVE_LIMITS } from "../../modules/tape/mod.ts";
import { StuckReader } from "./stream_reader.ts";

/** Deno's constructor takes headers; the browser's type of the same name does not know them. */
const SocketWithHeaders = WebSocket as unknown as new (
  url: string,
  options: { readonly headers: Readonly<Record<string, string>> },
) => WebSocket;

/** Headers of a request that is to become a socket, for a plain `fetch` that is refused. */
export const HANDSHAKE = {
  connection: "upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
} as const;

/** A server that trusts this machine to name its clients, and one of its sockets. */
export interface SocketTarget {
  /** Address of the server, `http://…`. */
  readonly url: string;
  /** Path of the socket with its query. */
  readonly path: string;
  /** Whether the server says something as soon as the socket is open. */
  readonly speaks: boolean;
}

/** A socket of one client. */
class SuiteSocket {
  readonly socket: WebSocket;
  readonly opened: Promise<void>;
  readonly closed: Promise<readonly [number, string]>;
  readonly first: Promise<string>;

  constructor({ url, path }: SocketTarget, client: string, headers: Record<string, string> = {}) {
    this.socket = new SocketWithHeaders(url.replace("http", "ws") + path, {
      headers: { "x-forwarded-for": client, ...headers },
    });
    const opened = Promise.withResolvers<void>();
    const closed = Promise.withResolvers<readonly [number, string]>();
    const first = Promise.withResolvers<string>();
    this.opened = opened.promise;
    this.closed = closed.promise;
    this.first = first.promise;
    this.opened.catch(() => {});
    this.socket.onopen = () => opened.resolve();
    this.socket.onmessage = ({ data }) => first.resolve(String(data));
    this.socket.onclose = ({ code, reason }) => {
      opened.reject(new Error(`Cannot open the socket: ${code} ${reason}`));
      closed.resolve([code, reason]);
    };
  }

  /** A socket that is open, and served when the server says so. */
  static async open(target: SocketTarget, client: string): Promise<SuiteSocket> {
    const made = new SuiteSocket(target, client);
    await made.opened;
    if (target.speaks) await made.first;
    return made;
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.closed;
  }
}

async function refusal(
  { url, path }: SocketTarget,
  headers: Record<string, string>,
): Promise<readonly [number, string]> {
  const response = await fetch(url + path, { headers });
  const body = await response.json();
  ok(typeof body.error === "string" && typeof body.request_id === "string");
  return [response.status, body.code];
}

async function isAlive({ url }: SocketTarget): Promise<void> {
  const response = await fetch(`${url}/health`);
  strictEqual((await response.json()).status, "ok");
}

/**
 * What every socket of the server has to hold, whatever it serves.
 *
 * @param target Makes the socket's path; called once.
 * @param client Makes addresses of clients that nobody else has.
 */
export async function socketSuite(
  t: Deno.TestContext,
  target: SocketTarget,
  client: () => string,
): Promise<void> {
  await t.step("lets a client have its share and no more", () => counts(target, client()));
  await t.step("refuses foreign pages and what is no upgrade", () => strangers(target, client()));
  await t.step("closes on what is too large or no text", () => oversize(target, client));
  await t.step("survives garbage", () => garbage(target, client()));
  await t.step("closes a client that floods it", () => flood(target, client()));
  await t.step("serves others beside a reader that stands still", () => stuck(target, client()));
}

async function counts(target: SocketTarget, client: string): Promise<void> {
  const share = LIVE_LIMITS.socketsPerClient;
  const open: SuiteSocket[] = [];
  for (let i = 0; i < share; i++) open.push(await SuiteSocket.open(target, client));
  const headers = { ...HANDSHAKE, "x-forwarded-for": client };
  deepStrictEqual(await refusal(target, headers), [429, "too_many_sockets"]);
  await open.pop()?.close();
  // The server hears of the close a moment after its client.
  while (
    (await fetch(`${target.url}/metrics`).then((answer) => answer.text()))
      .includes(`lotus_sockets ${share}\n`)
  );
  await (await SuiteSocket.open(target, client)).close();
  await Promise.all(open.map((socket) => socket.close()));
}

async function strangers(target: SocketTarget, client: string): Promise<void> {
  const headers = { ...HANDSHAKE, "x-forwarded-for": client };
  const foreign = { ...headers, origin: "https://evil.example" };
  deepStrictEqual(await refusal(target, foreign), [403, "foreign_origin"]);
  deepStrictEqual(await refusal(target, { ...headers, origin: "null" }), [403, "foreign_origin"]);
  deepStrictEqual(await refusal(target, {}), [400, "not_a_socket"]);
  const { "sec-websocket-key": _key, ...keyless } = headers;
  strictEqual((await refusal(target, keyless))[0], 400);
  const own = new SuiteSocket(target, client, { origin: target.url });
  await own.opened;
  await own.close();
}

async function oversize(target: SocketTarget, client: () => string): Promise<void> {
  const large = await SuiteSocket.open(target, client());
  large.socket.send("x".repeat(LIVE_LIMITS.messageBytes + 1));
  const [code, reason] = await large.closed;
  strictEqual(code, 1009);
  match(reason, /at most 64 KiB/);
  const binary = await SuiteSocket.open(target, client());
  binary.socket.send(new Uint8Array([1, 2, 3]));
  strictEqual((await binary.closed)[0], 1009);
}

/** Bytes that break the protocol of sockets, each in a way of its own. */
const BROKEN_FRAMES: readonly (readonly number[])[] = [
  [0x83, 0x80, 0, 0, 0, 0], // an opcode that is reserved
  [0xf1, 0x80, 0, 0, 0, 0], // reserved bits
  [0x81, 0x02, 0x68, 0x69], // no mask
  [0x80, 0x80, 0, 0, 0, 0], // goes on with nothing
  [0x89, 0xfe, 0x00, 0x7e, 0, 0, 0, 0], // a ping that is too long
  [0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0], // 2^64 bytes to come
  [0x81, 0x84, 0, 0, 0, 0, 0xff, 0xfe, 0xfd, 0xfc], // no UTF-8
  [0x88, 0x82, 0, 0, 0, 0, 0x00, 0x01], // a close code that none may send
];

async function garbage(target: SocketTarget, client: string): Promise<void> {
  const polite = await SuiteSocket.open(target, client);
  for (const text of ["", "{", "null", '{"op":1}', "[[[[", "\u0000"]) polite.socket.send(text);
  for (const bytes of BROKEN_FRAMES) {
    const reader = await StuckReader.connect(target.url.replace("http", "ws") + target.path);
    await reader.sendBytes(new Uint8Array(bytes));
    reader.close();
  }
  await isAlive(target);
  strictEqual(polite.socket.readyState, WebSocket.OPEN);
  await polite.close();
}

async function flood(target: SocketTarget, client: string): Promise<void> {
  const loud = await SuiteSocket.open(target, client);
  for (let i = 0; i <= LIVE_LIMITS.controlMessages * 3; i++) loud.socket.send('{"op":"ping"}');
  deepStrictEqual(await loud.closed, [1008, "Too many messages"]);
}

async function stuck(target: SocketTarget, client: string): Promise<void> {
  const reader = await StuckReader.connect(target.url.replace("http", "ws") + target.path);
  const other = await SuiteSocket.open(target, client);
  await isAlive(target);
  await other.close();
  reader.close();
}
