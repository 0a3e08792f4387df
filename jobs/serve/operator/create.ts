import type { Config } from "../../../config.ts";
import type { TapeStatus } from "../../../modules/control/mod.ts";
import type { ControlService } from "../../control/mod.ts";
import type { Clock, Logger } from "../../kit/mod.ts";
import { AdminApi } from "./admin.ts";
import { AdminProxy } from "./admin_proxy.ts";
import { Operators } from "./operators.ts";

/** Who may steer, and the way that their pages take. */
export interface OperatorDesk {
  readonly operators: Operators;
  readonly admin: AdminApi;
  readonly adminProxy: AdminProxy;
}

/** Builds all of them from the settings. `tape` knows how the market stands. */
export function createOperators(
  config: Config,
  service: ControlService,
  tape: TapeStatus,
  log: Logger,
  clock: Clock,
): OperatorDesk {
  const operators = new Operators({
    passphraseHash: config.passphraseHash,
    trustedProxies: config.trustedProxies,
    log,
    nowMs: () => clock.nowMs(),
  });
  const admin = new AdminApi({
    enabled: config.controlEnabled,
    token: config.adminToken,
    adapters: { options: config.optionsAdapter, equities: config.equitiesAdapter },
    service,
    tape: () => tape,
    log,
    nowMs: () => clock.nowMs(),
  });
  const adminProxy = new AdminProxy({
    isOn: config.adminUi,
    token: config.adminToken,
    internalUrl: config.internalApiUrl,
    admin,
    log,
  });
  return { operators, admin, adminProxy };
}
