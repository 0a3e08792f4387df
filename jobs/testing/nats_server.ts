import { required } from "./samples.ts";

const BINARY = "/usr/sbin/nats-server";

/** A real NATS server with JetStream in a folder of its own. */
export class NatsServer {
  readonly #folder: string;
  readonly #port: number;
  #process: Deno.ChildProcess;

  private constructor(folder: string, port: number, process: Deno.ChildProcess) {
    this.#folder = folder;
    this.#port = port;
    this.#process = process;
  }

  /** Starts a server on a free port and waits until it is ready. */
  static async start(): Promise<NatsServer> {
    const folder = await Deno.makeTempDir({ prefix: "lotus-nats-" });
    const { process, port } = await run(folder, -1);
    return new NatsServer(folder, port, process);
  }

  /** Address for clients. */
  get url(): string {
    return `nats://127.0.0.1:${this.#port}`;
  }

  /** Ends the process at once, as a crash does; its data stays. */
  async kill(): Promise<void> {
    this.#process.kill("SIGKILL");
    await this.#process.status;
  }

  /** Starts it again on the same port with the same data. */
  async restart(): Promise<void> {
    this.#process = (await run(this.#folder, this.#port)).process;
  }

  /** Ends the process and removes its data. */
  async remove(): Promise<void> {
    try {
      this.#process.kill("SIGKILL");
    } catch {
      // It has ended.
    }
    await this.#process.status;
    await Deno.remove(this.#folder, { recursive: true });
  }
}

async function run(
  folder: string,
  port: number,
): Promise<{ process: Deno.ChildProcess; port: number }> {
  const process = new Deno.Command(BINARY, {
    args: ["-js", "-sd", folder, "-a", "127.0.0.1", "-p", String(port)],
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const reader = process.stderr.pipeThrough(new TextDecoderStream() as ReadableWritablePair)
    .getReader();
  let text = "";
  while (!text.includes("Server is ready")) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`Cannot start nats-server: ${text}`);
    text += value;
  }
  // Read on, or the server would wait for room in the pipe; the end comes with the process.
  void (async () => {
    while (!(await reader.read()).done);
  })();
  const found = /client connections on \S+:(\d+)/.exec(text)?.[1];
  return { process, port: Number(found ?? port) };
}

function isInstalled(): boolean {
  try {
    return Deno.statSync(BINARY).isFile;
  } catch {
    return false;
  }
}

let isToldOnce = false;

/**
 * Registers a test that gets a running NATS server. Without the program it is skipped with one line,
 * or fails when `LOTUS_REQUIRE` names `nats`.
 */
export function natsTest(
  name: string,
  fn: (server: NatsServer, t: Deno.TestContext) => Promise<void>,
): void {
  const ignore = !isInstalled() && !required("nats");
  if (ignore && !isToldOnce) {
    isToldOnce = true;
    console.log(`Skipping tests with NATS as there is no server: ${BINARY}`);
  }
  Deno.test({
    name,
    ignore,
    fn: async (t) => {
      const server = await NatsServer.start();
      try {
        await fn(server, t);
      } finally {
        await server.remove();
      }
    },
  });
}
