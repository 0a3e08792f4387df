/** A frame that breaks the contract. `field` names the part at fault. */
export class WireError extends SyntaxError {
  override name = "WireError";
  readonly field: string;
  constructor(field: string, expected: string, value: unknown) {
    super(`Cannot read stream message as "${field}" must be ${expected}: ${show(value)}`);
    this.field = field;
  }
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
