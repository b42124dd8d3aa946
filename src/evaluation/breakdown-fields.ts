/** The fields that accuracy is always broken down by, where the rows have them. */
export const defaultFields = ['level', 'subject', 'steps', 'length', 'type', 'questionThird', 'nearestType'] as const;
