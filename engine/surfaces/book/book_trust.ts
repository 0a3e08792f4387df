/**
 * Whether a book can be trusted. A clear or a doubtful record ends it until a snapshot closes; before
 * the first clear an event that leaves both sides begins it. A snapshot opens with a clear or a record
 * with its flag, and closes with its last record or before the first without the flag.
 */
export class BookTrust {
  isValid = false;
  isSnapshotOpen = false;
  /** A doubtful record that no snapshot has healed yet. */
  isDoubted = false;
  #hadSnapshot = false;
  #wasOpenAtStart = false;

  /** Whether the window has records of a snapshot, or began inside one. */
  get sawSnapshot(): boolean {
    return this.#hadSnapshot || this.#wasOpenAtStart;
  }

  openSnapshot(): void {
    this.isSnapshotOpen = true;
    this.#hadSnapshot = true;
    this.isValid = false;
  }

  closeSnapshot(): void {
    this.isSnapshotOpen = false;
    this.isDoubted = false;
    this.isValid = true;
  }

  doubt(): void {
    this.isDoubted = true;
    this.isValid = false;
  }

  /** An event has left orders on both sides. */
  endTwoSidedEvent(): void {
    if (!this.isDoubted && !this.isSnapshotOpen) this.isValid = true;
  }

  /** Begins the first window, to which everything before it belongs. */
  openWindow(): void {
    this.#wasOpenAtStart = this.isSnapshotOpen;
  }

  nextWindow(): void {
    this.#hadSnapshot = false;
    this.#wasOpenAtStart = this.isSnapshotOpen;
  }

  /** One bit per truth. */
  save(): number {
    return Number(this.isValid) | Number(this.isSnapshotOpen) << 1 | Number(this.isDoubted) << 2 |
      Number(this.#hadSnapshot) << 3 | Number(this.#wasOpenAtStart) << 4;
  }

  restore(bits: number): void {
    this.isValid = (bits & 1) !== 0;
    this.isSnapshotOpen = (bits & 2) !== 0;
    this.isDoubted = (bits & 4) !== 0;
    this.#hadSnapshot = (bits & 8) !== 0;
    this.#wasOpenAtStart = (bits & 16) !== 0;
  }
}
