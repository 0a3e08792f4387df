import { Xoshiro256 } from "../../prng/mod.ts";
import { flowTables } from "./_tables.ts";
import type { MboWriter } from "./mbo_writer.ts";

const FEED_NS = 120_000;
const MIN_IN_DELTA_NS = 15_000;
const IN_DELTA_SPAN_NS = 25_001;

/** Stamps the venue packets: times of receipt, gateway delays and sequence numbers. */
export class PacketClock {
  readonly #rng: Xoshiro256;
  readonly #latencyNs = flowTables().latencyNs;
  #recvNs = -Infinity;
  #sequence = 0;

  /** @param stream Number of the stream of randomness; a venue channel has its own. */
  constructor(seed: number | bigint, stream: number) {
    this.#rng = new Xoshiro256(seed, stream);
  }

  /** Opens the packet of an event at `eventNs`; ts_recv never runs backwards. */
  open(out: MboWriter, eventNs: number): void {
    this.#rng.advance();
    const recvNs = eventNs + FEED_NS + this.#latencyNs[this.#rng.high >>> 16]!;
    if (recvNs > this.#recvNs) this.#recvNs = recvNs;
    const inDeltaNs = MIN_IN_DELTA_NS + this.#rng.low % IN_DELTA_SPAN_NS;
    out.packet(eventNs, this.#recvNs, inDeltaNs, ++this.#sequence);
  }

  /** Opens the packet of a snapshot, received at `recvNs`. */
  openSnapshot(recvNs: number): void {
    if (recvNs > this.#recvNs) this.#recvNs = recvNs;
    this.#sequence++;
  }

  /** Sets the shared fields of a record of the snapshot that is open. */
  snapshot(out: MboWriter, eventNs: number): void {
    out.packet(eventNs, this.#recvNs, 0, this.#sequence);
  }
}
