import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { RawSink } from "../../engine/frames/raw_sink.ts";
import { sampleRecord } from "../testing/tape_records.ts";
import { RawBuffer } from "./_raw_buffer.ts";

const SECOND_MS = 1_000;
const PER_SECOND = 500;

Deno.test("RawBuffer hands over in order, and forgets what is out although it is never empty", () => {
  const out: number[] = [];
  const refuse = () => {
    throw new Error("Only quotes were given");
  };
  const sink: RawSink = {
    optionNbbo: refuse,
    optionPrint: refuse,
    equityPrint: refuse,
    equityQuote: ({ ts }) => out.push(ts),
  };
  const buffer = new RawBuffer({ options: true, equities: true });
  const given: number[] = [];
  for (let second = 0; second < 200; second++) {
    for (let i = 0; i < PER_SECOND; i++) {
      const ts = second * SECOND_MS + i * (SECOND_MS / PER_SECOND);
      given.push(ts);
      buffer.equityQuote(sampleRecord("equity-quotes", ts, given.length));
    }
    // Half of the newest second always waits.
    for (let part = 1; part <= 10; part++) {
      buffer.release((second - 1) * SECOND_MS + 500 + part * 100, sink);
    }
    ok(buffer.held <= 4 * PER_SECOND, `second ${second}: ${buffer.held}`);
  }
  strictEqual(buffer.count, PER_SECOND / 2);
  buffer.release(Infinity, sink);
  strictEqual(buffer.held, 0);
  deepStrictEqual(out, given);
});
