import { Alerts } from "./_alerts.ts";
import { buildEvent, buildHit, hitScores } from "./_event.ts";
import { eventContext } from "./_event_calendar.ts";
import type { Measured } from "./_measured.ts";
import { packetFeatures } from "./_packet_features.ts";
import { publicFeatures } from "./_public_features.ts";
import { type DerivedStream, RowNumbers, UNNUMBERED } from "./_row_numbers.ts";
import { factsOf } from "./facts.ts";
import type { FlowPacket, StreamName, StreamRecords } from "../frames/mod.ts";
import { isCandidateSize, quoteQuality, scoreProfiles } from "./scoring/mod.ts";
import type { FlowSink, ReferenceData } from "./sink.ts";

/** Scores what was measured, numbers the derived records and gives everything to the sink. */
export class Publisher {
  readonly #reference: ReferenceData;
  readonly #sink: FlowSink;
  readonly #numbers = new RowNumbers();
  readonly #sent: Record<string, number> = {};
  readonly #alerts = new Alerts();
  #candidates = 0;
  #abstained = 0;

  constructor(reference: ReferenceData, sink: FlowSink) {
    this.#reference = reference;
    this.#sink = sink;
  }

  get sent(): Readonly<Record<string, number>> {
    return { ...this.#sent };
  }

  get candidates(): number {
    return this.#candidates;
  }

  get abstained(): number {
    return this.#abstained;
  }

  get alertCount(): number {
    return this.#alerts.size;
  }

  send<S extends StreamName>(stream: S, record: StreamRecords[S]): void {
    this.#sent[stream] = (this.#sent[stream] ?? 0) + 1;
    this.#sink(stream, record);
  }

  /** Sends a record that was made here, under its number: see {@link RowNumbers}. */
  sendOwn<S extends DerivedStream>(stream: S, record: StreamRecords[S]): void {
    const seq = this.#numbers.next(stream, record.ingest_ts);
    this.send(stream, { ...record, seq });
  }

  /** Sends a packet and, when it is large enough, its event, hits and alert. */
  publish(measured: Measured, expiryTs: number, nowMs: number): void {
    const { underlyingId, endTs } = measured;
    const context = eventContext(this.#reference, underlyingId, endTs, expiryTs);
    const packet = this.sendPacket(measured, context.pastEvent, nowMs);
    if (!isCandidateSize(measured.premium, measured.size)) return;
    this.#candidates++;
    const features = publicFeatures(measured, context);
    const facts = factsOf(packet.features, features);
    const scoring = scoreProfiles(facts);
    const { isSynthetic } = this.#reference;
    const event = buildEvent(measured, features, scoring, nowMs, isSynthetic);
    this.sendOwn("smart-money", event);
    if (event.abstained) {
      this.#abstained++;
      return;
    }
    const hits = hitScores(event);
    for (const score of hits) this.sendOwn("classifier-hits", buildHit(event, score));
    const alert = this.#alerts.of(event, hits, quoteQuality(facts));
    if (alert !== null) this.sendOwn("alerts", alert);
  }

  sendPacket(measured: Measured, pastEvent: boolean, nowMs: number): FlowPacket {
    const { last } = measured;
    const packet: FlowPacket = {
      source_ts: measured.startTs,
      ingest_ts: nowMs,
      seq: UNNUMBERED,
      trace_id: measured.id,
      id: measured.id,
      members: measured.members,
      features: packetFeatures(measured, pastEvent),
      join_quality: {
        nbbo_age_ms: last.execution_nbbo_age_ms ?? -1,
        nbbo_missing: measured.missing,
        nbbo_stale: measured.stale,
        underlying_quote_age_ms: last.execution_underlying_age_ms ?? -1,
        underlying_missing: last.execution_underlying_ts === null ? 1 : 0,
      },
    };
    this.sendOwn("flow", packet);
    return packet;
  }

  sweep(tsMs: number): void {
    this.#alerts.sweep(tsMs);
  }
}
