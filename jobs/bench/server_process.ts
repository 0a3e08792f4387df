import { join, resolve } from "node:path";

/** Root folder of the project. */
export const ROOT = resolve(import.meta.dirname ?? ".", "../..");

/** Longest time to wait for the address, ms. */
const START_TIMEOUT_MS = 120_000;
/** Longest time that a stop may take before the process is killed, ms. */
const STOP_TIMEOUT_MS = 7_000;
/** Of the processor times in `/proc`, on every Linux that there is. */
const TICKS_PER_SECOND = 100;

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

  /** Processor time that it and what it started have taken so far, s; NaN where the system does not tell. */
  processorSeconds(): number {
    return treeOf(this.#child.pid).reduce((sum, pid) => sum + processorSecondsOf(pid), 0);
  }

  /** Ends the process and whatever it started, and removes its data. */
  async stop(): Promise<void> {
    const pids = treeOf(this.#child.pid);
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

/** A process and all that it and its threads started, as Linux tells; elsewhere the process alone. */
function treeOf(pid: number): number[] {
  try {
    const threads = [...Deno.readDirSync(`/proc/${pid}/task`)];
    const children = threads.flatMap(({ name }) =>
      Deno.readTextFileSync(`/proc/${pid}/task/${name}/children`).split(/\s+/)
    );
    return [pid, ...children.filter((word) => word !== "").flatMap((word) => treeOf(Number(word)))];
  } catch {
    return [pid];
  }
}

/** User and system time of all threads of a process, as Linux tells. */
function processorSecondsOf(pid: number): number {
  try {
    const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return NaN;
  }
}

function kill(pid: number, signal: Deno.Signal): void {
  try {
    Deno.kill(pid, signal);
  } catch {
    // It has ended already.
  }
}
