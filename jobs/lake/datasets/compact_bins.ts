import { join } from "node:path";
import { BIN_HEADER_COLUMNS, gridLayout, LayoutError } from "../../../engine/frames/mod.ts";
import { BinReplay, ENGINE_VERSION, type WindowFrame } from "../../../engine/pressure/mod.ts";
import { baseNsOf } from "../../feeds/mod.ts";
import { fileSha256, GroupReader } from "../parquet/mod.ts";
import { BinHash } from "./bin_hash.ts";
import { type CompactManifest, compactManifest } from "./compact_manifest.ts";
import { DatasetError } from "./dataset_error.ts";
import { checkComplete } from "./dataset_folder.ts";
import { DATASET_FILES, FORM_FILES } from "./file_names.ts";
import { formOf } from "./form.ts";
import { KeyBins } from "./key_bins.ts";
import { exists } from "./research_root.ts";
import { TouchedRows } from "./touched_rows.ts";

/** A data set in compact form, captured or published: its bins come out as they were, value by value. */
export class CompactBins {
  readonly folder: string;
  readonly manifest: CompactManifest;
  /** The manifest as it stands in the file. */
  readonly all: Readonly<Record<string, unknown>>;
  /** Epoch ns that the times of the frames count from. */
  readonly baseNs: bigint;

  private constructor(folder: string) {
    const { manifest, all } = compactManifest(join(folder, DATASET_FILES.MANIFEST));
    this.folder = folder;
    this.manifest = manifest;
    this.all = all;
    this.baseNs = baseNsOf(BigInt(manifest.capture_start_ns));
  }

  /** Bytes of its Parquet files. */
  get bytes(): number {
    return this.manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /**
   * @throws {DatasetError} When there is no such folder, it is incomplete or damaged, or it holds the full
   * form.
   */
  static open(folder: string): CompactBins {
    const path = join(folder, DATASET_FILES.MANIFEST);
    if (exists(path) && formOf(path) === "full") {
      throw new DatasetError("form", `Cannot restore "${folder}" as it has its full form already`);
    }
    checkComplete(folder);
    const bins = new CompactBins(folder);
    for (const name of FORM_FILES.compact) {
      const expected = bins.manifest.files.find((file) => file.name === name)?.sha256;
      if (expected === fileSha256(join(folder, name))) continue;
      throw new DatasetError(
        "damaged",
        `Cannot restore "${folder}" as ${name} is not what its manifest says`,
      );
    }
    return bins;
  }

  /**
   * The bins in order. The arrays of a frame are written anew for the next one.
   *
   * @throws {DatasetError} `damaged` when the files do not fit each other, `not_restored` when a bin does
   * not come out as it was kept.
   */
  async *read(): AsyncGenerator<WindowFrame> {
    try {
      yield* this.#frames();
    } catch (error) {
      if (!(error instanceof LayoutError)) throw error;
      throw new DatasetError("damaged", `Cannot restore "${this.folder}": ${error.message}`, {
        cause: error,
      });
    }
  }

  async *#frames(): AsyncGenerator<WindowFrame> {
    const { manifest, baseNs } = this;
    const bins = await this.#file(DATASET_FILES.BINS);
    const header = (await bins.read(BIN_HEADER_COLUMNS, { from: 0, to: bins.rows })).columns;
    const touched = new TouchedRows(await this.#file(DATASET_FILES.TOUCHED));
    const layout = gridLayout(2 * manifest.grid_radius_ticks + 1, manifest.projection_horizons_ms);
    const keys = new KeyBins(await this.#file(DATASET_FILES.KEYS), layout);
    const replay = new BinReplay({
      instrument: { ...manifest, ...manifest.spectrum },
      projection: projectionOf(manifest),
      baseNs,
    });
    const hash = new BinHash(layout);
    for (let bin = 0; bin < bins.rows; bin++) {
      const frame = replay.begin(header, bin);
      for (; await touched.isOf(frame.binSeq); touched.next()) {
        replay.put(touched.tick, touched.values, 0, touched.lastEventId);
      }
      replay.end();
      const isKey = bin % manifest.key_every_bins === 0 || bin === bins.rows - 1;
      const wrong = isKey ? await keys.differing(frame) : null;
      if (wrong !== null) throw this.#notRestored(`bin ${frame.binSeq}`, `, in ${wrong}`);
      hash.add(frame);
      yield frame;
    }
    if (!await touched.isOver()) {
      throw new LayoutError("column", "bin_seq", "of a bin, in order", { found: touched.binSeq });
    }
    if (hash.digest() !== manifest.values_sha256) {
      throw this.#notRestored("the hash of all its bins");
    }
  }

  #notRestored(what: string, where = ""): DatasetError {
    const { engine_version: version } = this.manifest;
    return new DatasetError(
      "not_restored",
      `Cannot restore "${this.folder}" as ${what} comes out otherwise than it was${where}: it was ` +
        `made by engine version ${version}, this one is ${ENGINE_VERSION}`,
    );
  }

  #file(name: string): Promise<GroupReader> {
    return GroupReader.open(join(this.folder, name));
  }
}

function projectionOf({ projection_model: { form, ...rest } }: CompactManifest) {
  return { form, cubicScale: rest.cubic_scale, dampingLambda: rest.damping_lambda };
}
