import { deepEqual, equal, ok } from "node:assert/strict";
import { checkFile, goldenFiles } from "../../jobs/testing/vectors/suites.ts";

const FIXTURES = `${import.meta.dirname}/../../fixtures/particle`;

for (const file of goldenFiles(FIXTURES)) {
  Deno.test(`the lab gives the golden numbers of ${file}`, () => {
    const { tally } = checkFile(FIXTURES, file);
    deepEqual(tally.told, []);
    equal(tally.misses, 0);
    ok(tally.checks > 50, String(tally.checks));
  });
}
