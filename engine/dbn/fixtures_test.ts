import { deepEqual, deepStrictEqual, equal } from "node:assert/strict";
import { everyTypeFile, fixtureFiles, mboFile, multiFrame } from "./_fixtures.ts";
import { LAYOUTS } from "./_layout.ts";
import { chunked, decodeAll } from "./_test_util.ts";
import { concatBytes } from "./encode.ts";
import { encodeDbn } from "./mod.ts";
import { metadataToJson } from "./metadata_json.ts";
import type { DbnRecord } from "./record.ts";

const FOLDER = new URL("../../fixtures/dbn/", import.meta.url);

interface Golden {
  readonly metadata: unknown;
  readonly records: DbnRecord[];
  readonly records_upgraded_v3: DbnRecord[];
}

function golden(): Record<string, Golden> {
  return JSON.parse(Deno.readTextFileSync(new URL("expected.json", FOLDER)));
}

Deno.test("decodeDbn() reads the committed files to the committed values", async () => {
  for (const [name, expected] of Object.entries(golden())) {
    const bytes = Deno.readFileSync(new URL(name, FOLDER));
    for (const size of [1, 7, 64, 4_096]) {
      const all = await decodeAll(chunked(bytes, size), { upgrade: "as-is" });
      equal(all.error, null);
      deepStrictEqual(all.records, expected.records, `${name} in chunks of ${size}`);
      deepEqual(metadataToJson(all.metadata!, all.extent!), expected.metadata);
    }
    deepStrictEqual((await decodeAll([bytes])).records, expected.records_upgraded_v3, name);
  }
});

Deno.test("encodeDbn() writes the committed bytes", () => {
  for (const [name, bytes] of fixtureFiles()) {
    const committed = Deno.readFileSync(new URL(name, FOLDER));
    // Compressed bytes may differ between library versions, plain ones may not.
    if (!name.endsWith(".zst")) deepStrictEqual(committed, new Uint8Array(bytes), name);
  }
});

for (const version of [1, 2, 3] as const) {
  Deno.test(`encodeDbn() writes again the bytes of every version ${version} record`, async () => {
    for (const tsOut of [false, true]) {
      const bytes = everyTypeFile(version, tsOut);
      const all = await decodeAll([bytes], { upgrade: "as-is" });
      equal(all.records.length, LAYOUTS[version].length);
      equal(all.records.every((record) => ("ts_out" in record) === tsOut), true);
      deepStrictEqual(concatBytes(encodeDbn(all.metadata!, all.records)), bytes);
    }
  });
}

Deno.test("decodeDbn() reads several frames cut inside records like one", async () => {
  const content = mboFile(3, 6);
  const plain = await decodeAll([content]);
  for (const cuts of [[1, 2], [8, 9], [200, 700], [content.length - 1, content.length]] as const) {
    for (const size of [1, 50, 1 << 20]) {
      const framed = await decodeAll(chunked(multiFrame(content, cuts), size));
      deepStrictEqual(framed, plain, `cut at ${cuts}, chunks of ${size}`);
    }
  }
});
