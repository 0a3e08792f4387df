/** Rows that miss their target on the full sample, and why. The command fails on any other miss. */
export const KNOWN_MISSES: Readonly<Record<string, string>> = {
  C7:
    "over thirty of the sessions a focus symbol moves 1.36 times its own mean of the session in retail_chase, but focus symbols " +
    "move more in every regime, so that against those it is less",
  K9: "the score is one of evidence and no probability: from 0.5 on named events are " +
    "right almost always, whatever it says; below, most of the few are large background prints",
  Q6:
    "most sessions break none and a few break several in a hundred; the likely cause, not traced yet, " +
    "is that a large order presses the volatility of its own contract and not of its neighbours",
  T6:
    "the longest silence of fifty sessions was 12.4 s; arrivals are random and have no longest gap",
  L2b:
    "sweeps carry ISO, orders of several legs COMPLEX or SPREAD, as on real tapes; over the whole " +
    "tape, L2, that tells nothing",
  X3: "orders carry no AUCTION, CROSS, LATE, OPENING or CLOSING, hardly any AUTO-EX, and many ISO",
  X3b: "sweeps carry ISO and no other kind of order does",
  X3c: "SPREAD and COMPLEX are drawn by kind of order",
  X5b:
    "which contracts are quoted often follows the price: some that traded most in the morning are far from it later",
  X6: "legs, rights and days are drawn without regard to what really trades",
  X6b: "eight venues are drawn alike for every product",
  X6d: "sizes are drawn from smooth laws",
  X7:
    "orders wait longer than a matching engine's clock shows, levels are alike, and the price has a drift",
  X8: "the score is one of evidence and no probability, as K9",
};
