/** What stands in the way of starting or testing, in words for the person at the keyboard. */
export declare class SetupError extends Error {}

/** Absolute path of the project's folder. */
export declare const root: string

export interface RunOptions {
  cwd?: string
  env?: NodeJS.ProcessEnv
  /** Sends the command's standard output to standard error, so that ours stays free for the address. */
  quietOutput?: boolean
  /** Lets the command read our standard input; it reads nothing otherwise. */
  withInput?: boolean
}

/** Runs a command to its end and answers its exit code (a signal counts as 1); our signals are passed on to it. */
export declare function run(command: string, args: readonly string[], options?: RunOptions): Promise<number>

/** Says one line on standard error. */
export declare function say(words: string): void

/** First executable of the given names on the search path, as an absolute path. */
export declare function findOnPath(names: readonly string[], searchPath?: string): string | undefined

/** Whether `node_modules` holds exactly the versions that `package-lock.json` in `folder` names. */
export declare function dependenciesInstalled(folder: string): boolean

/** Installs the locked dependencies where they are missing or out of date. Refuses when npm fails. */
export declare function installDependencies(folder: string): Promise<void>

/** The pinned Node of `node_modules`, installed if need be. Refuses when it can't be had or does not run. */
export declare function pinnedNode(folder: string): Promise<string>

/** Digest over names and contents of everything the bundles are built from. */
export declare function buildInputsDigest(folder: string): string

/** The file in which a build leaves the digest of what it was built from. */
export declare function buildStamp(folder: string): string

/** Whether `dist` was built from other inputs than those that are there now, or not at all. */
export declare function buildIsStale(folder: string): boolean

/** Builds renderer, main and preload when they are stale. Refuses when the build fails. */
export declare function buildWhenStale(folder: string, node: string): Promise<void>

/** Chromium or Chrome: the one that `TILLPROOF_CHROMIUM` names, or the first that is installed. */
export declare function findChromium(): string | undefined

/** Finds Chromium or installs Debian's. Refuses in one line where it may not install. */
export declare function chromiumForTests(): Promise<string>

/**
 * Folder of PostgreSQL's server programs: the one that `TILLPROOF_POSTGRES` names, or the newest from 15 on that is
 * installed.
 */
export declare function findPostgres(home?: string): string | undefined

/** Finds PostgreSQL or installs Debian's; says in one line that its tests are skipped where there is none. */
export declare function postgresForTests(): Promise<string | undefined>

/** Finds or installs the programs that single tests call; says what is not tested where it cannot. */
export declare function toolsForTests(): Promise<void>

/** The Electron program inside `node_modules`, when it has been fetched. */
export declare function findElectron(folder: string): string | undefined

/** Whether Electron's download host answers within `timeoutMs` (3 s). */
export declare function electronCanBeFetched(folder: string, timeoutMs?: number): Promise<boolean>

/** Fetches the Electron program with its own installer; undefined when that fails. */
export declare function fetchElectron(folder: string, node: string): Promise<string | undefined>
