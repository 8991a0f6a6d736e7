/** Colours and sizes of the look as tokens of the component library; light and dark from one list of names. */
import {
  type CSSVariablesResolver,
  convertCssVariables,
  createTheme,
  DEFAULT_THEME,
  defaultCssVariablesResolver,
  type MantineColorsTuple,
  mergeMantineTheme,
} from '@mantine/core'
import { SteadyButton } from './ui/steady-button.tsx'

/** The one accent. Index 7 fills buttons in the light scheme, 6 in the dark one: both hold white text at 4.5 : 1. */
const civic: MantineColorsTuple = [
  '#e2eff1',
  '#c9e1e6',
  '#9ccad4',
  '#6bb3c1',
  '#4a9fb1',
  '#2f8ba0',
  '#147085',
  '#0b5a6e',
  '#084a5b',
  '#053744',
]

const LIGHT = {
  ink: '#12222c',
  muted: '#4c5d68',
  line: '#d5dcda',
  'field-line': '#75848c',
  paper: '#ffffff',
  ground: '#f3f5f2',
  raised: '#fafbfa',
  header: '#12222c',
  accent: '#0b5a6e',
  'accent-ink': '#0b5a6e',
  'accent-soft': '#e2eff1',
  good: '#17693b',
  'good-soft': '#e3f2e8',
  warn: '#8a4b00',
  'warn-soft': '#fdf0dc',
  bad: '#a4231b',
  'bad-soft': '#fbe7e5',
  focus: '#ffb81c',
} as const

const DARK: Record<keyof typeof LIGHT, string> = {
  ink: '#eaf0f1',
  muted: '#aebfc6',
  line: '#31434d',
  'field-line': '#7f929b',
  paper: '#18262f',
  ground: '#0e181e',
  raised: '#1f303a',
  header: '#0a1217',
  accent: '#147085',
  'accent-ink': '#7fd0de',
  'accent-soft': '#1b3a44',
  good: '#7fd6a3',
  'good-soft': '#173626',
  warn: '#f2bd6b',
  'warn-soft': '#3b2b12',
  bad: '#ff9d94',
  'bad-soft': '#43201d',
  focus: '#ffb81c',
}

function asVariables(tokens: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(tokens).map(([name, value]) => [`--${name}`, value]))
}

/** What the component library paints with, said in our own tokens. */
const LIBRARY = {
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-body': 'var(--paper)',
  '--mantine-color-dimmed': 'var(--muted)',
  '--mantine-color-placeholder': 'var(--muted)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-default': 'var(--paper)',
  '--mantine-color-default-hover': 'var(--raised)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--field-line)',
  // Inputs take their border from these two greys; the library's own do not reach 3 : 1.
  '--mantine-color-gray-4': 'var(--field-line)',
  '--mantine-color-dark-4': 'var(--field-line)',
  // The ground of fields in the dark look; the library's own grey is warmer than our panels.
  '--mantine-color-dark-6': 'var(--raised)',
  '--mantine-color-anchor': 'var(--accent-ink)',
  '--mantine-color-disabled': 'var(--raised)',
  '--mantine-color-disabled-color': 'var(--muted)',
}

export const cssVariablesResolver: CSSVariablesResolver = theme => {
  const library = defaultCssVariablesResolver(theme)
  return {
    variables: library.variables,
    light: { ...library.light, ...asVariables(LIGHT), ...LIBRARY },
    dark: { ...library.dark, ...asVariables(DARK), ...LIBRARY },
  }
}

export const theme = createTheme({
  fontFamily: "'Public Sans Variable', 'Public Sans', system-ui, sans-serif",
  headings: { fontFamily: "'Public Sans Variable', 'Public Sans', system-ui, sans-serif", fontWeight: '700' },
  colors: { civic },
  primaryColor: 'civic',
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: 10,
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontSizes: { xs: '14px', sm: '16px', md: '18px', lg: '20px', xl: '24px' },
  components: {
    // Locking the scroll and sliding in need style elements made by scripts, which the content policy refuses.
    Modal: {
      defaultProps: { lockScroll: false, centered: true, transitionProps: { duration: 0 }, size: 560 },
    },
    Drawer: { defaultProps: { lockScroll: false, transitionProps: { duration: 0 } } },
    Button: { defaultProps: { size: 'md', component: SteadyButton } },
    TextInput: { defaultProps: { size: 'md', autoComplete: 'off', spellCheck: false } },
    PasswordInput: { defaultProps: { size: 'md', autoComplete: 'off' } },
    NumberInput: { defaultProps: { size: 'md' } },
    Select: { defaultProps: { size: 'md' } },
    NativeSelect: { defaultProps: { size: 'md' } },
    Textarea: { defaultProps: { size: 'md', spellCheck: false } },
    Checkbox: { defaultProps: { size: 'md' } },
    Switch: { defaultProps: { size: 'md' } },
  },
})

/**
 * Puts the tokens on the page as a constructed style sheet: unlike a style element made by a script, that is
 * allowed under a content policy without `unsafe-inline`.
 */
export function installTokens(): void {
  const sheet = new CSSStyleSheet()
  const merged = mergeMantineTheme(DEFAULT_THEME, theme)
  sheet.replaceSync(convertCssVariables(cssVariablesResolver(merged), ':root'))
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
}
