/** A place in a till's journal; seq 0 stands before the first row of its epoch. */
export interface Place {
  epoch: number
  seq: number
}

/** Whether the one place comes after the other in the same till's journal. */
export const isAfter = (one: Place, other: Place): boolean =>
  one.epoch > other.epoch || (one.epoch === other.epoch && one.seq > other.seq)
