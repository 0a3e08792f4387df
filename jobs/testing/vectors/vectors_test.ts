import { equal, match } from "node:assert/strict";
import { join } from "node:path";

const ROOT = `${import.meta.dirname}/../../..`;
const FIXTURES = join(ROOT, "fixtures/surfaces");

/** Runs `deno task vectors` over copies of committed files, each as `change` leaves it. */
async function run(
  files: Readonly<Record<string, (text: string) => string>>,
): Promise<{ readonly code: number; readonly out: string }> {
  const dir = await Deno.makeTempDir();
  try {
    for (const [file, change] of Object.entries(files)) {
      const text = await Deno.readTextFile(join(FIXTURES, file)).catch(() => "");
      await Deno.writeTextFile(join(dir, file), change(text));
    }
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["task", "--quiet", "vectors", dir],
      cwd: ROOT,
    }).output();
    const text = new TextDecoder();
    return { code, out: text.decode(stdout) + text.decode(stderr) };
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

Deno.test("deno task vectors prints checks by file and ends well when nothing differs", async () => {
  const { code, out } = await run({ "book-cases.json": (text) => text, "README.md": () => "" });
  equal(code, 0, out);
  match(out, /^book-cases\.json +\d{5} +0 {2}books of a future$/m);
  match(out, /^all +\d{5} +0 {2}1 files$/m);
});

Deno.test("deno task vectors tells a number that differs, and ends with 1", async () => {
  const { code, out } = await run({
    "anchors.json": (text) => text,
    "book-cases.json": (text) => text.replace('"event_count":12', '"event_count":13'),
  });
  equal(code, 1, out);
  match(out, /appendix-a1, window 0, event_count: 12, expected 13/);
  match(out, /^all +\d+ +1 {2}2 files$/m);
});

Deno.test("deno task vectors counts a file that no suite knows and one that is no JSON", async () => {
  const { code, out } = await run({ "a.json": () => '{"rows": []}', "b.json": () => "{" });
  equal(code, 1, out);
  match(out, /^all +2 +2 {2}2 files$/m);
});

Deno.test("deno task vectors ends with 2 when there is nothing to check", async () => {
  equal((await run({})).code, 2);
});
