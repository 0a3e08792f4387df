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
  X1: "a contract is quoted from six seconds before its print, as if the market maker knew",
  X2:
    "quotes of options are made once a second, those of stocks one to three times, at set places; mids move with them",
  X2b: "orders are more and less frequent by blocks of 97 s, the same for a whole block",
  X3: "orders carry no AUCTION, CROSS, LATE, OPENING or CLOSING, hardly any AUTO-EX, and many ISO",
  X3b: "sweeps carry ISO and no other kind of order does",
  X3c: "SPREAD and COMPLEX are drawn by kind of order",
  X4:
    "every symbol glides between points of its own noise, so that what is common shows over a minute only",
  X4b: "as X4: over a second the stocks have nothing in common",
  X4c: "32 straight pieces a minute: a move goes on until the next piece",
  X4d: "as X4: there is no lag at which a fund follows SPY",
  X5: "activity is spread over every listed contract",
  X5b: "seventy contracts are watched; the others are quoted when they print",
  X5c: "as X5b",
  X5d: "five-cent ticks and wide spreads beyond a week",
  X6: "legs, rights and days are drawn without regard to what really trades",
  X6b: "eight venues are drawn alike for every product",
  X6d: "sizes are drawn from smooth laws",
  X6e: "there are no auctions, and a third is off exchange",
  X8: "the score is one of evidence and no probability, as K9",
};
