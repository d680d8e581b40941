/** Runs before each test file. Files share their modules, so what a module does at its top is done once for all. */
import { afterAll } from "vitest";
import { removeScratch } from "./run.ts";

afterAll(removeScratch);
