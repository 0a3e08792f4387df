/** USD that one contract gains per point of its price. */
export const CONTRACT_MULTIPLIER = 50;
/** Flat continuously compounded rate that options on the future are valued with, per year. */
export const FUTURE_RATE = 0.05;
/** Prices are integers of so many parts of a point. */
export const PRICE_UNITS = 1e9;
