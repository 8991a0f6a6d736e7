/** Who states in the journal what no person does: the till itself, and central. */
export const TILL_ACTOR = 'till'
export const CENTRAL_ACTOR = 'central'
