/** Words of the dialog in which somebody changes their own PIN. */
import { peopleText } from './admin.ts'

const { problems } = peopleText

export const changePinText = {
  menu: 'Change my PIN',
  title: 'Change my PIN',
  pin: 'Current PIN',
  newPin: 'New PIN',
  newPinHint: peopleText.pinHint,
  newPinAgain: 'New PIN again',
  change: 'Change the PIN',
  done: 'Your PIN is changed. Use the new one from now on.',
  problems: {
    'too-short': problems['too-short'],
    'too-long': problems['too-long'],
    'not-digits': problems['not-digits'],
    trivial: problems.trivial,
    pin: 'Enter the PIN that you use now.',
    same: 'That is your current PIN. Choose another one.',
    newPinAgain: problems.pinAgain,
  },
}
