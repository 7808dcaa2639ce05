/**
 * Bergen's own series, as given: reports of physical violence, and of threats and harassment, by calendar year. 2023 ends on 13 November and is never a whole year.
 * Source: the municipality's briefing (domain brief 4.6). Newspapers have other figures for 2021–2023: other dates, other definitions. No TypeBox: the phone pays nothing.
 */
export interface SeriesYear { year: number; violence: number; threats: number; until?: string }
export const bergenSeries: readonly SeriesYear[] = [
  { year: 2019, violence: 1589, threats: 175 },
  { year: 2020, violence: 1143, threats: 173 },
  { year: 2021, violence: 1599, threats: 330 },
  { year: 2022, violence: 3363, threats: 529 },
  { year: 2023, violence: 3893, threats: 765, until: '2023-11-13' },
]
