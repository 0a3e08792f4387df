import {
  concatBytes,
  DbnDecoder,
  encodeMetadata,
  type MboBlock,
  newMetadata,
  schemaId,
} from "../../engine/dbn/mod.ts";
import type { Chain } from "../../engine/surfaces/gamma/mod.ts";
import { SYNTH_FUTURE } from "../../engine/tape/futures/mod.ts";
import { SessionTape } from "../../engine/tape/session/mod.ts";
import { chainOf } from "../feeds/mod.ts";

/** A stretch of the synthetic session: a future and its 122 options. */
export interface SessionFile {
  /** A whole DBN file of mbo records. */
  readonly bytes: Uint8Array;
  readonly records: number;
  /** Of market time. */
  readonly seconds: number;
  readonly baseNs: bigint;
  readonly chain: Chain;
  readonly future: { readonly instrumentId: number; readonly tickNano: number };
  /** Bytes up to the end of each second: the first lie behind the snapshots and the file's head. */
  readonly secondEnds: readonly number[];
}

const START_NS = 1_767_709_800_000_000_000n; // 2026-01-06 09:30 New York
const CLOSE_NS = 1_767_733_200_000_000_000n;
/** Of an mbo record. */
export const RECORD_BYTES = 56;

/** Makes a session's records. @param seconds Of market time, from 09:30 New York on. */
export function sessionFile(seconds: number): SessionFile {
  const tape = new SessionTape({ seed: 1, startNs: START_NS, expirationNs: CLOSE_NS });
  const out = tape.writer();
  const head = encodeMetadata(newMetadata({
    dataset: "LOTUS.SYNTH",
    schema: schemaId("mbo"),
    startNs: START_NS,
  }));
  const secondEnds: number[] = [];
  for (let second = 1; second <= seconds; second++) {
    tape.generate(second * 1e9, out);
    secondEnds.push(head.length + out.count * RECORD_BYTES);
  }
  const records = out.count;
  const bytes = concatBytes([head, out.bytes()]);
  return {
    bytes,
    records,
    seconds,
    baseNs: tape.baseNs,
    chain: chainOf(tape.listing),
    future: SYNTH_FUTURE,
    secondEnds,
  };
}

/** Decodes a file in pieces, as it comes from a disk. */
export function decodeFile(bytes: Uint8Array, take: (block: MboBlock) => void): void {
  const decoder = new DbnDecoder();
  const sink = { onMbo: take };
  for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
    decoder.push(bytes.subarray(from, from + PIECE_BYTES), sink);
  }
  decoder.finish(sink);
}

const PIECE_BYTES = 1 << 16;
