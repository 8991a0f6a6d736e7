/** Words of signing in. */
export const SIGN_IN = {
  title: 'Sign in',
  hint: 'Choose your name with the arrow keys or by typing it, then Enter.',
  name: 'Your name',
  enter: 'Sign in',
  chooseTitle: 'Choose your PIN',
  chooseHint: 'The PIN you were given works only once. Choose one that only you know.',
  choose: 'Save PIN and sign in',
} as const
