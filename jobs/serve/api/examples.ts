import type { StreamRecords } from "../../../engine/frames/mod.ts";
import { STREAMS } from "../../../modules/tape/mod.ts";

/** One row of every stream, as the documentation shows it. */
export const EXAMPLES = Object.fromEntries(
  STREAMS.list.map(({ name, example }) => [name, example]),
) as unknown as StreamRecords;

/** The position of an example row. */
export const EXAMPLE_CURSOR = { ts: EXAMPLES.flow.source_ts, seq: EXAMPLES.flow.seq };
/** Ids of the example rows. */
export const EXAMPLE_IDS = {
  contract: EXAMPLES.options.option_contract_id,
  packet: EXAMPLES.flow.id,
  event: EXAMPLES["smart-money"].event_id,
  print: EXAMPLES.options.trace_id,
};
