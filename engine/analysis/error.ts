/** An analysis that cannot be made of the bins or the settings at hand. */
export class AnalysisError extends RangeError {
  override readonly name = "AnalysisError";
  /** `data`: the bins do not allow it; `setting`: a setting breaks its rule. */
  readonly code: "data" | "setting";
  /** The setting or quantity at fault. */
  readonly field: string;

  /** @param rule What `field` must be and what it is, for people: "must be …: it is …". */
  constructor(code: AnalysisError["code"], field: string, rule: string) {
    super(`Cannot analyse as ${field} ${rule}`);
    this.code = code;
    this.field = field;
  }
}

/** @throws {AnalysisError} When the list is empty or an item is no whole number of at least `least`. */
export function checkWholeList(field: string, list: readonly number[], least: number): void {
  if (list.length === 0) throw new AnalysisError("setting", field, "must not be empty");
  for (const item of list) checkWhole(field, item, least);
}

/** @throws {AnalysisError} When the value is no whole number of at least `least`. */
export function checkWhole(field: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new AnalysisError("setting", field, `must be a whole number >= ${least}: it is ${value}`);
}

/** @throws {AnalysisError} When the value is not finite, or below `least`, or equal to it if `open`. */
export function checkNumber(field: string, value: number, least: number, open = false): void {
  if (Number.isFinite(value) && (open ? value > least : value >= least)) return;
  const sign = open ? ">" : ">=";
  throw new AnalysisError("setting", field, `must be ${sign} ${least}: it is ${value}`);
}
