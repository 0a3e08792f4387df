import { Command } from "commander";
import { columnReference } from "../lake/reference/mod.ts";

/** `lotus columns`: prints the reference of all columns of datasets and of the lake. */
export function columnsCommand(): Command {
  return new Command("columns")
    .description("Print what every column of a dataset means, as Markdown")
    .addHelpText("after", "\nExample:\n  lotus columns > docs/columns.md\n")
    .action(() => {
      Deno.stdout.writeSync(new TextEncoder().encode(columnReference()));
    });
}
