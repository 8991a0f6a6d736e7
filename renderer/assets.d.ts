/// <reference types="vite/types/importMeta.d.ts" />

/** Style sheets are taken in by the bundler; to the type checker they are only known to exist. */
declare module '*.css'
declare module '@fontsource-variable/public-sans'
