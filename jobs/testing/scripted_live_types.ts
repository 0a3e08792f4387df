/** What a client of the live socket asks for, as far as the scripted tape looks at it. */
export interface LiveSubscription {
  readonly channel: string;
  readonly id?: string;
  readonly filters?: {
    readonly side?: readonly string[];
    readonly type?: readonly string[];
    readonly min_notional?: number;
  };
  readonly underlying_ids?: readonly string[];
  readonly option_contract_id?: string;
  readonly snapshot_limit?: number;
  readonly resume_after?: { readonly ts: number; readonly seq: number };
}
