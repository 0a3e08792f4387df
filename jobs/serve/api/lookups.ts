import { z } from "zod";
import {
  ById,
  ByTrace,
  ClassifierHit,
  EquityJoin,
  FlowPacket,
  joinById,
  OptionNbbo,
  OptionPrint,
  OptionsSupportRequest,
  packetById,
  printsByTrace,
  quotesAt,
  SmartMoneyEvent,
  supportOf,
} from "../../../modules/tape/mod.ts";
import { ApiError } from "../../kit/http/mod.ts";
import { tapeEndpoint } from "./_endpoint.ts";
import { EXAMPLE_IDS, EXAMPLES } from "./examples.ts";

/** One flow packet. */
export const PACKET_BY_ID = tapeEndpoint({
  method: "GET",
  path: "/flow/packets/{id}",
  tag: "lookup",
  summary: "A flow packet by its id",
  access: "all",
  limit: "lookup",
  response: z.object({ data: FlowPacket }),
  example: { data: EXAMPLES.flow },
  statuses: [404, 503],
  run: async ({ id, state: { tape }, signal }) => {
    const data = await packetById(tape, id, signal);
    if (data === null) throw new ApiError(404, { detail: "id: no packet is stored under it" });
    return { data };
  },
});

/** One equity join. */
export const JOIN_BY_ID = tapeEndpoint({
  method: "GET",
  path: "/equity-joins/by-id",
  tag: "lookup",
  summary: "An equity print with its quote by the join's id",
  access: "all",
  limit: "lookup",
  query: ById,
  response: z.object({ data: EquityJoin }),
  example: { data: EXAMPLES["equity-joins"] },
  statuses: [404, 503],
  run: async ({ query, state: { tape }, signal }) => {
    const data = await joinById(tape, query.id, signal);
    if (data === null) throw new ApiError(404, { detail: "id: no join is stored under it" });
    return { data };
  },
});

/** Option prints by trace ids. */
export const PRINTS_BY_TRACE = tapeEndpoint({
  method: "GET",
  path: "/option-prints/by-trace",
  tag: "lookup",
  summary: "Option prints by their trace ids",
  description: "In the order asked; unknown ids are left out. The read may take 2 s.",
  access: "all",
  limit: "lookup",
  query: ByTrace,
  response: z.object({ data: z.array(OptionPrint) }),
  example: { data: [EXAMPLES.options] },
  statuses: [503],
  run: async ({ query, state: { tape }, signal }) => ({
    data: await printsByTrace(tape, query.trace_id, signal),
  }),
});

/** What a table of option prints needs for its visible rows, in one request. */
export const OPTIONS_SUPPORT = tapeEndpoint({
  method: "POST",
  path: "/lookup/options-support",
  tag: "lookup",
  summary: "Packets, events, hits and standing quotes of option prints",
  access: "all",
  limit: "lookup",
  body: OptionsSupportRequest,
  bodyBytes: 65_536,
  response: z.object({
    packets: z.array(FlowPacket),
    smart_money: z.array(SmartMoneyEvent),
    classifier_hits: z.array(ClassifierHit),
    nbbo_by_trace_id: z.record(z.string(), OptionNbbo.nullable()),
  }),
  example: {
    packets: [EXAMPLES.flow],
    smart_money: [EXAMPLES["smart-money"]],
    classifier_hits: [EXAMPLES["classifier-hits"]],
    nbbo_by_trace_id: { [EXAMPLE_IDS.print]: EXAMPLES.nbbo },
  },
  statuses: [503],
  run: async ({ body, state: { tape }, signal }) => {
    const support = await supportOf(tape, body.trace_ids, signal);
    return { ...support, nbbo_by_trace_id: await quotesAt(tape, body.nbbo_context, signal) };
  },
});
