import { Command } from "commander";
import { verifyDataset } from "../lake/datasets/mod.ts";
import { EXIT } from "./exit.ts";
import { guardDataset, rootOf } from "./publish.ts";

interface Flags {
  readonly researchRoot?: string;
  readonly json?: boolean;
}

/** `lotus verify ID`: computes the checksums of a published dataset anew. */
export function verifyCommand(): Command {
  return new Command("verify")
    .description("Check that no file of a published dataset has changed")
    .argument("<id>", "name of the dataset")
    .option(
      "--research-root <dir>",
      "folder of all datasets (default: research/ in the data folder)",
    )
    .option("--json", "print the result as one JSON line")
    .addHelpText("after", "\nExample:\n  lotus verify clx5\n")
    .action((id: string, flags: Flags) =>
      guardDataset("verify", () => {
        const result = verifyDataset(rootOf(flags), id);
        if (flags.json) console.log(JSON.stringify(result));
        else if (result.ok) console.log(`${id}: ${result.files.length} files are as published`);
        for (const problem of result.problems) console.error(`lotus verify: ${id}: ${problem}`);
        if (!result.ok) Deno.exitCode = EXIT.FAILED;
        return Promise.resolve();
      })
    );
}
