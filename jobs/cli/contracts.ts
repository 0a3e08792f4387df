import { join } from "node:path";
import { Command } from "commander";
import { contractDocuments } from "../lake/contracts/mod.ts";

/** `lotus contracts`: writes the contracts of the lake and both catalogs, as the layouts have them. */
export function contractsCommand(): Command {
  return new Command("contracts")
    .description("Write the contracts of the lake's tables and the catalogs of their columns")
    .argument("[folder]", "where to", "docs/contracts")
    .addHelpText("after", "\nExample:\n  lotus contracts\n")
    .action((folder: string) => {
      Deno.mkdirSync(folder, { recursive: true });
      const documents = contractDocuments();
      for (const [name, text] of documents) Deno.writeTextFileSync(join(folder, name), text);
      console.log(`${documents.size} documents in ${folder}`);
    });
}
