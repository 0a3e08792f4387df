import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { stringify } from "yaml";
import { InstrumentError, parseInstrument } from "./instrument_file.ts";

interface ConfigCase {
  readonly name: string;
  readonly config: unknown;
  readonly ok: boolean;
  readonly config_version?: string;
  readonly runtime?: Readonly<Record<string, unknown>>;
  readonly error?: string;
}

const FIXTURES = `${import.meta.dirname}/../../fixtures`;
const { cases } = JSON.parse(
  Deno.readTextFileSync(`${FIXTURES}/vacuum-pressure/config-cases.json`),
) as { cases: readonly ConfigCase[] };

for (const c of cases) {
  Deno.test(`parseInstrument() equals the golden case ${c.name}`, () => {
    const yaml = stringify(c.config);
    if (!c.ok) {
      throws(() => parseInstrument(yaml, "x.yaml"), (error) => {
        ok(error instanceof InstrumentError);
        const field = error.field.split(", ").find((name) => c.error?.includes(name));
        ok(field !== undefined || error.field === "document", `${error.message} | ${c.error}`);
        return true;
      });
      return;
    }
    const parsed = parseInstrument(yaml, "x.yaml");
    for (const [name, value] of Object.entries(c.runtime ?? {})) {
      deepStrictEqual(parsed[name as keyof typeof parsed], value, name);
    }
    strictEqual(parsed.config_version, c.config_version);
    strictEqual(parsed.pressure_model, "complete");
  });
}

Deno.test("parseInstrument() refuses unknown fields, bad models and what is no mapping", () => {
  const base = cases[0]?.config as Record<string, unknown>;
  const field = (yaml: string) => {
    try {
      parseInstrument(yaml, "x.yaml");
    } catch (error) {
      return error instanceof InstrumentError ? error.field : "other";
    }
    return null;
  };
  strictEqual(field(stringify({ ...base, colour: 1 })), "colour");
  strictEqual(field(stringify({ ...base, pressure_model: "wild" })), "pressure_model");
  strictEqual(field("- 1\n- 2"), "document");
  strictEqual(field("a: [unclosed"), "document");
});

Deno.test("every shipped instrument is valid", () => {
  const names: string[] = [];
  for (const entry of Deno.readDirSync(`${FIXTURES}/instruments`)) {
    const path = `${FIXTURES}/instruments/${entry.name}`;
    names.push(parseInstrument(Deno.readTextFileSync(path), path).symbol_root);
  }
  deepStrictEqual(names.sort(), ["CL", "ES", "ES", "MNQ"]);
});
