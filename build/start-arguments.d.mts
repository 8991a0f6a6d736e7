export interface StartArguments {
  /** Browser mode was asked for. */
  browser: boolean
  /** Whether browser mode opens a browser by itself. */
  open: boolean
  /** What the host or the Electron program is given: port, data folder, sample. */
  forProgram: string[]
}

export declare const usage: string

/** Reads the command line of `npm start`. Refuses unknown words and bad ports (SetupError). */
export declare function parseArguments(given: readonly string[]): StartArguments | 'help'
