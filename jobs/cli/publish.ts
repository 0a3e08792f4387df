import { Command } from "commander";
import { loadConfig } from "../../config.ts";
import {
  addAgents,
  agentNames,
  DatasetError,
  publishDataset,
  researchRoot,
} from "../lake/datasets/mod.ts";
import { EXIT } from "./exit.ts";
import { standardOutput } from "./output.ts";

interface PublishFlags {
  readonly sourceDir?: string;
  readonly datasetId?: string;
  readonly agents?: string;
  readonly compact?: boolean;
  readonly researchRoot?: string;
}

interface AddFlags {
  readonly datasetId: string;
  readonly agents: string;
  readonly researchRoot?: string;
}

/** Folder of the datasets that a command works on. */
export function rootOf(flags: { readonly researchRoot?: string }): string {
  return flags.researchRoot ?? researchRoot(loadConfig().dataDir);
}

/** Runs `work`; a dataset's refusal is one line and exit code 1, 2 for a name that is none. */
export async function guardDataset(command: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof DatasetError)) throw error;
    console.error(`lotus ${command}: ${error.message}`);
    Deno.exitCode = error.code === "bad_name" ? EXIT.USAGE : EXIT.FAILED;
  }
}

/** `lotus publish`: makes a captured folder an immutable dataset with workspaces. */
export function publishCommand(): Command {
  const publish = new Command("publish")
    .description("Make a captured folder an immutable dataset with workspaces for experiments")
    .option("--source-dir <dir>", "folder that lotus capture filled")
    .option("--dataset-id <id>", "name of the dataset (default: the folder's)")
    .option("--agents <names>", "workspaces to make, comma-separated")
    .option("--compact", "publish a folder in compact form as it is (default: the full form)")
    .option(
      "--research-root <dir>",
      "folder of all datasets (default: research/ in the data folder)",
    )
    .addHelpText(
      "after",
      "\nExamples:\n" +
        "  lotus publish --source-dir captures/clx5 --dataset-id clx5 --agents eda,regime\n" +
        "  lotus publish add-agents --dataset-id clx5 --agents alpha,beta\n",
    )
    .action((flags: PublishFlags, command: Command) =>
      guardDataset("publish", async () => {
        const { sourceDir } = flags;
        if (sourceDir === undefined) {
          command.error("error: required option '--source-dir <dir>' not specified");
        }
        const out = standardOutput(false);
        const result = await publishDataset({
          sourceDir,
          datasetId: flags.datasetId ?? null,
          root: rootOf(flags),
          agents: agentNames(flags.agents ?? ""),
          form: flags.compact === true ? "compact" : "full",
          now: () => new Date(),
          onProgress: (share, note) => out.progress(share, note),
        }).finally(() => out.done());
        if (result.status === "unchanged") {
          out.warning(
            `"${result.dataset_id}" had been published with the same content: nothing was done` +
              (flags.agents === undefined ? "" : "; add-agents adds workspaces"),
          );
        }
        console.log(JSON.stringify(result, null, 2));
      })
    );
  return publish.addCommand(addAgentsCommand());
}

function addAgentsCommand(): Command {
  return new Command("add-agents")
    .description("Add workspaces to a published dataset")
    .option("--dataset-id <id>", "name of the dataset")
    .option("--agents <names>", "workspaces to make, comma-separated")
    .option(
      "--research-root <dir>",
      "folder of all datasets (default: research/ in the data folder)",
    )
    .addHelpText(
      "after",
      "\nExample:\n  lotus publish add-agents --dataset-id clx5 --agents alpha,beta\n",
    )
    .action((_own: unknown, command: Command) =>
      guardDataset("publish add-agents", async () => {
        // The parent has options of the same names, and takes them wherever they stand.
        const flags = command.optsWithGlobals<AddFlags>();
        for (const [name, value] of [["dataset-id", flags.datasetId], ["agents", flags.agents]]) {
          if (value === undefined) {
            command.error(`error: required option '--${name}' not specified`);
          }
        }
        const result = await addAgents({
          datasetId: flags.datasetId,
          root: rootOf(flags),
          agents: agentNames(flags.agents),
          now: () => new Date(),
        });
        console.log(JSON.stringify(result, null, 2));
      })
    );
}
