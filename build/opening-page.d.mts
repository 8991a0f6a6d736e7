export declare const openingPage: (
  folder: string,
  address: string,
) => { readonly file: string; readonly forget: () => void }
