import { delayFigures } from "./_delays.ts";

/** What many clients of a stream together saw. */
export interface CrowdTally {
  /** Arrival less what was due, ms, of every delivery at every client. */
  readonly delaysMs: number[];
  bytes: number;
  dropped: number;
}

/** A stream under many clients. */
export interface CrowdStream {
  readonly clients: number;
  readonly runMs: number;
  /** Address of a client's socket. */
  urlOf(index: number): string;
  /** Makes what takes a client's messages; while nothing is measured `isMeasured` is false. */
  reader(tally: CrowdTally): (data: string | ArrayBuffer, isMeasured: boolean) => void;
}

/** Deno's constructor takes headers; the browser's type of the same name does not know them. */
const SocketWithHeaders = WebSocket as unknown as new (
  url: string,
  options: { readonly headers: Readonly<Record<string, string>> },
) => WebSocket;

/**
 * Opens the clients of a stream, each as if from an address of its own, prints what they saw as JSON and
 * ends the process.
 */
export async function runCrowd({ clients, runMs, urlOf, reader }: CrowdStream): Promise<never> {
  const tally: CrowdTally = { delaysMs: [], bytes: 0, dropped: 0 };
  let closed = 0;
  let isMeasured = false;
  const connect = (index: number): Promise<WebSocket> => {
    const client = `10.0.${index >> 6 & 255}.${1 + (index & 63)}`;
    const socket = new SocketWithHeaders(urlOf(index), { headers: { "x-forwarded-for": client } });
    socket.binaryType = "arraybuffer";
    const take = reader(tally);
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => take(data, isMeasured);
    return new Promise((resolve, reject) => {
      socket.onopen = () => resolve(socket);
      socket.onerror = () => reject(new Error("Cannot connect"));
      socket.onclose = () => void (isMeasured && closed++);
    });
  };
  for (let i = 0; i < clients; i++) await connect(i);
  isMeasured = true;
  const begin = performance.now();
  await new Promise((resolve) => setTimeout(resolve, runMs));
  isMeasured = false;
  const seconds = (performance.now() - begin) / 1_000;
  const { delaysMs, bytes, dropped } = tally;
  console.log(JSON.stringify({
    deliveries: delaysMs.length,
    perClientPerSecond: delaysMs.length / clients / seconds,
    ...delayFigures(delaysMs),
    megabytesPerSecond: bytes / seconds / 1e6,
    dropped,
    closed,
  }));
  Deno.exit(0);
}

/** How long ago an instant was, ms. @param ns Epoch ns, decimals. */
export function msSince(ns: string): number {
  return performance.timeOrigin + performance.now() - Number(BigInt(ns) / 1_000n) / 1_000;
}
