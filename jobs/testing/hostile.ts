import { Xoshiro256 } from "../../engine/prng/mod.ts";
import { PATIENCE_MS } from "./patience.ts";

/** Requests under way at once. */
const LANES = 16;

/** Most answers that are told. */
const MAX_TOLD = 20;

const METHODS = [
  ..."GET GET GET GET GET GET POST POST PUT PATCH DELETE HEAD OPTIONS".split(" "),
  ..."TRACE PROPFIND get FOO".split(" "),
];

const NASTY = [
  "",
  "'",
  '"',
  "\\",
  "%00",
  "%",
  "%zz",
  "%E0%A4%A",
  "..%2f..%2fetc%2fpasswd",
  "../../../etc/passwd",
  "';DROP TABLE rows;--",
  "-1",
  "1e999",
  "NaN",
  "9007199254740993",
  "__proto__",
  "constructor",
  "[object Object]",
  "{}",
  "\u202e",
  "💥",
  "x".repeat(600),
  "x".repeat(5_000),
  "0".repeat(400),
  "SPY",
  "NVDA",
  "private",
  "../outside.dbn",
  "max",
] as const;

const QUERY_NAMES = [
  ..."limit before_ts before_seq after_ts after_seq underlying_id underlying_ids".split(" "),
  ..."id trace_id start_ts end_ts interval_ms view side format symbol from to".split(" "),
  ..."backfill session file speed start_time dt product_type secret next".split(" "),
];

const HEADERS = [
  ["Origin", "https://evil.example"],
  ["Origin", "null"],
  ["Origin", "\x7f"],
  ["Host", "a/metrics?"],
  ["Host", ""],
  ["Host", "[::1"],
  ["Cookie", `lotus_operator=${"A".repeat(43)}`],
  ["Cookie", `${"a=b; ".repeat(900)}`],
  ["Authorization", "Bearer x"],
  ["Authorization", `Bearer ${"x".repeat(3_000)}`],
  ["X-Csrf-Token", "x"],
  ["X-Replay-Secret", ",".repeat(200)],
  ["X-Request-Id", "a\tb"],
  ["X-Request-Id", "given-by-the-client"],
  ["If-Match", '"9999999999999999999"'],
  ["If-None-Match", '"x", *'],
  ["Range", "bytes=0-,5-1,-9999999999999"],
  ["Accept", "text/html"],
  ["Accept", "*/*;q=nope"],
  ["Accept-Encoding", "br, gzip;q=0, *;q=9"],
  ["Content-Type", "application/json"],
  ["Content-Type", "application/x-www-form-urlencoded"],
  ["Content-Type", "multipart/form-data; boundary="],
  ["Sec-Fetch-Site", "cross-site"],
  ["X-Forwarded-Proto", "javascript"],
  ["Expect", "100-continue"],
  ["Connection", "close, \t,"],
  ["Upgrade", "websocket"],
  ["Upgrade", "h2c"],
  ["Sec-WebSocket-Key", "short"],
  ["Transfer-Encoding", "gzip"],
] as const;

const BODIES = [
  "",
  "{",
  "null",
  "[]",
  "{}",
  '{"op":"open","feed":{"kind":"replay","file":"../../etc/passwd"}}',
  '{"op":"seek","tsNs":"99999999999999999999999"}',
  '{"trace_ids":["x","y"],"nbbo_context":[]}',
  '{"start_ts":0,"end_ts":8640000000000001}',
  '{"start_ts":1,"end_ts":86400000,"speed":120,"streams":["nbbo"]}',
  '{"__proto__":{"x":1},"constructor":{"prototype":{}}}',
  '{"name":"../../x"}',
  "passphrase=x&next=//evil.example",
  `${"[".repeat(8_000)}`,
  `{"a":"${"x".repeat(30_000)}"}`,
  "\xff\xfe\x00\x01",
] as const;

/** Paths that can become sockets. */
const SOCKETS = /^\/ws\/|stream$/;

/** What can be asked of a server. Placeholders of the path stand in braces. */
export interface HostileTarget {
  readonly method: string;
  readonly path: string;
}

