import { cellsOf, type ChainColumn, legTitle } from "./chain_columns.ts";
import type { ChainLeg } from "./chain_leg.ts";
import { freshness, modelOf } from "./chain_math.ts";
import type { ChainRowProps } from "./chain_table_props.ts";

/** What one side of a row is made with. */
export interface ChainSideProps extends ChainRowProps {
  readonly leg: ChainLeg | null;
  readonly side: "call" | "put";
  readonly list: readonly ChainColumn[];
  /** In the money. */
  readonly isIn: boolean;
}

/** The call or the put of a strike. A contract that nobody quoted yet says so; an old quote is dimmed. */
export function ChainSide(props: ChainSideProps) {
  const { leg, side, list, isIn, cursor, line } = props;
  const isHere = cursor?.strike === line.strike && cursor.side === side;
  const place = `c ${isIn ? "in" : ""} ${isHere ? "here" : ""}`;
  if (leg === null) {
    return (
      <span role="cell" class={`${place} unquoted`} style={{ gridColumn: `span ${list.length}` }}>
        no quote yet
      </span>
    );
  }
  return <Cells {...props} leg={leg} place={place} />;
}

interface CellsProps extends ChainSideProps {
  readonly leg: ChainLeg;
  readonly place: string;
}

function Cells(props: CellsProps) {
  const { leg, side, list, place, nowMs, track, line, most } = props;
  const age = freshness(leg, nowMs);
  const model = track === null ? null : modelOf(leg, track);
  const title = `${legTitle(leg)}. ${quoteTitle(leg, age, nowMs)}`;
  return (
    <>
      {cellsOf(list, age !== "none").map((cell) => {
        if (cell.kind === "unquoted") {
          return (
            <span
              key="unquoted"
              role="cell"
              aria-colspan={cell.span}
              class={`${place} unquoted`}
              title={title}
              style={{ gridColumn: `span ${cell.span}` }}
              onClick={() => props.point({ strike: line.strike, side })}
            >
              no quote yet
            </span>
          );
        }
        const { column } = cell;
        return (
          <span
            key={column.id}
            role="cell"
            class={`${place} ${column.isOfQuote === true ? age : ""} ${column.tone?.(leg) ?? ""}`}
            title={title}
            style={column.id === "volume"
              ? { "--heat": `${Math.round(Math.sqrt(leg.volume / most) * 100)}%` }
              : undefined}
            onClick={() => {
              props.point({ strike: line.strike, side });
              if (column.id === "volume") props.open(leg);
            }}
            onDblClick={() => props.open(leg)}
          >
            {column.text(leg, model, nowMs)}
          </span>
        );
      })}
    </>
  );
}

function quoteTitle(leg: ChainLeg, age: ReturnType<typeof freshness>, nowMs: number): string {
  if (age === "none") return "Listed; nobody has quoted it since this pane looks";
  const seconds = Math.max(0, Math.round((nowMs - leg.quotedAt) / 1_000));
  const use = age === "fresh" ? "fresh, it stands in the curves" : "too old for the curves";
  return `Its quote is ${seconds} s old: ${use}`;
}
