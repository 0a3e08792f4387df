/** URL of the stream that tells pages which server process they talk to. */
export const LIVE_RELOAD_PATH = "/_fresh/alive";

const processId = crypto.randomUUID();

/** Returns an event stream that sends one id; after a restart the browser sees another. */
export function liveReloadResponse(): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(encoder.encode(`retry: 300\ndata: ${processId}\n\n`));
    },
  });
  return new Response(body, {
    headers: { "content-type": "text/event-stream", "cache-control": "no-store" },
  });
}
