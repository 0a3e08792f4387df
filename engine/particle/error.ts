/** What the particle lab cannot do with its settings or its input. */
export class LabError extends RangeError {
  override readonly name = "LabError";
  /** `setting`: a setting breaks its rule; `data`: the input does not allow it. */
  readonly code: "data" | "setting";
  /** The setting or quantity at fault. */
  readonly field: string;

  /** @param rule What `field` must be and what it is, for people: "must be …: it is …". */
  constructor(code: LabError["code"], field: string, rule: string) {
    super(`Cannot run the lab as ${field} ${rule}`);
    this.code = code;
    this.field = field;
  }
}
