import type { DatasetForm } from "./file_names.ts";

/** What to publish. */
export interface PublishOptions {
  readonly sourceDir: string;
  /** The source folder's name when null. */
  readonly datasetId: string | null;
  readonly root: string;
  readonly agents: readonly string[];
  /** The form to publish in, which is the source's; full when omitted. */
  readonly form?: DatasetForm;
  /** Wall clock for the log, which is outside of everything that is hashed. */
  readonly now: () => Date;
  readonly onProgress?: (share: number, note: string) => void;
}

/** What publishing came to. */
export interface Published {
  readonly dataset_id: string;
  /** `unchanged` when the dataset had been published with the same content. */
  readonly status: "published" | "unchanged";
  readonly immutable_dir: string;
  /** Null in compact form. */
  readonly experiments_dir: string | null;
  /** By file. */
  readonly rows: Readonly<Record<string, number>>;
  readonly projection_columns: readonly string[];
  readonly agent_workspaces: Readonly<Record<string, string>>;
}
