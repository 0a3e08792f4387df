import type { OptionListing } from "../../../modules/tape/contract.ts";

/** The server may still be starting: asked again after this long, ms. */
const AGAIN_MS = 5_000;

/** Keeps the listing of an underlying for the session that a clock is in. */
export class ListingReader {
  readonly #symbol: string;
  readonly #now: () => number;
  readonly #take: (listing: OptionListing) => void;
  readonly #abort = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closeTs = 0;
  #isAsking = false;

  /** @param now Epoch ms of the clock. @param take Gets every listing that holds at that time. */
  constructor(symbol: string, now: () => number, take: (listing: OptionListing) => void) {
    this.#symbol = symbol;
    this.#now = now;
    this.#take = take;
  }

  /** Asks when the session that was listed is over, or none was listed yet. */
  follow(): void {
    if (this.#now() < this.#closeTs || this.#isAsking || this.#timer !== undefined) return;
    void this.#ask();
  }

  close(): void {
    this.#abort.abort();
    clearTimeout(this.#timer);
  }

  async #ask(): Promise<void> {
    this.#isAsking = true;
    const listing = await this.#fetch();
    this.#isAsking = false;
    if (this.#abort.signal.aborted) return;
    // A replay of an earlier session has no listing: that of today would say too much.
    const now = this.#now();
    if (listing !== null && now >= listing.open_ts && now < listing.close_ts) {
      this.#closeTs = listing.close_ts;
      this.#take(listing);
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.follow();
    }, AGAIN_MS);
  }

  async #fetch(): Promise<OptionListing | null> {
    try {
      const query = new URLSearchParams({ symbol: this.#symbol });
      const response = await fetch(`/v1/options/listing?${query}`, {
        signal: this.#abort.signal,
      });
      return response.ok ? await response.json() as OptionListing : null;
    } catch {
      return null;
    }
  }
}
