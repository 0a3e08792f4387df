import { z } from "zod";
import { type Origin, STAMP_WORDS, stampWord } from "./provenance.ts";

/** Where data comes from, as manifests and results keep it: its mark, and the name of its source. */
export const StoredOrigin = z.object({ kind: z.enum(STAMP_WORDS), source: z.string() });
/** Where data comes from, as manifests and results keep it. */
export type StoredOrigin = z.infer<typeof StoredOrigin>;

/** What files keep of an origin. */
export function storedOrigin(of: Origin): StoredOrigin {
  return { kind: stampWord(of), source: of.source };
}

/** The origin that files keep. */
export function originOf({ kind, source }: StoredOrigin): Origin {
  return {
    isSynthetic: kind.startsWith("SYNTHETIC"),
    isReplay: kind.endsWith("REPLAY"),
    source,
  };
}
