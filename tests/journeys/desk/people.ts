/** Who is at the desk: the letters that find their name, and their PIN. */
export interface Hand {
  letters: string
  name: string
  pin: string
}

export const ALVAREZ: Hand = { letters: 'alv', name: 'M. Alvarez', pin: '4719' }
export const OKONKWO: Hand = { letters: 'oko', name: 'J. Okonkwo', pin: '8263' }
export const CHEN: Hand = { letters: 'chen', name: 'R. Chen', pin: '5391' }
export const WHITFIELD: Hand = { letters: 'whit', name: 'D. Whitfield', pin: '7046' }
export const KOWALSKI: Hand = { letters: 'kow', name: 'S. Kowalski', pin: '904713' }
