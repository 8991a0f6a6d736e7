/** Names and streets of the sample city, mixed as they are in an American town. */
function list(text: string): [string, ...string[]] {
  const [first = '', ...rest] = text.split('|')
  return [first, ...rest]
}

export const FIRST_NAMES = list(
  'Maria|José|Jesús|Ana|Luis|Carmen|Sofía|Andrés|Lucía|Raúl|Inés|Martín|Guadalupe|Joaquín|Beatriz|Ramón|James|Mary|Robert|Patricia|John|Jennifer|Michael|Linda|David|Elizabeth|William|Barbara|Richard|Susan|Joseph|Jessica|Thomas|Karen|Charles|Sarah|Daniel|Nancy|Matthew|Lisa|Anthony|Betty|Mark|Sandra|Donald|Ashley|Steven|Emily|Paul|Kimberly|Andrew|Donna|Joshua|Michelle|Kenneth|Carol|Kevin|Amanda|Brian|Melissa|George|Deborah|Timothy|Stephanie|Ronald|Rebecca|Jason|Laura|Edward|Helen|Jeffrey|Sharon|Ryan|Cynthia|Jacob|Kathleen|Gary|Amy|Nicholas|Angela|Eric|Shirley|Jonathan|Brenda|Stephen|Emma|Larry|Anna|Justin|Pamela|Scott|Nicole|Brandon|Samantha|Benjamin|Katherine|Samuel|Christine|Chidi|Ngozi|Amara|Kwame|Priya|Arjun|Deepa|Wei|Mei|Hiroshi|Yuki|Minh|Linh|Zoë|Chloé|René|François|Björn|Søren|Łukasz|Zofia|Siobhán|Seán|Fatima|Omar|Layla|Yusuf|Lark|Juniper|Dakota',
)

export const LAST_NAMES = list(
  "García|Martínez|Rodríguez|López|Hernández|González|Pérez|Sánchez|Ramírez|Torres|Flores|Rivera|Gómez|Díaz|Reyes|Morales|Cruz|Ortiz|Gutiérrez|Chávez|Núñez|Peña|Muñoz|Ibáñez|Castañeda|Alvarez|Smith|Johnson|Williams|Brown|Jones|Miller|Davis|Wilson|Anderson|Thomas|Taylor|Moore|Jackson|Martin|Lee|Thompson|White|Harris|Clark|Lewis|Robinson|Walker|Young|Allen|King|Wright|Scott|Hill|Green|Adams|Nelson|Baker|Hall|Campbell|Mitchell|Carter|Roberts|Turner|Phillips|Evans|Parker|Edwards|Collins|Stewart|Morris|Murphy|Cook|Rogers|Morgan|Cooper|Peterson|Reed|Bailey|Bell|Kelly|Howard|Ward|Cox|Richardson|Wood|Watson|Brooks|Bennett|Gray|James|Hughes|Price|Myers|Long|Foster|Sanders|Ross|Powell|Sullivan|Russell|Fisher|O'Brien|O'Connor|O'Neill|D'Angelo|D'Souza|McDonald|McAllister|MacLeod|Van der Berg|De la Cruz|St. John|Okafor|Okonkwo|Okoye|Adeyemi|Mensah|Nguyễn|Trần|Phạm|Chen|Wang|Zhang|Liu|Kim|Park|Choi|Tanaka|Suzuki|Patel|Natarajan|Singh|Kaur|Khan|Hussain|Haddad|Kowalski|Wójcik|Łuczak|Novák|Dvořák|Müller|Schröder|Weiß|Lindström|Åkesson|Sørensen|Jørgensen|Lefèvre|Côté|Benoît|Garcia-Lopez|Smith-Jones|Whitfield|Larkin|Oakley|Oakes",
)

export const STREET_NAMES = list(
  'Mill|Main|Oak|Maple|Cedar|Elm|Pine|Walnut|Chestnut|Spruce|Birch|Willow|Hickory|Sycamore|Lark|Robin|Cardinal|Heron|Finch|Sparrow|Washington|Jefferson|Lincoln|Madison|Monroe|Jackson|Adams|Franklin|Hamilton|Grant|First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Park|Lake|River|Hill|Valley|Prairie|Meadow|Orchard|Garden|Spring|Summit|Ridge|Forest|Grove|Harbor|Bridge|Church|School|Market|Court|College|Station|Railroad|Depot|Foundry|Quarry|Mason|Cooper|Weaver|Tanner|San Jacinto|Santa Fe|Cañada|El Paso|Alamo|Guadalupe|Del Norte|Esperanza|Mirasol|Paseo Real|Sunset|Sunrise|Vista|Bluff|Canyon|Mesa|Creekside|Brookside|Lakeview|Fairview|Highland|Westwood|Eastgate|Northfield|Southport|Kingston|Windsor|Cambridge|Oxford|Bristol|Dover|Salem|Concord|Lexington|Bennington|Saratoga|Trenton|Camden|Newport|Hudson|Mohawk|Seneca|Oneida|Cayuga|Osage|Pawnee|Cheyenne|Dakota|Juniper|Laurel|Magnolia|Dogwood|Hawthorn|Holly|Ivy|Jasmine|Lilac|Poppy|Primrose|Rosewood|Sagebrush|Thistle|Violet|Wisteria|Aspen|Cottonwood|Cypress|Poplar|Redbud|Sequoia|Tamarack|Old Mill|Mill Race|Stone Bridge|Copper Kettle|Ferry Landing|Fox Run|Deer Path|Quail Hollow|Wild Rose|Whispering Pines',
)

export const STREET_TYPES = list('St|St|St|Ave|Ave|Rd|Dr|Dr|Ln|Ct|Blvd|Way|Pl|Ter|Cir')

export const BUSINESS_KINDS = list(
  'Plumbing LLC|Auto Repair|Bakery|Dental Group|Properties LLC|Apartments|Hardware|Café|Laundromat|Landscaping|Market|Restaurant|Taquería|Grooming|Storage|Church|Farm Supply|Insurance Agency|Barber Shop|Veterinary Clinic',
)

export const NOTES = list(
  'Meter behind the fence, dog|Mails a check every month|Prefers Spanish|Senior discount on file|Landlord pays water only|Leave bill at the side door',
)
