import { z } from "zod";
import { FeedCommand, FeedState } from "../../../modules/feed/contract.ts";
import { listFeeds, MAX_UPLOAD_BYTES } from "../../feeds/mod.ts";
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
  problem: z.string().nullable().describe("What is wrong with it"),
  readable: z.boolean().describe("Whether it can be opened: what comes before damage is shown"),
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

/** Name of a file that is sent: what a folder can hold on every system, and no path. */
const UploadQuery = z.object({
  name: z.string().regex(
    /^[A-Za-z0-9][A-Za-z0-9._ -]{0,119}\.dbn(\.zst)?$/,
    "must be letters, digits and . _ - with .dbn or .dbn.zst at the end",
  ).describe("Name that it gets"),
});

/** Takes a market file. */
export const UPLOAD = endpoint({
  method: "POST",
  path: "/v1/feeds",
  tag: TAG,
  summary: "Takes a market-by-order file, for operators",
  description:
    `The body is the file itself, \`application/octet-stream\`, at most ${
      MAX_UPLOAD_BYTES / 2 ** 30
    } GiB. It lies in \`uploads/\` of the data folder and can then be opened by its name. ` +
    "One that cannot be read is not kept.",
  access: "operators",
  limit: "write",
  query: UploadQuery,
  raw: true,
  response: FeedFile,
  success: 201,
  statuses: [400, 408, 409, 413, 415, 422, 507],
  run: async ({ call: { req, url }, state }) => {
    if (req.headers.get("content-type") !== "application/octet-stream") {
      throw new ApiError(415, { detail: "content-type: must be application/octet-stream" });
    }
    const query = UploadQuery.safeParse({ name: url.searchParams.get("name") ?? "" });
    if (!query.success) {
      throw new ApiError(422, {
        code: "invalid_query",
        error: "The query is invalid",
        detail: `name: ${query.error.issues[0]?.message ?? "is invalid"}`,
      });
    }
    if (req.body === null) throw new ApiError(400, { detail: "body: must be the file" });
    const length = Number(req.headers.get("content-length") ?? NaN);
    const announced = Number.isSafeInteger(length) ? length : null;
    return await state.market.uploads.take(query.data.name, req.body, announced);
  },
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
