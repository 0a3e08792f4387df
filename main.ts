import { App, csp, staticFiles } from "fresh";
import { ConfigError, loadConfig } from "./config.ts";
import { createBuilder } from "./jobs/build/mod.ts";
import { createLogger, type Logger } from "./jobs/log/mod.ts";
import { systemClock } from "./jobs/market/mod.ts";
import { type State, Terminal } from "./jobs/terminal/mod.ts";

/** The web application; {@link start} gives it its terminal. */
export const app = new App<State>();

let terminal: Terminal | null = null;

app.use(csp({ useNonce: true, csp: ["connect-src 'self' ws: wss:", "base-uri 'none'"] }));
app.use((ctx) => {
  if (terminal === null) throw new Error("Cannot answer as the terminal has not started");
  ctx.state.terminal = terminal;
  return ctx.next();
});
app.use(staticFiles());
app.fsRoutes();

/** Longest time that a stop may take before the process ends anyway, ms. */
const STOP_TIMEOUT_MS = 5_000;

function logger(level: "debug" | "info" | "warn" | "error"): Logger {
  return createLogger("main", {
    level,
    human: Deno.stderr.isTerminal(),
    now: () => new Date(),
    write: (line) => console.error(line),
  });
}

async function start(feed: string | undefined): Promise<void> {
  const config = loadConfig(undefined, feed);
  const log = logger(config.logLevel);
  const running = new Terminal(config, log.child("terminal"), systemClock);
  terminal = running;
  const build = await createBuilder(import.meta.dirname ?? ".").build(
    config.dev ? { mode: "development", snapshot: "memory" } : {},
  );
  build(app);
  const server = Deno.serve({
    hostname: config.host,
    port: config.port,
    onListen: ({ hostname, port }) => {
      log.info("listening", { url: `http://${hostname}:${port}/` });
      console.log(`Lotus Terminal: http://${hostname}:${port}/`);
    },
  }, app.handler());
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info("stopping", { signal });
    const deadline = setTimeout(() => Deno.exit(1), STOP_TIMEOUT_MS);
    running.stop();
    await server.shutdown();
    clearTimeout(deadline);
    log.info("stopped");
    Deno.exit(0);
  };
  Deno.addSignalListener("SIGINT", () => stop("SIGINT"));
  Deno.addSignalListener("SIGTERM", () => stop("SIGTERM"));
}

if (import.meta.main) {
  try {
    await start(Deno.args[0]);
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof Deno.errors.AddrInUse)) throw error;
    console.error(error.message);
    Deno.exit(1);
  }
}
