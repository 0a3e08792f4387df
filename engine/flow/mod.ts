/**
 * Raw option and equity tapes in; packets, events, alerts and candles out.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { DEFAULT_FLOW_CONFIG, FlowEngine } from "./mod.ts";
 *
 * const reference = { isSynthetic: false, events: () => [], strikeStep: () => 5, isEtf: () => false };
 * const sent: string[] = [];
 * const engine = new FlowEngine(DEFAULT_FLOW_CONFIG, reference, (stream) => sent.push(stream));
 * engine.advance(60_000); // event time of all raw streams, ms; nothing came, nothing goes out
 * deepEqual(sent, []);
 * ```
 *
 * @module
 */

export { type Signal, type SignalInput, type SignalProfile } from "./signal.ts";
export { type EventEvidence, explainEvent, type WhyNot } from "./explain_event.ts";
export { type DerivedStream } from "./_row_numbers.ts";
export { flowOrigin } from "./flow_origin.ts";
export { FlowEngine, type FlowOptions, type FlowStats } from "./flow_engine.ts";
export type { PacketFacts, StructureType } from "./packet_facts.ts";

export * from "./scoring/mod.ts";
export {
  DEFAULT_FLOW_CONFIG,
  type FlowConfig,
  type FlowPipeline,
  type FlowSink,
  type ReferenceData,
} from "./sink.ts";
