import { Command } from "commander";
import { pipelineCheckCommand } from "./pipeline_check.ts";
import { pipelineCompareCommand } from "./pipeline_compare.ts";
import { pipelineExportCommand } from "./pipeline_export.ts";
import { pipelineRunCommand } from "./pipeline_run.ts";
import { pipelineWorkCommand } from "./pipeline_work.ts";

/** `lotus pipeline`: makes, checks, compares and exports the tables of the lake. */
export function pipelineCommand(): Command {
  return new Command("pipeline")
    .description("Make the lake's tables of surfaces from raw files, and check them")
    .addCommand(pipelineRunCommand())
    .addCommand(pipelineWorkCommand())
    .addCommand(pipelineCheckCommand())
    .addCommand(pipelineCompareCommand())
    .addCommand(pipelineExportCommand());
}