/** What an attack came to. */
export interface AttackReport {
  /** Answers by status; 0: the connection was closed without one. */
  readonly statuses: ReadonlyMap<number, number>;
  /** Requests that were answered with 5xx, the first ones. */
  readonly failures: readonly string[];
  /** Whole requests that got no answer in time, the first ones. */
  readonly hangs: readonly string[];
}

/** Chooses without end, the same for the same seed. */
class Dice {
  readonly #rng: Xoshiro256;

  constructor(seed: number) {
    this.#rng = new Xoshiro256(seed);
  }

  /** Whole number from 0 to below `count`. */
  below(count: number): number {
    return this.#rng.below(count);
  }

  /** True once in `count`. */
  once(count: number): boolean {
    return this.below(count) === 0;
  }

  of<T>(list: readonly T[]): T {
    const found = list[this.below(list.length)];
    if (found === undefined) throw new RangeError("Cannot choose from an empty list");
    return found;
  }

  bytes(length: number): Uint8Array<ArrayBuffer> {
    return Uint8Array.from({ length }, () => this.below(256));
  }
}

/** One request: its bytes, and whether the server has all of it. */
interface Shot {
  readonly bytes: Uint8Array;
  readonly isWhole: boolean;
  readonly text: string;
}

/** Bytes of a text whose characters are bytes. */
function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0) & 255);
}

/** A value as it stands in a URL: encoded, or now and then as it is. */
function valueOf(dice: Dice): string {
  const value = dice.once(3) ? String(dice.below(100)) : dice.of(NASTY);
  return dice.once(20) ? value : encodeURIComponent(value.toWellFormed());
}

function addressOf(dice: Dice, known: string): string {
  const path = dice.once(25)
    ? `/${dice.of(NASTY)}/${dice.of(NASTY)}`
    : known.replaceAll(/\{\w+\}/g, () => valueOf(dice));
  const query = Array.from(
    { length: dice.below(4) },
    () => `${dice.of(QUERY_NAMES)}=${valueOf(dice)}`,
  );
  return query.length === 0 ? path : `${path}?${query.join("&")}`;
}

/** The headers of an upgrade, mostly whole. */
function upgradeHeaders(dice: Dice): [string, string][] {
  const headers: [string, string][] = [
    ["Connection", "Upgrade"],
    ["Upgrade", "websocket"],
    ["Sec-WebSocket-Version", dice.once(12) ? "12" : "13"],
  ];
  if (!dice.once(12)) headers.push(["Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="]);
  return headers;
}

function headersOf(dice: Dice, host: string, isSocket: boolean): [string, string][] {
  const headers: [string, string][] = [];
  // Whoever names no other client is an operator at this machine.
  if (!dice.once(4)) headers.push(["X-Forwarded-For", `10.${dice.below(9)}.0.${dice.below(200)}`]);
  if (!dice.once(30)) headers.push(["Host", host]);
  if (isSocket) headers.push(...upgradeHeaders(dice));
  const more = isSocket && !dice.once(4) ? 0 : dice.below(4);
  for (let i = 0; i < more; i++) headers.push([...dice.of(HEADERS)]);
  return headers;
}

