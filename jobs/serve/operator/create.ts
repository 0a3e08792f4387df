import type { Config } from "../../../config.ts";
import type { Control } from "../../control/mod.ts";
import type { Clock, Logger } from "../../kit/mod.ts";
import { AdminProxy } from "./admin_proxy.ts";
import { Operators } from "./operators.ts";

/** Who may steer, and the way that their pages take. */
export interface OperatorDesk {
  readonly operators: Operators;
  readonly adminProxy: AdminProxy;
}

/** Builds both from the settings. */
export function createOperators(
  config: Config,
  control: Control,
  log: Logger,
  clock: Clock,
): OperatorDesk {
  const operators = new Operators({
    passphraseHash: config.passphraseHash,
    trustedProxies: config.trustedProxies,
    log,
    nowMs: () => clock.nowMs(),
  });
  const adminProxy = new AdminProxy({
    isOn: config.adminUi,
    token: config.adminToken,
    internalUrl: config.internalApiUrl,
    admin: control.admin,
    operators,
    log,
  });
  return { operators, adminProxy };
}
