import type { OptionNbbo, RawOptionPrint, RawSink } from "../frames/mod.ts";
import { type ContractTerms, parseContractId } from "../options/mod.ts";
import { DEFAULT_CONTROL, fixedTimeline, type PresetId, sessionById } from "../regime/mod.ts";
import { type Family, type Load, MarketTape, type UnderlyingPath } from "../tape/mod.ts";

/** An option print with what the generator meant by it. */
export interface LabelledPrint {
  readonly print: RawOptionPrint;
  /** Number of the parent; -1: background. */
  readonly slot: number;
  readonly family: Family;
  readonly subtype: string;
}

/** The option side of a stretch of one session. */
export interface OptionSample {
  /** Where the prices of the underlyings come from. */
  readonly tape: { path(): UnderlyingPath | null };
  /** Terms of a contract id, or null when the text is none. */
  readonly termsOf: (id: string) => ContractTerms | null;
  readonly fromTs: number;
  readonly untilTs: number;
  readonly nbbo: readonly OptionNbbo[];
  readonly prints: readonly LabelledPrint[];
  /** Epoch ms of every equity quote and print, ascending. */
  readonly equityQuoteTs: readonly number[];
  readonly equityPrintTs: readonly number[];
}

/** Which stretch to take. */
export interface SampleSpec {
  readonly seed: number;
  readonly preset?: PresetId;
  readonly load?: Load;
  readonly sessionId?: number;
  /** Minutes after the open. */
  readonly fromMinute: number;
  readonly minutes: number;
}

/** Runs the generator over a stretch of a session. Deterministic in the spec. */
export function sampleOptions(spec: SampleSpec): OptionSample {
  const { seed, preset = "balanced_demo", load = "steady", sessionId = 202601140 } = spec;
  const session = sessionById(sessionId);
  const timeline = fixedTimeline({ ...DEFAULT_CONTROL, shared_seed: seed, preset_id: preset });
  const tape = new MarketTape({ clock: "et", load, timeline });
  const nbbo: OptionNbbo[] = [];
  const prints: LabelledPrint[] = [];
  const equityQuoteTs: number[] = [];
  const equityPrintTs: number[] = [];
  const sink: RawSink = {
    optionNbbo: (quote) => nbbo.push(quote),
    optionPrint: (print) => {
      const label = tape.label(print.trace_id);
      prints.push({
        print,
        slot: label?.slot ?? -1,
        family: label?.family ?? "neutral_noise",
        subtype: label?.subtype ?? "",
      });
    },
    equityQuote: ({ ts }) => equityQuoteTs.push(ts),
    equityPrint: ({ ts }) => equityPrintTs.push(ts),
  };
  const fromTs = session.openTs + spec.fromMinute * 60_000;
  const untilTs = Math.min(session.closeTs, fromTs + spec.minutes * 60_000);
  tape.seek(fromTs);
  tape.advance(untilTs, sink);
  return {
    tape,
    termsOf: parseContractId,
    fromTs,
    untilTs,
    nbbo,
    prints,
    equityQuoteTs,
    equityPrintTs,
  };
}
