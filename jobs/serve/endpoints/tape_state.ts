import { z } from "zod";
import { publicReport } from "../../../engine/realism/mod.ts";
import { symbolIndex, UNIVERSE } from "../../../engine/regime/mod.ts";
import { OptionListing, SessionOpen, SessionOutline } from "../../../modules/tape/mod.ts";
import { ApiError, type Call } from "../../kit/http/mod.ts";
import type { State } from "../state.ts";
import { endpoint } from "./_endpoint.ts";

/** What everybody may see differs from what operators see, so no cache keeps it. */
function personal(value: unknown): Response {
  return Response.json(value, {
    headers: { "cache-control": "private, no-store", "vary": "cookie" },
  });
}

function isOperator({ req, info, state }: Call<State>): boolean {
  return state.guard.identify(req, info) !== null;
}

/** State of the tape. */
export const TAPE = endpoint({
  method: "GET",
  path: "/v1/tape",
  tag: "current",
  summary: "State of the tape: session, freshness, lag, counts",
  access: "pages",
  limit: "rest",
  media: "application/json",
  run: ({ state }) => state.tapeService.status(),
});

function closed(): ApiError {
  return new ApiError(503, {
    code: "no_session",
    error: "The synthetic exchange is closed or still starting",
  });
}

const SymbolQuery = z.object({
  symbol: z.string("must be given").refine(
    (symbol) => symbolIndex(symbol) >= 0,
    `must be one of ${UNIVERSE.map(({ symbol }) => symbol).join(", ")}`,
  ).describe("A symbol of the universe"),
});

/** Phases and events of the session under way; regimes and moves for operators only. */
export const SESSION = endpoint({
  method: "GET",
  path: "/v1/session",
  tag: "current",
  summary: "Phases and events of the session under way",
  access: "pages",
  limit: "rest",
  query: SymbolQuery,
  response: SessionOutline,
  statuses: [503],
  run: async ({ query, call, state }) => {
    const outline = await state.tapeService.outline(query.symbol);
    if (outline === null) throw closed();
    return personal(isOperator(call) ? outline : { ...outline, hidden: null });
  },
});

/** Opening prices of the session under way. */
export const SESSION_OPEN = endpoint({
  method: "GET",
  path: "/v1/session/open",
  tag: "current",
  summary: "Prices at the open of the session under way, by symbol",
  access: "pages",
  limit: "rest",
  response: SessionOpen,
  statuses: [503],
  run: async ({ state }) => {
    const opening = await state.tapeService.opening();
    if (opening === null) throw closed();
    return opening;
  },
});

/** What is listed on an underlying in the session under way, with its open interest. */
export const LISTING = endpoint({
  method: "GET",
  path: "/v1/options/listing",
  tag: "current",
  summary: "Options listed on a symbol in the session under way, with open interest",
  access: "pages",
  limit: "rest",
  query: SymbolQuery,
  response: OptionListing,
  statuses: [503],
  run: async ({ query, state }) => {
    const listing = await state.tapeService.listing(query.symbol);
    if (listing === null) throw closed();
    return listing;
  },
});

const RealismRow = z.object({
  id: z.string().describe("Letter of the group and a number, as in docs/realism.md."),
  name: z.string(),
  values: z.array(z.object({ of: z.string(), value: z.number().nullable() })),
  target: z.string(),
  pass: z.boolean().nullable().describe("Null: too little was seen to say."),
  n: z.number().describe("Size of the sample, in `unit`."),
  unit: z.string(),
  basis: z.enum(["measured", "published", "judged"]).optional()
    .describe("Where the range comes from; some groups do not say."),
  needs: z.array(z.string()).optional().describe("What has to be known to measure it."),
}).meta({ id: "RealismRow" });

const Realism = z.object({
  session_id: z.int(),
  session_minute: z.int().describe("Minute of the session that was measured last, from 0."),
  session_minutes: z.int(),
  regime: z.string(),
  preset: z.string(),
  from_ts: z.int(),
  until_ts: z.int(),
  rows: z.array(RealismRow),
  confusion: z.looseObject({ counts: z.array(z.array(z.int())) }).nullable()
    .describe("Meant against read, of the last hour; null for everybody but operators."),
}).meta({ id: "RealismReport" });

/** What was measured of the session under way; the table of meanings for operators only. */
export const REALISM = endpoint({
  method: "GET",
  path: "/v1/realism",
  tag: "current",
  summary: "Properties of the session under way, measured, next to what they should be",
  access: "pages",
  limit: "rest",
  response: Realism,
  statuses: [503],
  run: async ({ call, state }) => {
    const report = await state.tapeService.realism();
    if (report === null) {
      throw new ApiError(503, {
        code: "not_measured",
        error: "No session of the synthetic market is being measured",
      });
    }
    return personal(isOperator(call) ? report : publicReport(report));
  },
});
