/**
 * An upload that is killed at a random moment, again and again, and gone on with until it is done. The moments
 * are drawn from a seed: a time after the start, or a moment after the service saw a call.
 */
import type { ChildProcess } from "node:child_process";
import { readdirSync } from "node:fs";
import { expect } from "vitest";
import { Client } from "./client.ts";
import { goodFile } from "./files.ts";
import { type LocalService, startService } from "./service.ts";

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Kills at the drawn moment, if the process lives so long. */
function killAtRandom(
  child: ChildProcess,
  service: LocalService,
  random: () => number,
  calls: number,
): void {
  const kill = () => void child.kill("SIGKILL");
  if (random() < 0.25) {
    const timer = setTimeout(kill, random() * 1500);
    child.once("exit", () => clearTimeout(timer));
    return;
  }
  let left = Math.floor(random() * calls);
  const wait = random() * 25;
  service.onCall = () => {
    left -= 1;
    if (left < 0) setTimeout(kill, wait);
  };
}

export interface KilledUpload {
  /** Runs that a kill ended. */
  readonly kills: number;
  /** The phases of the state that were gone on from; "none" where there was none. */
  readonly phases: readonly string[];
}

/** One upload, killed up to three times. @throws AssertionError where the file arrived twice or never */
export async function killedUpload(seed: number): Promise<KilledUpload> {
  const random = randomOf(seed);
  const service = await startService();
  try {
    const run = new Client(service, goodFile(undefined, String(seed)));
    let kills = 0;
    const phases: string[] = [];
    for (let round = 0; ; round++) {
      const phase = run.state?.phase;
      phases.push(String(phase ?? "none"));
      const { code, signal, stderr } = await run.upload(phase === undefined ? [] : ["--resume"], {
        onStart: (child) => {
          // An upload without a fault makes six calls, one that goes on makes fewer.
          if (round < 3) killAtRandom(child, service, random, phase === undefined ? 6 : 3);
        },
      });
      service.onCall = () => {};
      if (signal === "SIGKILL") {
        kills++;
        continue;
      }
      expect(code, `seed ${seed}: ${stderr}`).toBe(0);
      if (run.state?.phase === "done") break;
    }
    expect(service.violations, `seed ${seed}`).toEqual([]);
    expect(service.copies, `seed ${seed}: ${phases.join(", ")}`).toBe(1);
    expect(service.counted, `seed ${seed}`).toBe(5);
    // What a kill cuts off is a temporary file, never half of one that counts.
    const others = readdirSync(run.folder).filter(
      (name) => !/^(upload\.csv|\.firsthash-)/.test(name),
    );
    expect(others, `seed ${seed}: left behind`).toEqual([]);
    return { kills, phases };
  } finally {
    await service.stop();
  }
}
