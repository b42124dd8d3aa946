/** Words in a row that a row may not share with an item of a test set: so many are decontaminated by, wherever nothing else is said. */
export const overlapWords = 10;
