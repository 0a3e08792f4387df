import { Check } from "../../pane/mod.ts";
import type { TapeController } from "../controller.ts";
import { OPEN_FILTER } from "../tape_filter.ts";
import { columnsOf } from "../columns.ts";
import { PROFILE_TEXT } from "../columns/mod.ts";
import {
  GROUP_BY,
  type GroupBy,
  type RangeName,
  RANGES,
  SIDE_PRESETS,
  type TapeFilter,
} from "../tape_filter.ts";
import { Menu } from "../../pane/mod.ts";
import { channelNamed, type TapeChannel } from "../channels/mod.ts";

const GROUP_TEXT: Readonly<Record<GroupBy, string>> = {
  none: "Rows",
  contract: "By contract",
  symbol: "By underlying",
  profile: "By profile",
};

interface FilterBarProps {
  readonly tape: TapeController;
  readonly filter: TapeFilter;
  readonly change: (next: Partial<TapeFilter>) => void;
}

/** The filter of a tape. */
export function FilterBar({ tape, filter, change }: FilterBarProps) {
  const { channel } = tape;
  const hasPremium = channelNamed(channel).ranges.includes("premium");
  return (
    <div class="filter-bar" role="group" aria-label="Filter">
      {channel === "options" && <OptionFields filter={filter} change={change} />}
      {(channel === "smart-money" || channel === "alerts") && (
        <Choice
          label="Profile"
          value={filter.profile ?? ""}
          options={[["", "All profiles"], ...Object.entries(PROFILE_TEXT)]}
          pick={(value) => change({ profile: value === "" ? null : value })}
        />
      )}
      {channel === "alerts" && (
        <Choice
          label="Severity"
          value={filter.severity}
          options={[["all", "All"], ["medium", "Medium and high"], ["high", "High"]]}
          pick={(value) => change({ severity: value as TapeFilter["severity"] })}
        />
      )}
      {hasPremium && (
        <Choice
          label="Least premium"
          value={`${filter.minPremium}`}
          options={[0, 10e3, 25e3, 50e3, 100e3, 250e3, 1e6].map((
            value,
          ) => [`${value}`, value === 0 ? "Any premium" : `≥ ${value / 1e3}k`])}
          pick={(value) => change({ minPremium: Number(value) })}
        />
      )}
      {(channel === "options" || channel === "smart-money") && (
        <Check
          label={channel === "options" ? "Smart money only" : "Hide abstained"}
          isOn={filter.smartOnly}
          set={(smartOnly) => change({ smartOnly })}
        />
      )}
      {channel === "equities" && (
        <Check
          label="Off exchange only"
          isOn={filter.offOnly}
          set={(offOnly) => change({ offOnly })}
        />
      )}
      {channel !== "inferred-dark" && channel !== "alerts" && (
        <Choice
          label="Show"
          value={filter.group}
          options={GROUP_BY.map((group) => [group, GROUP_TEXT[group]])}
          pick={(value) => change({ group: value as GroupBy, sort: null })}
        />
      )}
      <Ranges channel={channel} filter={filter} change={change} />
      <Columns channel={channel} filter={filter} change={change} />
      <button type="button" onClick={() => change(CLEAR)}>Clear</button>
    </div>
  );
}

/** Nothing is kept off any more; the chosen columns stay. */
const { columns: _columns, ...CLEAR } = OPEN_FILTER;

type Change = (next: Partial<TapeFilter>) => void;

function OptionFields(
  { filter, change }: { readonly filter: TapeFilter; readonly change: Change },
) {
  const sides = filter.sides.join(",");
  const preset = SIDE_PRESETS.find(([, list]) => list.join(",") === sides)?.[0] ?? "Own";
  return (
    <>
      <Choice
        label="View"
        value={filter.view}
        options={[["signal", "Signal"], ["raw", "Raw"]]}
        pick={(value) => change({ view: value as TapeFilter["view"] })}
      />
      <Choice
        label="Sides"
        value={preset}
        options={[...SIDE_PRESETS.map(([name]) => [name, name] as const)]}
        pick={(value) => {
          const found = SIDE_PRESETS.find(([name]) => name === value);
          if (found !== undefined) change({ sides: found[1] });
        }}
      />
      <Choice
        label="Right"
        value={filter.right}
        options={[["both", "Calls and puts"], ["call", "Calls"], ["put", "Puts"]]}
        pick={(value) => change({ right: value as TapeFilter["right"] })}
      />
      <Choice
        label="Security"
        value={filter.security}
        options={[["all", "Stocks and ETFs"], ["stock", "Stocks"], ["etf", "ETFs"]]}
        pick={(value) => change({ security: value as TapeFilter["security"] })}
      />
    </>
  );
}

function Choice(
  { label, value, options, pick }: {
    readonly label: string;
    readonly value: string;
    readonly options: readonly (readonly [string, string])[];
    readonly pick: (value: string) => void;
  },
) {
  return (
    <select
      aria-label={label}
      title={label}
      value={value}
      onChange={(event) => pick(event.currentTarget.value)}
    >
      {options.map(([id, text]) => (
        <option key={id} value={id} selected={id === value}>{text}</option>
      ))}
    </select>
  );
}

function Ranges(
  { channel, filter, change }: {
    readonly channel: TapeChannel;
    readonly filter: TapeFilter;
    readonly change: Change;
  },
) {
  const count = Object.keys(filter.ranges).length;
  const set = (name: RangeName, bound: "min" | "max", text: string) => {
    const range = filter.ranges[name] ?? { min: null, max: null };
    const value = text.trim() === "" ? null : Number(text);
    const next = { ...range, [bound]: value !== null && Number.isFinite(value) ? value : null };
    const { [name]: _, ...others } = filter.ranges;
    change({
      ranges: next.min === null && next.max === null ? others : { ...others, [name]: next },
    });
  };
  return (
    <Menu label={count === 0 ? "Bounds" : `Bounds (${count})`} body="ranges">
      {() =>
        channelNamed(channel).ranges.map((name) => (
          <label key={name}>
            <span>{RANGES[name]}</span>
            {(["min", "max"] as const).map((bound) => (
              <input
                key={bound}
                type="number"
                step="any"
                class="mono"
                aria-label={`${RANGES[name]}, ${bound === "min" ? "at least" : "at most"}`}
                placeholder={bound === "min" ? "at least" : "at most"}
                value={filter.ranges[name]?.[bound] ?? ""}
                onChange={(event) => set(name, bound, event.currentTarget.value)}
              />
            ))}
          </label>
        ))}
    </Menu>
  );
}

function Columns(
  { channel, filter, change }: {
    readonly channel: TapeChannel;
    readonly filter: TapeFilter;
    readonly change: Change;
  },
) {
  const all = columnsOf(channel);
  const chosen = filter.columns ?? all.map(({ id }) => id);
  const toggle = (id: string) => {
    const next = chosen.includes(id)
      ? chosen.filter((other) => other !== id)
      : all.map((column) => column.id).filter((other) => other === id || chosen.includes(other));
    change({ columns: next.length === 0 || next.length === all.length ? null : next });
  };
  return (
    <Menu label="Columns" body="columns">
      {() =>
        all.map((column) => (
          <label key={column.id} title={column.title}>
            <input
              type="checkbox"
              checked={chosen.includes(column.id)}
              onChange={() => toggle(column.id)}
            />
            {column.label}
          </label>
        ))}
    </Menu>
  );
}
