import { Command, CommanderError } from "commander";
import { analyzeCommand } from "./analyze.ts";
import { auditCommand } from "./audit.ts";
import { benchCommand } from "./bench.ts";
import { captureCommand } from "./capture.ts";
import { columnsCommand } from "./columns.ts";
import { configCommand } from "./config.ts";
import { contractsCommand } from "./contracts.ts";
import { decodeCommand } from "./decode.ts";
import { expandCommand } from "./expand.ts";
import { EXIT } from "./exit.ts";
import { labCommand } from "./lab.ts";
import { passphraseCommand } from "./passphrase.ts";
import { pipelineCommand } from "./pipeline.ts";
import { publishCommand } from "./publish.ts";
import { replayCommand } from "./replay.ts";
import { synthCommand } from "./synth.ts";
import { tapeCommand } from "./tape.ts";
import { verifyCommand } from "./verify.ts";
import { warmCommand } from "./warm.ts";

const program = new Command("lotus")
  .description("Lotus Terminal on the command line")
  .addCommand(configCommand())
  .addCommand(decodeCommand())
  .addCommand(replayCommand())
  .addCommand(captureCommand())
  .addCommand(expandCommand())
  .addCommand(publishCommand())
  .addCommand(verifyCommand())
  .addCommand(columnsCommand())
  .addCommand(contractsCommand())
  .addCommand(analyzeCommand())
  .addCommand(synthCommand())
  .addCommand(pipelineCommand())
  .addCommand(tapeCommand())
  .addCommand(auditCommand())
  .addCommand(labCommand())
  .addCommand(warmCommand())
  .addCommand(benchCommand())
  .addCommand(passphraseCommand())
  .addHelpText(
    "after",
    "\nExamples:\n" +
      "  lotus synth mbo --minutes 5 --out market.dbn.zst\n" +
      "  lotus replay market.dbn.zst --bins bins.arrow\n" +
      "  lotus help replay\n\n" +
      "Exit codes: 0 done, 1 failed, 2 wrong usage.\n",
  );

for (const command of [program, ...allCommands(program)]) command.exitOverride();

function allCommands(parent: Command): readonly Command[] {
  return parent.commands.flatMap((command) => [command, ...allCommands(command)]);
}

try {
  await program.parseAsync(Deno.args, { from: "user" });
} catch (error) {
  if (error instanceof CommanderError) Deno.exit(error.exitCode === 0 ? EXIT.OK : EXIT.USAGE);
  console.error(`lotus: ${error instanceof Error ? error.message : String(error)}`);
  Deno.exit(EXIT.FAILED);
}
