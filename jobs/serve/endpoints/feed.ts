import { z } from "zod";
import { FeedCommand, FeedState } from "../../../modules/feed/contract.ts";
import { listFeeds } from "../../feeds/mod.ts";
import { ApiError } from "../../kit/http/mod.ts";
import { SIGNAL_QUERY, signalsOf, StreamParams } from "../frames/mod.ts";
import { endpoint } from "./_endpoint.ts";

const TAG = "futures heatmap";

/** State of the shared feed. */
export const FEED = endpoint({
  method: "GET",
  path: "/v1/feed",
  tag: TAG,
  summary: "State of the shared futures feed",
  access: "pages",
  limit: "rest",
  response: FeedState,
  statuses: [503],
  run: ({ state }) => {
    const feed = state.market.session.state;
    if (feed === null) throw new ApiError(503, { code: "opening", error: "The feed is opening" });
    return feed;
  },
});

/** A command to the shared feed. */
export const FEED_COMMAND = endpoint({
  method: "POST",
  path: "/v1/feed",
  tag: TAG,
  summary: "A command to the shared futures feed",
  access: "operators",
  limit: "rest",
  body: FeedCommand,
  invalid: 422,
  response: FeedState.nullable(),
  statuses: [409],
  run: ({ body, state }) => state.market.apply(body),
});

const FeedFile = z.object({
  name: z.string(),
  bytes: z.int(),
  symbol: z.string().nullable(),
  startNs: z.string().nullable(),
  endNs: z.string().nullable(),
  problem: z.string().nullable().describe("Why it cannot be replayed"),
}).loose();

/** What can be opened. */
export const FEEDS = endpoint({
  method: "GET",
  path: "/v1/feeds",
  tag: TAG,
  summary: "Files, instruments and regimes on offer",
  access: "pages",
  limit: "rest",
  response: z.object({
    files: z.array(FeedFile),
    instruments: z.array(z.looseObject({ name: z.string(), symbol: z.string() })),
    regimes: z.array(z.string()),
  }),
  run: ({ state }) => listFeeds(state.market.catalogue),
});

/** Directional signals over some of the newest bins, as the server computes them. */
export const SIGNALS = endpoint({
  method: "GET",
  path: "/v1/pressure/signals",
  tag: TAG,
  summary: "Directional signals over bins",
  access: "pages",
  limit: "rest",
  query: SIGNAL_QUERY,
  invalid: 422,
  media: "application/json",
  statuses: [404, 503],
  run: ({ query, state }) => signalsOf(state.market.session, query),
});

function pressureSocket(path: string) {
  return endpoint({
    method: "GET",
    path,
    tag: TAG,
    summary: "The pressure grid as Arrow over a socket",
    description: "docs/formats.md describes frames and close codes. What is wrong with a " +
      "parameter is told on the socket; a third private session of one client is refused with 429.",
    access: "all",
    limit: "ws",
    query: StreamParams,
    raw: true,
    success: 101,
    media: "",
    statuses: [400, 403, 503],
    run: ({ call, state }) =>
      state.sockets.accept(
        call,
        (socket) => state.market.serve(socket, call.url.searchParams),
        (client) => state.market.hold(call.url.searchParams, client),
      ),
  });
}

/** The pressure grid over a socket. */
export const PRESSURE_SOCKET = pressureSocket("/v1/pressure/stream");

/** The same under the path that older clients use. */
export const VACUUM_SOCKET = pressureSocket("/v1/vacuum-pressure/stream");
