/** Openings for problems that tell no story of their own: whom they are for makes each of them one of many. */
export const inClass: readonly string[] = [
  '{who} gives {who2} a problem.',
  'A problem of {who} is on the board, and {who2} works on it.',
  'In a quiz {who} asks {who2} the following.',
];
