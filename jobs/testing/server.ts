import { join, resolve } from "node:path";
import { ConfigError, loadConfig } from "../../config.ts";
import { fileAccess, permissionFlags } from "../cli/permissions.ts";

const ROOT = resolve(import.meta.dirname ?? ".", "../..");
const MAIN = join(ROOT, "main.ts");

/** How a server process ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** From the signal, or from the start, to the end. */
  readonly tookMs: number;
}

/** The flags of `deno task start`; a setting that breaks its rule is for the process itself to refuse. */
function permissions(env: Readonly<Record<string, string>>, feed?: string): readonly string[] {
  try {
    return permissionFlags(fileAccess(loadConfig((name) => env[name], feed), ROOT, ROOT));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return ["--allow-all"];
  }
}

function spawn(env: Readonly<Record<string, string>>, args: readonly string[]): Deno.ChildProcess {
  const kept = ["PATH", "HOME", "DENO_DIR", "TMPDIR"]
    .map((name) => [name, Deno.env.get(name)])
    .filter((entry): entry is [string, string] => entry[1] !== undefined);
  const all: Record<string, string> = {
    ...Object.fromEntries(kept),
    NO_COLOR: "1",
    LOTUS_PORT: "0",
    ...env,
  };
  return new Deno.Command(Deno.execPath(), {
    args: ["run", ...permissions(all, args[0]), "--no-check", "--quiet", MAIN, ...args],
    cwd: ROOT,
    clearEnv: true,
    env: all,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Reads a pipe to its end; `text` grows meanwhile. */
class Pipe {
  text = "";
  readonly done: Promise<void>;
  #onText: (() => void) | null = null;

  constructor(stream: ReadableStream<Uint8Array>) {
    this.done = this.#read(stream);
  }

  /** Resolves with the first match; null when the pipe ended without one. */
  async match(pattern: RegExp): Promise<RegExpMatchArray | null> {
    let ended = false;
    const end = this.done.then(() => {
      ended = true;
    });
    while (true) {
      const found = this.text.match(pattern);
      if (found !== null || ended) return found;
      await Promise.race([end, new Promise<void>((resolve) => this.#onText = resolve)]);
    }
  }

  async #read(stream: ReadableStream<Uint8Array>): Promise<void> {
    for await (const chunk of stream.pipeThrough(new TextDecoderStream() as ReadableWritablePair)) {
      this.text += chunk;
      this.#onText?.();
    }
  }
}

/** The terminal as a process of its own on a free port. */
export class ServerProcess {
  /** Address without a slash at the end. */
  readonly url: string;
  readonly #process: Deno.ChildProcess;
  readonly #stdout: Pipe;
  readonly #stderr: Pipe;

  private constructor(process: Deno.ChildProcess, url: string, stdout: Pipe, stderr: Pipe) {
    this.#process = process;
    this.url = url;
    this.#stdout = stdout;
    this.#stderr = stderr;
  }

  /** Starts `main.ts` and waits until it prints its address. */
  static async start(
    env: Readonly<Record<string, string>>,
    args: readonly string[] = [],
  ): Promise<ServerProcess> {
    const process = spawn(env, args);
    const stdout = new Pipe(process.stdout);
    const stderr = new Pipe(process.stderr);
    const found = await stdout.match(/(http:\/\/\S+?)\/\s/);
    if (found === null) throw new Error(`Cannot start the server: ${stderr.text}`);
    return new ServerProcess(process, found[1] ?? "", stdout, stderr);
  }

  /** Address of the sockets. */
  get wsUrl(): string {
    return this.url.replace("http", "ws");
  }

  /** What was logged so far. */
  get log(): string {
    return this.#stderr.text;
  }

  /** Processor time so far, ms, which other work on the machine does not lengthen. */
  cpuMs(): number {
    const stat = Deno.readTextFileSync(`/proc/${this.#process.pid}/stat`);
    const [user = "", system = ""] = stat.slice(stat.lastIndexOf(")")).split(" ").slice(12, 14);
    // The kernel counts in hundredths of a second.
    return (Number(user) + Number(system)) * 10;
  }

  /** Sends a signal and waits for the end. */
  async stop(signal: "SIGTERM" | "SIGINT"): Promise<Ended> {
    const startMs = performance.now();
    this.#process.kill(signal);
    return await ended(this.#process, this.#stdout, this.#stderr, startMs);
  }

  /** Ends the process when a test left it behind. */
  async kill(): Promise<void> {
    try {
      this.#process.kill("SIGKILL");
    } catch {
      // It has ended.
    }
    await this.#process.status;
  }
}

async function ended(
  process: Deno.ChildProcess,
  stdout: Pipe,
  stderr: Pipe,
  startMs: number,
): Promise<Ended> {
  const { code } = await process.status;
  await Promise.all([stdout.done, stderr.done]);
  return { code, stdout: stdout.text, stderr: stderr.text, tookMs: performance.now() - startMs };
}

/** Runs `main.ts` that is expected to end by itself. */
export async function runToEnd(env: Readonly<Record<string, string>>): Promise<Ended> {
  const startMs = performance.now();
  const process = spawn(env, []);
  return await ended(process, new Pipe(process.stdout), new Pipe(process.stderr), startMs);
}
