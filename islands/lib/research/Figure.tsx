import type { ComponentChildren } from "preact";

/** A chart with its title and the files of what it shows. */
export interface FigureProps {
  readonly id: string;
  /** Name of the table that holds what is shown. */
  readonly table: string;
  readonly title: string;
  readonly note?: string;
  readonly children: ComponentChildren;
}

/** Frame of a chart. */
export function Figure({ id, table, title, note, children }: FigureProps) {
  const href = (format: string) => `/v1/research/results/${id}/${table}?format=${format}`;
  return (
    <figure class="research-figure">
      <figcaption>
        <strong>{title}</strong>
        <span class="research-links">
          <a href={href("csv")} aria-label={`${title} as CSV`}>CSV</a>
          <a href={href("parquet")} aria-label={`${title} as Parquet`}>Parquet</a>
        </span>
        {note !== undefined && <small>{note}</small>}
      </figcaption>
      {children}
    </figure>
  );
}
