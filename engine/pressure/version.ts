/**
 * Version of the arithmetic behind the bins. It grows whenever the same records and the same instrument
 * file would give other bins, so that stored results say what made them.
 */
export const ENGINE_VERSION = "1";
