/** Words of signing in. */
export const SIGN_IN = {
  title: 'Sign in',
  hint: 'Choose your name with the arrow keys or by typing it, then Enter.',
  name: 'Your name',
  enter: 'Sign in',
} as const
