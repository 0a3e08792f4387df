import { App, csp, staticFiles } from "fresh";
import { ConfigError, loadConfig } from "./config.ts";
import { createBuilder } from "./jobs/build/mod.ts";
import { createControl } from "./jobs/control/mod.ts";
import { createLogger, type Logger } from "./jobs/log/mod.ts";
import { systemClock } from "./jobs/market/mod.ts";
import { createOperators } from "./jobs/operator/mod.ts";
import { type State, Terminal } from "./jobs/terminal/mod.ts";

/** The web application; {@link start} gives it its terminal. */
export const app = new App<State>();

/** What requests carry; null until the start is through. */
let shared: State | null = null;

app.use(csp({ useNonce: true, csp: ["connect-src 'self' ws: wss:", "base-uri 'none'"] }));
app.use((ctx) => {
  if (shared === null) throw new Error("Cannot answer as the terminal has not started");
  Object.assign(ctx.state, shared);
  return ctx.next();
});
app.use(staticFiles());
app.fsRoutes();

/** Longest time that clients get to close their sockets before the process ends anyway, ms. */
const STOP_TIMEOUT_MS = 3_000;

function logger(level: "debug" | "info" | "warn" | "error"): Logger {
  return createLogger("main", {
    level,
    human: Deno.stderr.isTerminal(),
    now: () => new Date(),
    write: (line) => console.error(line),
  });
}

/** The address cannot be served. The message is one line for the operator. */
class ListenError extends RangeError {
  override readonly name = "ListenError";
}

/** Finds out before anything starts whether the address is free. */
function checkAddress(hostname: string, port: number): void {
  try {
    Deno.listen({ hostname, port }).close();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ListenError(`Cannot listen on ${hostname}:${port}: ${why}`, { cause: error });
  }
}

async function start(feed: string | undefined): Promise<void> {
  const config = loadConfig(undefined, feed);
  checkAddress(config.host, config.port);
  const log = logger(config.logLevel);
  log.info("start", { host: config.host, port: config.port, feed: config.feed });
  const running = new Terminal(config, log.child("terminal"), systemClock);
  const control = await createControl(config, log.child("control"), systemClock);
  const steering = createOperators(config, control, log.child("operator"), systemClock);
  shared = { terminal: running, control, ...steering };
  const build = await createBuilder(import.meta.dirname ?? ".").build(
    config.dev ? { mode: "development", snapshot: "memory" } : {},
  );
  build(app);
  const server = Deno.serve({
    hostname: config.host,
    port: config.port,
    onListen: ({ hostname, port }) => {
      const url = `http://${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}/`;
      log.info("listening", { url });
      console.log(`Lotus Terminal: ${url}`);
    },
  }, app.handler());
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info("stopping", { signal });
    running.stop();
    const late = new Promise<string>((resolve) =>
      setTimeout(() => resolve("timeout"), STOP_TIMEOUT_MS)
    );
    const ended = Promise.all([server.shutdown(), control.stop()]);
    const how = await Promise.race([ended.then(() => "all closed"), late]);
    log.info("stopped", { how });
    Deno.exit(0);
  };
  // Under the watcher an exit only waits for the next change: there the signals stay Deno's own.
  if (config.dev) return;
  Deno.addSignalListener("SIGINT", () => stop("SIGINT"));
  Deno.addSignalListener("SIGTERM", () => stop("SIGTERM"));
}

if (import.meta.main) {
  try {
    await start(Deno.args[0]);
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof ListenError)) throw error;
    console.error(error.message);
    Deno.exit(1);
  }
}
