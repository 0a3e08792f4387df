const MEMORY = "lotus.trades";

/** Sizes that the slider offers, contracts. */
export const MIN_SIZES = [1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 300, 500, 1_000] as const;

/** What is kept of the trades for the next visit. */
export interface TradeChoice {
  readonly isShown: boolean;
  /** Least contracts of a cell that is drawn, one of {@link MIN_SIZES}. */
  readonly minQty: number;
}

/** The choice of the last visit; null when there is none. */
export function rememberedTrades(): TradeChoice | null {
  try {
    const [shown, size] = (localStorage.getItem(MEMORY) ?? "").split(" ");
    const minQty = MIN_SIZES.find((own) => `${own}` === size);
    return minQty === undefined ? null : { isShown: shown === "on", minQty };
  } catch {
    return null; // storage is refused in some private windows
  }
}

/** Keeps the choice. */
export function rememberTrades({ isShown, minQty }: TradeChoice): void {
  try {
    localStorage.setItem(MEMORY, `${isShown ? "on" : "off"} ${minQty}`);
  } catch {
    // the choice then lasts as long as the page
  }
}
