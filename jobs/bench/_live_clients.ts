import { delayFigures } from "./_delays.ts";

/**
 * Opens many sockets of the live protocol and prints when each frame of rows arrived. A process of its
 * own, so that reading does not slow the server's sending. Arguments: URL, sockets, seconds, and the
 * subscriptions as JSON.
 */
const [url = "", socketsText = "1", secondsText = "10", subscriptionsText = "[]"] = Deno.args;
const count = Number(socketsText);
const runMs = Number(secondsText) * 1_000;

/** Rows go out in slices of this length; a row is due at the end of its own. */
const SLICE_MS = 100;

/** Deno's constructor takes headers; the browser's type of the same name does not know them. */
const SocketWithHeaders = WebSocket as unknown as new (
  url: string,
  options: { readonly headers: Readonly<Record<string, string>> },
) => WebSocket;

/** Arrival less the instant at which the frame's last row was due, ms. */
const delaysMs: number[] = [];
let frames = 0;
let bytes = 0;
let dropped = 0;
let closed = 0;
let measuring = false;

function take(text: string): void {
  bytes += text.length;
  if (!measuring) return;
  if (text.startsWith('{"op":"gap"')) {
    dropped += Number(/"dropped":(\d+)/.exec(text)?.[1] ?? 0);
    return;
  }
  if (!text.startsWith('{"op":"event')) return;
  frames++;
  // Of derived rows the event time lies back by the rules; raw rows alone tell how fast they came.
  if (
    !/^\{"op":"events?","subscription":\{"channel":"(options|nbbo|equities|equity-quotes)"/.test(
      text,
    )
  ) {
    return;
  }
  const ts = Number(/"watermark":\{"ts":(\d+)/.exec(text.slice(-80))?.[1]);
  const dueMs = (Math.floor(ts / SLICE_MS) + 1) * SLICE_MS;
  delaysMs.push(performance.timeOrigin + performance.now() - dueMs);
}

function connect(index: number): Promise<WebSocket> {
  const client = `10.${index >> 14 & 255}.${index >> 6 & 255}.${1 + (index & 63)}`;
  const socket = new SocketWithHeaders(url, { headers: { "x-forwarded-for": client } });
  socket.onmessage = ({ data }: MessageEvent<string>) => take(data);
  socket.onclose = () => {
    if (measuring) closed++;
  };
  return new Promise((resolve, reject) => {
    socket.onopen = () => resolve(socket);
    socket.onerror = () => reject(new Error("Cannot connect"));
  });
}

const message = `{"op":"subscribe","subscriptions":${subscriptionsText}}`;
const sockets: WebSocket[] = [];
for (let i = 0; i < count; i++) {
  const socket = await connect(i);
  socket.send(message);
  sockets.push(socket);
}
// The first second is that of the snapshots.
await new Promise((resolve) => setTimeout(resolve, 1_000));
measuring = true;
bytes = 0;
const begin = performance.now();
await new Promise((resolve) => setTimeout(resolve, runMs));
measuring = false;
const seconds = (performance.now() - begin) / 1_000;
console.log(JSON.stringify({
  frames,
  perSocketPerSecond: frames / count / seconds,
  ...delayFigures(delaysMs),
  megabytesPerSecond: bytes / seconds / 1e6,
  dropped,
  closed,
}));
for (const socket of sockets) socket.close();
Deno.exit(0);
