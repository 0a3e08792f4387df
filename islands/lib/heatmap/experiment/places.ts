/** Where an experiment is kept: a query of the link, and the browser's storage. */
export const QUERY = "experiment";
/** The storage's key. */
export const KEY = "lotus.experiment";
