import { Command } from "commander";
import { type RealismRow, valueText, verdict } from "../../engine/realism/mod.ts";
import { auditFolder, type FolderAudit } from "../research/realism/mod.ts";
import { EXIT } from "./exit.ts";
import { standardOutput } from "./output.ts";

interface Flags {
  readonly json?: boolean;
}

/** Why a row was not measured, or null when it was. */
function missingOf({ needs = [] }: RealismRow, { has }: FolderAudit): string | null {
  const missing = needs.filter((need) => !has.has(need));
  return missing.length === 0 ? null : `needs ${missing.join(", ")}`;
}

function textOf(row: RealismRow, missing: string | null): string {
  const head = `${row.id.padEnd(5)}${missing === null ? verdict(row) : "not measured"}`;
  const basis = row.basis === undefined ? "" : ` (${row.basis})`;
  const sample = `${row.n.toLocaleString("en-US")} ${row.unit}`;
  const found = missing ?? `${valueText(row)}; ${sample}`;
  return `${head}: ${row.name}\n     ${found}\n     wanted: ${row.target}${basis}`;
}

async function auditTape(folder: string, flags: Flags): Promise<void> {
  const output = standardOutput(flags.json ?? false);
  const audit = await auditFolder(folder, (share, note) => output.progress(share, note));
  output.done();
  for (const row of audit.rows) {
    const missing = missingOf(row, audit);
    output.result(textOf(row, missing), { ...row, missing, verdict: verdict(row) });
  }
}

/** `lotus audit`: what a patient reader of a tape can tell. */
export function auditCommand(): Command {
  const audit = new Command("audit").description("Ask a tape whether it looks like a real one");
  return audit.addCommand(
    new Command("tape")
      .description("Measure the tape files of a folder as an outsider sees them")
      .argument("<folder>", "folder of a session's Parquet files, or of such folders")
      .option("--json", "print one JSON line per row, progress as JSON lines", false)
      .addHelpText(
        "after",
        "\nRows and ranges stand in docs/realism.md. A file labels.ndjson beside the files, as\n" +
          "lotus tape labels writes it, lets the rows be measured that compare with what was meant.\n" +
          "\nExample:\n  lotus audit tape data/lake/tape/202601140\n",
      )
      .action(async (folder: string, flags: Flags) => {
        try {
          await auditTape(folder, flags);
        } catch (error) {
          console.error(`lotus audit: ${error instanceof Error ? error.message : String(error)}`);
          Deno.exitCode = EXIT.FAILED;
        }
      }),
  );
}
