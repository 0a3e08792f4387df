import { BoundedMap, type Touched } from "./_bounded_map.ts";
import type { Contract } from "./_contracts.ts";
import { Packet } from "./_packet.ts";
import type { OptionPrint } from "../frames/mod.ts";
import type { FlowConfig } from "./sink.ts";
import type { TimerQueue } from "./_timers.ts";

/** Most packets open at once; at the cap the oldest one closes. */
const OPEN_CAP = 20_000;
const IV_CAP = 50_000;
const IV_TTL_MS = 24 * 3_600_000;
/** A volatility older than this says where the surface was, not where the packet found it. */
const PRE_IV_AGE_MS = 20_000;

class LastIv implements Touched {
  touchedTs = 0;
  iv = 0;
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
  readonly #ivs = new BoundedMap<LastIv>(IV_CAP, IV_TTL_MS);
  readonly #gapMs: number;
  readonly #spanMs: number;
  readonly #timers: TimerQueue;
  readonly #ports: PacketPorts;

  constructor(config: FlowConfig, timers: TimerQueue, ports: PacketPorts) {
    this.#gapMs = config.clusterGapMs;
    this.#spanMs = config.clusterSpanMs;
    this.#timers = timers;
    this.#ports = ports;
  }

  get openCount(): number {
    return this.#open.size;
  }

  get ivCount(): number {
    return this.#ivs.size;
  }

  /** Adds a print to the packet of its contract. @param spot Mid of the underlying, USD, or null. */
  add(print: OptionPrint, contract: Contract, spot: number | null, nowMs: number): void {
    let packet = this.#open.get(contract.id);
    if (packet !== undefined && !this.#takes(packet, print.ts)) {
      this.#close(packet, nowMs);
      packet = undefined;
    }
    if (packet === undefined) packet = this.#start(print, contract, nowMs);
    packet.add(print, spot);
    if (print.execution_iv !== null) this.#remember(contract.id, print.ts, print.execution_iv);
  }

  sweep(nowMs: number): void {
    this.#ivs.sweep(nowMs);
  }

  #takes(packet: Packet, ts: number): boolean {
    return ts - packet.endTs <= this.#gapMs && ts - packet.startTs <= this.#spanMs &&
      packet.startTs - ts <= this.#gapMs;
  }

  /** Last instant at which a print could still join. */
  #deadline(packet: Packet): number {
    return Math.min(packet.endTs + this.#gapMs, packet.startTs + this.#spanMs);
  }

  #start(print: OptionPrint, contract: Contract, nowMs: number): Packet {
    if (this.#open.size >= OPEN_CAP) {
      const [oldest] = this.#open.values();
      if (oldest !== undefined) this.#close(oldest, nowMs);
    }
    const last = this.#ivs.get(contract.id);
    const preIv = last !== undefined && print.ts - last.touchedTs <= PRE_IV_AGE_MS ? last.iv : null;
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

  #remember(id: string, ts: number, iv: number): void {
    let last = this.#ivs.get(id);
    if (last === undefined) {
      last = new LastIv();
      this.#ivs.set(id, last);
    }
    if (ts < last.touchedTs) return;
    last.touchedTs = ts;
    last.iv = iv;
  }
}
