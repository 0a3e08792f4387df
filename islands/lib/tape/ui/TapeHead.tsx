import type { TapeController } from "../controller.ts";
import type { TapeFilter } from "../tape_filter.ts";

interface TapeHeadProps {
  readonly tape: TapeController;
  readonly filter: TapeFilter;
  readonly change: (next: Partial<TapeFilter>) => void;
}

/** Names of the columns; those with a figure sort by it. */
export function TapeHead({ tape, filter, change }: TapeHeadProps) {
  const { sort } = filter;
  return (
    <div class="tape-head" role="row" aria-rowindex={1}>
      {tape.columns.value.map((column) => {
        const own = sort?.column === column.id ? sort : null;
        const order = own === null ? undefined : own.isDown ? "descending" : "ascending";
        const next = own === null
          ? { column: column.id, isDown: true }
          : own.isDown
          ? { column: column.id, isDown: false }
          : null;
        return (
          <span
            key={column.id}
            role="columnheader"
            class={column.isText === true ? "c words" : "c"}
            title={column.title}
            aria-sort={order}
          >
            {column.figure === undefined ? column.label : (
              <button
                type="button"
                onClick={() => change({ sort: column.id === "time" && !own ? null : next })}
              >
                {column.label}
                {own !== null && (own.isDown ? " ↓" : " ↑")}
              </button>
            )}
          </span>
        );
      })}
    </div>
  );
}
