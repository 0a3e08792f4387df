import { join, resolve } from "node:path";
import { ConfigError, loadConfig } from "../../config.ts";
import { fileAccess, PathError, permissionFlags } from "./permissions.ts";

const ROOT = resolve(import.meta.dirname ?? ".", "../..");

/**
 * Starts the terminal with the permissions that its settings ask for. Paths are settings, so no fixed
 * command line can name them.
 *
 * @returns The exit code of the terminal.
 */
async function start(args: readonly string[]): Promise<number> {
  const flags = permissionFlags(fileAccess(loadConfig(undefined, args[0]), ROOT, Deno.cwd()));
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", ...flags, join(ROOT, "main.ts"), ...args],
  }).spawn();
  // A signal from a keyboard reaches both; one that is sent to this process has to be passed on.
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => {
      try {
        child.kill(signal);
      } catch {
        // It has ended.
      }
    });
  }
  return (await child.status).code;
}

if (import.meta.main) {
  try {
    Deno.exit(await start(Deno.args));
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof PathError)) throw error;
    console.error(error.message);
    Deno.exit(1);
  }
}
