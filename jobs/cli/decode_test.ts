import { deepEqual, equal, match } from "node:assert/strict";

const SCRIPT = new URL("decode.ts", import.meta.url).pathname;
const FIXTURES = new URL("../../fixtures/dbn/", import.meta.url);

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(...args: string[]): Promise<Run> {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "--allow-read", "--allow-env", SCRIPT, ...args],
    env: { NO_COLOR: "1" },
  });
  const { code, stdout, stderr } = await command.output();
  const text = new TextDecoder();
  return { code, out: text.decode(stdout), err: text.decode(stderr) };
}

function path(name: string): string {
  return new URL(name, FIXTURES).pathname;
}

Deno.test("lotus decode prints records, metadata, a limit and CSV", async () => {
  const name = "every_type.v2.dbn";
  const golden = JSON.parse(Deno.readTextFileSync(path("expected.json")))[name];
  const [all, some, schema, csv] = await Promise.all([
    run(path(name)),
    run(path(name), "--limit", "2"),
    run(path(name), "--schema"),
    run(path("mbo.multiframe.v3.dbn.zst"), "--format", "csv"),
  ]);
  deepEqual(all.out.trimEnd().split("\n").map((line) => JSON.parse(line)), golden.records);
  equal(some.out, all.out.split("\n").slice(0, 2).join("\n") + "\n");
  deepEqual(JSON.parse(schema.out), golden.metadata);
  const lines = csv.out.trimEnd().split("\n");
  equal(lines.length, 7);
  match(
    lines[0]!,
    /^record,record_bytes,length,rtype,publisher_id,instrument_id,ts_event,order_id,/,
  );
  deepEqual([all.code, some.code, schema.code, csv.code], [0, 0, 0, 0]);
});

Deno.test("lotus decode exits with 1 and one line on bad files, with 2 on bad usage", async () => {
  const runs = await Promise.all([
    run(path("nothing.dbn")),
    run(path("expected.json")),
    run(path("every_type.v3.dbn"), "--format", "csv"),
    run(path("")),
    run(path("every_type.v3.dbn"), "--limit", "-1"),
    run(path("every_type.v3.dbn"), "--format", "xml"),
    run(),
  ]);
  deepEqual(runs.map(({ code }) => code), [1, 1, 1, 1, 2, 2, 2]);
  for (const { err } of runs.slice(0, 4)) equal(err.trimEnd().split("\n").length, 1, err);
  match(runs[1]!.err, /magic/);
  match(runs[3]!.err, /^lotus: Cannot decode a folder, .*\/fixtures\/dbn\/"$/m);
});

Deno.test("lotus decode prints the records before a cut", async () => {
  const file = await Deno.makeTempFile({ suffix: ".dbn" });
  try {
    const name = "every_type.v3.dbn";
    await Deno.writeFile(file, Deno.readFileSync(path(name)).slice(0, -30));
    const golden = JSON.parse(Deno.readTextFileSync(path("expected.json")))[name];
    const { code, out, err } = await run(file);
    equal(code, 1);
    match(err, /truncated/);
    const records = out.trimEnd().split("\n").map((line) => JSON.parse(line));
    deepEqual(records, golden.records.slice(0, -1));
  } finally {
    await Deno.remove(file);
  }
});
