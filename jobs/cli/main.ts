import { Command, CommanderError } from "commander";
import { ConfigError } from "../../config.ts";
import { benchCommand } from "./bench.ts";
import { configCommand } from "./config.ts";
import { decodeCommand } from "./decode.ts";
import { replayCommand } from "./replay.ts";
import { synthCommand } from "./synth.ts";

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

const program = new Command("lotus")
  .description("Lotus Terminal on the command line")
  .addCommand(configCommand())
  .addCommand(decodeCommand())
  .addCommand(replayCommand())
  .addCommand(synthCommand())
  .addCommand(benchCommand());

for (const command of [program, ...allCommands(program)]) command.exitOverride();

function allCommands(parent: Command): readonly Command[] {
  return parent.commands.flatMap((command) => [command, ...allCommands(command)]);
}

try {
  await program.parseAsync(Deno.args, { from: "user" });
} catch (error) {
  if (error instanceof CommanderError) {
    Deno.exit(error.exitCode === 0 ? 0 : EXIT_USAGE);
  }
  const message = error instanceof Error ? error.message : String(error);
  console.error(error instanceof ConfigError ? message : `lotus: ${message}`);
  Deno.exit(EXIT_FAILED);
}
