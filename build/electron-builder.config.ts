import type { Configuration } from 'electron-builder'

/** Prefixes of the database binaries that a system never loads. */
const foreignBinaries: Readonly<Record<string, string>> = {
  darwin: 'linux,linuxmusl,win32',
  linux: 'darwin,linuxmusl,win32',
  win32: 'darwin,linux,linuxmusl',
}

/** What goes into the program: the bundles with migrations, and of node_modules only what runs. */
function programFiles(platform: string): string[] {
  return [
    'dist/main/**',
    'dist/renderer/**',
    'package.json',
    '!**/*.map',
    '!**/*.{ts,mts,cts,tsx,md,markdown}',
    '!**/{test,tests,__tests__,example,examples}/**',
    '!**/test.js',
    '!node_modules/better-sqlite3/{deps,src,binding.gyp}',
    `!node_modules/better-sqlite3/prebuilds/{${foreignBinaries[platform] ?? ''}}-*.node`,
    '!node_modules/pdfmake/{build,src,standard-fonts,build-vfs.js}',
  ]
}

/** The packager's configuration for installers of `platform` (as in `process.platform`). */
export function packagingFor(platform: string): Configuration {
  return {
    appId: 'org.tillproof.till',
    productName: 'Tillproof',
    directories: { output: 'dist/package', buildResources: 'build/icons' },
    // The database's binary is Node-API: the one that npm brought serves Electron too, so nothing is compiled.
    npmRebuild: false,
    asar: true,
    asarUnpack: ['**/*.node'],
    files: programFiles(platform),
    icon: 'icon.png',
    win: { target: ['nsis'] },
    nsis: { oneClick: false, perMachine: true, allowToChangeInstallationDirectory: true },
    mac: { target: ['dmg'], category: 'public.app-category.finance' },
    linux: {
      target: ['AppImage', 'deb'],
      category: 'Office',
      executableName: 'tillproof',
      maintainer: 'Tillproof founders <founders@tillproof.org>',
      synopsis: 'Cashier and drawer balancing for city utilities',
    },
  }
}

/** Switches burnt into the program: it runs our archive, unchanged, and nothing else. */
export const fuses = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  grantFileProtocolExtraPrivileges: false,
} as const satisfies Configuration['electronFuses']
