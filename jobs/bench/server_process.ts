import { join, resolve } from "node:path";

/** Root folder of the project. */
export const ROOT = resolve(import.meta.dirname ?? ".", "../..");

/** Longest time to wait for the address, ms. */
const START_TIMEOUT_MS = 120_000;
/** Longest time that a stop may take before the process is killed, ms. */
const STOP_TIMEOUT_MS = 7_000;

/** Processes that are not stopped yet. */
const running = new Set<ServerProcess>();

/** Ends every process that still runs, as when the bench itself is told to end. */
export async function stopServers(): Promise<void> {
  await Promise.all([...running].map((server) => server.stop()));
}

/** A terminal of its own in a child process, on a free port, with an empty data folder. */
export class ServerProcess {
  /** Monotonic ms at which the process was spawned. */
  readonly spawnedMs: number;
  readonly #child: Deno.ChildProcess;
  readonly #dataDir: string;
  #url = "";

  private constructor(child: Deno.ChildProcess, dataDir: string, spawnedMs: number) {
    this.#child = child;
    this.#dataDir = dataDir;
    this.spawnedMs = spawnedMs;
  }

  /**
   * Starts `deno task start` and waits for its address.
   *
   * @param settings Settings other than those of every bench.
   * @throws {Error} When the process ends or stays silent.
   */
  static async start(settings: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
    const dataDir = await Deno.makeTempDir({ prefix: "lotus-bench-" });
    const spawnedMs = performance.now();
    const child = new Deno.Command(Deno.execPath(), {
      args: ["task", "--quiet", "start"],
      cwd: ROOT,
      env: {
        LOTUS_PORT: "0",
        LOTUS_HOST: "127.0.0.1",
        LOTUS_DATA_DIR: join(dataDir, "data"),
        LOTUS_FEED: "synthetic",
        LOTUS_INSTRUMENT: "",
        VP_INSTRUMENT_CONFIG_PATH: "",
        LOTUS_DEV: "0",
        ...settings,
      },
      stdin: "null",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    const server = new ServerProcess(child, dataDir, spawnedMs);
    running.add(server);
    try {
      server.#url = await server.#address();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  /** Address without a slash at the end. */
  get url(): string {
    return this.#url;
  }

  /** One figure of `/metrics`. */
  async metric(name: string): Promise<number> {
    const text = await (await fetch(`${this.#url}/metrics`)).text();
    const line = text.split("\n").find((each) => each.startsWith(`${name} `));
    if (line === undefined) throw new RangeError(`Cannot find the metric: "${name}"`);
    return Number(line.slice(name.length));
  }

  /** Ends the process and whatever it started, and removes its data. */
  async stop(): Promise<void> {
    const pids = [this.#child.pid, ...childrenOf(this.#child.pid)];
    for (const pid of pids) kill(pid, "SIGTERM");
    const timer = setTimeout(() => {
      for (const pid of pids) kill(pid, "SIGKILL");
    }, STOP_TIMEOUT_MS);
    await this.#child.status;
    clearTimeout(timer);
    running.delete(this);
    await Deno.remove(this.#dataDir, { recursive: true }).catch(() => {});
  }

  async #address(): Promise<string> {
    const decoder = new TextDecoderStream();
    const lines = this.#child.stdout.pipeThrough(decoder).getReader();
    const timer = setTimeout(() => kill(this.#child.pid, "SIGTERM"), START_TIMEOUT_MS);
    let text = "";
    try {
      for (;;) {
        const { value, done } = await lines.read();
        if (done) throw new Error(`Cannot measure as the terminal did not start: "${text}"`);
        text += value;
        const found = /http:\/\/[^\s/]+/.exec(text);
        if (found !== null && text.includes("\n")) return found[0];
      }
    } finally {
      clearTimeout(timer);
      this.#drain(lines);
    }
  }

  /** Keeps the pipe from filling up. */
  async #drain(lines: ReadableStreamDefaultReader<string>): Promise<void> {
    try {
      while (!(await lines.read()).done);
    } catch {
      // The process has ended.
    }
  }
}

/** Processes that a process started, as Linux tells; elsewhere none. */
function childrenOf(pid: number): number[] {
  try {
    const text = Deno.readTextFileSync(`/proc/${pid}/task/${pid}/children`);
    return text.trim().split(/\s+/).filter((word) => word !== "").map(Number);
  } catch {
    return [];
  }
}

function kill(pid: number, signal: Deno.Signal): void {
  try {
    Deno.kill(pid, signal);
  } catch {
    // It has ended already.
  }
}
