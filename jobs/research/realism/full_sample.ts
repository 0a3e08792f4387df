import {
  determinismRows,
  eachOf,
  measureSession,
  OutsideAudit,
  planRows,
  presetRows,
  type RealismRow,
  RunTotals,
  type Sessions,
  strainRow,
  type Tallies,
  weightRow,
} from "../../../engine/realism/mod.ts";
import { followedBook, syntheticBook } from "./orders.ts";
import type { SampledRow } from "./table.ts";

/** Exchange sessions of two ordinary weeks. */
export const SESSION_IDS = [
  202601140,
  202601150,
  202601160,
  202601200,
  202601210,
  202601220,
  202601230,
  202601260,
  202601270,
  202601280,
] as const;
const FIRST_SEED = 11;
/** One session in so many has its quotes, its stock tape and its records' words measured too. */
const WHOLE_OF = 5;
const LEAKS = { every: 50, prints: 800 };
const REPLAY_MINUTES = 30;
/** Markets of the future whose book an outsider measures. */
const BOOK_SEEDS = [11, 12, 13, 14, 15, 16];
const BOOK_MINUTES = 60;
/** Rows that only whole sessions measure. */
const WHOLE_ROWS = /^(R5|P6|P7|T7|T8|Q|L|C4)/;

/** How large the sample is. */
export interface SampleSize {
  /** Sessions of balanced_demo that are read end to end. */
  readonly sessions: number;
  readonly plans: number;
  readonly strained: number;
  readonly weighted: number;
  readonly perPreset: number;
  readonly replayed: number;
}

/** The sample that docs/realism.md reports. */
export const FULL: SampleSize = {
  sessions: 50,
  plans: 100,
  strained: 50,
  weighted: 20,
  perPreset: 2,
  replayed: 10,
};

/** What a sample showed. */
export interface SampleResult {
  readonly rows: readonly SampledRow[];
  /** Figures of the balanced sessions. */
  readonly tallies: Tallies;
  readonly messages: number;
}

function first(count: number): Sessions {
  return { ids: SESSION_IDS, firstSeed: FIRST_SEED, count };
}

/** Another place in each five, so that every session of the list has its turn. */
function isWholeSession(i: number): boolean {
  return i % WHOLE_OF === Math.floor(i / WHOLE_OF) % WHOLE_OF;
}

function seeds(count: number): string {
  return `${count} sessions, seeds ${FIRST_SEED} to ${FIRST_SEED + count - 1}`;
}

/** Measures every row that a sample can show. `note` is told of each step. */
export async function measureSample(
  size: SampleSize,
  note: (text: string) => void,
): Promise<SampleResult> {
  const rows: SampledRow[] = [];
  const add = (found: readonly RealismRow[], sample: string) =>
    rows.push(...found.map((row) => ({ row, sample })));
  const balanced = measureBalanced(size.sessions, note);
  const whole = eachOf(first(size.sessions)).filter((_, i) => isWholeSession(i));
  const wholeSample = `${whole.length} sessions, seeds ${whole.map(({ seed }) => seed).join(", ")}`;
  for (const row of balanced.totals.rows()) {
    if (row.id === "R3") continue;
    add([row], WHOLE_ROWS.test(row.id) ? wholeSample : seeds(size.sessions));
  }
  add(planRows(size.plans, FIRST_SEED), seeds(size.plans));
  note("plans");
  add(determinismRows(first(size.replayed), REPLAY_MINUTES), seeds(size.replayed));
  note("determinism");
  add([strainRow(first(size.strained))], seeds(size.strained));
  note("quiet against retail");
  add([weightRow(first(size.weighted))], seeds(size.weighted));
  note("weights");
  const others = presetRows(first(size.perPreset), () => note("another preset"));
  add(others, `4 presets, ${seeds(size.perPreset)}`);
  add(balanced.outside.rows(), seeds(size.sessions));
  rows.push(...await bookRows());
  return { rows, tallies: balanced.totals.tallies, messages: balanced.messages };
}

/** Rows that an outsider measures, alone. `note` is told of each step. */
export async function measureOutside(
  sessions: number,
  note: (text: string) => void,
): Promise<SampledRow[]> {
  const outside = new OutsideAudit();
  eachOf(first(sessions)).forEach(({ id, seed }, i) => {
    measureSession({
      sessionId: id,
      control: { shared_seed: seed },
      scope: { isWhole: false, leaks: null },
      outside,
    });
    note(`session ${i + 1} of ${sessions}`);
  });
  const sample = seeds(sessions);
  return [...outside.rows().map((row) => ({ row, sample })), ...await bookRows()];
}

async function bookRows(): Promise<SampledRow[]> {
  const own = syntheticBook(BOOK_SEEDS, BOOK_MINUTES).row("X7", "the synthetic future");
  const followed = await followedBook(BOOK_SEEDS, BOOK_MINUTES);
  const shown = followed.row("X7b", "the future that follows the market");
  const sample = `seeds ${BOOK_SEEDS.join(", ")}`;
  return [{ row: own, sample }, { row: shown, sample: `${sample}, from noon on` }];
}

function measureBalanced(count: number, note: (text: string) => void) {
  const totals = new RunTotals();
  const outside = new OutsideAudit();
  let messages = 0;
  eachOf(first(count)).forEach(({ id, seed }, i) => {
    const isWhole = isWholeSession(i);
    const found = measureSession({
      sessionId: id,
      control: { shared_seed: seed },
      scope: { isWhole, leaks: isWhole ? LEAKS : null },
      outside,
    });
    totals.add(found.meter);
    messages += found.messages;
    note(`session ${i + 1} of ${count}`);
  });
  return { totals, outside, messages };
}
