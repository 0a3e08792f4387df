import { delayFigures } from "./_delays.ts";

/**
 * Opens many clients on one stream and prints when each live bin arrived. A process of its own, so
 * that reading does not slow the server's sending. Arguments: URL, clients, seconds.
 */
const [url = "", clientsText = "1", secondsText = "10"] = Deno.args;
const clients = Number(clientsText);
const runMs = Number(secondsText) * 1_000;

/** Arrival minus end of the bin, ms, of every bin at every client. */
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

/** Each socket says that it comes from an address of its own. */
function connect(index: number): Promise<WebSocket> {
  const client = `10.0.${index >> 6 & 255}.${1 + (index & 63)}`;
  const socket = new SocketWithHeaders(`${url}?backfill=0`, {
    headers: { "x-forwarded-for": client },
  });
  socket.binaryType = "arraybuffer";
  let endNs = "";
  let live = false;
  socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
    if (typeof data !== "string") {
      bytes += data.byteLength;
      if (!measuring || !live) return;
      const nowMs = performance.timeOrigin + performance.now();
      delaysMs.push(nowMs - Number(BigInt(endNs) / 1_000n) / 1_000);
      return;
    }
    const type = /^\{"type":"(\w+)"/.exec(data)?.[1];
    if (type === "grid_update") {
      endNs = /"bin_end_ns":"(\d+)"/.exec(data)?.[1] ?? "0";
      live = data.includes('"live":true');
    } else if (type === "dropped") dropped++;
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
