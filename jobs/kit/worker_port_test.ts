import { workerPortSuite, workerThreadSuite } from "../testing/worker_port_suite.ts";
import { echoProgram } from "../testing/workers/echo_program.ts";

const THREAD = {
  url: new URL("../testing/workers/echo_worker.ts", import.meta.url),
  name: "echo",
  permissions: "none",
} as const;

workerPortSuite("inline", echoProgram);
workerPortSuite("in a thread", THREAD);
workerThreadSuite(THREAD);
