// A build starts empty, so that a module that was moved does not stay behind and get published.
import { rmSync } from "node:fs";

rmSync(new URL("../dist", import.meta.url), { recursive: true, force: true });
