/**
 * How long tests wait for what has to come, ms. Only a fault takes so long: a machine that does other
 * work as well may be ten times slower than a quiet one.
 */
export const PATIENCE_MS = 60_000;
