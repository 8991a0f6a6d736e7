/** Something that a person has to look at before a payment file or its answer can go on; its message says what. */
export class CarrierRefusal extends Error {
  override readonly name = 'CarrierRefusal'
}
