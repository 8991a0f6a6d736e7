/**
 * Who may do what. A role is a set of duties, not a rank: an auditor reads everything, and adds to the record what they
 * looked at: X readings, and drawers that they counted by surprise.
 */
export const ROLES = ['cashier', 'lead', 'supervisor', 'auditor', 'administrator'] as const
export type Role = (typeof ROLES)[number]

export const EVERYONE: readonly Role[] = ROLES
/** May be responsible for a drawer and take money. */
export const CASHIERS: readonly Role[] = ['cashier', 'lead', 'supervisor']
/** May approve exceptions and make up deposits. */
export const APPROVERS: readonly Role[] = ['lead', 'supervisor']
/** May see expected figures of somebody else's open drawer. */
export const OVERSEERS: readonly Role[] = ['lead', 'supervisor', 'auditor']
export const SUPERVISORS: readonly Role[] = ['supervisor']
export const READERS_OF_ALL: readonly Role[] = ['lead', 'supervisor', 'auditor', 'administrator']
export const ADMINISTRATORS: readonly Role[] = ['administrator']
export const RELEASERS: readonly Role[] = ['supervisor', 'administrator']
