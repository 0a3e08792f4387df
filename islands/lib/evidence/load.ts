import type {
  EquityJoin,
  FlowPacket,
  InferredDark,
  OptionNbbo,
  OptionPrint,
  SmartMoneyEvent,
} from "../../../engine/frames/mod.ts";
import { numberOf, textOf, type Wire, wireOf } from "../socket/mod.ts";
import type { EvidenceRef } from "../pane/mod.ts";
import type { Lineage, Unresolved } from "./lineage.ts";

const TRACES_PER_CALL = 20;
const EVENT_PAGE = 50;
const QUOTE_PAGE = 400;
/** Quotes are fetched from before the first print, as long as one stands, to so long after the last, ms. */
const QUOTES_BEFORE_MS = 30_000;
const QUOTES_AFTER_MS = 2_000;
/** An event is published at most so long after its last print, ms of event time. */
const EVENT_DELAY_MS = 15_000;
const MAX_CONTRACTS = 4;

/** A request of the drawer that failed; the message is for the reader. */
class EvidenceError extends Error {
  override readonly name = "EvidenceError";
  readonly code = "EVIDENCE";
}

async function get(path: string, init: RequestInit): Promise<Wire> {
  const response = await fetch(path, init);
  const body = wireOf(await response.json(), "body");
  if (response.ok) return body;
  const said = body["error"];
  throw new EvidenceError(
    typeof said === "string" ? `${said} (${response.status})` : `status ${response.status}`,
  );
}

/** Rows of `data`, each with the fields that prove its kind. */
function rowsOf<T>(body: Wire, proof: (row: Wire) => void): readonly T[] {
  const { data } = body as { data?: unknown };
  const list = Array.isArray(data) ? data : [];
  return list.map((item) => {
    const row = wireOf(item, "data");
    proof(row);
    return row as unknown as T;
  });
}

const isEvent = (row: Wire) => void (textOf(row, "event_id"), wireOf(row["features"], "features"));
const isPrint = (row: Wire) => void (textOf(row, "option_contract_id"), numberOf(row, "price"));
const isNbbo = (row: Wire) => void (numberOf(row, "bid"), numberOf(row, "ask"));
const isJoin = (row: Wire) => void (textOf(row, "print_trace_id"), numberOf(row, "seq"));

/** Collects what one drawer shows; a piece that is missing leaves a line instead of an error. */
class Loader {
  readonly #init: RequestInit;
  readonly unresolved: Unresolved[] = [];

  constructor(signal: AbortSignal) {
    this.#init = { signal };
  }

  async event(symbol: string, ts: number, is: (event: SmartMoneyEvent) => boolean) {
    const params = new URLSearchParams({
      underlying_ids: symbol,
      before_ts: `${ts + EVENT_DELAY_MS}`,
      before_seq: "0",
      limit: `${EVENT_PAGE}`,
    });
    return await this.#try("event", async () => {
      const body = await get(`/history/smart-money?${params}`, this.#init);
      const found = rowsOf<SmartMoneyEvent>(body, isEvent).find(is);
      if (found === undefined) throw new EvidenceError("the store does not have it any more");
      return found;
    });
  }

  async packet(id: string): Promise<FlowPacket | null> {
    return await this.#try(`packet ${id}`, async () => {
      const body = await get(`/flow/packets/${encodeURIComponent(id)}`, this.#init);
      const packet = wireOf(body["data"] ?? body["packet"] ?? body, "packet");
      textOf(packet, "id");
      wireOf(packet["features"], "features");
      return packet as unknown as FlowPacket;
    });
  }

  async prints(ids: readonly string[]): Promise<readonly OptionPrint[]> {
    const found: OptionPrint[] = [];
    for (let at = 0; at < ids.length; at += TRACES_PER_CALL) {
      const part = ids.slice(at, at + TRACES_PER_CALL);
      const rows = await this.#try(`prints ${at + 1} to ${at + part.length}`, async () => {
        const params = new URLSearchParams({ trace_id: part.join(",") });
        return rowsOf<OptionPrint>(
          await get(`/option-prints/by-trace?${params}`, this.#init),
          isPrint,
        );
      });
      found.push(...rows ?? []);
    }
    const missing = ids.length - found.length;
    if (missing > 0) {
      this.unresolved.push({
        what: `${missing} of ${ids.length} prints`,
        why: "the store does not have them any more",
      });
    }
    return found.toSorted((a, b) => a.ts - b.ts || a.seq - b.seq);
  }

  async quotes(prints: readonly OptionPrint[]): Promise<readonly OptionNbbo[]> {
    const first = prints[0]?.ts;
    const last = prints.at(-1)?.ts;
    if (first === undefined || last === undefined) return [];
    const contracts = [...new Set(prints.map((print) => print.option_contract_id))];
    const pages = await Promise.all(
      contracts.slice(0, MAX_CONTRACTS).map((contract) =>
        this.#try(`quotes of ${contract}`, async () => {
          const params = new URLSearchParams({
            option_contract_id: contract,
            before_ts: `${last + QUOTES_AFTER_MS}`,
            before_seq: "0",
            limit: `${QUOTE_PAGE}`,
          });
          return rowsOf<OptionNbbo>(await get(`/history/nbbo?${params}`, this.#init), isNbbo);
        })
      ),
    );
    return pages.flatMap((page) => page ?? []).filter(({ ts }) => ts >= first - QUOTES_BEFORE_MS)
      .toSorted((a, b) => a.ts - b.ts || a.seq - b.seq);
  }

  async joins(ids: readonly string[]): Promise<readonly EquityJoin[]> {
    const found = await Promise.all(
      ids.slice(0, TRACES_PER_CALL).map((id) =>
        this.#try(`join ${id}`, async () => {
          const params = new URLSearchParams({ id });
          const body = await get(`/equity-joins/by-id?${params}`, this.#init);
          const join = wireOf(body["data"] ?? body["join"] ?? body, "join");
          isJoin(join);
          return join as unknown as EquityJoin;
        })
      ),
    );
    return found.filter((join) => join !== null).toSorted((a, b) => a.source_ts - b.source_ts);
  }

  async support(traceId: string): Promise<{ readonly packetIds: readonly string[] }> {
    const found = await this.#try("packet of the print", async () => {
      const body = await get("/lookup/options-support", {
        ...this.#init,
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ trace_ids: [traceId] }),
      });
      const packets = Array.isArray(body["packets"]) ? body["packets"] : [];
      return packets.map((packet) => textOf(wireOf(packet, "packets"), "id"));
    });
    return { packetIds: found ?? [] };
  }

  async #try<T>(what: string, ask: () => Promise<T>): Promise<T | null> {
    try {
      return await ask();
    } catch (cause) {
      if (this.#init.signal?.aborted) throw cause;
      this.unresolved.push({ what, why: cause instanceof Error ? cause.message : String(cause) });
      return null;
    }
  }
}

