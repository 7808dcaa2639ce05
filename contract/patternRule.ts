/** When grave events in one school within some days are a pattern (domain brief 4.4). No TypeBox: the phone pays nothing for these lines. */
export const patternDays = 14
export const patternRule = { days: patternDays, level2: 5, level3: 2 } as const
