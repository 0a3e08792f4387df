import { BoundedMap, type Touched } from "./_bounded_map.ts";
import { Chain } from "./_chain.ts";
import type { Contract } from "./_contracts.ts";
import { Packet } from "./_packet.ts";
import type { OptionPrint } from "../frames/mod.ts";
import type { FlowConfig } from "./sink.ts";
import type { TimerQueue } from "./_timers.ts";

/** Most packets open at once; at the cap the oldest one closes. */
const OPEN_CAP = 20_000;
const RECENT_CAP = 50_000;
const RECENT_TTL_MS = 60_000;
/** A volatility older than this says where the surface was, not where the packet found it. */
const PRE_IV_AGE_MS = 20_000;

/** What is known of a contract that printed lately. */
class Recent implements Touched {
  touchedTs = 0;
  readonly chain = new Chain();
  iv: number | null = null;
  ivTs = -Infinity;
}

/** A contract that prints without a pause has a new packet at whole multiples of this, ms. */
function cutMs({ clusterGapMs, clusterSpanMs }: FlowConfig): number {
  return Math.max(5 * clusterSpanMs, 20 * clusterGapMs);
}

/** After so long a reading, ms, packets begin and end where they do in any longer one. */
export function packetMemoryMs(config: FlowConfig): number {
  return config.clusterGapMs + 2 * cutMs(config);
}

/** What happens to packets. */
export interface PacketPorts {
  opened(packet: Packet): void;
  closed(packet: Packet, closeTs: number): void;
}

/**
 * Clusters prints by contract: a packet closes when no print joined it for a gap, or when it is as long
 * as a packet may be, by event time alone.
 */
export class Packets {
  readonly #open = new Map<string, Packet>();
  readonly #recent: BoundedMap<Recent>;
  readonly #gapMs: number;
  readonly #spanMs: number;
  readonly #cutMs: number;
  readonly #timers: TimerQueue;
  readonly #ports: PacketPorts;

  constructor(config: FlowConfig, timers: TimerQueue, ports: PacketPorts) {
    this.#gapMs = config.clusterGapMs;
    this.#spanMs = config.clusterSpanMs;
    this.#cutMs = cutMs(config);
    this.#recent = new BoundedMap(RECENT_CAP, Math.max(RECENT_TTL_MS, config.clusterGapMs));
    this.#timers = timers;
    this.#ports = ports;
  }

  get openCount(): number {
    return this.#open.size;
  }

  get recentCount(): number {
    return this.#recent.size;
  }

  /** Adds a print to the packet of its contract. @param spot Mid of the underlying, USD, or null. */
  add(print: OptionPrint, contract: Contract, spot: number | null, nowMs: number): void {
    const recent = this.#recentOf(contract.id);
    const begins = recent.chain.begins(print.ts, this.#gapMs, this.#cutMs);
    let packet = this.#open.get(contract.id);
    if (packet !== undefined && (begins || !this.#takes(packet, print.ts))) {
      this.#close(packet, nowMs);
      packet = undefined;
    }
    if (packet === undefined) packet = this.#start(print, contract, recent, nowMs);
    packet.add(print, spot);
    recent.touchedTs = Math.max(recent.touchedTs, print.ts);
    if (print.execution_iv === null || print.ts < recent.ivTs) return;
    recent.iv = print.execution_iv;
    recent.ivTs = print.ts;
  }

  sweep(nowMs: number): void {
    this.#recent.sweep(nowMs);
  }

  #takes(packet: Packet, ts: number): boolean {
    return ts - packet.endTs <= this.#gapMs && ts - packet.startTs <= this.#spanMs &&
      packet.startTs - ts <= this.#gapMs;
  }

  /** Last instant at which a print could still join. */
  #deadline(packet: Packet): number {
    return Math.min(packet.endTs + this.#gapMs, packet.startTs + this.#spanMs);
  }

  #start(print: OptionPrint, contract: Contract, recent: Recent, nowMs: number): Packet {
    if (this.#open.size >= OPEN_CAP) {
      const [oldest] = this.#open.values();
      if (oldest !== undefined) this.#close(oldest, nowMs);
    }
    const preIv = print.ts - recent.ivTs <= PRE_IV_AGE_MS ? recent.iv : null;
    const packet = new Packet(contract, print, preIv);
    this.#open.set(contract.id, packet);
    this.#ports.opened(packet);
    // A print that came late may open a packet whose time has already passed.
    this.#watch(packet, Math.max(nowMs, this.#deadline(packet)));
    return packet;
  }

  #watch(packet: Packet, at: number): void {
    this.#timers.set(at, () => {
      if (!packet.isOpen) return;
      const deadline = this.#deadline(packet);
      if (deadline > at) this.#watch(packet, deadline);
      else this.#close(packet, at);
    });
  }

  #close(packet: Packet, closeTs: number): void {
    packet.isOpen = false;
    this.#open.delete(packet.contract.id);
    this.#ports.closed(packet, closeTs);
  }

  #recentOf(id: string): Recent {
    let recent = this.#recent.get(id);
    if (recent === undefined) this.#recent.set(id, recent = new Recent());
    return recent;
  }
}
