import { fixtureFiles } from "../../engine/dbn/_fixtures.ts";
import { decodeAll } from "../../engine/dbn/_test_util.ts";
import { metadataToJson } from "../../engine/dbn/mod.ts";

// Rewrites fixtures/dbn from the encoder; look at the difference before committing it.
const folder = new URL("../../fixtures/dbn/", import.meta.url);
const expected: Record<string, unknown> = {};
for (const [name, bytes] of fixtureFiles()) {
  await Deno.writeFile(new URL(name, folder), bytes);
  const asIs = await decodeAll([bytes], { upgrade: "as-is" });
  const upgraded = await decodeAll([bytes]);
  if (!asIs.metadata || !asIs.extent) throw new Error(`Cannot decode the fixture: ${name}`);
  expected[name] = {
    metadata: metadataToJson(asIs.metadata, asIs.extent),
    records: asIs.records,
    records_upgraded_v3: upgraded.records,
  };
}
const text = JSON.stringify(expected).replaceAll('{"record":', '\n{"record":');
await Deno.writeTextFile(new URL("expected.json", folder), `${text}\n`);
