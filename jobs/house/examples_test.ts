import { deepStrictEqual, equal } from "node:assert/strict";
import { ROOT, sources } from "./sources.ts";

const FACES = sources().filter(({ path }) => /^engine\/.*\/mod\.ts$/.test(path));

Deno.test("every public face of engine/ has an example", () => {
  const without = FACES.filter(({ text }) => !/^\/\*\*[\s\S]*?@example\n \* ```ts\n/.test(text));
  deepStrictEqual(without.map(({ path }) => path), []);
});

Deno.test("the examples of engine/ run", async () => {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["test", "--allow-all", "--no-check", "--doc", ...FACES.map(({ path }) => path)],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
  });
  const { code, stdout, stderr } = await command.output();
  const text = new TextDecoder();
  equal(code, 0, text.decode(stdout) + text.decode(stderr));
  equal(text.decode(stdout).match(/^ok \| (\d+) passed/m)?.[1], String(FACES.length));
});
