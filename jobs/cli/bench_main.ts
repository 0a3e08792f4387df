import { CommanderError } from "commander";
import { benchCommand } from "./bench.ts";
import { EXIT } from "./exit.ts";

try {
  // The task runner passes the separator of `deno task bench -- --json` on.
  const args = Deno.args[0] === "--" ? Deno.args.slice(1) : Deno.args;
  await benchCommand().exitOverride().parseAsync(args, { from: "user" });
} catch (error) {
  if (error instanceof CommanderError) Deno.exit(error.exitCode === 0 ? EXIT.OK : EXIT.USAGE);
  console.error(`lotus: ${error instanceof Error ? error.message : String(error)}`);
  Deno.exit(EXIT.FAILED);
}
