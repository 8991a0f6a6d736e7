export declare const openingAddress: (address: string) => Promise<string>

export declare const openingPage: (
  folder: string,
  address: string,
) => { readonly file: string; readonly forget: () => void }
