/** The people of the demo municipality, as the demo identity provider knows them. Their roles are granted in Meldt, by the seed. */
export interface DemoPerson { subject: string; name: string; /** Who they are, for whoever tries the demo. */ about: string; affiliation: 'employee' | 'student' }

const employee = (subject: string, name: string, about: string): DemoPerson => ({ subject, name, about, affiliation: 'employee' })

export const demoPeople: readonly DemoPerson[] = [
  employee('kari', 'Kari Solheim', 'Ansatt, Solbakken skole'),
  employee('ola', 'Ola Berge', 'Ansatt, Solbakken skole'),
  employee('rita', 'Rita Dahl', 'Leder, Solbakken skole'),
  employee('vera', 'Vera Moen', 'Verneombud, Solbakken skole'),
  employee('lars', 'Lars Vik', 'Leder, Fjordsyn skole'),
  employee('nina', 'Nina Strand', 'Ansatt, Fjordsyn skole'),
  employee('siri', 'Siri Haugen', 'Leder og ansatt, Havnehagen skole'),
  employee('hans', 'Hans Myhre', 'HMS-rådgiver, hele kommunen'),
  employee('eva', 'Eva Lund', 'Administrator for skoleeier'),
  { subject: 'per', name: 'Per Elev', about: 'Elev. Slipper ikke inn', affiliation: 'student' },
]
