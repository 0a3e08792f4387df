import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { createLogger, type LogLevel } from "./logger.ts";

function capture(level: LogLevel, human: boolean) {
  const lines: string[] = [];
  const now = () => new Date("2026-01-02T03:04:05.678Z");
  const log = createLogger("main", { level, human, now, write: (line) => lines.push(line) });
  return { log, lines };
}

Deno.test("createLogger() writes one JSON object per line", () => {
  const { log, lines } = capture("info", false);
  log.child("market").warn("engine_warning", {
    at: 12n,
    text: 'a "b"\n',
    none: null,
    no: undefined,
  });
  strictEqual(lines.length, 1);
  ok(!lines[0]?.includes("\n"));
  deepStrictEqual(JSON.parse(lines[0] ?? ""), {
    level: "warn",
    time: "2026-01-02T03:04:05.678Z",
    module: "market",
    event: "engine_warning",
    at: "12",
    text: 'a "b"\n',
    none: null,
  });
});

Deno.test("createLogger() writes people a line with clock, level, module, event, fields", () => {
  const { log, lines } = capture("debug", true);
  log.info("listening", { url: "http://x/", port: 80, note: "two words", gone: undefined });
  const text = (lines[0] ?? "").replaceAll(/\p{Cc}\[\d+m/gu, "");
  strictEqual(text, '03:04:05.678 info  main     listening url=http://x/ port=80 note="two words"');
});

Deno.test("createLogger() lets no value break the line or write to the terminal", () => {
  const { log, lines } = capture("debug", true);
  log.info("client", { a: "x\ny", b: "\x1b[2J", c: "bell\x07", d: 'q"' });
  strictEqual(lines[0]?.includes("\n"), false);
  const fields = lines[0]?.slice(lines[0].indexOf("client")) ?? "";
  ok(!fields.includes("\x1b[2J") && !fields.includes("\x07"), fields);
});

Deno.test("createLogger() drops what is below its level", () => {
  const order: readonly LogLevel[] = ["debug", "info", "warn", "error"];
  for (const [rank, level] of order.entries()) {
    const { log, lines } = capture(level, false);
    for (const each of order) log[each]("event");
    strictEqual(lines.length, order.length - rank);
  }
});
