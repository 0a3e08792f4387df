import { delayFigures } from "./_delays.ts";

/**
 * Opens many clients on the surfaces' two streams, in turns, and prints when the last byte of each window
 * arrived. A process of its own, so that reading does not slow the server's sending. Arguments: URL of the
 * server, clients, seconds.
 */
const [url = "", clientsText = "1", secondsText = "10"] = Deno.args;
const clients = Number(clientsText);
const runMs = Number(secondsText) * 1_000;

/** Only what comes, nothing of what is kept. */
const QUERY = `ext=1&start_ts_ns=${2n ** 63n - 1n}`;
const PATHS = ["/v1/velocity/stream", "/v1/hud/stream"] as const;

/** Arrival of a window's last byte minus the window's end, ms, of every window at every client. */
const delaysMs: number[] = [];
let bytes = 0;
let dropped = 0;
let closed = 0;
let measuring = false;

/** Deno's constructor takes headers; the browser's type of the same name does not know them. */
const SocketWithHeaders = WebSocket as unknown as new (
  url: string,
  options: { readonly headers: Readonly<Record<string, string>> },
) => WebSocket;

function take(text: string): void {
  const nowMs = performance.timeOrigin + performance.now();
  const type = /^\{"type":"(\w+)"/.exec(text)?.[1];
  if (type === "batch_end") {
    const endNs = /"window_end_ts_ns":"(\d+)"/.exec(text)?.[1] ?? "0";
    delaysMs.push(nowMs - Number(BigInt(endNs) / 1_000n) / 1_000);
  } else if (type === "gap") dropped += Number(/"dropped":(\d+)/.exec(text)?.[1] ?? 0);
}

/** Each socket says that it comes from an address of its own. */
function connect(index: number): Promise<WebSocket> {
  const client = `10.0.${index >> 6 & 255}.${1 + (index & 63)}`;
  const socket = new SocketWithHeaders(`${url}${PATHS[index % 2]}?${QUERY}`, {
    headers: { "x-forwarded-for": client },
  });
  socket.binaryType = "arraybuffer";
  socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
    if (!measuring) return;
    if (typeof data === "string") take(data);
    else bytes += data.byteLength;
  };
  return new Promise((resolve, reject) => {
    socket.onopen = () => resolve(socket);
    socket.onerror = () => reject(new Error("Cannot connect"));
    socket.onclose = () => {
      if (measuring) closed++;
    };
  });
}

const sockets: WebSocket[] = [];
for (let i = 0; i < clients; i++) sockets.push(await connect(i));
measuring = true;
const begin = performance.now();
await new Promise((resolve) => setTimeout(resolve, runMs));
measuring = false;
const seconds = (performance.now() - begin) / 1_000;
console.log(JSON.stringify({
  deliveries: delaysMs.length,
  perClientPerSecond: delaysMs.length / clients / seconds,
  ...delayFigures(delaysMs),
  megabytesPerSecond: bytes / seconds / 1e6,
  dropped,
  closed,
}));
for (const socket of sockets) socket.close();
Deno.exit(0);
