import { deepEqual, equal, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { verifyPassphrase } from "../serve/operator/mod.ts";
import { lotus, lotusCommand } from "../testing/lotus_command.ts";

function jsonLines(text: string): Record<string, unknown>[] {
  return text.trimEnd().split("\n").map((line) => JSON.parse(line));
}

Deno.test("lotus makes, decodes and replays a market", async () => {
  const folder = await Deno.makeTempDir({ prefix: "lotus-" });
  try {
    const file = join(folder, "market.dbn.zst");
    const bins = join(folder, "bins.jsonl");
    const made = await lotus("synth", "mbo", "--minutes", "1", "--out", file, "--json");
    equal(made.code, 0, made.err);
    const [replayed, decoded] = await Promise.all([
      lotus("replay", file, "--bins", bins, "--json"),
      lotus("decode", file, "--limit", "3"),
    ]);
    equal(replayed.code, 0, replayed.err);
    const [summary] = jsonLines(replayed.out);
    equal(summary?.["symbol"], "ESH6");
    equal(summary?.["complete"], true);
    equal(summary?.["events"], JSON.parse(made.out).records);
    equal(jsonLines(await Deno.readTextFile(bins)).length, summary?.["bins"]);
    ok(jsonLines(replayed.err).every((line) => "progress" in line || "warning" in line));
    equal(decoded.code, 0, decoded.err);
    deepEqual(jsonLines(decoded.out).map((record) => record["record"]), ["mbo", "mbo", "mbo"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("lotus ends with 1 and one line on failures, with 2 on wrong usage, with 0 on help", async () => {
  const [missing, speed, option, command, help, config] = await Promise.all([
    lotus("replay", "/none/there.dbn"),
    lotus("replay", "x.dbn", "--speed", "0"),
    lotus("synth", "mbo"),
    lotus("fly"),
    lotus("replay", "--help"),
    lotus("config", "--json"),
  ]);
  deepEqual([missing?.code, missing?.out], [1, ""]);
  match(missing?.err ?? "", /^lotus: Cannot replay as the file does not exist: .*\n$/);
  for (const wrong of [speed, option, command]) {
    deepEqual([wrong?.code, wrong?.out], [2, ""]);
    match(wrong?.err ?? "", /^error: .+\n/);
  }
  equal(help?.code, 0);
  match(help?.out ?? "", /Example:\n {2}lotus replay /);
  equal(config?.code, 0);
  ok(jsonLines(config?.out ?? "").some((line) => line["variable"] === "LOTUS_PORT"));
});

Deno.test("lotus passphrase hashes one line of standard input, and refuses a short one", async () => {
  const hashOf = async (line: string) => {
    const process = lotusCommand(["passphrase"], {}, "piped").spawn();
    const writer = process.stdin.getWriter();
    await writer.write(new TextEncoder().encode(line));
    await writer.close();
    const { code, stdout, stderr } = await process.output();
    const text = new TextDecoder();
    return { code, out: text.decode(stdout), err: text.decode(stderr) };
  };
  const [good, short] = await Promise.all([
    hashOf("correct horse battery staple\nnot this\n"),
    hashOf("too short\n"),
  ]);
  equal(good?.code, 0, good?.err);
  ok(await verifyPassphrase("correct horse battery staple", good?.out.trim() ?? ""));
  deepEqual([short?.code, short?.out], [1, ""]);
  match(short?.err ?? "", /^lotus: Cannot use a passphrase of 9 characters/);
});
