import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { EchoServer, until } from "./testing/echo_server.ts";
import type { LinkState } from "./link_state.ts";
import { LAST_RETRY_MS, type LinkOptions, SocketLink } from "./socket_link.ts";

/** A link that keeps what it was told. */
class Told {
  readonly states: LinkState[] = [];
  readonly texts: string[] = [];
  readonly link: SocketLink;
  #onState: () => void = () => {};

  constructor(options: LinkOptions) {
    this.link = new SocketLink({
      onState: (state) => {
        this.states.push(state);
        this.#onState();
      },
      onText: (text) => this.texts.push(text),
    }, options);
  }

  async until(isSo: (states: readonly LinkState[]) => boolean): Promise<void> {
    await until(() => isSo(this.states), (onChange) => this.#onState = onChange);
  }

  kinds(): readonly string[] {
    return this.states.map(({ kind }) => kind);
  }
}

const QUICK = { firstRetryMs: 5 } as const;

Deno.test("SocketLink comes back after a lost socket and says why it was gone", async () => {
  await using server = new EchoServer("hello");
  const told = new Told(QUICK);
  told.link.open(server.url);
  (await server.socket(0)).close(4_000, "the feed is gone");
  await server.socket(1);
  await told.until((states) => states.at(-1)?.kind === "live" && states.length > 2);
  told.link.close();
  deepStrictEqual(told.kinds(), ["connecting", "live", "reconnecting", "connecting", "live"]);
  const [, , lost] = told.states;
  ok(lost?.kind === "reconnecting" && lost.attempt === 2 && lost.reason === "the feed is gone");
});

Deno.test("SocketLink takes an open socket that falls silent for stale, then for dead", async () => {
  await using server = new EchoServer("hello");
  const told = new Told({ ...QUICK, staleMs: 60, silentMs: 240 });
  told.link.open(server.url);
  await server.socket(1); // nobody closed the first one
  told.link.close();
  deepStrictEqual(told.kinds().slice(0, 5), [
    "connecting",
    "live",
    "stale",
    "reconnecting",
    "connecting",
  ]);
});

Deno.test("SocketLink asks a quiet server for a word", async () => {
  await using server = new EchoServer(null);
  const told = new Told({ ...QUICK, staleMs: 60, silentMs: 60_000, ping: "ping" });
  told.link.open(server.url);
  strictEqual((await server.heard((texts) => texts.length > 0))[0], "ping");
  await told.until((states) => states.some(({ kind }) => kind === "stale"));
  (await server.socket(0)).send("a word");
  await told.until((states) => states.at(-1)?.kind === "live");
  told.link.close();
  deepStrictEqual(told.texts, ["a word"]);
});

Deno.test("SocketLink waits longer for a server that opens and closes without a word", async () => {
  await using server = new EchoServer(null);
  const told = new Told(QUICK);
  told.link.open(server.url);
  for (let n = 0; n < 4; n++) (await server.socket(n)).close(1_013, "full");
  await told.until((states) => states.filter(({ kind }) => kind === "reconnecting").length === 4);
  told.link.close();
  const attempts = told.states.flatMap((one) => one.kind === "reconnecting" ? [one.attempt] : []);
  deepStrictEqual(attempts, [2, 3, 4, 5]);
  ok(LAST_RETRY_MS <= 10_000);
});

Deno.test("SocketLink does not come back from a refusal, but tries when it is told to", async () => {
  await using server = new EchoServer(null);
  const told = new Told(QUICK);
  told.link.open(server.url);
  (await server.socket(0)).close(1_008, "backfill must be a whole number");
  await told.until((states) => states.at(-1)?.kind === "refused");
  told.link.retry();
  await server.socket(1);
  await told.until((states) => states.at(-1)?.kind === "live");
  told.link.close();
});
