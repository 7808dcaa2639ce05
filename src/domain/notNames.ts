/** Words that carry a capital inside a sentence and are no pupil: days, months, places, subjects, roles, ourselves. Small letters. */
export const notNames: ReadonlySet<string> = new Set(`
mandag tirsdag onsdag torsdag fredag lørdag søndag måndag tysdag laurdag sundag monday tuesday wednesday thursday friday saturday sunday
januar februar mars april mai juni juli august september oktober november desember january february march may june july october december
jul påske pinse halloween ramadan id eid christmas easter
norge noreg norway bergen vestland oslo os fana åsane laksevåg fyllingsdalen årstad bergenhus ytrebygda arna loddefjord sandviken nesttun fantoft
landås danmark sverige europa afrika asia ukraina syria polen somalia england norsk nynorsk bokmål engelsk english norwegian samisk tysk spansk fransk
matematikk naturfag samfunnsfag krle gym musikk kunst håndverk handverk mat helse utdanningsvalg valgfag kroppsøving
sfo ppt bup bht nav hms udir ask iop spesped barnevern barnevernet politiet helsesykepleier helsesjukepleiar rektor avdelingsleder inspektør
verneombud assistent lærer lærar kontaktlærer kontaktlærar elev eleven elever elevane teacher pupil principal
solbakken fjordsyn havnehagen skole skule school
ipad chromebook iphone teams meet google youtube tiktok snapchat instagram roblox minecraft fortnite messenger facebook whatsapp discord playstation xbox
jeg eg i gud herregud jesus allah
`.split(/\s+/).filter((word) => word !== ''))
