import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { ConfigError, describeConfig, loadConfig } from "../../config.ts";

function env(values: Record<string, string>): (name: string) => string | undefined {
  return (name) => values[name];
}

Deno.test("loadConfig() gives the defaults in an empty environment", () => {
  const config = loadConfig(env({}));
  strictEqual(config.port, 8_000);
  strictEqual(config.host, "127.0.0.1");
  strictEqual(config.feed, "synthetic");
  strictEqual(config.dev, false);
});

Deno.test("loadConfig() treats a blank variable as missing and trims", () => {
  strictEqual(loadConfig(env({ LOTUS_PORT: "  " })).port, 8_000);
  strictEqual(loadConfig(env({ LOTUS_PORT: " 0 " })).port, 0);
});

Deno.test("loadConfig() names variable, value and rule in one line", () => {
  const cases: readonly [string, string, RegExp][] = [
    ["LOTUS_PORT", "99999", /^LOTUS_PORT must be 0 to 65535: it is "99999"$/],
    ["LOTUS_PORT", "eight", /^LOTUS_PORT must be a whole number: it is "eight"$/],
    [
      "LOTUS_LOG_LEVEL",
      "loud",
      /^LOTUS_LOG_LEVEL must be debug, info, warn or error: it is "loud"$/,
    ],
    ["NATS_URL", "http://u:secret@x", /^NATS_URL must be empty or a nats:.*: it is "\(secret\)"$/],
    ["LOTUS_SEED", "-1", /^LOTUS_SEED must be 0 to 4294967295/],
    ["LOTUS_DEV", "yes", /^LOTUS_DEV must be 0 or 1/],
  ];
  for (const [name, value, message] of cases) {
    throws(() => loadConfig(env({ [name]: value })), (error) => {
      ok(error instanceof ConfigError);
      deepStrictEqual([error.variable, message.test(error.message)], [name, true], error.message);
      return true;
    });
  }
});

Deno.test("describeConfig() masks secrets", () => {
  const shown = describeConfig(env({ NATS_URL: "nats://user:pass@127.0.0.1:4222" }));
  strictEqual(shown.find((entry) => entry.variable === "NATS_URL")?.value, "***");
  ok(!JSON.stringify(shown).includes("pass@"));
});

Deno.test("loadConfig() reads an alias when the variable itself is not set", () => {
  const alias = { NEXT_PUBLIC_SYNTHETIC_ADMIN: "1" };
  strictEqual(loadConfig(env({})).adminUi, false);
  strictEqual(loadConfig(env(alias)).adminUi, true);
  strictEqual(loadConfig(env({ ...alias, LOTUS_PUBLIC_SYNTHETIC_ADMIN: "0" })).adminUi, false);
});

Deno.test("loadConfig() refuses a passphrase hash of another form without showing it", () => {
  throws(
    () => loadConfig(env({ LOTUS_OPERATOR_PASSPHRASE_HASH: "my passphrase" })),
    /^ConfigError: LOTUS_OPERATOR_PASSPHRASE_HASH must be empty or what `lotus passphrase` prints: it is "\(secret\)"$/,
  );
});

Deno.test("loadConfig() refuses a measuring window without a file, or one that ends first", () => {
  const file = { LOTUS_LATENCY_FILE: "/tmp/latency.jsonl" };
  const cases: readonly [Record<string, string>, string, RegExp][] = [
    [
      { LOTUS_LATENCY_FROM: "09:25" },
      "LOTUS_LATENCY_FROM",
      /needs LOTUS_LATENCY_FILE: it is "09:25"$/,
    ],
    [{ LOTUS_LATENCY_TO: "09:25" }, "LOTUS_LATENCY_TO", /needs LOTUS_LATENCY_FILE/],
    [{ ...file, LOTUS_LATENCY_FROM: "25:00" }, "LOTUS_LATENCY_FROM", /must be empty or HH:MM/],
    [
      { ...file, LOTUS_LATENCY_FROM: "09:40", LOTUS_LATENCY_TO: "09:40" },
      "LOTUS_LATENCY_TO",
      /must be later than LOTUS_LATENCY_FROM: it is "09:40"$/,
    ],
    [{ ...file, LOTUS_LATENCY_SUMMARY_BINS: "0" }, "LOTUS_LATENCY_SUMMARY_BINS", /from 1 to/],
  ];
  for (const [values, variable, message] of cases) {
    throws(() => loadConfig(env(values)), (error) => {
      ok(error instanceof ConfigError && error.variable === variable);
      return message.test(error.message);
    });
  }
  const window = { LOTUS_LATENCY_FROM: "09:25", LOTUS_LATENCY_TO: "09:40" };
  deepStrictEqual(loadConfig(env({ ...file, ...window })).latencyTo, "09:40");
});
