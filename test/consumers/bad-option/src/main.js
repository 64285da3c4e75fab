export const answer = Number("42");
