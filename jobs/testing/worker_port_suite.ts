import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { PortClosedError, RemoteError, type WorkerPlace, WorkerPort } from "../kit/mod.ts";
import type { Death, EchoNews, EchoVerbs } from "./workers/echo_program.ts";

/** An echo and everything that it told. */
class EchoHost {
  readonly said: string[] = [];
  readonly items: number[] = [];
  readonly port: WorkerPort<EchoVerbs, EchoNews>;
  readonly died = Promise.withResolvers<string>();
  /** Called for every item. */
  onItem: () => void = () => {};

  constructor(place: WorkerPlace<EchoVerbs, EchoNews>) {
    this.port = new WorkerPort(place, {
      said: (text) => void this.said.push(text),
      item: (index) => {
        this.items.push(index);
        this.onItem();
      },
      spell: (text) => [...text].join("-"),
    }, this.died.resolve);
  }
}

/** What every place in which a worker's program runs has to keep. */
export function workerPortSuite(where: string, place: WorkerPlace<EchoVerbs, EchoNews>): void {
  const test = (fact: string, fn: (host: EchoHost) => Promise<void>) =>
    Deno.test(`WorkerPort ${where} ${fact}`, async () => {
      const host = new EchoHost(place);
      try {
        await fn(host);
      } finally {
        host.port.terminate();
      }
    });

  test("answers calls each by its own, in both directions", async ({ port }) => {
    deepStrictEqual(await Promise.all([port.call("echo", "a"), port.call("echo", "b")]), [
      "a",
      "b",
    ]);
    strictEqual(await port.call("askBack", "abc"), "a-b-c");
  });

  test("brings a refusal over with class, message and fields, and goes on", async ({ port }) => {
    await rejects(port.call("refuse", "x"), (error) => {
      ok(error instanceof RemoteError);
      deepStrictEqual(
        [error.remoteName, error.message, error.fields],
        ["EchoError", 'Cannot echo "x"', { code: "no_echo", field: "text" }],
      );
      return true;
    });
    strictEqual(await port.call("echo", "on"), "on");
  });

  test("moves buffers there and back without a copy left behind", async ({ port }) => {
    const buffer = new Uint8Array([1, 2, 3]).buffer;
    const answer = await port.call("raise", buffer, [buffer]);
    strictEqual(buffer.byteLength, 0, "it is not ours any more");
    deepStrictEqual([...new Uint8Array(answer)], [2, 3, 4]);
  });

  test("lets no more notes in flight than the credit, and loses none", async (host) => {
    const { port, items } = host;
    await port.call("flood", 50);
    deepStrictEqual(items, [0, 1, 2, 3]);
    let most = 0;
    let granted = 0;
    await new Promise<void>((resolve) => {
      host.onItem = () => {
        most = Math.max(most, items.length - granted);
        if (items.length === 50) resolve();
      };
      for (let i = 0; i < 50; i++) port.call("echo", "").then(() => (granted++, port.grant(1)));
    });
    deepStrictEqual(items, Array.from({ length: 50 }, (_, i) => i));
    ok(most <= 4, `${most} in flight`);
  });

  test("ends after its last words", async ({ port, said }) => {
    await port.end();
    deepStrictEqual(said, ["last words"]);
    await rejects(port.call("echo", "x"), PortClosedError);
    port.notify("echo", "nobody hears it");
    await port.end();
  });

  test("refuses what is waiting when it is ended at once", async ({ port, said }) => {
    const waiting = port.call("never");
    port.terminate("Cannot wait any longer");
    await rejects(waiting, { name: "PortClosedError", message: "Cannot wait any longer" });
    deepStrictEqual(said, []);
  });

  for (const how of ["throw", "reject"] as const) {
    test(`tells of a note that failed by a ${how}, after what came before`, async (host) => {
      await dies(host, how, () => host.port.notify("die", how));
    });
  }
}

/** Lets a worker die and looks at what its host learns. */
async function dies(host: EchoHost, how: Death, kill: () => void): Promise<void> {
  const { port, said, died } = host;
  const waiting = port.call("never");
  kill();
  await rejects(waiting, PortClosedError);
  const reason = await died.promise;
  ok(reason.includes(how === "exit" ? "ended by itself" : "it broke"), reason);
  deepStrictEqual(said, ["still alive"]);
  await rejects(port.call("echo", "x"), PortClosedError);
}

/** What threads keep beyond the suite: they can die in more ways, and have permissions. */
export function workerThreadSuite(place: WorkerPlace<EchoVerbs, EchoNews>): void {
  for (const how of ["timer", "exit"] as const) {
    Deno.test(`WorkerPort in a thread tells of a death by ${how}`, async () => {
      const host = new EchoHost(place);
      await dies(host, how, () => host.port.notify("die", how));
    });
  }

  Deno.test("WorkerPort in a thread tells of a module that does not load", async () => {
    const host = new EchoHost({
      url: new URL("./workers/no_such_worker.ts", import.meta.url),
      name: "none",
      permissions: "none",
    });
    await rejects(host.port.call("echo", "x"), PortClosedError);
    ok((await host.died.promise).includes("no_such_worker"));
  });

  Deno.test("WorkerPort gives a thread no permission that is not named", async () => {
    const url = new URL("./workers/echo_worker.ts", import.meta.url);
    const of = async (permissions: Deno.PermissionOptions) => {
      const host = new EchoHost({ url, name: "echo", permissions });
      const found = await host.port.call("permissions");
      host.port.terminate();
      return found;
    };
    const none = "net prompt, env prompt, run prompt, write prompt, read prompt";
    strictEqual(await of("none"), none);
    strictEqual(await of({ read: "inherit" }), none.replace("read prompt", "read granted"));
  });
}
