/** What both faces of the host speak of. */

/** An input that was opened. Its errors are the system's, for `cannotRead`. */
export interface InputFile {
  /** `once`: a pipe or a device, whose bytes come once and have no position. */
  readonly kind: "file" | "folder" | "once";
  /** In bytes, when it was opened. */
  readonly size: number;
  /** Whether it is still as it was when it was opened, as far as can be told. */
  isUnchanged(): Promise<boolean>;
  /**
   * Reads into the front of `into`, from byte `at` on, or where the last reading ended.
   * @returns how many bytes were read; 0 at the end
   */
  read(into: Uint8Array, at: number | undefined): Promise<number>;
  close(): Promise<void>;
}

/** A file that is being written under a name that is not its last one. Its errors are ours. */
export interface TempFile {
  readonly path: string;
  /** Writes all of a block behind what was written before. */
  write(block: Uint8Array): Promise<void>;
  /** Reads back what was written, as `InputFile` does. */
  read(into: Uint8Array, at: number): Promise<number>;
  /** Gets it onto the disk as far as the file system can, and closes it. */
  settle(): Promise<void>;
  /** Closes it and removes it. Never fails: it runs when something else has failed. */
  discard(): Promise<void>;
}

/** What stands under a path. */
export interface PathStatus {
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

/** A finished file and the name that it is to have. */
export interface Publication {
  readonly temp: string;
  readonly target: string;
}

/** SHA-256 of bytes that come in pieces: whole files, for a manifest. Not a person's digest. */
export interface ByteDigest {
  update(bytes: Uint8Array): void;
  /** Lower-case hex. Called once. */
  hex(): string;
}

/** A thread that was started: tasks go out, answers come back in their order. */
export interface Thread<Task, Answer> {
  /** The answer to a task. What is in `moved` is gone from here. */
  run(task: Task, moved: readonly ArrayBuffer[]): Promise<Answer>;
  close(): Promise<void>;
}
