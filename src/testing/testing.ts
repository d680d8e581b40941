/** Helpers for the tests of programs that embed firsthash, in any test runner (`firsthash/testing`). */
export {
  expectNoPlaintext,
  type PlaintextFinding,
  PlaintextFoundError,
  type PlaintextOptions,
} from "./no-plaintext.ts";
export {
  type RunVectorsOptions,
  runVectors,
  type VectorCase,
  type VectorFailure,
  type VectorFunction,
  type VectorRun,
} from "./run-vectors.ts";
