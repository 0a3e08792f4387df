import { Moved, type Port, type WorkerProgram } from "../../kit/mod.ts";

/** A failure with fields that a host wants to know. */
export class EchoError extends RangeError {
  override readonly name = "EchoError";
  readonly code = "no_echo";
  readonly field = "text";
}

/** Ways for a worker to die. */
export type Death = "throw" | "reject" | "timer" | "exit";

/** What the echo answers. */
export interface EchoVerbs {
  echo(text: string): string;
  refuse(text: string): void;
  /** Answers with the same memory, every byte one more. */
  raise(buffer: ArrayBuffer): ArrayBuffer;
  /** Sends so many items, at most four in flight. */
  flood(count: number): void;
  /** Asks the host back. */
  askBack(text: string): string;
  /** What it is allowed to do. */
  permissions(): string;
  die(how: Death): void;
  never(): void;
}

/** What the echo tells and asks. */
export interface EchoNews {
  said(text: string): void;
  item(index: number): void;
  spell(text: string): string;
}

const MAX_IN_FLIGHT = 4;

/** A program that does everything a worker can do. */
export function echoProgram(host: Port<EchoVerbs, EchoNews>): WorkerProgram<EchoVerbs> {
  let left = 0;
  let sent = 0;
  const pump = () => {
    for (; left > 0 && host.inFlight < MAX_IN_FLIGHT; left--) host.send("item", sent++);
  };
  host.onGrant = pump;
  return {
    on: {
      echo: (text) => text,
      refuse: (text) => {
        throw new EchoError(`Cannot echo "${text}"`);
      },
      raise: (buffer) => {
        const bytes = new Uint8Array(buffer);
        for (const [i, byte] of bytes.entries()) bytes[i] = byte + 1;
        return new Moved(buffer, [buffer]);
      },
      flood: (count) => {
        left += count;
        pump();
      },
      askBack: (text) => host.call("spell", text),
      permissions: () => {
        const asked = (["net", "env", "run", "write", "read"] as const)
          .map((name) => `${name} ${Deno.permissions.querySync({ name }).state}`);
        return asked.join(", ");
      },
      die: (how) => {
        host.notify("said", "still alive");
        if (how === "exit") Deno.exit(1);
        if (how === "timer") setTimeout(fail, 0);
        if (how === "reject") return Promise.reject(new EchoError("it broke"));
        if (how === "throw") fail();
      },
      never: () => new Promise<void>(() => {}),
    },
    end: async () => {
      await Promise.resolve();
      host.notify("said", "last words");
    },
  };
}

function fail(): never {
  throw new EchoError("it broke");
}