function shotOf(dice: Dice, host: string, targets: readonly HostileTarget[]): Shot {
  const isSocket = dice.once(5);
  const known = dice.of(isSocket ? targets.filter(({ path }) => SOCKETS.test(path)) : targets);
  const method = dice.once(5) ? dice.of(METHODS) : known.method;
  const target = addressOf(dice, known.path);
  const headers = headersOf(dice, host, isSocket);
  const body = dice.once(2) && !isSocket && method !== "GET" ? dice.of(BODIES) : "";
  const promised = dice.once(15) ? body.length + 1 + dice.below(50) : body.length;
  if (body !== "" || dice.once(4)) headers.push(["Content-Length", String(promised)]);
  if (body !== "" && !dice.once(4)) headers.push(["Content-Type", "application/json"]);
  const head = [
    `${method} ${target} HTTP/1.${dice.once(40) ? 0 : 1}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ].join("\r\n");
  const isGarbage = dice.once(40);
  const bytes = isGarbage ? dice.bytes(1 + dice.below(400)) : latin1(`${head}\r\n\r\n${body}`);
  const isWhole = !isGarbage && promised === body.length && !dice.once(25) &&
    !/Transfer-Encoding|Expect/.test(head);
  const part = Math.ceil(bytes.length * (dice.below(9) + 1) / 10);
  return { bytes: isWhole ? bytes : bytes.subarray(0, part), isWhole, text: head.slice(0, 400) };
}

/** A frame that keeps the protocol of sockets, or breaks it. */
function frameOf(dice: Dice): Uint8Array {
  if (dice.once(4)) return dice.bytes(1 + dice.below(64));
  const payload = dice.once(2)
    ? latin1(
      dice.of(['{"op":"ping"}', '{"op":"subscribe","subscriptions":[{"channel":"nbbo"}]}', "{"]),
    )
    : dice.bytes(dice.below(120));
  const opcode = dice.of([0x81, 0x81, 0x82, 0x01, 0x80, 0x88, 0x89, 0x8a, 0x83, 0xf1]);
  const mask = [dice.below(256), dice.below(256), dice.below(256), dice.below(256)];
  const masked = payload.map((byte, i) => byte ^ (mask[i % 4] ?? 0));
  return new Uint8Array([opcode, 0x80 | masked.length, ...mask, ...masked]);
}

async function writeAll(connection: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
}

/** Status of the answer; 0 when the connection was closed, null when nothing came in time. */
async function statusOf(connection: Deno.Conn, patienceMs: number): Promise<number | null> {
  const buffer = new Uint8Array(256);
  const late = Promise.withResolvers<null>();
  const timer = setTimeout(() => late.resolve(null), patienceMs);
  try {
    const read = connection.read(buffer).then((count) => count ?? 0, () => 0);
    const count = await Promise.race([read, late.promise]);
    if (count === null) return null;
    const line = new TextDecoder("latin1").decode(buffer.subarray(0, count));
    return Number(/^HTTP\/1\.[01] (\d{3})/.exec(line)?.[1] ?? 0);
  } finally {
    clearTimeout(timer);
  }
}

/** Sends one shot, and frames into the socket that it may have opened. */
async function fire(shot: Shot, dice: Dice, port: number): Promise<number | null> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  try {
    await writeAll(connection, shot.bytes);
    if (!shot.isWhole) return 0;
    const status = await statusOf(connection, PATIENCE_MS);
    if (status === 101) {
      for (let i = dice.below(6); i > 0; i--) await writeAll(connection, frameOf(dice));
    }
    return status;
  } catch {
    return 0; // the server closed the connection while it was written to
  } finally {
    connection.close();
  }
}

/**
 * Sends a server on this machine what no client should: methods, paths, headers, bodies, upgrades and
 * frames by chance, the same for the same seed. The server has to believe this machine when it names the
 * clients, so that most of whom it meets here are strangers.
 *
 * @param targets What the server offers.
 */
export async function attack(
  url: string,
  targets: readonly HostileTarget[],
  options: { readonly requests: number; readonly seed: number },
): Promise<AttackReport> {
  const { port, host } = new URL(url);
  const statuses = new Map<number, number>();
  const failures: string[] = [];
  const hangs: string[] = [];
  let left = options.requests;
  const lane = async (dice: Dice) => {
    while (left-- > 0) {
      const shot = shotOf(dice, host, targets);
      const status = await fire(shot, dice, Number(port));
      if (status === null) {
        if (hangs.length < MAX_TOLD) hangs.push(shot.text);
        continue;
      }
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status >= 500 && failures.length < MAX_TOLD) failures.push(`${status} for ${shot.text}`);
    }
  };
  const lanes = Array.from({ length: LANES }, (_, i) => lane(new Dice(options.seed * LANES + i)));
  await Promise.all(lanes);
  return { statuses, failures, hangs };
}
