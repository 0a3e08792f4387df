import { deepStrictEqual, ok } from "node:assert/strict";
import { PANES } from "../islands/lib/panes/mod.ts";
import { type Chord, CHORDS, PAGE_CHORDS } from "../islands/lib/pane/mod.ts";
import { kindChords } from "../islands/lib/workspace/keys.ts";
import { isTest, sources } from "../jobs/house/sources.ts";

Deno.test("no key means two things, on whatever page and in whatever pane", () => {
  // A scope in focus keeps N for the next wall; the workspace's own N works from everywhere else.
  const keptByScope = (key: string) => CHORDS.nextWall.keys.some((own) => own === key);
  const all: readonly Chord[] = [
    ...Object.values(CHORDS),
    ...PAGE_CHORDS,
    ...kindChords(PANES).filter(({ keys }) => !keys.some(keptByScope)),
  ];
  const meanings = Map.groupBy(
    all.flatMap(({ keys, label }) => keys.map((key) => [key, label] as const)),
    ([key]) => key,
  );
  const twice = [...meanings.values()].filter((found) =>
    new Set(found.map(([, label]) => label)).size > 1
  );
  deepStrictEqual(twice, []);
  ok(meanings.size > 50);
  // A key that begins pairs means nothing by itself.
  const firsts = new Set([...meanings.keys()].filter((key) => /^\w /.test(key)).map((k) => k[0]!));
  deepStrictEqual([...firsts].filter((key) => meanings.has(key)), []);
});

Deno.test("keys stand in the one table: no island names any of its own", () => {
  const own = sources().filter(({ path, text }) =>
    path.startsWith("islands/") && !isTest(path) && /\bkeys: \["/.test(text)
  );
  deepStrictEqual(own.map(({ path }) => path), []);
});
