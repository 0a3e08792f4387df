import fc from "fast-check";
import { deepStrictEqual, equal, throws } from "node:assert/strict";
import {
  type DbnMetadata,
  END_NONE,
  newMetadata,
  schemaId,
  schemaName,
  stypeName,
} from "./metadata.ts";
import { decodeMetadata, encodeMetadata } from "./metadata_codec.ts";
import { metadataToJson } from "./metadata_json.ts";

function anyMetadata(): fc.Arbitrary<DbnMetadata> {
  const u64 = fc.bigInt({ min: 0n, max: END_NONE });
  const u8 = fc.nat(255);
  return fc.tuple(fc.constantFrom(1, 2, 3), fc.integer({ min: 2, max: 90 })).chain(
    ([version, wide]) => {
      const width = version === 1 ? 22 : wide;
      const text = (max: number) =>
        fc.array(fc.integer({ min: 1, max: 127 }), { maxLength: max })
          .map((codes) => String.fromCharCode(...codes));
      const symbol = text(width - 1);
      const symbols = fc.array(symbol, { maxLength: 4 });
      const date = fc.integer({ min: 0, max: 99_991_231 });
      const interval = fc.record({ startDate: date, endDate: date, symbol }, {
        noNullPrototype: true,
      });
      const mapping = fc.record({
        rawSymbol: symbol,
        intervals: fc.array(interval, { maxLength: 3 }),
      }, { noNullPrototype: true });
      return fc.record({
        version: fc.constant(version as 1 | 2 | 3),
        dataset: text(15),
        schema: fc.nat(65_535),
        startNs: u64,
        endNs: u64,
        limit: u64,
        stypeIn: u8,
        stypeOut: u8,
        tsOut: fc.boolean(),
        symbolCstrLen: fc.constant(width),
        symbols,
        partial: symbols,
        notFound: symbols,
        mappings: fc.array(mapping, { maxLength: 3 }),
      }, { noNullPrototype: true });
    },
  );
}

Deno.test("encodeMetadata() decodes to the same metadata, padded in version 3 alone", () => {
  fc.assert(
    fc.property(anyMetadata(), (metadata) => {
      const bytes = encodeMetadata(metadata);
      const read = decodeMetadata(bytes);
      deepStrictEqual(read.metadata, metadata);
      equal(read.extent.length, bytes.length - 8);
      if (metadata.version === 3) equal(bytes.length % 8, 0);
      else equal(read.extent.endPadding, 0);
      deepStrictEqual(encodeMetadata(read.metadata), bytes);
    }),
    { seed: 20_260_105, numRuns: 400 },
  );
});

Deno.test("decodeMetadata() accepts bytes that a later version may append", () => {
  const metadata = newMetadata({ dataset: "X", schema: 0, startNs: 1n });
  const longer = new Uint8Array(encodeMetadata(metadata).length + 24).fill(9);
  longer.set(encodeMetadata(metadata));
  const read = decodeMetadata(longer);
  deepStrictEqual(read.metadata, metadata);
  equal(read.extent.endPadding, 24);
});

Deno.test("encodeMetadata() refuses text that does not fit", () => {
  const metadata = newMetadata({ dataset: "X", schema: 0, startNs: 1n });
  for (
    const wrong of [
      { dataset: "0123456789ABCDEF" },
      { symbols: ["é"] },
      { symbols: ["a\0"] },
      { symbols: ["S".repeat(71)] },
      { symbolCstrLen: 0 },
      { version: 1 as const },
    ]
  ) {
    throws(() => encodeMetadata({ ...metadata, ...wrong }), RangeError, JSON.stringify(wrong));
  }
});

Deno.test("metadataToJson() gives null for open ends, no limit and mixed streams", () => {
  const metadata = newMetadata({ dataset: "X", schema: 65_535, startNs: 1n, stypeIn: 255 });
  const json = metadataToJson(metadata, { length: 128, endPadding: 4, recordCount: null });
  deepStrictEqual([json.schema, json.stype_in, json.end, json.limit], [null, null, null, null]);
  equal(
    metadataToJson({ ...metadata, endNs: 0n }, { length: 128, endPadding: 4, recordCount: null })
      .end,
    null,
  );
});

Deno.test("schemaName() and stypeName() keep ids that are not known", () => {
  equal(schemaName(schemaId("bbo-1m")), "bbo-1m");
  equal(schemaId("bbo-1m"), 19);
  equal(schemaName(77), "schema_77");
  equal(stypeName(99), "stype_99");
});
