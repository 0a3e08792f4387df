import { Command } from "commander";
import { describeConfig, loadConfig } from "../../config.ts";
import { standardOutput } from "./output.ts";

/** `lotus config`: every setting in force, with its meaning; secrets masked. */
export function configCommand(): Command {
  return new Command("config")
    .description("Print every setting with its value, default and meaning")
    .option("--json", "one JSON object per line")
    .addHelpText("after", "\nExample:\n  LOTUS_PORT=9000 lotus config\n")
    .action((options: { json?: boolean }) => {
      loadConfig();
      const out = standardOutput(options.json ?? false);
      const settings = describeConfig();
      const width = Math.max(...settings.map((entry) => entry.variable.length));
      for (const { variable, value, fallback, meaning } of settings) {
        const origin = value === fallback
          ? ""
          : ` (default ${fallback === "" ? "empty" : fallback})`;
        const shown = value === "" ? "-" : value;
        out.result(
          `${variable.padEnd(width)}  ${shown}${origin}\n${" ".repeat(width)}  ${meaning}`,
          { variable, value, default: fallback, meaning },
        );
      }
    });
}
