import type { BinLayout, BinTable, HeaderValue } from "./bin_table.ts";
import type { BinFormat } from "./bin_writer.ts";

const FLUSH_CHARACTERS = 1 << 18;

/** One JSON object per bin: header fields, then every column as an array. */
export class JsonBins implements BinFormat {
  readonly #layout: BinLayout;
  readonly #write: (bytes: Uint8Array) => void;
  readonly #encoder = new TextEncoder();
  #text = "";

  constructor(layout: BinLayout, write: (bytes: Uint8Array) => void) {
    this.#layout = layout;
    this.#write = write;
  }

  write(bin: BinTable): void {
    const { header, columns } = this.#layout;
    const object: Record<string, string | number | boolean | readonly number[]> = {};
    header.forEach((column, i) => object[column.name] = jsonValue(bin.header[i]!));
    columns.forEach((column, i) => object[column.name] = Array.from(bin.columns[i]!));
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

function jsonValue(value: HeaderValue): string | number | boolean {
  return typeof value === "bigint" ? value.toString() : value;
}
