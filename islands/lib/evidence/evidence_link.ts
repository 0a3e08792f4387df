import type { EvidenceRef } from "../pane/mod.ts";

/** What a piece of evidence is called. */
export const EVIDENCE_TITLES: Readonly<Record<EvidenceRef["kind"], string>> = {
  "smart-money": "Event",
  alert: "Alert",
  print: "Option print",
  packet: "Flow packet",
  dark: "Inferred off-exchange",
  equity: "Share print",
};

/** The reference that a link made by the drawer holds, or null. */
export function evidenceInLink(search: string): EvidenceRef | null {
  const text = new URLSearchParams(search).get("evidence");
  if (text === null || text.length > 700) return null;
  const [kind = "", symbol = "", ts = "", ...rest] = text.split("~");
  const id = rest.join("~");
  if (!(kind in EVIDENCE_TITLES) || !/^\d{10,16}$/.test(ts) || id === "") return null;
  if (!/^[A-Z0-9._-]{1,16}$/.test(symbol) || !/^[A-Za-z0-9._:|+-]{1,512}$/.test(id)) return null;
  return { kind: kind as EvidenceRef["kind"], id, symbol, ts: Number(ts) };
}