/** Finds what a reference points at, and everything that it was made of. */
export async function loadLineage(ref: EvidenceRef, signal: AbortSignal): Promise<Lineage> {
  const loader = new Loader(signal);
  if (ref.kind === "dark" || ref.kind === "equity") return await darkLineage(loader, ref);
  const event = await eventOf(loader, ref);
  const packetIds = event?.packet_ids ?? await packetIdsOf(loader, ref);
  const packets = (await Promise.all(packetIds.map((id) => loader.packet(id))))
    .filter((packet) => packet !== null);
  const members = event?.member_print_ids ?? packets.flatMap((packet) => packet.members);
  const ids = members.length > 0 || ref.kind !== "print" ? members : [ref.id];
  const prints = await loader.prints(ids);
  const quotes = await loader.quotes(prints);
  return {
    event,
    packets,
    prints,
    quotes,
    dark: null,
    joins: [],
    unresolved: loader.unresolved,
  };
}

async function packetIdsOf(loader: Loader, ref: EvidenceRef): Promise<readonly string[]> {
  if (ref.kind === "packet") return [ref.id];
  return ref.kind === "print" ? (await loader.support(ref.id)).packetIds : [];
}

async function eventOf(loader: Loader, ref: EvidenceRef): Promise<SmartMoneyEvent | null> {
  const { symbol, ts } = ref;
  if (ref.kind === "smart-money") {
    return await loader.event(
      symbol,
      ts,
      (event) => event.event_id === ref.id || event.trace_id === ref.id,
    );
  }
  if (ref.kind === "alert") {
    const refs = refsIn(ref.row);
    return await loader.event(symbol, ts, (event) => refs.has(event.event_id));
  }
  return null;
}

function refsIn(row: unknown): ReadonlySet<string> {
  const refs = typeof row === "object" && row !== null && "refs" in row ? row.refs : [];
  return new Set(Array.isArray(refs) ? refs.filter((ref) => typeof ref === "string") : []);
}

async function darkLineage(loader: Loader, ref: EvidenceRef): Promise<Lineage> {
  const ids = ref.kind === "equity" ? [`equityjoin:${ref.id}`] : [...refsIn(ref.row)];
  const joins = await loader.joins(
    ids.map((id) => id.startsWith("equityjoin:") ? id : `equityjoin:${id}`),
  );
  return {
    event: null,
    packets: [],
    prints: [],
    quotes: [],
    dark: ref.kind === "dark" ? darkOf(ref.row) : null,
    joins,
    unresolved: loader.unresolved,
  };
}

function darkOf(row: unknown): InferredDark | null {
  return typeof row === "object" && row !== null && "type" in row && "confidence" in row
    ? row as InferredDark
    : null;
}
