import {
  COLUMN_TYPES,
  type ColumnValue,
  type Frame,
  type Layout,
} from "../../../engine/frames/mod.ts";
import type { BinFormat } from "./bin_format.ts";

const FLUSH_CHARACTERS = 1 << 18;

/** One JSON object per bin: header fields, then every column as an array. */
export class JsonBins implements BinFormat {
  readonly #layout: Layout;
  readonly #write: (bytes: Uint8Array) => void;
  readonly #encoder = new TextEncoder();
  #text = "";

  constructor(layout: Layout, write: (bytes: Uint8Array) => void) {
    this.#layout = layout;
    this.#write = write;
  }

  write(bin: Frame): void {
    const { header, columns } = this.#layout;
    const object: Record<string, JsonValue | readonly JsonValue[]> = {};
    header.forEach(({ name, type, codes }, i) => {
      object[name] = jsonValue(COLUMN_TYPES[type].value(bin.header[i]!, 0, codes));
    });
    columns.forEach(({ name, type, codes }, i) => {
      const { value } = COLUMN_TYPES[type];
      const array = bin.columns[i]!;
      object[name] = Array.from(
        { length: array.length },
        (_, row) => jsonValue(value(array, row, codes)),
      );
    });
    this.#text += JSON.stringify(object) + "\n";
    if (this.#text.length >= FLUSH_CHARACTERS) this.#flush();
  }

  end(): void {
    this.#flush();
  }

  #flush(): void {
    this.#write(this.#encoder.encode(this.#text));
    this.#text = "";
  }
}

type JsonValue = Exclude<ColumnValue, bigint>;

function jsonValue(value: ColumnValue): JsonValue {
  return typeof value === "bigint" ? value.toString() : value;
}
