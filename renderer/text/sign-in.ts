/** Words of signing in. */
export const SIGN_IN = {
  title: 'Sign in',
  hint: 'Choose your name with the arrow keys or by typing it, then Enter.',
  name: 'Your name',
  enter: 'Sign in',
  chooseTitle: 'Choose your PIN',
  chooseHint: 'The PIN that you were given is for this once. Only you know the next one.',
  choose: 'Choose it and sign in',
} as const
